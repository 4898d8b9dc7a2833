"""The question about pay that is far outside its market, and what answers it."""

from __future__ import annotations

import html
import re
from dataclasses import replace

import pytest
from django.test import Client

from calculator.engine import assess
from calculator.engine.profile import PayLevel, Profile
from calculator.presenters.pay_input import find_other_currency, guess_exchange_rate
from calculator.presenters.pay_question import PayQuestion, ask_about_pay
from calculator.presenters.verdict import VerdictPresenter
from skills.editions.document import PublishedEdition
from tests.calculator.test_verdict_content import page_of, text_of


def question(published: PublishedEdition, pay: float | PayLevel, location: str = "us") -> PayQuestion | None:
    profile = Profile(pay=pay, location=location, skills=("go",))
    return ask_about_pay(VerdictPresenter(verdict=assess(profile, published.edition), published=published))


@pytest.fixture
def round_market(published: PublishedEdition) -> PublishedEdition:
    """The edition with pay from 60,000 (P10) to 200,000 (P90) in the United States."""
    usa = replace(published.edition.places["us"], quantiles={0.1: 60_000, 0.5: 120_000, 0.9: 200_000})
    return replace(published, edition=replace(published.edition, places={**published.edition.places, "us": usa}))


@pytest.mark.parametrize("pay", [35_000, 60_000, 115_000, 200_000, 1_000_000, PayLevel.P10], ids=lambda pay: str(pay))
def test_pay_that_fits_its_market_asks_nothing(round_market: PublishedEdition, pay: float | PayLevel) -> None:
    assert question(round_market, pay) is None


@pytest.mark.parametrize("pay", [12_000, 27_000], ids=str)
def test_pay_that_fits_better_as_a_months_is_asked_about(round_market: PublishedEdition, pay: float) -> None:
    asked = question(round_market, pay)

    assert asked is not None
    assert asked.heading == f"Is ${pay:,} your pay a month?"


def test_place_without_pay_asks_nothing(published: PublishedEdition) -> None:
    assert question(published, 1, location="al") is None


