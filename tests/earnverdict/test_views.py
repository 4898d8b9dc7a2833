"""The health checks for supervisors and load balancers."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as site_settings
from django.test import Client
from pytest_django import Settings

from earnverdict.build import build
from skills.editions.site import Site
from skills.editions.site_state import site_state
from skills.places import gazetteer as gazetteers
from skills.places.gazetteer import Gazetteer

OPENED = {
    "open": {site_settings.GAZETTEER_FOLDER: Gazetteer(Path("/dev/null"))},
    "missing": {site_settings.GAZETTEER_FOLDER: None},
    "not opened": {},
}


@pytest.fixture
def supervisor(settings: Settings) -> Client:
    """Asks as a machine does: by an address that is no host of the site, and without encryption."""
    settings.SECURE_SSL_REDIRECT = True
    return Client(SERVER_NAME="10.0.0.7")


@pytest.mark.parametrize(
    ("has_edition", "database", "gazetteer", "status", "said"),
    [
        (True, "reachable", "open", 200, "ready"),
        (True, "reachable", "not opened", 200, "ready"),
        (True, "reachable", "missing", 200, "degraded"),
        (True, "gone", "open", 200, "degraded"),
        (True, "not migrated", "open", 200, "degraded"),
        (False, "reachable", "open", 503, "not ready"),
        (False, "not migrated", "open", 503, "not ready"),
        (False, "gone", "missing", 503, "not ready"),
    ],
)
def test_readiness_is_what_the_process_can_do(
    supervisor: Client,
    published_site: Site,
    monkeypatch: pytest.MonkeyPatch,
    has_edition: bool,
    database: Any,
    gazetteer: str,
    status: int,
    said: str,
) -> None:
    monkeypatch.setattr(site_state, "_site", published_site if has_edition else None)
    monkeypatch.setattr(site_state, "_database", database)
    monkeypatch.setattr(gazetteers, "_opened", OPENED[gazetteer])

    answer = supervisor.get("/readyz")

    assert (answer.status_code, answer.headers["Cache-Control"]) == (status, "no-store")
    edition = 1 if has_edition else None
    assert json.loads(answer.content) == {
        "status": said,
        "edition": edition,
        "database": database,
        "gazetteer": gazetteer,
        "build": build(),
    }


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
