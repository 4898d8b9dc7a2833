"""All considered skills side by side, and learning none of them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.urls import reverse

from calculator.engine.profile import MAX_SKILLS
from calculator.engine.verdict import Outlook, Rating
from calculator.words.headline import DUTIES
from calculator.words.speaker import Speaker
from earnverdict import formatting
from skills.words.grades import describe_grades

UNKNOWN = "not known"
NO_DATA = "not enough data"


@dataclass(frozen=True, slots=True, kw_only=True)
class SkillNote:
    """What a row takes for granted, and a link that changes it."""

    text: str
    link: str = ""
    link_text: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SkillRow:
    """One considered skill; every figure is text already."""

    slug: str
    name: str
    address: str
    is_first: bool
    uplift: str
    expected: str
    chance: str
    study: str
    first_pay: str
    worth_of_an_hour: str
    net_gain: str
    premium: str
    grounds: str
    notes: tuple[SkillNote, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ComparisonWords:
    """The rows, the chance of learning none of them, and what must be said of all rows."""

    title: str
    rows: tuple[SkillRow, ...]
    nothing: str
    chance_nothing: str
    notes: tuple[str, ...]


def comparison_words(speaker: Speaker) -> ComparisonWords:
    verdict = speaker.verdict
    is_one = len(verdict.considered) == 1
    return ComparisonWords(
        title=f"{speaker.considered_skills} in figures"
        if is_one
        else f"{_capital(speaker.considered)} skills compared",
        rows=tuple(_row(speaker, outlook) for outlook in verdict.outlooks),
        nothing=speaker.money.rounded(0) if verdict.market else UNKNOWN,
        chance_nothing="" if verdict.chance_nothing is None else formatting.chance(verdict.chance_nothing),
        notes=tuple(_shared_notes(speaker)),
    )


def _capital(text: str) -> str:
    return text[0].upper() + text[1:]


def _shared_notes(speaker: Speaker) -> Iterator[str]:
    """What is listed although it cannot be chosen, then how the columns are to be read."""
    verdict, horizon = speaker.verdict, speaker.horizon()
    if missing := [outlook.slug for outlook in verdict.outlooks if outlook.premium is None]:
        verb = "has" if len(missing) == 1 else "have"
        yield f"{speaker.skills(missing)} {verb} too little data to be compared."
    if verdict.chance_nothing is None:
        return
    if verdict.profile.skills is None and verdict.rating is Rating.TOSS_UP:
        yield "With so many skills it is nearly always a close call: each of them has some chance to be the best."
    yield (
        "One time in ten the extra pay is below its range, and one time in ten above. "
        f"“Left after {horizon}” is what we expect at your odds, after the exam and your hours; later pay counts a "
        f"little less ({formatting.whole_percent(speaker.published.edition.constants.discount_rate)} a year)."
    )
    yield "Study hours are our own estimate, on thin evidence (grade D). You can enter yours."


def _row(speaker: Speaker, outlook: Outlook) -> SkillRow:
    gain, amounts, money = outlook.gain, speaker.amounts.get(outlook.slug), speaker.money
    unknown = UNKNOWN if outlook.premium else NO_DATA
    return SkillRow(
        slug=outlook.slug,
        name=speaker.skill(outlook.slug),
        address=reverse("skills:skill", args=[outlook.slug]),
        is_first=outlook.slug == speaker.verdict.first,
        uplift=amounts.span if amounts else unknown,
        expected=amounts.expected if amounts else unknown,
        chance=_chance(outlook),
        study=formatting.duration(outlook.study.months),
        first_pay=formatting.month(outlook.study.first_pay_month),
        worth_of_an_hour=f"{money.rounded(gain.worth_of_an_hour)} an hour" if gain else unknown,
        net_gain=money.rounded(gain.net_gain) if gain else unknown,
        premium=formatting.percent_range(outlook.premium.low, outlook.premium.high) if outlook.premium else "",
        grounds=describe_grades(outlook.grade_shares) or NO_DATA,
        notes=tuple(_notes(speaker, outlook)),
    )


def _chance(outlook: Outlook) -> str:
    if outlook.gain is None:
        return UNKNOWN if outlook.premium else NO_DATA
    return "no time" if outlook.gain.chance is None else formatting.chance(outlook.gain.chance)


def _notes(speaker: Speaker, outlook: Outlook) -> Iterator[SkillNote]:
    study, profile, gain = outlook.study, speaker.profile, outlook.gain
    if outlook.premium is None:
        yield SkillNote(text="There is no figure about it among those that you let count.")
    elif not outlook.is_in_time:
        yield SkillNote(
            text=f"No time: at {formatting.plural(profile.weekly_hours, 'hour')} a week nothing would be paid within "
            f"{speaker.horizon()}."
        )
    elif gain is not None and gain.net_gain <= 0:
        yield SkillNote(text=f"Within {speaker.horizon()} it costs more than it brings, your hours included.")
    if outlook.rests_on_duties:
        yield SkillNote(text=DUTIES)
    if study.added:
        yield SkillNote(text=f"Its time and its pay include {speaker.skills(study.added)}, which comes before it.")
    for need in study.assumed:
        name = speaker.skill(need)
        if profile.skills is not None and len(profile.skills) < MAX_SKILLS:
            link = speaker.address(skills=tuple(sorted((*profile.skills, need))))
            yield SkillNote(text=f"Assumes you know {name}.", link=link, link_text=f"I do not: add {name}")
        else:
            yield SkillNote(text=f"Assumes you know {name}.")
    if outlook.slug in dict(profile.study_hours):
        yield SkillNote(text=f"With your own estimate of {formatting.plural(round(study.own_hours), 'hour')} of study.")
