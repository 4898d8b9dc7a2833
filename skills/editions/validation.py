"""Validates the catalogue before publication; each error names its table and row."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from skills.catalogue import way_ranges
from skills.catalogue.skill_names import find_clashes, named_skills
from skills.editions.document import Document
from skills.editions.snapshot import Draft
from skills.models.location import LIKE_PARENT, QUANTILES


@dataclass(frozen=True, slots=True, kw_only=True)
class PublishError:
    """An error that prevents publication: a value, not an exception."""

    table: str
    row: str
    reason: str

    def __str__(self) -> str:
        return f"{self.table} · {self.row}: {self.reason}"


#: The slugs of each table that readers may have addresses with.
type History = Mapping[str, frozenset[str]]

_TABLE_NAMES = {"skills": "skills", "places": "locations", "ways": "ways"}


def used_slugs(earlier: Iterable[Document]) -> History:
    """Collect the slugs of earlier editions, with one document in memory at a time."""
    used: dict[str, set[str]] = {table: set() for table in _TABLE_NAMES}
    for document in earlier:
        for table in _TABLE_NAMES:
            used[table].update(row["slug"] for row in document.get(table, ()))
    return {table: frozenset(slugs) for table, slugs in used.items()}


def validate(draft: Draft, history: History) -> list[PublishError]:
    """Return all errors; without any the draft may be published."""
    document = draft.document
    return [
        *_check_evidence(document),
        *_check_skills(document),
        *_names(document),
        *_check_prerequisites(document),
        *_check_places(document),
        *_check_rates(document),
        *_check_slugs("skills", document, draft.retired_skills, history["skills"]),
        *_check_ways(document),
        *_way_ranges(document),
        *_way_evidence(document),
        *_check_slugs("places", document, draft.retired_places, history["places"]),
        *_check_slugs("ways", document, draft.retired_ways, history["ways"]),
    ]


def _check_evidence(document: Document) -> Iterator[PublishError]:
    sources = {source["slug"] for source in document["sources"]}
    for item in document["evidence"]:
        row = f"{item['skill']} · {item['source']} · {item['region'] or 'worldwide'}"
        if not -100 < item["low_percent"] < item["mid_percent"] < item["high_percent"]:
            yield PublishError(table="evidence", row=row, reason="the premium must rise from low to middle to high.")
        if item["source"] not in sources:
            yield PublishError(table="evidence", row=row, reason="it has no source.")
        if item["grade"] not in ("A", "B", "C", "D"):
            yield PublishError(table="evidence", row=row, reason="it has no grade from A to D.")


def _check_skills(document: Document) -> Iterator[PublishError]:
    with_evidence = {item["skill"] for item in document["evidence"]}
    for skill in document["skills"]:
        if not 0 < skill["hours_low"] < skill["hours_mid"] < skill["hours_high"]:
            reason = "study hours must rise from low to middle to high."
            yield PublishError(table="skills", row=skill["slug"], reason=reason)
        if skill["slug"] not in with_evidence:
            yield PublishError(table="skills", row=skill["slug"], reason="it is published without any evidence.")
    if not document["skills"]:
        yield PublishError(table="skills", row="all", reason="there is nothing to publish.")


def _names(document: Document) -> Iterator[PublishError]:
    """Check that a name means one skill: a link or a search with it must not lead to another."""
    for clash in find_clashes(named_skills(document["skills"], document["unmeasured"])):
        yield PublishError(table=clash.table, row=clash.row, reason=clash.reason)


def _check_prerequisites(document: Document) -> Iterator[PublishError]:
    requires = {skill["slug"]: skill["requires"] for skill in document["skills"]}
    for slug, needs in requires.items():
        for need in needs:
            if need not in requires:
                yield PublishError(table="skills", row=slug, reason=f"it requires {need}, which is not published.")
    for slug in requires:
        if slug in _find_reachable(slug, requires):
            yield PublishError(table="skills", row=slug, reason="its prerequisites lead back to itself.")


def _find_reachable(slug: str, requires: Mapping[str, list[str]]) -> set[str]:
    found: set[str] = set()
    queue = list(requires.get(slug, ()))
    while queue:
        need = queue.pop()
        if need not in found:
            found.add(need)
            queue.extend(requires.get(need, ()))
    return found


def _check_places(document: Document) -> Iterator[PublishError]:
    places = {place["slug"]: place for place in document["places"]}
    parents = {slug: [place["parent"]] for slug, place in places.items()}
    for slug, place in places.items():
        pay = [place[name] for name in QUANTILES if place[name] is not None]
        if any(low >= high for low, high in pairwise([0, *pay])):
            yield PublishError(table="locations", row=slug, reason="pay must be above zero and rise from P10 to P90.")
        if pay and place["p50"] is None:
            yield PublishError(table="locations", row=slug, reason="it has pay but no median.")
        if pay and not place["source"]:
            yield PublishError(table="locations", row=slug, reason="its pay has no source.")
        yield from _check_prices(place)
        if place["kind"] != "country" and not place["parent"]:
            yield PublishError(table="locations", row=slug, reason="it is not a country and has no parent.")
        yield from _check_parent(place, places)
        if place["parent"] and slug in _find_reachable(slug, parents):
            yield PublishError(table="locations", row=slug, reason="its parents lead back to itself.")


def _check_prices(place: Mapping[str, Any]) -> Iterator[PublishError]:
    level, source = place["price_level"], place["price_source"]
    if level is not None and level <= 0:
        yield PublishError(table="locations", row=place["slug"], reason="its price level must be above zero.")
    if level is not None and not source:
        yield PublishError(table="locations", row=place["slug"], reason="its price level has no source.")
    if source and level is None:
        yield PublishError(table="locations", row=place["slug"], reason="it has a source of prices but no price level.")


def _check_parent(place: Mapping[str, Any], places: Mapping[str, Mapping[str, Any]]) -> Iterator[PublishError]:
    if not place["parent"]:
        return
    parent = places.get(place["parent"])
    if parent is None:
        reason = f"its parent {place['parent']} is not published."
        yield PublishError(table="locations", row=place["slug"], reason=reason)
        return
    for name in LIKE_PARENT:
        if parent[name] != place[name]:
            reason = f"its {name} is {place[name] or 'none'}, but that of its parent is {parent[name] or 'none'}."
            yield PublishError(table="locations", row=place["slug"], reason=reason)


def _check_rates(document: Document) -> Iterator[PublishError]:
    """Check that every currency of a place has a rate, because exam costs are converted to it."""
    if not any(skill["exam_cost_usd"] for skill in document["skills"]):
        return
    rated = {rate["currency"] for rate in document["rates"]}
    paid_in = {place["currency"] for place in document["places"] if place["p50"] is not None}
    for currency in sorted(paid_in - rated):
        reason = "exam costs cannot be turned into it: it has no rate."
        yield PublishError(table="exchange rates", row=currency, reason=reason)


def _check_ways(document: Document) -> Iterator[PublishError]:
    """Check that each way has a range, evidence and, where it repeats a skill, a published one."""
    skills = {skill["slug"] for skill in document["skills"]}
    ranges = {item["way"] for item in document["way_ranges"]}
    evidence = {item["way"] for item in document["way_evidence"]}
    for way in document["ways"]:
        if way["slug"] not in ranges:
            yield PublishError(table="ways", row=way["slug"], reason="it is published without any range.")
        if way["slug"] not in evidence:
            yield PublishError(table="ways", row=way["slug"], reason="it is published without any evidence.")
        if way["overlaps_skill"] and way["overlaps_skill"] not in skills:
            reason = f"it is the same as {way['overlaps_skill']}, which is not published."
            yield PublishError(table="ways", row=way["slug"], reason=reason)


def _way_ranges(document: Document) -> Iterator[PublishError]:
    """Check that each range has the figures of its way's unit, sources, and no better grade than its evidence."""
    units = {way["slug"]: way["unit"] for way in document["ways"]}
    evidence: dict[str, list[Mapping[str, Any]]] = defaultdict(list)
    for piece in document["way_evidence"]:
        evidence[piece["way"]].append(piece)
    for item in document["way_ranges"]:
        row = f"{item['way']} · {item['region'] or 'worldwide'}"
        for reason in way_ranges.find_errors(item, units.get(item["way"]), evidence[item["way"]]):
            yield PublishError(table="ranges of ways", row=row, reason=reason)


def _way_evidence(document: Document) -> Iterator[PublishError]:
    for item in document["way_evidence"]:
        row = f"{item['way']} · {item['source']} · {item['region'] or 'worldwide'} · {item['population']}"
        for reason in way_ranges.find_evidence_errors(item):
            yield PublishError(table="evidence of ways", row=row, reason=reason)


def _check_slugs(
    table: str, document: Document, retired: frozenset[str], used: frozenset[str]
) -> Iterator[PublishError]:
    """Check that each published slug still has its row, published or not: its addresses belong to this row."""
    now = {row["slug"] for row in document[table]}
    for slug in sorted(used - now - retired):
        reason = "it was published and is gone: slugs never change. Restore the row, or restore it unpublished."
        yield PublishError(table=_TABLE_NAMES[table], row=slug, reason=reason)
