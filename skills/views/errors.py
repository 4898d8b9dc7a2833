"""The pages that say that something is not there, or broke."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from earnverdict.page import Page
from earnverdict.request_notes import current_request
from skills.near_addresses import near_addresses


def page_not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """404 with ways on."""
    page = Page(
        title="Nothing is at this address", description="It may have been mistyped, or cut short when it was copied."
    )
    context = {"page": page, "suggestions": near_addresses(request.path_info)}
    return render(request, "404.html", context, status=404)


def server_error(request: HttpRequest) -> HttpResponse:
    """500 without anything that may fail again, and with what the log knows the request by."""
    return render(None, "500.html", {"reference": current_request.get()}, status=500)
