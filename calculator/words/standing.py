"""Where the visitor's pay stands in the market, and whose figures say so."""

from __future__ import annotations

from dataclasses import dataclass

from calculator.engine.market import Market
from calculator.engine.profile import PayLevel
from calculator.words.speaker import Speaker
from earnverdict import figures
from earnverdict.figures import Money


@dataclass(frozen=True, slots=True, kw_only=True)
class StandingWords:
    """The market in words: the lead sentence, its levels, and every stand-in that was used."""

    lead: str
    levels: tuple[tuple[str, str, str], ...]
    notes: tuple[str, ...]
    basis: str


#: Pay this many times below P10 or above P90 is likelier a slip than a salary.
_FAR_OUT = 5


def far_out(market: Market, money: Money) -> str:
    """A question back, where pay is so far outside its market that a month's pay or another currency may be meant."""
    lowest, highest = market.levels[PayLevel.P10], market.levels[PayLevel.P90]
    if lowest / _FAR_OUT <= market.annual_salary <= highest * _FAR_OUT:
        return ""
    far = "below" if market.annual_salary < lowest else "above"
    pay, bound = money.whole(market.annual_salary), money.rounded(lowest if far == "below" else highest)
    return (
        f"{pay} a year is far {far} what developers there are paid (one in ten gets "
        f"{'less' if far == 'below' else 'more'} than {bound}). Is it a month’s pay, or in another currency?"
    )


def standing_words(speaker: Speaker) -> StandingWords | None:
    market = speaker.verdict.market
    if market is None:
        return None
    place = speaker.place(market.answered_by.slug)
    percentile = figures.ordinal(round(market.percentile * 100))
    pay, money = speaker.profile.pay, speaker.money
    who = f"This page is made for pay at {pay.name} of the market" if isinstance(pay, PayLevel) else "Your pay"
    amount = f"{money.whole(market.annual_salary)} a year"
    lead = f"{who}, {amount}, is at the {percentile} percentile of developers in {place}."
    return StandingWords(
        lead=lead, levels=_levels(speaker, market), notes=tuple(_notes(speaker, market)), basis=_basis(market)
    )


def _levels(speaker: Speaker, market: Market) -> tuple[tuple[str, str, str], ...]:
    return tuple(
        (
            level.name,
            speaker.money.whole(pay) if market.is_published(level) else speaker.money.rounded(pay),
            "" if market.is_published(level) else "estimated",
        )
        for level, pay in market.levels.items()
    )


def _notes(speaker: Speaker, market: Market) -> list[str]:
    notes = []
    if market.answered_by.slug != market.location:
        answering = speaker.place(market.answered_by.slug)
        notes.append(f"No source gives pay for {speaker.place(market.location)}: {answering} answers for it.")
    if market.sigma is not None:
        spread = (
            f"the spread of {speaker.place(market.sigma_from)}"
            if market.sigma_from
            else "a typical spread, for no place above it has a published one"
        )
        notes.append(f"Only the median is published; the other levels use {spread}.")
    if market.annual_salary > market.levels[PayLevel.P90]:
        notes.append(
            "Your pay is above P90. There is no data beyond it, so uplifts are computed with P90 and not with your pay."
        )
    if market.answered_by.note:
        notes.append(f"{market.answered_by.note[0].upper()}{market.answered_by.note[1:]}.")
    return notes


def _basis(market: Market) -> str:
    """Year and sample of the figures."""
    sample = market.answered_by.sample_size
    counted = f", from {figures.group(sample)} people" if sample else ", sample size not published"
    return f"{market.answered_by.year}{counted}"
