"""Presents the sources of one edition: what each is, and what it is used for."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from calculator.engine import Edition, Evidence, ExchangeRate, Place, Source
from earnverdict import formatting
from skills.models.source import Source as SourceRow
from skills.presenters.evidence import study_address
from skills.presenters.report_link import Report, report_source
from skills.study.records import SOURCE

#: The maximum number of example places.
_MAX_EXAMPLES = 3
_LEADS = {
    SourceRow.Kind.CONTROLLED: "Pay compared with other things held constant. Most measured premiums come from these.",
    SourceRow.Kind.EMPLOYER: "What employers say that they pay.",
    SourceRow.Kind.ADVERT_GAP: "Adverts that ask for a skill against those that do not. Nothing is held constant.",
    SourceRow.Kind.HEADLINE: "Claims without a sample, shown next to measured figures and never mixed with them.",
    SourceRow.Kind.PAY_SURVEY: "What developers are paid, place by place.",
    SourceRow.Kind.EXCHANGE_RATE: "They only convert exam prices from US dollars into your currency.",
    SourceRow.Kind.PLACES: "They name and rank places in the search. No premium and no pay comes from them.",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class SkillUse:
    """A skill with the number of pieces of a source's evidence; `times` is empty for a single one."""

    slug: str
    name: str
    times: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceText:
    """One source; uses that it does not have are empty, and so is the address of its study if it is not our own."""

    source: Source
    evidence: str
    skills: tuple[SkillUse, ...]
    places: str
    rates: str
    study: str
    report: Report | None


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceGroup:
    """All sources of one kind."""

    anchor: str
    title: str
    lead: str
    sources: tuple[SourceText, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Use:
    """What one source is used for."""

    evidence: list[Evidence]
    places: list[Place]
    rates: list[ExchangeRate]


def source_groups(edition: Edition) -> tuple[SourceGroup, ...]:
    """Return the sources by kind; within a kind, the most used come first."""
    uses = _uses(edition)
    groups = []
    for kind in SourceRow.Kind:
        sources = [source for source in edition.sources.values() if source.kind == kind]
        sources.sort(key=lambda source: (-_weight(uses[source.slug]), source.slug))
        if sources:
            words = tuple(_words(edition, source, uses[source.slug]) for source in sources)
            anchor = kind.value.replace("_", "-")
            groups.append(SourceGroup(anchor=anchor, title=str(kind.label), lead=_LEADS[kind], sources=words))
    return tuple(groups)


def _uses(edition: Edition) -> Mapping[str, _Use]:
    uses = {slug: _Use(evidence=[], places=[], rates=[]) for slug in edition.sources}
    for pieces in edition.evidence.values():
        for piece in pieces:
            uses[piece.source].evidence.append(piece)
    for place in edition.places.values():
        if place.quantiles:
            uses[place.source].places.append(place)
    for rate in edition.rates.values():
        uses[rate.source].rates.append(rate)
    return uses


def _weight(use: _Use) -> int:
    return len(use.evidence) + len(use.places) + len(use.rates)


def _words(edition: Edition, source: Source, use: _Use) -> SourceText:
    return SourceText(
        source=source,
        evidence=_evidence(use.evidence),
        skills=_skills(edition, use.evidence),
        places=_places(use.places),
        rates=_rates(use.rates),
        study=study_address() if source.slug == SOURCE else "",
        report=report_source(edition, source),
    )


def _evidence(pieces: Sequence[Evidence]) -> str:
    """Describe the evidence: 20 pieces of evidence, of grades A and B."""
    if not pieces:
        return ""
    grades = sorted({piece.grade.value for piece in pieces})
    word = "grade" if len(grades) == 1 else "grades"
    number = "1 piece" if len(pieces) == 1 else f"{len(pieces)} pieces"
    return f"{number} of evidence, {word} {formatting.listing(grades)}"


def _skills(edition: Edition, pieces: Sequence[Evidence]) -> tuple[SkillUse, ...]:
    counts = Counter(piece.skill for piece in pieces)
    named = sorted((edition.skills[slug].name, slug) for slug in counts)
    return tuple(
        SkillUse(slug=slug, name=name, times=f"{counts[slug]} pieces" if counts[slug] > 1 else "")
        for name, slug in named
    )


def _places(places: Sequence[Place]) -> str:
    """Describe the places: pay in 429 places, such as …; countries before the largest towns. Names may have commas."""
    if not places:
        return ""
    known = sorted(places, key=lambda place: (place.kind != "country", -(place.population or place.sample_size or 0)))
    names = "; ".join(place.name for place in known[:_MAX_EXAMPLES])
    if len(places) <= _MAX_EXAMPLES:
        return f"Pay in {names}"
    return f"Pay in {formatting.group(len(places))} places, such as {names}"


def _rates(rates: Sequence[ExchangeRate]) -> str:
    """Describe the rates: exchange rates of 23 currencies, such as …, quoted from … to …."""
    if not rates:
        return ""
    codes = sorted(rate.currency for rate in rates)
    days = sorted({rate.quoted_on for rate in rates})
    quoted = f"quoted on {_day(days[0])}" if len(days) == 1 else f"quoted from {_day(days[0])} to {_day(days[-1])}"
    return f"{formatting.plural(len(codes), 'exchange rate')} ({formatting.listing(codes)}), {quoted}"


def _day(day: str) -> str:
    """Format a date: 1 January 2026."""
    return formatting.day(date.fromisoformat(day))
