"""What would change the answer, as sentences that lead to the changed one."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from calculator.engine.edition import EvidenceChoice
from calculator.engine.flips import Flip, FlipKind
from calculator.engine.profile import HOUR_VALUE
from calculator.presenters.verdict import VerdictPresenter
from earnverdict import formatting

MAX_SENTENCES = 2
_CHOICES = {
    EvidenceChoice.MEASURED: "let measured evidence alone count",
    EvidenceChoice.ALL: "let claims count too",
    EvidenceChoice.HEADLINE: "believe claims alone",
}
#: What a visitor can change most easily comes first.
_ORDER = (
    FlipKind.HOURS,
    FlipKind.YEARS,
    FlipKind.ODDS,
    FlipKind.STUDY,
    FlipKind.HOUR,
    FlipKind.EVIDENCE,
    FlipKind.EXPERIENCE,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class FlipSentence:
    """One change in three parts, of which `outcome`, the answer then, is set off; and the address that shows it."""

    lead: str
    outcome: str
    ending: str
    address: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FlipList:
    """What would change the answer: the most useful sentences, then the others. `nothing` is said if there are none."""

    chosen: tuple[FlipSentence, ...]
    others: tuple[FlipSentence, ...]
    nothing: str


def present_flips(presenter: VerdictPresenter, flips: Sequence[Flip]) -> FlipList:
    found = [
        *((flip.kind, _write_sentence(presenter, flip)) for flip in flips),
        *((FlipKind.HOUR, each) for each in _not_worth_it(presenter)),
    ]
    ranked = [sentence for _, sentence in sorted(found, key=lambda pair: _ORDER.index(pair[0]))]
    chosen = choose_most_useful(ranked)
    return FlipList(
        chosen=chosen,
        others=tuple(sentence for sentence in ranked if sentence not in chosen),
        nothing=_describe_nothing(presenter),
    )


def choose_most_useful(ranked: Sequence[FlipSentence]) -> tuple[FlipSentence, ...]:
    """A few of the sentences, in their order: of each outcome the first, then what a visitor changes most easily.

    Three ways to the same outcome tell less than one way to each of three.
    """
    of_each_outcome = {sentence.outcome.casefold(): sentence for sentence in reversed(ranked)}.values()
    others = (sentence for sentence in ranked if sentence not in of_each_outcome)
    chosen = [*(sentence for sentence in ranked if sentence in of_each_outcome), *others][:MAX_SENTENCES]
    return tuple(sentence for sentence in ranked if sentence in chosen)


def _write_sentence(presenter: VerdictPresenter, flip: Flip) -> FlipSentence:
    address = presenter.address_of(flip.changed(presenter.profile))
    outcome = presenter.alternative(flip.first) if flip.first else f"learn {presenter.nothing}"
    if flip.kind is FlipKind.STUDY and flip.skill == flip.first:
        return FlipSentence(
            lead="",
            outcome=f"{outcome[0].upper()}{outcome[1:]}",
            ending=f" would come first if it took you {_study_hours(presenter, flip)}",
            address=address,
        )
    return FlipSentence(lead=f"{_change(presenter, flip)}: ", outcome=outcome, ending="", address=address)


def _not_worth_it(presenter: VerdictPresenter) -> Iterator[FlipSentence]:
    """From which price of an hour the first skill costs more than it brings."""
    verdict = presenter.verdict
    gain = verdict.outlook(verdict.first).gain if verdict.first else None
    if gain is None or not HOUR_VALUE.accepts(_find_next_above(gain.worth_of_an_hour)):
        return
    profile = replace(presenter.profile, hour_value=_find_next_above(gain.worth_of_an_hour))
    yield FlipSentence(
        lead=f"If your hour is worth over {_write_worth(presenter, gain.worth_of_an_hour)}: ",
        outcome=f"{presenter.alternative(verdict.first or '')} is not worth it",
        ending="",
        address=presenter.address_of(profile),
    )


def _write_worth(presenter: VerdictPresenter, worth: float) -> str:
    """Small amounts have cents, so that the answer behind the link is above the amount."""
    return presenter.money.rounded(worth) if worth >= 10 else presenter.money.cents(worth)


def _find_next_above(worth: float) -> float:
    """The next plain amount that is higher: a whole one, or a hundredth where amounts are small."""
    return float(math.floor(worth) + 1) if worth >= 10 else round(math.floor(worth * 100) / 100 + 0.01, 2)


def _describe_nothing(presenter: VerdictPresenter) -> str:
    if presenter.verdict.chance_nothing is None:
        return "There is too little data to say."
    return (
        "Nothing within reach: no other hours a week, years, odds, years of work, choice of evidence or study hours "
        "alone would give another answer."
    )


def _change(presenter: VerdictPresenter, flip: Flip) -> str:
    profile, value = presenter.profile, flip.value
    if flip.choice is not None:
        return f"If you {_CHOICES[flip.choice]}"
    if value is None:
        return "If you leave out how long you have worked"
    if flip.kind is FlipKind.HOURS:
        only = "only " if value < profile.weekly_hours else ""
        return f"If you study {only}{formatting.plural(value, 'hour')} a week"
    if flip.kind is FlipKind.YEARS:
        only = "only " if value < profile.horizon_years else ""
        return f"If you look {only}{formatting.plural(value, 'year')} ahead"
    if flip.kind is FlipKind.ODDS:
        only = "only " if value < profile.odds_percent else ""
        return f"At {only}{value}% odds"
    if flip.kind is FlipKind.EXPERIENCE:
        return f"If you have worked for {formatting.plural(value, 'year')}"
    if flip.kind is FlipKind.HOUR:
        return "If you put no price on your own hours"
    return f"With {_study_hours(presenter, flip)}, for {presenter.alternative(flip.skill)}"


def _study_hours(presenter: VerdictPresenter, flip: Flip) -> str:
    """Other hours of study than those that count now: 220 hours, not 130."""
    own_hours = presenter.verdict.outlook(flip.skill).study.own_hours
    return f"{formatting.plural(flip.value or 0, 'hour')}, not {formatting.group(round(own_hours))}"
