"""The visitor's answers in words: in full, as chips, inside a sentence, and at the beginning of one about a change."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from django.utils.text import capfirst

from calculator.engine.edition import EvidenceChoice, Place
from calculator.engine.profile import PayLevel
from calculator.forms import VerdictForm
from calculator.presenters.headline import EVIDENCE_LABELS
from calculator.presenters.pay_levels import LEVEL_SHARES
from calculator.presenters.verdict import VerdictPresenter
from calculator.query import Name
from earnverdict import formatting
from skills.places.names import add_article, name_in_text, short_name

type Describe = Callable[[VerdictPresenter], str]


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerWords:
    """How pages speak of one answer, whose name in a Profile is `attribute`.

    `describe` gives it in full, "" where there is nothing to say; `begin` begins a sentence about its change. A `chip`
    shows it in few words; without one, or where that is "", its field is under "More". `phrase` is what a side of a
    comparison is called by it, inside a sentence; a place and pay have words of their own there.
    """

    name: Name
    attribute: str
    describe: Describe
    begin: Describe
    chip: Describe | None = None
    phrase: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerText:
    """One answer: the name of its field, what the field asks, the answer, and its chip; empty where it has none."""

    name: str
    label: str
    value: str
    chip: str = ""


def present_answers(presenter: VerdictPresenter) -> tuple[AnswerText, ...]:
    """In the order of the chips; without those of which there is nothing to say."""
    return tuple(
        AnswerText(
            name=each.name, label=label_of(each.name), value=value, chip=each.chip(presenter) if each.chip else ""
        )
        for each in ANSWERS
        if (value := each.describe(presenter))
    )


def label_of(name: Name) -> str:
    """What the form's field of this name asks."""
    return str(VerdictForm.base_fields[name].label)


def write_pay(presenter: VerdictPresenter) -> str:
    """The salary, or what a pay level comes to: "about $134,000"; without a market "pay where half earn more"."""
    pay, market = presenter.profile.pay, presenter.verdict.market
    if not isinstance(pay, PayLevel):
        return presenter.money.whole(pay)
    return f"about {presenter.money.rounded(market.annual_salary)}" if market else f"pay where {LEVEL_SHARES[pay]}"


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


def _describe_place(presenter: VerdictPresenter) -> str:
    profile = presenter.profile
    town = presenter.published.places.find_town(profile.town, profile.location) if profile.town else None
    return town.label if town else presenter.place(profile.location)


def _shorten_held(presenter: VerdictPresenter) -> str:
    held = presenter.profile.held
    if len(held) > 1:
        return formatting.plural(len(held), "skill")
    return presenter.skill(held[0]) if held else "none"


def _describe_considered(presenter: VerdictPresenter) -> str:
    if presenter.profile.skills is not None:
        return presenter.skills(presenter.profile.skills)
    return f"all {formatting.plural(len(presenter.verdict.considered), 'skill')} that you do not know yet"


def _shorten_considered(presenter: VerdictPresenter) -> str:
    skills = presenter.profile.skills
    if skills is None:
        return "All skills"
    return formatting.plural(len(skills), "skill") if len(skills) > 1 else presenter.skill(skills[0])


def _describe_hours(presenter: VerdictPresenter) -> str:
    return f"{formatting.plural(presenter.profile.weekly_hours, 'hour')} a week"


def _describe_study(presenter: VerdictPresenter) -> str:
    own = presenter.profile.study_hours
    return formatting.listing([f"{presenter.skill(slug)} {formatting.plural(hours, 'hour')}" for slug, hours in own])


def _describe_experience(presenter: VerdictPresenter) -> str:
    years = presenter.profile.experience_years
    return "not given" if years is None else formatting.plural(years, "year")


def _shorten_experience(presenter: VerdictPresenter) -> str:
    """Empty where the years are not given: the field is then under "More"."""
    return "" if presenter.profile.experience_years is None else f"{_describe_experience(presenter)} of work"


def _describe_hour(presenter: VerdictPresenter) -> str:
    hour = presenter.verdict.hour_value
    if hour.amount is None:
        return "not given"
    if hour.is_default:
        share = presenter.published.edition.constants.free_hour_share
        return f"{presenter.money.hourly(hour.amount)}: {share:.0%} of your hourly pay"
    return presenter.money.cents(hour.amount)


