"""What supervisors and load balancers are told."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from earnverdict.health import Health, Readiness
from tests.earnverdict.wsgi_client import ask

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIEnvironment


def site(environ: WSGIEnvironment, start_response: StartResponse) -> Any:
    start_response("200 OK", [("Content-Type", "text/plain")])
    return [b"the site"]


@pytest.mark.parametrize(
    ("edition", "database", "status", "said"),
    [
        (3, "reachable", 200, "ready"),
        (3, "gone", 200, "degraded"),
        (3, "not migrated", 200, "degraded"),
        (None, "reachable", 503, "not ready"),
        (None, "not migrated", 503, "not ready"),
        (None, "gone", 503, "not ready"),
    ],
)
def test_readiness_is_told(edition: int | None, database: Any, status: int, said: str) -> None:
    health = Health(site, readiness=lambda: Readiness(edition=edition, database=database, build="abc"))

    answer = ask(health, "/readyz", HTTP_HOST="10.0.0.7")

    assert (answer.status, answer.headers["cache-control"]) == (status, "no-store")
    assert json.loads(answer.body) == {"status": said, "edition": edition, "database": database, "build": "abc"}


def test_process_says_that_it_lives_without_asking_anything() -> None:
    def failing() -> Readiness:
        raise AssertionError

    answer = ask(Health(site, readiness=failing), "/healthz")

    assert (answer.status, json.loads(answer.body)) == (200, {"status": "alive"})


@pytest.mark.parametrize(("address", "method"), [("/", "GET"), ("/healthz/", "GET"), ("/healthz", "POST")])
def test_anything_else_is_for_the_site(address: str, method: str) -> None:
    health = Health(site, readiness=lambda: Readiness(edition=1, database="gone", build=""))

    assert ask(health, address, method).body == b"the site"


def test_head_has_no_body() -> None:
    health = Health(site, readiness=lambda: Readiness(edition=1, database="gone", build=""))

    answer = ask(health, "/readyz", "HEAD")

    assert (answer.status, answer.body) == (200, b"")
