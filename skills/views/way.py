"""The list of other ways to more pay, and the page of each; both depend on the day."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import cache_control

from earnverdict.http import read_only
from earnverdict.seo import page_at
from skills.editions.site_state import site_state
from skills.presenters.caveats import DIFFERENCES, TYPICAL_SKILL
from skills.presenters.grades import GRADES
from skills.presenters.way import present_way, present_ways
from skills.presenters.way_reviews import find_due_reviews
from skills.views.missing_edition import explain_missing_edition

_CAVEATS = {"differences": DIFFERENCES, "typical_skill": TYPICAL_SKILL}


@read_only
@explain_missing_edition
@cache_control(public=True, max_age=300)
def ways(request: HttpRequest) -> HttpResponse:
    """List the other ways of the newest edition, by what their figures are shares of."""
    published = site_state.edition()
    words = present_ways(published.edition, find_due_reviews(published, timezone.localdate()))
    page = page_at(
        request,
        title="Other ways to more pay",
        description="Change employer, push for senior, negotiate, move or wait: how much more pay goes with each, how "
        "likely and how soon, with every source and what must not be compared.",
    )
    context = {"page": page, "words": words, "published": published, **_CAVEATS}
    return render(request, "skills/ways.html", context)


@read_only
@explain_missing_edition
@cache_control(public=True, max_age=300)
def way(request: HttpRequest, slug: str) -> HttpResponse:
    """Show a way of the newest edition with its ranges, its evidence, and what it must not be compared with."""
    published = site_state.edition()
    try:
        words = present_way(published.edition, slug, find_due_reviews(published, timezone.localdate()))
    except KeyError:
        raise Http404(f"No way {slug}.") from None
    page = page_at(
        request,
        title=f"{words.name}: pay, odds and time",
        description=words.description,
        trail=(("Other ways", reverse("skills:ways")), (words.name, request.path)),
    )
    context = {"page": page, "words": words, "grades": GRADES, "published": published, **_CAVEATS}
    return render(request, "skills/way.html", context)
