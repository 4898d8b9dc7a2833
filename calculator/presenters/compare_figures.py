"""Two verdicts figure by figure: what comes out, what was asked, skill by skill."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from calculator.engine.verdict import LEARNING_NOTHING
from calculator.engine.ways import OtherWays, WayOutlook
from calculator.presenters.answers import present_answers
from calculator.presenters.compare_sides import ComparedSide, same_first_skill
from calculator.presenters.exchange import Exchange
from calculator.presenters.headline import weekly_hours
from calculator.presenters.updates import NOT_KNOWN
from calculator.presenters.ways import describe_facts, look_at_ways, name_step
from earnverdict import formatting

NOTHING = "–"


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """What one side says: the answer, and what explains it."""

    text: str
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    """What both sides say of one thing."""

    label: str
    a: Cell
    b: Cell

    @property
    def is_same(self) -> bool:
        return self.a == self.b


def compare_results(one: ComparedSide, other: ComparedSide, exchange: Exchange | None) -> Iterator[Pair]:
    """Yield what comes out; the second side has its extra pay in the first one's money, too."""
    rows = zip(_present_results(one, other, None), _present_results(other, one, exchange), strict=True)
    for (label, cell_a), (_, cell_b) in rows:
        if {cell_a.text, cell_b.text} != {NOTHING}:
            yield Pair(label=label, a=cell_a, b=cell_b)


def compare_answers(one: ComparedSide, other: ComparedSide) -> Iterator[Pair]:
    """Yield both sides' answers by label, in the first one's order, then what the second alone answered."""
    in_a, in_b = ({each.label: each.value for each in present_answers(side.presenter)} for side in (one, other))
    for label in dict.fromkeys((*in_a, *in_b)):
        cells = [Cell(text=answers.get(label, "ours")) for answers in (in_a, in_b)]
        yield Pair(label=label, a=cells[0], b=cells[1])


def compare_skills(one: ComparedSide, other: ComparedSide) -> Iterator[Pair]:
    """Yield the skills of either side, in the first one's order, then those of the second alone in its own."""
    slugs = dict.fromkeys(outlook.slug for side in (one, other) for outlook in side.verdict.outlooks)
    for slug in slugs:
        name = (one if slug in one.verdict.considered else other).presenter.skill(slug)
        yield Pair(label=name, a=_present_skill(one, slug), b=_present_skill(other, slug))


def compare_ways(one: ComparedSide, other: ComparedSide) -> Iterator[Pair]:
    """Yield staying and the ways of either side that are shares of pay, in the first one's order."""
    found = [look_at_ways(side.presenter) for side in (one, other)]
    if any(each.staying for each in found):
        a, b = (_present_staying(side, each) for side, each in zip((one, other), found, strict=True))
        yield Pair(label="Staying a year", a=a, b=b)
    in_a, in_b = ({look.way.slug: look for look in each.applying if look.annual} for each in found)
    for slug, look in (in_b | in_a).items():
        cells = [_present_way(side, looks.get(slug)) for side, looks in ((one, in_a), (other, in_b))]
        yield Pair(label=name_step(look.way), a=cells[0], b=cells[1])


def _present_staying(side: ComparedSide, ways: OtherWays) -> Cell:
    if ways.staying is None:
        return Cell(text=NOTHING, notes=("years of work not given",))
    return Cell(text=f"{side.money.rounded(ways.staying.annual)} a year")


def _present_way(side: ComparedSide, look: WayOutlook | None) -> Cell:
    if look is None or look.annual is None:
        return Cell(text=NOTHING)
    return Cell(text=f"{side.money.rounded(look.annual.expected)} a year", notes=(describe_facts(look),))


def _present_results(side: ComparedSide, other: ComparedSide, exchange: Exchange | None) -> Iterator[tuple[str, Cell]]:
    """Yield one side's results; both sides give the same labels."""
    outlook, presenter = side.first, side.presenter
    gain = outlook.gain if outlook else None
    if not same_first_skill(side, other):
        yield "Learn first", Cell(text=presenter.short(outlook.slug) if outlook else "none")
    if gain is None:
        yield "Extra pay a year", Cell(text=NOTHING)
    else:
        notes = (exchange.amount(gain.uplift.expected),) if exchange else ()
        yield "Extra pay a year", Cell(text=side.money.rounded(gain.uplift.expected), notes=notes)
    yield "Chance to be the best", _present_chance(side)
    if side.first and other.first:
        yield _present_closest(side, other)
    yield "An hour of study is worth", Cell(text=side.money.hourly(gain.worth_of_an_hour) if gain else NOTHING)
    yield "An hour at work pays", Cell(text=presenter.hourly_pay if side.verdict.market else NOT_KNOWN)
    months = formatting.duration(outlook.study.months) if outlook else NOTHING
    hours = f"at {weekly_hours(presenter)} a week"
    if presenter.profile.weekly_hours == other.presenter.profile.weekly_hours:
        yield f"Study {hours}", Cell(text=months)
    else:
        yield "Study", Cell(text=months, notes=(hours,))


def _present_chance(side: ComparedSide) -> Cell:
    chance, count = side.verdict.chance_first, side.presenter.ranked_count
    if chance is None:
        return Cell(text=NOTHING)
    return Cell(text=formatting.chance(chance), notes=(f"of {formatting.plural(count, 'skill')}",) if count > 1 else ())


def _present_closest(side: ComparedSide, other: ComparedSide) -> tuple[str, Cell]:
    """Give the chance of what comes closest; it is the label where it is the same skill on both sides."""
    rivals, rivals_of_other = side.presenter.rivals, other.presenter.rivals
    if not rivals:
        return "Likeliest of the others", Cell(text=NOTHING)
    slug, chance = rivals[0].slug, formatting.chance(rivals[0].chance)
    name = side.presenter.alternative(slug)
    if rivals_of_other and slug == rivals_of_other[0].slug and slug != LEARNING_NOTHING:
        return f"Chance of {name} to be the best", Cell(text=chance)
    return "Likeliest of the others", Cell(text=chance, notes=(name,))


def _present_skill(side: ComparedSide, slug: str) -> Cell:
    if slug in side.verdict.held:
        return Cell(text=NOTHING, notes=("held already",))
    if slug not in side.verdict.considered:
        return Cell(text=NOTHING, notes=("not among the skills",))
    gain = side.verdict.outlook(slug).gain
    if gain is None:
        return Cell(text=NOT_KNOWN)
    left = f"{side.money.rounded(gain.net_gain)} left"
    return Cell(text=f"{side.money.rounded(gain.uplift.expected)} a year", notes=(left,))
