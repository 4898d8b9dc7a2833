"""Two verdicts side by side: first what was asked differently, then what comes out."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from calculator.engine.verdict import Outlook
from calculator.presenters.answers import label_of, present_answers
from calculator.presenters.chance_link import chances_address
from calculator.presenters.headline import present_headline
from calculator.presenters.updates import NOT_KNOWN, date_of, extra_pay
from calculator.presenters.verdict import VerdictPresenter
from calculator.query import Name
from earnverdict import formatting
from earnverdict.formatting import Money
from skills.presenters.ratings import rating_text

NOTHING = "–"
#: A side is named after its first different answer, unless that is longer.
LONGEST_CAPTION = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """What one side says: the answer, what explains it, and where readers find more ("" for nowhere)."""

    text: str
    address: str = ""
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


@dataclass(frozen=True, slots=True, kw_only=True)
class ComparedSide:
    """One side: what it is called, and the address of its verdict."""

    letter: str
    caption: str
    address: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """Everything the page prints of a comparison."""

    title: str
    lead: str
    present_edition_note: str
    money_note: str
    sides: tuple[ComparedSide, ComparedSide]
    different: tuple[Pair, ...]
    shared: tuple[tuple[str, str], ...]
    results: tuple[Pair, ...]
    skills: tuple[Pair, ...]
    plain: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Exchange:
    """Writes amounts of B in A's money, by the rates of A's edition."""

    into: Money
    rate: float
    quoted: str

    def range(self, low: float, high: float) -> str:
        return f"about {self.into.span(low * self.rate, high * self.rate)}"

    def amount(self, amount: float) -> str:
        return f"about {self.into.rounded(amount * self.rate)}"


def present_comparison(a: VerdictPresenter, b: VerdictPresenter) -> Comparison:
    answers = tuple(_answers(a, b))
    different = tuple(pair for pair in answers if not pair.is_same)
    exchange = _exchange(a, b)
    title, lead = _title(a, b), _lead(a, b)
    caption_a, caption_b = _captions(different)
    return Comparison(
        title=title,
        lead=lead,
        present_edition_note=_edition_note(a, b),
        money_note=_money_note(a, b, exchange),
        sides=(
            ComparedSide(letter="A", caption=caption_a, address=a.address()),
            ComparedSide(letter="B", caption=caption_b, address=b.address()),
        ),
        different=different,
        shared=tuple((pair.label, pair.a.text) for pair in answers if pair.is_same),
        results=tuple(_results(a, b, exchange)),
        skills=tuple(_skills(a, b, exchange)),
        plain=formatting.plain_text(f"{title}. {lead}".strip()),
    )


def _title(a: VerdictPresenter, b: VerdictPresenter) -> str:
    first_a, first_b = a.verdict.first, b.verdict.first
    if first_a and first_b:
        if first_a == first_b:
            return f"The same answer in both: {a.skill(first_a)} first"
        return f"Different answers: {a.skill(first_a)} first in A, {b.skill(first_b)} in B"
    if first_a:
        return f"A skill to learn in A alone: {a.skill(first_a)} first"
    return f"A skill to learn in B alone: {b.skill(first_b)} first" if first_b else "No skill to learn first in either"


def _lead(a: VerdictPresenter, b: VerdictPresenter) -> str:
    """What the first skills should bring; of a side without one, why it has none."""
    first_a, first_b = a.verdict.first, b.verdict.first
    if first_a and first_b:
        in_a, in_b = extra_pay(a, first_a), extra_pay(b, first_b)
        worth = f"Once an employer pays for it, {a.skill(first_a)} should bring {in_a} a year"
        if first_a != first_b:
            return f"{worth} in A, and {b.skill(first_b)} {in_b} in B."
        return f"{worth} in both." if in_a == in_b else f"{worth} in A, and {in_b} in B."
    sentences = [
        f"{letter}: {present_headline(side).title}." for letter, side in (("A", a), ("B", b)) if not side.verdict.first
    ]
    return " ".join(sentences)


def _edition_note(a: VerdictPresenter, b: VerdictPresenter) -> str:
    if a.published.number == b.published.number:
        return ""
    in_a, in_b = (f"edition {side.published.number} of {date_of(side.published)}" for side in (a, b))
    return f"A has the figures of {in_a}, B of {in_b}: part of any difference may come from that."


def _exchange(a: VerdictPresenter, b: VerdictPresenter) -> Exchange | None:
    """None when both are paid in the same money, or A's edition has no rate."""
    rates = a.published.edition.rates
    rate_a, rate_b = rates.get(a.money.currency), rates.get(b.money.currency)
    if a.money == b.money or rate_a is None or rate_b is None:
        return None
    days = sorted({rate.quoted_on for rate in (rate_a, rate_b) if rate.currency != "USD"})
    return Exchange(
        into=a.money,
        rate=rate_a.units_per_usd / rate_b.units_per_usd,
        quoted=formatting.listing([formatting.day(date.fromisoformat(day)) for day in days]),
    )


