"""What a rating is called on pages."""

from __future__ import annotations

from dataclasses import dataclass

from calculator.engine.verdict import Rating, Verdict


@dataclass(frozen=True, slots=True, kw_only=True)
class RatingWords:
    """`name` is for style sheets and pictures, `label` for readers."""

    name: str
    label: str


RATINGS = {
    Rating.FIRM: RatingWords(name="clear-lead", label="Clear lead"),
    Rating.LEAN: RatingWords(name="slight-lead", label="Slight lead"),
    Rating.TOSS_UP: RatingWords(name="close-call", label="Close call"),
    Rating.STAY_PUT: RatingWords(name="stay-put", label="Stay put"),
    Rating.NOT_ENOUGH_DATA: RatingWords(name="no-data", label="Not enough data"),
}
#: In place of the rating where the first skill brings next to nothing.
TOO_LITTLE = RatingWords(name="too-little", label="Too little to decide by")


def rating_words(verdict: Verdict) -> RatingWords:
    return TOO_LITTLE if verdict.is_small else RATINGS[verdict.rating]
