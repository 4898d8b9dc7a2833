"""The address of a verdict: what people type is understood, and one profile has one spelling."""

from __future__ import annotations

from urllib.parse import parse_qsl

import pytest
from hypothesis import given
from hypothesis import strategies as st

from calculator.address import (
    HIGHEST_PAY,
    Unreadable,
    is_canonical,
    parse_salary,
    parse_study,
    parse_whole,
    write_amount,
    write_query,
)
from calculator.engine.edition import EvidenceChoice
from calculator.engine.profile import PayLevel, Profile

UNDERSTOOD = [
    ("115000", 115000, ""),
    ("115k", 115000, ""),
    ("115K", 115000, ""),
    ("115,000", 115000, ""),
    ("115 000", 115000, ""),
    ("115.000", 115000, ""),
    ("$115,000", 115000, "USD"),
    ("115\u00a0000\u00a0€", 115000, "EUR"),
    ("115\u202f000", 115000, ""),
    ("115'000", 115000, ""),
    ("CHF 115’000", 115000, "CHF"),
    ("115.000,50", 115000.5, ""),
    ("115,000.50", 115000.5, ""),
    ("115000.5", 115000.5, ""),
    ("1.234.567", 1234567, ""),
    ("12,34,567", 1234567, ""),
    ("₹12,00,000", 1200000, "INR"),
    ("Rs. 1200000", 1200000, "INR"),
    ("12 lakh", 1200000, ""),
    ("12L", 1200000, ""),
    ("12.5 LPA", 1250000, ""),
    ("1.2 crore", 12000000, ""),
    ("1.2m", 1200000, ""),
    ("0.115m", 115000, ""),
    ("1,25k", 1250, ""),
    ("USD 115k", 115000, "USD"),
    ("115k usd per year", 115000, "USD"),
    ("650 000 kr", 650000, "SEK"),
    ("120000 zł", 120000, "PLN"),
    ("NT$ 900,000", 900000, "TWD"),
    ("+115000", 115000, ""),
    ("１１５０００", 115000, ""),
    ("١١٥٠٠٠", 115000, ""),
    ("115000.", 115000, ""),
]
NOT_UNDERSTOOD = [
    "",
    "   ",
    "abc",
    "k",
    "$",
    "-5",
    "−115000",
    "0",
    "0.00",
    "0.001",
    "0,004",
    "1,2,3",
    "1.1.1",
    "1 15000",
    "1234,567",
    "115.0000",
    "100k-120k",
    "100000 120000",
    "$€5",
    "$115000 eur",
    "1e5",
    "0x1F",
    "nan",
    "inf",
    "5 k 000",
    "\x00",
    "9" * 60,
    "<script>115000",
    "115000 bananas",
]


@pytest.mark.parametrize(("typed", "amount", "currency"), UNDERSTOOD, ids=[case[0] for case in UNDERSTOOD])
def test_salary_is_read_as_people_write_it(typed: str, amount: float, currency: str) -> None:
    pay = parse_salary(typed)

    assert pay.amount == amount
    assert (currency in pay.currencies) if currency else not pay.currencies


@pytest.mark.parametrize("typed", NOT_UNDERSTOOD)
def test_salary_that_is_no_amount_is_refused_with_a_message(typed: str) -> None:
    with pytest.raises(Unreadable) as refusal:
        parse_salary(typed)

    assert str(refusal.value).endswith(".")


@given(st.text(max_size=120))
def test_salary_never_fails_otherwise(typed: str) -> None:
    try:
        pay = parse_salary(typed)
    except Unreadable:
        return

    assert 0 < pay.amount <= HIGHEST_PAY


@given(st.floats(min_value=0.01, max_value=HIGHEST_PAY).map(lambda amount: round(amount, 2)))
def test_written_amount_is_read_back(amount: float) -> None:
    assert parse_salary(write_amount(amount)).amount == pytest.approx(amount, abs=0.005)


@pytest.mark.parametrize("typed", ["", "0", "41", "6.5", "six", "-6", "9" * 5000, "6 7"])
def test_whole_number_outside_its_range_is_refused(typed: str) -> None:
    with pytest.raises(Unreadable, match="Hours a week must be a whole number from 1 to 40"):
        parse_whole(typed, 1, 40, "Hours a week")


@pytest.mark.parametrize("typed", ["12", " 12 ", "١٢", "0012"])
def test_whole_number_is_read(typed: str) -> None:
    assert parse_whole(typed, 1, 40, "Hours a week") == 12


@pytest.mark.parametrize("typed", ["", "kubernetes", ":90", "kubernetes:", "kubernetes:0", "kubernetes:9999", "a:b:c"])
def test_study_hours_that_are_unclear_are_refused(typed: str) -> None:
    with pytest.raises(Unreadable):
        parse_study(typed)


def test_query_leaves_out_defaults() -> None:
    profile = Profile(pay=115000.0, location="us-austin-tx", skills=("kubernetes",))

    assert write_query(profile, 1) == "salary=115000&location=us-austin-tx&skill=kubernetes&edition=1"


def test_query_has_every_answer_in_the_canonical_order() -> None:
    profile = Profile(
        pay=50000.5,
        location="de-berlin",
        skills=("go", "kubernetes"),
        held=("docker", "python"),
        weekly_hours=10,
        horizon_years=5,
        odds_percent=80,
        evidence=EvidenceChoice.ALL,
        study_hours=(("go", 60), ("kubernetes", 90)),
    )

    assert write_query(profile, 3) == (
        "salary=50000.5&location=de-berlin&skill=go&skill=kubernetes&have=docker&have=python&hours=10&years=5&odds=80"
        "&evidence=all&study=go:60&study=kubernetes:90&edition=3"
    )


def test_query_with_a_pay_level_has_no_salary() -> None:
    profile = Profile(pay=PayLevel.P75, location="de-berlin", skills=("go",))

    pairs = parse_qsl(write_query(profile, 1))

    assert pairs == [("location", "de-berlin"), ("skill", "go"), ("edition", "1"), ("pay", "p75")]


@pytest.mark.parametrize(
    "query",
    ["salary=1&study=go:60&edition=1", "salary=1&study=go%3A60&edition=1", "salary=%31&study=go%3a60&edition=1"],
)
def test_percent_encoding_alone_does_not_send_elsewhere(query: str) -> None:
    assert is_canonical(query, "salary=1&study=go:60&edition=1")


@pytest.mark.parametrize(
    "query",
    [
        "study=go:60&salary=1&edition=1",
        "salary=1&study=go:60&edition=1&x=",
        "salary=1&study=go:60",
        "",
        "salary=1%26study=go",
    ],
)
def test_other_spellings_are_not_canonical(query: str) -> None:
    assert not is_canonical(query, "salary=1&study=go:60&edition=1")
