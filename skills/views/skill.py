"""The pages of the catalogue, and the pages that say that something is not there."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from earnverdict.http import read_only
from skills.editions.current import current
from skills.pages import explain_missing_edition
from skills.skill_words import skill_words


@read_only
@explain_missing_edition
def skill(request: HttpRequest, slug: str) -> HttpResponse:
    """One skill of the newest edition: its premium, its headline, and every piece of evidence."""
    published = current.edition()
    if slug not in published.edition.skills:
        raise Http404(f"No skill {slug}.")
    return render(request, "skills/skill.html", {"words": skill_words(published.edition, slug), "published": published})


def page_not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """404 with ways on."""
    return render(request, "404.html", status=404)


def server_error(request: HttpRequest) -> HttpResponse:
    """500 without anything that may fail again."""
    return render(None, "500.html", status=500)
