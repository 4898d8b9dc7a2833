"""Skills as people write them in a query: by slug, by name, or by another name, one or several in an answer.

What is no skill is refused, with those that may be meant.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable

from django.core.exceptions import ValidationError
from django.http import QueryDict

from calculator.query import STUDY_PREFIX, Name
from earnverdict.formatting import listing
from skills.catalogue.skill_search import find_skill, search_skills
from skills.editions.document import PublishedEdition
from skills.presenters.skill_search import describe_unmeasured

#: So many skills are named that may be meant.
MAX_ADVISED = 3


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


def merge_study_hours(query: QueryDict) -> QueryDict:
    """The query with `study.kubernetes=90` as `study=kubernetes:90`; a blank one says nothing."""
    hours = [
        f"{name.removeprefix(STUDY_PREFIX)}:{query[name]}"
        for name in query
        if name.startswith(STUDY_PREFIX) and str(query[name]).strip()
    ]
    if not hours:
        return query
    merged = QueryDict(mutable=True)
    for name, values in query.lists():
        if not name.startswith(STUDY_PREFIX):
            merged.setlist(name, values)
    merged.setlist(Name.STUDY, [*query.getlist(Name.STUDY), *hours])
    return merged


def check_skills(slugs: Collection[str], published: PublishedEdition) -> tuple[str, ...]:
    """The skills, if all are known. Raises ValidationError."""
    check_count(slugs, published)
    known = published.edition.skills
    for slug in slugs:
        if slug not in known:
            raise ValidationError(f"We do not know the skill “{slug[:60]}”. {_advise(slug, published)}")
    return tuple(slugs)


def check_count(slugs: Collection[str], published: PublishedEdition) -> None:
    """More skills than there are include unknown ones: to look at each would take time and help nobody."""
    most = len(published.edition.skills)
    if len(slugs) > most:
        raise ValidationError(f"You named {len(slugs)} skills; we know {most}.")


def _advise(typed: str, published: PublishedEdition) -> str:
    """What may be meant by a word that is not the name of a skill."""
    found = search_skills(published, typed)
    if found.unmeasured:
        return describe_unmeasured(found.unmeasured)
    if not found.slugs:
        return "Choose others."
    names = [published.edition.skills[slug].name for slug in found.slugs[:MAX_ADVISED]]
    return f"Did you mean {listing(names, 'or')}?"


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
