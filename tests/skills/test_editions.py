"""Editions: numbered, sealed, final, and the engine's value again when read."""

from __future__ import annotations

import hashlib
import json
import random
import zlib
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from itertools import product
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from calculator.engine import assess
from calculator.engine.edition import WORLDWIDE, EvidenceChoice
from calculator.engine.profile import Profile
from calculator.engine.verdict import Verdict
from skills.editions.document import DamagedEdition, PublishedEdition, Sealed, read_edition, seal, unseal
from skills.editions.publish import earlier_documents, newest_shown, publish_edition, withdraw_edition
from skills.editions.site import EditionWithdrawn
from skills.editions.site_state import site_state
from skills.models import Edition, Evidence, Region, Revision, SiteRevision, Skill, Withdrawal
from skills.models.edition import PublishedIsFinal
from tests.engine.catalogue import read_catalogue
from tests.skills.factories import FIELDS, edition_fields, make_edition_of_model

FINAL_TABLES = ("skills_edition", "skills_withdrawal", "skills_revision")


# What an edition is


def test_edition_is_the_catalogue_as_the_engine_takes_it(published: PublishedEdition) -> None:
    edition, catalogue = published.edition, read_catalogue()

    assert replace(edition, pools={}) == replace(catalogue, pools={})
    asked = list(product(edition.skills, EvidenceChoice, [WORLDWIDE, *Region]))
    assert [edition.pool(*key) for key in asked] == [catalogue.pool(*key) for key in asked]


def test_edition_tells_who_published_it_when_and_why(db: None, published: PublishedEdition) -> None:
    row = Edition.objects.get()

    assert (published.number, published.publisher, published.note) == (row.number, row.publisher, row.note)
    assert (published.published_at, published.checksum) == (row.published_at, row.checksum)
    assert published.edition.model == row.model_version


def test_unpublished_rows_are_left_out(db: None) -> None:
    Skill.objects.filter(slug="python").update(is_published=False)
    Skill.objects.get(slug="ai-ml-integration").prerequisites.clear()

    edition = read_edition(_seal(publish_edition(note="Without Python.", publisher="an editor")), 2).edition

    assert "python" not in edition.skills
    assert "python" not in edition.evidence
    assert {skill for skill, _, _ in edition.pools} == set(edition.skills)


def test_numbers_follow_each_other(small_site: None) -> None:
    editions = [publish_edition(note=f"Number {number}.", publisher="an editor") for number in (2, 3)]

    assert [edition.number for edition in editions] == [2, 3]
    assert [document["edition"]["number"] for document in earlier_documents()] == [1, 2, 3]
    assert SiteRevision.objects.get().number == 3


@pytest.mark.parametrize("note", ["", "  \n"])
def test_edition_needs_a_note(db: None, note: str) -> None:
    with pytest.raises(ValueError, match=r"^An edition needs a note that says what changed and why\.$"):
        publish_edition(note=note, publisher="an editor")

    assert Edition.objects.count() == 1


def test_command_publishes_and_says_so(small_site: None, capsys: pytest.CaptureFixture[str]) -> None:
    call_command("publish_edition", note="By command.")

    assert capsys.readouterr().out == "Published Edition 2.\n"
    assert Edition.objects.get(number=2).publisher == "the command line"


def test_command_without_a_note_publishes_nothing(db: None) -> None:
    with pytest.raises(CommandError, match=r"^Nothing was published: An edition needs a note"):
        call_command("publish_edition", note=" ")

    assert Edition.objects.count() == 1


# Bytes


def test_same_document_gives_same_bytes_in_any_order(db: None, published: PublishedEdition) -> None:
    document = next(earlier_documents())

    assert seal(_shuffle(document)) == seal(document) == _seal(Edition.objects.get())


def test_bytes_are_canonical_json_under_their_checksum(db: None) -> None:
    sealed = _seal(Edition.objects.get())
    canonical = zlib.decompress(sealed.content)

    assert hashlib.sha256(canonical).hexdigest() == sealed.checksum
    assert canonical.startswith(b'{"constants":{"default_sigma":0.45,')
    assert json.dumps(json.loads(canonical), sort_keys=True, separators=(",", ":"), ensure_ascii=False) == (
        canonical.decode()
    )


