"""What the form learns while a skill is looked for; a partial for htmx."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from calculator.query import FIND
from calculator.views.places import for_everybody
from earnverdict.http import read_only
from skills.catalogue.skill_search import MAX_CHARACTERS, search_skills
from skills.editions.site_state import site_state
from skills.presenters.skill_search import describe_matches
from skills.views.missing_edition import explain_missing_edition


@read_only
@explain_missing_edition
def skill_search(request: HttpRequest) -> HttpResponse:
    """The skills that were found for what is typed so far, and a sentence about them."""
    published = site_state.edition()
    typed = " ".join(request.GET.get(FIND, "").replace("\x00", "").split())[:MAX_CHARACTERS]
    matches = search_skills(published, typed)
    text = describe_matches(matches, typed, published) if typed else ""
    return for_everybody(render(request, "calculator/_skill_matches.html", {"slugs": matches.slugs, "text": text}))
