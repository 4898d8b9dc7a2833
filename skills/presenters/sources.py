"""Presents the sources of one edition: what each is, and what it is used for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from calculator.engine import Edition, Evidence, ExchangeRate, ExperiencePoint, Place, Source, WayEvidence
from earnverdict import formatting
from skills.models.source import Source as SourceRow
from skills.presenters.evidence import EvidenceText, find_study_address, present_evidence
from skills.presenters.report_link import Report, report_source
from skills.study.records import SOURCE

#: The maximum number of example places.
_MAX_EXAMPLES = 3
#: More ways are counted, not named.
_MAX_NAMED_WAYS = 2
_LEADS = {
    SourceRow.Kind.CONTROLLED: "Pay compared with other things held constant. Most measured figures come from these.",
    SourceRow.Kind.EMPLOYER: "What employers say that they pay.",
    SourceRow.Kind.ADVERT_GAP: "Adverts that ask for a skill against those that do not. Nothing is held constant.",
    SourceRow.Kind.HEADLINE: "Claims without a sample, shown next to measured figures and never mixed with them.",
    SourceRow.Kind.RECORDS: "What people were paid before and after a step, such as a change of employer.",
    SourceRow.Kind.PAY_SURVEY: "What developers are paid, place by place.",
    SourceRow.Kind.EXCHANGE_RATE: "They turn exam prices and pay in other countries into your currency.",
    SourceRow.Kind.PLACES: "They name and rank places in the search, or compare prices. No pay comes from them.",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceText:
    """One source, and in few words what it is used for: its evidence, its places, their prices, its exchange rates."""

    source: Source
    uses: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceFigure:
    """A piece of the source's evidence, and the skill that it is about."""

    slug: str
    name: str
    words: EvidenceText


@dataclass(frozen=True, slots=True, kw_only=True)
class SourcePage:
    """Everything the template prints of one source; `study` is the address of a study of our own, "" for others."""

    source: Source
    kind: str
    uses: tuple[str, ...]
    figures: tuple[SourceFigure, ...]
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
    """What one source is used for; `ways` are the names of those that it has figures about, by slug."""

    evidence: list[Evidence]
    places: list[Place]
    priced: list[Place]
    rates: list[ExchangeRate]
    way_evidence: list[WayEvidence]
    ways: dict[str, str]
    experience: list[ExperiencePoint]


def source_groups(edition: Edition) -> tuple[SourceGroup, ...]:
    """Return the sources by kind; within a kind, the most used come first."""
    uses = _find_uses(edition)
    groups = []
    for kind in SourceRow.Kind:
        sources = [source for source in edition.sources.values() if source.kind == kind]
        sources.sort(key=lambda source: (-_weigh(uses[source.slug]), source.slug))
        if sources:
            words = tuple(SourceText(source=source, uses=_count_uses(uses[source.slug])) for source in sources)
            anchor = kind.value.replace("_", "-")
            groups.append(SourceGroup(anchor=anchor, title=str(kind.label), lead=_LEADS[kind], sources=words))
    return tuple(groups)


def present_source(edition: Edition, slug: str) -> SourcePage:
    """Present a source with all its evidence in the edition, by skill."""
    source, use = edition.sources[slug], _find_uses(edition)[slug]
    ordered = sorted(use.evidence, key=lambda piece: (edition.skills[piece.skill].name, piece.region))
    return SourcePage(
        source=source,
        kind=str(SourceRow.Kind(source.kind).label),
        uses=_describe_uses(use),
        figures=tuple(
            SourceFigure(
                slug=piece.skill, name=edition.skills[piece.skill].name, words=present_evidence(edition, piece, {})
            )
            for piece in ordered
        ),
        study=find_study_address() if slug == SOURCE else "",
        report=report_source(edition, source),
    )


