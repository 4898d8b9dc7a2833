"""Finds skills by what people call them; what is not measured is named, and a slip is forgiven and said."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from rapidfuzz.distance import OSA

from calculator.engine import Skill, cache_per_edition
from skills.catalogue.skill_names import names_of, normalise_name
from skills.editions.document import PublishedEdition, Unmeasured
from skills.models import Skill as CatalogueSkill
from skills.models.words import find_words

#: Longer texts are not searched for.
MAX_CHARACTERS = 80
#: Shorter words are one slip away from many others.
MIN_LETTERS_FOR_SLIP = 4
_CATEGORIES = {category.value: str(category.label) for category in CatalogueSkill.Category}
#: Nobody looks for these.
_COMMON_WORDS = {
    *("a", "an", "and", "are", "at", "behind", "build", "by", "for", "from", "in", "it", "of", "on", "or", "over"),
    *("own", "put", "run", "that", "the", "through", "to", "under", "with", "write"),
}
#: What people add to the name of a skill.
_ADDED_WORDS = {
    *("a", "and", "certification", "cert", "course", "dev", "developer", "development", "engineer", "engineering"),
    *("for", "framework", "in", "language", "learn", "learning", "of", "programming", "skill", "skills", "the", "with"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class SkillMatches:
    """What was found: the skills' slugs in the edition's order; `is_guess` if a slip was forgiven.

    `unmeasured` is what the text names and no figure is about.
    """

    slugs: tuple[str, ...] = ()
    is_guess: bool = False
    unmeasured: Unmeasured | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class _Texts:
    """Texts that find a skill, as they are compared: each word, and each text without spaces."""

    texts: frozenset[str]
    words: tuple[str, ...]
    joined: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Entry:
    """What a skill is called; the same with what belongs to it; the same with what it is about."""

    names: _Texts
    related: _Texts
    about: _Texts


def find_skill(published: PublishedEdition, text: str) -> str:
    """Return the slug of the skill that has exactly this name; "" for none."""
    return _slugs_by_name(published).get(normalise_name(text[:MAX_CHARACTERS]), "")


def search_skills(published: PublishedEdition, text: str) -> SkillMatches:
    """Find skills by the beginnings of words: of names and related words, else of what they are about.

    Where none is found, one letter that is wrong, missing, too many or swapped with the next is forgiven.
    """
    words = find_words(text[:MAX_CHARACTERS])
    if not words:
        return SkillMatches()
    entries, unmeasured = _make_entries(published), _unmeasured_by_name(published)
    named = unmeasured.get(" ".join(words))
    if found := _find(entries, words):
        return SkillMatches(slugs=found, unmeasured=named)
    if named := named or _find_begun(unmeasured, words):
        return SkillMatches(unmeasured=named)
    needed = [word for word in words if word not in _ADDED_WORDS]
    if needed and needed != words:
        return search_skills(published, " ".join(needed))
    return _guess(entries, unmeasured, words)


@cache_per_edition
def _make_entries(published: PublishedEdition) -> Mapping[str, _Entry]:
    return {slug: _make_entry(skill) for slug, skill in sorted(published.edition.skills.items())}


def _make_entry(skill: Skill) -> _Entry:
    names = [*names_of(skill.slug, skill.name), *skill.other_names]
    related = [*names, *skill.related_words, _CATEGORIES.get(skill.category, "")]
    about = [word for word in find_words(skill.summary) if word not in _COMMON_WORDS]
    return _Entry(names=_prepare(names), related=_prepare(related), about=_prepare([*related, *about]))


def _prepare(texts: Iterable[str]) -> _Texts:
    normalised = dict.fromkeys(filter(None, map(normalise_name, texts)))
    return _Texts(
        texts=frozenset(normalised),
        words=tuple(dict.fromkeys(" ".join(normalised).split())),
        joined=tuple(dict.fromkeys(text.replace(" ", "") for text in normalised)),
    )


@cache_per_edition
def _slugs_by_name(published: PublishedEdition) -> Mapping[str, str]:
    return {name: slug for slug, entry in _make_entries(published).items() for name in entry.names.texts}


@cache_per_edition
def _unmeasured_by_name(published: PublishedEdition) -> Mapping[str, Unmeasured]:
    return {normalise_name(name): each for each in published.unmeasured for name in (each.name, *each.other_names)}


def _find(entries: Mapping[str, _Entry], words: Sequence[str]) -> tuple[str, ...]:
    """The skills with such a name; else those that such a word belongs to; else those that are about it."""
    by_name = [slug for slug, entry in entries.items() if _begin(words, entry.names)]
    related = by_name or [slug for slug, entry in entries.items() if _begin(words, entry.related)]
    return tuple(related or (slug for slug, entry in entries.items() if _begin(words, entry.about)))


def _begin(words: Sequence[str], known: _Texts) -> bool:
    """Whether each word begins one of the texts' words, or all of them written together begin a text."""
    whole = "".join(words)
    is_written_together = len(whole) > 2 and any(text.startswith(whole) for text in known.joined)
    return is_written_together or all(any(each.startswith(word) for each in known.words) for word in words)


def _find_begun(unmeasured: Mapping[str, Unmeasured], words: Sequence[str]) -> Unmeasured | None:
    """What is not measured and has a name that begins so; the shortest name counts."""
    text = " ".join(words)
    begun = [name for name in unmeasured if len(text) > 1 and name.startswith(text)]
    return unmeasured[min(begun, key=len)] if begun else None


def _guess(entries: Mapping[str, _Entry], unmeasured: Mapping[str, Unmeasured], words: Sequence[str]) -> SkillMatches:
    """What is one slip away: a name, else something that is not measured, else a related word; else what one of the
    words finds.
    """
    whole = "".join(words)
    if found := [slug for slug, entry in entries.items() if _is_near(whole, entry.names)]:
        return SkillMatches(slugs=tuple(found), is_guess=True)
    for name, each in unmeasured.items():
        if any(_has_one_slip(whole, text) for text in (name.replace(" ", ""), *name.split())):
            return SkillMatches(is_guess=True, unmeasured=each)
    near = [slug for slug, entry in entries.items() if _is_near(whole, entry.related)]
    one_word = [slug for slug, entry in entries.items() if not entry.related.texts.isdisjoint(words)]
    return SkillMatches(slugs=tuple(near or one_word), is_guess=bool(near or one_word))


def _is_near(whole: str, known: _Texts) -> bool:
    """Whether what is typed is one slip from a text, from a word of it, or from its beginning."""
    return any(_has_one_slip(whole, each) for each in (*known.joined, *known.words))


def _has_one_slip(typed: str, name: str) -> bool:
    """Whether the typed text is one slip from the name, or a long one from its beginning. The first letter may be
    missing or swapped with the second, but is rarely another one.
    """
    if min(len(typed), len(name)) < MIN_LETTERS_FOR_SLIP or len(name) < len(typed) - 1:
        return False
    if name[0] not in typed[:2] and typed[0] != name[1]:
        return False
    beginnings = {len(typed) - 1, len(typed), len(typed) + 1} if len(typed) > MIN_LETTERS_FOR_SLIP else set()
    return any(OSA.distance(typed, name[:length], score_cutoff=1) <= 1 for length in {len(name), *beginnings})
