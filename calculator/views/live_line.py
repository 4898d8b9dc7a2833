"""The line that stays in view: what is recommended now, and what the last change of an answer did."""

from __future__ import annotations

from django.http import QueryDict

from calculator.engine import assess
from calculator.presenters.change import LiveLine, present_live_line
from calculator.presenters.pay_question import ask_about_pay
from calculator.presenters.verdict import VerdictPresenter
from calculator.views.responses import verdict_form

#: Holds the query of the verdict that was on the screen; the script sends it with a changed answer. No page has it in
#: its address.
WAS = "was"


def live_line(presenter: VerdictPresenter, query: QueryDict) -> LiveLine:
    """The line for this verdict, asked for by `query`."""
    return present_live_line(presenter, _verdict_before(query))


def _verdict_before(query: QueryDict) -> VerdictPresenter | None:
    """The verdict that was on the screen; None where none was: a question about pay shows none."""
    named = query.get(WAS)
    if not named:
        return None
    try:
        form = verdict_form(QueryDict(named))
    except LookupError:  # an edition that cannot be shown
        return None
    if not form.is_valid():
        return None
    before = VerdictPresenter(verdict=assess(form.profile(), form.published.edition), published=form.published)
    return before if ask_about_pay(before) is None else None
