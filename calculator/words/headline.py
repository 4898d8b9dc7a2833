"""The answer in one glance: the one recommendation, what it should bring, how sure it is, what comes close."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from calculator.engine.edition import EvidenceChoice
from calculator.engine.verdict import LEARNING_NOTHING, Outlook, Rating, StayPutReason
from calculator.words.speaker import Speaker
from earnverdict import formatting
from skills.words.grades import describe_grades
from skills.words.ratings import rating_words

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
class HeadlineWords:
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


def headline_words(speaker: Speaker) -> HeadlineWords:
    verdict = speaker.verdict
    if verdict.first is None:
        return _without_first(speaker)
    rating, outlook, amounts = rating_words(verdict), verdict.outlook(verdict.first), speaker.amounts[verdict.first]
    title = recommendation(speaker)
    time = f"{formatting.duration(outlook.study.months)} at {_weekly(speaker)} a week"
    return HeadlineWords(
        rating=rating.name,
        rating_label=rating.label,
        title=title,
        amount=f"{amounts.span} a year",
        amount_note=f"more, once an employer pays for it, after {time}. We expect {amounts.expected}, before tax.",
        worth=_worth(speaker, outlook),
        firmness=" ".join(_firmness(speaker)),
        meaning=" ".join(_meaning(speaker)),
        notes=tuple(_notes(speaker, outlook)),
        facts=tuple(_facts(speaker, outlook)),
        plain=formatting.plain_text(
            f"{title}: {amounts.span} more a year once an employer pays for it. {rating.label}.{_alone(speaker)}"
        ),
        announcement=formatting.plain_text(
            f"{title}. {rating.label}: {amounts.span} more a year after {formatting.duration(outlook.study.months)}."
        ),
    )


def recommendation(speaker: Speaker) -> str:
    """The one sentence that every page, title and picture gives; for a verdict with a first skill."""
    assert speaker.verdict.first is not None  # noqa: S101 - the caller has checked
    first = " first" if len(speaker.verdict.considered) > 1 else ""
    return f"Learn {speaker.skill(speaker.verdict.first)}{first}"


def _worth(speaker: Speaker, outlook: Outlook) -> str:
    """The visitor's odds, then an hour of study against an hour at work and an hour of the visitor's own."""
    gain, money = outlook.gain, speaker.money
    assert gain is not None  # noqa: S101 - a first skill has a gain
    odds = f"You think it {speaker.profile.odds_percent}% likely that you get paid for it"
    worth = f"each hour of study is worth about {money.rounded(gain.worth_of_an_hour)}"
    return f"{odds}. At those odds {worth}; an hour at work pays {speaker.hourly_pay}. {hour_words(speaker)}"


def hour_words(speaker: Speaker) -> str:
    """What an hour of the visitor's own is counted at, and who says so."""
    hour, share = speaker.verdict.hour_value, speaker.published.edition.constants.free_hour_share
    if hour.amount is None:
        return ""
    if hour.amount == 0:
        return "You put no price on your own hours."
    if not hour.is_default:
        return f"You count an hour of your own at {speaker.money.write(round(hour.amount, 2))}."
    part = "a quarter" if share == 0.25 else formatting.whole_percent(share)
    return f"We count an hour of your own at {speaker.money.rounded(hour.amount)}, {part} of your hourly pay."


def a_chance(share: float) -> str:
    """A 47% chance, a chance of under 1%."""
    text = formatting.chance(share)
    return f"{formatting.with_article(text)} chance" if text[0].isdigit() else f"a chance of {text}"


def _firmness(speaker: Speaker) -> Iterator[str]:
    """How much is at stake, and how likely the first skill and the likeliest others are to be the best."""
    verdict, outlook = speaker.verdict, speaker.verdict.outlook(speaker.verdict.first or "")
    assert outlook.gain is not None and verdict.chance_first is not None  # noqa: S101, PT018 - a first skill has both
    if verdict.is_small:
        small = f"{speaker.published.edition.constants.small_below * 100:g}% of a year’s pay"
        yield (
            f"It should leave you about {speaker.money.rounded(outlook.gain.net_gain)} within {speaker.horizon()}, "
            f"after all costs: under {small}."
        )
    yield from _chances(speaker, verdict.chance_first)


