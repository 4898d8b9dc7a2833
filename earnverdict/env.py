"""Reads settings from the environment and from `.env` with environs. Errors name the setting in one line."""

from __future__ import annotations

from pathlib import Path
from typing import Any, override

from django.core.exceptions import ImproperlyConfigured, ValidationError
from django.core.validators import EmailValidator, URLValidator
from environs import Env
from environs import ValidationError as InvalidSetting


class SettingsEnv(Env):
    """Treats an empty setting as not set, as in a copy of `.env.example`."""

    @override
    def _get_value(self, env_key: str, default: Any) -> Any:
        value = super()._get_value(env_key, default)
        return (value.strip() or default) if isinstance(value, str) else value


env = SettingsEnv()


def read_env_file(path: Path) -> None:
    """Read settings from a `.env` file, if there is one. The environment takes precedence."""
    try:
        env.read_env(path, recurse=False)
    except (OSError, UnicodeDecodeError) as error:
        raise ImproperlyConfigured(f"{path} cannot be read: {_explain(error)}.") from None


def read_secret(file: Path) -> str:
    """Read the secret that `make serve` generated; return "" if there is no file.

    Raises ImproperlyConfigured for a file that is empty or cannot be read.
    """
    try:
        secret = file.read_text(encoding="utf-8").strip()
    except FileNotFoundError:
        return ""
    except (OSError, UnicodeDecodeError) as error:
        raise ImproperlyConfigured(
            f"The secret in {file} cannot be read: {_explain(error)}. "
            "Let this user read it, or set EARNVERDICT_SECRET_KEY."
        ) from None
    if not secret:
        raise ImproperlyConfigured(
            f"The secret in {file} is empty. "
            "Delete the file, so that `make serve` makes another, or set EARNVERDICT_SECRET_KEY."
        )
    return secret


def read_database(name: str, default: str) -> dict[str, Any]:
    """Read a database URL as Django's settings for it.

    The error has no cause, because its text could quote the password.
    """
    try:
        database = dict(env.dj_db_url(name, default, conn_max_age=None, conn_health_checks=True))
    except ValueError:
        database = {}
    if database.get("ENGINE") not in ("django.db.backends.sqlite3", "django.db.backends.postgresql"):
        raise ImproperlyConfigured(
            f"{name} is not a database address. Write sqlite:///PATH or postgresql://USER:PASSWORD@HOST:PORT/NAME."
        )
    return database


def check_contact(contact: str) -> None:
    """Accept an e-mail address, or the https address of a page that takes a `title` and a `body`."""
    check = URLValidator(schemes=["https"]) if "://" in contact else EmailValidator()
    try:
        check(contact)
    except ValidationError:
        raise InvalidSetting(
            "It must be an e-mail address, or the https:// address where a new issue is opened."
        ) from None


def _explain(error: OSError | UnicodeDecodeError) -> str:
    return (error.strerror or str(error)) if isinstance(error, OSError) else "it is not UTF-8 text"
