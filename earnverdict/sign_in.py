"""Limits failed sign-ins: what counts as one client, the two limits, and the page for too many attempts."""

from __future__ import annotations

import re
from collections.abc import Sequence
from ipaddress import IPv6Address, IPv6Network, ip_address
from typing import Any

from axes.handlers.database import AxesDatabaseHandler
from django.apps import AppConfig
from django.conf import settings
from django.contrib import admin
from django.core import checks
from django.db.models import Sum
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

#: A client usually has a whole /64 of IPv6 addresses.
_IPV6_CLIENT_BITS = 64
# Some proxies add the client's port, which differs at each connection.
_WITH_PORT = re.compile(r"\[(?P<ipv6>[^\]]*)\](?::\d+)?|(?P<ipv4>[^:]+):\d+")


class SignInLimits(AxesDatabaseHandler):  # type: ignore[misc]  # axes has no types
    """Counts failures for an account from one address, and with a higher limit for the address and any account.

    Nothing is counted for an account alone, so nobody can lock others out by failing on purpose.
    """

    def get_failures(self, request: HttpRequest, credentials: dict[str, Any] | None = None) -> int:
        """Return failures on the account's scale; those of the address weigh less, because its limit is higher."""
        of_account, of_address = (
            attempts.aggregate(failures=Sum("failures_since_start"))["failures"] or 0
            for attempts in self.get_user_attempts(request, credentials)
        )
        weighed = of_address * settings.AXES_FAILURE_LIMIT // settings.SIGN_IN_FAILURES_OF_ADDRESS
        return max(of_account, weighed)

    def reset_user_attempts(self, request: HttpRequest, credentials: dict[str, Any] | None = None) -> int:
        """Reset the failures of the account that signed in, not the other ones of its address."""
        of_account, _ = self.filter_user_attempts(request, credentials)
        deleted, _ = of_account.delete()
        return int(deleted)


def check_client_address_header(
    app_configs: Sequence[AppConfig] | None, **options: object
) -> list[checks.CheckMessage]:
    """Check before deployment that no client can send the header with its address."""
    if not settings.BEHIND_PROXY or "-" not in settings.CLIENT_ADDRESS_HEADER:
        return []
    imitation = settings.CLIENT_ADDRESS_HEADER.replace("-", "_")
    return [
        checks.Warning(
            f"EARNVERDICT_CLIENT_ADDRESS_HEADER is {settings.CLIENT_ADDRESS_HEADER}: a client that sends {imitation} "
            "avoids the sign-in limits, unless the proxy drops names with underscores, as nginx does.",
            hint="Let the proxy set a header without a hyphen, such as ClientAddress.",
            id="earnverdict.W002",
        )
    ]


def client_address(request: HttpRequest) -> str | None:
    """Return the client's address. Behind a proxy: the last one in its header, because clients can send the others."""
    found = request.META.get("REMOTE_ADDR", "")
    if settings.BEHIND_PROXY:
        name = "HTTP_" + settings.CLIENT_ADDRESS_HEADER.upper().replace("-", "_")
        found = request.META.get(name, "").rpartition(",")[2].strip() or found
    if parts := _WITH_PORT.fullmatch(found):
        found = parts["ipv6"] or parts["ipv4"] or ""
    try:
        address = ip_address(found)
    except ValueError:
        return None
    if isinstance(address, IPv6Address) and address.ipv4_mapped is None:
        return str(IPv6Network((address, _IPV6_CLIENT_BITS), strict=False).network_address)
    return str(getattr(address, "ipv4_mapped", None) or address)


def too_many_attempts(
    request: HttpRequest, response: HttpResponse | None = None, credentials: dict[str, Any] | None = None
) -> HttpResponse:
    """Return a 429 that says how long to wait, the same for accounts that do not exist."""
    context = {
        **admin.site.each_context(request),
        "title": "Too many attempts",
        "minutes": settings.AXES_COOLOFF_TIME.seconds // 60,
    }
    answer = render(request, "admin/too_many_attempts.html", context, status=429)
    answer.headers["Retry-After"] = str(settings.AXES_COOLOFF_TIME.seconds)
    return answer
