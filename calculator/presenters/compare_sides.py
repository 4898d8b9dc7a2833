"""What the two sides of a comparison are called: by what differs between them, first of all the place, then the pay."""

from __future__ import annotations

from dataclasses import dataclass

from calculator.engine.edition import Range
from calculator.engine.verdict import Outlook, Verdict
from calculator.presenters.answers import ANSWERS, present_answers, write_pay
from calculator.presenters.verdict import VerdictPresenter
from calculator.query import Name
from earnverdict.formatting import Money
from skills.places.names import name_in_text, name_with_states, short_name

#: A longer answer is no name.
MAX_NAME_CHARACTERS = 40
#: The answers that sides may be named by, besides place and pay: the skills before all others.
_NAMING = sorted([each for each in ANSWERS if each.phrase], key=lambda each: each.name != Name.SKILL)


@dataclass(frozen=True, slots=True, kw_only=True)
class ComparedSide:
    """One side: its verdict, its name ("Austin"), the same inside a sentence ("in Austin"), its pay ("on $115,000").

    `pay` is empty where the name is the pay.
    """

    presenter: VerdictPresenter
    name: str
    phrase: str
    pay: str

    @property
    def with_pay(self) -> str:
        """The name with the pay."""
        return f"{self.name}, {self.pay}" if self.pay else self.name

    @property
    def verdict(self) -> Verdict:
        return self.presenter.verdict

    @property
    def money(self) -> Money:
        return self.presenter.money

    @property
    def address(self) -> str:
        """The address of its whole verdict."""
        return self.presenter.address()

    @property
    def chips(self) -> dict[str, str]:
        """Its answers in few words, by the names of their fields."""
        return {answer.name: answer.chip for answer in present_answers(self.presenter)}

    @property
    def first(self) -> Outlook | None:
        """What is known of the skill to learn first; None where no skill is."""
        return self.verdict.outlook(self.verdict.first) if self.verdict.first is not None else None

    @property
    def extra_pay(self) -> Range:
        """What the first skill brings a year; for a side that has one."""
        assert self.first is not None and self.first.gain is not None  # noqa: S101, PT018 - the caller has checked
        return self.first.gain.uplift

    @property
    def share_of_pay(self) -> float:
        """The same as a share of the whole pay: less than the premium where a cap or other skills take from it."""
        assert self.verdict.market is not None  # noqa: S101 - a first skill has one
        return self.extra_pay.expected / self.verdict.market.annual_salary


def name_sides(a: VerdictPresenter, b: VerdictPresenter) -> tuple[ComparedSide, ComparedSide]:
    """Name both by the same kind of answer."""
    if a.profile.location != b.profile.location:
        named = _name_places(a, b)
    elif a.profile.pay != b.profile.pay:
        named = [(_name_pay(side), _phrase_pay(side)) for side in (a, b)]
    else:
        named = _name_other_answers(a, b)
    sides = []
    for (name, phrase), presenter in zip(named, (a, b), strict=True):
        pay = _phrase_pay(presenter)
        own_pay = "" if phrase == pay else pay
        sides.append(ComparedSide(presenter=presenter, name=name, phrase=phrase, pay=own_pay))
    return sides[0], sides[1]


def _name_places(a: VerdictPresenter, b: VerdictPresenter) -> list[tuple[str, str]]:
    """Name the places as short as they differ."""
    places = [side.published.edition.places[side.profile.location] for side in (a, b)]
    names = [(short_name(place), f"in {name_in_text(place)}") for place in places]
    if names[0] == names[1]:
        longer = [name_with_states(place) or side.place(place.slug) for place, side in zip(places, (a, b), strict=True)]
        names = [(name, f"in {name}") for name in longer]
    return names


def _name_pay(presenter: VerdictPresenter) -> str:
    """Name the pay alone: "$115,000", "About $134,000"."""
    pay = write_pay(presenter)
    return f"{pay[0].upper()}{pay[1:]}"


def _phrase_pay(presenter: VerdictPresenter) -> str:
    return f"on {write_pay(presenter)}"


def _name_other_answers(a: VerdictPresenter, b: VerdictPresenter) -> list[tuple[str, str]]:
    """Name both by the first answer that differs and is short, in full or as its chip; by their order where none is."""
    answers = [{answer.name: answer for answer in present_answers(side)} for side in (a, b)]
    for naming in _NAMING:
        given = [each.get(naming.name) for each in answers]
        for texts in (
            [each.value if each else "our hours" for each in given],
            [each.chip if each else "" for each in given],
        ):
            if texts[0] != texts[1] and max(map(len, texts)) <= MAX_NAME_CHARACTERS:
                return [(f"{text[0].upper()}{text[1:]}", naming.phrase.format(text)) for text in texts]
    return [("The first", "in the first"), ("The second", "in the second")]


def same_first_skill(one: ComparedSide, other: ComparedSide) -> str:
    """Name the skill that both should learn first; "" where they differ or one has none."""
    first = one.verdict.first
    return one.presenter.short(first) if first is not None and first == other.verdict.first else ""
