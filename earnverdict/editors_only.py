"""Sessions, authentication and messages for the editors' pages only. Public pages use none of them."""

from __future__ import annotations

from collections.abc import Awaitable

from django.conf import settings
from django.contrib.auth.middleware import AuthenticationMiddleware
from django.contrib.messages.middleware import MessageMiddleware
from django.contrib.sessions.middleware import SessionMiddleware
from django.http import HttpRequest, HttpResponseBase
from django.utils.deprecation import MiddlewareMixin


class EditorsOnly(MiddlewareMixin):
    """Middleware that runs for editors' pages and skips all others."""

    def __call__(self, request: HttpRequest) -> HttpResponseBase | Awaitable[HttpResponseBase]:
        if request.path_info.startswith(f"/{settings.ADMIN_PATH}"):
            return super().__call__(request)
        return self.get_response(request)


class EditorsSession(EditorsOnly, SessionMiddleware):
    """`request.session`."""


class EditorsAuthentication(EditorsOnly, AuthenticationMiddleware):
    """`request.user`."""


class EditorsMessages(EditorsOnly, MessageMiddleware):
    """Django's messages, for editors."""
