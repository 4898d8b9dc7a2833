"""The whole verdict page as text, in the order in which it is read."""

from __future__ import annotations

from dataclasses import dataclass

from calculator.charts.claims import ClaimChart, claim_chart
from calculator.charts.gains import GainChart, gain_chart
from calculator.charts.ranges import RangeChart, range_chart
from calculator.presenters.answers import AnswerText, present_answers
from calculator.presenters.headline import HeadlineText, present_headline
from calculator.presenters.market_position import PayQuestion, far_out
from calculator.presenters.plan import PlanText, present_plan
from calculator.presenters.share import ShareLinks, present_share_links
from calculator.presenters.skill_comparison import SkillComparison, present_skill_comparison
from calculator.presenters.verdict import VerdictPresenter


@dataclass(frozen=True, slots=True, kw_only=True)
class VerdictPage:
    """Everything the template prints of a verdict. What would change it is a part of its own, loaded later."""

    headline: HeadlineText
    question: PayQuestion | None
    horizon: str
    comparison: SkillComparison
    range_chart: RangeChart | None
    claim_chart: ClaimChart | None
    plan: PlanText
    gain_chart: GainChart | None
    has_flips: bool
    answers: tuple[AnswerText, ...]
    share: ShareLinks
    is_elsewhere: bool


def present_verdict_page(presenter: VerdictPresenter) -> VerdictPage:
    verdict, profile, edition = presenter.verdict, presenter.profile, presenter.published.edition
    place = edition.places[profile.location]
    return VerdictPage(
        headline=present_headline(presenter),
        question=far_out(presenter),
        horizon=presenter.horizon(),
        comparison=present_skill_comparison(presenter),
        range_chart=range_chart(presenter),
        claim_chart=claim_chart(presenter),
        plan=present_plan(presenter),
        gain_chart=gain_chart(presenter),
        has_flips=verdict.chance_nothing is not None,
        answers=present_answers(presenter),
        share=present_share_links(presenter),
        is_elsewhere=place.country not in ("US", "PL", "DE"),
    )
