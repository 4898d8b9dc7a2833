"""The address of a verdict: what people type is understood, and one profile has one spelling."""

from __future__ import annotations

from urllib.parse import parse_qsl, urlencode

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from calculator.engine.edition import EvidenceChoice
from calculator.engine.profile import HOUR_VALUE, PayLevel, Profile
from calculator.engine.ways import WayAnswers
from calculator.money_input import (
    MAX_PAY,
    MONTH,
    YEAR,
    NotAnAmount,
    Period,
    UnclearPay,
    Unreadable,
    parse_hour_rate,
    parse_hour_value,
    parse_salary,
    parse_whole,
)
from calculator.query import (
    Name,
    is_canonical,
    parse_study,
    read_comparison,
    write_amount,
    write_answers,
    write_comparison,
    write_query,
    write_ways_query,
)
from tests.grouped_pay import GROUPED

#: Every Unicode decimal digit.
DIGITS = "".join(chr(code) for code in range(0x110000) if chr(code).isdecimal())

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
    ("12 lakh", 1200000, "INR"),
    ("12L", 1200000, ""),
    ("12.5 LPA", 1250000, "INR"),
    ("1.2 crore", 12000000, "INR"),
    ("1.2m", 1200000, ""),
    ("0.115m", 115000, ""),
    ("1,25k", 1250, ""),
    ("USD 115k", 115000, "USD"),
    ("115k usd per year", 115000, "USD"),
    ("650 000 kr", 650000, "SEK"),
    ("650 000 kr.", 650000, "SEK"),
    ("90000 Fr.", 90000, "CHF"),
    ("120000 zł", 120000, "PLN"),
    ("NT$ 900,000", 900000, "TWD"),
    ("+115000", 115000, ""),
    ("１１５０００", 115000, ""),
    ("١١٥٠٠٠", 115000, ""),
    ("115000.", 115000, ""),
    ("115000 per\tyear", 115000, ""),
    ("k€ 65", 65000, "EUR"),
    ("Salary - 65k", 65000, ""),
    ("(base) 65k", 65000, ""),
    ("65 kEUR", 65000, "EUR"),
    ("1 crore 20 lakh", 12000000, "INR"),
    ("800万円", 8000000, "JPY"),
    ("CAD$95,000", 95000, "CAD"),
    ("0.1234", 0.12, ""),
    ("٠.١٢٣٤", 0.12, ""),
]
#: Every sign that is read, and the currencies it may stand for.
SIGNS = {
    "US$": "USD",
    "A$ AU$": "AUD",
    "C$ CA$": "CAD",
    "NZ$": "NZD",
    "S$": "SGD",
    "HK$": "HKD",
    "NT$": "TWD",
    "MX$": "MXN",
    "R$": "BRL",
    "$": "USD CAD AUD NZD SGD HKD TWD MXN ARS CLP COP UYU XCD BBD BZD FJD GYD JMD LRD NAD SBD SRD TTD BND",
    "€": "EUR",
    "£": "GBP EGP LBP",
    "¥": "JPY CNY",
    "₹": "INR",
    "Rs Rs.": "INR PKR LKR NPR MUR SCR",
    "₽": "RUB",
    "₺": "TRY",
    "₴": "UAH",
    "₩": "KRW",
    "₪": "ILS",
    "₫": "VND",
    "₱": "PHP",
    "฿": "THB",
    "₦": "NGN",
    "zł": "PLN",
    "Kč": "CZK",
    "Ft": "HUF",
    "lei": "RON MDL",
    "kr kr.": "SEK NOK DKK ISK CZK",
    "Fr. SFr.": "CHF",
    "R": "ZAR",
    "Rp": "IDR",
    "RM": "MYR",
    "CHF": "CHF",
}
#: A sign loses its accents; its currency's code says the same.
CODE_OF = {"zł": "PLN", "Kč": "CZK"}
UNITS = {
    1_000: ("k", "K", "thousand"),
    100_000: ("l", "L", "lac", "lakh", "lakhs", "LPA"),
    1_000_000: ("m", "mn", "mio", "million"),
    10_000_000: ("cr", "crore", "crores"),
}
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
    "1.234.56",
    "1,2345.5",
    "01.1234",
    ".5m",
    "5 lakh 20 crore",
    "800万x",
    "8k per",
    "115k k",
    "$115k 12",
    "0-5",
    "100k - 120k - 140k",
    "up to 90k",
    "to 90k",
    "(115000)",
    "4000/month x 14",
    "4000 x 52",
    "4000 x 5k",
    "$48k ($5k/mo)",
]
ABOVE_ZERO = "Your pay must be above zero."


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