def _find_uses(edition: Edition) -> Mapping[str, _Use]:
    uses = {
        slug: _Use(evidence=[], places=[], priced=[], rates=[], way_evidence=[], ways={}, experience=[])
        for slug in edition.sources
    }
    names = {way.slug: way.name for way in edition.ways}
    for pieces in edition.evidence.values():
        for piece in pieces:
            uses[piece.source].evidence.append(piece)
    for place in edition.places.values():
        if place.quantiles:
            uses[place.source].places.append(place)
        if place.price_level is not None:
            uses[place.price_source].priced.append(place)
    for rate in edition.rates.values():
        uses[rate.source].rates.append(rate)
    for figures in edition.way_evidence.values():
        for figure in figures:
            uses[figure.source].way_evidence.append(figure)
            uses[figure.source].ways[figure.way] = names[figure.way]
    for point in edition.experience:
        uses[point.source].experience.append(point)
    return uses


def _weigh(use: _Use) -> int:
    places = len(use.places) + len(use.priced)
    return len(use.evidence) + places + len(use.rates) + len(use.way_evidence) + len(use.experience)


def _count_uses(use: _Use) -> tuple[str, ...]:
    places = f"Pay in {formatting.plural(len(use.places), 'place')}" if use.places else ""
    prices = f"Prices in {formatting.plural(len(use.priced), 'place')}" if use.priced else ""
    rates = formatting.plural(len(use.rates), "exchange rate") if use.rates else ""
    return tuple(
        text for text in (_describe_evidence(use.evidence), _describe_ways(use), places, prices, rates) if text
    )


def _describe_uses(use: _Use) -> tuple[str, ...]:
    pay, prices = _describe_places("Pay", use.places), _describe_places("Prices", use.priced)
    texts = (_describe_evidence(use.evidence), _describe_ways(use), pay, prices, _describe_rates(use.rates))
    return tuple(text for text in texts if text)


def _describe_evidence(pieces: Sequence[Evidence]) -> str:
    """Describe the evidence: 24 figures about 4 skills."""
    if not pieces:
        return ""
    skills = {piece.skill for piece in pieces}
    return f"{formatting.plural(len(pieces), 'figure')} about {formatting.plural(len(skills), 'skill')}"


def _describe_ways(use: _Use) -> str:
    """Describe its figures about other ways to more pay, a few of them by name."""
    texts = []
    if use.way_evidence:
        figures = formatting.plural(len(use.way_evidence), "figure")
        names = "; ".join(use.ways.values())
        ways = f": {names}" if len(use.ways) <= _MAX_NAMED_WAYS else f" ({len(use.ways)} ways)"
        texts.append(f"{figures} about other ways to more pay{ways}")
    if use.experience:
        texts.append("pay by years of work")
    text = ", and ".join(texts)
    return text[:1].upper() + text[1:]


def _describe_places(what: str, places: Sequence[Place]) -> str:
    """Describe the places: pay in 429 places, such as …; countries before the largest towns. Names may have commas."""
    if not places:
        return ""
    known = sorted(places, key=lambda place: (place.kind != "country", -(place.population or place.sample_size or 0)))
    names = "; ".join(place.name for place in known[:_MAX_EXAMPLES])
    if len(places) <= _MAX_EXAMPLES:
        return f"{what} in {names}"
    return f"{what} in {formatting.group(len(places))} places, such as {names}"


def _describe_rates(rates: Sequence[ExchangeRate]) -> str:
    """Describe the rates: exchange rates of 23 currencies, such as …, quoted from … to …."""
    if not rates:
        return ""
    codes = sorted(rate.currency for rate in rates)
    days = sorted({rate.quoted_on for rate in rates})
    quoted = (
        f"quoted on {_write_day(days[0])}"
        if len(days) == 1
        else f"quoted from {_write_day(days[0])} to {_write_day(days[-1])}"
    )
    return f"{formatting.plural(len(codes), 'exchange rate')} ({formatting.listing(codes)}), {quoted}"


def _write_day(day: str) -> str:
    """Format a date: 1 January 2026."""
    return formatting.day(date.fromisoformat(day))
