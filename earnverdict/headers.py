"""Headers that every response carries beside Django's own."""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.csp import build_policy

#: What a browser would let a page ask for; copying a link is all that ours do, and that is not among them.
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
    """Lets a page load and use no more than it needs, and the admin alone tell its own pages where a request came from.

    What a page may load is written once, for it has no nonce; Django's own middleware writes it for each answer. The
    public pages send no Referer at all, for their addresses may hold pay; the admin's sign-in needs its own.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response
        self.policy = build_policy(settings.SECURE_CSP)

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        own = getattr(response, "_csp_config", None)  # what Django's decorator csp_override leaves: its error pages do
        policy = self.policy if own is None else build_policy(own)
        if policy:
            response.headers.setdefault("Content-Security-Policy", policy)
        response.headers.setdefault("Permissions-Policy", _PERMISSIONS)
        if request.path_info.startswith(f"/{settings.ADMIN_PATH}"):
            response.headers["Referrer-Policy"] = "same-origin"
        return response
