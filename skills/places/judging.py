"""Decides whether a text means one place beyond doubt, may mean several, or is no place."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from skills.places.candidate import Candidate, rank
from skills.places.candidates import Candidates
from skills.places.guesses import MAX_BEFORE_NEAR
from skills.places.likelihood import (
    MIN_PEOPLE_TO_BE_KNOWN,
    MIN_PEOPLE_TO_BE_MEANT,
    TIMES_AS_LARGE_TO_OFFER,
    find_regions_to_offer,
    is_smaller,
    outweighs,
    put_larger_first,
    put_regions_first,
    rank_by_likelihood,
    rank_by_size,
    share_codes,
)
from skills.places.names import Kind
from skills.places.postal_codes import is_postal_code
from skills.places.reading import (
    MAX_LETTERS_OF_CODE,
    Row,
    find_best_readings,
    leave_codes_out,
    read_rows,
)
from skills.places.typed_text import DIRECTIONS, is_kind_of_work, is_short_for_wide_area, is_time_zone, is_wide_area


@dataclass(frozen=True, slots=True, kw_only=True)
class Judgement:
    """What may be meant, the likeliest first; the rest is as in `Found`."""

    places: Sequence[Candidate] = ()
    is_clear: bool = False
    is_guess: bool = False
    is_wide: bool = False
    is_postal_code: bool = False
    without_pay: str = ""


def judge(typed: str, parts: Sequence[Sequence[str]], candidates: Candidates) -> Judgement | None:
    """Return what the whole text means; None if some of it means nothing."""
    words = [word for part in parts for word in part]
    rows = read_rows(parts, candidates)
    readings, row = find_best_readings(rows)
    if is_time_zone(words) or is_short_for_wide_area(words):
        return Judgement(places=sorted(readings, key=rank_by_likelihood), is_wide=True)
    if is_wide_area(" ".join(words)) and not any(
        place.is_own and (place.size or 0) >= MIN_PEOPLE_TO_BE_MEANT for place in readings
    ):
        return Judgement(is_wide=True)
    if row is None:
        return None
    if row.has_zip:
        return _judge_with_zip(readings, row, rows, parts, candidates)
    if row.has_number:
        return _judge_with_number(readings, row, parts, candidates)
    found = _judge_readings(readings, row, words, candidates)
    if found.is_clear and (not row.names_county_of(found.places[0]) or is_kind_of_work(words)):
        return replace(found, is_clear=False, is_guess=True)
    return _doubt_town(found, typed, words, readings, candidates) if found.is_clear else found


def _doubt_town(
    found: Judgement, typed: str, words: Sequence[str], readings: Sequence[Candidate], candidates: Candidates
) -> Judgement:
    """Only offer a town whose name may be a code, a short form or a part of a much larger city.

    Who types ORD or “Penn.” hardly means Ord or Penn, and East Berlin is a part of Berlin, too.
    """
    town = min(readings, key=rank_by_likelihood)
    if town.kind != "town" or not town.area:
        return found
    if len(words) == 1:
        is_code = len(words[0]) <= MAX_LETTERS_OF_CODE and typed.isupper() and typed.isascii()
        is_in_doubt = is_code or typed.strip().endswith(".")
        return replace(found, is_clear=False, is_guess=True) if is_in_doubt else found
    text = " ".join(words[1:]) if words[0] in DIRECTIONS else ""
    named = candidates.find_named([text]).get(text, ()) if text else ()
    cities = [place for place in named if place.is_city and place.is_own and place.slug not in ("", town.slug)]
    larger = [each for each in cities if (each.size or 0) >= MIN_PEOPLE_TO_BE_KNOWN and outweighs(each, town)]
    return Judgement(places=[town, *larger]) if larger else found


def _judge_with_zip(
    readings: list[Candidate], row: Row, rows: Sequence[Row], parts: Sequence[Sequence[str]], candidates: Candidates
) -> Judgement:
    """Offer much larger places abroad too if the number may be one of theirs: who types 12043 Berlin.

    What has the name in another language alone is only offered: “Albania 12345” is hardly Albany.
    """
    owns = [each for each in readings if each.is_own and row.has_own_name_of(each)]
    if owns or all(segment.is_postal for segment in row.places):
        abroad, _ = find_best_readings([each for each in rows if not each.has_zip])
    else:
        abroad, _ = find_best_readings(read_rows(leave_codes_out(parts, row), candidates))
    larger = [place for place in abroad if place.slug and place.is_own and all(outweighs(place, each) for each in owns)]
    if larger:
        return Judgement(places=sorted([*larger, *readings], key=rank_by_size))
    return _judge_readings(readings, row, [word for part in parts for word in part], candidates)


def _judge_with_number(
    readings: list[Candidate], row: Row, parts: Sequence[Sequence[str]], candidates: Candidates
) -> Judgement | None:
    """Judge towns by their number. It does not say where in a country or region, so that these are only offered.

    A number alone does not rule out the place that most people mean: it may be mistyped.
    """
    first = min(readings, key=rank_by_likelihood)
    inside = [place for place in readings if place.is_city and place.slug and place.lies_in(first)]
    named = leave_codes_out(parts, row)
    words = [word for part in named for word in part]
    all_readings, bare = find_best_readings(read_rows(named, candidates))
    likeliest = min(all_readings, key=rank_by_likelihood, default=first)
    towns = readings if first.is_city else inside
    if towns and (likeliest.is_city or any(place.is_own for place in towns)):
        if not row.has_full_code and all(is_smaller(place, likeliest) for place in towns):
            return Judgement(places=sorted([likeliest, *towns], key=rank_by_likelihood))
        return _judge_readings(towns, row, words, candidates)
    if bare is None or is_postal_code(parts):
        return None
    found = _judge_readings(all_readings, bare, words, candidates)
    return replace(found, is_clear=False, is_guess=not found.without_pay)


def _judge_readings(readings: list[Candidate], row: Row, words: Sequence[str], candidates: Candidates) -> Judgement:
    """Decide whether one reading is meant beyond doubt, or several are offered."""
    first, *others = ranked = sorted(readings, key=rank_by_likelihood)
    if all(place.kind == "postal" for segment in row.places for place in segment.candidates):
        return Judgement(places=ranked, is_postal_code=True)
    country = next((place for place in ranked if place.kind == "country" and place.is_own), None)
    if country and not country.slug:
        return Judgement(places=others, without_pay=country.name)
    if not first.slug:
        return Judgement(places=others, without_pay="" if any(o.slug for o in others) else first.name)
    rivals = [other for other in others if (other.slug, other.is_city) != (first.slug, first.is_city)]
    if not rivals or all(outweighs(first, other) and share_codes(row, first, other) for other in rivals):
        return Judgement(places=[first], is_clear=True)
    offered = put_larger_first(ranked)
    if len(row.places) > 1:
        return Judgement(places=offered)
    regions = find_regions_to_offer(ranked)
    large = [
        place for place in offered if not place.area or place in regions or (place.size or 0) >= MIN_PEOPLE_TO_BE_MEANT
    ]
    offered = large if len(large) > 1 else offered
    text = " ".join(words)
    if len(text) > MAX_LETTERS_OF_CODE and (longer := _find_longer(text, candidates)):
        offered = sorted([*offered, *longer], key=lambda place: (place.kind != "country", -(place.size or 0)))
    offered = put_regions_first(offered, regions)
    near = _find_larger_near(ranked, words, candidates)
    return Judgement(places=[*offered[: MAX_BEFORE_NEAR if near else None], *near])


def _find_longer(text: str, candidates: Candidates) -> list[Candidate]:
    """Return large cities whose names go on after a text: who types Newcastle may mean Newcastle upon Tyne."""
    return [
        place
        for kind, place in candidates.find_beginning_with(f"{text} ")
        if kind <= Kind.NICKNAME and place.is_city and place.slug and (place.size or 0) >= MIN_PEOPLE_TO_BE_KNOWN
    ]


def _find_larger_near(readings: Sequence[Candidate], words: Sequence[str], candidates: Candidates) -> list[Candidate]:
    """Return much larger places one error away: who types Pittsburg may mean Pittsburgh."""
    named = candidates.find_named(candidates.find_near(" ".join(words)))
    largest = max(place.size or 0 for place in readings)
    near = [place for found in named.values() for place in found if place.is_own and place.slug and not place.area]
    return sorted((place for place in near if (place.size or 0) >= TIMES_AS_LARGE_TO_OFFER * largest), key=rank)
