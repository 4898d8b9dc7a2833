"""The pages for 400, 403, 404 and 500."""

from __future__ import annotations

import sys

from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from earnverdict.middleware import busy, current_request_id
from earnverdict.seo import Page
from skills.url_suggestions import suggest_urls


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Show a 400. Django's own view reads the form for its token, and fails where the form is what cannot be read."""
    return render(None, "400.html", status=400)


def page_not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Show a 404 with suggestions."""
    page = Page(
        title="We cannot find this page",
        description="Its address may have a typing mistake, or its end was cut off when it was copied.",
    )
    context = {"page": page, "suggestions": suggest_urls(request.path_info)}
    return render(request, "404.html", context, status=404)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Show a 403 for a form whose token is not this session's."""
    return render(None, "csrf.html", status=403)


def server_error(request: HttpRequest) -> HttpResponse:
    """Show a 500 that needs nothing that could fail, with the request's id; a 503 if the database failed."""
    if isinstance(sys.exception(), OperationalError | InterfaceError):
        return busy(request)
    return render(None, "500.html", {"reference": current_request_id.get()}, status=500)
