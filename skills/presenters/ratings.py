"""The names of ratings on pages."""

from __future__ import annotations

from dataclasses import dataclass

from calculator.engine import Rating, Verdict


@dataclass(frozen=True, slots=True, kw_only=True)
class RatingText:
    """`name` is for style sheets and pictures, `label` for readers."""

    name: str
    label: str


RATINGS = {
    Rating.FIRM: RatingText(name="clear-lead", label="Clear lead"),
    Rating.LEAN: RatingText(name="slight-lead", label="Slight lead"),
    Rating.TOSS_UP: RatingText(name="close-call", label="Close call"),
    Rating.STAY_PUT: RatingText(name="stay-put", label="Stay put"),
    Rating.NOT_ENOUGH_DATA: RatingText(name="no-data", label="Not enough data"),
}
#: Of one skill alone, which leads nothing: whether it is worth learning.
_ONE_SKILL = {
    Rating.FIRM: RatingText(name="clear-lead", label="Worth it"),
    Rating.LEAN: RatingText(name="slight-lead", label="Probably worth it"),
}
#: Replaces the rating if the first skill gains next to nothing.
TOO_LITTLE = RatingText(name="too-little", label="Too little to decide by")


def rating_text(verdict: Verdict) -> RatingText:
    if verdict.is_small:
        return TOO_LITTLE
    rating = RATINGS[verdict.rating]
    return _ONE_SKILL.get(verdict.rating, rating) if len(verdict.considered) == 1 else rating
