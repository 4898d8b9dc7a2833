"""The whole application as a server has it: every public address, once warm, without the database."""

from __future__ import annotations

import pytest
from django.conf import settings

from earnverdict import wsgi
from earnverdict.page_cache import PageCache
from skills.editions.document import PublishedEdition
from tests.earnverdict.wsgi_client import ask
from tests.skills.test_trust_pages import public_addresses

#: An editor's page at a public address: it shows a draft, which only the database has.
ASKS_THE_DATABASE = "/articles/preview/none/"
VERDICT = "/verdict/?salary=115000&location=us-austin-tx&skill=kubernetes&edition=1"


@pytest.fixture
def application(published: PublishedEdition, monkeypatch: pytest.MonkeyPatch) -> PageCache:
    """As in production, but that it answers on http."""
    for name, value in {"DEBUG": False, "SECURE_SSL_REDIRECT": False, "ALLOWED_HOSTS": ["localhost"]}.items():
        monkeypatch.setattr(settings, name, value)
    application = wsgi.make_application()
    assert isinstance(application, PageCache)
    return application


@pytest.mark.parametrize("address", [address for address in public_addresses() if address != ASKS_THE_DATABASE])
@pytest.mark.parametrize("method", ["GET", "HEAD"])
def test_no_public_page_asks_the_database(application: PageCache, address: str, method: str) -> None:
    answers = [ask(application, address, method, accept_encoding="br") for _ in range(2)]

    assert {answer.status for answer in answers} <= {200, 204, 302, 404, 422}
    assert answers[0].headers.keys() - {"x-request-id"} == answers[1].headers.keys() - {"x-request-id"}


@pytest.mark.parametrize("address", [address for address in public_addresses() if "?" not in address])
def test_unknown_parameters_and_hosts_ask_the_database_neither(application: PageCache, address: str) -> None:
    if address == ASKS_THE_DATABASE:
        address = "/articles/nowhere/"

    odd = ask(application, f"{address}?x=1&x=2")
    foreign = ask(application, address, HTTP_HOST="example.com")

    assert odd.status in (200, 301, 302, 404)
    assert foreign.status == 400


def test_page_is_answered_from_memory_the_second_time(application: PageCache) -> None:
    first, second = ask(application, VERDICT), ask(application, VERDICT)

    assert len(application) == 1
    assert first.body == second.body
    assert "x-request-id" not in second.headers  # it was the first one's
