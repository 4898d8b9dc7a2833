"""The health checks for supervisors and load balancers."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.test import Client
from pytest_django import Settings

from earnverdict.build import build
from skills.editions.site import Site
from skills.editions.site_state import site_state


@pytest.fixture
def supervisor(settings: Settings) -> Client:
    """Asks as a machine does: by an address that is no host of the site, and without encryption."""
    settings.SECURE_SSL_REDIRECT = True
    return Client(SERVER_NAME="10.0.0.7")


@pytest.mark.parametrize(
    ("has_edition", "database", "status", "said"),
    [
        (True, "reachable", 200, "ready"),
        (True, "gone", 200, "degraded"),
        (True, "not migrated", 200, "degraded"),
        (False, "reachable", 503, "not ready"),
        (False, "not migrated", 503, "not ready"),
        (False, "gone", 503, "not ready"),
    ],
)
def test_readiness_is_what_the_process_can_do(
    supervisor: Client,
    published_site: Site,
    monkeypatch: pytest.MonkeyPatch,
    has_edition: bool,
    database: Any,
    status: int,
    said: str,
) -> None:
    monkeypatch.setattr(site_state, "_site", published_site if has_edition else None)
    monkeypatch.setattr(site_state, "_database", database)

    answer = supervisor.get("/readyz")

    assert (answer.status_code, answer.headers["Cache-Control"]) == (status, "no-store")
    edition = 1 if has_edition else None
    assert json.loads(answer.content) == {"status": said, "edition": edition, "database": database, "build": build()}


def test_process_says_that_it_lives(supervisor: Client) -> None:
    answer = supervisor.get("/healthz")

    assert (answer.status_code, json.loads(answer.content)) == (200, {"status": "alive"})
    assert answer.headers["X-Content-Type-Options"] == "nosniff"


@pytest.mark.parametrize(
    ("address", "method", "status"), [("/healthz", "HEAD", 200), ("/healthz", "POST", 405), ("/readyz/", "GET", 301)]
)
def test_only_these_addresses_and_methods_are_health_checks(
    supervisor: Client, address: str, method: str, status: int
) -> None:
    supervisor = supervisor if status != 301 else Client()

    answer = supervisor.generic(method, address)

    assert (answer.status_code, method != "HEAD" or answer.content == b"") == (status, True)
