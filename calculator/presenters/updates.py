"""What changed between a verdict and today's answer to the same question, old next to new."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.urls import reverse

from calculator.engine.profile import Profile
from calculator.engine.ways import WayAnswers
from calculator.presenters.change import answer_of
from calculator.presenters.headline import a_chance
from calculator.presenters.verdict import VerdictPresenter
from calculator.query import Name, write_answers, write_ways_query
from earnverdict import formatting
from skills.editions.document import PublishedEdition
from skills.editions.store import EditionRecord, Withdrawn
from skills.presenters.ratings import rating_text

NOT_KNOWN = "not known"
NO_SKILL = "none"


@dataclass(frozen=True, slots=True, kw_only=True)
class Carried:
    """A question asked with one edition, as far as a newer one can still be asked it.

    `profile` has the skills that are left, None when no chosen one is, or none is left to learn. `nearest_place` is
    what the place lay in, where the newer edition knows that at least. `new_currency` is set when the salary is in one
    that is no longer paid.
    """

    profile: Profile | None
    gone_skills: tuple[str, ...]
    is_place_gone: bool
    nearest_place: str
    new_currency: str

    @property
    def can_be_answered(self) -> bool:
        return self.profile is not None and not self.is_place_gone and not self.new_currency


@dataclass(frozen=True, slots=True, kw_only=True)
class EditionNote:
    """An edition in a line: its number, its date, what its editors said of it, and what it puts right."""

    number: int
    date: str
    note: str
    correction: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One part of the answer that differs, before and now."""

    label: str
    old: str
    new: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Update:
    """`title` and `link` are the answer in one line; the rest explains it, and is empty for the newest edition.

    `is_changed` says whether a reader of the verdict needs to know.
    """

    title: str
    newest: str
    asked: str
    is_changed: bool
    link: str = ""
    link_text: str = ""
    gone: tuple[str, ...] = ()
    changes: tuple[Change, ...] = ()
    same: str = ""
    notes: tuple[EditionNote, ...] = ()
    more: str = ""


def present_todays_update(published: PublishedEdition) -> Update:
    """For a verdict of the newest edition."""
    newest = f"The figures of {date_of(published)} are the newest."
    return Update(title="Nothing has changed.", newest=newest, asked=date_of(published), is_changed=False)


def present_update(
    asked: VerdictPresenter,
    today: VerdictPresenter | None,
    newest: PublishedEdition,
    carried: Carried,
    notes: tuple[EditionNote, ...],
    *,
    earlier: int,
) -> Update:
    """For a verdict of an older edition; `today` is None when the newest cannot be asked the same.

    `notes` are those of the last editions since, and `earlier` says how many more there are.
    """
    pairs = list(_list_pairs(asked, today, carried)) if today else []
    changes = tuple(change for change in pairs if change.old != change.new)
    same = [change.label for change in pairs if change.old == change.new]
    link, link_text = _way_on(newest, carried, asked.ways)
    return Update(
        title=_write_title(asked, today, carried, is_same=not changes),
        newest=f"The newest figures are those of {date_of(newest)}.",
        asked=date_of(asked.published),
        is_changed=today is None or bool(changes or carried.gone_skills),
        link=link,
        link_text=link_text,
        gone=tuple(_describe_gone(asked, carried)),
        changes=changes,
        same=f"Unchanged: {'; '.join(same)}." if same else "",
        notes=notes,
        more=f"And {formatting.plural(earlier, 'earlier edition')}." if earlier else "",
    )


def present_lost_edition(asked: PublishedEdition, newest: PublishedEdition, carried: Carried) -> Update:
    """For a verdict of an edition that was lost with a restore, until a newer one than it is published."""
    link, link_text = _way_on(newest, carried, WayAnswers())
    return Update(
        title=f"These figures, of {date_of(asked)}, are not shown any more.",
        newest=f"Edition {asked.number} was lost when the site’s database was restored from a backup. "
        f"The newest figures are those of {date_of(newest)}.",
        asked=date_of(asked),
        is_changed=True,
        link=link,
        link_text=link_text,
    )


def present_edition_note(record: EditionRecord) -> EditionNote:
    date = formatting.day(record.published_at)
    return EditionNote(number=record.number, date=date, note=record.note, correction=record.correction)


def present_withdrawal(number: int, withdrawn: Withdrawn) -> EditionNote:
    return EditionNote(
        number=number, date=f"withdrawn on {formatting.day(withdrawn.withdrawn_at)}", note=withdrawn.reason
    )