@pytest.mark.parametrize("typed", GROUPED)
def test_salary_in_groups_of_digits_means_what_was_typed(typed: str) -> None:
    assert parse_salary(GROUPED[typed]) == parse_salary(typed)


@pytest.mark.parametrize("signs", SIGNS)
def test_a_sign_stands_for_its_currencies(signs: str) -> None:
    for sign in signs.split():
        pay = parse_salary(f"{sign} 90000")
        assert pay.currencies == set(SIGNS[signs].split())
        assert pay.sign == (sign.lower().removesuffix(".") if sign not in CODE_OF else CODE_OF[sign])
        if not sign.endswith("."):
            assert parse_salary(f"90000 {sign.upper()}") == pay


@pytest.mark.parametrize("worth", UNITS)
def test_a_unit_multiplies(worth: int) -> None:
    for unit in UNITS[worth]:
        assert parse_salary(f"1.5 {unit}").amount == 1.5 * worth


@pytest.mark.parametrize(
    ("typed", "message"),
    [
        pytest.param(" ", "Enter your pay before tax.", id="nothing"),
        pytest.param("-5", ABOVE_ZERO, id="below zero"),
        pytest.param("–5 k", ABOVE_ZERO, id="a dash for a minus"),
        pytest.param("€ -5", ABOVE_ZERO, id="a minus before the digits"),
        pytest.param("($5)", ABOVE_ZERO, id="brackets of accountants"),
        pytest.param("0.001", ABOVE_ZERO, id="rounded to nothing"),
        pytest.param(
            "10000000000000.01",
            "That is more than anybody earns. Enter your pay in plain digits.",
            id="too much",
        ),
        pytest.param(
            f" {'x' * 40} ",
            f"“{'x' * 40}” is not an amount. Enter your pay in digits, such as 115000 or 115k.",
            id="as typed",
        ),
        pytest.param(
            "x" * 41,
            f"“{'x' * 40}…” is not an amount. Enter your pay in digits, such as 115000 or 115k.",
            id="shortened",
        ),
    ],
)
def test_what_is_wrong_with_a_salary_is_said(typed: str, message: str) -> None:
    with pytest.raises(Unreadable) as refusal:
        parse_salary(typed)

    assert str(refusal.value) == message


@pytest.mark.parametrize(
    ("typed", "period", "amount"),
    [
        pytest.param("9500", MONTH, 114_000, id="a month is chosen"),
        pytest.param("9500 a month", MONTH, 114_000, id="typed and chosen"),
        pytest.param("9,500/month", None, 114_000, id="typed"),
        pytest.param("15 000 zł pm", None, 180_000, id="with a currency"),
        pytest.param("$9.5k per month.", None, 114_000, id="with a unit"),
        pytest.param("115k a year", YEAR, 115_000, id="a year"),
        pytest.param("115k", YEAR, 115_000, id="a year is chosen"),
        pytest.param("9500/month", YEAR, 114_000, id="a year is chosen by default"),
        pytest.param("18 LPA", None, 1_800_000, id="lakhs a year"),
    ],
)
def test_a_salary_counts_by_the_year(typed: str, period: Period | None, amount: float) -> None:
    assert parse_salary(typed, period).amount == amount


