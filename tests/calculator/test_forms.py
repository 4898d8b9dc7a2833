"""The visitor's answers: each understood by itself, then all together as a profile; mistakes say what to do."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.http import QueryDict

from calculator.engine.edition import EvidenceChoice
from calculator.engine.market import find_market
from calculator.engine.profile import EXPERIENCE_YEARS, WEEKLY_HOURS, PayLevel, Profile
from calculator.form_fields import OptionField, SlugsField, TextField, WholeField
from calculator.forms import VerdictForm
from calculator.pay_check import is_far_above, is_likelier_as
from skills.editions.document import PublishedEdition, Unmeasured

PLAIN = "salary=115000&location=us-austin-tx&skill=kubernetes"
ELEVEN = "&".join(
    f"skill={slug}"
    for slug in (
        *("ai-ml-integration", "ci-cd", "cloud-architecture", "docker", "go", "kafka", "kubernetes", "postgresql"),
        *("python", "redis", "rust"),
    )
)


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


@pytest.mark.parametrize(
    "skills",
    [
        pytest.param("skill=Kubernetes&have=DOCKER", id="names"),
        pytest.param("skill=kubernetes&have=Docker", id="slug and name"),
        pytest.param("skill=kubernetes+Kubernetes&have=docker", id="several with a space"),
    ],
)
def test_skills_are_read_by_their_names(golden: PublishedEdition, skills: str) -> None:
    profile = profile_of(f"salary=9&location=us&{skills}&study=Kubernetes:60&study.KUBERNETES=60", golden)

    assert (profile.skills, profile.held, profile.study_hours) == (("kubernetes",), ("docker",), (("kubernetes", 60),))


def test_skill_that_is_not_measured_is_explained(golden: PublishedEdition) -> None:
    unmeasured = (Unmeasured(name="React", other_names=("reactjs",), reason="front-end skills come later"),)
    published = replace(golden, edition=replace(golden.edition), unmeasured=unmeasured)

    assert errors_of("salary=9&location=us&skill=ReactJS", published) == {
        "skill": ["We do not know the skill “ReactJS”. React is not measured yet: front-end skills come later."]
    }


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
        pytest.param(
            "salary=9&location=Kosovo&skill=go",
            "location",
            "We have no pay for Kosovo. Enter the country that you are paid in.",
            id="country without pay",
        ),
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
            "Pay in the United States is counted in US dollars ($), but you typed €.",
            id="sign of another currency",
        ),
        pytest.param(
            "salary=9 eur&location=us&skill=go",
            "salary",
            "Pay in the United States is counted in US dollars ($), but you typed EUR.",
            id="code of another currency",
        ),
        pytest.param(
            "salary=lots&location=us&skill=go",
            "salary",
            "“lots” is not an amount. Enter it in US dollars, such as 140,000 or 140K.",
            id="no amount, with an example in dollars",
        ),
        pytest.param(
            "salary=lots&location=in&skill=go",
            "salary",
            "“lots” is not an amount. Enter it in Indian rupees, such as 17,00,000 or 17L.",
            id="no amount, with an example in rupees",
        ),
        pytest.param(
            "salary=lots&location=al&skill=go",
            "salary",
            "“lots” is not an amount. Enter it in Albanian lekë.",
            id="no amount where no pay is known",
        ),
        pytest.param(
            "salary=2,4 млн руб&location=ru&skill=go",
            "salary",
            "Pay in Russia is counted in US dollars ($), but you typed руб. We have no exchange rate for it. Enter it"
            " in US dollars, such as 45,000 or 45K.",
            id="currency without an exchange rate",
        ),
        pytest.param(
            "salary=9&salary=8&location=us&skill=go",
            "salary",
            "There are two amounts of pay here. Enter one.",
            id="two answers",
        ),
        pytest.param(
            "salary=100k-120k&location=us&skill=go",
            "salary",
            "You typed two amounts. Choose one, or enter the one that you are paid.",
            id="two amounts",
        ),
        pytest.param(
            "salary=9&skill=go",
            "location",
            "Enter the city, region or country that you are paid in.",
            id="no place",
        ),
        pytest.param(
            "salary=9&location=Zzyzland&skill=go",
            "location",
            "We do not know “Zzyzland”. Try the nearest larger city, or the country in English.",
            id="unknown place",
        ),
        pytest.param(
            "salary=9&location=EU&skill=go",
            "location",
            "“EU” is not one labour market. Enter the country that you are paid in.",
            id="area of many labour markets",
        ),
        pytest.param(
            "salary=9&location=SW1A+1AA&skill=go",
            "location",
            "“SW1A 1AA” looks like a postcode, and one postcode may be in several countries. Enter the town.",
            id="postal code",
        ),
        pytest.param(
            "salary=9&location=10115&skill=go",
            "location",
            "“10115” looks like a postcode, and one postcode may be in several countries. Enter the town."
            " In the United States it is in the area below.",
            id="postal code of the United States",
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
            "“portland” may be several places. Choose one below, or add the state or country.",
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
            "salary=9&location=us&skill=clou",
            "skill",
            "We do not know the skill “clou”. Did you mean Cloud architecture (AWS/GCP) or Cloud data warehouse "
            "(Snowflake/BigQuery)?",
            id="the beginning of two skills",
        ),
        pytest.param(
            "salary=9&salary=10&location=us&skill=go",
            "salary",
            "There are two amounts of pay here. Enter one.",
            id="pay twice",
        ),
        pytest.param(
            "salary=9&location=us&location=de&skill=go",
            "location",
            "There are two places here. Enter one.",
            id="two places",
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
def test_a_mistake_is_reported_at_its_own_field(query: str, field: str, message: str, golden: PublishedEdition) -> None:
    assert errors_of(query, golden) == {field: [message]}


def test_who_has_every_skill_is_asked_to_leave_one(golden: PublishedEdition) -> None:
    required = {"docker", "python"}
    held = "&".join(f"have={slug}" for slug in sorted(golden.edition.skills) if slug not in required)

    errors = errors_of(f"salary=9&location=us&{held}", golden)

    assert errors == {"have": ["You have all the skills there are. Take away at least one to learn."]}


def test_every_mistake_is_reported_at_once(golden: PublishedEdition) -> None:
    query = "salary=lots&location=&skill=x&have=x&hours=x&experience=x&hour=x&evidence=?&study=:"

    assert set(errors_of(query, golden)) == {
        *("salary", "location", "skill", "have", "hours", "experience", "hour", "evidence", "study"),
    }


def test_held_skills_and_what_is_said_of_skills_not_chosen_leave_the_profile(golden: PublishedEdition) -> None:
    profile = profile_of(f"{PLAIN}&skill=go&have=go&study.go=9&study=kubernetes:50", golden)

    assert profile.skills == ("kubernetes",)
    assert profile.held == ("go",)
    assert profile.study_hours == (("kubernetes", 50),)


def test_what_a_held_skill_requires_is_held_too(golden: PublishedEdition) -> None:
    profile = profile_of("salary=9&location=us&skill=docker&skill=go&have=kubernetes&study=docker:9", golden)

    assert (profile.skills, profile.held, profile.study_hours) == (("go",), ("kubernetes",), ())


def test_ten_skills_may_be_chosen_besides_held_ones(golden: PublishedEdition) -> None:
    form = form_of(f"salary=9&location=us&{ELEVEN}&have=go", golden)

    assert form.is_valid()
    assert len(form.profile().skills or ()) == 10


def test_a_blank_study_field_says_nothing_and_a_repeated_answer_counts_by_its_last(golden: PublishedEdition) -> None:
    profile = profile_of(f"{PLAIN}&hours=5&hours=9&study.kubernetes=+", golden)

    assert profile.weekly_hours == 9
    assert profile.study_hours == ()


@pytest.mark.parametrize("is_submitted", [True, False], ids=["submitted", "home"])
@pytest.mark.parametrize(
    ("location", "slug"),
    [
        pytest.param("Austin", "us-austin-tx", id="understood"),
        pytest.param("portland", None, id="several places"),
        pytest.param("", None, id="none"),
    ],
)
def test_the_place_is_known_once_it_is_understood(
    location: str, slug: str | None, is_submitted: bool, golden: PublishedEdition
) -> None:
    place = form_of(f"location={location}", golden, is_submitted=is_submitted).place

    assert (place.slug if place else None) == slug


@pytest.mark.parametrize(
    ("typed", "hour", "confirmed"),
    [
        pytest.param("location=pl&hour=20&sure=30000", 20, 30_000, id="no currency is named"),
        pytest.param("location=pl&hour=20&sure=30000&currency=PLN", 20, 30_000, id="the same currency"),
        pytest.param("location=pl&hour=20&sure=30000&currency=USD", None, None, id="another currency"),
        pytest.param("location=pl&hour=20 zł&sure=30000&currency=USD", 20, None, id="typed for the new place"),
        pytest.param("location=pl&sure=30000&currency=USD", None, None, id="no worth of an hour"),
    ],
)
def test_amounts_of_another_currency_are_dropped(
    typed: str, hour: float | None, confirmed: float | None, golden: PublishedEdition
) -> None:
    profile = profile_of(f"salary=30000&{typed}", golden)

    assert (profile.hour_value, profile.confirmed_pay) == (hour, confirmed)


@pytest.mark.parametrize(
    ("query", "is_asked"),
    [
        pytest.param("salary=300000&location=us&salary_currency=PLN", True, id="another currency"),
        pytest.param("salary=300000&location=us&salary_currency=USD", False, id="the same currency"),
        pytest.param("salary=300000&location=us&salary_currency=", False, id="none"),
        pytest.param("salary=300000&location=us&salary_currency=XXX", False, id="no currency of ours"),
        pytest.param("salary=$300000&location=us&salary_currency=PLN", False, id="typed for the new place"),
        pytest.param("salary=300000&location=al&salary_currency=PLN", False, id="no pay is known there"),
        pytest.param("pay=p50&location=us&salary_currency=PLN", False, id="level"),
    ],
)
def test_salary_of_the_place_before_is_asked_about_where_the_currency_changes(
    query: str, is_asked: bool, golden: PublishedEdition
) -> None:
    form = form_of(query, golden)

    asked = ["Pay in the United States is counted in US dollars ($). What is yours there?"]
    assert form.mistakes() == ({"location": asked} if is_asked else {})


@pytest.mark.parametrize(
    ("query", "confirmed"),
    [
        pytest.param("salary=2500 a month&location=pl", 30_000, id="likelier as a month's pay, but called a year's"),
        pytest.param("salary=30000 a year&location=pl", 30_000, id="a year is typed"),
        pytest.param("salary=30000&location=pl", None, id="no period"),
        pytest.param("salary=30000&period=year&location=pl", None, id="a year is chosen by default"),
        pytest.param("salary=1000 a month&location=pl", None, id="far outside the market"),
        pytest.param("salary=20000 a month&location=pl", None, id="usual"),
        pytest.param("salary=1000 a month&location=al", None, id="no market"),
        pytest.param("salary=30000&location=pl&sure=30000", 30_000, id="called right"),
        pytest.param("pay=p10&location=pl&sure=30000", None, id="level"),
    ],
)
def test_pay_with_its_period_is_not_asked_about_as_a_months(
    query: str, confirmed: float | None, golden: PublishedEdition
) -> None:
    assert profile_of(query, golden).confirmed_pay == confirmed


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


def test_mistakes_are_listed_by_field_in_the_order_of_the_form(golden: PublishedEdition) -> None:
    form = form_of("salary=0&location=us&skill=cobol&hours=x", golden)

    assert form.mistakes() == {
        "salary": ["Your pay must be above zero."],
        "hours": ["Hours of study a week must be a whole number from 1 to 40."],
        "skill": ["We do not know the skill “cobol”. Choose others."],
    }
    assert list(form.mistakes()) == ["salary", "hours", "skill"]


@pytest.mark.parametrize(
    ("query", "slug", "town"),
    [
        pytest.param("location=boulder creek, ca", "us-santa-cruz-ca", "Boulder Creek", id="typed"),
        pytest.param("location=us-santa-cruz-ca&town=boulder creek", "us-santa-cruz-ca", "Boulder Creek", id="given"),
        pytest.param("location=us-santa-cruz-ca&town=Berlin", "us-santa-cruz-ca", "", id="town of another place"),
        pytest.param("location=Boulder Creek&town=Capitola", "us-santa-cruz-ca", "Boulder Creek", id="two towns"),
    ],
)
def test_town_belongs_to_the_place_that_answers(golden: PublishedEdition, query: str, slug: str, town: str) -> None:
    profile = profile_of(f"salary=90000&skill=go&{query}", golden)

    assert (profile.location, profile.town) == (slug, town)


@pytest.mark.parametrize(
    ("pay", "other", "is_likelier"),
    [
        pytest.param(600000.0, 120000.0, True, id="far above the market, the other within it"),
        pytest.param(600000.0, 6_000_000.0, False, id="the other is less likely"),
        pytest.param(115000.0, 134120.0, False, id="within the market: it is never doubted"),
    ],
)
def test_pay_above_its_market_may_be_likelier_as_another_amount(
    golden: PublishedEdition, pay: float, other: float, is_likelier: bool
) -> None:
    market = find_market("us-austin-tx", pay, golden.edition)

    assert market is not None
    assert is_likelier_as(market, other) is is_likelier


@pytest.mark.parametrize(("times", "is_far"), [(1.9, False), (2.1, True)], ids=str)
def test_pay_twice_above_its_market_is_far_above_it(golden: PublishedEdition, times: float, is_far: bool) -> None:
    known = find_market("us-austin-tx", 115_000.0, golden.edition)
    assert known is not None

    market = find_market("us-austin-tx", known.levels[PayLevel.P90] * times, golden.edition)

    assert market is not None
    assert is_far_above(market) is is_far
