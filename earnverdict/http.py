"""Restricts the requests that public views accept, and sets how long their responses may be cached."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, cast

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_safe

#: Ten skills, thirty known ones and study hours for all of them take under 3,000 characters.
MAX_QUERY_LENGTH = 8_192

# An address without an edition shows a new one within minutes, and the old one while the site is unreachable.
_PUBLIC = "public, max-age=60, stale-while-revalidate=300, stale-if-error=604800"
# A visitor's query may hold their pay: only their own browser may cache the page.
_PRIVATE = "private, max-age=60"


def read_only[View: Callable[..., HttpResponse]](view: View) -> View:
    """Allow GET and HEAD only. Other methods get a 405, without a CSRF check: no public page has a token.

    A query that is longer than any form can send is refused unread. A response without a Cache-Control header of its
    own may be cached for a minute.
    """

    @wraps(view)
    def wrapper(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if len(request.META.get("QUERY_STRING", "")) > MAX_QUERY_LENGTH:
            return HttpResponse("This address is too long.\n", status=414, content_type="text/plain")
        response = view(request, *args, **kwargs)
        if response.status_code == 200 and "Cache-Control" not in response.headers:
            response.headers["Cache-Control"] = _cache_control(request)
        return response

    return cast(View, csrf_exempt(require_safe(wrapper)))


def forbid_storing(response: HttpResponse) -> HttpResponse:
    """Let no cache and no search engine keep a mistake, or an answer whose address does not name all it depends on."""
    response.headers["Cache-Control"] = "no-store"
    response.headers["X-Robots-Tag"] = "noindex, nofollow"
    return response


def _cache_control(request: HttpRequest) -> str:
    """Return the default; no caching in development, so that template changes show at once."""
    if settings.DEBUG:
        return "no-cache"
    return _PRIVATE if request.META.get("QUERY_STRING") else _PUBLIC
