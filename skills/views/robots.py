"""robots.txt: what crawlers should not fetch, and the address of the sitemap."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.cache import cache_control

from earnverdict.http import read_only

# Partials, and a step to a comparison. Not verdicts: crawlers must fetch them to see that they must not index them.
_DISALLOWED = (
    "calculator:verdict_panel",
    "calculator:verdict_latest",
    "calculator:compare_with",
    "calculator:place_suggestions",
    "calculator:place_currency",
    "calculator:pay_reading",
)


@read_only
@cache_control(public=True, max_age=3600)
def robots(request: HttpRequest) -> HttpResponse:
    lines = ["User-agent: *", *(f"Disallow: {reverse(name)}" for name in _DISALLOWED)]
    lines += ["", f"Sitemap: {request.build_absolute_uri(reverse('skills:sitemap'))}", ""]
    return HttpResponse("\n".join(lines), content_type="text/plain; charset=utf-8")
