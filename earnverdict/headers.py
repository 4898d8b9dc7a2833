"""Adds security headers that Django has no setting for to every response."""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.csp import build_policy

#: Browser features that no page needs. Copying a link needs none of them.
_UNUSED = (
    "accelerometer",
    "browsing-topics",
    "camera",
    "clipboard-read",
    "display-capture",
    "geolocation",
    "gyroscope",
    "hid",
    "magnetometer",
    "microphone",
    "midi",
    "payment",
    "serial",
    "usb",
)
_PERMISSIONS = ", ".join(f"{feature}=()" for feature in _UNUSED)


class PrivacyMiddleware:
    """Restricts what pages may load and use, and sets the Referrer-Policy.

    The content security policy is built once, because it has no nonce; Django's middleware builds it for each response.
    Public pages send no Referer, because their addresses may hold pay; signing in to the admin needs one.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response
        self.policy = build_policy(settings.SECURE_CSP)

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        own = getattr(response, "_csp_config", None)  # set by Django's decorator csp_override, as on its error pages
        policy = self.policy if own is None else build_policy(own)
        if policy:
            response.headers.setdefault("Content-Security-Policy", policy)
        response.headers.setdefault("Permissions-Policy", _PERMISSIONS)
        if request.path_info.startswith(f"/{settings.ADMIN_PATH}"):
            response.headers["Referrer-Policy"] = "same-origin"
        return response
