"""What others see of a shared verdict before they open it: the page's meta tags."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from calculator.charts.claims import GapChart
from calculator.presenters.answer_card import RecommendationCard
from calculator.presenters.share_image import IMAGE_HEIGHT, IMAGE_WIDTH
from calculator.presenters.verdict import VerdictPresenter
from calculator.presenters.verdict_page import VerdictPage
from earnverdict import formatting
from earnverdict.seo import SITE_NAME


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkPreview:
    """What the page tells those who show a link to it. Addresses are absolute and hold no salary."""

    site_name: str
    title: str
    description: str
    address: str
    image: str
    image_alt: str
    image_width: int
    image_height: int


def present_link_preview(
    presenter: VerdictPresenter, words: VerdictPage, absolute: Callable[[str], str]
) -> LinkPreview | None:
    """Describe the page to share, or None where it asks a question; `absolute` puts the site's origin before a path.

    The picture of a verdict with a salary is that of its pay level, which may recommend another skill. So the text next
    to it names none, and no amount that the salary could be computed from.
    """
    headline, share, place = words.headline, words.share, presenter.place(presenter.profile.location)
    if share is None:
        return None
    if share.has_salary:
        description = "What is claimed, what is measured, and how sure that is."
        image_alt = f"What is claimed and what is measured, in money a year, and what to learn first. {place}."
    else:
        description = headline.plain
        gap = words.card.gap if isinstance(words.card, RecommendationCard) else None
        image_alt = f"{headline.title}. {headline.rating_label}. {_describe_bars(gap) if gap else ''}{place}."
    return LinkPreview(
        site_name=SITE_NAME,
        title=share.link_title,
        description=description,
        address=absolute(share.page),
        image=absolute(share.image),
        image_alt=formatting.plain_text(image_alt),
        image_width=IMAGE_WIDTH,
        image_height=IMAGE_HEIGHT,
    )


def _describe_bars(gap: GapChart) -> str:
    """Say what the picture's bars show, ending in a space."""
    claimed = f"{gap.claimed_by}, {gap.claimed} a year. " if gap.claim else ""
    return f"{claimed}{gap.label}: {gap.amount} a year. "
