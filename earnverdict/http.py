"""What requests public views take, and how long their answers may be kept."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, cast

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_safe

#: Ten skills, thirty held ones and own hours for all of them take under 3,000 characters.
MAX_QUERY_LENGTH = 8_192

# An address that names no edition shows a new one within minutes, and the old one while the site cannot be reached.
_PUBLIC = "public, max-age=60, stale-while-revalidate=300, stale-if-error=604800"
# What somebody asked for may hold their pay: it is kept by nobody but them.
_PRIVATE = "private, max-age=60"


def read_only[View: Callable[..., HttpResponse]](view: View) -> View:
    """GET and HEAD alone; anything else is told so (405), and not first asked for a token that no public page has.

    A query that is longer than any form can send is refused before it is read. A page that says nothing itself of how
    long it may be kept is kept for a minute.
    """

    @wraps(view)
    def answered(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if len(request.META.get("QUERY_STRING", "")) > MAX_QUERY_LENGTH:
            return HttpResponse("This address is too long.\n", status=414, content_type="text/plain")
        response = view(request, *args, **kwargs)
        if response.status_code == 200 and "Cache-Control" not in response.headers:
            response.headers["Cache-Control"] = _cache_control(request)
        return response

    return cast(View, csrf_exempt(require_safe(answered)))


def _cache_control(request: HttpRequest) -> str:
    """Development sees each change of a template."""
    if settings.DEBUG:
        return "no-cache"
    return _PRIVATE if request.META.get("QUERY_STRING") else _PUBLIC
