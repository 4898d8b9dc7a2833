"""The worked examples of the methodology open as verdicts, and the verdicts say the same."""

from __future__ import annotations

import html
import re
from collections.abc import Callable
from typing import Any
from urllib.parse import parse_qs, urlsplit

import html5lib
import pytest
from django.test import Client

from skills.editions.document import PublishedEdition
from skills.editions.site_state import site_state
from skills.presenters.methodology import FILE
from tests.engine.test_methodology import DOCUMENTED, is_shown

type Json = dict[str, Any]
type Figures = dict[str, float | str]

XHTML = "{http://www.w3.org/1999/xhtml}"
EXAMPLE = re.compile(r"> \*\*Worked example — ([a-z0-9-]+)\.\*\*(.*?)(?:\n\n|\Z)", re.DOTALL)
LINKS = {
    name: re.findall(r"\]\((/verdict/\?[^)]+)\)", text)
    for name, text in EXAMPLE.findall(FILE.read_text(encoding="utf-8"))
}
#: Examples of sums that no verdict does alone.
WITHOUT_A_PROFILE = {"three-skills"}

#: Steps that lead to a figure and are in no answer.
NOT_IN_A_VERDICT = {
    "kubernetes-hours": {
        "low hours",
        "low first extra pay",
        "low years of pay",
        "mid hours",
        "mid years of pay",
        "high hours",
        "high first extra pay",
        "high years of pay",
        "years of pay",
    }
}


@pytest.fixture(autouse=True)
def _published(published: PublishedEdition) -> None:
    """Every page needs edition 1."""


def test_every_example_of_a_profile_has_its_links() -> None:
    assert set(LINKS) == set(DOCUMENTED)
    assert {name for name, links in LINKS.items() if not links} == WITHOUT_A_PROFILE


def test_every_example_is_linked_on_the_page(client: Client) -> None:
    page = html5lib.parse(client.get("/methodology/").content, namespaceHTMLElements=True)

    quotes = page.iter(f"{XHTML}blockquote")
    shown = [link.get("href") for quote in quotes for link in quote.iter(f"{XHTML}a")]

    assert shown == [link for links in LINKS.values() for link in links]


@pytest.mark.parametrize("name", [name for name, links in LINKS.items() if links])
def test_example_opens_as_a_verdict_of_edition_1_and_agrees(client: Client, name: str) -> None:
    answers = []
    for link in LINKS[name]:
        page = client.get(link, follow=True)
        assert (page.status_code, len(page.redirect_chain) <= 1) == (200, True)
        assert "Edition 1, model 2." in html.unescape(page.content.decode())
        assert parse_qs(urlsplit(link).query)["edition"] == ["1"]
        answers.append(client.get(link.replace("/verdict/?", "/verdict.json?", 1)).json())

    figures = FIGURES[name](answers)

    assert set(DOCUMENTED[name]) - set(figures) == NOT_IN_A_VERDICT.get(name, set())
    assert {label: figure for label, figure in figures.items() if not is_shown(DOCUMENTED[name][label], figure)} == {}


def skill_of(answer: Json, slug: str) -> Json:
    return next(skill for skill in answer["skills"] if skill["slug"] == slug)


def net_gain(answers: list[Json]) -> Figures:
    kubernetes = skill_of(answers[0], "kubernetes")
    return {
        "exam": kubernetes["exam"],
        "net gain": kubernetes["net_gain"],
        "worth of an hour": kubernetes["worth_of_an_hour"],
        "pays off": kubernetes["pays_off"],
    }


def hours(answers: list[Json]) -> Figures:
    alone, after_docker = (skill_of(answer, "kubernetes") for answer in answers)
    return {
        "mid first extra pay": alone["first_pay_month"],
        "hours": alone["hours"],
        "hours with Docker considered too": after_docker["hours"],
    }


def kubernetes_shifts(answers: list[Json]) -> Figures:
    kubernetes, experienced = (skill_of(answer, "kubernetes") for answer in answers)
    return {
        "shift by pay": kubernetes["tilt_shift"],
        **kubernetes["premium"],
        "expected with 7 years of experience": experienced["premium"]["expected"],
    }


def london(answers: list[Json]) -> Figures:
    market = answers[0]["market"]
    return {"spread of the United Kingdom": market["assumed_sigma"], "P90": market["annual_salary"]}


def rank(answers: list[Json]) -> Figures:
    (answer,) = answers
    figures: Figures = {
        "rating": answer["rating"],
        "first": name_of(answer["first"]),
        "close behind": ", ".join(name_of(rival["slug"]) for rival in answer["rivals"]),
        "chance of nothing": answer["chance_nothing"],
    }
    for skill in answer["skills"]:
        figures[f"net gain of {name_of(skill['slug'])}"] = skill["net_gain"]
        figures[f"chance of {name_of(skill['slug'])}"] = skill["chance"]
    return figures


def plan(answers: list[Json]) -> Figures:
    found = answers[0]["plan"]
    last = found["steps"][-1]
    return {
        "plan": ", ".join(name_of(step["slug"]) for step in found["steps"]),
        "its net gain": found["net_gain"],
        "study of all": last["done_month"],
        "uplift with all": last["annual_uplift"],
        "worst order": ", ".join(map(name_of, found["worst_order"])),
        "net gain of the worst order": found["worst_net_gain"],
    }


def name_of(slug: str) -> str:
    return site_state.edition(1).edition.skills[slug].name


#: What the answers of its links say, under each example's own labels.
FIGURES: dict[str, Callable[[list[Json]], Figures]] = {
    "kubernetes-premium": lambda answers: skill_of(answers[0], "kubernetes")["premium"],
    "ci-cd-premium": lambda answers: skill_of(answers[0], "ci-cd")["premium"],
    "austin-percentile": lambda answers: {"percentile": answers[0]["market"]["percentile"]},
    "london-p90": london,
    "go-tilt": lambda answers: {"shift at P75": skill_of(answers[0], "go")["tilt_shift"]},
    "kubernetes-shifts": kubernetes_shifts,
    "kubernetes-uplift": lambda answers: skill_of(answers[0], "kubernetes")["uplift"],
    "kubernetes-hours": hours,
    "free-hour": lambda answers: {"an hour": answers[0]["profile"]["hour"]["amount"]},
    "kubernetes-net-gain": net_gain,
    "four-skills-ranked": rank,
    "four-skills-plan": plan,
}
