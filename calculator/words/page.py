"""The whole verdict page as text, in the order in which it is read."""

from __future__ import annotations

from dataclasses import dataclass

from calculator.engine.edition import Source
from calculator.engine.verdict import Verdict
from calculator.words.answers import AnswerWords, answer_words
from calculator.words.comparison import SkillRow, comparison_rows
from calculator.words.headline import HeadlineWords, headline_words
from calculator.words.path import PathWords, path_words
from calculator.words.speaker import Speaker
from calculator.words.standing import StandingWords, standing_words
from skills.editions.document import PublishedEdition
from skills.evidence_words import SkillFigures, skill_figures


@dataclass(frozen=True, slots=True, kw_only=True)
class VerdictWords:
    """Everything the template prints of a verdict."""

    headline: HeadlineWords
    horizon: str
    rows: tuple[SkillRow, ...]
    path: PathWords
    standing: StandingWords | None
    figures: tuple[SkillFigures, ...]
    market_source: Source | None
    sources: tuple[Source, ...]
    answers: tuple[AnswerWords, ...]
    is_elsewhere: bool


def verdict_words(verdict: Verdict, published: PublishedEdition) -> VerdictWords:
    speaker = Speaker(verdict=verdict, published=published)
    edition, market = published.edition, verdict.market
    place = edition.places[verdict.profile.location]
    return VerdictWords(
        headline=headline_words(speaker),
        horizon=speaker.horizon(),
        rows=comparison_rows(speaker),
        path=path_words(speaker),
        standing=standing_words(speaker),
        figures=tuple(
            skill_figures(edition, outlook.slug, outlook.contributions, place.region) for outlook in verdict.outlooks
        ),
        market_source=edition.sources[market.answered_by.source] if market else None,
        sources=tuple(edition.sources[slug] for slug in verdict.sources),
        answers=answer_words(speaker),
        is_elsewhere=place.country not in ("US", "PL", "DE"),
    )
