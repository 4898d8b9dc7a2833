"""A verdict for others: whose answer it is, who made its claim, and the way to one's own."""

from __future__ import annotations

import html
import re
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import pytest
from django.http import QueryDict
from django.test import Client

from calculator.engine import assess
from calculator.forms import VerdictForm
from calculator.presenters.claims import is_our_claim, name_claimants
from calculator.presenters.headline import present_headline
from calculator.presenters.share import describe_level, present_invitation, present_share_links
from calculator.presenters.verdict import VerdictPresenter
from skills.editions.document import PublishedEdition
from tests.calculator.states import FOUR, STATES

LEVEL = FOUR.replace("salary=115000&", "") + "&pay=p50"
QUESTION = FOUR.replace("115000", "9500")


@pytest.fixture(autouse=True)
def _published(published: PublishedEdition) -> None:
    """Every page needs edition 1."""


def presenter_of(query: str, published: PublishedEdition) -> VerdictPresenter:
    form = VerdictForm(QueryDict(query), published)
    assert form.is_valid()
    return VerdictPresenter(verdict=assess(form.profile(), published.edition), published=published)


def page_of(client: Client, query: str) -> str:
    return html.unescape(client.get(f"/verdict/?{query}", follow=True).content.decode())


@pytest.mark.parametrize(
    ("answers", "text"),
    [
        ("location=us-austin-tx&pay=p50", "For about $130,000 in Austin, the nearest of five pay levels."),
        (
            "location=us-austin-tx&pay=p25",
            "For about $100,000 in Austin, the nearest of five pay levels.",
        ),
        ("location=de-munich&pay=p50", "For about €69,000 in Munich, the nearest of five pay levels."),
        (
            "location=de-munich&pay=p90",
            "For about €100,000 in Munich, the nearest of five pay levels.",
        ),
        ("location=us&pay=p50", "For about $140,000 in the United States, the nearest of five pay levels."),
        ("location=al&pay=p50", "For a developer in Albania."),
        ("location=us-austin-tx&salary=115000", ""),
    ],
)
def test_verdict_without_a_salary_says_whose_it_is(published: PublishedEdition, answers: str, text: str) -> None:
    assert describe_level(presenter_of(answers, published)) == text


@pytest.mark.parametrize(
    ("place", "skill", "text", "is_ours"),
    [
        ("us", "kubernetes", "our own article of April 2026", True),
        ("us", "application-security", "Foote Partners 2026", False),
        ("ua", "system-design", "our own article of April 2026 and DOU 2025", False),
        ("us", "ai-ml-integration", "our own article of April 2026 and four others", False),
    ],
    ids=["ours", "another’s", "two", "several"],
)
def test_claim_says_whose_it_is(
    published: PublishedEdition,
    place: str,
    skill: str,
    text: str,
    is_ours: bool,
) -> None:
    presenter = presenter_of(f"location={place}&skill={skill}&pay=p50", published)

    assert (name_claimants(presenter, skill), is_our_claim(presenter, skill)) == (text, is_ours)


def test_reader_is_asked_for_pay_alone(client: Client) -> None:
    page = page_of(client, LEVEL)

    form = page.partition('<aside class="invitation"')[2].partition("</aside>")[0]
    fields = re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]+)">', form)
    assert fields == [pair for pair in parse_qsl(LEVEL) if pair[0] in ("location", "skill")]
    assert "Before tax, in US dollars." in form
    assert page.index("And for you?") < page.index("<h1")
    own = client.get("/verdict/", {**dict_of(fields), "salary": "115k", "period": "year"}, follow=True)
    assert own.redirect_chain[-1][0] == f"/verdict/?{FOUR}&edition=1"


def dict_of(pairs: list[tuple[str, str]]) -> dict[str, Any]:
    return {name: [value for other, value in pairs if other == name] for name, _ in pairs}


def test_reader_who_is_paid_elsewhere_begins_with_the_place(client: Client) -> None:
    address = re.findall(r'<a href="([^"]+)">Paid elsewhere', page_of(client, LEVEL))[0]

    page = client.get(address).content.decode()

    assert parse_qsl(urlsplit(address).query) == [pair for pair in parse_qsl(LEVEL) if pair[0] == "skill"]
    assert page.count(" checked") == 4


def test_reader_of_a_verdict_on_all_skills_keeps_the_place(published: PublishedEdition) -> None:
    invitation = present_invitation(presenter_of("location=de-munich&have=docker&pay=p50", published))

    assert invitation is not None
    assert invitation.hint == "Before tax, in euros."
    assert (invitation.kept, invitation.elsewhere) == ((("location", "de-munich"),), "/")


@pytest.mark.parametrize("query", [FOUR, STATES["no-market"].replace("salary=900000", "pay=p50")])
def test_nobody_is_asked_where_pay_is_given_or_changes_nothing(published: PublishedEdition, query: str) -> None:
    assert present_invitation(presenter_of(query, published)) is None


@pytest.mark.parametrize("state", STATES)
def test_link_to_share_opens_a_verdict_without_a_salary(client: Client, state: str) -> None:
    page = page_of(client, STATES[state])

    link, picture = (
        re.findall(rf'href="([^"]+)"(?: data-copy)?>{text}<', page)[0] for text in ("Copy link", "Picture")
    )
    assert [part for part in ("salary", "sure") if part in link + picture] == []
    assert [client.get(address).status_code for address in (link, picture)] == [200, 200]


def test_question_about_pay_is_not_shared(client: Client) -> None:
    page = page_of(client, QUESTION)

    assert "One question first" in page
    assert [text for text in ("Copy link", "Picture", "og:image", "Compare places") if text in page] == []


def test_level_of_pay_is_named_to_who_shares(published: PublishedEdition) -> None:
    presenters = [presenter_of(query, published) for query in (FOUR, LEVEL)]

    exact, level = (present_share_links(each, present_headline(each)) for each in presenters)

    assert (exact.title, level.title) == ("Share it as about $100,000, the nearest of five pay levels:", "Share it:")


def test_what_copying_did_has_a_live_region_before_it(client: Client) -> None:
    group = page_of(client, FOUR).partition('aria-labelledby="share-title"')[2].partition("</div>")[0]

    assert '<span class="visually-hidden" role="status"></span>' in group


@pytest.mark.parametrize(("hour", "is_said"), [("", False), ("&hour=20", True)], ids=["default", "own"])
def test_price_of_a_free_hour_is_for_readers_to_set(client: Client, hour: str, is_said: bool) -> None:
    assert ("; a free hour counts $20." in page_of(client, f"{LEVEL}{hour}")) == is_said
