"""/.well-known/security.txt (RFC 9116): where to report a vulnerability."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import Settings

ADDRESS = "/.well-known/security.txt"


@pytest.mark.parametrize(
    ("contact", "line"),
    [
        pytest.param("figures@example.org", "mailto:figures@example.org", id="e-mail"),
        pytest.param("https://example.org/issues/new", "https://example.org/issues/new", id="page"),
    ],
)
def test_it_has_the_fields_of_the_rfc(client: Client, settings: Settings, contact: str, line: str) -> None:
    settings.CONTACT = contact

    answer = client.get(ADDRESS, secure=True)

    assert (answer.status_code, answer.headers["Content-Type"]) == (200, "text/plain; charset=utf-8")
    fields = dict(re.findall(r"^([A-Z][A-Za-z-]+): (\S+)\n", answer.text, re.MULTILINE))
    assert len(fields) == len(answer.text.splitlines()) == 4
    assert fields["Contact"] == line
    assert fields["Canonical"] == f"https://testserver{ADDRESS}"
    assert fields["Preferred-Languages"] == "en"


@pytest.mark.parametrize("day", ["2026-02-28", "2028-02-29", "2099-12-31"])
def test_it_expires_within_the_year_and_never_while_the_site_runs(
    client: Client, settings: Settings, monkeypatch: pytest.MonkeyPatch, day: str
) -> None:
    settings.CONTACT = "figures@example.org"
    now = datetime.fromisoformat(f"{day}T23:59:59").replace(tzinfo=UTC)
    monkeypatch.setattr(timezone, "now", lambda: now)

    said = re.findall(r"^Expires: (\S+)$", client.get(ADDRESS).text, re.MULTILINE)

    (expires,) = map(datetime.fromisoformat, said)
    assert expires.tzinfo is not None
    assert timedelta(days=170) < expires - now < timedelta(days=365)


def test_there_is_none_where_nobody_hears(client: Client, settings: Settings, published_site: object) -> None:
    settings.CONTACT = ""

    assert client.get(ADDRESS).status_code == 404


def test_it_is_read_only(client: Client) -> None:
    assert client.post(ADDRESS).status_code == 405
