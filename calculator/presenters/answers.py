"""The visitor's answers, each with the field that changes it."""

from __future__ import annotations

from dataclasses import dataclass

from calculator.engine.profile import PayLevel
from calculator.presenters.headline import EVIDENCE_LABELS
from calculator.presenters.pay_levels import LEVEL_SHARES
from calculator.presenters.verdict import VerdictPresenter
from earnverdict import formatting


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerText:
    """One answer, and the id of the form's field it came from."""

    label: str
    value: str
    field: str


def present_answers(presenter: VerdictPresenter) -> tuple[AnswerText, ...]:
    profile = presenter.profile
    rows = [
        ("Pay a year", _pay(presenter), "id_salary"),
        ("Paid in", presenter.place(profile.location), "id_location"),
        ("Skills to choose from", _considered(presenter), "skills"),
        ("Skills you have", presenter.skills(profile.held) or "none named", "held"),
        ("Study", f"{formatting.plural(profile.weekly_hours, 'hour')} a week", "id_hours"),
        ("Looking ahead", presenter.horizon(), "id_years"),
        ("How likely you think it that you get paid for it", f"{profile.odds_percent}%", "id_odds"),
        ("Years of work", _experience(profile.experience_years), "id_experience"),
        ("An hour of your own is worth", _hour(presenter), "id_hour"),
        ("Evidence that counts", EVIDENCE_LABELS[profile.evidence], "id_evidence"),
    ]
    if profile.study_hours:
        own = [f"{presenter.skill(slug)} {formatting.plural(hours, 'hour')}" for slug, hours in profile.study_hours]
        rows.append(("Your own study hours", formatting.listing(own), "study"))
    return tuple(AnswerText(label=label, value=value, field=field) for label, value, field in rows)


def _considered(presenter: VerdictPresenter) -> str:
    if presenter.profile.skills is not None:
        return presenter.skills(presenter.profile.skills)
    return f"all {formatting.plural(len(presenter.verdict.considered), 'skill')} that you do not have"


def _experience(years: int | None) -> str:
    return "not given" if years is None else formatting.plural(years, "year")


def _hour(presenter: VerdictPresenter) -> str:
    hour = presenter.verdict.hour_value
    if hour.amount is None:
        return "not given"
    if hour.is_default:
        return f"{presenter.money.rounded(hour.amount)}, our guess from your pay"
    return presenter.money.write(round(hour.amount, 2))


def _pay(presenter: VerdictPresenter) -> str:
    pay, market = presenter.profile.pay, presenter.verdict.market
    if not isinstance(pay, PayLevel):
        return presenter.money.whole(pay)
    amount = f"{presenter.money.whole(market.annual_salary)}: " if market else "at the level where "
    return f"{amount}{LEVEL_SHARES[pay]}"