@pytest.mark.parametrize(
    ("typed", "period", "said"),
    [
        pytest.param("115k p.a.", MONTH, "You typed pay a year and chose a month.", id="a year"),
        pytest.param("18 LPA", MONTH, "You typed pay a year and chose a month.", id="lakhs a year"),
    ],
)
def test_two_periods_are_refused(typed: str, period: Period, said: str) -> None:
    with pytest.raises(Unreadable) as refusal:
        parse_salary(typed, period)

    assert str(refusal.value) == f"{said} Which is right?"


@pytest.mark.parametrize(
    ("typed", "question", "amounts"),
    [
        pytest.param("100k + 20k bonus", "We count base pay", (100_000,), id="pay with a bonus"),
        pytest.param("120k + 10% bonus + 30k RSU", "We count base pay", (120_000,), id="pay with several extras"),
        pytest.param("$120k TC", "You typed total pay.", (120_000,), id="total pay"),
        pytest.param("100-120k", "You typed two amounts.", (100_000, 120_000), id="a range"),
        pytest.param("100k to 120", "You typed two amounts.", (100_000, 120_000), id="a range, with its unit first"),
        pytest.param("100 000 120 000", "You typed two amounts.", (100_000, 120_000), id="a blank between two amounts"),
        pytest.param("$48k ($4k/mo)", "You typed two amounts.", (48_000,), id="a year's pay, and a month's"),
        pytest.param("1.250 Mio", "“1.250 Mio” may mean either of these.", (1_250_000_000, 1_250_000), id="a mark"),
        pytest.param("1,2 mil.", "“1,2 mil.” may mean either of these.", (1_200, 1_200_000), id="a unit"),
        pytest.param("$1.5 mil", "“$1.5 mil” may mean either of these.", (1_500, 1_500_000), id="a unit in English"),
        pytest.param("4000 x 14", "You typed an amount and 14 payments a year.", (56_000, 4_000), id="payments"),
        pytest.param("3.000 € netto/Monat", "You typed pay after tax.", (36_000,), id="after tax"),
    ],
)
def test_unclear_pay_is_a_question(typed: str, question: str, amounts: tuple[float, ...]) -> None:
    with pytest.raises(UnclearPay) as asked:
        parse_salary(typed)

    assert str(asked.value).startswith(question)
    assert tuple(reading.amount for reading in asked.value.readings) == amounts


@pytest.mark.parametrize("typed", ["15 an hour", "15/h", "15"])
def test_worth_of_an_hour_may_name_the_hour(typed: str) -> None:
    assert parse_hour_value(typed).amount == 15


@pytest.mark.parametrize("typed", ["15 a month", "15-20", "15 net", "4000 x 14"])
def test_worth_of_an_hour_has_one_meaning(typed: str) -> None:
    with pytest.raises(NotAnAmount):
        parse_hour_value(typed)


def test_a_year_of_the_highest_monthly_pay_is_too_much() -> None:
    with pytest.raises(Unreadable, match="more than anybody earns"):
        parse_salary(str(MAX_PAY), MONTH)


def test_what_is_too_long_is_not_read() -> None:
    assert parse_salary(f" ${' ' * 113}115000 ").amount == 115_000, "120 characters between the outer spaces"
    assert parse_whole(f"{' ' * 120}6", 1, 40, "Hours a week") == 6, "121 characters in all"

    with pytest.raises(Unreadable, match="is not an amount"):
        parse_salary(f"${' ' * 114}115000")
    with pytest.raises(Unreadable, match="must be a whole number"):
        parse_whole(f"{' ' * 121}6", 1, 40, "Hours a week")


def test_the_highest_pay_is_read() -> None:
    assert parse_salary("10000000000000").amount == MAX_PAY == 10_000_000_000_000


