"""The answers below a verdict: a chip for each of the commonest, and the fields that change them."""

from __future__ import annotations

import re
from urllib.parse import quote

import pytest
from django.http import QueryDict
from django.test import Client

from calculator.engine import assess
from calculator.forms import VerdictForm
from calculator.presenters.answers import ANSWERS, AnswerText, present_answers
from calculator.presenters.verdict import VerdictPresenter
from calculator.query import Name
from skills.editions.document import PublishedEdition

AUSTIN = "salary=115000&location=us-austin-tx"
TWELVE = (
    *("ai-ml-integration", "ci-cd", "cloud-architecture", "cpp", "data-engineering", "go", "java", "kafka"),
    *("kotlin", "python", "rust", "scala"),
)


def answers_of(query: str, published: PublishedEdition) -> dict[str, AnswerText]:
    form = VerdictForm(QueryDict(query), published)
    assert form.is_valid(), form.errors
    verdict = assess(form.profile(), published.edition)
    return {each.name: each for each in present_answers(VerdictPresenter(verdict=verdict, published=published))}


@pytest.mark.parametrize(
    ("query", "chips"),
    [
        pytest.param(
            AUSTIN,
            ["$115,000 a year", "Austin", "6 hours a week", "3 years ahead", "I know: none", "All skills"],
            id="pay-and-place-alone",
        ),
        pytest.param(
            f"{AUSTIN}&have=docker&hours=1&years=1",
            ["$115,000 a year", "Austin", "1 hour a week", "1 year ahead", "I know: Docker", "All skills"],
            id="one-known",
        ),
        pytest.param(
            "salary=68000&location=de-munich&have=docker&have=go&skill=kafka&skill=rust",
            ["€68,000 a year", "Munich", "6 hours a week", "3 years ahead", "I know: 2 skills", "2 skills"],
            id="chosen",
        ),
        pytest.param(
            "salary=1800000&location=in-bengaluru&skill=go",
            ["₹18,00,000 a year", "Bengaluru", "6 hours a week", "3 years ahead", "I know: none", "Go"],
            id="one-chosen",
        ),
        pytest.param(
            "location=us&pay=p50&skill=go",
            ["About $140,000", "United States", "6 hours a week", "3 years ahead", "I know: none", "Go"],
            id="level",
        ),
        pytest.param(
            "location=al&pay=p50&skill=go",
            ["Pay where half earn more", "Albania", "6 hours a week", "3 years ahead", "I know: none", "Go"],
            id="level-without-a-market",
        ),
    ],
)
def test_chips_tell_the_answers(published: PublishedEdition, query: str, chips: list[str]) -> None:
    texts = [each.chip.replace("\u00a0", " ").replace("\u2060", "") for each in answers_of(query, published).values()]

    assert [chip for chip in texts if chip] == chips


@pytest.mark.parametrize(
    ("place", "chip"),
    [
        ("us-winston-nc", "Winston-Salem"),
        ("us-austin-tx", "Austin"),
        ("us-tx", "Texas"),
        ("gb-london", "London"),
    ],
)
def test_place_is_named_by_its_first_city(published: PublishedEdition, place: str, chip: str) -> None:
    assert answers_of(f"salary=90000&location={place}&skill=go", published)["location"].chip == chip


@pytest.mark.parametrize(("years", "value"), [("1", "1 year"), ("12", "12 years")])
def test_years_of_work_have_a_chip_once_given(published: PublishedEdition, years: str, value: str) -> None:
    answer = answers_of(f"{AUSTIN}&experience={years}", published)["experience"]

    assert (answer.value.replace("\u00a0", " "), answer.chip.replace("\u00a0", " ")) == (value, f"{value} of work")


@pytest.mark.parametrize(
    ("query", "name", "value"),
    [
        pytest.param("", "experience", "not given", id="no-experience"),
        pytest.param("hour=0", "hour", "$0", id="worth-of-an-hour"),
        pytest.param("", "hour", "$14: 25% of your hourly pay", id="our-worth-of-an-hour"),
        pytest.param("odds=80", "odds", "80%", id="odds"),
        pytest.param("evidence=all", "evidence", "Measured and claimed", id="evidence"),
        pytest.param("study.go=40", "study", "Go 40 hours", id="study"),
    ],
)
def test_other_answers_have_words_and_no_chip(published: PublishedEdition, query: str, name: str, value: str) -> None:
    answer = answers_of(f"{AUSTIN}&skill=go&{query}", published)[name]

    assert (answer.value.replace("\u00a0", " ").replace("\u2060", ""), answer.chip) == (value, "")


@pytest.mark.parametrize("name", [name for name in Name if name not in (Name.TOWN, Name.SURE, Name.EDITION, Name.PAY)])
def test_each_answer_has_its_words_its_fields_and_its_key(
    client: Client, published: PublishedEdition, name: Name
) -> None:
    home = client.get("/").content.decode()
    page = client.get(f"/verdict/?{AUSTIN}&skill=go&edition=1").content.decode()
    chip = page.partition(f'id="chip-{name}"')[2].partition("</details>\n    <details")[0]
    more = page.partition('id="chip-more"')[2]
    data = client.get(f"/verdict.json?{AUSTIN}&skill=go&study=go:40&edition=1").json()
    words = {each.name: each for each in ANSWERS}

    assert name in words
    assert words[name].phrase or name in (Name.SALARY, Name.LOCATION)
    assert re.search(rf' name="{name}["."]', home) or name == Name.STUDY
    assert re.search(rf' name="{name}["."]', chip or more)
    assert {Name.SKILL: "considered"}.get(name, name) in data["profile"]


