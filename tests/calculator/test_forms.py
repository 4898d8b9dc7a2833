"""The visitor's answers: each understood by itself, then all together as a profile; mistakes say what to do."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.http import QueryDict

from calculator.engine.edition import EvidenceChoice
from calculator.engine.profile import EXPERIENCE_YEARS, WEEKLY_HOURS, PayLevel, Profile
from calculator.form_fields import OptionField, SlugsField, TextField, WholeField
from calculator.forms import VerdictForm
from calculator.query import Name
from calculator.starting_sets import COMMON_SKILLS
from skills.editions.document import PublishedEdition, Sealed, read_edition
from tests.golden.answers import answers_file, edition_file, read_answers

PLAIN = "salary=115000&location=us-austin-tx&skill=kubernetes"
ELEVEN = "&".join(
    f"skill={slug}"
    for slug in (
        *("ai-ml-integration", "ci-cd", "cloud-architecture", "docker", "go", "kafka", "kubernetes", "postgresql"),
        *("python", "redis", "rust"),
    )
)


@pytest.fixture(scope="module")
def golden() -> PublishedEdition:
    """Edition 1 as it was published, without a database."""
    checksum = read_answers(answers_file(1, 2))["checksum"]
    return read_edition(Sealed(content=edition_file(1).read_bytes(), checksum=checksum), 1)


def form_of(query: str, published: PublishedEdition, *, is_submitted: bool = True) -> VerdictForm:
    return VerdictForm(QueryDict(query), published, is_submitted=is_submitted)


def profile_of(query: str, published: PublishedEdition) -> Profile:
    form = form_of(query, published)
    assert form.is_valid(), form.errors
    return form.profile()


def errors_of(query: str, published: PublishedEdition) -> dict[str, list[str]]:
    return {name: [str(error) for error in errors] for name, errors in form_of(query, published).errors.items()}


def test_the_least_answers_make_a_profile_with_every_default(golden: PublishedEdition) -> None:
    assert profile_of(PLAIN, golden) == Profile(pay=115000.0, location="us-austin-tx", skills=("kubernetes",))


def test_without_chosen_skills_all_are_considered(golden: PublishedEdition) -> None:
    query = "salary=115000&location=us-austin-tx&skill=&have=docker&study=go:60&study=docker:9"

    assert profile_of(query, golden) == Profile(
        pay=115000.0, location="us-austin-tx", skills=None, held=("docker",), study_hours=(("go", 60),)
    )


def test_every_answer_reaches_the_profile(golden: PublishedEdition) -> None:
    query = (
        "salary=€90k&location=Berlin&skill=rust&skill=go&skill=rust&have=python&have=docker&hours=10&years=5&odds=80"
        "&experience=7&hour=12,50 €&evidence=all&study=rust:70&study.go=60"
    )

    assert profile_of(query, golden) == Profile(
        pay=90000.0,
        location="de-berlin",
        skills=("go", "rust"),
        held=("docker", "python"),
        weekly_hours=10,
        horizon_years=5,
        odds_percent=80,
        experience_years=7,
        hour_value=12.5,
        evidence=EvidenceChoice.ALL,
        study_hours=(("go", 60), ("rust", 70)),
    )


def test_nothing_is_an_answer_to_experience_and_to_the_worth_of_an_hour(golden: PublishedEdition) -> None:
    profile = profile_of(f"{PLAIN}&experience=0&hour=0", golden)

    assert (profile.experience_years, profile.hour_value) == (0, 0)


def test_blank_answers_have_their_defaults_and_unknown_names_say_nothing(golden: PublishedEdition) -> None:
    query = f"{PLAIN}&hours=&years=&odds=&experience=&hour=&evidence=&study=&have=&pay=&tilt=9&confidence=1"

    assert profile_of(query, golden) == profile_of(PLAIN, golden)


@pytest.mark.parametrize(
    ("query", "pay"),
    [
        pytest.param("pay=p75", PayLevel.P75, id="level"),
        pytest.param("pay=P90", PayLevel.P90, id="capital letter"),
        pytest.param("salary=50000&pay=p75", 50000.0, id="a salary beats a level"),
        pytest.param("salary=&pay=p10", PayLevel.P10, id="blank salary"),
    ],
)
def test_pay_is_a_salary_or_a_level(query: str, pay: float | PayLevel, golden: PublishedEdition) -> None:
    assert profile_of(f"{query}&location=us&skill=go", golden).pay == pay


@pytest.mark.parametrize(
    ("query", "field", "message"),
    [
        pytest.param("location=us&skill=go", "salary", "Enter your pay before tax.", id="no pay"),
        pytest.param("salary=0&location=us&skill=go", "salary", "Your pay must be above zero.", id="pay of zero"),
        pytest.param(
            "pay=p60&location=us&skill=go",
            "pay",
            "The pay level must be p10, p25, p50, p75 or p90.",
            id="no such pay level",
        ),
        pytest.param(
            "salary=€9&location=us&skill=go",
            "salary",
            "Pay in United States is counted in US dollars ($), but you typed €.",
            id="sign of another currency",
        ),
        pytest.param(
            "salary=9 eur&location=us&skill=go",
            "salary",
            "Pay in United States is counted in US dollars ($), but you typed EUR.",
            id="code of another currency",
        ),
        pytest.param(
            "salary=9&skill=go",
            "location",
            "Enter the city, region or country that you are paid in.",
            id="no place",
        ),
        pytest.param(
            "salary=9&location=Atlantis&skill=go",
            "location",
            "We do not know “Atlantis”. Try the nearest larger city, or the country in English.",
            id="unknown place",
        ),
        pytest.param(
            "salary=9&location=EU&skill=go",
            "location",
            "“EU” is not one labour market. Enter the country that you are paid in.",
            id="area of many labour markets",
        ),
        pytest.param(
            "salary=9&location=seatle&skill=go",
            "location",
            "We do not know “seatle”. Did you mean one of the places below?",
            id="misspelt place",
        ),
        pytest.param(
            "salary=9&location=portland&skill=go",
            "location",
            "“portland” may be several places. Choose one below, or add the country.",
            id="several places",
        ),
        pytest.param(
            f"salary=9&location=us&{ELEVEN}",
            "skill",
            "You chose 11\u00a0skills; compare up to 10.",
            id="too many skills",
        ),
        pytest.param(
            "salary=9&location=us&skill=kubernets",
            "skill",
            "We do not know the skill “kubernets”. Did you mean Kubernetes?",
            id="misspelt skill",
        ),
        pytest.param(
            "salary=9&location=us&skill=zzzz&skill=go",
            "skill",
            "We do not know the skill “zzzz”. Choose others.",
            id="unknown skill",
        ),
        pytest.param(
            "salary=9&location=us&skill=go&have=go",
            "have",
            "You have all the skills you chose. Choose at least one that you do not have yet.",
            id="all skills held",
        ),
        pytest.param(
            "salary=9&location=us&skill=docker&have=kubernetes",
            "have",
            "You have all the skills you chose: what a skill you have requires counts as yours too."
            " Choose at least one that you do not have yet.",
            id="all skills required by held ones",
        ),
        pytest.param(
            "salary=9&location=us&skill=go&have=qqq",
            "have",
            "We do not know the skill “qqq”. Choose others.",
            id="unknown held skill",
        ),
        pytest.param(
            f"{PLAIN}&hours=41",
            "hours",
            "Hours of study a week must be a whole number from 1 to 40.",
            id="too many hours",
        ),
        pytest.param(
            f"{PLAIN}&years=0", "years", "Years to look ahead must be a whole number from 1 to 10.", id="no years"
        ),
        pytest.param(
            f"{PLAIN}&odds=9", "odds", "How likely it is must be a whole number from 10 to 100.", id="low odds"
        ),
        pytest.param(
            f"{PLAIN}&experience=51",
            "experience",
            "Years of work must be a whole number from 0 to 50.",
            id="too much experience",
        ),
        pytest.param(
            f"{PLAIN}&hour=-1",
            "hour",
            "An hour of your own must be worth from 0 to 1,000,000,000.",
            id="hour below zero",
        ),
        pytest.param(
            f"{PLAIN}&hour=€9",
            "hour",
            "Pay in Austin-Round Rock-San Marcos, TX, United States is counted in US dollars ($), but you typed €.",
            id="hour in another currency",
        ),
        pytest.param(f"{PLAIN}&evidence=rumours", "evidence", "Choose measured, all or headline.", id="evidence"),
        pytest.param(f"{PLAIN}&study=go", "study", "Write study hours as skill:hours, not “go”.", id="unclear study"),
        pytest.param(
            f"{PLAIN}&study.go=0", "study", "Study hours must be a whole number from 1 to 5,000.", id="no study hours"
        ),
        pytest.param(
            f"{PLAIN}&study=zzzz:9",
            "study",
            "We do not know the skill “zzzz”. Choose others.",
            id="study of an unknown skill",
        ),
        pytest.param(
            f"{PLAIN}&location={'a' * 121}", "location", "This is too long. Use up to 120 characters.", id="too long"
        ),
    ],
)
def test_a_mistake_is_told_at_its_own_field(query: str, field: str, message: str, golden: PublishedEdition) -> None:
    assert errors_of(query, golden) == {field: [message]}


def test_who_has_every_skill_is_asked_to_leave_one(golden: PublishedEdition) -> None:
    required = {"docker", "python"}
    held = "&".join(f"have={slug}" for slug in sorted(golden.edition.skills) if slug not in required)

    errors = errors_of(f"salary=9&location=us&{held}", golden)

    assert errors == {"have": ["You have all the skills there are. Take away at least one to learn."]}


def test_every_mistake_is_told_at_once(golden: PublishedEdition) -> None:
    query = "salary=lots&location=&skill=x&have=x&hours=x&experience=x&hour=x&evidence=?&study=:"

    assert set(errors_of(query, golden)) == {
        *("salary", "location", "skill", "have", "hours", "experience", "hour", "evidence", "study"),
    }


@pytest.mark.parametrize(
    ("query", "told"),
    [
        pytest.param("location=us", ["Enter your pay before tax."], id="none"),
        pytest.param("salary=-1&location=us", ["Your pay must be above zero."], id="salary"),
        pytest.param("pay=x&location=us", ["The pay level must be p10, p25, p50, p75 or p90."], id="level"),
        pytest.param(
            "salary=0&pay=x&location=us",
            ["Your pay must be above zero.", "The pay level must be p10, p25, p50, p75 or p90."],
            id="both",
        ),
        pytest.param("salary=1&period=week&location=us", ["Choose year or month."], id="period"),
        pytest.param("salary=1&location=us", [], id="no mistake"),
    ],
)
def test_salary_period_and_level_are_one_question(query: str, told: list[str], golden: PublishedEdition) -> None:
    assert form_of(query, golden).errors_at(Name.SALARY) == told


def test_held_skills_and_what_is_said_of_skills_not_chosen_leave_the_profile(golden: PublishedEdition) -> None:
    profile = profile_of(f"{PLAIN}&skill=go&have=go&study.go=9&study=kubernetes:50", golden)

    assert profile.skills == ("kubernetes",)
    assert profile.held == ("go",)
    assert profile.study_hours == (("kubernetes", 50),)


def test_what_a_held_skill_requires_is_held_too(golden: PublishedEdition) -> None:
    profile = profile_of("salary=9&location=us&skill=docker&skill=go&have=kubernetes&study=docker:9", golden)

    assert (profile.skills, profile.held, profile.study_hours) == (("go",), ("kubernetes",), ())


def test_ten_skills_may_be_chosen_beside_held_ones(golden: PublishedEdition) -> None:
    form = form_of(f"salary=9&location=us&{ELEVEN}&have=go", golden)

    assert form.is_valid()
    assert len(form.profile().skills or ()) == 10
    assert form.count_text() == "You chose 11\u00a0skills; compare up to 10.", "eleven are still ticked"


def test_a_blank_study_field_says_nothing_and_a_repeated_answer_counts_by_its_last(golden: PublishedEdition) -> None:
    profile = profile_of(f"{PLAIN}&hours=5&hours=9&study.kubernetes=+", golden)

    assert profile.weekly_hours == 9
    assert profile.study_hours == ()


def test_places_are_offered_with_the_query_that_takes_them(golden: PublishedEdition) -> None:
    form = form_of("salary=9&location=portland&skill=go&skill=rust", golden)

    assert not form.is_valid()
    assert [choice.label for choice in form.place_choices] == [
        "Portland-Vancouver-Hillsboro, OR-WA, United States",
        "Portland-South Portland, ME, United States",
    ]
    for choice in form.place_choices:
        taken = form_of(choice.query, golden)
        assert taken.is_valid()
        assert taken.profile().skills == ("go", "rust")
        assert taken.published.places.label(taken.profile().location) == choice.label


@pytest.mark.parametrize(
    ("query", "shown"),
    [
        pytest.param("location=us-austin-tx", "Austin", id="understood"),
        pytest.param("location=London", "London, United Kingdom", id="several of this name"),
        pytest.param("location=Atlantis", "Atlantis", id="unknown"),
        pytest.param("salary=9", "", id="none"),
    ],
)
def test_a_place_is_shown_by_its_name_or_as_typed(query: str, shown: str, golden: PublishedEdition) -> None:
    assert form_of(query, golden).location_shown() == shown


@pytest.mark.parametrize(
    ("query", "shown"),
    [
        pytest.param("salary=115k&location=us", "115,000", id="grouped"),
        pytest.param("salary=$115k&location=us", "115,000", id="the place's own sign"),
        pytest.param("salary=1800000&location=in", "18,00,000", id="grouped as in India"),
        pytest.param("salary=115k&location=Atlantis", "115,000", id="place unknown"),
        pytest.param("salary=$115k&location=Atlantis", "$115k", id="sign without a place"),
        pytest.param("salary=50000.5&location=us", "50000.5", id="fraction"),
        pytest.param("salary=€90k&location=us", "€90k", id="wrong sign"),
        pytest.param("salary=lots&location=us", "lots", id="not an amount"),
    ],
)
def test_pay_is_shown_in_groups_where_it_is_understood(query: str, shown: str, golden: PublishedEdition) -> None:
    assert form_of(query, golden).salary_shown() == shown


@pytest.mark.parametrize(
    ("query", "level"),
    [
        pytest.param("pay=p75&location=us", "p75", id="level"),
        pytest.param("salary=9&pay=p75&location=us", "", id="salary in its place"),
        pytest.param("location=us", "", id="neither"),
    ],
)
def test_a_level_is_kept_while_there_is_no_salary(query: str, level: str, golden: PublishedEdition) -> None:
    assert form_of(query, golden).pay_level() == level


@pytest.mark.parametrize(
    ("query", "name", "shown"),
    [
        pytest.param("evidence=all", "evidence", "all", id="given"),
        pytest.param("evidence=", "evidence", "measured", id="blank"),
        pytest.param("", "hours", "6", id="default"),
        pytest.param("hours=lots", "hours", "lots", id="as typed"),
        pytest.param("experience=0", "experience", "0", id="nothing is an answer"),
        pytest.param("", "experience", "", id="no default"),
        pytest.param("salary=115k", "salary", "115,000", id="salary"),
        pytest.param("location=Atlantis", "location", "Atlantis", id="place"),
    ],
)
@pytest.mark.parametrize("is_submitted", [True, False], ids=["submitted", "home"])
def test_a_field_shows_the_answer_or_what_counts_without_one(
    query: str, name: str, shown: str, is_submitted: bool, golden: PublishedEdition
) -> None:
    assert form_of(query, golden, is_submitted=is_submitted).shown(name) == shown


@pytest.mark.parametrize(
    ("query", "salary", "period"),
    [
        pytest.param("salary=9500&period=month&location=us", "114,000", "year", id="understood"),
        pytest.param("salary=9500&period=month&location=Atlantis", "9,500", "month", id="place unknown"),
        pytest.param("salary=9500 a month&location=Atlantis", "9500 a month", "year", id="typed"),
        pytest.param("salary=9500.55&location=us", "9500.55", "year", id="fraction"),
        pytest.param("pay=p50&location=us", "", "year", id="level"),
    ],
)
def test_a_salary_is_shown_a_year_once_it_is_understood(
    query: str, salary: str, period: str, golden: PublishedEdition
) -> None:
    form = form_of(query, golden)

    assert (form.salary_shown(), form.period_shown()) == (salary, period)


def test_a_period_counts_only_where_it_is_chosen(golden: PublishedEdition) -> None:
    place = "location=us&skill=go"

    assert profile_of(f"salary=9500/month&{place}", golden).pay == 114_000
    assert profile_of(f"salary=9500/month&period=&{place}", golden).pay == 114_000
    assert profile_of(f"salary=9500&period=month&{place}", golden).pay == 114_000
    assert profile_of(f"salary=9500/month&period=year&{place}", golden).pay == 114_000, "a year is chosen by default"
    assert errors_of(f"salary=9500/year&period=month&{place}", golden) == {
        "salary": ["You typed pay a year and chose a month. Which is right?"]
    }


@pytest.mark.parametrize(
    ("query", "choices"),
    [
        pytest.param(
            "salary=18 LPA&period=month&location=in",
            [("₹18,00,000 a year", "1800000", "year"), ("₹18,00,000 a month", "1800000", "month")],
            id="a month chosen",
        ),
        pytest.param(
            "salary=9500/year&period=month&location=Atlantis",
            [("9,500 a year", "9500", "year"), ("9,500 a month", "9500", "month")],
            id="place unknown",
        ),
        pytest.param("salary=18 LPA&period=year&location=in", [], id="the same period"),
    ],
)
def test_two_periods_are_answered_in_one_tap(
    query: str, choices: list[tuple[str, str, str]], golden: PublishedEdition
) -> None:
    form = form_of(f"{query}&skill=go&was=salary%3D9", golden)
    form.is_valid()

    queries = [QueryDict(choice.query) for choice in form.pay_choices()]
    assert [
        (choice.label, each["salary"], each["period"]) for choice, each in zip(form.pay_choices(), queries, strict=True)
    ] == choices
    assert all((each["skill"], "was" in each) == ("go", False) for each in queries)


@pytest.mark.parametrize(
    ("query", "text"),
    [
        pytest.param("salary=15000&period=month&location=pl", "PLN\u00a015,000 a month", id="whole"),
        pytest.param("salary=115000&location=us", "About $9,583 a month", id="about"),
        pytest.param("pay=p50&location=us", "", id="level"),
        pytest.param("salary=lots&location=us", "", id="mistake"),
    ],
)
def test_a_salary_is_told_by_the_month_too(query: str, text: str, golden: PublishedEdition) -> None:
    assert form_of(query, golden).monthly_pay_text() == text


@pytest.mark.parametrize(
    ("query", "text"),
    [
        pytest.param("pay=p75&location=us", "pay where one in four earns more", id="level"),
        pytest.param("pay=p60&location=us", "", id="no such level"),
        pytest.param("salary=9&location=us", "", id="salary"),
    ],
)
def test_a_level_is_told_in_words(query: str, text: str, golden: PublishedEdition) -> None:
    assert form_of(query, golden).pay_level_text() == text


def test_mistakes_are_listed_in_the_order_of_the_fields_with_their_ids(golden: PublishedEdition) -> None:
    form = form_of("pay=p60&location=Atlantis&skill=zzzz&hours=99&period=week", golden)

    assert [field for field, _ in form.mistakes()] == ["id_salary", "id_salary", "id_location", "id_hours", "id_skill"]


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
    assert form_of(query, golden).has_options() is has_options


def test_ticked_skills_and_own_hours_are_shown_again(golden: PublishedEdition) -> None:
    form = form_of("skill=kubernetes&skill=go&skill=cobol&study=go:77&study.kubernetes=no&have=rust", golden)

    assert form.ticked(Name.SKILL) == {"kubernetes", "go"}
    assert form.ticked(Name.HAVE) == {"rust"}
    assert form.own_hours == {"go": "77", "kubernetes": "no"}
    assert form.count_text() == ""


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
    options = form_of(query, golden, is_submitted=is_submitted).study_options

    expected = set(golden.edition.skills) - {"go"} if slugs is None else slugs
    assert {option.slug for option in options} == expected


def test_default_worth_of_an_hour_is_said(golden: PublishedEdition) -> None:
    constants = replace(golden.edition.constants, free_hour_share=0.2)
    other = replace(golden, edition=replace(golden.edition, constants=constants))

    assert form_of("", golden).hint("hour") == "a quarter of your hourly pay if you do not say"
    assert form_of("", other).hint("hour") == "20% of your hourly pay if you do not say"


def test_ranges_are_said_beside_the_fields(golden: PublishedEdition) -> None:
    form = form_of("", golden)

    hints = {name: form.hint(name) for name in ("hours", "years", "odds", "experience")}
    assert hints == {
        "hours": "1 to 40",
        "years": "1 to 10",
        "odds": "in %, 10 to 100",
        "experience": "if you like, 0 to 50",
    }


def test_a_starting_set_is_added_on_the_home_page_alone(golden: PublishedEdition) -> None:
    home = form_of("set=language&skill=kafka", golden, is_submitted=False)
    sent = form_of("set=language&skill=kafka", golden)

    assert (sent.ticked(Name.SKILL), sent.added_text()) == ({"kafka"}, "")
    assert home.ticked(Name.SKILL) == {"kafka", *home.starting_sets()[-1].skills}
    assert home.added_text().replace("\u00a0", " ") == "Added 5 skills: C++, Go, Kotlin, Rust and Scala."


@pytest.mark.parametrize(
    ("value", "text"),
    [(None, ""), ("  a\x00b ", "ab"), ("é" * 120, "é" * 120)],
    ids=["none", "null character", "longest"],
)
def test_a_text_is_without_what_no_answer_can_hold(value: Any, text: str) -> None:
    assert TextField().clean(value) == text


@pytest.mark.parametrize(
    ("value", "slugs"),
    [(None, ()), (["b", " a ", "b", " ", "\x00"], ("a", "b"))],
    ids=["none", "blank and repeated"],
)
def test_slugs_are_sorted_unique_and_none_is_blank(value: Any, slugs: tuple[str, ...]) -> None:
    assert SlugsField().clean(value) == slugs


def test_one_of_a_few_words_is_answered() -> None:
    field = OptionField({"a": "An A", "b": "A B"})

    assert [field.clean(value) for value in ("b", "", None)] == ["b", "a", "a"]
    with pytest.raises(ValidationError, match="Choose a or b"):
        field.clean("c")


def test_a_whole_number_is_read_blank_is_its_default_and_others_are_refused() -> None:
    field = WholeField(WEEKLY_HOURS, label="Hours")

    assert [field.clean(value) for value in ("12", " ", None)] == [12, 6, 6]
    assert [WholeField(EXPERIENCE_YEARS, label="Years").clean(value) for value in ("0", "", None)] == [0, None, None]
    with pytest.raises(ValidationError, match="Hours must be a whole number from 1 to 40"):
        field.clean("41")


@pytest.mark.parametrize("answer", ["skill=x{}", "have=x{}", "study=x{}:9", "study.x{}=9"])
def test_more_skills_than_there_are_get_one_message(answer: str, golden: PublishedEdition) -> None:
    most = len(golden.edition.skills)
    query = "&".join(answer.format(number) for number in range(most + 1))

    messages = errors_of(f"salary=9&location=us&skill=go&{query}", golden)[answer[:5].partition("=")[0]]

    named = most + (2 if answer.startswith("skill") else 1)
    assert messages == [f"You named {named} skills; we know {most}."]


def test_skills_that_may_be_known_are_the_common_ones_and_the_ticked_ones_first(golden: PublishedEdition) -> None:
    first, others = form_of("have=rust&have=nonsense", golden, is_submitted=False).split_skills()

    assert "rust" in first
    assert set(COMMON_SKILLS) <= set(first)
    assert sorted([*first, *others]) == sorted(golden.edition.skills)


def test_boxes_are_written_in_the_order_asked_for_and_those_of_the_query_are_ticked(golden: PublishedEdition) -> None:
    boxes = form_of("have=rust", golden, is_submitted=False).boxes("have", ["go", "rust"])

    assert re.findall(r'name="have" value="(\w+)"[^>]*?( checked)?>', boxes) == [("go", ""), ("rust", " checked")]


@pytest.mark.parametrize(
    ("query", "chip"),
    [
        pytest.param("salary=lots&location=us", "salary", id="pay"),
        pytest.param("salary=100&location=us&hours=60", "hours", id="hours"),
        pytest.param("salary=100&location=us&odds=3", "more", id="odds"),
        pytest.param("salary=100&location=us&skill=go&study=go:lots", "more", id="study-hours"),
    ],
)
def test_the_chip_of_a_mistake_is_named(golden: PublishedEdition, query: str, chip: str) -> None:
    assert form_of(query, golden).wrong_chip() == chip