@given(st.text(max_size=120))
def test_money_never_fails_otherwise(typed: str) -> None:
    for parse, least, most in ((parse_salary, 0.01, MAX_PAY), (parse_hour_value, 0, HOUR_VALUE.high)):
        try:
            money = parse(typed)
        except Unreadable:
            continue

        assert least <= money.amount <= most


@given(st.floats(min_value=0.01, max_value=MAX_PAY).map(lambda amount: round(amount, 2)))
def test_written_amount_is_read_back(amount: float) -> None:
    assert parse_salary(write_amount(amount)).amount == pytest.approx(amount, abs=0.005)


@pytest.mark.parametrize(
    ("typed", "amount", "sign"),
    [
        pytest.param("15", 15, "", id="whole"),
        pytest.param(" $12.50 ", 12.5, "$", id="sign and cents"),
        pytest.param("12,5 €", 12.5, "€", id="decimal comma"),
        pytest.param("1.5k", 1500, "", id="unit"),
        pytest.param("0", 0, "", id="nothing"),
        pytest.param("0.001", 0, "", id="rounded to nothing"),
        pytest.param("1,000,000,000", 1_000_000_000, "", id="most"),
    ],
)
def test_worth_of_an_hour_is_read_like_pay_and_may_be_nothing(typed: str, amount: float, sign: str) -> None:
    worth = parse_hour_value(typed)

    assert (worth.amount, worth.sign) == (amount, sign)


@pytest.mark.parametrize(
    ("typed", "message"),
    [
        pytest.param("-1", "An hour of your own must be worth from 0 to 1,000,000,000.", id="below nothing"),
        pytest.param("1000000000.01", "An hour of your own must be worth from 0 to 1,000,000,000.", id="too much"),
        pytest.param(
            "much",
            "“much” is not an amount. Enter what an hour of your own is worth in digits, such as 15 or 12.50.",
            id="no amount",
        ),
        pytest.param(
            f"{'9' * 121}",
            f"“{'9' * 40}…” is not an amount. Enter what an hour of your own is worth in digits, such as 15 or 12.50.",
            id="too long",
        ),
        pytest.param(
            "",
            "“” is not an amount. Enter what an hour of your own is worth in digits, such as 15 or 12.50.",
            id="blank",
        ),
    ],
)
def test_what_is_wrong_with_the_worth_of_an_hour_is_said(typed: str, message: str) -> None:
    with pytest.raises(Unreadable) as refusal:
        parse_hour_value(typed)

    assert str(refusal.value) == message


@pytest.mark.parametrize(
    ("typed", "message"),
    [
        pytest.param("0", "An hour of side work must pay from 1 to 1,000,000,000.", id="nothing"),
        pytest.param(
            "lots",
            "“lots” is not an amount. Enter what an hour of side work pays in digits, such as 15 or 12.50.",
            id="no amount",
        ),
    ],
)
def test_what_is_wrong_with_the_rate_of_side_work_is_said(typed: str, message: str) -> None:
    with pytest.raises(Unreadable) as refusal:
        parse_hour_rate(typed)

    assert str(refusal.value) == message


@pytest.mark.parametrize("typed", ["", "0", "41", "6.5", "six", "-6", "9" * 5000, "6 7", "0000000006"])
def test_whole_number_outside_its_range_is_refused(typed: str) -> None:
    with pytest.raises(Unreadable) as refusal:
        parse_whole(typed, 1, 40, "Hours a week")

    assert str(refusal.value) == "Hours a week must be a whole number from 1 to 40."


@pytest.mark.parametrize("typed", ["12", " 12 ", "١٢", "0012"])
def test_whole_number_is_read(typed: str) -> None:
    assert parse_whole(typed, 1, 40, "Hours a week") == 12


def test_the_ends_of_a_range_are_in_it() -> None:
    assert [parse_whole(typed, 1, 40, "Hours a week") for typed in ("1", "40", "000000040")] == [1, 40, 40]