@pytest.mark.parametrize(
    ("pay", "location", "heading", "answers"),
    [
        pytest.param(
            15_000,
            "pl-warsaw",
            "Is PLN 15,000 your pay a month?",
            (
                "Yes: PLN 180,000 a year",
                "No: PLN 15,000 a year is right",
            ),
            id="a month, and no other currency: that would be below the market",
        ),
        pytest.param(
            68,
            "de-munich",
            "Is your pay €68,000 a year?",
            ("Yes: €68,000 a year", "An hour’s pay: €141,440 a year", "No: €68 a year is right"),
            id="thousands, or an hour",
        ),
        pytest.param(
            18,
            "in-bengaluru",
            "Is your pay ₹18,00,000 a year?",
            ("Yes: ₹18,00,000 a year", "No: ₹18 a year is right"),
            id="lakhs",
        ),
        pytest.param(
            90_000,
            "in",
            "Is ₹90,000 your pay a month?",
            ("Yes: ₹10,80,000 a year", "No: ₹90,000 a year is right"),
            id="a month in rupees",
        ),
        pytest.param(
            50_000,
            "in",
            "Is ₹50,000 your pay a month?",
            (
                "Yes: ₹6,00,000 a year",
                "Dollars: about ₹47,00,000 a year",
                "Euros: about ₹53,00,000 a year",
                "No: ₹50,000 a year is right",
            ),
            id="a month in rupees, or another currency",
        ),
        pytest.param(
            60_000,
            "cz",
            "Is CZK 60,000 your pay a month?",
            (
                "Yes: CZK 720,000 a year",
                "Dollars: about CZK 1,300,000 a year",
                "Euros: about CZK 1,500,000 a year",
                "No: CZK 60,000 a year is right",
            ),
            id="a month before another currency that fits as well",
        ),
        pytest.param(
            450,
            "gb",
            "Is £450 your pay a day?",
            ("Yes: £99,000 a year", "No: £450 a year is right"),
            id="a day",
        ),
        pytest.param(
            1.5,
            "jp",
            "¥1.50 a year cannot be your pay",
            (),
            id="nothing likely, with a fraction",
        ),
        pytest.param(
            800,
            "jp",
            "Is your pay ¥8,000,000 a year?",
            ("Yes: ¥8,000,000 a year", "No: ¥800 a year is right"),
            id="ten thousands",
        ),
        pytest.param(
            2_000_000,
            "us-austin-tx",
            "Is $2,000,000 your pay a year?",
            ("Yes: $2,000,000 a year is right",),
            id="far above, and nothing likely",
        ),
        pytest.param(
            4_000_000,
            "gb",
            "Is 4,000,000 your pay in rupees?",
            ("Yes: about £31,000 a year", "No: £4,000,000 a year is right"),
            id="rupees where pounds are paid, near the market where nothing is within",
        ),
        pytest.param(
            600_000,
            "eg-cairo",
            "Is 600,000 your pay a year in Egyptian pounds?",
            ("Yes: about $13,000 a year", "No: $600,000 a year is right"),
            id="a country's own money, where dollars are counted",
        ),
        pytest.param(
            50_000,
            "eg-cairo",
            "Is 50,000 your pay a month in Egyptian pounds?",
            ("Yes: about $13,000 a year", "No: $50,000 a year is right"),
            id="a month's pay in a country's own money, not far out in dollars",
        ),
        pytest.param(
            5_000_000,
            "ru-moscow",
            "Is 5,000,000 your pay in Russian rubles?",
            ("I do not know it in US dollars: use the middle, $45,000 a year", "No: $5,000,000 a year is right"),
            id="a country's own money without an exchange rate",
        ),
        pytest.param(
            400_000,
            "ng-lagos",
            "Is 400,000 your pay in Nigerian naira?",
            ("I do not know it in US dollars: use the middle, $9,700 a year", "No: $400,000 a year is right"),
            id="a country's own money without an exchange rate, not rupees",
        ),
        pytest.param(
            100_000,
            "ru-moscow",
            "Is 100,000 your pay in Russian rubles?",
            ("I do not know it in US dollars: use the middle, $45,000 a year", "No: $100,000 a year is right"),
            id="a month's pay in money without an exchange rate, not far out in dollars",
        ),
        pytest.param(
            150_000,
            "ke",
            "Is 150,000 your pay in Kenyan shillings?",
            ("I do not know it in US dollars: use the middle, $26,000 a year", "No: $150,000 a year is right"),
            id="the same of another country",
        ),
        pytest.param(
            40_000,
            "ng-lagos",
            "Is $40,000 your pay a year?",
            ("Yes: $40,000 a year is right",),
            id="more than twice P90, and no pay in the country's own money",
        ),
        pytest.param(
            300_000,
            "ar-buenos-aires",
            "Is $300,000 your pay a year?",
            ("Yes: $300,000 a year is right",),
            id="the same where there is a rate",
        ),
        pytest.param(
            900_000,
            "ir",
            "Is $900,000 your pay a year?",
            ("Yes: $900,000 a year is right",),
            id="no third currency where the country has its own money",
        ),
        pytest.param(
            7_000,
            "bg-sofia",
            "Is €7,000 your pay a month?",
            ("Yes: €84,000 a year", "No: €7,000 a year is right"),
            id="no money that the euro has replaced",
        ),
        pytest.param(3, "us", "$3 a year cannot be your pay", (), id="far below anything"),
    ],
)
def test_question_names_what_is_likely(
    published: PublishedEdition, pay: float, location: str, heading: str, answers: tuple[str, ...]
) -> None:
    asked = question(published, pay, location)

    assert asked is not None
    plain = [text.replace("\u00a0", " ") for text in (asked.heading, *(choice.text for choice in asked.choices))]
    assert plain == [heading, *answers]


@pytest.mark.parametrize(
    ("pay", "location"),
    [
        pytest.param(70_000, "ru-moscow", id="below P90"),
        pytest.param(30_000, "ng-lagos", id="above P90, and far less than any pay in nairas"),
        pytest.param(120_000, "ar-buenos-aires", id="above P90, and far less than any pay in pesos"),
        pytest.param(400_000, "gb", id="four times P90 in the country's own money"),
        pytest.param(100_000, "bg-sofia", id="above P90 in euros, which have replaced the country's money"),
    ],
)
def test_high_pay_in_the_money_that_counts_asks_nothing(published: PublishedEdition, pay: float, location: str) -> None:
    assert question(published, pay, location) is None


def test_magnitude_of_each_money_without_a_rate_is_known(published: PublishedEdition) -> None:
    edition = published.edition
    unknown = {
        currency
        for place in edition.places.values()
        if (currency := find_other_currency(place)) and not guess_exchange_rate(edition, currency, place.currency)
    }

    assert unknown == set()


def test_middle_of_the_market_answers_pay_that_no_rate_converts(client: Client, published: PublishedEdition) -> None:
    asked = question(published, 600_000, location="ng-lagos")

    assert asked is not None
    page = client.get(asked.choices[0].address).content.decode()
    assert "One question first" not in page
    assert "pay=p50" in asked.choices[0].address


