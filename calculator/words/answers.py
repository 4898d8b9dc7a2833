"""The visitor's answers, each with the field that changes it."""

from __future__ import annotations

from dataclasses import dataclass

from calculator.engine.profile import PayLevel
from calculator.words.headline import EVIDENCE_LABELS
from calculator.words.pay_levels import LEVEL_SHARES
from calculator.words.speaker import Speaker
from earnverdict import formatting


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerWords:
    """One answer, and the id of the form's field it came from."""

    label: str
    value: str
    field: str


def answer_words(speaker: Speaker) -> tuple[AnswerWords, ...]:
    profile = speaker.profile
    rows = [
        ("Pay a year", _pay(speaker), "id_salary"),
        ("Paid in", speaker.place(profile.location), "id_location"),
        ("Skills to choose from", _considered(speaker), "skills"),
        ("Skills you have", speaker.skills(profile.held) or "none named", "held"),
        ("Study", f"{formatting.plural(profile.weekly_hours, 'hour')} a week", "id_hours"),
        ("Looking ahead", speaker.horizon(), "id_years"),
        ("How likely you think it that you get paid for it", f"{profile.odds_percent}%", "id_odds"),
        ("Years of work", _experience(profile.experience_years), "id_experience"),
        ("An hour of your own is worth", _hour(speaker), "id_hour"),
        ("Evidence that counts", EVIDENCE_LABELS[profile.evidence], "id_evidence"),
    ]
    if profile.study_hours:
        own = [f"{speaker.skill(slug)} {formatting.plural(hours, 'hour')}" for slug, hours in profile.study_hours]
        rows.append(("Your own study hours", formatting.listing(own), "study"))
    return tuple(AnswerWords(label=label, value=value, field=field) for label, value, field in rows)


def _considered(speaker: Speaker) -> str:
    if speaker.profile.skills is not None:
        return speaker.skills(speaker.profile.skills)
    return f"all {formatting.plural(len(speaker.verdict.considered), 'skill')} that you do not have"


def _experience(years: int | None) -> str:
    return "not given" if years is None else formatting.plural(years, "year")


def _hour(speaker: Speaker) -> str:
    hour = speaker.verdict.hour_value
    if hour.amount is None:
        return "not given"
    if hour.is_default:
        return f"{speaker.money.rounded(hour.amount)}, our guess from your pay"
    return speaker.money.write(round(hour.amount, 2))


def _pay(speaker: Speaker) -> str:
    pay, market = speaker.profile.pay, speaker.verdict.market
    if not isinstance(pay, PayLevel):
        return speaker.money.whole(pay)
    amount = f"{speaker.money.whole(market.annual_salary)}: " if market else "at the level where "
    return f"{amount}{LEVEL_SHARES[pay]}"
