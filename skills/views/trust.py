"""The pages about the methodology, the sources, and privacy."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import cache_control

from earnverdict.http import read_only
from earnverdict.seo import page_at
from skills.editions.site_state import site_state
from skills.presenters.grades import GRADES
from skills.presenters.methodology import methodology as read_methodology
from skills.presenters.report_link import contact
from skills.presenters.sources import present_source, source_groups
from skills.views.missing_edition import explain_missing_edition


@read_only
@explain_missing_edition
@cache_control(public=True, max_age=300)
def methodology(request: HttpRequest) -> HttpResponse:
    """Show the methodology."""
    page = page_at(
        request,
        title="How a verdict is made",
        description="Every step from the evidence to the verdict, for a reader with a pocket calculator: premiums, "
        "your market, net gain, the odds, with worked examples that open.",
    )
    context = {"page": page, "methodology": read_methodology(), "published": site_state.edition()}
    return render(request, "skills/methodology.html", context)


@read_only
@explain_missing_edition
@cache_control(public=True, max_age=300)
def sources(request: HttpRequest) -> HttpResponse:
    """List the sources of the newest edition, their use and their licences."""
    published = site_state.edition()
    page = page_at(
        request,
        title="Where every figure comes from",
        description="Every source of EarnVerdict’s figures: who published it, when, on what terms, how it was made, "
        "and which skills and places it is used for.",
    )
    context = {"page": page, "groups": source_groups(published.edition), "grades": GRADES, "published": published}
    return render(request, "skills/sources.html", context)


@read_only
@explain_missing_edition
@cache_control(public=True, max_age=300)
def source(request: HttpRequest, slug: str) -> HttpResponse:
    """Show a source of the newest edition with every figure that is from it."""
    published = site_state.edition()
    if slug not in published.edition.sources:
        raise Http404(f"No source {slug}.")
    words = present_source(published.edition, slug)
    page = page_at(
        request,
        title=f"{words.source.publisher}: {words.source.title}",
        description=f"What EarnVerdict takes from {words.source.title}, every figure with its grade, and its terms: "
        f"{words.source.licence}.",
        trail=(("Sources", reverse("skills:sources")), (words.source.publisher, request.path)),
    )
    return render(request, "skills/source.html", {"page": page, "words": words, "published": published})


@read_only
@cache_control(public=True, max_age=300)
def privacy(request: HttpRequest) -> HttpResponse:
    """Explain what is stored about a visitor, and what is not."""
    page = page_at(
        request,
        title="What we store about you",
        description="Your pay and your other answers are not saved, logged or passed on: they are only in the page’s "
        "address. What to consider when you share a link.",
    )
    return render(request, "skills/privacy.html", {"page": page, "contact": contact()})
