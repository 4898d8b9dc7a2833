"""How often somebody may try to sign in: who counts as one client, the two limits, and the page beyond them."""

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

#: One client has a /64 of IPv6 addresses to itself, at least.
_IPV6_CLIENT_BITS = 64
# Some proxies name the client's port too, another one at each connection.
_WITH_PORT = re.compile(r"\[(?P<ipv6>[^\]]*)\](?::\d+)?|(?P<ipv4>[^:]+):\d+")


class SignInLimits(AxesDatabaseHandler):  # type: ignore[misc]  # axes has no types
    """Failures are counted for an account at an address, and more generously for the address whatever the account.

    Nothing is counted for an account alone: who fails on purpose shuts out nobody but themselves.
    """

    def get_failures(self, request: HttpRequest, credentials: dict[str, Any] | None = None) -> int:
        """Failures as an account's limit counts them; those of the address weigh less, as its own limit is higher."""
        of_account, of_address = (
            attempts.aggregate(failures=Sum("failures_since_start"))["failures"] or 0
            for attempts in self.get_user_attempts(request, credentials)
        )
        weighed = of_address * settings.AXES_FAILURE_LIMIT // settings.SIGN_IN_FAILURES_OF_ADDRESS
        return max(of_account, weighed)

    def reset_user_attempts(self, request: HttpRequest, credentials: dict[str, Any] | None = None) -> int:
        """Forgive the account that signed in, and not what else its address tried."""
        of_account, _ = self.filter_user_attempts(request, credentials)
        deleted, _ = of_account.delete()
        return int(deleted)


def check_client_address_header(
    app_configs: Sequence[AppConfig] | None, **options: object
) -> list[checks.CheckMessage]:
    """A check before deployment: no client can send the header that names its address."""
    if not settings.BEHIND_PROXY or "-" not in settings.CLIENT_ADDRESS_HEADER:
        return []
    imitation = settings.CLIENT_ADDRESS_HEADER.replace("-", "_")
    return [
        checks.Warning(
            f"EARNVERDICT_CLIENT_ADDRESS_HEADER is {settings.CLIENT_ADDRESS_HEADER}: a client that sends {imitation} "
            "gets around the limits of signing in, unless the proxy drops names with underscores, as nginx does.",
            hint="Let the proxy set a header without a hyphen, such as ClientAddress.",
            id="earnverdict.W002",
        )
    ]


def client_address(request: HttpRequest) -> str | None:
    """Where a request comes from. Behind a proxy: the last address of its header; what stands before it is hearsay."""
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
    """Say how long to wait, whether or not there is such an account."""
    context = {
        **admin.site.each_context(request),
        "title": "Too many attempts",
        "minutes": settings.AXES_COOLOFF_TIME.seconds // 60,
    }
    answer = render(request, "admin/too_many_attempts.html", context, status=429)
    answer.headers["Retry-After"] = str(settings.AXES_COOLOFF_TIME.seconds)
    return answer
