"""The skills and the other ways of a verdict as CSV tables: the figures of its JSON, one row an entry."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence

from calculator.downloads.verdict_json import NO_ANSWERS, Json, write_verdict_json
from calculator.engine.edition import Edition
from calculator.engine.profile import HOUR_VALUE, INPUTS
from calculator.engine.verdict import Verdict
from calculator.engine.ways import WayAnswers
from earnverdict.spreadsheet import escape_formula, find_cell

#: Columns of the CSV that are the same in every row: the whole verdict's, under their names in the JSON.
_VERDICT_COLUMNS = ("edition", "model", "rating", "is_small", "first", "chance_nothing")
#: The answers that each row has too, by where they are in the JSON.
_ANSWER_COLUMNS = tuple(
    [("profile", spec.name, "amount") if spec is HOUR_VALUE else ("profile", spec.name) for spec in INPUTS]
)
_GRADES = ("A", "B", "C", "D", "typical")
_LEVELS = ("low", "expected", "high")
#: Columns of one skill, each by where it is in the JSON's entry of it.
_SKILL_COLUMNS = (
    *(("grade_shares", grade) for grade in _GRADES),
    *(("premium", level) for level in _LEVELS),
    *(("headline", name) for name in ("low", "high", "low_share", "high_share")),
    *(("uplift", level) for level in _LEVELS),
    *((name,) for name in ("hours", "study_months", "first_pay_month", "exam", "net_gain", "chance", "pays_off")),
    *((name,) for name in ("worth_of_an_hour", "in_time", "rests_on_duties")),
)
#: The same of one way.
_WAY_COLUMNS = (
    *((name,) for name in ("region", "unit")),
    *((name, level) for name in ("share", "annual") for level in _LEVELS),
    *((name,) for name in ("own_annual", "own_buys", "own_average")),
    *((name,) for name in ("odds", "is_own_odds", "is_odds_measured", "is_odds_yearly")),
    *(("months", level) for level in ("low", "mid", "high")),
    *((name,) for name in ("hours", "overlaps_skill", "grade")),
)


def write_verdict_csv(verdict: Verdict, edition: Edition) -> str:
    """One row a considered skill, in falling net gain: the figures of the JSON, blank where that has none.

    The salary is no column, but it can be worked out from the amounts.
    """
    answer = write_verdict_json(verdict, edition)
    shared = {name: answer[name] for name in _VERDICT_COLUMNS}
    shared |= {name: answer["market"][name] for name in ("location", "currency")}
    shared |= {"_".join(path): find_cell(answer, path) for path in _ANSWER_COLUMNS}
    names = {slug: skill.name for slug, skill in edition.skills.items()}
    return _write_table(answer["skills"], _SKILL_COLUMNS, names, shared)


def write_ways_csv(verdict: Verdict, edition: Edition, own: WayAnswers = NO_ANSWERS) -> str:
    """One row a way, soonest first: the figures of the JSON; blank where that has none. They are no ranking."""
    answer = write_verdict_json(verdict, edition, own)
    names = {way.slug: way.name for way in edition.ways}
    shared = {"edition": answer["edition"]} | {name: answer["market"][name] for name in ("location", "currency")}
    return _write_table(answer["ways"], _WAY_COLUMNS, names, shared)


def _write_table(
    entries: list[Json], columns: Sequence[tuple[str, ...]], names: Mapping[str, str], shared: Json
) -> str:
    """Write a row an entry: its slug, its name, what is at the end of each column's path, and what all rows share."""
    lines = io.StringIO()
    writer = csv.writer(lines)
    writer.writerow(["slug", "name", *("_".join(path) for path in columns), *shared])
    for entry in entries:
        cells = [entry["slug"], names[entry["slug"]], *(find_cell(entry, path) for path in columns), *shared.values()]
        writer.writerow([escape_formula(cell) if isinstance(cell, str) else cell for cell in cells])
    return lines.getvalue()