def test_document_survives_sealing(db: None) -> None:
    document = {
        "edition": {"number": 7, "note": "naïve ‘quotes’ \u2028 🎯"},
        "figures": [0.1, 1e-300, None, True, 2**53],
    }

    assert unseal(seal(document), 7) == document


def test_document_with_a_figure_that_is_no_number_is_refused() -> None:
    with pytest.raises(ValueError, match="Out of range float values are not JSON compliant"):
        seal({"edition": {"number": 1}, "premium": float("nan")})


def test_published_figures_do_not_follow_the_catalogue(db: None, published: PublishedEdition) -> None:
    before = _verdict_of(published)
    Evidence.objects.filter(skill__slug="kubernetes").update(
        low_percent=Decimal(20), mid_percent=Decimal(30), high_percent=Decimal(40)
    )

    publish_edition(note="Kubernetes pays far more.", publisher="an editor")
    site_state.refresh()

    after = _verdict_of(site_state.edition())
    assert site_state.edition().number == 2
    assert (before.edition, after.edition) == (1, 2)
    assert _net_gain(after, "kubernetes") > 2 * _net_gain(before, "kubernetes")
    assert _net_gain(after, "rust") == _net_gain(before, "rust")
    assert site_state.edition(1) == published
    assert _verdict_of(site_state.edition(1)) == before


def test_pools_are_those_of_the_evidence(db: None, published: PublishedEdition) -> None:
    keys = published.edition.pools.keys()

    assert {skill for skill, _, _ in keys} == set(published.edition.skills)
    assert {choice for _, choice, _ in keys} == set(EvidenceChoice)
    assert {region for _, _, region in keys} <= {WORLDWIDE, *(e.region for e in Evidence.objects.all())}


# Final


def change_by_save(row: Any) -> None:
    row.save()


def change_by_saving_one_field(row: Any) -> None:
    row.save(update_fields=[_text_field(row)])


def change_by_delete(row: Any) -> None:
    row.delete()


def change_by_queryset_update(row: Any) -> None:
    type(row).objects.filter(pk=row.pk).update(**{_text_field(row): "changed"})


def change_by_queryset_delete(row: Any) -> None:
    type(row).objects.filter(pk=row.pk).delete()


def change_by_bulk_update(row: Any) -> None:
    setattr(row, _text_field(row), "changed")
    type(row).objects.bulk_update([row], [_text_field(row)])


def change_by_update_or_create(row: Any) -> None:
    type(row).objects.update_or_create(pk=row.pk, defaults={_text_field(row): "changed"})


def change_by_bulk_create_with_update(row: Any) -> None:
    unique = {Edition: ["number"], Withdrawal: ["edition_number"], Revision: ["article", "number"]}[type(row)]
    fields = FIELDS[type(row)](**{name: getattr(row, name) for name in unique})
    type(row).objects.bulk_create(
        [type(row)(**fields)], update_conflicts=True, unique_fields=unique, update_fields=[_text_field(row)]
    )


def change_by_bulk_create_in_its_place(row: Any) -> None:
    type(row).objects.bulk_create([row])


@pytest.mark.parametrize("change", [value for name, value in list(globals().items()) if name.startswith("change_by_")])
@pytest.mark.parametrize("model", [Edition, Withdrawal, Revision])
def test_models_refuse_to_change_what_was_published(db: None, model: type[Any], change: Callable[[Any], None]) -> None:
    row = _final_row(model)
    before = list(model.objects.values())

    with pytest.raises(PublishedIsFinal), transaction.atomic():
        change(row)

    assert list(model.objects.values()) == before


