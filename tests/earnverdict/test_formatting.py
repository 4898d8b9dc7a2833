"""Figures as text."""

from __future__ import annotations

import random

import pytest
from babel.numbers import format_decimal

from earnverdict import formatting
from earnverdict.formatting import money
from skills.presenters.names import short_skill_name, skill_in_text


@pytest.mark.parametrize(
    ("currency", "amount", "text"),
    [
        ("USD", 4931.8, "+$4,900"),
        ("USD", -1357.6, "−$1,400"),
        ("USD", 0.01, "$0"),
        ("USD", 9.96, "+$10"),
        ("EUR", 4931.8, "+€4,900"),
        ("INR", 123456, "+₹1,20,000"),
        ("INR", 1234567, "+₹12,00,000"),
        ("JPY", 493180, "+¥490,000"),
        ("CHF", 12345, "+CHF\u00a012,000"),
        ("PLN", 3441, "+PLN\u00a03,400"),
        ("CAD", 996, "+CA$1,000"),
        ("KWD", 4.26, "+KWD\u00a04"),
        ("LKR", 1234567, "+LKR\u00a01,200,000"),
    ],
)
def test_computed_money_has_two_digits_and_its_currency(currency: str, amount: float, text: str) -> None:
    written = money(currency).signed(amount)

    assert written.replace("\u2060", "") == text
    assert formatting.plain_text(written) == text.replace("\u00a0", " ")


def test_given_money_is_whole() -> None:
    assert money("INR").whole(1234567.4) == "₹12,34,567"


def numbers_of_all_sizes() -> list[float]:
    rng = random.Random(5)
    whole = [rng.randrange(10 ** rng.randint(1, 15)) for _ in range(300)]
    return [0, 0.004, 0.005, 2.675, 811.625, 1599.999, *whole, *(number / 1000 for number in whole)]


def test_numbers_are_written_as_babel_writes_them() -> None:
    for number in numbers_of_all_sizes():
        assert formatting.group(number) == format_decimal(number, "#,##0.##", locale="en"), number


def test_rupees_are_grouped_as_babel_groups_them() -> None:
    for number in map(round, numbers_of_all_sizes()):
        assert money("INR").whole(number) == f"₹{format_decimal(number, locale='en_IN')}", number


def test_span_has_a_sign_only_below_zero() -> None:
    assert formatting.plain_text(money("USD").span(-312, 4321)) == "−$310 to $4,300"


def test_currency_that_is_a_word_is_written_once_in_a_span() -> None:
    assert money("CHF").span(-300, 4000) == "−\u2060CHF\u00a0300 to 4,000"
    assert money("BRL").span(300, 4000) == "R$300 to R$4,000"
    assert money("CHF").leave_out_code("−\u2060CHF\u00a0300") == "−\u2060300"


@pytest.mark.parametrize(
    ("share", "text"),
    [(0.598125, "60%"), (0.004, "under 1%"), (0.0, "under 1%"), (0.996, "over 99%"), (1.0, "over 99%")],
)
def test_chance_is_whole_and_never_certain(share: float, text: str) -> None:
    assert formatting.chance(share) == text


@pytest.mark.parametrize(
    ("share", "text"), [(0.598125, "60%"), (0.004, "under 1%"), (0.0, "0%"), (0.996, "100%"), (1.0, "100%")]
)
def test_part_of_a_whole_may_be_all_of_it(share: float, text: str) -> None:
    assert formatting.whole_percent(share) == text


@pytest.mark.parametrize(("number", "text"), [(1, "one"), (4, "four"), (10, "ten"), (19, "19")])
def test_small_numbers_are_words(number: int, text: str) -> None:
    assert formatting.count_word(number) == text


@pytest.mark.parametrize(
    ("months", "text"),
    [(0.1, "1 week"), (1.0, "4 weeks"), (5.0, "5 months"), (9.6, "10 months"), (24.0, "2 years"), (30.4, "2.5 years")],
)
def test_duration_is_in_the_unit_people_use(months: float, text: str) -> None:
    assert formatting.duration(months).replace("\u00a0", " ") == text


