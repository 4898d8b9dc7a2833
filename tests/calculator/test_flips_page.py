"""What would change the answer: the part that the verdict's page loads, and the page of the same."""

from __future__ import annotations

import html
import re
from dataclasses import replace

import pytest
from django.test import Client

from calculator.engine import assess, assessment
from calculator.engine.profile import PayLevel, Profile
from calculator.presenters.flips import MAX_SENTENCES, FlipSentence, present_flips
from calculator.presenters.verdict import VerdictPresenter
from skills.editions.document import PublishedEdition
from tests.calculator.states import FOUR, RATINGS, STATES

PATHS = ["/verdict/flips/", "/verdict/what-would-change-it/"]
PINNED = f"{FOUR}&edition=1"
LEVEL = "location=us-austin-tx&skill=go&skill=kafka&edition=1&pay=p50"
AUSTIN = Profile(
    pay=115_000.0,
    location="us-austin-tx",
    skills=("ai-ml-integration", "cloud-architecture", "kubernetes", "system-design"),
)


@pytest.fixture(autouse=True)
def _published(published: PublishedEdition) -> None:
    """Every page needs edition 1."""


def sentences(profile: Profile, published: PublishedEdition) -> tuple[FlipSentence, ...]:
    assessed = assessment(profile, published.edition)
    words = present_flips(VerdictPresenter(verdict=assessed.verdict(), published=published), assessed.flips())
    return words.sentences


def test_sentences_name_the_change_and_the_answer(published: PublishedEdition) -> None:
    said = [(sentence.change, sentence.outcome) for sentence in sentences(AUSTIN, published)]

    assert said == [
        ("If you look only 1\u00a0year ahead", "stay put"),
        ("If you think it only 20% likely that you get paid for it", "stay put"),
        ("If Kubernetes takes you 220\u00a0hours, not 130", "Cloud architecture (AWS/GCP)"),
    ]


def test_worth_of_an_hour_is_the_price_from_which_it_is_not_worth_the_time(published: PublishedEdition) -> None:
    profile = replace(AUSTIN, skills=("redis",))
    gain = assess(profile, published.edition).outlook("redis").gain
    assert gain is not None

    sentence = next(each for each in sentences(profile, published) if each.change.startswith("From about"))

    assert sentence.outcome == "Redis and caching is no longer worth the time"
    hour = float(re.findall(r"hour=([\d.]+)", sentence.address)[0])
    assert gain.worth_of_an_hour < hour <= gain.worth_of_an_hour + 1
    assert assess(replace(profile, hour_value=hour), published.edition).first is None


@pytest.mark.parametrize("state", STATES)
def test_each_link_shows_the_answer_that_it_names(client: Client, state: str) -> None:
    part = client.get(f"/verdict/flips/?{STATES[state]}", follow=True).content.decode()

    links = re.findall(r'<a class="flips__link" href="([^"]+)"><span>(.*?):</span> <b>(.*?)</b></a>', part)
    assert len(links) <= MAX_SENTENCES
    for address, change, outcome in links:
        heading = re.findall(r"<h1[^>]*>(.*?)</h1>", client.get(html.unescape(address)).content.decode())[0]
        if change.startswith("From about"):
            assert not heading.startswith(f"Learn {outcome.removesuffix(' is no longer worth the time')}")
        elif outcome == "stay put":
            assert heading.startswith("Stay put: ")
        else:
            assert heading in (f"Learn {outcome} first", f"Learn {outcome}")


def test_page_has_the_part_in_it_and_names_the_answer(client: Client) -> None:
    part, page = (client.get(f"{path}?{PINNED}").content.decode() for path in PATHS)

    assert part.strip() in page
    assert "<html" not in part
    assert "<h1>Learn Kubernetes first</h1>" in page
    assert f'<a href="/verdict/?{html.escape(PINNED)}">The whole verdict</a>' in page


def test_verdict_loads_the_part_and_links_to_the_page(client: Client) -> None:
    page, query = client.get(f"/verdict/?{PINNED}").content.decode(), html.escape(PINNED)

    assert f'hx-get="/verdict/flips/?{query}" hx-trigger="load"' in page
    assert f'<a href="/verdict/what-would-change-it/?{query}">See which answers would change it</a>' in page


def test_verdict_without_data_asks_nothing(client: Client) -> None:
    page = client.get(f"/verdict/?{RATINGS['not-enough-data']}", follow=True).content.decode()

    assert "/verdict/flips/" not in page


@pytest.mark.parametrize("path", PATHS)
def test_other_spelling_is_sent_to_the_canonical_address(client: Client, path: str) -> None:
    response = client.get(f"{path}?{FOUR}&utm_source=x")

    assert (response.status_code, response.headers["Location"]) == (302, f"{path}?{PINNED}")
    assert response.headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize("path", PATHS)
def test_it_is_cached_as_the_verdict_is(client: Client, path: str) -> None:
    exact, level = (client.get(f"{path}?{query}") for query in (PINNED, LEVEL))

    assert exact.headers["Cache-Control"] == "private, max-age=300"
    assert level.headers["Cache-Control"].startswith("public, max-age=300, s-maxage=86400")
    assert level.headers["Surrogate-Key"] == "verdict edition-1"
    assert exact.headers["ETag"] != client.get(f"/verdict/?{PINNED}").headers["ETag"]
    unchanged = client.get(f"{path}?{PINNED}", headers={"If-None-Match": exact.headers["ETag"]})
    assert (unchanged.status_code, unchanged.content) == (304, b"")
    assert "Vary" not in exact.headers


@pytest.mark.parametrize("path", PATHS)
def test_mistakes_lead_to_the_form(client: Client, path: str) -> None:
    response = client.get(f"{path}?salary=lots&location=us")

    assert (response.status_code, response.headers["Cache-Control"]) == (422, "no-store")
    assert '<a href="/verdict/?salary=lots&amp;location=us">See which</a>' in response.content.decode()


@pytest.mark.parametrize("path", PATHS)
def test_edition_that_does_not_exist_is_not_found(client: Client, path: str) -> None:
    assert client.get(f"{path}?{FOUR}&edition=7").status_code == 404
    assert client.post(f"{path}?{PINNED}").status_code == 405


def test_level_of_pay_is_kept_in_every_link(published: PublishedEdition) -> None:
    found = sentences(replace(AUSTIN, pay=PayLevel.P50), published)

    assert found
    assert all("pay=p50" in sentence.address and "salary" not in sentence.address for sentence in found)
