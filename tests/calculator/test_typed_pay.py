"""Pay as people type it, in the table `typed_pay.csv`: each line is read as its last column says.

`reading` is an amount a year, or: `refused` (no amount, or several), `after tax` (asked about), `converted` (another
currency, offered in the place's and as its own money), `asked N` (far from the market; N a year is offered). A line
without a place is true of all.
"""

from __future__ import annotations

import csv
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from babel.localedata import locale_identifiers
from babel.numbers import format_compact_decimal, format_currency, format_decimal
from django.http import QueryDict
from hypothesis import given
from hypothesis import strategies as st

from calculator.engine import assess
from calculator.engine.market import find_market
from calculator.engine.profile import PayLevel
from calculator.forms import VerdictForm
from calculator.money_input import UnclearPay, Unreadable, parse_salary
from calculator.money_input.plain_text import write_plainly
from calculator.money_input.words import Meaning, _list_phrases
from calculator.pay_check import is_far_out, is_likelier_a_month
from calculator.presenters.form import FormPresenter
from calculator.presenters.pay_question import ask_about_pay
from calculator.presenters.verdict import VerdictPresenter
from calculator.query import write_amount
from earnverdict.formatting import two_digits
from skills.editions.document import PublishedEdition

with Path(__file__).with_name("typed_pay.csv").open(encoding="utf-8", newline="") as file:
    LINES = list(csv.DictReader(file))
KINDS = list(dict.fromkeys(line["kind"] for line in LINES))
#: Texts with blanks of all kinds and with characters that nobody sees.
INVISIBLE = [
    ("65\xa0000", 65000),
    ("65\u202f000", 65000),
    ("65\u2009000", 65000),
    ("  115000  ", 115000),
    ("115000\t", 115000),
    ("\u200e115000", 115000),
    ("\ufeff115000", 115000),
    ("115000\u200f", 115000),
    ("48\xa0000", 48000),
    ("48\u2009000", 48000),
    ("48\u202f000", 48000),
    ("48\u2007000", 48000),
    ("48\u3000000", 48000),
    ("48\u205f000", 48000),
    ("48\t000", 48000),
    ("48.000,- ", 48000),
    ("\u200e98000", 98000),
    ("\u200f98000", 98000),
    ("98000\u200e", 98000),
    ("\u202a98000\u202c", 98000),
    ("\u202d98,000\u202c", 98000),
    ("\u206698000\u2069", 98000),
    ("\ufeff98k", 98000),
    ("98\u200b000", 98000),
    ("98\xad000", 98000),
    ("98\u2060000", 98000),
    ("98,\u200b000", 98000),
    ("98\u200d000", 98000),
    ("98k\ufe0f", 98000),
    ("$\u200b98,000", 98000),
    ("98,000\xa0", 98000),
    ("\xa0\xa098,000", 98000),
    ("\u300098,000\u3000", 98000),
    ("98\u2003000", 98000),
    ("98\u2002000", 98000),
    ("98\u1680000", 98000),
    ("98\u2800000", 98000),
    ("98\u3164000", 98000),
    ("98,000\r\n", 98000),
    ("\n98,000\n", 98000),
    ("98,000\x0b", 98000),
    ("98,000\x0c", 98000),
    ("98,000\x85", 98000),
    ("98,000\u2028", 98000),
    ("98,000\u2029", 98000),
    ("\u061c98,000", 98000),
    ("\u200e$98,000\u200e", 98000),
    ("98\u202f000\u202f\u20ac", 98000),
    ("98\u2009000\xa0\u20ac", 98000),
    ("\u20ac\xa098.000", 98000),
    ("\u2068\u20ac98,000\u2069", 98000),
    ("\u0669\u0668\u0660\u0660\u0660\u200f", 98000),
    ("\u202b\u0669\u0668\u066c\u0660\u0660\u0660\u202c", 98000),
    ("98k\u200b", 98000),
    ("\u180e98000", 98000),
    ("98\u200a000", 98000),
    ("98\u2006000", 98000),
    ("98\u2008000", 98000),
]


@pytest.mark.parametrize("kind", KINDS)
def test_pay_is_read_as_people_type_it(kind: str, golden: PublishedEdition) -> None:
    wrong = []
    for line in LINES:
        if line["kind"] == kind:
            readings = read(line["typed"], line["place"], golden)
            if line["reading"] not in readings:
                wrong.append((line["typed"], line["place"], line["reading"], readings))

    assert wrong == []


