"""The sets of skills that are ticked in one go: what is offered, and what the home page does with one."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from django.http import QueryDict
from django.test import Client

from calculator.engine.profile import MAX_SKILLS
from calculator.query import Name
from calculator.starting_sets import STARTING_SETS, offered_sets, with_set
from skills.editions.document import PublishedEdition

FOUR = ["ai-ml-integration", "cloud-architecture", "kubernetes", "system-design"]


def ticked(page: str, name: str = "skill") -> list[str]:
    return re.findall(rf'name="{name}" value="([^"]+)" id="[^"]+" checked', page)


def test_every_set_can_be_compared_as_it_is(published: PublishedEdition) -> None:
    offered = offered_sets(published.edition)

    assert offered == STARTING_SETS
    assert len({each.slug for each in offered}) == len(offered)
    assert all(2 <= len(each.skills) <= MAX_SKILLS for each in offered)


def test_sets_hold_only_what_the_edition_knows(published: PublishedEdition) -> None:
    skills = {slug: skill for slug, skill in published.edition.skills.items() if slug in ("kubernetes", "rust")}

    offered = offered_sets(replace(published.edition, skills=skills))

    assert [(each.slug, each.skills) for each in offered] == [
        ("usual-four", ("kubernetes",)),
        ("cloud", ("kubernetes",)),
        ("language", ("rust",)),
    ]


@pytest.mark.parametrize(
    ("query", "skills"),
    [
        pytest.param("set=usual-four", FOUR, id="set"),
        pytest.param("skill=rust&skill=kubernetes&set=usual-four", FOUR, id="in-place-of-what-was-ticked"),
        pytest.param("skill=rust&set=unknown", ["rust"], id="unknown"),
        pytest.param("skill=rust&set=", ["rust"], id="empty"),
        pytest.param("skill=rust&set=%00%F0%9F%A6%84", ["rust"], id="nonsense"),
    ],
)
def test_set_ticks_its_skills_alone(published: PublishedEdition, query: str, skills: list[str]) -> None:
    assert with_set(QueryDict(query), published.edition).getlist(Name.SKILL) == skills


def test_home_takes_a_set_and_keeps_everything_typed(client: Client, published: PublishedEdition) -> None:
    page = client.get(
        "/?salary=lots&location=Somewhere&skill=rust&have=docker&hours=9&years=&odds=x&experience=ten&hour=$+20"
        "&evidence=all&study.kubernetes=70&set=usual-four"
    ).content.decode()

    assert ticked(page) == ["ai-ml-integration", "cloud-architecture", "kubernetes", "system-design"]
    assert ticked(page, "have") == ["docker"]
    for kept in (
        'name="salary" inputmode="decimal" autocomplete="off" value="lots"',
        'value="Somewhere"',
        'name="hours" inputmode="numeric" autocomplete="off" value="9"',
        'name="years" inputmode="numeric" autocomplete="off" value=""',
        'name="odds" inputmode="numeric" autocomplete="off" value="x"',
        'name="experience" inputmode="numeric" autocomplete="off" value="ten"',
        'name="hour" inputmode="decimal" autocomplete="off" value="$ 20"',
        '<option value="all" selected>',
        'name="study.kubernetes" inputmode="numeric" autocomplete="off" value="70"',
    ):
        assert kept in page


def test_home_keeps_a_pay_level(client: Client, published: PublishedEdition) -> None:
    page = client.get("/?location=us&pay=p75&set=language").content.decode()

    assert '<input type="hidden" name="pay" value="p75">' in page


def test_set_is_never_part_of_a_verdicts_address(client: Client, published: PublishedEdition) -> None:
    response = client.get("/verdict/?salary=115000&location=us&skill=rust&set=usual-four")

    assert response.headers["Location"] == "/verdict/?salary=115000&location=us&skill=rust&edition=1"


@pytest.mark.parametrize("path", ["/", "/verdict/?salary=115000&location=us&skill=rust&edition=1"])
def test_forms_offer_the_sets(client: Client, published: PublishedEdition, path: str) -> None:
    page = client.get(path).content.decode()

    offered = re.findall(r'type="submit" name="set" value="([^"]+)" id="[^"]+" formaction="([^"]+)"', page)
    assert offered == [(each.slug, "/#skills") for each in STARTING_SETS]


@pytest.mark.parametrize("path", ["/", "/verdict/?salary=115000&location=us&skill=rust&edition=1"])
def test_first_submit_button_of_the_form_asks_for_the_verdict(
    client: Client, published: PublishedEdition, path: str
) -> None:
    page = client.get(path).content.decode()

    form = page[page.index('<form class="answers" action="/verdict/"') :]
    first = re.search(r"<button[^>]*>", form)
    assert first is not None
    assert first[0] == '<button class="visually-hidden" type="submit" tabindex="-1" aria-hidden="true">'
