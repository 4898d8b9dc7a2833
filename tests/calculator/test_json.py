"""The verdict as JSON: its stable names, the worked examples, what is null, mistakes by field."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any
from urllib.parse import urlencode

import pytest
from django.test import Client

from skills.editions.document import PublishedEdition
from tests import oracle
from tests.engine.catalogue import FOLDER
from tests.engine.test_oracle import first_difference
from tests.engine.test_worked_examples import ANSWERS, AUSTIN

FOUR = urlencode(ANSWERS["four skills"], doseq=True)
#: The names of `model` 2, in their order; others may follow them.
CORE = [
    *("edition", "model", "profile", "rating", "is_small", "first", "chance_nothing", "rivals", "market", "skills"),
    *("plan", "sources"),
]
SKILL = [
    *("slug", "grade_shares", "premium", "headline", "uplift", "hours", "study_months", "first_pay_month", "exam"),
    *("net_gain", "chance", "pays_off", "worth_of_an_hour", "in_time"),
]
PLAN = ["steps", "net_gain", "left_out", "beyond", "free_order", "free_net_gain", "worst_order", "worst_net_gain"]

type Json = dict[str, Any]


@pytest.fixture(autouse=True)
def _published(published: PublishedEdition) -> None:
    """Every answer needs edition 1."""


def ask(client: Client, query: str) -> Json:
    response = client.get(f"/verdict.json?{query}&edition=1")
    assert response.status_code == 200, response.content
    answer: Json = response.json()
    return answer


def numbers(value: object) -> Iterator[float]:
    """Every number in an answer, at any depth."""
    if isinstance(value, float):
        yield value
    elif isinstance(value, dict):
        for each in value.values():
            yield from numbers(each)
    elif isinstance(value, list):
        for each in value:
            yield from numbers(each)


def test_each_object_begins_with_its_stable_names(client: Client) -> None:
    answer = ask(client, FOUR)

    assert list(answer) == [
        *CORE,
        "stay_put_reason",
        "ways",
        "way_answers",
        "move",
        "staying",
        "peers",
        "source_details",
    ]
    assert list(answer["profile"]) == [
        *("salary", "pay", "location", "town", "have", "hours", "years", "odds", "experience", "hour", "evidence"),
        *("study", "considered", "held"),
    ]
    assert list(answer["profile"]["hour"]) == ["amount", "is_default"]
    assert list(answer["market"])[:4] == ["location", "answered_by", "currency", "percentile"]
    assert [list(skill)[: len(SKILL)] for skill in answer["skills"]] == [SKILL] * 4
    assert list(answer["plan"]) == PLAN
    assert list(answer["plan"]["steps"][0]) == ["slug", "done_month", "annual_uplift"]
    for levels in (answer["skills"][0]["premium"], answer["skills"][0]["uplift"]):
        assert list(levels) == ["low", "expected", "high"]
    assert [list(rival) for rival in answer["rivals"]] == [["slug", "chance"]]
    assert [source["slug"] for source in answer["source_details"]] == answer["sources"]


@pytest.mark.parametrize("answers", ANSWERS.values(), ids=ANSWERS)
def test_worked_examples_come_out(client: Client, answers: Mapping[str, Any]) -> None:
    answer = ask(client, urlencode(answers, doseq=True))

    expected = oracle.verdict(dict(answers), FOLDER)
    for rival in expected["rivals"]:
        rival["slug"] = rival["slug"] or "nothing"
    names = [*CORE[3:], "stay_put_reason"]
    found = {name: answer[name] for name in names if name not in ("market", "sources")}
    found["skills"] = [{name: skill[name] for name in SKILL if name != "headline"} for skill in answer["skills"]]
    found |= {"hour": answer["profile"]["hour"]["amount"], "held": answer["profile"]["held"]}
    found["market"] = {name: answer["market"][name] for name in ("location", "answered_by", "currency", "percentile")}
    assert first_difference(found, expected) is None


def test_skills_fall_in_net_gain_and_those_without_time_or_data_are_last(client: Client) -> None:
    query = urlencode(
        AUSTIN | {"skill": [*ANSWERS["four skills"]["skill"], "application-security"], "years": 1}, doseq=True
    )

    skills = ask(client, query)["skills"]

    assert [(skill["slug"], skill["in_time"], skill["premium"] is None) for skill in skills] == [
        ("cloud-architecture", True, False),
        ("kubernetes", True, False),
        ("ai-ml-integration", False, False),
        ("system-design", False, False),
        ("application-security", True, True),
    ]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        pytest.param(
            "salary=115000&location=us-austin-tx&have=kubernetes",
            {
                "salary": 115000.0,
                "pay": None,
                "have": ["kubernetes"],
                "considered": "all",
                "experience": None,
                "held": ["docker", "kubernetes"],
            },
            id="all skills",
        ),
        pytest.param(
            "location=us&pay=p75&skill=rust&skill=go&experience=0&hour=$12.50",
            {
                "salary": None,
                "pay": "p75",
                "considered": ["go", "rust"],
                "hour": {"amount": 12.5, "is_default": False},
                "experience": 0,
                "held": [],
            },
            id="own answers",
        ),
        pytest.param("salary=40000&location=Bradford", {"location": "gb-leeds", "town": "Bradford"}, id="town"),
        pytest.param(
            "salary=83200&location=us&skill=go",
            {"town": None, "hour": {"amount": 10.0, "is_default": True}},
            id="default of an hour",
        ),
        pytest.param(
            "salary=900000&location=al&skill=go", {"hour": {"amount": None, "is_default": True}}, id="no market"
        ),
    ],
)
def test_answers_are_given_back(client: Client, query: str, expected: Json) -> None:
    profile = ask(client, query)["profile"]

    assert {name: profile[name] for name in expected} == expected


def test_learning_nothing_is_a_rival_by_that_name(client: Client) -> None:
    answer = ask(client, urlencode(AUSTIN | {"skill": "kubernetes"}))

    assert answer["first"] == "kubernetes"
    assert [rival["slug"] for rival in answer["rivals"]] == ["nothing"]
    assert answer["rivals"][0]["chance"] == answer["chance_nothing"]


@pytest.mark.parametrize(
    ("query", "rating"),
    [
        pytest.param(urlencode(ANSWERS["one year"], doseq=True), "stay-put", id="stay put"),
        pytest.param("salary=900000&location=al&skill=kubernetes", "not-enough-data", id="no market"),
        pytest.param("salary=90000&location=us&skill=application-security", "not-enough-data", id="no evidence"),
    ],
)
def test_without_a_recommendation_there_is_no_first_skill_and_no_plan(client: Client, query: str, rating: str) -> None:
    answer = ask(client, query)

    assert {name: answer[name] for name in ("rating", "is_small", "first", "rivals", "plan")} == {
        "rating": rating,
        "is_small": False,
        "first": None,
        "rivals": [],
        "plan": None,
    }
    assert (answer["chance_nothing"] is None) == (rating == "not-enough-data")


def test_skill_without_evidence_has_nulls(client: Client) -> None:
    skills = ask(client, "salary=90000&location=us&skill=application-security&skill=kafka")["skills"]

    of_pay = ("premium", "uplift", "net_gain", "chance", "pays_off", "worth_of_an_hour")
    security = skills[1]
    assert (security["slug"], security["grade_shares"], security["in_time"]) == ("application-security", {}, True)
    assert {name: security[name] for name in of_pay} == dict.fromkeys(of_pay)


@pytest.mark.parametrize("answers", ANSWERS.values(), ids=ANSWERS)
def test_numbers_have_12_digits_and_nothing_is_plainly_0(client: Client, answers: Mapping[str, Any]) -> None:
    found = list(numbers(ask(client, urlencode(answers, doseq=True))))

    assert [number for number in found if str(number) != str(float(f"{number:.12g}"))] == []
    assert [number for number in found if re.fullmatch(r"-0\.0", str(number))] == []


def test_mistakes_are_told_by_field(client: Client) -> None:
    response = client.get("/verdict.json?salary=lots&location=us&skill=cobol&experience=-1&hour=x")

    assert (response.status_code, response.headers["Cache-Control"]) == (422, "no-store")
    assert sorted(response.json()["errors"]) == ["experience", "hour", "salary", "skill"]
