"""What the form shows: answers as they are understood, choices, mistakes, skills to tick."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from django.http import QueryDict

from calculator.engine.profile import PayLevel
from calculator.forms import VerdictForm
from calculator.presenters.form import FormPresenter
from calculator.query import Name
from calculator.starting_sets import COMMON_SKILLS, offered_sets
from skills.editions.document import PublishedEdition


def present(query: str, published: PublishedEdition, *, is_submitted: bool = True) -> FormPresenter:
    return FormPresenter(VerdictForm(QueryDict(query), published, is_submitted=is_submitted))


@pytest.mark.parametrize(
    ("query", "errors"),
    [
        pytest.param("location=us", ["Enter your pay before tax."], id="none"),
        pytest.param("salary=-1&location=us", ["Your pay must be above zero."], id="salary"),
        pytest.param("pay=x&location=us", ["The pay level must be p10, p25, p50, p75 or p90."], id="level"),
        pytest.param(
            "salary=0&pay=x&location=us",
            ["Your pay must be above zero.", "The pay level must be p10, p25, p50, p75 or p90."],
            id="both",
        ),
        pytest.param("salary=1&period=week&location=us", ["Choose year, month, day or hour."], id="period"),
        pytest.param("salary=1&location=us", [], id="no mistake"),
    ],
)
def test_salary_period_and_level_are_one_question(query: str, errors: list[str], golden: PublishedEdition) -> None:
    assert present(query, golden).find_errors(Name.SALARY) == errors


def test_places_are_offered_with_the_query_that_takes_them(golden: PublishedEdition) -> None:
    shown = present("salary=9&location=portland&skill=go&skill=rust", golden)

    assert [choice.label for choice in shown.place_choices][:3] == [
        "Portland-Vancouver-Hillsboro, OR-WA, United States",
        "Portland-South Portland, ME, United States",
        "Portland, Texas, United States",
    ]
    for choice in shown.place_choices:
        taken = VerdictForm(QueryDict(choice.query), golden)
        assert taken.is_valid()
        assert taken.profile().skills == ("go", "rust")
        assert taken.meaning
        assert taken.meaning.label == choice.label


def test_salary_of_the_place_before_is_offered_converted_and_as_it_is(golden: PublishedEdition) -> None:
    moved = "salary=300000&location=us&skill=go&salary_currency={}"
    shown = present(moved.format("PLN"), golden)

    assert [choice.label for choice in shown.pay_choices] == ["Polish zlotys: about $76,000 a year", "$300,000 a year"]
    assert (shown.is_moved, shown.wrong_name, shown.salary_currency) == (True, Name.LOCATION, "PLN")
    for choice in shown.pay_choices:
        taken = VerdictForm(QueryDict(choice.query), golden)
        assert taken.is_valid()
        assert (taken.profile().location, taken.profile().skills) == ("us", ("go",))
    assert present(moved.format("USD"), golden).salary_currency == "USD"
    assert present("pay=p50&location=us", golden).salary_currency == ""


@pytest.mark.parametrize(
    ("query", "shown"),
    [
        pytest.param("location=us-austin-tx", "Austin", id="understood"),
        pytest.param("location=London", "London, United Kingdom", id="several of this name"),
        pytest.param("location=Zzyzland", "Zzyzland", id="unknown"),
        pytest.param("salary=9", "", id="none"),
    ],
)
def test_a_place_is_shown_by_its_name_or_as_typed(query: str, shown: str, golden: PublishedEdition) -> None:
    assert present(query, golden).location == shown


@pytest.mark.parametrize(
    ("query", "shown"),
    [
        pytest.param("salary=115k&location=us", "115,000", id="grouped"),
        pytest.param("salary=$115k&location=us", "115,000", id="the place's own sign"),
        pytest.param("salary=1800000&location=in", "18,00,000", id="grouped as in India"),
        pytest.param("salary=115k&location=Zzyzland", "115k", id="as typed while the place is unknown"),
        pytest.param("salary=$115k&location=Zzyzland", "$115k", id="sign without a place"),
        pytest.param("salary=50000.5&location=us", "50000.5", id="fraction"),
        pytest.param("salary=€90k&location=us", "€90k", id="wrong sign"),
        pytest.param("salary=lots&location=us", "lots", id="not an amount"),
    ],
)
def test_pay_is_shown_in_groups_where_it_is_understood(query: str, shown: str, golden: PublishedEdition) -> None:
    assert present(query, golden).salary == shown


@pytest.mark.parametrize(
    ("query", "level"),
    [
        pytest.param("pay=p75&location=us", "p75", id="level"),
        pytest.param("salary=9&pay=p75&location=us", "", id="salary in its place"),
        pytest.param("location=us", "", id="neither"),
    ],
)
def test_a_level_is_kept_while_there_is_no_salary(query: str, level: str, golden: PublishedEdition) -> None:
    assert present(query, golden).pay_level == level


@pytest.mark.parametrize(
    ("query", "name", "shown"),
    [
        pytest.param("evidence=all", "evidence", "all", id="given"),
        pytest.param("evidence=", "evidence", "measured", id="blank"),
        pytest.param("", "hours", "6", id="default"),
        pytest.param("hours=lots", "hours", "lots", id="as typed"),
        pytest.param("experience=0", "experience", "0", id="nothing is an answer"),
        pytest.param("", "experience", "", id="no default"),
        pytest.param("salary=115k", "salary", "115k", id="salary"),
        pytest.param("location=Zzyzland", "location", "Zzyzland", id="place"),
    ],
)
@pytest.mark.parametrize("is_submitted", [True, False], ids=["submitted", "home"])
def test_a_field_shows_the_answer_or_what_counts_without_one(
    query: str, name: str, shown: str, is_submitted: bool, golden: PublishedEdition
) -> None:
    assert present(query, golden, is_submitted=is_submitted).write_value(name) == shown


@pytest.mark.parametrize(
    ("query", "hour", "currency"),
    [
        pytest.param("salary=9&location=us&hour=12,50", "12.5", "USD", id="understood"),
        pytest.param("salary=9&location=us&hour=0", "0", "USD", id="nothing is an answer"),
        pytest.param("salary=9&location=pl&hour=20&currency=USD", "", "PLN", id="dropped"),
        pytest.param("salary=9&location=Zzyzland&hour=20&currency=USD", "20", "USD", id="place unknown"),
        pytest.param("salary=9&location=Zzyzland&hour=20", "20", "", id="place unknown, no currency"),
        pytest.param("salary=9&location=us", "", "", id="no amounts"),
        pytest.param("salary=9&location=us&side=5&rate=50", "", "USD", id="pay for side work"),
        pytest.param("salary=9&location=us&sure=9", "", "USD", id="pay that was called right"),
    ],
)
def test_amounts_are_sent_with_their_currency(query: str, hour: str, currency: str, golden: PublishedEdition) -> None:
    shown = present(query, golden)

    assert (shown.write_value("hour"), shown.currency) == (hour, currency)


@pytest.mark.parametrize(
    ("query", "salary", "period"),
    [
        pytest.param("salary=9500&period=month&location=us", "114,000", "year", id="understood"),
        pytest.param("salary=9500&period=month&location=Zzyzland", "9500", "month", id="place unknown"),
        pytest.param("salary=9500 a month&location=Zzyzland", "9500 a month", "year", id="typed"),
        pytest.param("salary=9500.55&location=us", "9500.55", "year", id="fraction"),
        pytest.param("pay=p50&location=us", "", "year", id="level"),
    ],
)
def test_a_salary_is_shown_a_year_once_it_is_understood(
    query: str, salary: str, period: str, golden: PublishedEdition
) -> None:
    shown = present(query, golden)

    assert (shown.salary, shown.period) == (salary, period)


@pytest.mark.parametrize(
    ("query", "choices"),
    [
        pytest.param(
            "salary=18 LPA&period=month&location=in",
            [("₹18,00,000 a year", "1800000", "year"), ("₹18,00,000 a month", "21600000", "year")],
            id="a month chosen",
        ),
        pytest.param(
            "salary=9500/year&period=month&location=Zzyzland",
            [("9,500 a year", "9500", "year"), ("9,500 a month", "114000", "year")],
            id="place unknown",
        ),
        pytest.param("salary=18 LPA&period=year&location=in", [], id="the same period"),
    ],
)
def test_two_periods_are_answered_in_one_tap(
    query: str, choices: list[tuple[str, str, str]], golden: PublishedEdition
) -> None:
    shown = present(f"{query}&skill=go&was=salary%3D9", golden)
    queries = [QueryDict(choice.query) for choice in shown.pay_choices]
    assert [
        (choice.label, each["salary"], each["period"]) for choice, each in zip(shown.pay_choices, queries, strict=True)
    ] == choices
    assert all((each["skill"], "was" in each) == ("go", False) for each in queries)


@pytest.mark.parametrize(
    ("query", "text"),
    [
        pytest.param(
            "salary=9,500&period=month&location=us",
            "We read $9,500 a month as $114,000 a year.",
            id="a month is chosen",
        ),
        pytest.param(
            "salary=£450 a day&location=gb", "We read £450 a day as £99,000 a year, with 220 days.", id="a day is typed"
        ),
        pytest.param(
            "salary=$60/hr&location=us",
            "We read $60 an hour as $124,800 a year, with 2,080 hours.",
            id="an hour is typed",
        ),
        pytest.param("salary=18 lacs&location=in", "We read “18 lacs” as ₹18,00,000 a year.", id="a unit"),
        pytest.param("salary=115k&location=Zzyzland", "We read “115k” as 115,000 a year.", id="place unknown"),
        pytest.param(
            "salary=60.50/hr&location=us", "We read $60.5 an hour as $125,840 a year, with 2,080 hours.", id="cents"
        ),
        pytest.param("salary=115.000&location=Zzyzland", "", id="nothing to say"),
        pytest.param(
            "salary=114,000&location=us", "$9,500 a month, about $518 a day, about $55 an hour.", id="by other periods"
        ),
        pytest.param(
            "salary=115000&location=us", "About $9,583 a month, about $523 a day, about $55 an hour.", id="about"
        ),
        pytest.param("pay=p50&location=us", "", id="level"),
        pytest.param("salary=lots&location=us", "", id="mistake"),
        pytest.param("location=us", "", id="nothing"),
    ],
)
def test_what_was_understood_is_said_in_one_line(query: str, text: str, golden: PublishedEdition) -> None:
    assert present(query, golden).pay_reading_text.replace("\u00a0", " ") == text


def test_nothing_is_said_of_pay_before_it_is_sent(golden: PublishedEdition) -> None:
    assert present("salary=9500/month&location=us", golden, is_submitted=False).pay_reading_text == ""


@pytest.mark.parametrize(
    ("query", "choices"),
    [
        pytest.param("salary=100-120k&location=us", ["$100,000 a year", "$120,000 a year"], id="a range"),
        pytest.param("salary=£400-450 a day&location=gb", ["£400 a day", "£450 a day"], id="a range with a period"),
        pytest.param("salary=1.250k&location=jp", ["¥1,250,000 a year", "¥1,250 a year"], id="a mark that may group"),
        pytest.param("salary=4.000 € x 14&location=es", ["€56,000 a year", "€4,000 a year"], id="payments a year"),
        pytest.param("salary=3.000 € netto/Monat&location=de", ["€3,000 a month"], id="after tax"),
        pytest.param(
            "salary=€48,000&location=us", ["Euros: about $54,000 a year", "$48,000 a year"], id="another currency"
        ),
        pytest.param(
            "salary=¥7.5M&location=us",
            ["Japanese yen: about $48,000 a year", "$7,500,000 a year"],
            id="of two currencies, the one whose pay is likely",
        ),
        pytest.param(
            "salary=60 000 лв&location=bg-sofia",
            ["Bulgarian leva: about €31,000 a year", "€60,000 a year"],
            id="a currency that the euro has replaced",
        ),
        pytest.param(
            "salary=2 000 000 ₽&location=ru",
            ["I do not know it in US dollars: use the middle, $45,000 a year"],
            id="no exchange rate, and no pay in dollars",
        ),
        pytest.param(
            "salary=60 000 ₽&location=ru",
            ["$60,000 a year", "I do not know it in US dollars: use the middle, $45,000 a year"],
            id="no exchange rate",
        ),
        pytest.param(
            "salary=€9&location=us", ["Euros: about $10 a year", "$9 a year"], id="another currency, and far outside"
        ),
        pytest.param("salary=€48,000&location=Zzyzland", [], id="place unknown"),
        pytest.param("salary=lots&location=us", [], id="no amount"),
    ],
)
def test_pay_that_may_be_meant_is_offered(query: str, choices: list[str], golden: PublishedEdition) -> None:
    assert [choice.label.replace("\u00a0", " ") for choice in present(query, golden).pay_choices] == choices


def test_offered_middle_takes_the_place_of_the_pay(golden: PublishedEdition) -> None:
    choice = present("salary=2 000 000 ₽&period=month&location=ru&skill=go", golden).pay_choices[-1]

    form = VerdictForm(QueryDict(choice.query), golden)
    assert form.is_valid()
    assert (form.profile().pay, form.profile().skills) == (PayLevel.P50, ("go",))


def test_offered_pay_answers_the_question(golden: PublishedEdition) -> None:
    choices = present("salary=4 000 €/mois&location=us&skill=go&was=salary%3D9", golden).pay_choices

    forms = [VerdictForm(QueryDict(choice.query), golden) for choice in choices]
    assert all(form.is_valid() for form in forms)
    assert [(form.profile().pay, form.profile().skills) for form in forms] == [(53_626, ("go",)), (48_000, ("go",))]


@pytest.mark.parametrize(
    ("query", "text"),
    [
        pytest.param("pay=p75&location=us", "pay where one in four earns more", id="level"),
        pytest.param("pay=p60&location=us", "", id="no such level"),
        pytest.param("salary=9&location=us", "", id="salary"),
    ],
)
def test_a_level_is_put_in_words(query: str, text: str, golden: PublishedEdition) -> None:
    assert present(query, golden).pay_level_text == text


def test_mistakes_are_listed_in_the_order_of_the_fields_with_their_ids(golden: PublishedEdition) -> None:
    shown = present("pay=p60&location=Zzyzland&skill=zzzz&hours=99&period=week", golden)

    assert [field for field, _ in shown.mistakes] == ["id_salary", "id_salary", "id_location", "id_hours", "id_skill"]


@pytest.mark.parametrize(
    ("query", "has_options"),
    [
        pytest.param(
            "salary=9&location=us&have=go&hours=6&years=3&odds=50&experience=&hour=&evidence=measured&study.go=",
            False,
            id="as they are",
        ),
        pytest.param("odds=51", True, id="odds"),
        pytest.param("experience=0", True, id="experience"),
        pytest.param("hour=0", True, id="worth of an hour"),
        pytest.param("study.kubernetes=9", True, id="study"),
        pytest.param("skill=go", True, id="skills to compare"),
        pytest.param("evidence=rumours", True, id="mistake"),
    ],
)
def test_answers_under_more_options_are_noticed(query: str, has_options: bool, golden: PublishedEdition) -> None:
    assert present(query, golden).has_options is has_options


def test_ticked_skills_and_own_hours_are_shown_again(golden: PublishedEdition) -> None:
    shown = present("skill=kubernetes&skill=go&skill=cobol&study=go:77&study.kubernetes=no&have=rust", golden)

    assert shown.find_ticked(Name.SKILL) == {"kubernetes", "go"}
    assert shown.find_ticked(Name.HAVE) == {"rust"}
    assert shown.own_hours == {"go": "77", "kubernetes": "no"}
    assert shown.count_text == ""


def test_too_many_ticked_skills_are_counted(golden: PublishedEdition) -> None:
    slugs = sorted(golden.edition.skills)[:11]
    query = "&".join(f"skill={slug}" for slug in slugs)

    assert present(query, golden).count_text == "You chose 11\u00a0skills; compare up to 10."


@pytest.mark.parametrize(
    ("query", "is_submitted", "slugs"),
    [
        pytest.param("skill=go&study=kafka:9", True, {"go"}, id="chosen"),
        pytest.param("salary=9&location=us&have=go&study=kafka:9", True, None, id="all considered"),
        pytest.param("salary=lots&have=go&study=kafka:9", True, {"kafka"}, id="no verdict"),
        pytest.param("have=go&study=kafka:9", False, {"kafka"}, id="home"),
    ],
)
def test_study_hours_may_be_given_for_considered_skills(
    query: str, is_submitted: bool, slugs: set[str] | None, golden: PublishedEdition
) -> None:
    options = present(query, golden, is_submitted=is_submitted).study_options

    expected = set(golden.edition.skills) - {"go"} if slugs is None else slugs
    assert {option.slug for option in options} == expected


def test_default_worth_of_an_hour_is_said(golden: PublishedEdition) -> None:
    constants = replace(golden.edition.constants, free_hour_share=0.2)
    other = replace(golden, edition=replace(golden.edition, constants=constants))

    assert present("", golden).write_hint("hour") == "a quarter of your hourly pay if you do not say"
    assert present("", other).write_hint("hour") == "20% of your hourly pay if you do not say"


def test_ranges_are_shown_next_to_the_fields(golden: PublishedEdition) -> None:
    shown = present("", golden)

    hints = {name: shown.write_hint(name) for name in ("hours", "years", "odds", "experience")}
    assert hints == {
        "hours": "1 to 40",
        "years": "1 to 10",
        "odds": "in %, 10 to 100",
        "experience": "if you like, 0 to 50",
    }


def test_a_starting_set_is_added_on_the_home_page_alone(golden: PublishedEdition) -> None:
    home = present("set=language&skill=kafka", golden, is_submitted=False)
    sent = present("set=language&skill=kafka", golden)

    assert (sent.find_ticked(Name.SKILL), sent.added_text) == ({"kafka"}, "")
    assert home.find_ticked(Name.SKILL) == {"kafka", *offered_sets(golden.edition)[-1].skills}
    assert home.added_text.replace("\u00a0", " ") == "Added 5 skills: C++, Go, Kotlin, Rust and Scala."


def test_skills_that_may_be_known_are_the_common_ones_and_the_ticked_ones_first(golden: PublishedEdition) -> None:
    first, others = present("have=rust&have=nonsense", golden, is_submitted=False).split_skills()

    assert "rust" in first
    assert set(COMMON_SKILLS) <= set(first)
    assert sorted([*first, *others]) == sorted(golden.edition.skills)


def test_boxes_are_written_in_the_order_asked_for_and_those_of_the_query_are_ticked(golden: PublishedEdition) -> None:
    boxes = present("have=rust", golden, is_submitted=False).write_boxes("have", ["go", "rust"])

    assert re.findall(r'name="have" value="(\w+)"[^>]*?( checked)?>', boxes) == [("go", ""), ("rust", " checked")]


@pytest.mark.parametrize(
    ("query", "name"),
    [
        pytest.param("salary=lots&location=us", "salary", id="pay"),
        pytest.param("salary=100&location=us&hours=60", "hours", id="hours"),
        pytest.param("salary=100&location=us&odds=3", "odds", id="odds"),
        pytest.param("salary=100&location=us&skill=go&study=go:lots", "study", id="study-hours"),
    ],
)
def test_the_first_mistake_is_named(golden: PublishedEdition, query: str, name: str) -> None:
    assert present(query, golden).wrong_name == name
