"""What crawlers are asked to leave alone, and where the list of pages is."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.cache import cache_control

from earnverdict.http import read_only

# Parts of pages and a step on the way. Verdicts are not among them: a crawler must read that they are not to be kept.
_LEFT_ALONE = (
    "calculator:verdict_panel",
    "calculator:verdict_latest",
    "calculator:compare_with",
    "calculator:place_suggestions",
    "calculator:place_currency",
)


@read_only
@cache_control(public=True, max_age=3600)
def robots(request: HttpRequest) -> HttpResponse:
    lines = ["User-agent: *", *(f"Disallow: {reverse(name)}" for name in _LEFT_ALONE)]
    lines += ["", f"Sitemap: {request.build_absolute_uri(reverse('skills:sitemap'))}", ""]
    return HttpResponse("\n".join(lines), content_type="text/plain; charset=utf-8")