@pytest.mark.parametrize(
    ("typed", "study"),
    [
        pytest.param(" go : 60 ", ("go", 60), id="with spaces"),
        pytest.param("go:1", ("go", 1), id="least"),
        pytest.param("go:5000", ("go", 5000), id="most"),
        pytest.param("a:b:60", ("a:b", 60), id="the last colon counts"),
    ],
)
def test_study_hours_are_read(typed: str, study: tuple[str, int]) -> None:
    assert parse_study(typed) == study


@pytest.mark.parametrize(
    ("typed", "message"),
    [
        pytest.param("go", "Write study hours as skill:hours, not “go”.", id="no colon"),
        pytest.param(":90", "Write study hours as skill:hours, not “:90”.", id="no skill"),
        pytest.param("go:5001", "Study hours must be a whole number from 1 to 5,000.", id="too many"),
    ],
)
def test_what_is_wrong_with_study_hours_is_said(typed: str, message: str) -> None:
    with pytest.raises(Unreadable) as refusal:
        parse_study(typed)

    assert str(refusal.value) == message


@pytest.mark.parametrize("typed", ["", "kubernetes", ":90", "kubernetes:", "kubernetes:0", "kubernetes:9999", "a:b:c"])
def test_study_hours_that_are_unclear_are_refused(typed: str) -> None:
    with pytest.raises(Unreadable):
        parse_study(typed)


def test_query_leaves_out_defaults() -> None:
    profile = Profile(pay=115000.0, location="us-austin-tx", skills=("kubernetes",))

    assert write_query(profile, 1) == "salary=115000&location=us-austin-tx&skill=kubernetes&edition=1"


def test_query_names_no_skill_where_all_are_considered() -> None:
    profile = Profile(pay=115000.0, location="us", held=("docker",), study_hours=(("go", 60),))

    assert write_query(profile, 1) == "salary=115000&location=us&have=docker&study=go:60&edition=1"


def test_an_answer_of_nothing_is_written() -> None:
    profile = Profile(pay=115000.0, location="us", experience_years=0, hour_value=0.0)

    assert write_query(profile, 1) == "salary=115000&location=us&experience=0&hour=0&edition=1"


@pytest.mark.parametrize("pay", [9000.0, PayLevel.P25], ids=str)
def test_pay_is_called_right_for_itself_alone(pay: float | PayLevel) -> None:
    profile = Profile(pay=pay, location="us", confirmed_pay=12.0)

    assert "sure" not in write_query(profile, 1)


def test_query_has_every_answer_in_the_canonical_order() -> None:
    profile = Profile(
        pay=50000.5,
        location="de-berlin",
        town="Köpenick",
        skills=("go", "kubernetes"),
        held=("docker", "python"),
        weekly_hours=10,
        horizon_years=5,
        odds_percent=80,
        experience_years=7,
        hour_value=12.5,
        evidence=EvidenceChoice.ALL,
        study_hours=(("go", 60), ("kubernetes", 90)),
        confirmed_pay=50000.5,
    )

    query = write_query(profile, 3)

    assert query == (
        "salary=50000.5&location=de-berlin&town=K%C3%B6penick&skill=go&skill=kubernetes&have=docker&have=python&hours=10&years=5&odds=80"
        "&experience=7&hour=12.5&evidence=all&study=go:60&study=kubernetes:90&sure=50000.5"
        "&edition=3"
    )
    order = list(dict.fromkeys(name for name, _ in parse_qsl(query)))
    assert order == [name for name in Name if name != Name.PAY]


def test_query_with_a_pay_level_has_no_salary() -> None:
    profile = Profile(pay=PayLevel.P75, location="de-berlin", skills=("go",))

    pairs = parse_qsl(write_query(profile, 1))

    assert pairs == [("location", "de-berlin"), ("skill", "go"), ("edition", "1"), ("pay", "p75")]


