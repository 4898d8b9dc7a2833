"""Where the visitor's pay stands in the market, and whose figures say so."""

from __future__ import annotations

from dataclasses import dataclass

from calculator.engine.market import Market
from calculator.engine.profile import PayLevel
from calculator.presenters.pay_levels import LEVEL_SENTENCES, LEVEL_SHARES, standing_share
from calculator.presenters.verdict import VerdictPresenter
from earnverdict import formatting


@dataclass(frozen=True, slots=True, kw_only=True)
class MarketPosition:
    """The market in words: the lead sentence, its levels, and every stand-in that was used."""

    lead: str
    levels: tuple[tuple[str, str, str], ...]
    notes: tuple[str, ...]
    basis: str


def present_market_position(presenter: VerdictPresenter) -> MarketPosition | None:
    market = presenter.verdict.market
    if market is None:
        return None
    place, amount = presenter.place(market.answered_by.slug), presenter.money.whole(market.annual_salary)
    pay = presenter.profile.pay
    if isinstance(pay, PayLevel):
        lead = f"This page is made for {amount} a year: in {place} {LEVEL_SHARES[pay]}."
    else:
        lead = f"In {place} {standing_share(market.percentile)} than your {amount} a year."
    return MarketPosition(
        lead=lead, levels=_levels(presenter, market), notes=tuple(_notes(presenter, market)), basis=_basis(market)
    )


def _levels(presenter: VerdictPresenter, market: Market) -> tuple[tuple[str, str, str], ...]:
    return tuple(
        (
            LEVEL_SENTENCES[level],
            presenter.money.whole(pay) if market.is_published(level) else presenter.money.rounded(pay),
            "" if market.is_published(level) else "estimated",
        )
        for level, pay in market.levels.items()
    )


def _notes(presenter: VerdictPresenter, market: Market) -> list[str]:
    notes = []
    if market.answered_by.slug != market.location:
        answering = presenter.place(market.answered_by.slug)
        notes.append(f"No source gives pay for {presenter.place(market.location)}: we use {answering}.")
    if market.sigma is not None:
        spread = (
            f"the spread of {presenter.place(market.sigma_from)}"
            if market.sigma_from
            else "a typical spread, because no place around it has a published one"
        )
        notes.append(f"Only the middle is published; the other levels use {spread}.")
    if market.annual_salary > market.levels[PayLevel.P90]:
        notes.append(
            f"You earn more than nine in ten. There is no data beyond {presenter.money.rounded(market.capped_salary)}: "
            "extra pay is a share of that, not of your pay."
        )
    if market.answered_by.note:
        notes.append(f"{market.answered_by.note[0].upper()}{market.answered_by.note[1:]}.")
    return notes


def _basis(market: Market) -> str:
    """Year and sample of the figures."""
    sample = market.answered_by.sample_size
    counted = f", from {formatting.group(sample)} people" if sample else ", sample size not published"
    return f"{market.answered_by.year}{counted}"