@pytest.mark.parametrize(
    "change",
    [
        pytest.param(
            lambda row: type(row)._base_manager.update(**{_text_field(row): "changed"}), id="base-manager-update"
        ),
        pytest.param(lambda row: type(row)._base_manager.filter(pk=row.pk).delete(), id="base-manager-delete"),
        pytest.param(lambda row: type(row)._base_manager.bulk_update([row], [_text_field(row)]), id="bulk-update"),
        pytest.param(lambda row: row.save_base(force_update=True), id="save-base"),
        pytest.param(
            lambda row: _execute("UPDATE {table} SET {field} = 'x'", row),
            id="sql-update",
        ),
        pytest.param(lambda row: _execute("DELETE FROM {table}", row), id="sql-delete"),
    ],
)
@pytest.mark.parametrize("model", [Edition, Withdrawal, Revision])
def test_database_refuses_to_change_what_was_published(
    db: None, model: type[Any], change: Callable[[Any], None]
) -> None:
    row = _final_row(model)
    before = list(model.objects.values())

    with (
        pytest.raises(IntegrityError, match=f"{row._meta.db_table}: what was published is final"),
        transaction.atomic(),
    ):
        change(row)

    assert list(model.objects.values()) == before


def test_no_row_points_to_an_edition_or_can_take_it_along() -> None:
    assert [
        field.name for model in (Edition, Withdrawal) for field in model._meta.get_fields() if field.is_relation
    ] == []


def test_an_edition_of_the_same_number_is_refused(db: None) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Edition.objects.create(**edition_fields(number=1))

    assert Edition.objects.get().note == "The first edition."


def test_triggers_are_there_after_all_migrations(db: None) -> None:
    names = {
        "sqlite": "SELECT name FROM sqlite_master WHERE type = 'trigger'",
        "postgresql": "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal AND tgenabled = 'O'",
    }
    with connection.cursor() as cursor:
        cursor.execute(names[connection.vendor])
        found = {name for (name,) in cursor.fetchall()}

    assert found >= {f"{table}_no_{action}" for table in FINAL_TABLES for action in ("update", "delete")}


# Tampered with


def test_changed_content_is_refused_and_named(db: None) -> None:
    sealed = _seal(Edition.objects.get())
    changed = zlib.compress(zlib.decompress(sealed.content).replace(b'"grade":"D"', b'"grade":"A"'))

    with pytest.raises(DamagedEdition, match=r"^Edition 1 is damaged: its checksum does not match its content\.$"):
        read_edition(Sealed(content=changed, checksum=sealed.checksum), 1)


def test_content_that_is_no_archive_is_refused_and_named(db: None) -> None:
    sealed = _seal(Edition.objects.get())

    with pytest.raises(DamagedEdition, match=r"^Edition 1 is damaged: it cannot be unpacked"):
        read_edition(Sealed(content=sealed.content[:-10], checksum=sealed.checksum), 1)


def test_swapped_editions_are_refused_and_named(small_site: None) -> None:
    second = _seal(publish_edition(note="The second.", publisher="an editor"))

    with pytest.raises(DamagedEdition, match=r"^Edition 1 is damaged: its content is of edition 2\.$"):
        read_edition(second, 1)


@pytest.mark.parametrize(
    "fields",
    [
        pytest.param({"content": b"not an archive"}, id="content"),
        pytest.param({"content": zlib.compress(b"{}")}, id="other-content"),
        pytest.param({"content": b""}, id="no-content"),
        pytest.param({"checksum": "0" * 64}, id="checksum"),
    ],
)
def test_tampered_row_is_refused_named_and_the_one_before_shown(
    small_site: None,
    tamper: Callable[..., None],
    caplog: pytest.LogCaptureFixture,
    fields: dict[str, Any],
) -> None:
    publish_edition(note="The second.", publisher="an editor")
    tamper(2, **fields)

    assert site_state.edition().number == 1
    assert "Edition 2 is refused: Edition 2 is damaged:" in caplog.text


def test_tampered_edition_stops_the_next_publication(small_site: None, tamper: Callable[..., None]) -> None:
    tamper(1, content=b"not an archive")

    with pytest.raises(CommandError, match=r"^Nothing was published: Edition 1 is damaged"):
        call_command("publish_edition", note="The second.")

    assert Edition.objects.count() == 1