@settings(derandomize=True)
@given(
    location=st.text(),
    skills=st.sets(st.text(), min_size=1, max_size=4),
    held=st.sets(st.text(min_size=1), max_size=3),
    hours=st.integers(1, 5000),
)
def test_query_is_what_urlencode_makes_of_its_answers(
    location: str, skills: set[str], held: set[str], hours: int
) -> None:
    chosen = tuple(sorted(skills))
    profile = Profile(
        pay=PayLevel.P50,
        location=location,
        skills=chosen,
        held=tuple(sorted(held - skills)),
        study_hours=((chosen[0], hours),),
    )

    query = write_query(profile, 1)

    pairs = parse_qsl(query, keep_blank_values=True)
    assert urlencode(pairs, safe=":") == query
    assert [value for name, value in pairs if name == "skill"] == list(chosen)
    assert ("location", location) in pairs
    assert ("study", f"{chosen[0]}:{hours}") in pairs


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


@pytest.mark.parametrize(
    ("without", "query"),
    [
        pytest.param((), "salary=115000&location=us&skill=go&study=go:60", id="all"),
        pytest.param((Name.SALARY, Name.STUDY), "location=us&skill=go", id="some"),
    ],
)
def test_answers_are_written_without_an_edition_and_what_is_left_out(without: tuple[Name, ...], query: str) -> None:
    profile = Profile(pay=115000.0, location="us", skills=("go",), study_hours=(("go", 60),))

    assert write_answers(profile, without) == query


def test_a_comparison_is_read_as_it_was_written() -> None:
    a, b = "salary=1&study=go:60&edition=1", "pay=p50&location=us&skill=c&edition=2"

    query = write_comparison(a, b)

    assert query == "a=salary=1%26study=go:60%26edition=1&b=pay=p50%26location=us%26skill=c%26edition=2"
    assert read_comparison(dict(parse_qsl(query))) == (a, b)


@pytest.mark.parametrize(
    ("given", "query"),
    [
        pytest.param({}, "", id="missing"),
        pytest.param({"a": " salary=1&location=us "}, "salary=1&location=us", id="query"),
        pytest.param({"a": "?salary=1"}, "salary=1", id="with its question mark"),
        pytest.param({"a": "https://example.org/verdict/?salary=1#path"}, "salary=1", id="whole address"),
        pytest.param({"a": "/verdict/?salary=1&location=what?"}, "salary=1&location=what?", id="two question marks"),
        pytest.param({"a": "?"}, "", id="question mark alone"),
        pytest.param({"a": "/verdict/?"}, "/verdict/?", id="address without answers"),
        pytest.param({"a": "location=what?&skill=go"}, "location=what?&skill=go", id="question mark in an answer"),
    ],
)
def test_a_side_of_a_comparison_may_be_a_whole_address(given: dict[str, str], query: str) -> None:
    assert read_comparison(given) == (query, "")


@pytest.mark.parametrize(
    "text", ["1" * 8_000, "1 " * 4_000, "ﷺ" * 121, "$" * 121], ids=["digits", "spaced", "ligature", "signs"]
)
def test_longer_than_any_answer_is_no_salary(text: str) -> None:
    with pytest.raises(Unreadable, match="…” is not an amount"):
        parse_salary(text)


@pytest.mark.parametrize(
    ("answers", "expected"),
    [
        pytest.param(WayAnswers(), "", id="none"),
        pytest.param(
            WayAnswers(
                to="de", to_town="Wedding", side_hours=5, side_rate=40.5, odds=(("ask", 20), ("switch-employer", 30))
            ),
            "&to=de&to_town=Wedding&side=5&rate=40.5&odds.ask=20&odds.switch-employer=30",
            id="all",
        ),
    ],
)
def test_query_of_ways_is_the_verdicts_and_then_what_is_said_about_ways(answers: WayAnswers, expected: str) -> None:
    profile = Profile(pay=115_000.0, location="us")

    assert write_ways_query(profile, 1, answers) == f"salary=115000&location=us&edition=1{expected}"
