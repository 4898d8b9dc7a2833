"""Computes the study's figures again from its files, and compares them with what texts say."""

from __future__ import annotations

import csv
import math
from argparse import ArgumentParser
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from skills.presenters.methodology import FILE as METHODOLOGY
from skills.study.figures import Origin, compute_figures, is_shown_by, read_figures
from skills.study.pools import pool_skills
from skills.study.records import FOLDER, SOURCE, Study, read_study
from skills.study.texts import find_missing_lines

_TITLES = {
    Origin.FILES: "Computed from the study's files",
    Origin.REBUILT: "Computed from predictions that are made again from the coefficients",
    Origin.QUOTED: "Quoted from the study of November 2026: not recomputable here",
}


class Command(BaseCommand):
    help = "Compute the study's figures again and print them next to those of the texts. Fails if a text is wrong."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--folder", type=Path, default=FOLDER, help="where the study's files are")

    def handle(self, *args: Any, **options: Any) -> None:
        study = read_study(options["folder"])
        computed, figures = compute_figures(study), read_figures(options["folder"])
        wrong = []
        for origin, title in _TITLES.items():
            self.stdout.write(f"\n{title}\n{'computed':>12} {'texts':>7} {'note':>7}")
            for figure in figures.values():
                if figure.origin is not origin:
                    continue
                value = None if origin is Origin.QUOTED else computed[figure.name]
                remark = "differs from the study's note" if figure.differs_from_note else ""
                if value is not None and not is_shown_by(figure.shown, value):
                    wrong.append(figure.name)
                    remark = "WRONG IN THE TEXTS"
                number = "–" if value is None else f"{value:.6g}"
                line = f"{number:>12} {figure.shown:>7} {figure.noted or '–':>7}  {figure.what}  {remark}"
                self.stdout.write(line.rstrip())
        self.stdout.write("\nPools of the samples, in percent of pay: low, middle, high; people with the skill")
        for line in _compare_pools(study):
            self.stdout.write(line)
        missing = list(find_missing_lines(METHODOLOGY.read_text(encoding="utf-8")))
        if wrong or missing:
            lines = [f"figures.csv: {name}" for name in wrong] + [
                f"{METHODOLOGY.name} lacks: {line}" for line in missing
            ]
            raise CommandError("Some texts are not as computed:\n" + "\n".join(lines))
        self.stdout.write("\nAll texts are as computed.")


def _compare_pools(study: Study) -> Iterator[str]:
    """Compare each skill's pool with the catalogue's first figure of it."""
    with (FOLDER.parent / "evidence.csv").open(encoding="utf-8", newline="") as file:
        published = {row["skill"]: row for row in csv.DictReader(file) if row["source"] == SOURCE}
    for skill, pool in pool_skills(study).items():
        computed = " ".join(f"{100 * math.expm1(x):6.1f}" for x in (pool.low, pool.mean, pool.high))
        people = sum(row.people for row in study.select_skill(skill))
        row = published.get(skill)
        catalogue = (
            " ".join(f"{float(row[f'{end}_percent']):6.1f}" for end in ("low", "mid", "high"))
            + f"; {row['sample_size']}"
            if row
            else "no figure"
        )
        yield f"{skill:24} computed {computed}; {people:<6} catalogue {catalogue}"