# Withdrawn


def test_withdrawn_newest_leaves_the_one_before(small_site: None) -> None:
    first = site_state.edition()
    publish_edition(note="A mistake.", publisher="an editor")

    withdrawal = withdraw_edition(2, reason=" The figures of Go were those of Rust. ", by="an editor")
    site_state.refresh()

    assert withdrawal.reason == "The figures of Go were those of Rust."
    assert site_state.edition() == first
    with pytest.raises(EditionWithdrawn, match=r"^Edition 2 was withdrawn: The figures of Go were those of Rust\.$"):
        site_state.edition(2)


def test_withdrawn_older_edition_says_why(small_site: None) -> None:
    publish_edition(note="Better.", publisher="an editor")

    withdraw_edition(1, reason="It was wrong.", by="an editor")
    site_state.refresh()

    assert site_state.edition().number == 2
    with pytest.raises(EditionWithdrawn) as withdrawn:
        site_state.edition(1)
    assert withdrawn.value.withdrawn.reason == "It was wrong."
    assert withdrawn.value.withdrawn.withdrawn_at <= timezone.now()


def test_edition_that_only_newer_code_can_show_does_not_replace_one(small_site: None) -> None:
    make_edition_of_model(99)

    with pytest.raises(ValueError, match=r"^Edition 1 is the only one to show: publish its successor first\.$"):
        withdraw_edition(1, reason="It was wrong.", by="an editor")
    assert newest_shown() == 1


def test_number_of_a_withdrawn_edition_is_not_used_again(small_site: None) -> None:
    publish_edition(note="A mistake.", publisher="an editor")
    withdraw_edition(2, reason="It was wrong.", by="an editor")

    assert publish_edition(note="Mended.", publisher="an editor").number == 3


@pytest.mark.parametrize(
    ("number", "reason", "message"),
    [
        pytest.param("2", " ", "A withdrawal needs a reason", id="no-reason"),
        pytest.param("1", "It was wrong.", "Edition 1 is withdrawn already.", id="twice"),
        pytest.param("2", "It was wrong.", "Edition 2 is the only one to show", id="last"),
        pytest.param("3", "It was wrong.", "There is no edition 3.", id="unknown"),
    ],
)
def test_withdrawal_that_makes_no_sense_is_refused(small_site: None, number: str, reason: str, message: str) -> None:
    publish_edition(note="Better.", publisher="an editor")
    call_command("withdraw_edition", "1", reason="It was wrong.", verbosity=0)

    with pytest.raises(CommandError, match=f"^{message}"):
        call_command("withdraw_edition", number, reason=reason)

    assert list(Withdrawal.objects.values_list("edition_number", flat=True)) == [1]
    assert SiteRevision.objects.get().number == 3


def _seal(edition: Edition) -> Sealed:
    return Sealed(content=bytes(edition.content), checksum=edition.checksum)


def _shuffle(value: Any) -> Any:
    """The same document with the keys of every object in another order."""
    if isinstance(value, list):
        return [_shuffle(item) for item in value]
    if not isinstance(value, dict):
        return value
    items = list(value.items())
    random.Random(len(items)).shuffle(items)
    return {name: _shuffle(item) for name, item in items}


def _verdict_of(published: PublishedEdition) -> Verdict:
    profile = Profile(pay=115_000, location="us-austin-tx", skills=("go", "kubernetes", "rust"))
    return assess(profile, published.edition)


def _net_gain(verdict: Verdict, slug: str) -> float:
    gain = verdict.outlook(slug).gain
    assert gain is not None
    return gain.net_gain


def _final_row(model: type[Any]) -> Any:
    """A row that nothing points to."""
    return Edition.objects.get() if model is Edition else model.objects.create(**FIELDS[model]())


def _text_field(row: Any) -> str:
    return {Edition: "note", Withdrawal: "reason", Revision: "title"}[type(row)]


def _execute(statement: str, row: Any) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement.format(table=row._meta.db_table, field=_text_field(row)))
