"""The whole verdict page as text, in the order in which it is read."""

from __future__ import annotations

from dataclasses import dataclass

from calculator.charts.claims import ClaimChart, claim_chart
from calculator.charts.gains import GainChart, gain_chart
from calculator.charts.ranges import RangeChart, range_chart
from calculator.charts.standing import StandingChart, standing_chart
from calculator.engine.edition import Source
from calculator.words.answers import AnswerWords, answer_words
from calculator.words.comparison import ComparisonWords, comparison_words
from calculator.words.headline import HeadlineWords, headline_words
from calculator.words.plan import PlanWords, plan_words
from calculator.words.share import ShareWords, share_words
from calculator.words.speaker import Speaker
from calculator.words.standing import PayQuestion, StandingWords, far_out, standing_words
from calculator.words.working import WorkingWords, working_words
from skills.words.evidence import SkillFigures, verdict_figures


@dataclass(frozen=True, slots=True, kw_only=True)
class VerdictWords:
    """Everything the template prints of a verdict. What would change it is a part of its own, loaded later."""

    headline: HeadlineWords
    question: PayQuestion | None
    horizon: str
    comparison: ComparisonWords
    range_chart: RangeChart | None
    claim_chart: ClaimChart | None
    plan: PlanWords
    gain_chart: GainChart | None
    standing: StandingWords | None
    standing_chart: StandingChart | None
    has_flips: bool
    working: WorkingWords | None
    figures: tuple[SkillFigures, ...]
    market_source: Source | None
    sources: tuple[Source, ...]
    answers: tuple[AnswerWords, ...]
    share: ShareWords
    is_elsewhere: bool


def verdict_words(speaker: Speaker) -> VerdictWords:
    verdict, profile, edition = speaker.verdict, speaker.profile, speaker.published.edition
    market, place = verdict.market, edition.places[profile.location]
    return VerdictWords(
        headline=headline_words(speaker),
        question=far_out(speaker),
        horizon=speaker.horizon(),
        comparison=comparison_words(speaker),
        range_chart=range_chart(speaker),
        claim_chart=claim_chart(speaker),
        plan=plan_words(speaker),
        gain_chart=gain_chart(speaker),
        standing=standing_words(speaker),
        standing_chart=standing_chart(speaker),
        has_flips=verdict.chance_nothing is not None,
        working=working_words(speaker),
        figures=tuple(
            verdict_figures(speaker.published, outlook.slug, profile.evidence, place.region)
            for outlook in verdict.outlooks
        ),
        market_source=edition.sources[market.answered_by.source] if market else None,
        sources=tuple(edition.sources[slug] for slug in verdict.sources),
        answers=answer_words(speaker),
        share=share_words(speaker),
        is_elsewhere=place.country not in ("US", "PL", "DE"),
    )
