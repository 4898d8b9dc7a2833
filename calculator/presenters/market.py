"""Where the visitor's pay is in its market, in words and as a strip, and whose figures say so."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.text import capfirst

from calculator.charts.market_strip import MarketStrip, market_strip
from calculator.engine.edition import Source
from calculator.engine.market import Market
from calculator.engine.profile import PayLevel
from calculator.presenters.pay_levels import LEVEL_SENTENCES, LEVEL_SHARES, say_if_estimated, standing_share
from calculator.presenters.verdict import VerdictPresenter
from calculator.presenters.ways import describe_peers, look_at_ways
from earnverdict import formatting


@dataclass(frozen=True, slots=True, kw_only=True)
class PayAtLevel:
    """A row of the table: `One in ten earns less than`, `$96,110`."""

    name: str
    amount: str
    is_estimate: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class MarketPage:
    """The lead sentence, the levels of pay, every stand-in that was used, and the source. `strip` shows the same."""

    lead: str
    strip: MarketStrip
    whose_pay: str
    levels: tuple[PayAtLevel, ...]
    notes: tuple[str, ...]
    source: Source
    basis: str


def present_market(presenter: VerdictPresenter) -> MarketPage | None:
    """None where no source gives pay."""
    market = presenter.verdict.market
    if market is None:
        return None
    return MarketPage(
        lead=_write_lead(presenter, market),
        strip=market_strip(market, presenter.money),
        whose_pay="this pay" if isinstance(presenter.profile.pay, PayLevel) else "your pay",
        levels=tuple(_present_levels(presenter, market)),
        notes=(*_describe_years(presenter), *_write_notes(presenter, market)),
        source=presenter.published.edition.sources[market.answered_by.source],
        basis=describe_basis(market),
    )


def describe_basis(market: Market) -> str:
    """Year and sample of a market's figures."""
    sample = market.answered_by.sample_size
    counted = f"{formatting.group(sample)} people" if sample else "number of people not published"
    return f"{market.answered_by.year}, {counted}"


def _write_lead(presenter: VerdictPresenter, market: Market) -> str:
    place, amount = presenter.place_in_text(market.answered_by.slug), presenter.money.whole(market.annual_salary)
    pay = presenter.profile.pay
    if isinstance(pay, PayLevel):
        share = say_if_estimated(market, f"in {place} {LEVEL_SHARES[pay]}", pay)
        return f"This verdict is made for {amount} a year: {share}."
    return f"In {place}, {standing_share(market.percentile)} than your {amount} a year."


def _describe_years(presenter: VerdictPresenter) -> Iterator[str]:
    """Where this pay is among people with the same years of work, once these are given."""
    if peers := look_at_ways(presenter).peers:
        yield describe_peers(presenter, peers)


def _present_levels(presenter: VerdictPresenter, market: Market) -> Iterator[PayAtLevel]:
    for level, pay in market.levels.items():
        is_published = market.is_published(level)
        amount = presenter.money.whole(pay) if is_published else f"about {presenter.money.rounded(pay)}"
        yield PayAtLevel(name=LEVEL_SENTENCES[level], amount=amount, is_estimate=not is_published)


def _write_notes(presenter: VerdictPresenter, market: Market) -> Iterator[str]:
    if market.answered_by.slug != market.location:
        answering = presenter.place_in_text(market.answered_by.slug)
        yield f"No source gives pay for {presenter.place_in_text(market.location)}: we used {answering}."
    if market.sigma is not None:
        spread = (
            f"the spread of {presenter.place_in_text(market.sigma_from)}"
            if market.sigma_from
            else "a typical spread, because no place around it has a published one"
        )
        yield f"Only the middle is published. For the other levels we used {spread}."
    if market.annual_salary > market.levels[PayLevel.P90]:
        share = capfirst(say_if_estimated(market, "you earn more than nine in ten", PayLevel.P90))
        highest = presenter.money.rounded(market.capped_salary)
        yield f"{share}. There is no data above {highest}, so extra pay is a share of that amount."
    if market.answered_by.note:
        yield f"{market.answered_by.note[0].upper()}{market.answered_by.note[1:]}."
