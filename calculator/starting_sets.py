"""Skills that are ticked in one go, and those that most developers know."""

from __future__ import annotations

from dataclasses import dataclass, replace

from django.http import QueryDict

from calculator.engine.edition import Edition
from calculator.engine.edition_cache import cache_per_edition
from calculator.query import Name
from earnverdict.formatting import listing, plural
from skills.catalogue.skill_sets import STARTING_SETS, SkillSet

#: The home page's parameter that adds a set; it is no answer, and in no verdict's address.
PARAMETER = "set"
#: What most back-end developers know already; the form shows these first.
COMMON_SKILLS = ("docker", "python", "typescript", "postgresql", "java", "redis")


@dataclass(frozen=True, slots=True, kw_only=True)
class AddedSet:
    """The set that was asked for, and which of its skills were not chosen before."""

    name: str
    skills: tuple[str, ...]

    def sentence(self, edition: Edition) -> str:
        """What the form says after a set was added."""
        if not self.skills:
            return f"You have chosen all of “{self.name}” already."
        names = listing([edition.skills[slug].name for slug in self.skills])
        return f"Added {plural(len(self.skills), 'skill')}: {names}."


@cache_per_edition
def offered_sets(edition: Edition) -> tuple[SkillSet, ...]:
    """The sets with the skills that the edition knows; those of which it knows none are left out."""
    known = (
        replace(each, skills=tuple(slug for slug in each.skills if slug in edition.skills)) for each in STARTING_SETS
    )
    return tuple(each for each in known if each.skills)


def add_set(query: QueryDict, edition: Edition) -> tuple[QueryDict, AddedSet | None]:
    """Add the skills of the set that the query asks for to those that are chosen; an unknown set changes nothing."""
    for each in offered_sets(edition):
        if each.slug == query.get(PARAMETER):
            chosen = query.getlist(Name.SKILL)
            new = tuple(slug for slug in each.skills if slug not in chosen)
            changed = query.copy()
            changed.setlist(Name.SKILL, [*chosen, *new])
            return changed, AddedSet(name=each.name, skills=new)
    return query, None
