"""All considered skills side by side, and learning none of them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.urls import reverse

from calculator.engine.profile import MAX_SKILLS
from calculator.engine.verdict import Outlook, Rating
from calculator.presenters.headline import DUTIES
from calculator.presenters.verdict import VerdictPresenter
from earnverdict import formatting
from skills.presenters.grades import describe_grades

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
class SkillComparison:
    """The rows, the chance of learning none of them, and what must be said of all rows."""

    title: str
    rows: tuple[SkillRow, ...]
    nothing: str
    chance_nothing: str
    notes: tuple[str, ...]


def present_skill_comparison(presenter: VerdictPresenter) -> SkillComparison:
    verdict = presenter.verdict
    is_one = len(verdict.considered) == 1
    return SkillComparison(
        title=f"{presenter.considered_skills} in figures"
        if is_one
        else f"{_capital(presenter.considered)} skills compared",
        rows=tuple(_row(presenter, outlook) for outlook in verdict.outlooks),
        nothing=presenter.money.rounded(0) if verdict.market else UNKNOWN,
        chance_nothing="" if verdict.chance_nothing is None else formatting.chance(verdict.chance_nothing),
        notes=tuple(_shared_notes(presenter)),
    )


def _capital(text: str) -> str:
    return text[0].upper() + text[1:]


def _shared_notes(presenter: VerdictPresenter) -> Iterator[str]:
    """What is listed although it cannot be chosen, then how the columns are to be read."""
    verdict, horizon = presenter.verdict, presenter.horizon()
    if missing := [outlook.slug for outlook in verdict.outlooks if outlook.premium is None]:
        verb = "has" if len(missing) == 1 else "have"
        yield f"{presenter.skills(missing)} {verb} too little data to be compared."
    if verdict.chance_nothing is None:
        return
    if verdict.profile.skills is None and verdict.rating is Rating.TOSS_UP:
        yield "With so many skills it is nearly always a close call: each of them has some chance to be the best."
    yield (
        "One time in ten the extra pay is below its range, and one time in ten above. "
        f"“Left after {horizon}” is what we expect at your odds, after the exam and your hours; later pay counts a "
        f"little less ({formatting.whole_percent(presenter.published.edition.constants.discount_rate)} a year)."
    )
    yield "Study hours are our own estimate, on thin evidence (grade D). You can enter yours."


def _row(presenter: VerdictPresenter, outlook: Outlook) -> SkillRow:
    gain, amounts, money = outlook.gain, presenter.amounts.get(outlook.slug), presenter.money
    unknown = UNKNOWN if outlook.premium else NO_DATA
    return SkillRow(
        slug=outlook.slug,
        name=presenter.skill(outlook.slug),
        address=reverse("skills:skill", args=[outlook.slug]),
        is_first=outlook.slug == presenter.verdict.first,
        uplift=amounts.span if amounts else unknown,
        expected=amounts.expected if amounts else unknown,
        chance=_chance(outlook),
        study=formatting.duration(outlook.study.months),
        first_pay=formatting.month(outlook.study.first_pay_month),
        worth_of_an_hour=f"{money.rounded(gain.worth_of_an_hour)} an hour" if gain else unknown,
        net_gain=money.rounded(gain.net_gain) if gain else unknown,
        premium=formatting.percent_range(outlook.premium.low, outlook.premium.high) if outlook.premium else "",
        grounds=describe_grades(outlook.grade_shares) or NO_DATA,
        notes=tuple(_notes(presenter, outlook)),
    )


def _chance(outlook: Outlook) -> str:
    if outlook.gain is None:
        return UNKNOWN if outlook.premium else NO_DATA
    return "no time" if outlook.gain.chance is None else formatting.chance(outlook.gain.chance)


def _notes(presenter: VerdictPresenter, outlook: Outlook) -> Iterator[SkillNote]:
    study, profile, gain = outlook.study, presenter.profile, outlook.gain
    if outlook.premium is None:
        yield SkillNote(text="There is no figure about it among those that you let count.")
    elif not outlook.is_in_time:
        yield SkillNote(
            text=f"No time: at {formatting.plural(profile.weekly_hours, 'hour')} a week nothing would be paid within "
            f"{presenter.horizon()}."
        )
    elif gain is not None and gain.net_gain <= 0:
        yield SkillNote(text=f"Within {presenter.horizon()} it costs more than it brings, your hours included.")
    if outlook.rests_on_duties:
        yield SkillNote(text=DUTIES)
    if study.added:
        yield SkillNote(text=f"Its time and its pay include {presenter.skills(study.added)}, which comes before it.")
    for need in study.assumed:
        name = presenter.skill(need)
        if profile.skills is not None and len(profile.skills) < MAX_SKILLS:
            link = presenter.address(skills=tuple(sorted((*profile.skills, need))))
            yield SkillNote(text=f"Assumes you know {name}.", link=link, link_text=f"I do not: add {name}")
        else:
            yield SkillNote(text=f"Assumes you know {name}.")
    if outlook.slug in dict(profile.study_hours):
        yield SkillNote(text=f"With your own estimate of {formatting.plural(round(study.own_hours), 'hour')} of study.")