def _meaning(speaker: Speaker) -> Iterator[str]:
    """What to do where the evidence cannot choose well, which skills are likelier, and what the chance counts."""
    yield from _close(speaker)
    yield from _wider(speaker, speaker.verdict.chance_first or 0.0)
    yield _WHAT_A_CHANCE_COUNTS


def _chances(speaker: Speaker, chance: float) -> Iterator[str]:
    verdict = speaker.verdict
    if len(verdict.considered) == 1:
        nothing = formatting.chance(verdict.chance_nothing or 0.0)
        yield f"It has {a_chance(chance)} to be better than learning nothing, which has {nothing}."
        return
    others = [f"{speaker.alternative(other.slug)} has {formatting.chance(other.chance)}" for other in verdict.rivals]
    yield f"It has {a_chance(chance)} to be the best of {speaker.considered}; {formatting.listing(others)}."


def _wider(speaker: Speaker, chance: float) -> Iterator[str]:
    """Where another skill is likelier to be the best and yet leaves less on average."""
    likelier = [
        outlook
        for outlook in speaker.verdict.outlooks
        if outlook.gain and outlook.gain.chance is not None and outlook.gain.chance > chance
    ]
    if not likelier:
        return
    names = formatting.listing([speaker.skill(each.slug) for each in likelier])
    if len(likelier) == 1:
        yield f"{names} is likelier to be the best, but on average it leaves you less, and we go by the average."
    else:
        yield f"{names} are likelier to be the best, but on average they leave you less, and we go by that."


def _close(speaker: Speaker) -> Iterator[str]:
    """What to do where the evidence cannot choose well."""
    verdict = speaker.verdict
    if verdict.rating is not Rating.TOSS_UP or verdict.chance_first is None or verdict.first is None:
        return
    least = speaker.published.edition.constants.rival_from * verdict.chance_first
    close = [rival.slug for rival in verdict.rivals if rival.slug != LEARNING_NOTHING and rival.chance >= least]
    if not close:
        return
    if speaker.profile.skills is None:
        names = speaker.skills([verdict.first, *close])
        yield f"Any of these is a good choice: {names}. Take the one whose work you like."
    elif len(close) == 1:
        yield f"Do you prefer {speaker.skill(close[0])}? Then take that."
    else:
        yield f"Do you prefer {speaker.skills(close, 'or')}? Then take the one you prefer."


def _notes(speaker: Speaker, outlook: Outlook) -> Iterator[str]:
    if outlook.rests_on_duties:
        yield DUTIES
    if outlook.study.assumed:
        yield f"Assumes you know {speaker.skills(outlook.study.assumed)}."
    if text := experience_words(speaker):
        yield text
    if text := _IF_CLAIMS_ARE_RIGHT[speaker.profile.evidence]:
        yield text


DUTIES = "Ask for the work, not for a course: its figures are about people who do it in their job."


def experience_words(speaker: Speaker) -> str:
    """What years of work do to all figures; empty where they are not given."""
    years, verdict = speaker.profile.experience_years, speaker.verdict
    if years is None or not verdict.outlooks:
        return ""
    shift = verdict.outlooks[0].experience_shift
    more = "more" if shift > 0 else "less"
    count = formatting.plural(years, "year")
    return f"With {count} of work, each skill goes with {formatting.percent(abs(shift))} of pay {more} than for others."


def _facts(speaker: Speaker, outlook: Outlook) -> Iterator[tuple[str, str]]:
    assert outlook.premium is not None and outlook.gain is not None  # noqa: S101, PT018 - a first skill has both
    study, money = outlook.study, speaker.money
    premium = formatting.percent_range(outlook.premium.low, outlook.premium.high)
    yield "Time", f"{formatting.duration(study.months)} at {_weekly(speaker)} a week"
    yield "First extra pay", f"about {formatting.month(study.first_pay_month)}"
    yield f"Left after {speaker.horizon()}", f"{money.rounded(outlook.gain.net_gain)}, {costs_words(speaker, outlook)}"
    yield (
        EVIDENCE_LABELS[speaker.profile.evidence],
        f"goes with {premium} of pay; {describe_grades(outlook.grade_shares)}",
    )
    if outlook.headline is not None:
        yield speaker.claimed(outlook.slug), speaker.claims[outlook.slug]


