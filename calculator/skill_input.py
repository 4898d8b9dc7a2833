"""Skills as people write them in a query: by slug, by name, or by another name, one or several in an answer."""

from __future__ import annotations

from collections.abc import Iterable

from django.http import QueryDict

from calculator.query import STUDY_PREFIX, Name
from skills.catalogue.skill_search import find_skill
from skills.editions.document import PublishedEdition


def write_slugs(query: QueryDict, published: PublishedEdition) -> QueryDict:
    """The query with each skill by its slug; what is not the name of a skill stays as it came."""
    known = published.edition.skills
    if all(
        _slug_of(name, value) in known for name, values in query.lists() if _is_about_skills(name) for value in values
    ):
        return query
    written = QueryDict(mutable=True)
    for name, values in query.lists():
        if name in (Name.SKILL, Name.HAVE):
            written.setlist(name, [slug for value in values for slug in _find_slugs(value, published)])
        elif name == Name.STUDY:
            written.setlist(name, [_write_study(value, published) for value in values])
        elif name.startswith(STUDY_PREFIX):
            skill = name.removeprefix(STUDY_PREFIX)
            written.setlist(f"{STUDY_PREFIX}{find_skill(published, skill) or skill}", values)
        else:
            written.setlist(name, values)
    return written


def _is_about_skills(name: str) -> bool:
    return name in (Name.SKILL, Name.HAVE, Name.STUDY) or name.startswith(STUDY_PREFIX)


def _slug_of(name: str, value: str) -> str:
    """What is in the place of a skill's slug."""
    if name.startswith(STUDY_PREFIX):
        return name.removeprefix(STUDY_PREFIX)
    return value.rpartition(":")[0] if name == Name.STUDY else value


def _find_slugs(value: str, published: PublishedEdition) -> Iterable[str]:
    """The skills of an answer. Words with spaces between them are several skills where each is the name of one."""
    if slug := find_skill(published, value):
        return [slug]
    several = [find_skill(published, word) for word in value.split()]
    return several if several and all(several) else [value]


def _write_study(value: str, published: PublishedEdition) -> str:
    skill, colon, hours = value.rpartition(":")
    return f"{find_skill(published, skill) or skill}{colon}{hours}"
