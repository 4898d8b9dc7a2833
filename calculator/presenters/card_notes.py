"""What a card says small of all kinds of answers: what counts, and up to which pay."""

from __future__ import annotations

from collections.abc import Iterator

from calculator.engine.edition import EvidenceChoice
from calculator.presenters.verdict import VerdictPresenter

_IF_CLAIMS_ARE_RIGHT = {
    EvidenceChoice.ALL: "Claims count here, too.",
    EvidenceChoice.HEADLINE: "Claims alone count here: all of this holds if they are right.",
}


def describe_claims(presenter: VerdictPresenter) -> Iterator[str]:
    """Say that claims count, where the visitor lets them."""
    if text := _IF_CLAIMS_ARE_RIGHT.get(presenter.profile.evidence):
        yield text


def describe_cap(presenter: VerdictPresenter) -> Iterator[str]:
    """Say which pay is counted for a visitor who earns more than the sources show."""
    market = presenter.verdict.market
    if market is not None and market.annual_salary > market.capped_salary:
        yield f"We have no data above {presenter.money.rounded(market.capped_salary)}, so we count with that."
