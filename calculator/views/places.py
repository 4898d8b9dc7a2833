"""What the form learns while a place is typed; partials for htmx."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from calculator.address import Name
from calculator.forms import LONGEST_ANSWER, VerdictForm
from earnverdict.figures import describe_currency
from earnverdict.http import read_only
from skills.editions.current import current
from skills.pages import explain_missing_edition


@read_only
@explain_missing_edition
def place_suggestions(request: HttpRequest) -> HttpResponse:
    """Places for what is typed so far."""
    published = current.edition()
    typed = request.GET.get(Name.LOCATION, "").replace("\x00", "")[:LONGEST_ANSWER]
    labels = [published.places.label(place.slug) for place in published.places.suggest(typed)]
    return render(request, "calculator/_place_field.html#place-suggestions", {"suggestions": labels})


@read_only
@explain_missing_edition
def place_currency(request: HttpRequest) -> HttpResponse:
    """What pay is counted in at the place typed."""
    form = VerdictForm(request.GET, current.edition())
    form.full_clean()
    return render(request, "calculator/_pay_hint.html", {"form": form, "currency": currency_of(form)})


def currency_of(form: VerdictForm) -> str:
    """The currency of the form's place, described; empty until the place is understood."""
    place = form.cleaned_data.get("location") if form.is_bound else None
    return describe_currency(place.currency) if place else ""
