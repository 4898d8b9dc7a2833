"""What each skill is called, and which names two skills share."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from skills.models.words import find_words

#: What errors call the table of what is not measured.
UNMEASURED = "unmeasured skills"


@dataclass(frozen=True, slots=True, kw_only=True)
class Named:
    """A skill, measured or not, with its names and with words that belong to it. `row` is its name in its table."""

    table: str
    row: str
    names: tuple[str, ...]
    other_names: tuple[str, ...]
    related_words: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Clash:
    """A name of one row that is another's too."""

    table: str
    row: str
    reason: str


def normalise_name(text: str) -> str:
    """A name as it is compared: its words in small letters, without accents, with single spaces."""
    return " ".join(find_words(text))


def names_of(slug: str, name: str) -> tuple[str, ...]:
    """The names that every skill has: its slug, its name, and its name before the brackets."""
    return tuple(dict.fromkeys(filter(None, (slug, name, name.partition(" (")[0]))))


def named_skills(
    skills: Iterable[Mapping[str, Sequence[str]]], unmeasured: Iterable[Mapping[str, Sequence[str]]]
) -> list[Named]:
    """The rows of both tables as an edition's document holds them."""
    measured = [
        Named(
            table="skills",
            row=str(row["slug"]),
            names=names_of(str(row["slug"]), str(row["name"])),
            other_names=tuple(row["other_names"]),
            related_words=tuple(row["related_words"]),
        )
        for row in skills
    ]
    others = [
        Named(
            table=UNMEASURED,
            row=str(row["name"]),
            names=(str(row["name"]),),
            other_names=tuple(row["other_names"]),
        )
        for row in unmeasured
    ]
    return [*measured, *others]


def find_clashes(named: Sequence[Named]) -> Iterator[Clash]:
    """Find each other name that is a name of another row too, and each related word that is another skill's name.

    Skills may share related words; what is not measured may share a word with what is.
    """
    owners: dict[str, Named] = {}
    for each in named:
        for name in dict.fromkeys(map(normalise_name, each.names)):
            owners.setdefault(name, each)
    for each in named:
        own_names = each.names if each.table == UNMEASURED else ()
        for text in (*own_names, *each.other_names):
            owner = owners.setdefault(normalise_name(text), each)
            if owner is not each:
                yield Clash(table=each.table, row=each.row, reason=f"“{text}” is a name of {owner.row} too.")
    for each in named:
        for text in each.related_words:
            owner = owners.get(normalise_name(text), each)
            if owner is not each and owner.table == each.table:
                yield Clash(
                    table=each.table, row=each.row, reason=f"“{text}” is a name of {owner.row}, not related to it."
                )
