"""All chosen skills side by side."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.urls import reverse

from calculator.engine.profile import MOST_SKILLS
from calculator.engine.verdict import Outlook
from calculator.words.headline import COUNTS_WHOLE
from calculator.words.speaker import Speaker
from earnverdict import figures

UNKNOWN = "not known"


@dataclass(frozen=True, slots=True, kw_only=True)
class SkillNote:
    """What a row takes for granted, and a link that changes it."""

    text: str
    link: str = ""
    link_text: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SkillRow:
    """One chosen skill; every figure is text already."""

    slug: str
    name: str
    address: str
    is_best: bool
    uplift: str
    expected: str
    premium: str
    headline: str
    study: str
    first_pay: str
    net_gain: str
    break_even: str
    per_hour: str
    grade: str
    against_best: str
    notes: tuple[SkillNote, ...]


def comparison_rows(speaker: Speaker) -> tuple[SkillRow, ...]:
    return tuple(_row(speaker, outlook) for outlook in speaker.verdict.outlooks)


def _row(speaker: Speaker, outlook: Outlook) -> SkillRow:
    gain, amounts, money = outlook.gain, speaker.amounts.get(outlook.slug), speaker.money
    return SkillRow(
        slug=outlook.slug,
        name=speaker.skill(outlook.slug),
        address=reverse("skills:skill", args=[outlook.slug]),
        is_best=outlook.slug == speaker.verdict.best_bet,
        uplift=amounts.span if amounts else UNKNOWN,
        expected=amounts.expected if amounts else UNKNOWN,
        premium=figures.signed_percent_range(outlook.premium.low, outlook.premium.high) if outlook.premium else UNKNOWN,
        headline=speaker.claims[outlook.slug],
        study=figures.duration(outlook.study.months),
        first_pay=figures.month(outlook.study.first_pay_month),
        net_gain=money.signed(gain.net_gain) if gain else UNKNOWN,
        break_even=_break_even(outlook),
        per_hour=money.signed(gain.net_gain_per_hour) if gain else UNKNOWN,
        grade=outlook.grade.value if outlook.grade else "–",
        against_best=_against_best(speaker, outlook),
        notes=tuple(_notes(speaker, outlook)),
    )


def _break_even(outlook: Outlook) -> str:
    """Only an exam has a price here: without one there is nothing to pay back."""
    if outlook.gain is None or not outlook.study.exam_cost:
        return ""
    when = outlook.gain.break_even_month
    return f"exam paid back {figures.month(when)}" if when is not None else "exam not paid back in time"


def _against_best(speaker: Speaker, outlook: Outlook) -> str:
    if outlook.gain is None:
        return UNKNOWN
    if outlook.slug == speaker.verdict.best_bet:
        return "is the best bet"
    if speaker.verdict.best_bet is None:
        return f"{figures.chance(outlook.gain.chance_against_best)} against learning nothing"
    constants = speaker.published.edition.constants
    return figures.chance(outlook.gain.chance_against_best, (1 - constants.lean_from, 1 - constants.firm_from))


def _notes(speaker: Speaker, outlook: Outlook) -> Iterator[SkillNote]:
    study, profile = outlook.study, speaker.profile
    if outlook.premium is None:
        yield SkillNote(text="No figure of the grades you let count is about it.")
    if study.added:
        yield SkillNote(text=f"Its time includes {speaker.skills(study.added)}, which comes first.")
    for need in study.assumed:
        name = speaker.skill(need)
        if len(profile.skills) < MOST_SKILLS:
            link = speaker.address(skills=tuple(sorted((*profile.skills, need))))
            yield SkillNote(text=f"We take it that you know {name}.", link=link, link_text=f"Add {name} to the plan")
        else:
            yield SkillNote(text=f"We take it that you know {name}.")
    if outlook.slug in dict(profile.study_hours):
        yield SkillNote(text=f"With your own estimate of {figures.plural(round(study.own_hours), 'hour')} of study.")
    if outlook.gain and outlook.gain.stack_ratio < COUNTS_WHOLE:
        kept = figures.chance(outlook.gain.stack_ratio)
        yield SkillNote(text=f"Beside the skills you have, {kept} of its premium counts.")
