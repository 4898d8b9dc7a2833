"""What would change the verdict, as sentences that lead to the changed one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from calculator.engine.edition import EvidenceChoice
from calculator.engine.flips import Flip, FlipKind
from calculator.words.speaker import Speaker
from earnverdict import figures

_CHOICES = {
    EvidenceChoice.MEASURED: "count measured evidence alone",
    EvidenceChoice.ALL: "let headlines count too",
    EvidenceChoice.HEADLINE: "believe headlines alone",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class FlipWords:
    """One change: what it takes, what the best bet is then, and the address that shows it."""

    change: str
    outcome: str
    address: str


def flip_words(speaker: Speaker, flips: Sequence[Flip]) -> tuple[FlipWords, ...]:
    return tuple(
        FlipWords(
            change=_change(speaker, flip),
            outcome=speaker.skill(flip.best_bet) if flip.best_bet else "staying put",
            address=speaker.address_of(flip.changed(speaker.profile)),
        )
        for flip in flips
    )


def _change(speaker: Speaker, flip: Flip) -> str:
    profile = speaker.profile
    if flip.choice is not None:
        return f"If you {_CHOICES[flip.choice]}"
    if flip.kind is FlipKind.HOURS:
        return f"With {figures.plural(flip.value, 'hour')} of study a week instead of {profile.weekly_hours}"
    if flip.kind is FlipKind.YEARS:
        return f"Looking {figures.plural(flip.value, 'year')} ahead instead of {profile.horizon_years}"
    if flip.kind is FlipKind.ODDS:
        return f"With {flip.value}% odds that it turns into pay instead of {profile.odds_percent}%"
    study = speaker.verdict.outlook(flip.skill).study
    hours = f"{figures.plural(flip.value, 'hour')} instead of {figures.group(study.own_hours)}"
    return f"If {speaker.skill(flip.skill)} takes you {hours}"
