"""The answer in one glance: the one recommendation, what it should bring, how sure it is, what comes close."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from calculator.engine.edition import EvidenceChoice
from calculator.engine.verdict import LEARNING_NOTHING, Outlook, Rating, StayPutReason
from calculator.presenters.verdict import VerdictPresenter
from earnverdict import formatting
from skills.presenters.grades import describe_grades
from skills.presenters.ratings import rating_text

EVIDENCE_LABELS = {
    EvidenceChoice.MEASURED: "Measured",
    EvidenceChoice.ALL: "Measured and claimed",
    EvidenceChoice.HEADLINE: "Claims alone",
}
_NOTHING_KNOWN = {
    EvidenceChoice.MEASURED: (
        "Nothing is measured for {skills}",
        "We have no measured figure about {skills}. Let claims count too, or choose other skills.",
    ),
    EvidenceChoice.ALL: (
        "Nothing is known about {skills}",
        "We have no figure about {skills}. Choose other skills.",
    ),
    EvidenceChoice.HEADLINE: (
        "We have no claim about {skills}",
        "You let claims alone count, and we have none about {skills}. Let measured evidence count.",
    ),
}
_IF_CLAIMS_ARE_RIGHT = {
    EvidenceChoice.MEASURED: "",
    EvidenceChoice.ALL: "Claims count here beside what is measured.",
    EvidenceChoice.HEADLINE: "Claims alone count here: all of this holds if they are right.",
}
_WHAT_A_CHANCE_COUNTS = (
    "The chance counts how unsure pay figures and study hours are. Whether an employer pays is your own odds, and no "
    "part of it."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class HeadlineText:
    """The top of the page. `firmness` is how sure the answer is, `meaning` what follows from that, `notes` the rest.

    `plain` is the whole of it in one sentence, for titles and announcements.
    """

    rating: str
    rating_label: str
    title: str
    amount: str
    amount_note: str
    worth: str
    firmness: str
    meaning: str
    notes: tuple[str, ...]
    facts: tuple[tuple[str, str], ...]
    plain: str
    announcement: str


def present_headline(presenter: VerdictPresenter) -> HeadlineText:
    verdict = presenter.verdict
    if verdict.first is None:
        return _without_first(presenter)
    rating, outlook, amounts = rating_text(verdict), verdict.outlook(verdict.first), presenter.amounts[verdict.first]
    title = recommendation(presenter)
    time = f"{formatting.duration(outlook.study.months)} at {_weekly(presenter)} a week"
    return HeadlineText(
        rating=rating.name,
        rating_label=rating.label,
        title=title,
        amount=f"{amounts.span} a year",
        amount_note=f"more, once an employer pays for it, after {time}. We expect {amounts.expected}, before tax.",
        worth=_worth(presenter, outlook),
        firmness=" ".join(_firmness(presenter)),
        meaning=" ".join(_meaning(presenter)),
        notes=tuple(_notes(presenter, outlook)),
        facts=tuple(_facts(presenter, outlook)),
        plain=formatting.plain_text(
            f"{title}: {amounts.span} more a year once an employer pays for it. {rating.label}.{_alone(presenter)}"
        ),
        announcement=formatting.plain_text(
            f"{title}. {rating.label}: {amounts.span} more a year after {formatting.duration(outlook.study.months)}."
        ),
    )


def recommendation(presenter: VerdictPresenter) -> str:
    """The one sentence that every page, title and picture gives; for a verdict with a first skill."""
    assert presenter.verdict.first is not None  # noqa: S101 - the caller has checked
    first = " first" if len(presenter.verdict.considered) > 1 else ""
    return f"Learn {presenter.skill(presenter.verdict.first)}{first}"


def _worth(presenter: VerdictPresenter, outlook: Outlook) -> str:
    """The visitor's odds, then an hour of study against an hour at work and an hour of the visitor's own."""
    gain, money = outlook.gain, presenter.money
    assert gain is not None  # noqa: S101 - a first skill has a gain
    odds = f"You think it {presenter.profile.odds_percent}% likely that you get paid for it"
    worth = f"each hour of study is worth about {money.rounded(gain.worth_of_an_hour)}"
    return (
        f"{odds}. At those odds {worth}; an hour at work pays {presenter.hourly_pay}. {describe_free_hour(presenter)}"
    )


def describe_free_hour(presenter: VerdictPresenter) -> str:
    """What an hour of the visitor's own is counted at, and who says so."""
    hour, share = presenter.verdict.hour_value, presenter.published.edition.constants.free_hour_share
    if hour.amount is None:
        return ""
    if hour.amount == 0:
        return "You put no price on your own hours."
    if not hour.is_default:
        return f"You count an hour of your own at {presenter.money.write(round(hour.amount, 2))}."
    part = "a quarter" if share == 0.25 else formatting.whole_percent(share)
    return f"We count an hour of your own at {presenter.money.rounded(hour.amount)}, {part} of your hourly pay."


