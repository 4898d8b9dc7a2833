"""The visitor's answers, each with the name of its field; the commonest as chips, too."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.text import capfirst

from calculator.engine.edition import Place
from calculator.engine.profile import PayLevel
from calculator.forms import VerdictForm
from calculator.presenters.headline import EVIDENCE_LABELS
from calculator.presenters.pay_levels import LEVEL_SHARES, name_level
from calculator.presenters.verdict import VerdictPresenter
from calculator.query import Name
from earnverdict import formatting
from skills.places.names import name_in_text, short_name


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerText:
    """One answer: the name of its field, what the field asks, the answer, and its chip; empty where it has none."""

    name: str
    label: str
    value: str
    chip: str = ""


def present_answers(presenter: VerdictPresenter) -> tuple[AnswerText, ...]:
    """In the order of the chips."""
    profile = presenter.profile
    hours = f"{formatting.plural(profile.weekly_hours, 'hour')} a week"
    rows = [
        (Name.SALARY, _describe_pay(presenter), _pay_chip(presenter)),
        (Name.LOCATION, _place(presenter), profile.town or short_place(presenter)),
        (Name.HOURS, hours, hours),
        (Name.YEARS, presenter.horizon(), f"{presenter.horizon()} ahead"),
        (Name.HAVE, presenter.skills(profile.held) or "none named", f"I know: {_held_chip(presenter)}"),
        (Name.SKILL, _describe_considered(presenter), _considered_chip(presenter)),
        (Name.ODDS, f"{profile.odds_percent}%", ""),
        (Name.EXPERIENCE, _describe_experience(profile.experience_years), ""),
        (Name.HOUR, _describe_hour(presenter), ""),
        (Name.EVIDENCE, EVIDENCE_LABELS[profile.evidence], ""),
    ]
    if profile.study_hours:
        own = [f"{presenter.skill(slug)} {formatting.plural(hours, 'hour')}" for slug, hours in profile.study_hours]
        rows.append((Name.STUDY, formatting.listing(own), ""))
    return tuple(AnswerText(name=name, label=label_of(name), value=value, chip=chip) for name, value, chip in rows)


def label_of(name: Name) -> str:
    """What the form's field of this name asks."""
    return str(VerdictForm.base_fields[name].label)


def describe_town(presenter: VerdictPresenter) -> str:
    """Say whose pay answers for the town or region that was named; "" where the place itself was."""
    profile, market = presenter.profile, presenter.verdict.market
    if not profile.town or market is None:
        return ""
    return describe_pay_of_town(profile.town, market.answered_by)


def describe_pay_of_town(town: str, answered_by: Place) -> str:
    """Say whose pay answers for a town."""
    name = name_in_text(answered_by)
    return f"{town} is answered by {name}{'’' if name.endswith('s') else '’s'} pay."


def short_place(presenter: VerdictPresenter) -> str:
    """The name of the place alone; of an American area that of its first city."""
    return short_name(presenter.published.edition.places[presenter.profile.location])


def _place(presenter: VerdictPresenter) -> str:
    profile = presenter.profile
    town = presenter.published.places.find_town(profile.town, profile.location) if profile.town else None
    return town.label if town else presenter.place(profile.location)


def _held_chip(presenter: VerdictPresenter) -> str:
    held = presenter.profile.held
    if len(held) > 1:
        return formatting.plural(len(held), "skill")
    return presenter.skill(held[0]) if held else "none"


def _describe_considered(presenter: VerdictPresenter) -> str:
    if presenter.profile.skills is not None:
        return presenter.skills(presenter.profile.skills)
    return f"all {formatting.plural(len(presenter.verdict.considered), 'skill')} that you do not know yet"


def _considered_chip(presenter: VerdictPresenter) -> str:
    skills = presenter.profile.skills
    if skills is None:
        return "All others" if presenter.profile.held else "All skills"
    return formatting.plural(len(skills), "skill") if len(skills) > 1 else presenter.skill(skills[0])


def _describe_experience(years: int | None) -> str:
    return "not given" if years is None else formatting.plural(years, "year")


def _describe_hour(presenter: VerdictPresenter) -> str:
    hour = presenter.verdict.hour_value
    if hour.amount is None:
        return "not given"
    if hour.is_default:
        share = presenter.published.edition.constants.free_hour_share
        return f"{presenter.money.rounded(hour.amount)}: {share:.0%} of your hourly pay"
    return presenter.money.write(round(hour.amount, 2))


def _describe_pay(presenter: VerdictPresenter) -> str:
    pay, market = presenter.profile.pay, presenter.verdict.market
    if not isinstance(pay, PayLevel):
        return f"{presenter.money.whole(pay)} a year"
    amount = f"{presenter.money.whole(market.annual_salary)} a year: " if market else "at the level where "
    return f"{amount}{LEVEL_SHARES[pay]}"


def _pay_chip(presenter: VerdictPresenter) -> str:
    pay = presenter.profile.pay
    if isinstance(pay, PayLevel):
        return capfirst(name_level(pay))
    return f"{presenter.money.whole(pay)} a year"
