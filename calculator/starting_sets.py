"""Skills that are often weighed together, to be ticked in one go."""

from __future__ import annotations

from dataclasses import dataclass, replace

from django.http import QueryDict

from calculator.engine.edition import Edition
from calculator.query import Name

#: The home page's parameter that takes a set; it is no answer, and in no verdict's address.
PARAMETER = "set"


@dataclass(frozen=True, slots=True, kw_only=True)
class StartingSet:
    """A common choice of skills, by slug."""

    slug: str
    name: str
    skills: tuple[str, ...]


STARTING_SETS = (
    StartingSet(
        slug="usual-four",
        name="The usual four",
        skills=("ai-ml-integration", "cloud-architecture", "kubernetes", "system-design"),
    ),
    StartingSet(
        slug="cloud",
        name="Cloud and operations",
        skills=("ci-cd", "cloud-architecture", "infrastructure-as-code", "kubernetes", "site-reliability"),
    ),
    StartingSet(
        slug="ai-data",
        name="AI and data",
        skills=("ai-ml-integration", "data-engineering", "data-warehouse", "kafka", "python"),
    ),
    StartingSet(slug="language", name="A new language", skills=("go", "kotlin", "python", "rust", "typescript")),
)


def offered_sets(edition: Edition) -> tuple[StartingSet, ...]:
    """The sets with the skills that the edition knows; those of which it knows none are left out."""
    known = (
        replace(each, skills=tuple(slug for slug in each.skills if slug in edition.skills)) for each in STARTING_SETS
    )
    return tuple(each for each in known if each.skills)


def with_set(query: QueryDict, edition: Edition) -> QueryDict:
    """The query with the skills of the set that it asks for, and those alone; an unknown set changes nothing."""
    for each in offered_sets(edition):
        if each.slug == query.get(PARAMETER):
            taken = query.copy()
            taken.setlist(Name.SKILL, each.skills)
            return taken
    return query
