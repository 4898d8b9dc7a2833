"""Every state of the verdict's page: its rating, valid HTML, links that lead somewhere, nothing unfinished."""

from __future__ import annotations

import html
import re
from collections import Counter

import html5lib
import pytest
from django.test import Client

from calculator.engine.verdict import Rating
from calculator.words.headline import RATING_LABELS
from skills.editions.document import PublishedEdition
from tests.calculator.states import FOUR, RATINGS, STATES

PAGES = {
    **{name: f"/verdict/?{query}" for name, query in STATES.items()},
    "home": "/",
    "mistakes": "/verdict/?salary=lots&location=Birmingham&skill=cobol&hours=99&have=go&study=go",
    "no-edition": f"/verdict/?{FOUR}&edition=99",
    "skill": "/skills/ai-ml-integration/",
    "not-found": "/nothing/",
    "changes": f"/verdict/changes/?{FOUR}",
    "compare-nothing": "/compare/",
}


@pytest.fixture(autouse=True)
def _published(published: PublishedEdition) -> None:
    """Every page needs edition 1."""


@pytest.mark.parametrize("rating", list(Rating))
def test_each_rating_is_reached_by_a_real_profile(client: Client, rating: Rating) -> None:
    page = client.get(f"/verdict/?{RATINGS[rating.value]}", follow=True).content.decode()

    assert f'<span class="rating rating--{rating.value}">{RATING_LABELS[rating]}</span>' in page
    assert client.get(f"/verdict.json?{RATINGS[rating.value]}").json()["rating"] == rating.value


@pytest.mark.parametrize("name", PAGES)
def test_page_is_valid_and_its_own_links_lead_somewhere(client: Client, name: str) -> None:
    page = client.get(PAGES[name], follow=True).content.decode()

    html5lib.HTMLParser(strict=True).parse(page)
    ids = re.findall(r'\sid="([^"]+)"', page)
    assert [id_ for id_, count in Counter(ids).items() if count > 1] == []
    pointed_at = set(re.findall(r'href="#([^"]+)"|\sfor="([^"]+)"|aria-(?:labelledby|describedby)="([^"]+)"', page))
    missing = {target for group in pointed_at for text in group for target in text.split()} - set(ids)
    assert missing == set()
    assert len(re.findall(r"<h1[ >]", page)) == 1


@pytest.mark.parametrize("name", STATES)
def test_nothing_unfinished_is_printed(client: Client, name: str) -> None:
    page = client.get(f"/verdict/?{STATES[name]}", follow=True).content.decode()

    visible = html.unescape(re.sub(r"<[^>]+>", " ", page))
    for flaw in ("None", "nan", "inf ", "{{", "{%", "  .", "e+", "−−", "+−"):
        assert flaw not in visible
