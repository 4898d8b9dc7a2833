"""Ratings and chances lead to what a chance means, and how often such a call came true."""

from __future__ import annotations

import re

import pytest
from django.test import Client

from calculator.query import write_comparison
from skills.editions.document import PublishedEdition

AUSTIN = "salary=115000&location=us-austin-tx&edition=1"
FOUR = f"{AUSTIN}&skill=ai-ml-integration&skill=cloud-architecture&skill=kubernetes&skill=system-design"
LINK = re.compile(r'<a href="/does-it-work/(?P<anchor>#[a-z0-9-]+)">(?P<text>[^<]+)</a>')


@pytest.fixture(autouse=True)
def _published(published: PublishedEdition) -> None:
    """Every page needs edition 1."""


def links_in(client: Client, address: str) -> list[tuple[str, str]]:
    response = client.get(address, follow=True)
    assert response.status_code == 200
    return [(found["anchor"], found["text"]) for found in LINK.finditer(response.content.decode())]


@pytest.mark.parametrize(
    ("query", "links"),
    [
        pytest.param(FOUR, [("#of-4", "Close call"), ("#of-4", "a 47% chance")], id="four skills"),
        pytest.param(AUSTIN, [("#of-more", "Close call"), ("#of-more", "a 9% chance")], id="all skills"),
        pytest.param(
            f"{AUSTIN}&skill=kubernetes", [("#chances", "Worth it"), ("#chances", "an 84% chance")], id="one skill"
        ),
        pytest.param(
            f"{FOUR}&years=1", [("#of-4", "Stay put"), ("#of-4", "a 91% chance")], id="staying put is likelier"
        ),
        pytest.param(
            f"{AUSTIN}&skill=cpp&hours=1&years=1",
            [("#chances", "Stay put"), ("#chances", "a chance of over 99%")],
            id="staying put",
        ),
        pytest.param("salary=115000&location=al&skill=kubernetes&edition=1", [], id="no market"),
    ],
)
def test_verdict_links_its_rating_and_its_chance(client: Client, query: str, links: list[tuple[str, str]]) -> None:
    assert links_in(client, f"/verdict/?{query}") == links


def test_linked_rows_are_on_the_page(client: Client) -> None:
    page = client.get("/does-it-work/").content.decode()

    assert all(f'id="{anchor}"' in page for anchor in ("chances", "of-2", "of-3", "of-4", "of-5", "of-6", "of-more"))


def test_home_links_the_rating_of_its_sample(client: Client) -> None:
    assert [text for _, text in links_in(client, "/")] == ["Close call"]


def test_comparison_links_its_ratings(client: Client) -> None:
    sides = write_comparison(FOUR, FOUR.replace("us-austin-tx", "us-denver-co"))

    assert links_in(client, f"/compare/?{sides}") == [("#chances", "Close call in both")]


SKILLS = ("ai-ml-integration", "cloud-architecture", "kubernetes", "system-design", "docker", "go", "rust")


@pytest.mark.parametrize(
    ("count", "sentence"),
    [
        pytest.param(6, r"It has <a [^>]*>an? \d+% chance</a> to be the best of your six", id="tested"),
        pytest.param(7, r"It has at most <a [^>]*>an? \d+% chance</a> to be the best of your seven", id="never tested"),
    ],
)
def test_chance_among_more_skills_than_were_tested_is_the_most_to_expect(
    client: Client, count: int, sentence: str
) -> None:
    query = "&".join([AUSTIN, *(f"skill={slug}" for slug in SKILLS[:count])])

    assert re.search(sentence, client.get(f"/verdict/?{query}", follow=True).content.decode())