def test_all_answers_are_in_one_form_without_the_edition(client: Client, published: PublishedEdition) -> None:
    page = client.get(
        f"/verdict/?{AUSTIN}&skill=go&skill=rust&have=docker&hours=9&odds=80&evidence=all&study=go:40&edition=1"
    ).content.decode()

    form = page[page.index('id="answers"') : page.index("</form>", page.index('id="answers"'))]
    values = dict(re.findall(r'<input [^>]*name="([^"]+)"[^>]* value="([^"]*)"', form))
    assert {name: values[name] for name in ("salary", "location", "hours", "years", "odds", "study.go")} == {
        "salary": "115,000",
        "location": "Austin",
        "hours": "9",
        "years": "3",
        "odds": "80",
        "study.go": "40",
    }
    assert "edition" not in values
    assert re.findall(r'name="(have|skill)" value="([^"]+)" id="[^"]+" checked', form) == [
        ("have", "docker"),
        ("skill", "go"),
        ("skill", "rust"),
    ]
    assert re.findall(r'<details class="chip" name="answer" id="([^"]+)"', form) == [
        f"chip-{name}" for name in ("salary", "location", "hours", "years", "have", "skill", "more")
    ]


def test_mistakes_are_summed_up_next_to_their_fields(client: Client, published: PublishedEdition) -> None:
    response = client.get("/verdict/panel/?salary=lots&location=Zzyzland&hours=99&skill=rust")

    page = response.content.decode()
    assert response.status_code == 422
    assert "There is a problem with your answers" in page
    linked = re.findall(r'<li><a href="#([^"]+)">', page)
    assert linked == ["id_salary", "id_location", "id_hours"]
    for field in linked:
        assert re.search(rf'id="{field}"[^>]* aria-invalid="true" aria-describedby="{field}-error"', page)
        assert f'id="{field}-error"' in page
    assert 'value="lots"' in page
    assert 'value="99"' in page
    assert 'value="rust" id="skill-rust" checked' in page
    assert 'id="error-summary" tabindex="-1" autofocus' in page


@pytest.mark.parametrize(
    ("change", "chip", "field", "said"),
    [
        pytest.param("salary=lots", "salary", "id_salary", "“lots” is not an amount", id="pay"),
        pytest.param("hours=60", "hours", "id_hours", "from 1 to 40", id="hours"),
        pytest.param("odds=200", "more", "id_odds", "How likely it is must be a whole number", id="odds"),
        pytest.param(
            "&".join(f"skill={slug}" for slug in TWELVE), "skill", "id_skill", "You chose 12 skills", id="skills"
        ),
        pytest.param("salary=18 LPA&period=month", "salary", "id_salary", "₹18,00,000 a month</a>", id="two periods"),
    ],
)
def test_mistake_in_a_chip_leaves_the_verdict_and_keeps_the_chip_open(
    client: Client, published: PublishedEdition, change: str, chip: str, field: str, said: str
) -> None:
    was = "salary=1800000&location=in-bengaluru&skill=go&edition=1"
    before = client.get(f"/verdict/panel/?{was}").content.decode()

    others = (
        "location=in-bengaluru&skill=go" if "salary=" in change else "salary=1800000&location=in-bengaluru&skill=go"
    )

    response = client.get(f"/verdict/panel/?{others}&{change}&was={quote(was)}")

    page = response.content.decode()
    assert (response.status_code, response.headers.get("HX-Push-Url")) == (422, None)
    assert page[: page.index("<form")] == before[: before.index("<form")], "the answer is as it was"
    assert re.findall(r'id="(chip-\w+)" open', page) == [f"chip-{chip}"]
    opened = page[page.index(f'id="chip-{chip}"') :]
    opened = opened[: opened.index("</details>")].replace("\u00a0", " ")
    assert f'aria-describedby="{field}-error"' in opened
    assert said in opened
    assert page.count('id="id_hours"') == 1
    assert "error-summary" not in page
    assert "was=" not in page


def test_study_hours_can_still_be_given_after_a_mistake(client: Client, published: PublishedEdition) -> None:
    answers = "salary=115000&location=us-austin-tx"

    page = client.get(f"/verdict/panel/?{answers}&odds=200&study.go=70&was={quote(answers)}").content.decode()

    assert 'name="study.rust"' in page
    assert re.search(r'name="study.go"[^>]* value="70"', page)


@pytest.mark.parametrize(
    ("given", "chip"),
    [
        pytest.param("&experience=2", "experience", id="a chip of its own"),
        pytest.param("", "more", id="under More before they are given"),
    ],
)
def test_mistake_about_years_of_work_is_shown_where_they_are_asked(
    client: Client, published: PublishedEdition, given: str, chip: str
) -> None:
    answers = "salary=115000&location=us-austin-tx"

    page = client.get(f"/verdict/panel/?{answers}&experience=51&was={quote(answers + given)}").content.decode()

    assert re.findall(r'id="chip-(\w+)" open', page) == [chip]
    assert page.count('id="id_experience"') == 1


def test_verdict_of_a_level_does_not_call_its_answers_the_readers(client: Client, published: PublishedEdition) -> None:
    page = client.get("/verdict/?location=us-austin-tx&skill=go&edition=1&pay=p25").content.decode()

    assert '<h2 id="answers-title">Its answers</h2>' in page
    assert re.search(r'name="salary"[^>]* value="" placeholder="your pay">', page)