@pytest.mark.parametrize(("share", "text"), [(0.0429, "+4.3%"), (-0.0118, "−1.2%"), (0.0, "0.0%"), (-0.0001, "0.0%")])
def test_share_has_one_decimal_and_a_true_sign(share: float, text: str) -> None:
    assert formatting.signed_percent(share) == text


@pytest.mark.parametrize(
    ("share", "text"), [(2 / 3, "two thirds"), (0.75, "three quarters"), (0.6, "60%"), (0.125, "12.5%")]
)
def test_part_is_a_fraction_in_words_where_it_is_exactly_one(share: float, text: str) -> None:
    assert formatting.part(share) == text


@pytest.mark.parametrize(
    ("share", "text"), [(0.039, "3.9% more"), (-0.02, "2.0% less"), (0.0, "no more"), (-0.0001, "no more")]
)
def test_change_of_pay_is_more_or_less_and_has_no_sign(share: float, text: str) -> None:
    assert formatting.more_or_less(share) == text


@pytest.mark.parametrize("number", ["8%", "82%", "80.1%", "11%", "18%"])
def test_number_that_begins_with_a_vowel_has_an(number: str) -> None:
    assert formatting.with_article(number) == f"an {number}"


@pytest.mark.parametrize("number", ["60%", "59.8%", "7%", "1%", "100%", "110%"])
def test_number_that_begins_with_a_consonant_has_a(number: str) -> None:
    assert formatting.with_article(number) == f"a {number}"


def test_currency_is_described_by_name_and_sign() -> None:
    assert formatting.describe_currency("USD") == "US dollars ($)"
    assert formatting.describe_currency("CHF") == "Swiss francs (CHF)"
    assert formatting.describe_currency("NGN") == "Nigerian naira (NGN)"


@pytest.mark.parametrize(
    ("amount", "rounded"),
    [(1_765_465, 1_760_000), (37_855.4, 37_800), (1_000, 1_000), (999.9, 999), (12.3, 12), (1, 1)],
)
def test_amount_is_rounded_down_to_three_digits(amount: float, rounded: float) -> None:
    assert formatting.round_down(amount) == rounded


@pytest.mark.parametrize(
    ("currency", "amount", "label"),
    [("USD", 20_000, "$20K"), ("PLN", 20_000, "20K"), ("INR", 1e5, "₹1L"), ("CHF", 0, "0")],
)
def test_label_of_an_axis_has_no_sign_of_letters(currency: str, amount: float, label: str) -> None:
    assert money(currency).axis(amount) == label


@pytest.mark.parametrize(
    ("amount", "text"), [(31.4, "$31"), (9.2, "$9"), (0.999, "$1"), (0.6, "$0.60"), (-1.6, "−$2"), (122.6, "$120")]
)
def test_worth_of_an_hour_has_cents_below_one_only(amount: float, text: str) -> None:
    assert formatting.plain_text(money("USD").hourly(amount)) == text


@pytest.mark.parametrize(("amount", "text"), [(6.9, "$6.90"), (7.0, "$7"), (1234.5, "$1,234.50"), (0.004, "$0")])
def test_cents_are_two_or_none(amount: float, text: str) -> None:
    assert money("USD").cents(amount) == text


@pytest.mark.parametrize(("amount", "text"), [(1.8, "$2"), (-1.8, "−$2"), (0.4, "$0"), (-0.4, "$0"), (9.4, "$9")])
def test_small_sums_are_whole(amount: float, text: str) -> None:
    assert formatting.plain_text(money("USD").rounded(amount)) == text


def test_name_begins_small_inside_a_sentence_unless_it_is_a_proper_one() -> None:
    assert [skill_in_text(name) for name in ("Cloud architecture (AWS/GCP)", "Kubernetes", "Redis and caching")] == [
        "cloud architecture (AWS/GCP)",
        "Kubernetes",
        "Redis and caching",
    ]
    assert [short_skill_name(name) for name in ("Cloud architecture (AWS/GCP)", "Search (Elasticsearch)", "Go")] == [
        "Cloud architecture",
        "Search (Elasticsearch)",
        "Go",
    ]