def _describe_pay(presenter: VerdictPresenter) -> str:
    pay, market = presenter.profile.pay, presenter.verdict.market
    if not isinstance(pay, PayLevel):
        return f"{presenter.money.whole(pay)} a year"
    return f"{write_pay(presenter)} a year, one of five pay levels" if market else write_pay(presenter)


def _shorten_pay(presenter: VerdictPresenter) -> str:
    pay = capfirst(write_pay(presenter))
    return pay if isinstance(presenter.profile.pay, PayLevel) else f"{pay} a year"


def _begin_with_pay(presenter: VerdictPresenter) -> str:
    pay = presenter.profile.pay
    if isinstance(pay, PayLevel):
        return f"For pay where {LEVEL_SHARES[pay]}"
    return f"With {presenter.money.whole(pay)} a year"


def _begin_with_place(presenter: VerdictPresenter) -> str:
    profile = presenter.profile
    return f"In {profile.town or add_article(presenter.published.edition.places[profile.location].name)}"


def _begin_with_experience(presenter: VerdictPresenter) -> str:
    years = presenter.profile.experience_years
    return "Without your years of work" if years is None else f"With {formatting.plural(years, 'year')} of work"


def _begin_with_hour(presenter: VerdictPresenter) -> str:
    value = presenter.profile.hour_value
    if value is None:
        return "With our value of your hours"
    return f"With an hour of your own at {presenter.money.cents(value)}" if value else "With no price on your hours"


_BEGINNINGS_OF_EVIDENCE = {
    EvidenceChoice.MEASURED: "With measured evidence alone",
    EvidenceChoice.ALL: "With claims counted too",
    EvidenceChoice.HEADLINE: "With claims alone",
}
#: All answers, in the order of the chips.
ANSWERS = (
    AnswerWords(name=Name.SALARY, attribute="pay", describe=_describe_pay, chip=_shorten_pay, begin=_begin_with_pay),
    AnswerWords(
        name=Name.LOCATION,
        attribute="location",
        describe=_describe_place,
        chip=lambda presenter: presenter.profile.town or short_place(presenter),
        begin=_begin_with_place,
    ),
    AnswerWords(
        name=Name.HOURS,
        attribute="weekly_hours",
        describe=_describe_hours,
        chip=_describe_hours,
        begin=lambda presenter: f"At {_describe_hours(presenter)}",
        phrase="at {}",
    ),
    AnswerWords(
        name=Name.YEARS,
        attribute="horizon_years",
        describe=lambda presenter: presenter.horizon(),
        chip=lambda presenter: f"{presenter.horizon()} ahead",
        begin=lambda presenter: f"Within {presenter.horizon()}",
        phrase="within {}",
    ),
    AnswerWords(
        name=Name.HAVE,
        attribute="held",
        describe=lambda presenter: presenter.skills(presenter.profile.held) or "none named",
        chip=lambda presenter: f"I know: {_shorten_held(presenter)}",
        begin=lambda presenter: "With what you know",
        phrase="knowing {}",
    ),
    AnswerWords(
        name=Name.SKILL,
        attribute="skills",
        describe=_describe_considered,
        chip=_shorten_considered,
        begin=lambda presenter: "With all skills considered" if presenter.profile.skills is None else "With this list",
        phrase="with {}",
    ),
    AnswerWords(
        name=Name.ODDS,
        attribute="odds_percent",
        describe=lambda presenter: f"{presenter.profile.odds_percent}%",
        begin=lambda presenter: f"At {presenter.profile.odds_percent}% odds",
        phrase="at {} odds",
    ),
    AnswerWords(
        name=Name.EXPERIENCE,
        attribute="experience_years",
        describe=_describe_experience,
        chip=_shorten_experience,
        begin=_begin_with_experience,
        phrase="with {} of work",
    ),
    AnswerWords(
        name=Name.HOUR,
        attribute="hour_value",
        describe=_describe_hour,
        begin=_begin_with_hour,
        phrase="with a free hour at {}",
    ),
    AnswerWords(
        name=Name.EVIDENCE,
        attribute="evidence",
        describe=lambda presenter: EVIDENCE_LABELS[presenter.profile.evidence],
        begin=lambda presenter: _BEGINNINGS_OF_EVIDENCE[presenter.profile.evidence],
        phrase="going by “{}”",
    ),
    AnswerWords(
        name=Name.STUDY,
        attribute="study_hours",
        describe=_describe_study,
        begin=lambda presenter: "With your own study hours",
        phrase="with {} of study",
    ),
)