def _money_note(a: VerdictPresenter, b: VerdictPresenter, exchange: Exchange | None) -> str:
    if a.money == b.money:
        return ""
    in_a, in_b = (formatting.describe_currency(side.money.currency) for side in (a, b))
    note = f"A is paid in {in_a}, B in {in_b}."
    if exchange is None:
        return f"{note} Nothing is converted."
    name = formatting.currency_name(a.money.currency)
    rates = f"the exchange rates of {exchange.quoted} (edition {a.published.number})"
    return f"{note} Where “about” stands, B is given in {name} too, at {rates}; a rate says nothing about prices there."


def _answers(a: VerdictPresenter, b: VerdictPresenter) -> Iterator[Pair]:
    """Both sides' answers by label, in the order of A's, then what B alone answered."""
    in_a, in_b = ({answer.label: answer.value for answer in present_answers(side)} for side in (a, b))
    for label in dict.fromkeys((*in_a, *in_b)):
        cells = [Cell(text=answers.get(label, "ours")) for answers in (in_a, in_b)]
        yield Pair(label=label, a=cells[0], b=cells[1])


def _captions(different: tuple[Pair, ...]) -> tuple[str, str]:
    """Where people are paid says most; else the first different answer that is short."""
    ranked = sorted(different, key=lambda pair: pair.label != label_of(Name.LOCATION))
    for pair in ranked:
        if max(len(pair.a.text), len(pair.b.text)) <= LONGEST_CAPTION:
            return pair.a.text, pair.b.text
    return "", ""


def _results(a: VerdictPresenter, b: VerdictPresenter, exchange: Exchange | None) -> Iterator[Pair]:
    pair = zip(
        _side_results(a, None, is_mixed=a.money != b.money),
        _side_results(b, exchange, is_mixed=a.money != b.money),
        strict=True,
    )
    for (label, cell_a), (_, cell_b) in pair:
        if {cell_a.text, cell_b.text} != {NOTHING}:
            yield Pair(label=label, a=cell_a, b=cell_b)


def _side_results(
    presenter: VerdictPresenter, exchange: Exchange | None, *, is_mixed: bool
) -> Iterator[tuple[str, Cell]]:
    """One side's results; both sides give the same labels."""
    verdict = presenter.verdict
    outlook = verdict.outlook(verdict.first) if verdict.first else None
    yield "Learn first", Cell(text=presenter.skill(outlook.slug) if outlook else "none")
    yield "Rating", Cell(text=rating_text(verdict).label, address=chances_address())
    yield "Extra pay a year, once an employer pays for it", _worth(presenter, outlook, exchange)
    if is_mixed:
        yield "The same as a share of pay", _share(presenter, outlook)
    yield "Chance to be the best", _chance(presenter)
    yield "Time to learn it", _time(presenter, outlook)
    yield "An hour of study is worth", _hour(presenter, outlook, exchange)
    yield "What is left of it after all costs", _net_gain(presenter, outlook, exchange)
    yield "What is left of the whole plan", _plan(presenter, exchange)


def _worth(presenter: VerdictPresenter, outlook: Outlook | None, exchange: Exchange | None) -> Cell:
    if outlook is None or outlook.gain is None:
        return Cell(text=NOTHING)
    uplift = outlook.gain.uplift
    notes = [f"expected {presenter.money.rounded(uplift.expected)}"]
    if exchange:
        notes.append(exchange.range(uplift.low, uplift.high))
    return Cell(text=presenter.money.span(uplift.low, uplift.high), notes=tuple(notes))


