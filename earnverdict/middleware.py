"""The first middleware: gives each request an id, answers health checks, and limits concurrent editors' requests."""

from __future__ import annotations

import itertools
import re
import secrets
import threading
from collections.abc import Callable
from contextvars import ContextVar

from django.conf import settings
from django.db import connections
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import resolve

type View = Callable[[HttpRequest], HttpResponse]

#: The id of this thread's current request; "" outside of a request. Log lines and error pages show it.
current_request_id: ContextVar[str] = ContextVar("current_request_id", default="")

#: Supervisors call these by IP address and without TLS: any host is accepted and nothing is redirected.
HEALTH_PATHS = ("/healthz", "/readyz")
RETRY_SECONDS = 5

_VALID_ID = re.compile(r"[A-Za-z0-9._-]{8,64}")


class RequestIdMiddleware:
    """Gives each request an id, for the log, the error pages and the response header X-Request-ID.

    The request's own id is used only behind a proxy: otherwise clients could choose it.
    """

    def __init__(self, get_response: View) -> None:
        self.get_response = get_response
        # Set here and not in the module, which the server imports for its log before it forks its workers.
        self._process_id = secrets.token_hex(4)
        self._numbers = itertools.count(1)

    def __call__(self, request: HttpRequest) -> HttpResponse:
        given = request.headers.get("X-Request-ID", "") if settings.BEHIND_PROXY else ""
        request_id = given if _VALID_ID.fullmatch(given) else f"{self._process_id}-{next(self._numbers)}"
        token = current_request_id.set(request_id)
        try:
            response = self.get_response(request)
        finally:
            current_request_id.reset(token)
        response.headers["X-Request-ID"] = request_id
        return response


class HealthMiddleware:
    """Answers health checks before other middleware can refuse or redirect them."""

    def __init__(self, get_response: View) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.path_info in HEALTH_PATHS:
            response: HttpResponse = resolve(request.path_info).func(request)
            return response
        return self.get_response(request)


class EditorLimitMiddleware:
    """Limits the threads of a process that work for editors at the same time; others get a 503.

    Editors' pages query the database, read forms and check passwords, which may take long or hang. The other threads
    stay free for public pages.
    """

    def __init__(self, get_response: View) -> None:
        self.get_response = get_response
        self._slots = threading.BoundedSemaphore(settings.MAX_EDITOR_REQUESTS)

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not request.path_info.startswith(settings.EDITOR_PATHS):
            return self.get_response(request)
        if not self._slots.acquire(blocking=False):
            return busy(request)
        try:
            return self.get_response(request)
        finally:
            try:
                _close_failed_connections()
            finally:
                self._slots.release()


def _close_failed_connections() -> None:
    """Close connections on which a query failed: Django would query them before the thread's next request."""
    for connection in connections.all(initialized_only=True):
        if connection.errors_occurred and not connection.in_atomic_block:
            connection.close()


def busy(request: HttpRequest) -> HttpResponse:
    """Return a 503: the database or the editors' threads are busy. Reloading sends a form again unchanged."""
    response = render(None, "503.html", {"is_form": request.method == "POST"}, status=503)
    response.headers["Retry-After"] = str(RETRY_SECONDS)
    response.headers["Cache-Control"] = "no-store"
    return response
