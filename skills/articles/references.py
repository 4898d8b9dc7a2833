"""Fills named figures in articles: `{{ kubernetes.premium }}` becomes the current edition's figure.

{{ skill.premium }}  .expected .headline .hours .study_hours .grades     what is measured and claimed of a skill
{{ skill.uplift place }}                                                 at the place's median pay
{{ skill@source.mid }}  .range .low .high .sample .year                  one piece of evidence
{{ skill@source/region.mid }}                                            the same, of a region
{{ place slug.median }}  .p10 .p25 .p75 .p90 .name                       a place's pay
{{ way slug.expected }}  .range .low .high .odds .months                 another way to more pay, worldwide
{{ way slug/region.expected }}                                           the same, of a region or a country
{{ way slug@source.mid }}  .range .low .high .sample .year               one piece of its evidence
{{ way slug@source/region.mid }}                                         the same, of a region or a country
{{ experience region.0-3 }}                                              how pay differs between two years of work
{{ staying region.0-3 }}                                                 the part of it that staying brings; or `world`
{{ study.pairs_method }}                                                 a figure of the pooled study, by its name
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping

from calculator.engine import (
    WORLDWIDE,
    Edition,
    Evidence,
    PayLevel,
    Profile,
    Way,
    WayEvidence,
    assess,
    multiple_at,
)
from earnverdict import formatting
from earnverdict.formatting import money
from skills.catalogue.premiums import skill_premium
from skills.presenters.grades import describe_grades
from skills.presenters.way import describe_middle, describe_months, describe_odds, describe_range
from skills.study.figures import read_figures

NOT_ON_FILE = "(no longer on file)"

_REFERENCE = re.compile(r"\{\{(?P<name>[^{}]*+)\}\}")
_OF_SKILL = re.compile(r"(?P<skill>[a-z0-9-]+)\.(?P<measure>[a-z_]+)(?:\s+(?P<place>[a-z0-9-]+))?")
_OF_EVIDENCE = re.compile(
    r"(?P<skill>[a-z0-9-]+)@(?P<source>[a-z0-9-]+)(?:/(?P<region>[a-z0-9-]+))?\.(?P<measure>[a-z_]+)"
)
_OF_STUDY = re.compile(r"study\.(?P<name>[a-z0-9_]+)")
_OF_WAY = re.compile(
    r"way\s+(?P<way>[a-z0-9-]+)(?:@(?P<source>[a-z0-9-]+))?(?:/(?P<region>[a-z0-9-]+))?\.(?P<measure>[a-z_]+)"
)
_OF_EXPERIENCE = re.compile(
    r"(?P<measure>experience|staying)\s+(?P<region>[a-z0-9-]+)\.(?P<first>[0-9]{1,2})-(?P<last>[0-9]{1,2})"
)
_OF_PLACE = re.compile(r"place\s+(?P<place>[a-z0-9-]+)\.(?P<measure>[a-z0-9_]+)")


def fill_in(text: str, edition: Edition) -> str:
    """Replace every reference by its figure, or by a few words if the edition has none."""
    return _REFERENCE.sub(lambda found: figure(found["name"].strip(), edition) or NOT_ON_FILE, text)


def unknown_references(text: str, edition: Edition) -> Iterator[str]:
    """Yield the references for which the edition has no figure, as written."""
    return (found[0] for found in _REFERENCE.finditer(text) if figure(found["name"].strip(), edition) is None)


def figure(name: str, edition: Edition) -> str | None:
    """Return the figure of one reference; None if there is none."""
    if found := _OF_STUDY.fullmatch(name):
        return _of_study(found["name"])
    for pattern, find in _FINDERS:
        if found := pattern.fullmatch(name):
            return find(edition, **found.groupdict())
    return None


def premium(edition: Edition, skill: str) -> str | None:
    found = skill_premium(edition, skill).measured
    return formatting.signed_percent_range(found.low, found.high) if found else None


def write_expected_premium(edition: Edition, skill: str) -> str | None:
    found = skill_premium(edition, skill).measured
    return formatting.signed_percent(found.expected) if found else None


def headline(edition: Edition, skill: str) -> str | None:
    """Format the range from the lowest to the highest claim."""
    found = skill_premium(edition, skill).claim
    return formatting.signed_percent_range(*found) if found else None


def hours(edition: Edition, skill: str) -> str:
    low, high = edition.skills[skill].hours_low, edition.skills[skill].hours_high
    return f"{formatting.group(low)}–{formatting.group(high)} hours"


def study_hours(edition: Edition, skill: str) -> str:
    return f"{formatting.group(edition.skills[skill].hours_mid)} hours"


def grades(edition: Edition, skill: str) -> str | None:
    """Format each grade's share of the measured premium."""
    return describe_grades(skill_premium(edition, skill).grade_shares) or None


