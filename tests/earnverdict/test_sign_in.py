"""Signing in: repeated failures have to wait, nobody can lock an editor out, and sessions are short and private."""

from __future__ import annotations

import re
from datetime import timedelta
from http.cookies import Morsel
from typing import Any

import pytest
from axes.models import AccessAttempt
from django.conf import settings
from django.contrib.auth.models import User
from django.contrib.auth.password_validation import validate_password
from django.contrib.sessions.models import Session
from django.core.exceptions import ValidationError
from django.db.models import F
from django.test import Client, RequestFactory
from django.urls import reverse
from django.utils import timezone
from pytest_django import Settings

from earnverdict.sign_in import check_client_address_header, client_address

#: Attempts are counted by django-axes; what is marked asks every database.
pytestmark = pytest.mark.any_database

PASSWORD = "a password of some length"
WRONG = "wrong"
LIMIT = settings.AXES_FAILURE_LIMIT
LIMIT_OF_ADDRESS = settings.SIGN_IN_FAILURES_OF_ADDRESS
HERE, ELSEWHERE = "203.0.113.7", "198.51.100.9"


@pytest.fixture(autouse=True)
def _quick_passwords(settings: Settings) -> None:
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture
def ada(db: None, _quick_passwords: None) -> User:
    return User.objects.create_user("ada", password=PASSWORD, is_staff=True)


@pytest.fixture
def grace(db: None, _quick_passwords: None) -> User:
    return User.objects.create_user("grace", password=PASSWORD, is_staff=True)


def sign_in(name: str, password: str = WRONG, address: str = HERE, **headers: str) -> Any:
    """The answer to a browser that has just come: 302 is signed in, 200 is the form again, 429 is too many."""
    form = {"username": name, "password": password}
    return Client(REMOTE_ADDR=address).post(reverse("admin:login"), form, headers=headers or None)


def fail(times: int, name: str = "ada", address: str = HERE) -> list[int]:
    return [sign_in(name, address=address).status_code for _ in range(times)]


# The limits


@pytest.mark.each_database
def test_too_many_failures_have_to_wait(ada: User) -> None:
    answers = fail(LIMIT + 1)

    assert answers == [200] * (LIMIT - 1) + [429, 429]
    assert sign_in("ada", PASSWORD).status_code == 429


def test_page_says_how_long_to_wait_and_keeps_to_the_policy(ada: User) -> None:
    fail(LIMIT)

    answer = sign_in("ada")

    page = answer.content.decode()
    assert answer.headers["Retry-After"] == "900"
    assert "Wait 15 minutes, then <a" in page
    assert "<title>Too many attempts | EarnVerdict</title>" in page
    assert "default-src 'none'" in answer.headers["Content-Security-Policy"]
    assert re.search(r"<style|style=|<script(?![^>]*\bsrc=)| on\w+=", page) is None


def test_script_that_asks_is_answered_as_a_browser_is(ada: User) -> None:
    fail(LIMIT)

    answer = sign_in("ada", **{"X-Requested-With": "XMLHttpRequest"})

    assert (answer.status_code, answer.headers["Content-Type"]) == (429, "text/html; charset=utf-8")
    assert "Access-Control-Allow-Origin" not in answer.headers


def test_account_that_does_not_exist_is_answered_as_one_that_does(ada: User) -> None:
    known, unknown = fail(LIMIT + 1, "ada"), fail(LIMIT + 1, "nobody")

    assert known == unknown


@pytest.mark.each_database
def test_right_password_forgives_earlier_failures(ada: User) -> None:
    fail(LIMIT - 1)

    answers = [sign_in("ada", PASSWORD).status_code, *fail(LIMIT - 1), sign_in("ada", PASSWORD).status_code]

    assert answers == [302, *[200] * (LIMIT - 1), 302]


