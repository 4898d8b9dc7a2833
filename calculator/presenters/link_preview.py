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

    The picture has the amounts of a pay level, so what is said of a verdict with a salary has none.
    """
    headline, share = words.headline, words.share
    if share is None:
        return None
    gap = words.card.gap if isinstance(words.card, RecommendationCard) else None
    shown = _describe_bars(gap, has_salary=share.has_salary) if gap else ""
    return LinkPreview(
        site_name=SITE_NAME,
        title=formatting.plain_text(headline.title),
        description=headline.without_amounts if share.has_salary else headline.plain,
        address=absolute(share.page),
        image=absolute(share.image),
        image_alt=formatting.plain_text(
            f"{headline.without_amounts} {shown}{presenter.place(presenter.profile.location)}."
        ),
        image_width=IMAGE_WIDTH,
        image_height=IMAGE_HEIGHT,
    )


def _describe_bars(gap: GapChart, *, has_salary: bool) -> str:
    """Say what the picture's bars show, ending in a space."""
    if has_salary:
        return f"What is {'claimed and what is ' if gap.claim else ''}measured, in money a year. "
    claimed = f"{gap.claimed_by}, {gap.claimed} a year. " if gap.claim else ""
    return f"{claimed}{gap.label}: {gap.amount} a year. "
