"""What others see of a shared verdict before they open it: the text of its card, and of the page's meta tags."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from calculator.engine.profile import PayLevel
from calculator.engine.verdict import Verdict
from calculator.presenters.headline import HeadlineText, present_headline
from calculator.presenters.pay_levels import LEVEL_SHARES
from calculator.presenters.verdict import VerdictPresenter
from earnverdict import formatting
from earnverdict.paths import path_of
from skills.editions.document import PublishedEdition

SITE_NAME = "EarnVerdict"
CARD_WIDTH, CARD_HEIGHT = 1200, 630


@dataclass(frozen=True, slots=True, kw_only=True)
class ShareImageText:
    """Everything the card says. It never tells the visitor's pay; `pay_level` is for a verdict made without one."""

    rating: str
    rating_label: str
    title: str
    amount: str
    amount_note: str
    firmness: str
    facts: tuple[tuple[str, str], ...]
    place: str
    pay_level: str
    edition: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkPreview:
    """What the page tells those who show a link to it; addresses are absolute and those of this very verdict."""

    site_name: str
    title: str
    description: str
    address: str
    image: str
    image_alt: str
    image_width: int
    image_height: int


def present_share_image(verdict: Verdict, published: PublishedEdition) -> ShareImageText:
    """The words of the page's headline, with where they hold."""
    presenter = VerdictPresenter(verdict=verdict, published=published)
    headline, pay = present_headline(presenter), presenter.profile.pay
    return ShareImageText(
        rating=headline.rating,
        rating_label=headline.rating_label,
        title=headline.title,
        amount=headline.amount,
        amount_note=headline.amount_note,
        firmness=headline.firmness,
        facts=tuple(_facts(presenter)),
        place=presenter.place(presenter.profile.location),
        pay_level=f"For pay at which {LEVEL_SHARES[pay]}" if isinstance(pay, PayLevel) else "",
        edition=f"Edition {published.number}",
    )


def present_link_preview(
    presenter: VerdictPresenter, headline: HeadlineText, absolute: Callable[[str], str]
) -> LinkPreview:
    """`headline` is the page's; `absolute` puts the site's origin before a path."""
    place = presenter.place(presenter.profile.location)
    title = formatting.plain_text(headline.title)
    return LinkPreview(
        site_name=SITE_NAME,
        title=title,
        description=headline.plain,
        address=absolute(presenter.address()),
        image=absolute(f"{path_of('calculator:verdict_image')}?{presenter.query}"),
        image_alt=f"{title}. {_rest_of_alt(headline)} {place}, edition {presenter.published.number}.",
        image_width=CARD_WIDTH,
        image_height=CARD_HEIGHT,
    )


def _facts(presenter: VerdictPresenter) -> Iterator[tuple[str, str]]:
    """When pay begins, and what is claimed."""
    verdict = presenter.verdict
    if verdict.first is None:
        return
    outlook, claim = verdict.outlook(verdict.first), presenter.claim(verdict.first)
    yield "First extra pay", f"about {formatting.month(outlook.study.first_pay_month)}"
    if claim is not None:
        yield presenter.claimed(outlook.slug), f"{presenter.money.span(*claim)} a year"


def _rest_of_alt(headline: HeadlineText) -> str:
    """What the card shows below its title, in sentences."""
    if not headline.amount:
        return f"{headline.rating_label}."
    return formatting.plain_text(f"{headline.rating_label}. {headline.amount} {headline.amount_note}")
