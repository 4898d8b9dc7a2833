"""The considered skills compared, most gain first; learning none of them is a row among them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from calculator.engine import Assessment
from calculator.engine.profile import PayLevel
from calculator.engine.verdict import Outlook, Rating
from calculator.presenters.headline import OPEN_ROWS
from calculator.presenters.verdict import VerdictPresenter
from earnverdict import formatting
from earnverdict.chart_scale import Axis, Bar, Scale
from earnverdict.paths import path_of

NO_DATA = "not enough data"


@dataclass(frozen=True, slots=True, kw_only=True)
class SkillRow:
    """One skill, or none of them; every figure is text already. `instead` is what is said in place of figures.

    `has_units` is for the first row: those below it need none.
    """

    name: str
    address: str = ""
    note: str = ""
    money: str = ""
    unit: str = ""
    bar: Bar | None = None
    study: str = ""
    worth: str = ""
    chance: str = ""
    instead: str = ""
    has_units: bool = False
    is_first: bool = False
    is_aside: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class SkillComparison:
    """The rows that are open and those behind `more`, on one ruler; a better skill that is not among them.

    `has_amounts` is whether there are amounts of money and chances.
    """

    title: str
    caption: str
    money_head: str
    has_amounts: bool
    rows: tuple[SkillRow, ...]
    more: str
    closed: tuple[SkillRow, ...]
    axis: Axis
    missed: str
    missed_terms: str
    all_skills: str
    all_address: str


def present_skill_comparison(presenter: VerdictPresenter, assessed: Assessment) -> SkillComparison | None:
    """None where nothing is known of any skill."""
    verdict = presenter.verdict
    scale, axis = _find_scale(presenter)
    if scale is None or axis is None:
        return None
    rows = _present_rows(presenter, scale)
    has_more = len(rows) > OPEN_ROWS + 1
    missed, terms = _describe_missed(presenter, assessed)
    return SkillComparison(
        title=_write_title(presenter, has_more),
        caption=_write_caption(presenter),
        has_amounts=verdict.market is not None,
        money_head="Extra pay a year" if verdict.market else "Extra pay",
        rows=tuple(rows[:OPEN_ROWS] if has_more else rows),
        more="The other skills" if has_more else "",
        closed=tuple(rows[OPEN_ROWS:] if has_more else ()),
        axis=axis,
        missed=missed,
        missed_terms=terms,
        all_skills=f"Consider all {formatting.plural(_count_all(presenter), 'skill')}" if missed else "",
        all_address=presenter.address(skills=None) if missed else "",
    )


def _write_title(presenter: VerdictPresenter, has_more: bool) -> str:
    considered, ranked = len(presenter.verdict.considered), presenter.ranked_count
    count = formatting.count_word(considered)
    if count == "one":
        return f"{presenter.considered_skills[0].upper()}{presenter.considered_skills[1:]} in figures"
    if has_more:
        # Of those that may be the best, as on the card: the closed rows have those without data, too.
        return f"Five of {formatting.count_word(ranked if ranked > OPEN_ROWS else considered)} skills"
    whose = "The" if isinstance(presenter.profile.pay, PayLevel) or presenter.profile.skills is None else "Your"
    return f"{whose} {count} skills compared"


def _write_caption(presenter: VerdictPresenter) -> str:
    has_market = presenter.verdict.market is not None
    caption = "The true average is in 8 of 10 bars."
    if len(presenter.verdict.considered) == 1:
        return caption
    return f"{caption} Sorted by {'money left' if has_market else 'extra pay'}."


def _find_scale(presenter: VerdictPresenter) -> tuple[Scale | None, Axis | None]:
    """One for all rows: of money, or of shares of pay where no market says how much pay is."""
    outlooks = presenter.verdict.outlooks
    if presenter.verdict.market is None:
        shares = [share for each in outlooks if each.premium for share in (each.premium.low, each.premium.high)]
        if not shares:
            return None, None
        scale = Scale.around(shares)
        return scale, scale.share_axis()
    amounts = [amount for each in outlooks if each.gain for amount in (each.gain.uplift.low, each.gain.uplift.high)]
    if not amounts:
        return None, None
    scale = Scale.around(amounts)
    return scale, scale.money_axis(presenter.money)


def _present_rows(presenter: VerdictPresenter, scale: Scale) -> list[SkillRow]:
    """Where staying put is the answer it comes first, else after every skill that gains more than nothing."""
    verdict = presenter.verdict
    shown: list[Outlook | None] = [*verdict.outlooks]
    if verdict.chance_nothing is not None:
        shown.insert(0 if verdict.rating is Rating.STAY_PUT else len(verdict.candidates), None)
    return [
        _none_of_them(presenter, is_first=place == 0)
        if outlook is None
        else _present_row(presenter, outlook, scale, place)
        for place, outlook in enumerate(shown)
    ]


def _shorten(presenter: VerdictPresenter, amount: str, place: int) -> str:
    """Leave out the currency where it is a word of its own: the first row has it."""
    return presenter.money.leave_out_code(amount) if place else amount


def _none_of_them(presenter: VerdictPresenter, *, is_first: bool) -> SkillRow:
    name = "Learning nothing" if len(presenter.verdict.considered) == 1 else "None of them"
    return SkillRow(
        name=name,
        money=_shorten(presenter, presenter.money.write(0), 0 if is_first else 1),
        chance=formatting.chance(presenter.verdict.chance_nothing or 0.0),
        is_first=is_first,
        is_aside=not is_first,
        has_units=is_first,
    )


def _present_row(presenter: VerdictPresenter, outlook: Outlook, scale: Scale, place: int) -> SkillRow:
    gain, premium, money = outlook.gain, outlook.premium, presenter.money
    name, address = presenter.short(outlook.slug), path_of("skills:skill", outlook.slug)
    has_units = outlook is presenter.verdict.outlooks[0]
    if premium is None:
        return SkillRow(name=name, address=address, instead=NO_DATA, has_units=has_units, is_aside=True)
    months, note = formatting.duration(outlook.study.months), "; ".join(_write_notes(presenter, outlook))
    if gain is None:
        return SkillRow(
            name=name,
            address=address,
            note=note,
            money=formatting.percent(premium.expected),
            unit="of pay",
            bar=scale.bar(premium.low, premium.high, premium.expected),
            study=months,
            has_units=has_units,
        )
    uplift = gain.uplift
    amount = _shorten(presenter, money.rounded(uplift.expected), place)
    bar = scale.bar(uplift.low, uplift.high, uplift.expected)
    if gain.chance is None:
        return SkillRow(
            name=name,
            address=address,
            note=note,
            money=amount,
            bar=bar,
            instead=f"no time: {months} of study",
            has_units=has_units,
            is_aside=True,
        )
    return SkillRow(
        name=name,
        address=address,
        note=note,
        money=amount,
        bar=bar,
        study=months,
        worth=_shorten(presenter, money.hourly(gain.worth_of_an_hour), place),
        chance=formatting.chance(gain.chance),
        has_units=has_units,
        is_first=outlook.slug == presenter.verdict.first,
    )


def _write_notes(presenter: VerdictPresenter, outlook: Outlook) -> Iterator[str]:
    gain, study = outlook.gain, outlook.study
    if gain is not None and outlook.is_in_time and gain.net_gain <= 0:
        yield "costs more than it brings"
    if study.added:
        yield f"with {presenter.listed(study.added)} first"
    if any(slug == outlook.slug for slug, _ in presenter.profile.study_hours):
        yield f"in your {formatting.plural(round(study.own_hours), 'hour')}"


def _describe_missed(presenter: VerdictPresenter, assessed: Assessment) -> tuple[str, str]:
    """A skill that would leave more than the first one and is not on the visitor's list, and what it brings."""
    verdict = presenter.verdict
    if presenter.profile.skills is None or verdict.market is None:
        return "", ""
    found = assessed.first_of_all()
    if found is None or found.slug in verdict.considered:
        return "", ""
    gain = verdict.outlook(verdict.first).gain if verdict.first else None
    if gain is not None and gain.net_gain >= found.net_gain:
        return "", ""
    pay, months = presenter.money.rounded(found.annual_uplift), formatting.duration(found.study_months)
    return presenter.listed([found.slug]), f"{pay} a year after {months}"


def _count_all(presenter: VerdictPresenter) -> int:
    """All skills but those that are held."""
    return len(presenter.published.edition.skills) - len(presenter.verdict.held)