def present_unreadable_edition(number: int) -> EditionNote:
    return EditionNote(number=number, date="", note="What it changed cannot be read right now.")


def date_of(published: PublishedEdition) -> str:
    return formatting.day(published.published_at)


def extra_pay(presenter: VerdictPresenter, slug: str) -> str:
    """What a considered skill should bring a year, low to high."""
    gain = next((outlook.gain for outlook in presenter.verdict.outlooks if outlook.slug == slug), None)
    return presenter.write_amounts(gain.uplift).span if gain else NOT_KNOWN


def _write_title(asked: VerdictPresenter, today: VerdictPresenter | None, carried: Carried, *, is_same: bool) -> str:
    """Which figures these are, and what today's give."""
    figures = f"These figures are from {date_of(asked.published)}."
    if today is None:
        if carried.profile is None:
            return f"{figures} Today’s have none of these skills."
        return (
            f"{figures} Today’s have no pay there." if carried.is_place_gone else f"{figures} Pay has a new currency."
        )
    if asked.verdict.first != today.verdict.first:
        return f"{figures} Today’s answer differs: {answer_of(today).name}."
    return f"{figures} Today’s answer is the same{'' if is_same else ', with other figures'}."


def _way_on(newest: PublishedEdition, carried: Carried, ways: WayAnswers) -> tuple[str, str]:
    """An address that works with the newest edition, and what it is called."""
    profile, verdict = carried.profile, reverse("calculator:verdict")
    if profile is None:
        return reverse("calculator:home"), "Choose other skills"
    if carried.is_place_gone and not carried.nearest_place:
        return f"{verdict}?{write_answers(profile, [Name.LOCATION])}", "Choose another place"
    if carried.is_place_gone:
        address = write_answers(profile, [Name.LOCATION])
        return f"{verdict}?{address}&{Name.LOCATION}={carried.nearest_place}", "Ask for a wider place"
    if carried.new_currency:
        return f"{verdict}?{write_answers(profile, [Name.SALARY])}", "Enter your pay again"
    return f"{verdict}?{write_ways_query(profile, newest.number, ways)}", "See today’s answer"


def _describe_gone(asked: VerdictPresenter, carried: Carried) -> Iterator[str]:
    """What the newest edition no longer knows, in sentences."""
    place = asked.place(asked.profile.location)
    if carried.gone_skills:
        names, those = asked.skills(carried.gone_skills), "it" if len(carried.gone_skills) == 1 else "them"
        ending = f"; today’s answer is without {those}" if carried.can_be_answered else ""
        yield f"{names}: no longer in the catalogue{ending}."
    if carried.is_place_gone:
        wider = f", but {asked.place(carried.nearest_place)} is" if carried.nearest_place else ""
        yield f"{place}: no longer in the catalogue{wider}."
    if carried.new_currency:
        currency = formatting.describe_currency(carried.new_currency)
        yield f"{place}: pay is now counted in {currency}, so please enter yours again."


def _list_pairs(asked: VerdictPresenter, today: VerdictPresenter, carried: Carried) -> Iterator[Change]:
    """Every part of the answer that is compared, whether it differs or not."""
    yield Change(label="Learn first", old=_name_first(asked), new=_name_first(today))
    yield Change(label="Rating", old=_describe_rating(asked), new=_describe_rating(today))
    for slug in dict.fromkeys(slug for slug in (asked.verdict.first, today.verdict.first) if slug):
        name = (today if slug in today.verdict.considered else asked).skill(slug)
        yield Change(label=f"{name}, a year", old=_extra_pay(asked, slug), new=_extra_pay(today, slug))
    if len(asked.verdict.considered) > 1:
        yield Change(label="Plan", old=_plan(asked), new=_plan(today))


def _extra_pay(presenter: VerdictPresenter, slug: str) -> str:
    if slug not in presenter.published.edition.skills:
        return "not in the catalogue"
    return extra_pay(presenter, slug)


def _name_first(presenter: VerdictPresenter) -> str:
    return presenter.skill(presenter.verdict.first) if presenter.verdict.first else NO_SKILL


def _describe_rating(presenter: VerdictPresenter) -> str:
    label, chance = rating_text(presenter.verdict).label, presenter.verdict.chance_first
    return label if chance is None else f"{label}, {a_chance(chance)}"


def _plan(presenter: VerdictPresenter) -> str:
    plan = presenter.verdict.plan
    return ", then ".join(presenter.skill(slug) for slug in plan.best.slugs) if plan else "no plan"
