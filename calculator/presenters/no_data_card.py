"""The answer card where pay or evidence is missing."""

from __future__ import annotations

from dataclasses import dataclass, replace

from calculator.engine.edition import EvidenceChoice
from calculator.presenters.headline import HeadlineText
from calculator.presenters.verdict import VerdictPresenter
from earnverdict import formatting


@dataclass(frozen=True, slots=True, kw_only=True)
class NoDataCard:
    """What is missing, and the addresses of what can be done instead."""

    template = "calculator/_card_no_data.html"
    chance_address = ""
    missing: str
    advice: str
    choices: tuple[tuple[str, str], ...]


def present_no_data(presenter: VerdictPresenter, headline: HeadlineText) -> NoDataCard:
    if presenter.verdict.market is None:
        return NoDataCard(
            missing=f"{headline.firmness} So we print no amounts.",
            advice=f"{_goes_with_most(presenter)}For amounts, choose a place where pay is like yours.",
            choices=(),
        )
    choices = []
    if presenter.profile.evidence is EvidenceChoice.MEASURED and any(
        each.headline for each in presenter.verdict.outlooks
    ):
        choices.append(("Let claims count too", presenter.address(evidence=EvidenceChoice.ALL)))
    if presenter.profile.evidence is EvidenceChoice.HEADLINE:
        choices.append(("Let measured evidence count", presenter.address(evidence=EvidenceChoice.MEASURED)))
    if presenter.profile.skills is not None:
        choices.append(("Consider all skills", presenter.address_of(replace(presenter.profile, skills=None))))
    return NoDataCard(missing=headline.firmness, advice="", choices=tuple(choices))


def _goes_with_most(presenter: VerdictPresenter) -> str:
    """The share of pay that is known without a market: the highest, ending in a space; "" where nothing is known."""
    highest = presenter.verdict.outlooks[0]
    if highest.premium is None:
        return ""
    name, share = presenter.short(highest.slug), formatting.more_or_less(highest.premium.expected)
    if len(presenter.verdict.considered) == 1:
        return f"{name} goes with {share} pay. "
    return f"{name} goes with most: {share} pay. "
