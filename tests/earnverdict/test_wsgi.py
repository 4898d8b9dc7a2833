"""The whole application as a server has it: every public address, once warm, without the database."""

from __future__ import annotations

import io
import json
import logging
from typing import TYPE_CHECKING

import pytest
from django.conf import settings

from earnverdict import wsgi
from skills.editions.current import current
from skills.editions.document import PublishedEdition
from tests.earnverdict.wsgi_client import ask
from tests.skills.test_trust_pages import public_addresses

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIApplication

#: An editor's page at a public address: it shows a draft, which only the database has.
ASKS_THE_DATABASE = "/articles/preview/none/"
VERDICT = "/verdict/?salary=115000&location=us-austin-tx&skill=kubernetes&edition=1"


@pytest.fixture
def application(published: PublishedEdition, monkeypatch: pytest.MonkeyPatch) -> WSGIApplication:
    """As in production, but that it answers on http."""
    for name, value in {"DEBUG": False, "SECURE_SSL_REDIRECT": False, "ALLOWED_HOSTS": ["localhost"]}.items():
        monkeypatch.setattr(settings, name, value)
    return wsgi.make_application()


@pytest.mark.parametrize("address", [address for address in public_addresses() if address != ASKS_THE_DATABASE])
@pytest.mark.parametrize("method", ["GET", "HEAD"])
def test_no_public_page_asks_the_database(application: WSGIApplication, address: str, method: str) -> None:
    answers = [ask(application, address, method, accept_encoding="br") for _ in range(2)]

    assert {answer.status for answer in answers} <= {200, 302, 404, 422}
    assert answers[0].headers.keys() == answers[1].headers.keys()


@pytest.mark.parametrize("address", [address for address in public_addresses() if "?" not in address])
def test_unknown_parameters_and_hosts_ask_the_database_neither(application: WSGIApplication, address: str) -> None:
    if address == ASKS_THE_DATABASE:
        address = "/articles/nowhere/"

    odd = ask(application, f"{address}?x=1&x=2")
    foreign = ask(application, address, HTTP_HOST="example.com")

    assert odd.status in (200, 301, 302, 404)
    assert foreign.status == 400


def test_page_is_answered_from_memory_the_second_time(application: WSGIApplication) -> None:
    first, second = ask(application, VERDICT), ask(application, VERDICT)

    assert (first.environ["earnverdict.store"], second.environ["earnverdict.store"]) == ("miss", "hit")
    assert first.body == second.body
    assert first.headers["x-request-id"] != second.headers["x-request-id"]


def test_site_says_that_it_is_ready(application: WSGIApplication) -> None:
    answer = ask(application, "/readyz", HTTP_HOST="10.0.0.7")

    ready = json.loads(answer.body)
    assert (answer.status, ready["status"], ready["edition"]) == (200, "ready", 1)


def test_site_that_has_nothing_to_show_is_not_ready_and_says_so(
    application: WSGIApplication, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(current, "_site", None)

    answer = ask(application, "/readyz")

    assert (answer.status, json.loads(answer.body)["status"]) == (503, "not ready")


def test_log_has_the_route_the_edition_and_no_pay(
    application: WSGIApplication, monkeypatch: pytest.MonkeyPatch
) -> None:
    log = io.StringIO()
    monkeypatch.setattr(application, "_stream", log)
    monkeypatch.setattr(logging.getLogger("earnverdict.access"), "level", logging.INFO)
    logging.getLogger("earnverdict.access").manager._clear_cache()  # type: ignore[attr-defined]  # the level is remembered

    ask(application, VERDICT)
    ask(application, VERDICT)
    ask(application, "/skills/kubernetes/")
    ask(application, "/115000/")

    lines = [json.loads(line) for line in log.getvalue().splitlines()]
    told = [(line["route"], line["status"], line["store"], line["edition"]) for line in lines]
    assert told == [
        ("/verdict/", 200, "miss", 1),
        ("/verdict/", 200, "hit", 1),
        ("/skills/<slug:slug>/", 200, "miss", 1),
        ("none", 404, "pass", 1),
    ]
    assert "115000" not in log.getvalue()