def _share(presenter: VerdictPresenter, outlook: Outlook | None) -> Cell:
    """The amounts over the whole pay: less than the premium where a cap or other skills take from it."""
    market = presenter.verdict.market
    if outlook is None or outlook.gain is None or market is None:
        return Cell(text=NOTHING)
    low, high = (amount / market.annual_salary for amount in (outlook.gain.uplift.low, outlook.gain.uplift.high))
    return Cell(text=formatting.percent_range(low, high))


def _time(presenter: VerdictPresenter, outlook: Outlook | None) -> Cell:
    if outlook is None:
        return Cell(text=NOTHING)
    note = f"first extra pay about {formatting.month(outlook.study.first_pay_month)}"
    return Cell(text=formatting.duration(outlook.study.months), notes=(note,))


def _net_gain(presenter: VerdictPresenter, outlook: Outlook | None, exchange: Exchange | None) -> Cell:
    if outlook is None or outlook.gain is None:
        return Cell(text=NOTHING)
    notes = [f"in {presenter.horizon()}"]
    if exchange:
        notes.append(exchange.amount(outlook.gain.net_gain))
    return Cell(text=presenter.money.rounded(outlook.gain.net_gain), notes=tuple(notes))


def _hour(presenter: VerdictPresenter, outlook: Outlook | None, exchange: Exchange | None) -> Cell:
    if outlook is None or outlook.gain is None:
        return Cell(text=NOTHING)
    notes = [f"an hour at work pays {presenter.hourly_pay}"]
    if exchange:
        notes.append(exchange.amount(outlook.gain.worth_of_an_hour))
    return Cell(text=presenter.money.rounded(outlook.gain.worth_of_an_hour), notes=tuple(notes))


def _plan(presenter: VerdictPresenter, exchange: Exchange | None) -> Cell:
    plan = presenter.verdict.plan
    if plan is None:
        return Cell(text=NOTHING)
    notes = [f"in {presenter.horizon()}, {formatting.plural(len(plan.best.steps), 'skill')}"]
    if exchange:
        notes.append(exchange.amount(plan.best.net_gain))
    return Cell(text=presenter.money.rounded(plan.best.net_gain), notes=tuple(notes))


def _chance(presenter: VerdictPresenter) -> Cell:
    chance, rivals = presenter.verdict.chance_first, presenter.verdict.rivals
    if chance is None:
        return Cell(text=NOTHING)
    count = len(presenter.verdict.considered)
    note = f"{presenter.alternative(rivals[0].slug)} has {formatting.chance(rivals[0].chance)}"
    of = [f"of {formatting.plural(count, 'skill')}"] if count > 1 else []
    return Cell(text=formatting.chance(chance), notes=(*of, note))


def _skills(a: VerdictPresenter, b: VerdictPresenter, exchange: Exchange | None) -> Iterator[Pair]:
    """The skills of either side, in A's order, then those of B alone in B's."""
    slugs = dict.fromkeys(outlook.slug for side in (a, b) for outlook in side.verdict.outlooks)
    for slug in slugs:
        name = (a if slug in a.verdict.considered else b).skill(slug)
        yield Pair(label=name, a=_skill(a, slug, None), b=_skill(b, slug, exchange))


def _skill(presenter: VerdictPresenter, slug: str, exchange: Exchange | None) -> Cell:
    if slug in presenter.verdict.held:
        return Cell(text=NOTHING, notes=("held already",))
    if slug not in presenter.verdict.considered:
        return Cell(text=NOTHING, notes=("not among the skills",))
    gain = presenter.verdict.outlook(slug).gain
    if gain is None:
        return Cell(text=NOT_KNOWN)
    notes = [f"{presenter.money.rounded(gain.net_gain)} left"]
    if exchange:
        notes.append(f"{exchange.amount(gain.uplift.expected)} a year")
    return Cell(text=f"{presenter.money.rounded(gain.uplift.expected)} a year", notes=tuple(notes))
