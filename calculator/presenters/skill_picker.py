"""The skills as chips to tick, sets of them as buttons, and inputs of own study hours."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from calculator.engine.edition_cache import cache_per_edition
from calculator.starting_sets import COMMON_SKILLS, offered_sets
from skills.editions.document import PublishedEdition


@dataclass(frozen=True, slots=True, kw_only=True)
class SkillOption:
    """A skill to tick; `hours` are ours to learn it."""

    slug: str
    name: str
    hours: str


@cache_per_edition
def skill_options(published: PublishedEdition) -> tuple[SkillOption, ...]:
    """All skills of an edition: those that most developers know, then the others by name."""
    skills = published.edition.skills
    common = [slug for slug in COMMON_SKILLS if slug in skills]
    others = sorted(skills.keys() - set(common), key=lambda slug: skills[slug].name.casefold())
    return tuple(
        SkillOption(
            slug=slug,
            name=skills[slug].name,
            hours=f"{skills[slug].hours_mid:g}",
        )
        for slug in (*common, *others)
    )


@cache_per_edition
def skill_boxes(published: PublishedEdition, name: str) -> Mapping[tuple[str, bool], str]:
    """The HTML of each skill's box in the field `name`, by its slug and whether it is ticked.

    A verdict's page has two boxes for each skill, the same for all visitors; to write them each time takes 0.4 ms,
    which is 6 % of a first verdict.
    """
    return {
        (option.slug, is_ticked): render_to_string(
            "calculator/_skill_box.html", {"name": name, "option": option, "is_ticked": is_ticked}
        )
        for option in skill_options(published)
        for is_ticked in (False, True)
    }


@cache_per_edition
def set_buttons(published: PublishedEdition) -> SafeString:
    """The HTML of the buttons that add a set of skills."""
    sets = offered_sets(published.edition)
    return SafeString("\n".join([render_to_string("calculator/_set_button.html", {"set": each}) for each in sets]))


@cache_per_edition
def empty_study_inputs(published: PublishedEdition) -> Mapping[str, str]:
    """The HTML of each skill's input of own study hours before any are given, by its slug."""
    return {option.slug: write_study_input(option, "") for option in skill_options(published)}


def write_study_input(option: SkillOption, hours: str) -> str:
    """The HTML of one input of own study hours."""
    return render_to_string("calculator/_study_input.html", {"option": option, "hours": hours})
