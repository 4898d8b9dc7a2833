"""A verdict for others: whose answer it is without the salary, the addresses to share, and the way to one's own."""

from __future__ import annotations

from dataclasses import dataclass, replace
from urllib.parse import urlencode

from calculator.engine.market import Market
from calculator.engine.profile import PayLevel, Profile
from calculator.money_input import PERIODS
from calculator.presenters.answers import write_pay
from calculator.presenters.headline import HeadlineText
from calculator.presenters.pay_levels import NEAREST
from calculator.presenters.verdict import VerdictPresenter
from calculator.query import Name, Side, write_query
from earnverdict import formatting
from earnverdict.paths import path_of
from skills.places.names import name_in_text


@dataclass(frozen=True, slots=True, kw_only=True)
class ShareLinks:
    """A link and its picture without the salary, and so with the level's amounts; and a comparison, which has it.

    `has_salary` is whether the verdict itself has one; `title` says which pay others see the verdict for.
    `link_title` is shown with the link, which may recommend another skill than the verdict of a salary: that title
    then names none.
    """

    has_salary: bool
    title: str
    link_title: str
    page: str
    image: str
    compare: str
    compare_text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Invitation:
    """The reader's own verdict in one field: what is kept of the shared one, and where to begin for another place."""

    hint: str
    kept: tuple[tuple[str, str], ...]
    periods: tuple[tuple[str, str], ...]
    elsewhere: str


def leave_out_pay(profile: Profile, market: Market | None) -> Profile:
    """Return the profile with the level nearest to its salary: exact amounts would give the salary away."""
    if isinstance(profile.pay, PayLevel):
        return profile
    return replace(profile, pay=market.nearest_level if market else PayLevel.P50, confirmed_pay=None)


def present_share_links(presenter: VerdictPresenter, headline: HeadlineText) -> ShareLinks:
    has_salary = not isinstance(presenter.profile.pay, PayLevel)
    shared = leave_out_pay(presenter.profile, presenter.verdict.market)
    query, own = (write_query(each, presenter.published.number) for each in (shared, presenter.profile))
    return ShareLinks(
        has_salary=has_salary,
        title=_describe_shared_pay(presenter, shared) if has_salary else "Share it:",
        link_title=formatting.plain_text(
            f"What should a developer in {_place_in_text(presenter)} learn first?" if has_salary else headline.title
        ),
        page=f"{presenter.page}?{query}",
        image=f"{path_of('calculator:verdict_image')}?{query}",
        compare=f"{path_of('calculator:compare_with')}?{urlencode({Side.A.value: own}, safe=':=')}",
        compare_text="Compare",
    )


def present_invitation(presenter: VerdictPresenter) -> Invitation | None:
    """None for a verdict with a salary, and where no pay is known, so that a salary would change nothing."""
    profile = presenter.profile
    if not isinstance(profile.pay, PayLevel) or presenter.verdict.market is None:
        return None
    skills = [(Name.SKILL.value, slug) for slug in profile.skills or ()]
    town = [(Name.TOWN.value, profile.town)] if profile.town else []
    currency = formatting.currency_name(presenter.money.currency)
    home = path_of("calculator:home")
    return Invitation(
        hint=f"Before tax, in {currency}.",
        kept=((Name.LOCATION.value, profile.location), *town, *skills),
        periods=tuple([(period.name, period.label) for period in PERIODS]),
        elsewhere=f"{home}?{urlencode(skills)}" if skills else home,
    )


def describe_level(presenter: VerdictPresenter) -> str:
    """Say which pay a verdict without a salary is for; "" for one with a salary.

    The level is near the sharer's pay, which is on either side of it: so how many earn more than the level is not said.
    """
    level, market = presenter.profile.pay, presenter.verdict.market
    place = _place_in_text(presenter)
    if not isinstance(level, PayLevel):
        return ""
    if market is None:
        return f"For a developer in {place}."
    return f"For {write_pay(presenter)} in {place}, {NEAREST}."


def _describe_shared_pay(presenter: VerdictPresenter, shared: Profile) -> str:
    """Say which pay others see in place of the salary: "as about $210,000, the nearest of five pay levels"."""
    market = presenter.verdict.market
    if market is None or not isinstance(shared.pay, PayLevel):
        return "Share it without your pay:"
    return f"Share it as about {presenter.money.rounded(market.levels[shared.pay])}, {NEAREST}:"


def _place_in_text(presenter: VerdictPresenter) -> str:
    return name_in_text(presenter.published.edition.places[presenter.profile.location])
