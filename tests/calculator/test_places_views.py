"""The partials that the form asks for while a place is typed, and the hint next to the salary."""

from __future__ import annotations

import html
import re
from dataclasses import replace
from typing import Any

import pytest
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from calculator.views.places import PayHint, pay_hint
from skills.editions.document import PublishedEdition

NOTHING_FOUND = "No place found: try a larger city or the country in English."


@pytest.fixture(autouse=True)
def _published(published: PublishedEdition) -> None:
    """Every answer needs edition 1."""


def text_of(response: Any) -> str:
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", response.content.decode())).replace("\u00a0", " ").split())


def options_of(response: Any) -> list[str]:
    """What choosing each option puts into the field."""
    return [html.unescape(label) for label in re.findall(r'data-place="([^"]*)"', response.content.decode())]


def test_suggestions_are_a_list_for_the_field_and_nothing_else(client: Client) -> None:
    response = client.get("/places/suggestions/", {"location": "portland"})

    assert response.status_code == 200
    assert options_of(response)[:3] == [
        "Portland-Vancouver-Hillsboro, OR-WA, United States",
        "Portland-South Portland, ME, United States",
        "Portland, Texas, United States",
    ]
    assert response.content.decode().strip().startswith('<li class="places__option" role="option"')
    assert text_of(response).startswith("Portland-Vancouver-Hillsboro, OR-WA , United States Portland-South")


def test_suggestions_are_labels_that_are_found_again(client: Client) -> None:
    labels = options_of(client.get("/places/suggestions/?location=m%C3%BCnch"))

    found = client.get("/verdict/", {"salary": "90000", "location": labels[0], "skill": "go"})

    assert labels[0] == "Munich, Germany"
    assert "location=de-munich" in found.headers["Location"]


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        pytest.param("Texas", "Texas , United States", id="own-pay"),
        pytest.param("Auckland", "Auckland , New Zealand pay of New Zealand", id="pay-of-the-country"),
        pytest.param("Albania", "Albania no pay data", id="none"),
        pytest.param(
            "Leeds", "Leeds , United Kingdom pay of the United Kingdom", id="pay-of-a-country-with-an-article"
        ),
        pytest.param("bothell", "Bothell , Washington, United States pay of Seattle-Tacoma-Bellevue, WA", id="town"),
    ],
)
def test_suggestion_says_whose_pay_answers(client: Client, typed: str, said: str) -> None:
    assert text_of(client.get("/places/suggestions/", {"location": typed})).startswith(said)


@pytest.mark.parametrize("typed", ["zzyzland", "🎯", "x" * 5000, "'; DROP TABLE"], ids=["word", "sign", "long", "sql"])
def test_no_suggestion_is_said(client: Client, typed: str) -> None:
    response = client.get("/places/suggestions/", {"location": typed})

    assert (text_of(response), options_of(response)) == (NOTHING_FOUND, [])


@pytest.mark.parametrize("typed", ["10115", "SW1A 1AA"])
def test_postal_code_asks_for_the_town(client: Client, typed: str) -> None:
    response = client.get("/places/suggestions/", {"location": typed})

    assert (text_of(response), options_of(response)) == ("A postcode may be in several countries: enter the town.", [])


@pytest.mark.parametrize("query", ["", "location=", "location=%20%20", "location=%00", "place=Austin"])
def test_nothing_typed_gets_an_empty_list(client: Client, query: str) -> None:
    response = client.get(f"/places/suggestions/?{query}")

    assert (response.status_code, response.content.strip()) == (200, b"")


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        pytest.param(
            "Texas",
            "Base pay in US dollars ($). Half earn more than $132,150 a year.",
            id="own-pay",
        ),
        pytest.param(
            "Auckland",
            "Base pay in New Zealand dollars (NZ$). Half earn more than NZ$135,000 a year in New Zealand.",
            id="pay-of-the-country",
        ),
        pytest.param(
            "Leeds",
            "Base pay in British pounds (£). Half earn more than £55,587 a year in the United Kingdom.",
            id="pay-of-a-country-with-an-article",
        ),
        pytest.param(
            "Santiago",
            "Understood as Santiago, Chile. Base pay in US dollars ($). Half earn more than $31,809 a year in Chile.",
            id="name-that-cities-of-other-countries-have",
        ),
        pytest.param("Albania", "Base pay in Albanian lekë (ALL).", id="none"),
        pytest.param(
            "Boulder Creek CA",
            "Understood as Boulder Creek, California, United States. Base pay in US dollars ($). Half earn more than"
            " $156,910 a year in Santa Cruz-Watsonville, CA.",
            id="town",
        ),
        pytest.param(
            "LA",
            "Understood as Los Angeles-Long Beach-Anaheim, CA, United States. Base pay in US dollars ($). Half earn"
            " more than $160,920 a year.",
            id="nickname",
        ),
        pytest.param("Birmingham", "Base pay, usually in your place’s currency.", id="several"),
        pytest.param("berln", "Base pay, usually in your place’s currency.", id="misspelt"),
        pytest.param("", "Base pay, usually in your place’s currency.", id="nothing"),
        pytest.param("\0" + "x" * 5000, "Base pay, usually in your place’s currency.", id="nonsense"),
    ],
)
def test_hint_tells_money_and_median_once_the_place_is_known(client: Client, typed: str, said: str) -> None:
    response = client.get("/places/currency/", {"location": typed})

    assert (response.status_code, text_of(response)) == (200, said)


@pytest.mark.parametrize("path", ["/?location=Texas", "/verdict/?salary=90k&location=us-tx&skill=cobol"])
def test_page_has_the_hint_from_the_start(client: Client, path: str) -> None:
    assert "Half earn more than $132,150 a year." in text_of(client.get(path))


def test_hint_of_a_place_without_any_pay_has_no_median(published: PublishedEdition) -> None:
    places = {slug: replace(place, quantiles={}) for slug, place in published.edition.places.items()}
    bare = replace(published, checksum="without pay", edition=replace(published.edition, places=places))

    assert pay_hint("Texas", bare) == PayHint(understood="", currency="US dollars ($)", median="", answered_by="")


def test_misspelt_place_is_asked_about_and_not_taken(client: Client) -> None:
    response = client.get("/verdict/?salary=90k&location=seatle&skill=kubernetes")

    assert response.status_code == 422
    assert "We do not know “seatle”. Did you mean one of the places below?" in text_of(response)
    assert re.findall(r'class="button button--quiet" href="[^"]+">([^<]+)<', response.content.decode()) == [
        "Seattle-Tacoma-Bellevue, WA, United States"
    ]


@pytest.mark.parametrize("path", ["/places/suggestions/", "/places/currency/"])
def test_partial_is_shared_for_a_minute(client: Client, path: str) -> None:
    response = client.get(path, {"location": "austin"})

    assert response.headers["Cache-Control"] == "public, max-age=60"
    assert response.headers["X-Robots-Tag"] == "noindex, nofollow"
    assert not response.cookies


@pytest.mark.parametrize("path", ["/places/suggestions/", "/places/currency/"])
def test_other_methods_are_refused(client: Client, path: str) -> None:
    assert client.post(path).status_code == 405


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(typed=st.text(max_size=200))
def test_no_text_is_too_strange(client: Client, typed: str) -> None:
    answers = [client.get(path, {"location": typed}) for path in ("/places/suggestions/", "/places/currency/")]

    assert [answer.status_code for answer in answers] == [200, 200]
    assert len(options_of(answers[0])) <= 8