def costs_words(speaker: Speaker, outlook: Outlook) -> str:
    """What is taken off the extra pay: the exam, and the hours at what they are worth."""
    hour, money = speaker.verdict.hour_value.amount or 0.0, speaker.money
    costs = []
    if outlook.study.exam_cost:
        costs.append(f"{money.rounded(outlook.study.exam_cost)} for the exam")
    if hour:
        hours = formatting.plural(round(outlook.study.hours), "hour")
        costs.append(f"{money.rounded(hour * outlook.study.hours)} for {hours} of yours")
    return f"after {formatting.listing(costs)}" if costs else "with no exam and no price on your hours"


def _weekly(speaker: Speaker) -> str:
    return formatting.plural(speaker.profile.weekly_hours, "hour")


def _alone(speaker: Speaker) -> str:
    """What a reader who sees only this must know: that the figures are claims."""
    return " Claims alone count." if speaker.profile.evidence is EvidenceChoice.HEADLINE else ""


def _without_first(speaker: Speaker) -> HeadlineWords:
    verdict, rating = speaker.verdict, rating_words(speaker.verdict)
    notes: list[str] = []
    if verdict.rating is Rating.STAY_PUT:
        title, firmness = _stay_put(speaker)
        notes = [text for text in (hour_words(speaker), experience_words(speaker)) if text]
    elif verdict.market is None:
        title = "We do not know what developers earn there"
        firmness = (
            f"No source gives developer pay for {speaker.place(speaker.profile.location)} or the country around it, "
            "so we print no amounts. What is measured as a share of pay is shown below."
        )
    else:
        title, firmness = (
            text.format(skills=speaker.considered_skills) for text in _NOTHING_KNOWN[speaker.profile.evidence]
        )
    return HeadlineWords(
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


def _stay_put(speaker: Speaker) -> tuple[str, str]:
    """The title and the reason."""
    verdict, horizon = speaker.verdict, speaker.horizon()
    skills, is_one = speaker.considered_skills, len(verdict.considered) == 1
    if verdict.stay_put_reason is StayPutReason.NO_TIME:
        soonest = min(
            (outlook for outlook in verdict.outlooks if outlook.gain), key=lambda each: each.study.first_pay_month
        )
        month, of_skill = formatting.month(soonest.study.first_pay_month), f", for {speaker.skill(soonest.slug)},"
        title = f"Stay put: {horizon} {'is' if speaker.profile.horizon_years == 1 else 'are'} too short for {skills}"
        when = f"the earliest extra pay{'' if is_one else of_skill} would come about {month}"
        after = f"that is after the {horizon} you look ahead"
        more = "More hours a week or more years ahead may change that."
        return title, f"At {_weekly(speaker)} a week {when}: {after}. {more}"
    nearest = verdict.outlooks[0]
    name = speaker.skill(nearest.slug)
    assert nearest.gain is not None  # noqa: S101 - it is in time and has a premium
    odds = f"You think it {speaker.profile.odds_percent}% likely that you get paid"
    nothing = verdict.chance_nothing or 0.0
    better = f"Learning {'nothing' if is_one else 'none of them'} has {a_chance(nothing)} to be the better choice."
    if verdict.stay_put_reason is StayPutReason.NO_GAIN:
        loss = speaker.money.rounded(-nearest.gain.net_gain)
        who = "It" if is_one else f"Even {name}, which comes closest,"
        cost = f"would cost about {loss} more than it brings within {horizon}, your hours included"
        title = f"Stay put: {f'{skills} does not pay' if is_one else f'{speaker.none_considered} pays'}"
        sentences = [f"{who} {cost}.", *([better] if nothing > 0.5 else []), f"{odds}."]
        return f"{title} within {horizon}", " ".join(sentences)
    gain = speaker.money.rounded(nearest.gain.net_gain)
    bring = f"On average {name} would bring about {gain} more than it costs, but in most cases less than it costs"
    return f"Stay put: {skills} will more likely cost than pay within {horizon}", f"{bring}. {better} {odds}."