def read(typed: str, place: str, published: PublishedEdition) -> list[str]:
    """What becomes of typed pay, as the table names it: one reading, or all the amounts that are asked about."""
    if not place:
        return [read_anywhere(typed)]
    query = QueryDict(mutable=True)
    query.update({"salary": typed, "location": place})
    form = VerdictForm(query, published)
    if form.is_valid():
        profile = form.profile()
        question = ask_about_pay(VerdictPresenter(verdict=assess(profile, published.edition), published=published))
        queries = [parse_qs(urlsplit(choice.address).query) for choice in question.choices] if question else []
        asked = [query.get("salary", query.get("pay", [""]))[0] for query in queries]
        return [write_amount(float(profile.pay)), *(f"asked {amount}" for amount in asked)]
    offers = [choice.label for choice in FormPresenter(form).pay_choices]
    return ["converted" if len(offers) > 1 and "about" in offers[0] else "refused"]


def read_anywhere(typed: str) -> str:
    try:
        return write_amount(parse_salary(typed).amount)
    except UnclearPay as question:
        return "after tax" if "after tax" in str(question) else "refused"
    except Unreadable:
        return "refused"


@pytest.mark.parametrize(("typed", "amount"), INVISIBLE, ids=[ascii(typed) for typed, _ in INVISIBLE])
def test_blanks_and_invisible_characters_do_not_matter(typed: str, amount: float) -> None:
    assert parse_salary(typed).amount == amount


def test_a_word_has_one_meaning() -> None:
    meanings: dict[str, set[tuple[Meaning, ...]]] = {}
    for phrase, meaning in _list_phrases():
        if not (len(phrase) == 3 and phrase.isupper()):
            meanings.setdefault(write_plainly(phrase), set()).add(meaning)

    assert {phrase: found for phrase, found in meanings.items() if len(found) > 1} == {}


def countries(published: PublishedEdition) -> list[tuple[str, float]]:
    """Every country with pay of its own, with its median."""
    places = published.edition.places.items()
    return [(slug, place.quantiles[0.5]) for slug, place in places if len(slug) == 2 and 0.5 in place.quantiles]


def test_a_months_pay_is_asked_about_in_every_market(golden: PublishedEdition) -> None:
    for slug, median in countries(golden):
        monthly = round(median / 12)
        assert f"asked {monthly * 12}" in read(str(monthly), slug, golden), slug


def test_usual_pay_is_not_asked_about(golden: PublishedEdition) -> None:
    """Nobody from P25 to P90 is; below that a few markets are so wide that a month's pay is likelier."""
    for slug, _ in countries(golden):
        for level in (PayLevel.P25, PayLevel.P50, PayLevel.P75, PayLevel.P90):
            market = find_market(slug, level, golden.edition)
            assert market is not None
            assert not is_far_out(market), (slug, level)
            assert not is_likelier_a_month(market), (slug, level)


def test_thousands_left_out_are_offered_in_every_market(golden: PublishedEdition) -> None:
    for slug, median in countries(golden):
        thousands = two_digits(median) / 1_000
        if thousands < 1_000:
            assert f"asked {write_amount(thousands * 1_000)}" in read(write_amount(thousands), slug, golden), slug
    assert "asked 1700000" in read("17", "in", golden), "lakhs"
    assert "asked 8000000" in read("800", "jp", golden), "ten thousands of yen"
    assert "asked 170000000" in read("170", "id", golden), "millions of rupiahs"


#: Not known: the comma of Fula's script, Tongan groups of twos, how Breton names a dollar.
UNKNOWN_STYLES = ("ff_Adlm", "to", "br")


@given(
    number=st.integers(1_000, 10**9) | st.floats(1_000, 10**9).map(lambda number: round(number, 2)),
    locale=st.sampled_from([each for each in sorted(locale_identifiers()) if not each.startswith(UNKNOWN_STYLES)]),
    currency=st.sampled_from(("EUR", "USD", "JPY", "INR", "CHF", "PLN", "BRL", "KRW", "SEK", "ZAR")),
)
def test_an_amount_in_the_style_of_any_language_is_read_back(number: float, locale: str, currency: str) -> None:
    assert read_anywhere(format_decimal(number, locale=locale)) == write_amount(number)
    assert read_anywhere(format_currency(round(number), currency, locale=locale)) == write_amount(round(number))


@given(
    number=st.integers(1, 400).map(lambda number: number * 1_000)
    | st.integers(1, 99).map(lambda number: number * 10**6),
    locale=st.sampled_from(
        ("cs", "da", "de", "en_IN", "es", "fi", "fr", "hr", "it", "ja", "ko", "pl", "pt", "ro", "zh")
    ),
)
def test_a_short_amount_is_never_misread(number: int, locale: str) -> None:
    written = format_compact_decimal(number, locale=locale, fraction_digits=3)

    assert read_anywhere(written) in (write_amount(number), "refused"), written