def _write_uplift(edition: Edition, skill: str, place: str) -> str | None:
    """Format the uplift at the place's median pay."""
    profile = Profile(pay=PayLevel.P50, location=place, skills=(skill,))
    gain = assess(profile, edition).outlook(skill).gain
    if gain is None:
        return None
    return money(edition.places[place].currency).signed_range(gain.uplift.low, gain.uplift.high)


_SKILL_MEASURES: Mapping[str, Callable[[Edition, str], str | None]] = {
    "premium": premium,
    "expected": write_expected_premium,
    "headline": headline,
    "hours": hours,
    "study_hours": study_hours,
    "grades": grades,
    "grade": grades,  # the name in older texts
}
_EVIDENCE_MEASURES: Mapping[str, Callable[[Evidence], str | None]] = {
    "range": lambda item: formatting.signed_percent_range(item.low, item.high),
    "low": lambda item: formatting.signed_percent(item.low),
    "mid": lambda item: formatting.signed_percent(item.mid),
    "high": lambda item: formatting.signed_percent(item.high),
    "year": lambda item: str(item.year),
    "sample": lambda item: formatting.group(item.sample_size) if item.sample_size else None,
}
_WAY_MEASURES: Mapping[str, Callable[[Way], str | None]] = {
    "expected": lambda way: describe_middle(way) or None,
    "range": lambda way: describe_range(way) or None,
    "low": lambda way: formatting.signed_whole_percent(way.low) if way.low is not None else None,
    "high": lambda way: formatting.signed_whole_percent(way.high) if way.high is not None else None,
    "odds": lambda way: describe_odds(way) or None,
    "months": describe_months,
}
_WAY_EVIDENCE_MEASURES: Mapping[str, Callable[[WayEvidence], str | None]] = {
    "range": lambda item: (
        formatting.signed_percent_range(item.low, item.high) if item.low is not None and item.high is not None else None
    ),
    "low": lambda item: _write_signed(item.low),
    "mid": lambda item: _write_signed(item.mid),
    "high": lambda item: _write_signed(item.high),
    "year": lambda item: str(item.year),
    "sample": lambda item: formatting.group(item.sample_size) if item.sample_size else None,
}
_QUANTILES = {"p10": 0.1, "p25": 0.25, "median": 0.5, "p75": 0.75, "p90": 0.9}


def _of_skill(edition: Edition, skill: str, measure: str, place: str | None) -> str | None:
    if skill not in edition.skills:
        return None
    if measure == "uplift" and place and place in edition.places:
        return _write_uplift(edition, skill, place)
    find = _SKILL_MEASURES.get(measure)
    return find(edition, skill) if find and place is None else None


def _of_evidence(edition: Edition, skill: str, source: str, region: str | None, measure: str) -> str | None:
    for item in edition.evidence.get(skill, ()):
        if (item.source, item.region) == (source, region or WORLDWIDE) and measure in _EVIDENCE_MEASURES:
            return _EVIDENCE_MEASURES[measure](item)
    return None


def _of_study(name: str) -> str | None:
    """Return a figure of the pooled study, which is the same in every edition."""
    found = read_figures().get(name)
    return found.shown if found else None


def _of_place(edition: Edition, place: str, measure: str) -> str | None:
    found = edition.places.get(place)
    if found is None:
        return None
    if measure == "name":
        return found.name
    pay = found.quantiles.get(_QUANTILES.get(measure, 0))
    return money(found.currency).whole(pay) if pay else None


def _of_way(edition: Edition, way: str, source: str | None, region: str | None, measure: str) -> str | None:
    """Find a figure of a way, or of a piece of its evidence: the first of its source and region."""
    area = region or WORLDWIDE
    if source:
        for item in edition.way_evidence.get(way, ()):
            if (item.source, item.region) == (source, area) and measure in _WAY_EVIDENCE_MEASURES:
                return _WAY_EVIDENCE_MEASURES[measure](item)
        return None
    found = next((each for each in edition.ways if (each.slug, each.region) == (way, area)), None)
    return _WAY_MEASURES[measure](found) if found and measure in _WAY_MEASURES else None


def _of_experience(edition: Edition, measure: str, region: str, first: str, last: str) -> str | None:
    """Find how pay differs between people of two years of work, or the part of it that staying brings."""
    area = WORLDWIDE if region == "world" else region
    curve = [point for point in edition.experience if point.region == area]
    if not curve or not curve[0].years <= int(first) < int(last) <= curve[-1].years:
        return None
    growth = multiple_at(curve, int(last)) / multiple_at(curve, int(first)) - 1
    return formatting.signed_whole_percent(growth * (edition.constants.staying_share if measure == "staying" else 1))


def _write_signed(share: float | None) -> str | None:
    return None if share is None else formatting.signed_percent(share)


_FINDERS: tuple[tuple[re.Pattern[str], Callable[..., str | None]], ...] = (
    (_OF_PLACE, _of_place),
    (_OF_WAY, _of_way),
    (_OF_EXPERIENCE, _of_experience),
    (_OF_EVIDENCE, _of_evidence),
    (_OF_SKILL, _of_skill),
)
