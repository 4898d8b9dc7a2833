"""The study's files, its figures in the texts, and the command that computes them again."""

from __future__ import annotations

import io
import math
import shutil
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from calculator.engine import Edition
from skills.editions.document import PublishedEdition
from skills.presenters.methodology import FILE as METHODOLOGY
from skills.study.figures import Origin, compute_figures, is_shown_by, name_sample_figure, read_figures
from skills.study.pools import pool_skills
from skills.study.predictions import predict_hidden
from skills.study.records import FOLDER, SOURCE, read_study
from skills.study.texts import find_missing_lines


@pytest.fixture(scope="module")
def computed() -> dict[str, float]:
    return compute_figures(read_study())


def test_files_belong_together() -> None:
    study = read_study()

    assert list(study.hidden) == [(row.sample, row.skill) for row in study.hidden.values()]
    assert set(study.hidden) == set(study.coefficients)
    assert {key[0] for key in study.coefficients} == set(study.samples)
    assert all(
        (row.measured, row.standard_error) == (study.coefficients[key].measured, study.coefficients[key].standard_error)
        for key, row in study.hidden.items()
    )


def test_every_figure_of_the_texts_is_as_computed(computed: dict[str, float]) -> None:
    figures = [figure for figure in read_figures().values() if figure.origin is not Origin.QUOTED]

    assert len(figures) > 60
    assert [figure.name for figure in figures if not is_shown_by(figure.shown, computed[figure.name])] == []


def test_raw_gaps_do_no_worse_in_one_sample_as_texts_say(computed: dict[str, float]) -> None:
    worse = [
        sample
        for sample in read_study().samples
        if computed[name_sample_figure("pairs_method", sample)] <= computed[name_sample_figure("pairs_gaps", sample)]
    ]

    assert worse == ["pl-2021"]


def test_quoted_figures_cannot_be_computed(computed: dict[str, float]) -> None:
    quoted = {figure.name for figure in read_figures().values() if figure.origin is Origin.QUOTED}

    assert quoted
    assert quoted.isdisjoint(computed)


def test_predictions_are_made_again_to_the_last_digit_of_the_file() -> None:
    study = read_study()

    predictions = predict_hidden(study)

    made = {key: (each.mean, each.low, each.high) for key, each in predictions.items()}
    assert {
        key: made[key]
        for key, row in study.hidden.items()
        if made[key] != pytest.approx((row.predicted, row.low, row.high), abs=2e-6)
    } == {}


def test_pools_are_near_the_figures_of_the_catalogue(published: PublishedEdition) -> None:
    """Nobody has found out why they differ: this is how far apart they are."""
    published_figures = own_figures(published.edition)
    apart = {
        skill: (100 * abs(math.expm1(pool.mean) - published_figures[skill]))
        for skill, pool in pool_skills(read_study()).items()
        if skill in published_figures
    }

    assert set(published_figures) == set(apart)
    assert {skill for skill, points in apart.items() if points > 0.35} == {"cloud-architecture"}
    assert max(apart.values()) < 0.45


def own_figures(edition: Edition) -> dict[str, float]:
    return {skill: item.mid for skill, items in edition.evidence.items() for item in items if item.source == SOURCE}


@pytest.mark.parametrize(
    ("shown", "value", "expected"),
    [
        ("64%", 0.6402, True),
        ("64%", 0.646, False),
        ("56.5%", 0.5654, True),
        (".39", 0.3878, True),
        ("−.20", -0.2, True),
        ("−.20", 0.2, False),
        ("1,234", 1234.2, True),
        ("3.0", 3.06, False),
        ("+10.7%", 0.10676, True),
        ("about 3", 3, False),
        ("", 0, False),
    ],
)
def test_a_number_is_shown_by_its_rounded_text(shown: str, value: float, expected: bool) -> None:
    assert is_shown_by(shown, value) is expected


def test_methodology_says_what_is_computed() -> None:
    assert list(find_missing_lines(METHODOLOGY.read_text(encoding="utf-8"))) == []


def test_a_wrong_figure_in_the_methodology_is_found() -> None:
    text = METHODOLOGY.read_text(encoding="utf-8").replace("56.5 %", "55.5 %")

    (missing,) = find_missing_lines(text)

    assert "pairs of skills were in the right order" in missing


def test_note_about_kubernetes_is_as_computed(published: PublishedEdition) -> None:
    (note,) = [item.note for item in published.edition.evidence["kubernetes"] if item.source == SOURCE]

    shown = read_figures()["example_alone_everywhere"].shown.removeprefix("+")
    assert note.endswith(f"without holding other skills constant: {shown}")


# The command


def test_check_study_prints_each_figure_next_to_that_of_the_texts() -> None:
    out = io.StringIO()

    call_command("check_study", stdout=out)

    lines = out.getvalue().splitlines()
    assert any(line.split()[:3] == ["0.387822", ".39", ".39"] for line in lines)
    assert any(line.endswith("differs from the study's note") for line in lines)
    assert any(line.startswith("Quoted from the study of November 2026: not recomputable here") for line in lines)
    assert lines[-1] == "All texts are as computed."


def test_check_study_fails_if_a_figure_is_wrong(tmp_path: Path) -> None:
    folder = Path(shutil.copytree(FOLDER, tmp_path / "study"))
    figures = folder / "figures.csv"
    figures.write_text(figures.read_text(encoding="utf-8").replace(",56.5%,files", ",55.5%,files"), encoding="utf-8")

    with pytest.raises(CommandError, match=r"figures\.csv: pairs_gaps$"):
        call_command("check_study", folder=folder, stdout=io.StringIO())
