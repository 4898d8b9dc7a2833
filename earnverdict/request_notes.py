"""What is noted of a request on its way, for the log: its route and edition, whether it was answered from memory."""

from __future__ import annotations

import re
from collections.abc import Callable
from contextvars import ContextVar

from django.http import HttpRequest, HttpResponse

# Keys of the WSGI environ.
REQUEST_ID = "earnverdict.request_id"
ROUTE = "earnverdict.route"
EDITION = "earnverdict.edition"
STORE = "earnverdict.store"

#: The request that is being answered; "" outside of one.
current_request: ContextVar[str] = ContextVar("current_request", default="")

_EDITION = re.compile(r"(?:^|&)edition=(\d{1,6})(?:&|$)")


class RouteMiddleware:
    """Notes by which route a request was answered: the pattern, not the path, which may hold what somebody typed."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        request.META[ROUTE] = f"/{request.resolver_match.route}" if request.resolver_match else ""
        if asked := _EDITION.search(request.META.get("QUERY_STRING", "")):
            request.META[EDITION] = int(asked[1])
        return response