def test_who_fails_on_purpose_from_everywhere_does_not_shut_the_account_out(ada: User) -> None:
    everywhere = [f"198.51.100.{number}" for number in range(LIMIT_OF_ADDRESS // LIMIT + 1)]
    for address in everywhere:
        fail(LIMIT, address=address)

    assert [sign_in("ada", PASSWORD, address).status_code for address in everywhere] == [429] * len(everywhere)
    assert sign_in("ada", PASSWORD, HERE).status_code == 302


def test_all_addresses_of_an_ipv6_network_are_one_client(ada: User) -> None:
    answers = [sign_in("ada", address=f"2001:db8:1:2:{number:x}::1").status_code for number in range(LIMIT)]

    assert answers == [200] * (LIMIT - 1) + [429]
    assert sign_in("ada", PASSWORD, "2001:db8:1:2:ffff:ffff:ffff:ffff").status_code == 429
    assert sign_in("ada", PASSWORD, "2001:db8:1:3::1").status_code == 302


def test_other_account_at_the_same_address_stays_free(ada: User, grace: User) -> None:
    fail(LIMIT * 2)

    assert sign_in("grace", PASSWORD).status_code == 302


def test_another_browser_is_the_same_client(ada: User) -> None:
    answers = [sign_in("ada", **{"User-Agent": f"browser {number}"}).status_code for number in range(LIMIT)]

    assert answers[-1] == 429


def test_address_that_tries_many_accounts_waits_for_all_of_them(ada: User) -> None:
    answers = [sign_in(f"guess-{number}").status_code for number in range(LIMIT_OF_ADDRESS)]

    assert answers == [200] * (LIMIT_OF_ADDRESS - 1) + [429]
    assert sign_in("ada", PASSWORD).status_code == 429
    assert sign_in("ada", PASSWORD, ELSEWHERE).status_code == 302


def test_account_of_ones_own_does_not_forgive_what_its_address_tried(ada: User) -> None:
    for number in range(LIMIT_OF_ADDRESS - 1):
        sign_in(f"guess-{number}")

    answers = [sign_in("ada", PASSWORD).status_code, sign_in("guess").status_code]

    assert answers == [302, 429]


@pytest.mark.each_database
@pytest.mark.parametrize(("minutes", "status"), [(14, 429), (16, 302)], ids=["too-soon", "waited"])
def test_waiting_ends(ada: User, minutes: int, status: int) -> None:
    fail(LIMIT)
    AccessAttempt.objects.update(attempt_time=F("attempt_time") - timedelta(minutes=minutes))

    assert sign_in("ada", PASSWORD).status_code == status


def test_trying_meanwhile_does_not_make_it_longer(ada: User) -> None:
    fail(LIMIT)
    AccessAttempt.objects.update(attempt_time=F("attempt_time") - timedelta(minutes=14))
    fail(3)
    AccessAttempt.objects.update(attempt_time=F("attempt_time") - timedelta(minutes=2))

    assert sign_in("ada", PASSWORD).status_code == 302


@pytest.mark.each_database
def test_what_is_kept_of_an_attempt_is_no_password_and_goes_when_it_counts_no_more(ada: User, grace: User) -> None:
    sign_in("ada", "a secret that was nearly right")
    kept = str(AccessAttempt.objects.values().get())
    AccessAttempt.objects.update(attempt_time=F("attempt_time") - timedelta(minutes=16))

    sign_in("grace", PASSWORD, ELSEWHERE)

    assert "nearly right" not in kept
    assert not AccessAttempt.objects.exists()


# Who counts as one client


@pytest.mark.parametrize(
    ("is_behind_proxy", "forwarded", "address"),
    [
        pytest.param(False, "", HERE, id="direct"),
        pytest.param(False, "198.51.100.1", HERE, id="direct-with-a-made-up-header"),
        pytest.param(True, "198.51.100.1", "198.51.100.1", id="proxy"),
        pytest.param(True, "192.0.2.1, 192.0.2.2, 198.51.100.1", "198.51.100.1", id="proxy-and-made-up-ones-before"),
        pytest.param(True, "", HERE, id="proxy-that-says-nothing"),
        pytest.param(True, "unknown", None, id="proxy-that-does-not-know"),
        pytest.param(True, "2001:db8:1:2:3:4:5:6", "2001:db8:1:2::", id="ipv6-counts-as-its-network"),
        pytest.param(True, "::ffff:198.51.100.1", "198.51.100.1", id="ipv4-in-ipv6"),
        pytest.param(True, "198.51.100.1:50123", "198.51.100.1", id="with-a-port"),
        pytest.param(True, "[2001:db8:1:2:3:4:5:6]:50123", "2001:db8:1:2::", id="ipv6-with-a-port"),
        pytest.param(True, "[2001:db8:1:2:3:4:5:6]", "2001:db8:1:2::", id="ipv6-in-brackets"),
    ],
)
def test_address_of_a_client(settings: Settings, is_behind_proxy: bool, forwarded: str, address: str | None) -> None:
    settings.BEHIND_PROXY = is_behind_proxy
    headers = {"ClientAddress": forwarded} if forwarded else None

    request = RequestFactory(REMOTE_ADDR=HERE).get("/", headers=headers)

    assert client_address(request) == address


def test_address_is_read_from_the_header_that_is_set(settings: Settings) -> None:
    settings.BEHIND_PROXY = True
    settings.CLIENT_ADDRESS_HEADER = "CF-Connecting-IP"

    request = RequestFactory().get("/", headers={"ClientAddress": HERE, "CF-Connecting-IP": ELSEWHERE})

    assert client_address(request) == ELSEWHERE


@pytest.mark.parametrize(
    ("is_behind_proxy", "header", "warnings"),
    [(True, "X-Real-IP", ["earnverdict.W002"]), (True, "ClientAddress", []), (False, "X-Real-IP", [])],
)
def test_header_that_clients_can_imitate_is_warned_of(
    settings: Settings, is_behind_proxy: bool, header: str, warnings: list[str]
) -> None:
    settings.BEHIND_PROXY, settings.CLIENT_ADDRESS_HEADER = is_behind_proxy, header

    assert [message.id for message in check_client_address_header(None)] == warnings


def test_client_without_an_address_is_limited_too(ada: User) -> None:
    assert fail(LIMIT, address="")[-1] == 429


@pytest.mark.parametrize("is_behind_proxy", [False, True], ids=["direct", "proxy"])
def test_made_up_addresses_do_not_help(settings: Settings, ada: User, is_behind_proxy: bool) -> None:
    settings.BEHIND_PROXY = is_behind_proxy
    made_up = [f"192.0.2.{number}" for number in range(LIMIT)]
    own = {"ClientAddress": HERE} if is_behind_proxy else {}

    answers = [sign_in("ada", **own, X_Forwarded_For=header).status_code for header in made_up]

    assert answers[-1] == 429


# Sessions and passwords


def test_session_ends_with_the_browser_or_the_working_day(ada: User) -> None:
    cookie = _cookies(sign_in("ada", PASSWORD))["sessionid"]

    left = Session.objects.get().expire_date - timezone.now()
    assert (cookie["max-age"], cookie["expires"]) == ("", "")
    assert timedelta(hours=11, minutes=59) < left <= timedelta(hours=12)


def test_cookies_are_kept_from_scripts_and_other_sites(ada: User) -> None:
    cookies = _cookies(Client().get(reverse("admin:login"))) | _cookies(sign_in("ada", PASSWORD))

    flags = {name: (bool(cookie["httponly"]), cookie["samesite"]) for name, cookie in cookies.items()}
    assert flags == {"csrftoken": (True, "Strict"), "sessionid": (True, "Lax")}


@pytest.mark.parametrize(
    "password",
    ["password1234", "730495827364519", "adalovelace!", "qwerty123456"],
    ids=["common", "digits", "like-the-name", "keyboard-row"],
)
def test_weak_password_is_refused(password: str) -> None:
    with pytest.raises(ValidationError):
        validate_password(password, User(username="adalovelace", email="ada@example.org"))


def test_password_needs_twelve_characters() -> None:
    with pytest.raises(ValidationError, match="at least 12 characters"):
        validate_password("kx7!vQ2#mZp")

    validate_password("kx7!vQ2#mZpw")


def _cookies(answer: Any) -> dict[str, Morsel[str]]:
    return dict(answer.cookies)
