"""The sets of skills that are ticked in one go: what is offered, what one adds, and what the form says of it."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from django.http import QueryDict
from django.test import Client

from calculator.engine.profile import MAX_SKILLS
from calculator.query import Name
from calculator.starting_sets import COMMON_SKILLS, add_set, offered_sets
from skills.catalogue.skill_sets import STARTING_SETS
from skills.editions.document import PublishedEdition
from skills.editions.impact import SKILL_SETS

FOUR = ["ai-ml-integration", "cloud-architecture", "kubernetes", "system-design"]


def find_ticked(page: str, name: str = "skill") -> list[str]:
    return sorted(re.findall(rf'name="{name}" value="([^"]+)" id="[^"]+" checked', page))


def read_added(page: str) -> str:
    """What the form says that a set has added."""
    line = re.search(r"<p[^>]* data-added(?: hidden)?>([^<]*)</p>", page)
    assert line is not None
    return line[1].replace("\u00a0", " ").replace("&#34;", '"')


def test_every_set_can_be_compared_as_it_is(published: PublishedEdition) -> None:
    offered = offered_sets(published.edition)

    assert offered == STARTING_SETS
    assert len({each.slug for each in offered}) == len(offered)
    assert all(2 <= len(each.skills) <= MAX_SKILLS for each in offered)


def test_preview_of_an_edition_tries_what_the_form_offers() -> None:
    assert {each.name: each.skills for each in STARTING_SETS}.items() <= SKILL_SETS.items()


def test_commonest_skills_are_those_of_the_edition(published: PublishedEdition) -> None:
    assert len(COMMON_SKILLS) == 6
    assert set(COMMON_SKILLS) <= published.edition.skills.keys()


def test_sets_hold_only_what_the_edition_knows(published: PublishedEdition) -> None:
    skills = {slug: skill for slug, skill in published.edition.skills.items() if slug in ("kubernetes", "rust")}

    offered = offered_sets(replace(published.edition, skills=skills))

    assert [(each.slug, each.skills) for each in offered] == [
        ("usual-four", ("kubernetes",)),
        ("cloud", ("kubernetes",)),
        ("language", ("rust",)),
    ]


@pytest.mark.parametrize(
    ("query", "skills", "sentence"),
    [
        pytest.param(
            "set=usual-four",
            FOUR,
            "Added 4 skills: AI/ML integration, Cloud architecture (AWS/GCP), Kubernetes and System design.",
            id="set",
        ),
        pytest.param(
            "skill=rust&skill=kubernetes&skill=system-design&skill=cloud-architecture&set=usual-four",
            ["rust", "kubernetes", "system-design", "cloud-architecture", "ai-ml-integration"],
            "Added 1 skill: AI/ML integration.",
            id="to-what-was-ticked",
        ),
        pytest.param(
            "&".join([*(f"skill={slug}" for slug in FOUR), "set=usual-four"]),
            FOUR,
            "You have chosen all of “The usual four” already.",
            id="nothing-new",
        ),
        pytest.param("skill=rust&set=unknown", ["rust"], None, id="unknown"),
        pytest.param("skill=rust&set=", ["rust"], None, id="empty"),
        pytest.param("skill=rust&set=%00%F0%9F%A6%84", ["rust"], None, id="nonsense"),
    ],
)
def test_set_adds_its_skills_and_says_which(
    published: PublishedEdition, query: str, skills: list[str], sentence: str | None
) -> None:
    changed, added = add_set(QueryDict(query), published.edition)

    assert changed.getlist(Name.SKILL) == skills
    assert (added and added.sentence(published.edition).replace("\u00a0", " ")) == sentence


def test_home_takes_a_set_and_keeps_everything_typed(client: Client, published: PublishedEdition) -> None:
    page = client.get(
        "/?salary=lots&period=month&location=Somewhere&skill=rust&have=docker&have=go&hours=9&odds=x&experience=ten"
        "&hour=$+20&evidence=all&study.kubernetes=70&set=usual-four"
    ).content.decode()

    assert find_ticked(page) == sorted([*FOUR, "rust"])
    assert find_ticked(page, "have") == ["docker", "go"]
    assert read_added(page).startswith("Added 4 skills: AI/ML integration, ")
    assert '<details class="fold" id="options" open>' in page
    values = dict(re.findall(r'<input [^>]*name="([^"]+)"[^>]* value="([^"]*)"', page))
    assert {name: values[name] for name in ("salary", "location", "hours", "odds", "experience", "hour")} == {
        "salary": "lots",
        "location": "Somewhere",
        "hours": "9",
        "odds": "x",
        "experience": "ten",
        "hour": "$ 20",
    }
    assert values["study.kubernetes"] == "70"
    for kept in ('<option value="month" selected>', '<option value="all" selected>'):
        assert kept in page


def test_home_keeps_a_pay_level(client: Client, published: PublishedEdition) -> None:
    page = client.get("/?location=us&pay=p75&set=language").content.decode()

    assert '<input type="hidden" name="pay" value="p75">' in page
    assert "Without an amount: pay where one in four earns more." in page


def test_too_many_skills_are_counted_on_the_home_page(client: Client, published: PublishedEdition) -> None:
    chosen = "&".join(f"skill={slug}" for slug in sorted(published.edition.skills)[:11])

    page = client.get(f"/?{chosen}").content.decode().replace("\u00a0", " ")

    assert '<p class="field__error" data-most="10">You chose 11 skills; compare up to 10.</p>' in page


def test_set_is_never_part_of_a_verdicts_address(client: Client, published: PublishedEdition) -> None:
    response = client.get("/verdict/?salary=115000&location=us&skill=rust&set=usual-four")

    assert response.headers["Location"] == "/verdict/?salary=115000&location=us&skill=rust&edition=1"


@pytest.mark.parametrize("path", ["/", "/verdict/?salary=115000&location=us&skill=rust&edition=1"])
def test_forms_offer_the_sets(client: Client, published: PublishedEdition, path: str) -> None:
    page = client.get(path).content.decode()

    offered = re.findall(r'type="submit" name="set" value="([^"]+)" id="[^"]+" formaction="([^"]+)"', page)
    assert offered == [(each.slug, "/#id_skill") for each in STARTING_SETS]


@pytest.mark.parametrize("path", ["/", "/verdict/?salary=115000&location=us&skill=rust&edition=1"])
def test_first_submit_button_of_the_form_asks_for_the_verdict(
    client: Client, published: PublishedEdition, path: str
) -> None:
    """Enter in a field presses the first of the form's buttons."""
    page = client.get(path).content.decode()

    form = page[page.index('action="/verdict/" method="get"') :]
    first = re.search(r"<button[^>]*>", form)
    assert first is not None
    assert "name=" not in first[0]
    assert "formaction=" not in first[0]
