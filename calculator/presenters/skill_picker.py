"""The skills to choose from as text: by category, each with the premium measured for it."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, replace

from calculator.engine.edition import Edition, EvidenceChoice
from earnverdict import formatting
from skills.models import Skill
from skills.models.region import Region


@dataclass(frozen=True, slots=True, kw_only=True)
class SkillOption:
    """A skill to tick; `premium` is empty where nothing is measured in the region."""

    slug: str
    name: str
    summary: str
    premium: str
    hours: str
    is_chosen: bool = False
    is_held: bool = False
    own_hours: str = ""


type SkillLines = tuple[tuple[str, tuple[SkillOption, ...]], ...]


def skill_lines(edition: Edition, region: str) -> SkillLines:
    """All skills of an edition by category, none of them ticked."""
    groups: dict[str, list[SkillOption]] = {category.value: [] for category in Skill.Category}
    for skill in sorted(edition.skills.values(), key=lambda skill: skill.name.casefold()):
        groups[skill.category].append(
            SkillOption(
                slug=skill.slug,
                name=skill.name,
                summary=skill.summary,
                premium=_premium(edition, skill.slug, region),
                hours=f"{skill.hours_mid:g}",
            )
        )
    return tuple((str(Skill.Category(category).label), tuple(lines)) for category, lines in groups.items() if lines)


def skill_options(
    groups: SkillLines, *, chosen: set[str], held: set[str], own_hours: Mapping[str, str]
) -> list[tuple[str, list[SkillOption]]]:
    """The skills by category as one visitor ticked them; `own_hours` are the visitor's own study hours."""
    answered = chosen | held | own_hours.keys()

    def ticked(line: SkillOption) -> SkillOption:
        if line.slug not in answered:
            return line
        hours = own_hours.get(line.slug, "")
        return replace(line, is_chosen=line.slug in chosen, is_held=line.slug in held, own_hours=hours)

    return [(label, [ticked(line) for line in lines]) for label, lines in groups]


def premium_note(region: str) -> str:
    """What the figures beside the skills are, and where they count."""
    where = Region(region).label if region else "worldwide"
    return f"The percentages are pay differences that were measured, low to high ({where})."


def _premium(edition: Edition, slug: str, region: str) -> str:
    pool = edition.pool(slug, EvidenceChoice.MEASURED, region)
    return formatting.signed_percent_range(math.expm1(pool.low), math.expm1(pool.high)) if pool else ""
