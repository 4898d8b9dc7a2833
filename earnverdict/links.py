"""Validates the links that editors enter: https, a host, and no user name or password."""

from __future__ import annotations

from urllib.parse import urlsplit

from django.core.exceptions import ValidationError

ADVICE = "Enter a link that begins with https://, with a host and without a user name."


def is_safe_link(address: str) -> bool:
    """Return whether it is a complete https address without a user name or password."""
    try:
        parts = urlsplit(address)
        host, _ = parts.hostname, parts.port
    except ValueError:
        return False
    return parts.scheme == "https" and bool(host) and "@" not in parts.netloc and "\\" not in address


def is_safe_in_text(address: str) -> bool:
    """Return whether a text may link to it: a safe link, a page of this site, or a part of the same page."""
    is_own = address.startswith(("/", "#")) and not address.startswith(("//", "/\\"))
    return is_own or is_safe_link(address)


def validate_link(address: str) -> None:
    """Raise ValidationError for an unsafe link."""
    if not is_safe_link(address):
        raise ValidationError(ADVICE, code="link")
