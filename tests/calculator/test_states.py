"""Every state of the verdict's page: its rating, one recommendation, its words, valid HTML, links that work."""

from __future__ import annotations

import html
import re
from collections import Counter
from collections.abc import Callable
from functools import cache
from urllib.parse import urlencode

import html5lib
import pytest
from django.test import Client

from calculator.engine.verdict import Rating
from skills.editions.document import PublishedEdition
from skills.presenters.names import short_skill_name, skill_in_text
from skills.presenters.ratings import RATINGS as LABELS
from skills.presenters.ratings import TOO_LITTLE
from tests.calculator.states import FOUR, OTHERS, RATINGS, STATES

PAGES = {
    **{name: f"/verdict/?{query}" for name, query in STATES.items()},
    "home": "/",
    "mistakes": "/verdict/?salary=lots&location=Birmingham&skill=cobol&hours=99&have=go&study=go",
    "no-edition": f"/verdict/?{FOUR}&edition=99",
    "skill": "/skills/ai-ml-integration/",
    "not-found": "/nothing/",
    "changes": f"/verdict/changes/?{FOUR}",
    **{f"flips-{name}": f"/verdict/flips/?{query}" for name, query in STATES.items()},
    **{f"calculation-{name}": f"/verdict/calculation/?{query}" for name, query in STATES.items()},
    **{f"evidence-{name}": f"/verdict/evidence/?{query}" for name, query in STATES.items()},
    **{f"market-{name}": f"/verdict/market/?{query}" for name, query in STATES.items()},
    "compare": f"/compare/?{urlencode({'a': FOUR, 'b': STATES['duties']})}",
    "compare-nothing": "/compare/",
}
#: What no page says: a name for a second recommendation, or for a certainty that is not there.
FORBIDDEN = re.compile(
    r"best[ -]bet|safest|confidence|\brivals?\b|toss-up|\bfirm\b|\blean\b|best grade|(?<![\d.])0%|learn one|"
    r"start with [A-Z]|\bP[1-9]0\b|\bP25\b|\bP75\b|\bthe working\b|\bthe path\b",
    re.IGNORECASE,
)


@pytest.fixture(autouse=True)
def _published(published: PublishedEdition) -> None:
    """Every page needs edition 1."""


@pytest.fixture(scope="module")
def opened() -> Callable[[str], str]:
    """Opens an address; each once, as every test reads the same pages."""

    @cache
    def open_once(address: str) -> str:
        return Client().get(address, follow=True).content.decode()

    return open_once


def words_of(page: str) -> str:
    """All that readers see or hear: text, and what attributes say; not the form, and not what sources are called."""
    page = re.sub(r"<(script|style|form)\b.*?</\1>", " ", page, flags=re.DOTALL)
    page = re.sub(r'<ul class="rows rows--sources">.*?</ul>', " ", page, flags=re.DOTALL)
    said = re.findall(r'(?:content|alt|title|aria-label|data-announce|data-title)="([^"]*)"', page)
    text = html.unescape(" ".join([*said, re.sub(r"<[^>]+>", " ", page)]))
    return " ".join(re.sub(r"https?://\S+", "", text).split())


def rating_of(page: str) -> str:
    """The rating that the card shows."""
    found = re.findall(r'<p class="answer__rating">(?:<svg.*?</svg>)?\s*(.*?)</p>', page, re.DOTALL)[0]
    return html.unescape(re.sub("<.*?>", "", found))


@pytest.mark.parametrize("rating", list(Rating))
def test_each_rating_is_reached_by_a_real_profile(client: Client, rating: Rating) -> None:
    page = client.get(f"/verdict/?{RATINGS[rating.value]}", follow=True).content.decode()

    assert rating_of(page) == ("Probably worth it" if rating is Rating.LEAN else LABELS[rating].label)
    assert client.get(f"/verdict.json?{RATINGS[rating.value]}").json()["rating"] == rating.value


