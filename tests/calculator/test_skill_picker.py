"""The skills to tick: those that most developers know first, and words that find each."""

from __future__ import annotations

import html
import re

import pytest
from django.test import Client

from calculator.presenters.skill_picker import skill_options
from calculator.starting_sets import COMMON_SKILLS
from skills.editions.document import PublishedEdition


def boxes(page: str, name: str) -> list[str]:
    return re.findall(rf'type="checkbox" name="{name}" value="([^"]+)"', page)


def shown_first(page: str) -> list[str]:
    """What is before "More" among the skills that the visitor knows."""
    return boxes(page[: page.index('id="more-have"')], "have")


def test_options_are_all_skills_the_common_ones_first(published: PublishedEdition) -> None:
    options = skill_options(published)

    slugs = [option.slug for option in options]
    assert slugs[:6] == list(COMMON_SKILLS)
    assert sorted(slugs) == sorted(published.edition.skills)
    names = [option.name.casefold() for option in options[6:]]
    assert names == sorted(names)


@pytest.mark.parametrize("path", ["/", "/verdict/?salary=115000&location=us&edition=1", "/verdict/?salary=x"])
def test_every_skill_can_be_known_and_compared(client: Client, published: PublishedEdition, path: str) -> None:
    page = client.get(path).content.decode()

    for name in ("have", "skill"):
        assert set(boxes(page, name)) == published.edition.skills.keys()
    for skill in published.edition.skills.values():
        assert f'<span class="chip__face">{html.escape(skill.name)}</span>' in page


def test_what_is_known_is_shown_without_opening_more(client: Client, published: PublishedEdition) -> None:
    page = client.get("/?have=rust&have=docker&have=cobol").content.decode()

    assert shown_first(page) == [*COMMON_SKILLS, "rust"]


def test_box_is_ticked_for_the_visitor_who_ticked_it_alone(client: Client) -> None:
    pages = [client.get(path).content.decode() for path in ("/?have=rust&skill=go", "/?have=go", "/")]

    ticked = [re.findall(r'id="([\w-]+)" checked', page) for page in pages]
    assert ticked == [["have-rust", "skill-go"], ["have-go"], []]
