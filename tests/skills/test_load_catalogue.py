"""The first load: all of it or nothing, and only once."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

import skills
from skills.catalogue.resources import TABLES
from skills.models import Article, Edition, SiteRevision, Skill, Source
from tests.skills.factories import LOADED_REVISION, make_csv

DATA = Path(skills.__file__).parent / "data"
ARTICLES = sorted((DATA / "articles").glob("*.md"))


def test_real_catalogue_is_loaded_whole_and_written_as_it_was_read(empty_database: None) -> None:
    call_command("load_catalogue", stdout=io.StringIO())

    assert {table.file: table().write() for table in TABLES} == {
        path.name: path.read_text(encoding="utf-8") for path in DATA.glob("*.csv")
    }
    assert list(Edition.objects.values_list("number", "note", "publisher")) == [
        (1, "The first edition.", "EarnVerdict")
    ]
    assert sorted(Article.objects.published().values_list("slug", flat=True)) == [path.stem for path in ARTICLES]
    assert SiteRevision.objects.get().number == LOADED_REVISION


def test_words_of_skill_names_fit_a_phone_at_twice_the_text() -> None:
    """A browser does not break a word after a slash, so a longer one would be broken anywhere."""
    with (DATA / "skills.csv").open(encoding="utf-8", newline="") as file:
        words = [word for row in csv.DictReader(file) for word in row["name"].split()]

    assert [word for word in words if len(word) > 16] == []


def test_empty_database_is_filled_and_edition_1_published(
    empty_database: None, small_folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    call_command("load_catalogue", folder=small_folder)

    assert capsys.readouterr().out == "Loaded the catalogue and published Edition 1, with 0 articles.\n"
    files = {table.file: (small_folder / table.file).read_text(encoding="utf-8") for table in TABLES}
    assert {table.file: table().write() for table in TABLES} == files
    assert list(Edition.objects.values_list("number", "publisher")) == [(1, "EarnVerdict")]


def test_second_run_changes_nothing(
    empty_database: None, small_folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    call_command("load_catalogue", folder=small_folder)
    Source.objects.update(title="Edited since")
    capsys.readouterr()

    call_command("load_catalogue", folder=small_folder)

    assert capsys.readouterr().out == "The catalogue is loaded already: nothing was changed.\n"
    assert Source.objects.get().title == "Edited since"
    assert Edition.objects.count() == 1
    assert SiteRevision.objects.get().number == 1


def test_catalogue_that_an_editor_began_is_left_alone(empty_database: None, small_folder: Path) -> None:
    Skill.objects.create(slug="own", name="Own", hours_low=1, hours_mid=2, hours_high=3, category="ai")

    call_command("load_catalogue", folder=small_folder, verbosity=0)

    assert Skill.objects.get().slug == "own"
    assert not Edition.objects.exists()


@pytest.mark.parametrize(
    ("file", "bad", "message"),
    [
        pytest.param(
            "evidence.csv",
            {"mid_percent": "much"},
            "Nothing was loaded:\nevidence.csv, row 2, column mid_percent: “much” value must be a decimal number.",
            id="cell",
        ),
        pytest.param(
            "exchange_rates.csv",
            {"source": "rumour"},
            "Nothing was loaded:\nexchange_rates.csv, row 2, column source: “rumour” is not among the sources.",
            id="last-file",
        ),
        pytest.param(
            "exchange_rates.csv",
            {"currency": "EUR"},
            "The catalogue cannot be published, so nothing was loaded:\n"
            "exchange rates · USD: exam costs cannot be turned into it: it has no rate.",
            id="gate",
        ),
    ],
)
def test_bad_row_is_named_and_the_database_stays_empty(
    empty_database: None, small_folder: Path, file: str, bad: dict[str, str], message: str
) -> None:
    (small_folder / file).write_text(make_csv(file, bad), encoding="utf-8")

    with pytest.raises(CommandError) as refused:
        call_command("load_catalogue", folder=small_folder)

    assert str(refused.value) == message
    assert _is_empty()


def test_missing_file_is_named_and_the_database_stays_empty(empty_database: None, small_folder: Path) -> None:
    (small_folder / "exchange_rates.csv").unlink()

    with pytest.raises(CommandError) as refused:
        call_command("load_catalogue", folder=small_folder)

    assert str(refused.value) == f"{small_folder / 'exchange_rates.csv'} is missing, so nothing was loaded."
    assert _is_empty()


def test_file_that_is_not_utf8_is_named_and_the_database_stays_empty(empty_database: None, small_folder: Path) -> None:
    (small_folder / "locations.csv").write_bytes(make_csv("locations.csv", {"name": "Österreich"}).encode("latin-1"))

    with pytest.raises(CommandError) as refused:
        call_command("load_catalogue", folder=small_folder)

    message = f"{small_folder / 'locations.csv'} is not UTF-8 text (invalid continuation byte), so nothing was loaded."
    assert str(refused.value) == message
    assert _is_empty()


def _is_empty() -> bool:
    return not any(model.objects.exists() for model in (*(table._meta.model for table in TABLES), Edition))


def _count_rows(path: Path) -> int:
    with path.open(encoding="utf-8", newline="") as file:
        return len(list(csv.DictReader(file)))
