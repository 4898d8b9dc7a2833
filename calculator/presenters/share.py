"""The addresses to share: those of the pay level, which do not give the salary away."""

from __future__ import annotations

from dataclasses import dataclass, replace
from urllib.parse import urlencode

from calculator.engine.profile import PayLevel
from calculator.presenters.verdict import VerdictPresenter
from calculator.query import Side, write_query
from earnverdict.paths import path_of


@dataclass(frozen=True, slots=True, kw_only=True)
class ShareLinks:
    """A link and its picture without the salary, and so with the level's amounts; and a comparison, which has it."""

    title: str
    page: str
    image: str
    compare: str


def present_share_links(presenter: VerdictPresenter) -> ShareLinks:
    pay, market = presenter.profile.pay, presenter.verdict.market
    has_salary = not isinstance(pay, PayLevel)
    level = (market.nearest_level if market else PayLevel.P50) if has_salary else pay
    query = write_query(replace(presenter.profile, pay=level), presenter.published.number)
    return ShareLinks(
        title="Share it without your pay:" if has_salary else "Share it:",
        page=f"{presenter.page}?{query}",
        image=f"{path_of('calculator:verdict_image')}?{query}",
        compare=f"{path_of('calculator:compare_with')}?{urlencode({Side.A.value: presenter.query}, safe=':=')}",
    )
