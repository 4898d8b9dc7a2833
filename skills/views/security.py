"""Whom to tell of a hole in the site, where RFC 9116 has programs and people look for it."""

from __future__ import annotations

from datetime import timedelta

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import cache_control

from earnverdict.http import read_only
from skills.presenters.report_link import contact

#: Long enough for copies of it, and less than the year that the RFC asks to stay below.
_GOOD_FOR = timedelta(days=180)


@read_only
@cache_control(public=True, max_age=3600)
def security_txt(request: HttpRequest) -> HttpResponse:
    """It is good for half a year from today, so it never expires while the site runs; 404 where nobody hears."""
    to = contact()
    if to is None:
        raise Http404("Nobody hears of it here.")
    today = timezone.now().replace(hour=0, minute=0, second=0, microsecond=0)
    lines = [
        f"Contact: {to.address}",
        f"Expires: {(today + _GOOD_FOR).strftime('%Y-%m-%dT%H:%M:%SZ')}",
        "Preferred-Languages: en",
        f"Canonical: {request.build_absolute_uri(reverse('skills:security_txt'))}",
        "",
    ]
    return HttpResponse("\n".join(lines), content_type="text/plain; charset=utf-8")
