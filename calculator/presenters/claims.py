"""What is claimed of a skill in money, and who claims it."""

from __future__ import annotations

from calculator.engine.edition import Source
from calculator.engine.evidence import find_evidence
from calculator.presenters.verdict import VerdictPresenter
from earnverdict.seo import SITE_NAME
from skills.presenters.claims import name_sources


def claimed_range(presenter: VerdictPresenter, slug: str) -> tuple[float, float] | None:
    """Find the lowest and the highest claim in money a year; None without a claim or a market."""
    headline = presenter.verdict.outlook(slug).headline
    if headline is None or headline.low is None or headline.high is None:
        return None
    return headline.low, headline.high


def name_claimants(presenter: VerdictPresenter, slug: str) -> str:
    """Say who claims it and when, our own articles first: "our own article of April 2026", "Lightcast 2025"."""
    return name_sources(_find_sources(presenter, slug))


def is_our_claim(presenter: VerdictPresenter, slug: str) -> bool:
    """Return whether nobody but us claims it."""
    return all(source.publisher == SITE_NAME for source in _find_sources(presenter, slug))


def _find_sources(presenter: VerdictPresenter, slug: str) -> list[Source]:
    edition = presenter.published.edition
    region = edition.places[presenter.profile.location].region
    claims = find_evidence(edition, slug, presenter.profile.evidence, region).claims
    return [edition.sources[source] for source in dict.fromkeys(claim.source for claim in claims)]