def a_chance(share: float) -> str:
    """A 47% chance, a chance of under 1%."""
    text = formatting.chance(share)
    return f"{formatting.with_article(text)} chance" if text[0].isdigit() else f"a chance of {text}"


def _firmness(presenter: VerdictPresenter) -> Iterator[str]:
    """How much is at stake, and how likely the first skill and the likeliest others are to be the best."""
    verdict, outlook = presenter.verdict, presenter.verdict.outlook(presenter.verdict.first or "")
    assert outlook.gain is not None and verdict.chance_first is not None  # noqa: S101, PT018 - a first skill has both
    if verdict.is_small:
        small = f"{presenter.published.edition.constants.small_below * 100:g}% of a year’s pay"
        yield (
            f"It should leave you about {presenter.money.rounded(outlook.gain.net_gain)} within {presenter.horizon()}, "
            f"after all costs: under {small}."
        )
    yield from _chances(presenter, verdict.chance_first)


def _meaning(presenter: VerdictPresenter) -> Iterator[str]:
    """What to do where the evidence cannot choose well, which skills are likelier, and what the chance counts."""
    yield from _close(presenter)
    yield from _wider(presenter, presenter.verdict.chance_first or 0.0)
    yield _WHAT_A_CHANCE_COUNTS


def _chances(presenter: VerdictPresenter, chance: float) -> Iterator[str]:
    verdict = presenter.verdict
    if len(verdict.considered) == 1:
        nothing = formatting.chance(verdict.chance_nothing or 0.0)
        yield f"It has {a_chance(chance)} to be better than learning nothing, which has {nothing}."
        return
    others = [f"{presenter.alternative(other.slug)} has {formatting.chance(other.chance)}" for other in verdict.rivals]
    yield f"It has {a_chance(chance)} to be the best of {presenter.considered}; {formatting.listing(others)}."


def _wider(presenter: VerdictPresenter, chance: float) -> Iterator[str]:
    """Where another skill is likelier to be the best and yet leaves less on average."""
    likelier = [
        outlook
        for outlook in presenter.verdict.outlooks
        if outlook.gain and outlook.gain.chance is not None and outlook.gain.chance > chance
    ]
    if not likelier:
        return
    names = formatting.listing([presenter.skill(each.slug) for each in likelier])
    if len(likelier) == 1:
        yield f"{names} is likelier to be the best, but on average it leaves you less, and we go by the average."
    else:
        yield f"{names} are likelier to be the best, but on average they leave you less, and we go by that."


def _close(presenter: VerdictPresenter) -> Iterator[str]:
    """What to do where the evidence cannot choose well."""
    verdict = presenter.verdict
    if verdict.rating is not Rating.TOSS_UP or verdict.chance_first is None or verdict.first is None:
        return
    least = presenter.published.edition.constants.rival_from * verdict.chance_first
    close = [rival.slug for rival in verdict.rivals if rival.slug != LEARNING_NOTHING and rival.chance >= least]
    if not close:
        return
    if presenter.profile.skills is None:
        names = presenter.skills([verdict.first, *close])
        yield f"Any of these is a good choice: {names}. Take the one whose work you like."
    elif len(close) == 1:
        yield f"Do you prefer {presenter.skill(close[0])}? Then take that."
    else:
        yield f"Do you prefer {presenter.skills(close, 'or')}? Then take the one you prefer."


def _notes(presenter: VerdictPresenter, outlook: Outlook) -> Iterator[str]:
    if outlook.rests_on_duties:
        yield DUTIES
    if outlook.study.assumed:
        yield f"Assumes you know {presenter.skills(outlook.study.assumed)}."
    if text := describe_experience(presenter):
        yield text
    if text := _IF_CLAIMS_ARE_RIGHT[presenter.profile.evidence]:
        yield text


DUTIES = "Ask for the work, not for a course: its figures are about people who do it in their job."


def describe_experience(presenter: VerdictPresenter) -> str:
    """What years of work do to all figures; empty where they are not given."""
    years, verdict = presenter.profile.experience_years, presenter.verdict
    if years is None or not verdict.outlooks:
        return ""
    shift = verdict.outlooks[0].experience_shift
    more = "more" if shift > 0 else "less"
    count = formatting.plural(years, "year")
    return f"With {count} of work, each skill goes with {formatting.percent(abs(shift))} of pay {more} than for others."


