"""The answer in one glance: the one recommendation, what it should bring, how sure it is, what comes close.

Pages, pictures, titles and announcements take their words from here, so that all name the same recommendation.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from calculator.engine.edition import EvidenceChoice
from calculator.engine.verdict import LEARNING_NOTHING, Outlook, Rating, StayPutReason
from calculator.presenters.verdict import VerdictPresenter
from earnverdict import formatting
from skills.presenters.ratings import rating_text
from skills.study.figures import SIZES

EVIDENCE_LABELS = {
    EvidenceChoice.MEASURED: "Measured",
    EvidenceChoice.ALL: "Measured and claimed",
    EvidenceChoice.HEADLINE: "Claims alone",
}
#: How many rows of compared skills are open; one more is no reason to close any.
OPEN_ROWS = 5
#: So many chosen skills are named where none of them is worth it; more are counted.
NAMED_IN_HEADING = 2
#: So many rivals are named with their chances; more are counted.
_MAX_NAMED_RIVALS = 2
_NOTHING_KNOWN = {
    EvidenceChoice.MEASURED: ("Nothing is measured for {skills}", "We have no measured figure about {skills}."),
    EvidenceChoice.ALL: ("Nothing is known about {skills}", "We have no figure about {skills}."),
    EvidenceChoice.HEADLINE: ("We have no claim about {skills}", "You let claims alone count, and we have none."),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class HeadlineText:
    """`heading` is the page's, `title` says the same where no rating stands next to it.

    `amount` and `amount_note` are one sentence: what the first skill should bring, and when ("" without one).
    `firmness` is how sure the answer is. `plain` is the whole of it for search engines and shared links.
    """

    rating: str
    rating_label: str
    heading: str
    title: str
    amount: str
    amount_note: str
    firmness: str
    plain: str
    announcement: str


def present_headline(presenter: VerdictPresenter) -> HeadlineText:
    verdict = presenter.verdict
    if verdict.first is None:
        return _without_first(presenter)
    rating, outlook = rating_text(verdict), verdict.outlook(verdict.first)
    assert outlook.gain is not None  # noqa: S101 - a first skill has one
    amounts = presenter.write_amounts(outlook.gain.uplift)
    title, months = describe_recommendation(presenter), formatting.duration(outlook.study.months)
    alone = " Claims alone count." if presenter.profile.evidence is EvidenceChoice.HEADLINE else ""
    return HeadlineText(
        rating=rating.name,
        rating_label=rating.label,
        heading=title,
        title=title,
        amount=f"{amounts.span} a year",
        amount_note=f"once an employer pays for it, after {months} at {weekly_hours(presenter)} a week.",
        firmness=" ".join(_describe_firmness(presenter, outlook)),
        plain=formatting.plain_text(
            f"{title}: {amounts.more} a year once an employer pays for it. {rating.label}.{alone}"
        ),
        announcement=formatting.plain_text(f"{title}. {rating.label}: {amounts.more} a year after {months}."),
    )


def describe_recommendation(presenter: VerdictPresenter) -> str:
    """The one sentence that every page, title and picture gives; for a verdict with a first skill."""
    assert presenter.verdict.first is not None  # noqa: S101 - the caller has checked
    first = " first" if len(presenter.verdict.considered) > 1 else ""
    return f"Learn {presenter.in_text(presenter.verdict.first)}{first}"


def weekly_hours(presenter: VerdictPresenter) -> str:
    return formatting.plural(presenter.profile.weekly_hours, "hour")


def a_chance(share: float) -> str:
    """A 47% chance, a chance of under 1%."""
    text = formatting.chance(share)
    return f"{formatting.with_article(text)} chance" if text[0].isdigit() else f"a chance of {text}"


def close_skills(presenter: VerdictPresenter) -> list[str]:
    """In a close call the other skills whose chance comes close to that of the first.

    Where all skills are considered they are among those that are compared in open rows: these leave most.
    """
    verdict = presenter.verdict
    if verdict.rating is not Rating.TOSS_UP or verdict.chance_first is None:
        return []
    least = presenter.published.edition.constants.rival_from * verdict.chance_first
    if presenter.profile.skills is not None:
        return [rival.slug for rival in presenter.rivals if rival.slug != LEARNING_NOTHING and rival.chance >= least]
    needed = verdict.outlooks[0].study.added
    following = verdict.outlooks[1 : min(OPEN_ROWS, len(verdict.candidates))]
    near = [each.slug for each in following if each.gain and (each.gain.chance or 0.0) >= least]
    return [slug for slug in near if slug not in needed]


def is_shortlist(presenter: VerdictPresenter) -> bool:
    """Whether all skills are considered and some come close: the page then names them as a shortlist."""
    return presenter.profile.skills is None and bool(close_skills(presenter))


def _describe_firmness(presenter: VerdictPresenter, outlook: Outlook) -> Iterator[str]:
    """How much is at stake, and how likely the first skill and the likeliest others are to be the best."""
    verdict = presenter.verdict
    assert outlook.gain is not None and verdict.chance_first is not None  # noqa: S101, PT018 - a first skill has both
    if verdict.is_small:
        small = f"{presenter.published.edition.constants.small_below * 100:g}% of a year’s pay"
        yield (
            f"It should leave you about {presenter.money.rounded(outlook.gain.net_gain)} within {presenter.horizon()}, "
            f"after all costs: under {small}."
        )
    if presenter.ranked_count == 1:
        yield f"It has {a_chance(verdict.chance_first)} to be better than learning nothing."
        return
    others = "" if is_shortlist(presenter) or not presenter.rivals else f"; {_describe_others(presenter)}"
    # Calls among so many were never tested, and came true less often the more skills there were.
    is_untested = presenter.ranked_count > max(SIZES)
    chance = a_chance(verdict.chance_first)
    at_most = "at most " if is_untested and "under" not in chance else ""
    yield f"It has {at_most}{chance} to be the best of {presenter.ranked}{others}."


def _describe_others(presenter: VerdictPresenter) -> str:
    """What comes close, with its chance; one that all share is said once. More than two are counted."""
    rivals = presenter.rivals
    chances = [formatting.chance(rival.chance) for rival in rivals]
    names = [presenter.alternative(rival.slug) for rival in rivals]
    if len(rivals) > _MAX_NAMED_RIVALS:
        nothing = [presenter.alternative(each.slug) for each in rivals if each.slug == LEARNING_NOTHING]
        others = f"{formatting.count_word(len(rivals) - len(nothing))} others"
        return f"{formatting.listing([others, *nothing])} come close"
    if len(names) > 1 and len(set(chances)) == 1:
        return f"{formatting.listing(names)} have {chances[0]} each"
    shares = [f"{name} {chance}" for name, chance in zip(names[1:], chances[1:], strict=True)]
    return formatting.listing([f"{names[0]} has {chances[0]}", *shares])


def _without_first(presenter: VerdictPresenter) -> HeadlineText:
    verdict, rating = presenter.verdict, rating_text(presenter.verdict)
    if verdict.rating is Rating.STAY_PUT:
        heading, firmness = _stay_put_heading(presenter), _better_to_stay(presenter)
        is_name = not heading.startswith(("None ", "Neither ", "Probably "))
        title = f"{rating.label}: {heading if is_name else heading[0].lower() + heading[1:]}"
    elif verdict.market is None:
        title = heading = "We do not know what developers earn there"
        firmness = (
            f"No source gives developer pay for {presenter.place_in_text(presenter.profile.location)} or around it."
        )
    else:
        title, firmness = (
            text.format(skills=presenter.considered_skills) for text in _NOTHING_KNOWN[presenter.profile.evidence]
        )
        heading = title
    return HeadlineText(
        rating=rating.name,
        rating_label=rating.label,
        heading=heading,
        title=title,
        amount="",
        amount_note="",
        firmness=firmness,
        plain=formatting.plain_text(f"{title}."),
        announcement=formatting.plain_text(f"{title}."),
    )


def _stay_put_heading(presenter: VerdictPresenter) -> str:
    verdict, horizon, skills = presenter.verdict, presenter.horizon(), presenter.considered_skills
    is_named = presenter.profile.skills is not None and len(verdict.considered) == NAMED_IN_HEADING
    if verdict.stay_put_reason is StayPutReason.NO_TIME:
        which = presenter.listed(verdict.considered, "or") if is_named else skills
        return f"{horizon} {'is' if presenter.profile.horizon_years == 1 else 'are'} too short for {which}"
    is_one, is_sure = len(verdict.considered) == 1, verdict.stay_put_reason is StayPutReason.NO_GAIN
    if is_named:
        neither = f"neither {presenter.listed(verdict.considered, 'nor')}"
        text = f"{'' if is_sure else 'probably '}{neither} is worth the hours within {horizon}"
    elif is_one:
        text = f"{skills} is {'' if is_sure else 'probably '}not worth the hours within {horizon}"
    else:
        text = f"{'' if is_sure else 'probably '}{presenter.none_considered} is worth the hours within {horizon}"
    return f"{text[0].upper()}{text[1:]}"


def _better_to_stay(presenter: VerdictPresenter) -> str:
    nothing = presenter.verdict.chance_nothing or 0.0
    if nothing <= 0.5:
        return ""
    return f"Learning {presenter.nothing} is the better choice, with {a_chance(nothing)}."
