"""The line that stays in view: what is recommended now, and what the last change of an answer did."""

from __future__ import annotations

from django.http import QueryDict

from calculator.forms import VerdictForm
from calculator.presenters.change import LiveLine, present_live_line
from calculator.presenters.pay_question import ask_about_pay
from calculator.presenters.verdict import VerdictPresenter
from calculator.query import WAS
from calculator.views.responses import present_verdict, verdict_form
from skills.editions.document import EditionNotShown


def live_line(presenter: VerdictPresenter, query: QueryDict) -> LiveLine:
    """The line for this verdict, asked for by `query`."""
    form = form_before(query)
    if form is None:
        return present_live_line(presenter)
    before = present_verdict(form)
    # A question about pay shows no verdict to compare with.
    return present_live_line(presenter, None if ask_about_pay(before) else before)


def form_before(query: QueryDict) -> VerdictForm | None:
    """The answers of the verdict that was on the screen; None where none is named, or what is named is none."""
    named = query.get(WAS)
    if not named:
        return None
    try:
        form = verdict_form(QueryDict(named))
    except EditionNotShown:
        return None
    return form if form.is_valid() else None
