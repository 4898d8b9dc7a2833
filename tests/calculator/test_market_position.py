"""The question back about pay that is far outside its market."""

from __future__ import annotations

import html
import re
from dataclasses import replace

import pytest
from django.test import Client

from calculator.engine import assess
from calculator.engine.profile import PayLevel, Profile
from calculator.presenters.market_position import PayQuestion, far_out
from calculator.presenters.verdict import VerdictPresenter
from skills.editions.document import PublishedEdition


def question(published: PublishedEdition, pay: float | PayLevel, location: str = "us") -> PayQuestion | None:
    profile = Profile(pay=pay, location=location, skills=("go",))
    return far_out(VerdictPresenter(verdict=assess(profile, published.edition), published=published))


@pytest.fixture
def round_market(published: PublishedEdition) -> PublishedEdition:
    """The edition with pay from 60,000 (P10) to 200,000 (P90) in the United States."""
    usa = replace(published.edition.places["us"], quantiles={0.1: 60_000, 0.5: 120_000, 0.9: 200_000})
    return replace(published, edition=replace(published.edition, places={**published.edition.places, "us": usa}))


@pytest.mark.parametrize("pay", [12_000, 60_000, 115_000, 200_000, 1_000_000, PayLevel.P10], ids=lambda pay: str(pay))
def test_pay_within_five_times_of_its_market_asks_nothing(
    round_market: PublishedEdition, pay: float | PayLevel
) -> None:
    assert question(round_market, pay) is None


def test_pay_far_below_offers_to_count_it_as_a_months(round_market: PublishedEdition) -> None:
    assert question(round_market, 11_999.99) == PayQuestion(
        text="$12,000 a year is far below what developers there are paid (one in ten gets less than $60,000). "
        "Is it a month’s pay, or in another currency? Pay there is counted in US dollars ($).",
        yearly="Count it as a month’s pay: $144,000 a year",
        address="/verdict/?salary=143999.88&location=us&skill=go&edition=1",
    )


@pytest.mark.parametrize(
    ("pay", "is_offered"), [(1_000, True), (999.99, False), (1, False)], ids=["bound", "below", "far-below"]
)
def test_month_is_offered_only_where_the_year_would_be_likely(
    round_market: PublishedEdition, pay: float, is_offered: bool
) -> None:
    asked = question(round_market, pay)

    assert asked is not None
    assert (asked.yearly != "", asked.address != "") == (is_offered, is_offered)


def test_pay_far_above_names_the_currency(round_market: PublishedEdition) -> None:
    assert question(round_market, 1_000_000.01) == PayQuestion(
        text="$1,000,000 a year is far above what developers there are paid (one in ten gets more than $200,000). "
        "Is it in another currency? Pay there is counted in US dollars ($).",
        yearly="",
        address="",
    )


def test_place_without_pay_asks_nothing(published: PublishedEdition) -> None:
    assert question(published, 1, location="al") is None


def test_question_blocks_nothing_and_its_link_answers_it(client: Client, published: PublishedEdition) -> None:
    page = client.get("/verdict/?salary=9000&location=us-austin-tx&skill=go&hours=9&edition=1")

    asked = re.search(
        r'headline__question">[^<]*<a href="([^"]+)">([^<]+)</a> or <a href="#id_salary">change it',
        page.content.decode(),
    )
    assert page.status_code == 200
    assert asked is not None
    assert asked[2] == "Count it as a month’s pay: $108,000 a year"
    address = html.unescape(asked[1])
    assert address == "/verdict/?salary=108000&location=us-austin-tx&skill=go&hours=9&edition=1"
    assert "headline__question" not in client.get(address).content.decode()


def test_question_without_a_month_leads_to_the_field(client: Client, published: PublishedEdition) -> None:
    page = client.get("/verdict/?salary=2000000&location=us-austin-tx&skill=go&edition=1").content.decode()

    assert '($). <a href="#id_salary">Change it</a></p>' in page
