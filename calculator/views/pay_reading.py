"""How typed pay is read: a line for the form while it is filled in."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from calculator.forms import VerdictForm
from calculator.presenters.form import FormPresenter
from earnverdict.http import forbid_storing, read_only
from skills.editions.site_state import site_state
from skills.views.missing_edition import explain_missing_edition


@read_only
@explain_missing_edition
def pay_reading(request: HttpRequest) -> HttpResponse:
    """The line for pay, its period and its place as they are typed so far; blank where pay cannot be read."""
    form = VerdictForm(request.GET, site_state.edition())
    context = {"pay_reading": FormPresenter(form).pay_reading_text}
    return forbid_storing(render(request, "calculator/_pay_reading.html", context))
