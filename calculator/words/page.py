"""The whole verdict page as text, in the order in which it is read."""

from __future__ import annotations

from dataclasses import dataclass

from calculator.charts.claims import ClaimChart, claim_chart
from calculator.charts.gains import GainChart, gain_chart
from calculator.charts.ranges import RangeChart, range_chart
from calculator.charts.standing import StandingChart, standing_chart
from calculator.engine.edition import Source
from calculator.engine.flips import Flip
from calculator.words.answers import AnswerWords, answer_words
from calculator.words.comparison import SkillRow, comparison_rows
from calculator.words.flips import FlipWords, flip_words
from calculator.words.headline import HeadlineWords, headline_words
from calculator.words.path import PathWords, path_words
from calculator.words.share import ShareWords, share_words
from calculator.words.speaker import Speaker
from calculator.words.standing import PayQuestion, StandingWords, far_out, standing_words
from calculator.words.working import WorkingWords, working_words
from earnverdict import figures
from skills.words.evidence import SkillFigures, verdict_figures


@dataclass(frozen=True, slots=True, kw_only=True)
class VerdictWords:
    """Everything the template prints of a verdict."""

    headline: HeadlineWords
    question: PayQuestion | None
    horizon: str
    discount: str
    rows: tuple[SkillRow, ...]
    range_chart: RangeChart | None
    claim_chart: ClaimChart | None
    path: PathWords
    gain_chart: GainChart | None
    standing: StandingWords | None
    standing_chart: StandingChart | None
    flips: tuple[FlipWords, ...]
    working: WorkingWords | None
    figures: tuple[SkillFigures, ...]
    market_source: Source | None
    sources: tuple[Source, ...]
    answers: tuple[AnswerWords, ...]
    share: ShareWords
    is_elsewhere: bool


def verdict_words(speaker: Speaker, flips: tuple[Flip, ...]) -> VerdictWords:
    verdict, profile, edition = speaker.verdict, speaker.profile, speaker.published.edition
    market, place = verdict.market, edition.places[profile.location]
    return VerdictWords(
        headline=headline_words(speaker),
        question=far_out(speaker),
        horizon=speaker.horizon(),
        discount=figures.chance(edition.constants.discount_rate),
        rows=comparison_rows(speaker),
        range_chart=range_chart(speaker),
        claim_chart=claim_chart(speaker),
        path=path_words(speaker),
        gain_chart=gain_chart(speaker),
        standing=standing_words(speaker),
        standing_chart=standing_chart(speaker),
        flips=flip_words(speaker, flips),
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
