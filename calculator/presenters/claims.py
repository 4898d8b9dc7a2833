"""What is claimed of a skill in money, and who claims it."""

from __future__ import annotations

from datetime import date

from calculator.engine.edition import Source
from calculator.engine.evidence import find_evidence
from calculator.presenters.verdict import VerdictPresenter
from earnverdict import formatting
from earnverdict.seo import SITE_NAME

#: So many sources of one claim are named; of more than that only the first is.
MAX_NAMED_SOURCES = 2


def claimed_range(presenter: VerdictPresenter, slug: str) -> tuple[float, float] | None:
    """Find the lowest and the highest claim in money a year; None without a claim or a market."""
    headline = presenter.verdict.outlook(slug).headline
    if headline is None or headline.low is None or headline.high is None:
        return None
    return headline.low, headline.high


def name_claimants(presenter: VerdictPresenter, slug: str) -> str:
    """Say who claims it and when, our own articles first: "our own article of April 2026", "Lightcast 2025"."""
    sources = _find_sources(presenter, slug)
    names = [_name_source(source) for source in sources]
    if len(names) > MAX_NAMED_SOURCES:
        names = [names[0], f"{formatting.count_word(len(names) - 1)} others"]
    return formatting.listing(names)


def is_our_claim(presenter: VerdictPresenter, slug: str) -> bool:
    """Return whether nobody but us claims it."""
    return all(source.publisher == SITE_NAME for source in _find_sources(presenter, slug))


def _find_sources(presenter: VerdictPresenter, slug: str) -> list[Source]:
    edition = presenter.published.edition
    region = edition.places[presenter.profile.location].region
    claims = find_evidence(edition, slug, presenter.profile.evidence, region).claims
    sources = [edition.sources[source] for source in dict.fromkeys(claim.source for claim in claims)]
    return sorted(sources, key=lambda source: source.publisher != SITE_NAME)


def _name_source(source: Source) -> str:
    if source.publisher == SITE_NAME:
        return f"our own article of {_month_of(source.published)}"
    return f"{source.publisher} {source.published[:4]}".strip()


def _month_of(day: str) -> str:
    """Write the month of an ISO date: April 2026; a source may give the year alone."""
    try:
        return f"{date.fromisoformat(day):%B %Y}"
    except ValueError:
        return day
