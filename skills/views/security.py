"""security.txt (RFC 9116): where to report a vulnerability."""

from __future__ import annotations

from datetime import timedelta

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import cache_control

from earnverdict.http import read_only
from skills.presenters.report_link import contact

#: Below the year that the RFC recommends as a maximum.
_GOOD_FOR = timedelta(days=180)


@read_only
@cache_control(public=True, max_age=3600)
def security_txt(request: HttpRequest) -> HttpResponse:
    """Serve security.txt, valid for half a year from today; 404 without a contact."""
    to = contact()
    if to is None:
        raise Http404("This site has no security contact.")
    today = timezone.now().replace(hour=0, minute=0, second=0, microsecond=0)
    lines = [
        f"Contact: {to.address}",
        f"Expires: {(today + _GOOD_FOR).strftime('%Y-%m-%dT%H:%M:%SZ')}",
        "Preferred-Languages: en",
        f"Canonical: {request.build_absolute_uri(reverse('skills:security_txt'))}",
        "",
    ]
    return HttpResponse("\n".join(lines), content_type="text/plain; charset=utf-8")