def test_too_little_to_decide_by_takes_the_place_of_the_rating(client: Client) -> None:
    page = client.get(f"/verdict/?{OTHERS['too-little']}", follow=True).content.decode()

    assert rating_of(page) == TOO_LITTLE.label
    assert "Slight lead" not in page


@pytest.mark.parametrize("name", STATES)
def test_all_places_name_the_same_recommendation(
    client: Client, opened: Callable[[str], str], published: PublishedEdition, name: str
) -> None:
    address = client.get(f"/verdict/?{STATES[name]}", follow=True).redirect_chain
    query = (address[-1][0] if address else f"?{STATES[name]}").partition("?")[2]
    data = client.get(f"/verdict.json?{query}").json()
    page, details = opened(PAGES[name]), opened(PAGES[f"flips-{name}"])
    compared = client.get("/compare/", {"a": query, "b": query}, follow=True).content.decode()

    heading = html.unescape(re.findall(r"<h1[^>]*>(.*?)</h1>", page)[0])
    title = html.unescape(re.findall(r"<title>(.*?) [|] EarnVerdict</title>", page)[0])
    plain = title.replace("\u00a0", " ").replace("\u2060", "")
    assert title.lower().endswith(heading.lower())
    assert f'data-title="{html.escape(title)} | EarnVerdict"' in page
    # A verdict with a salary is shown to others with the picture of its pay level.
    named = ("What should ", "What is claimed ") if "salary" in query else (html.escape(plain), html.escape(plain))
    assert f'<meta property="og:title" content="{named[0]}' in page
    assert f'<meta property="og:image:alt" content="{named[1]}' in page
    live = html.unescape(re.findall(r'class="live__text">Now: <b>(.*?)</b>', page)[0])
    if data["first"] is None:
        assert not heading.startswith("Learn ")
        assert not live[0].isupper()
        assert "The same verdict twice: " in compared
        return
    first = published.edition.skills[data["first"]].name
    assert heading == title
    assert heading.lower() in (f"learn {first} first".lower(), f"learn {first}".lower())
    assert live == skill_in_text(short_skill_name(first))
    assert f"The verdict: {heading}." in html.unescape(details)
    assert f"The same verdict twice: {html.escape(heading)}" in compared
    marked = re.findall(r'<tr class="row row--first"[^>]*><th[^>]*><a href="[^"]*">(.*?)</a>', page)
    assert [html.unescape(text) for text in marked] == [short_skill_name(first)]
    if data["plan"] is not None:
        steps = [step["slug"] for step in data["plan"]["steps"]]
        needed = published.edition.prerequisites(data["first"], steps)
        assert steps.index(data["first"]) == len(needed)


@pytest.mark.parametrize("name", [name for name in PAGES if name != "skill"])
def test_no_page_calls_anything_else_best_or_speaks_of_confidence(opened: Callable[[str], str], name: str) -> None:
    page = opened(PAGES[name])

    assert FORBIDDEN.findall(words_of(page)) == []


@pytest.mark.parametrize("name", PAGES)
def test_page_is_valid_and_its_own_links_lead_somewhere(opened: Callable[[str], str], name: str) -> None:
    page = opened(PAGES[name])

    html5lib.HTMLParser(strict=True).parse(page)
    ids = re.findall(r'\sid="([^"]+)"', page)
    assert [id_ for id_, count in Counter(ids).items() if count > 1] == []
    pointed_at = set(re.findall(r'href="#([^"]+)"|\sfor="([^"]+)"|aria-(?:labelledby|describedby)="([^"]+)"', page))
    missing = {target for group in pointed_at for text in group for target in text.split()} - set(ids)
    assert missing == set()
    assert len(re.findall(r"<h1[ >]", page)) == 1


@pytest.mark.parametrize("name", STATES)
def test_nothing_unfinished_is_printed(opened: Callable[[str], str], name: str) -> None:
    page = opened(PAGES[name])

    visible = html.unescape(re.sub(r"<[^>]+>", " ", page)).replace("None of", "")
    for flaw in ("None", "nan", "inf ", "{{", "{%", "  .", "e+", "−−", "+−"):
        assert flaw not in visible
