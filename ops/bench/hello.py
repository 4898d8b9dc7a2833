"""The baseline of all measurements: the least that Django does for a page (handler, URL resolver, view)."""

from __future__ import annotations

from collections.abc import Callable, Iterable

import django
from django.conf import settings
from django.core.handlers.wsgi import WSGIHandler, WSGIRequest
from django.http import HttpRequest, HttpResponse
from django.test import override_settings
from django.urls import path

ADDRESS = "/hello/"

if not settings.configured:  # when served alone; in a site's process its settings are loaded already
    settings.configure(ALLOWED_HOSTS=["*"], ROOT_URLCONF=__name__, LOGGING_CONFIG=None)
    django.setup()


def hello(request: HttpRequest) -> HttpResponse:
    return HttpResponse("Hello")


urlpatterns = [path("hello/", hello)]


class HelloRequest(WSGIRequest):
    """A request that finds its view in this module, whatever the settings are."""

    urlconf = __name__


class Hello(WSGIHandler):
    """Django without any middleware."""

    request_class = HelloRequest

    def load_middleware(self, is_async: bool = False) -> None:
        with override_settings(MIDDLEWARE=[]):
            super().load_middleware(is_async=is_async)


application = Hello()


def server_alone(environ: object, start_response: Callable[[str, list[tuple[str, str]]], object]) -> Iterable[bytes]:
    """Return the same response without Django: the lower bound for any application."""
    start_response("200 OK", [("Content-Type", "text/html; charset=utf-8")])
    return (b"Hello",)
