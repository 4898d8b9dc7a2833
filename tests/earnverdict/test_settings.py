"""Settings are safe by default, and a mistake in one is a line, not a traceback."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings

PROJECT = Path(__file__).parents[2]
SECRET = "a-long-secret-of-many-different-letters-0123456789-and-more"
PRODUCTION = {
    "EARNVERDICT_DEBUG": "0",
    "EARNVERDICT_SECRET_KEY": SECRET,
    "EARNVERDICT_CONTACT": "figures@example.org",
}


def test_secret_is_required_outside_development() -> None:
    finished = _manage("check", EARNVERDICT_DEBUG="0", EARNVERDICT_STATE_FOLDER="/nowhere")

    assert (finished.returncode, finished.stdout) == (1, "")
    assert finished.stderr == (
        "earnverdict: EARNVERDICT_SECRET_KEY is not set. Outside development a long random secret is required.\n"
    )


def test_production_settings_pass_the_deployment_check() -> None:
    finished = _manage("check", "--deploy", "--fail-level", "WARNING", **PRODUCTION)

    assert finished.stderr == ""
    assert finished.stdout == "System check identified no issues (2 silenced).\n"
    assert finished.returncode == 0


def test_checks_name_what_is_missing_and_what_would_hide_pages() -> None:
    finished = _manage(
        "check", "--deploy", **PRODUCTION | {"EARNVERDICT_CONTACT": "", "EARNVERDICT_ADMIN_PATH": "articles/"}
    )

    assert finished.returncode == 1
    assert "(earnverdict.W001) EARNVERDICT_CONTACT is not set: readers cannot report a wrong figure" in finished.stderr
    assert "(earnverdict.E001) EARNVERDICT_ADMIN_PATH must not be articles/: pages of the site are there." in (
        finished.stderr
    )


@pytest.mark.parametrize(
    ("name", "value", "reason"),
    [
        ("EARNVERDICT_WATCH_SECONDS", "-1", "Must be greater than or equal to 0."),
        ("EARNVERDICT_PAGE_CACHE_MB", "1.5", "Not a valid integer."),
        ("EARNVERDICT_HTTPS", "maybe", "Not a valid boolean."),
        ("EARNVERDICT_LOG_LEVEL", "LOUD", "Not a valid log level."),
        ("EARNVERDICT_LOG_FORMAT", "XML", "Must be one of: LINE, JSON."),
        (
            "EARNVERDICT_ADMIN_PATH",
            "a/b/",
            "It must be letters, digits and dashes, followed by a slash, such as editors/.",
        ),
        (
            "EARNVERDICT_CONTACT",
            "figures",
            "It must be an e-mail address, or the https:// address where a new issue is opened.",
        ),
    ],
)
def test_mistake_in_a_setting_is_one_line(name: str, value: str, reason: str) -> None:
    finished = _manage("migrate", **{name: value})

    assert (finished.returncode, finished.stdout) == (1, "")
    assert finished.stderr.startswith(f'earnverdict: Environment variable "{name}" invalid: ')
    assert finished.stderr.count("\n") == 1
    assert reason in finished.stderr


def test_mistake_in_the_database_address_is_one_line_without_its_password() -> None:
    finished = _manage("migrate", DATABASE_URL="postgresql://user:pass/word@host/name")

    assert (finished.returncode, finished.stdout) == (1, "")
    assert finished.stderr == (
        "earnverdict: DATABASE_URL is not a database address. "
        "Write sqlite:///PATH or postgresql://USER:PASSWORD@HOST:PORT/NAME.\n"
    )


def test_production_redirects_to_https_and_keeps_cookies_there() -> None:
    names = ["DEBUG", "SECURE_SSL_REDIRECT", "SESSION_COOKIE_SECURE", "CSRF_COOKIE_SECURE", "SECURE_HSTS_SECONDS"]
    names += ["SECURE_HSTS_INCLUDE_SUBDOMAINS", "SECURE_HSTS_PRELOAD"]
    names += ["SESSION_COOKIE_NAME", "SESSION_COOKIE_PATH", "SESSION_COOKIE_DOMAIN"]
    names += ["CSRF_COOKIE_NAME", "CSRF_COOKIE_PATH", "CSRF_COOKIE_DOMAIN"]
    shown = f"print(*(getattr(settings, name) for name in {names}))"

    assert _run_with_settings(shown, **PRODUCTION) == (
        "False True True True 63072000 False False __Host-sessionid / None __Host-csrftoken / None\n"
    )
    assert _run_with_settings(shown) == ("True False False False 0 False False sessionid / None csrftoken / None\n")


def test_databases_have_time_outs() -> None:
    shown = "print(settings.DATABASES['default']['OPTIONS'])"
    address = "postgresql://host/name?connect_timeout=7"

    sqlite = _run_with_settings(shown, DATABASE_URL="sqlite:///x")
    postgres = _run_with_settings(shown, DATABASE_URL=address)

    assert "'timeout': 5," in sqlite
    assert "'connect_timeout': 7," in postgres.replace("'7'", "7")
    assert "statement_timeout=10s" in postgres
    assert "'tcp_user_timeout': 10000" in postgres


def test_admin_is_where_its_setting_says_and_nowhere_else_named() -> None:
    asked = (
        "from django.test import Client; client = Client(); "
        "login = client.get('/editors-room/login/'); robots = client.get('/robots.txt').content.decode(); "
        "print(login.status_code, login.headers['Referrer-Policy'], client.get('/admin').headers['Referrer-Policy'], "
        "'admin' in robots or 'editors-room' in robots, 'action=\"/editors-room/login/\"' in login.content.decode())"
    )

    place = {"EARNVERDICT_ADMIN_PATH": "editors-room/", "EARNVERDICT_ALLOWED_HOSTS": "testserver"}
    finished = _manage("shell", "--verbosity=0", "--command", asked, **place)

    assert finished.stdout == "200 same-origin no-referrer False True\n", finished.stderr


def test_no_policy_allows_what_is_unsafe() -> None:
    sources = [source for sources in settings.SECURE_CSP.values() for source in sources]

    assert settings.SECURE_CSP["default-src"] == ["'none'"]
    assert [source for source in sources if "unsafe" in source or "nonce" in source or "*" in source] == []


def _manage(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """A management command in a process and an environment of its own."""
    return _run("manage.py", *arguments, **environment)


def _run_with_settings(statement: str, **environment: str) -> str:
    """What a statement prints that needs the settings alone; a process without the apps starts five times as fast."""
    return _run("-c", f"from django.conf import settings; {statement}", **environment).stdout


def _run(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    names = [name for name in os.environ if name == "DATABASE_URL" or name.startswith("EARNVERDICT_")]
    inherited = {name: value for name, value in os.environ.items() if name not in names}
    return subprocess.run(
        [sys.executable, *arguments],
        cwd=PROJECT,
        env={**inherited, "DJANGO_SETTINGS_MODULE": "earnverdict.settings", "EARNVERDICT_DEBUG": "1", **environment},
        capture_output=True,
        text=True,
    )
