"""What migrations do to rows that are there already."""

from __future__ import annotations

import csv
from importlib import import_module
from pathlib import Path

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import connection
from django.db.migrations import AddField
from django.db.migrations.loader import MigrationLoader
from django.db.models import NOT_PROVIDED, Value
from django.db.models.functions import Concat

from skills.models import Evidence, Location, Source, Way
from tests.skills.factories import make_evidence, make_skill, make_source


def test_figures_of_the_first_catalogue_are_marked_by_what_they_are_about(db: None, catalogue_folder: Path) -> None:
    Evidence.objects.update(about="skill")
    added = make_evidence(skill=make_skill())

    import_module("skills.migrations.0006_evidence_about").mark_known_figures(apps, connection.schema_editor())

    marked = Evidence.objects.exclude(pk=added.pk).values_list("skill__slug", "source__slug", "region", "about")
    with (catalogue_folder / "evidence.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert set(marked) == {(row["skill"], row["source"], row["region"], row["about"]) for row in rows}
    added.refresh_from_db()
    assert added.about == "skill"


def test_notes_for_editors_are_moved_away_from_those_for_readers(db: None) -> None:
    Location.objects.filter(slug="gb-london").update(
        note="median read second-hand; check against ONS ASHE Table 15", editors_note=""
    )
    Location.objects.filter(slug="de").update(note="an editor's own; check against this", editors_note="")

    import_module("skills.migrations.0008_editors_notes").move_known_notes(apps, connection.schema_editor())

    notes = Location.objects.filter(slug__in=["de", "gb-london"]).order_by("slug").values_list("note", "editors_note")
    assert list(notes) == [
        ("an editor's own; check against this", ""),
        ("median read second-hand", "check against ONS ASHE Table 15"),
    ]


def test_ways_are_taken_back_from_a_loaded_catalogue(db: None) -> None:
    make_source(slug="made-records", kind="records")

    import_module("skills.migrations.0011_ways").rename_new_kind(apps, connection.schema_editor())

    assert Source.objects.get(slug="made-records").kind == "headline"
    assert not Source.objects.filter(kind="records").exists()


def test_price_levels_get_the_sources_of_the_first_catalogue(
    db: None, catalogue_folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    own = make_source()
    Location.objects.update(price_source=None)
    Location.objects.filter(slug="de").update(price_source=own)
    Location.objects.filter(slug__in=["de-berlin", "pl", "us-portland-me"]).update(price_level=90)

    import_module("skills.migrations.0012_price_sources").name_known_sources(apps, connection.schema_editor())

    named = dict(Location.objects.exclude(price_source=None).values_list("slug", "price_source__slug"))
    known = _read_price_sources(catalogue_folder)
    assert set(known.values()) == {"world-bank-ppp", "bea-rpp-2024"}
    del known["pl"], known["us-portland-me"]
    assert named == known | {"de": own.slug}
    assert capsys.readouterr().out.split("\n") == [
        "",
        "  de-berlin: its price level 90.0 is not published until it has a source",
        "  pl: its price level 90.0 is not published until it has a source",
        "  us-portland-me: its price level 90.0 is not published until it has a source",
    ]


def test_price_levels_stay_without_a_source_that_the_catalogue_lacks(db: None) -> None:
    Location.objects.update(price_source=None)
    Source.objects.filter(slug__in=["bea-rpp-2024", "world-bank-ppp"]).update(slug=Concat("slug", Value("-renamed")))

    import_module("skills.migrations.0012_price_sources").name_known_sources(apps, connection.schema_editor())

    assert not Location.objects.exclude(price_source=None).exists()
    assert Location.objects.exclude(price_level=None).exists()


def test_price_sources_are_taken_back_and_named_again(
    transactional_db: None, catalogue_folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    named = []
    try:
        call_command("migrate", "skills", "0011", verbosity=0)
        with connection.cursor() as cursor:
            cursor.execute("UPDATE skills_location SET price_level = 0 WHERE slug = 'pl'")
        call_command("migrate", "skills", "0012", verbosity=0)
        named.append(_read_named_sources())
        call_command("migrate", "skills", "0011", verbosity=0)
        call_command("migrate", "skills", "0012", verbosity=0)
        named.append(_read_named_sources())
    finally:
        call_command("migrate", "skills", verbosity=0)

    known = _read_price_sources(catalogue_folder)
    del known["pl"]
    assert named == [known, known]
    assert Location.objects.get(slug="pl").price_level is None
    assert capsys.readouterr().out.strip() == "pl: its price level 0.0 was removed"


def _read_named_sources() -> dict[str, str]:
    """Each place's source of its price level, whatever the models are by now."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT place.slug, source.slug FROM skills_location place "
            "JOIN skills_source source ON source.id = place.price_source_id"
        )
        return dict(cursor.fetchall())


def test_database_fills_new_columns_for_the_version_before() -> None:
    migrations = MigrationLoader(None).disk_migrations
    added = [
        (name, each.model_name, each.name, each.field)
        for (app, name), migration in migrations.items()
        if app == "skills" and name > "0012_price_sources"
        for each in migration.operations
        if isinstance(each, AddField) and not each.field.many_to_many
    ]

    assert added
    assert [each for *each, field in added if not field.null and field.db_default is NOT_PROVIDED] == []


def test_ways_stay_on_verdicts_that_the_code_showed(db: None) -> None:
    shown = list(Way.objects.order_by("slug").values_list("slug", "on_verdict"))
    Way.objects.update(on_verdict="no")

    import_module("skills.migrations.0013_ways_on_verdicts").keep_what_was_shown(apps, connection.schema_editor())

    assert list(Way.objects.order_by("slug").values_list("slug", "on_verdict")) == shown
    assert {answer for _, answer in shown} >= {"yes", "step"}


def _read_price_sources(catalogue_folder: Path) -> dict[str, str]:
    """Each place's source of its price level, where it has one."""
    with (catalogue_folder / "locations.csv").open(encoding="utf-8", newline="") as file:
        return {row["slug"]: row["price_source"] for row in csv.DictReader(file) if row["price_source"]}
