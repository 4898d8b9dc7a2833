"""Reads typed values from the environment; `settings.py` is its only caller."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured, ValidationError
from django.core.validators import EmailValidator, URLValidator
from dotenv import load_dotenv

_TRUE = {"1", "true", "yes", "on"}
_FALSE = {"", "0", "false", "no", "off"}


def load(path: Path) -> None:
    """Take settings from a `.env` file; what the environment already has wins."""
    try:
        load_dotenv(path)
    except (OSError, UnicodeDecodeError) as error:
        raise ImproperlyConfigured(f"{path} cannot be read: {_reason(error)}.") from None


def text(name: str, default: str = "") -> str:
    """A blank setting is one that is not set."""
    return os.environ.get(name, "").strip() or default


def secret(name: str, file: Path, default: str) -> str:
    """What the environment says, or else the default, or else what a file holds; "" if there is none of them.

    Raises ImproperlyConfigured for a file that is empty or cannot be read.
    """
    if value := text(name, default):
        return value
    try:
        value = file.read_text(encoding="utf-8").strip()
    except FileNotFoundError:
        return ""
    except (OSError, UnicodeDecodeError) as error:
        raise ImproperlyConfigured(
            f"The secret in {file} cannot be read: {_reason(error)}. Let this user read it, or set {name}."
        ) from None
    if not value:
        raise ImproperlyConfigured(
            f"The secret in {file} is empty. Delete the file, so that `make serve` makes another, or set {name}."
        )
    return value


def flag(name: str, *, default: bool = False) -> bool:
    value = text(name, "1" if default else "0").lower()
    if value not in _TRUE | _FALSE:
        raise ImproperlyConfigured(f"{name} must be 1 or 0, not {value!r}.")
    return value in _TRUE


def one_of(name: str, default: str, choices: tuple[str, ...]) -> str:
    value = text(name, default).upper()
    if value not in choices:
        raise ImproperlyConfigured(f"{name} must be one of {', '.join(choices)}, not {value!r}.")
    return value


def whole(name: str, default: int) -> int:
    """A whole number, zero or more."""
    value = text(name) or str(default)
    if not (value.isascii() and value.isdecimal()):
        raise ImproperlyConfigured(f"{name} must be a whole number of zero or more, not {value!r}.")
    return int(value)


def names(name: str, default: str = "") -> list[str]:
    """A comma-separated list."""
    return [item.strip() for item in text(name, default).split(",") if item.strip()]


def folder(name: str, default: str) -> str:
    """One part of the site's addresses, with its slash: `admin/`."""
    value = text(name, default)
    if not re.fullmatch(r"[A-Za-z0-9-]+/", value, re.ASCII):
        raise ImproperlyConfigured(
            f"{name} must be letters, digits and dashes, ended by a slash, as editors-room/, not {value!r}."
        )
    return value


def contact(name: str, default: str = "") -> str:
    """Where readers write: an e-mail address, or the https address of a page that takes a `title` and a `body`."""
    value = text(name, default)
    check = URLValidator(schemes=["https"]) if "://" in value else EmailValidator()
    try:
        if value:
            check(value)
    except ValidationError:
        raise ImproperlyConfigured(
            f"{name} must be an e-mail address, or the https:// address where a new issue is opened, not {value!r}."
        ) from None
    return value


def database(name: str, default: str) -> Mapping[str, object]:
    """A database address (`sqlite:///…`, `postgresql://…`) as Django's settings for it."""
    import dj_database_url

    address = text(name, default) or default
    try:
        parsed = dict(dj_database_url.parse(address, conn_max_age=None, conn_health_checks=True))
    except (dj_database_url.ParseError, dj_database_url.UnknownSchemeError, ValueError):
        # The address may hold a password: it is not repeated.
        raise ImproperlyConfigured(
            f"{name} is not a database address. Write sqlite:///PATH or postgresql://USER:PASSWORD@HOST:PORT/NAME."
        ) from None
    if parsed["ENGINE"] not in ("django.db.backends.sqlite3", "django.db.backends.postgresql"):
        raise ImproperlyConfigured(f"{name} must name SQLite or PostgreSQL.")
    return parsed


def _reason(error: OSError | UnicodeDecodeError) -> str:
    return (error.strerror or str(error)) if isinstance(error, OSError) else "it is not UTF-8 text"
