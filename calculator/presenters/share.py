"""The links to share: first without the salary, then exact."""

from __future__ import annotations

from dataclasses import dataclass

from calculator.engine.profile import PayLevel
from calculator.presenters.pay_levels import LEVEL_SHARES
from calculator.presenters.verdict import VerdictPresenter


@dataclass(frozen=True, slots=True, kw_only=True)
class ShareLinks:
    """Query-pinned addresses. `exact` is empty where the page itself holds no salary."""

    level: str
    level_text: str
    exact: str


def present_share_links(presenter: VerdictPresenter) -> ShareLinks:
    pay, market = presenter.profile.pay, presenter.verdict.market
    level = pay if isinstance(pay, PayLevel) else market.nearest_level if market else PayLevel.P50
    return ShareLinks(
        level=presenter.address(pay=level),
        level_text=f"It is for pay at which {LEVEL_SHARES[level]}, the same for everyone near that",
        exact="" if isinstance(pay, PayLevel) else presenter.address(),
    )