def test_money_without_a_rate_is_asked_for_in_the_currency_that_counts(published: PublishedEdition) -> None:
    asked = question(published, 5_000_000, location="ru")

    assert asked is not None
    assert asked.text.endswith("We have no exchange rate: enter it in US dollars.")


@pytest.mark.parametrize(
    ("salary", "location", "usual", "strip"),
    [
        pytest.param(
            30_000,
            "in",
            "We estimate that nine in ten developers in India earn over ₹",
            "We estimate that eight in ten in India earn",
            id="below what is published",
        ),
        pytest.param(
            900_000,
            "ir",
            "We estimate that nine in ten developers in Iran earn under $",
            "We estimate that eight in ten in Iran earn",
            id="above what is published",
        ),
        pytest.param(
            15_000,
            "pl-warsaw",
            "Nine in ten developers in Poland earn over PLN",
            "Eight in ten in Poland earn",
            id="published",
        ),
    ],
)
def test_levels_that_no_source_publishes_are_called_our_estimate(
    published: PublishedEdition, salary: float, location: str, usual: str, strip: str
) -> None:
    asked = question(published, salary, location=location)

    assert asked is not None
    assert f"a year. {usual}" in asked.text
    assert asked.strip.label == strip


def test_question_stands_in_place_of_the_answer(client: Client, published: PublishedEdition) -> None:
    page = page_of(client, "salary=15000&location=pl-warsaw&hours=9&edition=1")

    text = text_of(page)
    assert "One question first Is PLN 15,000 your pay a month?" in text
    assert "We read it as PLN 15,000 a year. Nine in ten developers in Poland earn over PLN 85,000." in text
    assert "Eight in ten in Poland earn PLN 85,000 to 440,000" in text
    summary = "Eight in ten in Poland earn PLN 85,000 to 440,000. You typed PLN 15,000; PLN 180,000 if a month."
    assert f'aria-label="{summary}"' in page.replace("\u00a0", " ")
    assert re.findall(r"<text[^>]*>([a-z ]+)</text>", page) == ["you typed", "if a month"]
    assert re.findall(r"PLN 2[34][05],000", text) == ["PLN 235,000"], "the middle, with the field of the place"
    assert "<title>Is PLN\u00a015,000 your pay a month? | EarnVerdict</title>" in page
    assert "Learn " not in text
    for absent in ("og:image", "Copy link", 'id="skills"', 'id="plan"', 'class="live"'):
        assert absent not in page


def test_each_answer_is_an_address_that_ends_the_question(client: Client, published: PublishedEdition) -> None:
    page = page_of(client, "salary=15000&location=pl-warsaw&hours=9&edition=1")

    choices = re.findall(r'<li><a class="button[^"]*" href="([^"]+)">([^<]+)</a>', page)
    assert len(choices) == 2
    for address, text in choices:
        answered = client.get(html.unescape(address))
        assert answered.status_code == 200, text
        assert "One question first" not in answered.content.decode()
        assert "hours=9" in address
    assert html.unescape(choices[-1][0]).endswith("&hours=9&sure=15000&edition=1")


def test_pay_that_was_called_right_stays_so_while_other_answers_change(
    client: Client, published: PublishedEdition
) -> None:
    page = page_of(client, "salary=15000&location=pl-warsaw&sure=15000&edition=1")

    assert '<input type="hidden" form="answers" name="sure" value="15000">' in page
    assert (
        "&sure=15000&" in client.get("/verdict/?salary=15000&location=pl-warsaw&hours=4&sure=15000").headers["Location"]
    )


@pytest.mark.parametrize("sure", ["1", "", "x", "14999"])
def test_another_pay_is_asked_about_again(client: Client, published: PublishedEdition, sure: str) -> None:
    response = client.get(f"/verdict/?salary=15000&location=pl-warsaw&sure={sure}")

    assert "sure" not in response.headers["Location"]
    assert "One question first" in client.get(response.headers["Location"]).content.decode()


def test_field_corrects_pay_and_keeps_the_other_answers(client: Client, published: PublishedEdition) -> None:
    page = page_of(client, "salary=15000&location=pl-warsaw&skill=go&hours=9&edition=1")

    form = re.findall(r'<form class="form" action="/verdict/" method="get">(.*?)</form>', page, re.DOTALL)[0]
    hidden = dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)">', form))
    assert hidden == {"location": "pl-warsaw", "skill": "go", "hours": "9", "edition": "1"}
    corrected = client.get("/verdict/", hidden | {"salary": "15,000", "period": "month"})
    assert corrected.headers["Location"] == "/verdict/?salary=180000&location=pl-warsaw&skill=go&hours=9&edition=1"
