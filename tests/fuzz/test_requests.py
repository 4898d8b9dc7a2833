"""Any request to any route gets a complete response, and never a 500."""

from __future__ import annotations

import traceback
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Any

import pytest
from django.conf import settings
from django.contrib.auth.models import User
from django.core import signals
from django.db import close_old_connections
from django.test import Client

from earnverdict import wsgi
from skills.editions.site import Site
from skills.editions.site_state import site_state
from tests.fuzz.extent import IS_LONG, REQUESTS, SEED
from tests.fuzz.made_requests import MadeRequest, RequestMaker, routes, with_token
from tests.fuzz.whole_answer import ask, mistakes
from tests.skills.test_trust_pages import public_addresses

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIApplication

VERDICT = "salary=115000&location=us-austin-tx&skill=go&skill=kubernetes&edition=1"
#: An editor is signed in again after so many requests, for some of them sign out.
SIGNED_IN_FOR = 40


@pytest.fixture
def application(db: None, monkeypatch: pytest.MonkeyPatch) -> Iterator[WSGIApplication]:
    """As in production, but that it answers on http and in the transaction of the test."""
    for name, value in {"DEBUG": False, "SECURE_SSL_REDIRECT": False, "ALLOWED_HOSTS": ["localhost"]}.items():
        monkeypatch.setattr(settings, name, value)
    site = site_state.site()
    both = (signals.request_started, signals.request_finished)
    for signal in both:
        signal.disconnect(close_old_connections)
    # Made in another thread, for warming up closes the connection that it used.
    with ThreadPoolExecutor(1) as other:
        yield other.submit(wsgi.make_application).result()
    for signal in both:
        signal.connect(close_old_connections)
    site_state._site = site


@pytest.fixture
def failures() -> Iterator[list[str]]:
    """What Django caught and made an error page of, with where it was raised."""
    caught: list[str] = []

    def note(sender: Any, **kwargs: Any) -> None:
        caught.append(traceback.format_exc())

    signals.got_request_exception.connect(note)
    yield caught
    signals.got_request_exception.disconnect(note)


@pytest.fixture
def maker(small_published_site: Site) -> RequestMaker:
    addresses = [*public_addresses(), f"/verdict/?{VERDICT}", f"/verdict.json?{VERDICT}", f"/compare/?a={VERDICT}"]
    return RequestMaker(SEED, small_published_site.newest, addresses)


def test_every_route_is_tried() -> None:
    names = {route.name for route in routes()}

    assert {"/", "/verdict/", "/verdict/card.png", "/skills/<slug:slug>/", "none"} <= names
    assert len([name for name in names if name.startswith(f"/{settings.ADMIN_PATH}skills/")]) > 20


@pytest.mark.parametrize("who", ["visitor", "editor"])
def test_every_request_gets_a_whole_answer(
    application: WSGIApplication, maker: RequestMaker, failures: list[str], capfd: pytest.CaptureFixture[str], who: str
) -> None:
    made = _requests_of(who, maker)
    counts: Counter[tuple[str, int]] = Counter()
    wrong: list[str] = []

    for number in range(REQUESTS // 2):
        request = made(number)
        answer = ask(application, request)
        counts[request.route, answer.status] += 1
        found = [*mistakes(request, answer)]
        if found:
            wrong.append(f"{number}: {request}\n  {'; '.join(found)}\n  {_shorten(failures)}")
        failures.clear()

    capfd.readouterr()
    if IS_LONG:
        with capfd.disabled():
            _report(who, counts)
    assert not wrong, f"FUZZ_SEED={SEED}, {len(wrong)} of {REQUESTS // 2} as {who}\n" + "\n".join(wrong[:20])


def _requests_of(who: str, maker: RequestMaker) -> Callable[[int], MadeRequest]:
    """A visitor has no cookie; an editor is signed in and sends what the forms of the admin send."""
    if who == "visitor":
        return maker.make
    editor, cookies = User.objects.create(username="editor", is_staff=True, is_superuser=True), [""]

    def signed_in(number: int) -> MadeRequest:
        if number % SIGNED_IN_FOR == 0:
            client = Client()
            client.force_login(editor)
            cookies[0] = f"sessionid={client.cookies['sessionid'].value}"
        return with_token(maker.make(number), cookies[0])

    return signed_in


def _shorten(failures: list[str]) -> str:
    """Where the last failure was raised, without all the ways there."""
    lines = failures[-1].splitlines() if failures else []
    own = [line.strip() for line in lines if line.startswith("  File") and "site-packages" not in line]
    return "\n  ".join([*own[-3:], *lines[-3:]])[:1500]


def _report(who: str, counts: Counter[tuple[str, int]]) -> None:
    """How often each route answered with which status."""
    by_route: dict[str, list[str]] = {}
    for (route, status), count in sorted(counts.items()):
        by_route.setdefault(route, []).append(f"{status} × {count}")
    print(f"\n{sum(counts.values())} requests as {who}, FUZZ_SEED={SEED}")
    for route, statuses in by_route.items():
        print(f"  {route[:70]:<70} {', '.join(statuses)}")