def _facts(presenter: VerdictPresenter, outlook: Outlook) -> Iterator[tuple[str, str]]:
    assert outlook.premium is not None and outlook.gain is not None  # noqa: S101, PT018 - a first skill has both
    study, money = outlook.study, presenter.money
    premium = formatting.percent_range(outlook.premium.low, outlook.premium.high)
    yield "Time", f"{formatting.duration(study.months)} at {_weekly(presenter)} a week"
    yield "First extra pay", f"about {formatting.month(study.first_pay_month)}"
    yield (
        f"Left after {presenter.horizon()}",
        f"{money.rounded(outlook.gain.net_gain)}, {describe_costs(presenter, outlook)}",
    )
    yield (
        EVIDENCE_LABELS[presenter.profile.evidence],
        f"goes with {premium} of pay; {describe_grades(outlook.grade_shares)}",
    )
    if outlook.headline is not None:
        yield presenter.claimed(outlook.slug), presenter.claims[outlook.slug]


def describe_costs(presenter: VerdictPresenter, outlook: Outlook) -> str:
    """What is taken off the extra pay: the exam, and the hours at what they are worth."""
    hour, money = presenter.verdict.hour_value.amount or 0.0, presenter.money
    costs = []
    if outlook.study.exam_cost:
        costs.append(f"{money.rounded(outlook.study.exam_cost)} for the exam")
    if hour:
        hours = formatting.plural(round(outlook.study.hours), "hour")
        costs.append(f"{money.rounded(hour * outlook.study.hours)} for {hours} of yours")
    return f"after {formatting.listing(costs)}" if costs else "with no exam and no price on your hours"


def _weekly(presenter: VerdictPresenter) -> str:
    return formatting.plural(presenter.profile.weekly_hours, "hour")


def _alone(presenter: VerdictPresenter) -> str:
    """What a reader who sees only this must know: that the figures are claims."""
    return " Claims alone count." if presenter.profile.evidence is EvidenceChoice.HEADLINE else ""


def _without_first(presenter: VerdictPresenter) -> HeadlineText:
    verdict, rating = presenter.verdict, rating_text(presenter.verdict)
    notes: list[str] = []
    if verdict.rating is Rating.STAY_PUT:
        title, firmness = _stay_put(presenter)
        notes = [text for text in (describe_free_hour(presenter), describe_experience(presenter)) if text]
    elif verdict.market is None:
        title = "We do not know what developers earn there"
        firmness = (
            f"No source gives developer pay for {presenter.place(presenter.profile.location)} or the country "
            "around it, so we print no amounts. What is measured as a share of pay is shown below."
        )
    else:
        title, firmness = (
            text.format(skills=presenter.considered_skills) for text in _NOTHING_KNOWN[presenter.profile.evidence]
        )
    return HeadlineText(
        rating=rating.name,
        rating_label=rating.label,
        title=title,
        amount="",
        amount_note="",
        worth="",
        firmness=firmness,
        meaning="",
        notes=tuple(notes),
        facts=(),
        plain=formatting.plain_text(f"{title}."),
        announcement=formatting.plain_text(f"{title}."),
    )


def _stay_put(presenter: VerdictPresenter) -> tuple[str, str]:
    """The title and the reason."""
    verdict, horizon = presenter.verdict, presenter.horizon()
    skills, is_one = presenter.considered_skills, len(verdict.considered) == 1
    if verdict.stay_put_reason is StayPutReason.NO_TIME:
        soonest = min(
            (outlook for outlook in verdict.outlooks if outlook.gain), key=lambda each: each.study.first_pay_month
        )
        month, of_skill = formatting.month(soonest.study.first_pay_month), f", for {presenter.skill(soonest.slug)},"
        title = f"Stay put: {horizon} {'is' if presenter.profile.horizon_years == 1 else 'are'} too short for {skills}"
        when = f"the earliest extra pay{'' if is_one else of_skill} would come about {month}"
        after = f"that is after the {horizon} you look ahead"
        more = "More hours a week or more years ahead may change that."
        return title, f"At {_weekly(presenter)} a week {when}: {after}. {more}"
    nearest = verdict.outlooks[0]
    name = presenter.skill(nearest.slug)
    assert nearest.gain is not None  # noqa: S101 - it is in time and has a premium
    odds = f"You think it {presenter.profile.odds_percent}% likely that you get paid"
    nothing = verdict.chance_nothing or 0.0
    better = f"Learning {'nothing' if is_one else 'none of them'} has {a_chance(nothing)} to be the better choice."
    if verdict.stay_put_reason is StayPutReason.NO_GAIN:
        loss = presenter.money.rounded(-nearest.gain.net_gain)
        who = "It" if is_one else f"Even {name}, which comes closest,"
        cost = f"would cost about {loss} more than it brings within {horizon}, your hours included"
        title = f"Stay put: {f'{skills} does not pay' if is_one else f'{presenter.none_considered} pays'}"
        sentences = [f"{who} {cost}.", *([better] if nothing > 0.5 else []), f"{odds}."]
        return f"{title} within {horizon}", " ".join(sentences)
    gain = presenter.money.rounded(nearest.gain.net_gain)
    bring = f"On average {name} would bring about {gain} more than it costs, but in most cases less than it costs"
    return f"Stay put: {skills} will more likely cost than pay within {horizon}", f"{bring}. {better} {odds}."
