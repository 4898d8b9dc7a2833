"""Two editors change the same rows: no form overwrites what another editor saved, and nothing typed is lost."""

from __future__ import annotations

import re
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal
from typing import Any

import pytest
from django.contrib.auth.models import Group, Permission, User
from django.core import signing
from django.db import connection, connections
from django.db.models import Model
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from skills.catalogue.resources import EvidenceResource
from skills.editions.document import PublishedEdition
from skills.imports.job import Job, Phase, job_folder
from skills.imports.run import Work, dry_run_file, import_file
from skills.models import (
    Article,
    Evidence,
    ExchangeRate,
    ExperiencePoint,
    Location,
    Revision,
    Skill,
    Source,
    Way,
    WayEvidence,
    WayRange,
)
from tests.skills.admin_pages import fields_of
from tests.skills.factories import (
    make_article,
    make_evidence,
    make_revision,
    make_skill,
    make_source,
    make_way,
    make_way_evidence,
)

REFUSED = "Nothing was saved: this changed after you had opened it. What you typed is kept below."
SECONDS_TO_WAIT = 60
VERSION = re.compile(r'name="(version-[0-9]+)" value="([0-9a-f]+)"')

#: Forms are compared in Python; what is marked locks rows.
pytestmark = [pytest.mark.any_database, pytest.mark.django_db]


@pytest.fixture
def anna() -> Client:
    return _sign_in("anna")


@pytest.fixture
def ben() -> Client:
    return _sign_in("ben")


@pytest.fixture
def skill(empty_database: None) -> Skill:
    """A skill with two figures, from two sources."""
    skill = make_skill()
    make_evidence(skill=skill, source=make_source(slug="first-source"))
    make_evidence(skill=skill, source=make_source(slug="second-source"), grade="C")
    return skill


# A form's own fields


def test_field_that_both_changed_is_refused_and_says_who_changed_what(anna: Client, ben: Client, skill: Skill) -> None:
    page = _open(ben, skill)
    _change(anna, skill, summary="Anna’s summary.")

    answer = _save(ben, skill, page | {"summary": "Ben’s summary."})

    assert REFUSED in answer.content.decode()
    assert _read_saved(skill).summary == "Anna’s summary."
    assert fields_of(answer)["summary"] == "Ben’s summary."
    (conflict,) = answer.context["conflicts"]
    assert conflict.who.startswith("anna, ")
    assert (conflict.title, conflict.what) == ("Summary", "You both changed it.")
    (field,) = conflict.fields
    assert (field.opened, field.now, field.mine) == ("“Makes things.”", "“Anna’s summary.”", "“Ben’s summary.”")


@pytest.mark.parametrize(("choice", "summary"), [("mine", "Ben’s summary."), ("theirs", "Anna’s summary.")])
def test_either_field_can_be_taken(anna: Client, ben: Client, skill: Skill, choice: str, summary: str) -> None:
    page = _open(ben, skill)
    _change(anna, skill, summary="Anna’s summary.")
    refused = _save(ben, skill, page | {"summary": "Ben’s summary."})

    answer = _save(ben, skill, fields_of(refused) | {"choice-summary": choice})

    assert answer.status_code == 302
    assert _read_saved(skill).summary == summary


def test_fields_that_only_one_changed_are_both_kept(anna: Client, ben: Client, skill: Skill) -> None:
    page = _open(ben, skill)
    _change(anna, skill, summary="Anna’s summary.")

    refused = _save(ben, skill, page | {"hours_basis": "Ben’s basis"})
    answer = _save(ben, skill, fields_of(refused))

    assert REFUSED in refused.content.decode()
    assert answer.status_code == 302
    assert (_read_saved(skill).summary, _read_saved(skill).hours_basis) == ("Anna’s summary.", "Ben’s basis")


def test_others_change_can_be_undone_where_it_is_shown(anna: Client, ben: Client, skill: Skill) -> None:
    page = _open(ben, skill)
    _change(anna, skill, summary="Anna’s summary.")
    refused = _save(ben, skill, page | {"hours_basis": "Ben’s basis"})

    _save(ben, skill, fields_of(refused) | {"choice-summary": "mine"})

    assert (_read_saved(skill).summary, _read_saved(skill).hours_basis) == ("Makes things.", "Ben’s basis")


def test_save_without_the_choice_is_refused_again(anna: Client, ben: Client, skill: Skill) -> None:
    page = _open(ben, skill)
    _change(anna, skill, summary="Anna’s summary.")
    refused = _save(ben, skill, page | {"summary": "Ben’s summary."})

    answer = _save(ben, skill, fields_of(refused))

    assert [conflict.what for conflict in answer.context["conflicts"]] == ["Choose one of the two."]
    assert _read_saved(skill).summary == "Anna’s summary."
    assert _save(ben, skill, fields_of(answer) | {"choice-summary": "mine"}).status_code == 302


def test_third_save_in_between_is_refused_again(anna: Client, ben: Client, skill: Skill) -> None:
    page = _open(ben, skill)
    _change(anna, skill, summary="Anna’s summary.")
    refused = _save(ben, skill, page | {"summary": "Ben’s summary."})
    _change(anna, skill, summary="Anna’s second summary.")

    answer = _save(ben, skill, fields_of(refused) | {"choice-summary": "mine"})

    assert REFUSED in answer.content.decode()
    assert _read_saved(skill).summary == "Anna’s second summary."


def test_same_change_twice_is_no_conflict(anna: Client, ben: Client, skill: Skill) -> None:
    page = _open(ben, skill)
    _change(anna, skill, summary="The same.")

    assert _save(ben, skill, page | {"summary": "The same."}).status_code == 302


def test_chosen_rows_and_ticks_are_compared(anna: Client, ben: Client, skill: Skill) -> None:
    others = [make_skill(slug=f"other-{number}", name=f"Other {number}").pk for number in range(2)]
    page = _open(ben, skill)
    _change(anna, skill, prerequisites=[others[0]], is_published=None)

    refused = _save(ben, skill, page | {"prerequisites": [others[1]]})
    _save(ben, skill, fields_of(refused) | {"choice-prerequisites": "mine"})

    assert [row.pk for row in _read_saved(skill).prerequisites.all()] == [others[1]]
    assert not _read_saved(skill).is_published


def test_mistake_after_a_choice_keeps_the_choice(anna: Client, ben: Client, skill: Skill) -> None:
    page = _open(ben, skill)
    _change(anna, skill, summary="Anna’s summary.")
    refused = _save(ben, skill, page | {"summary": "Ben’s summary."})

    wrong = _save(ben, skill, fields_of(refused) | {"choice-summary": "theirs", "name": ""})
    answer = _save(ben, skill, fields_of(wrong) | {"name": "Named"})

    assert answer.status_code == 302
    assert (_read_saved(skill).summary, _read_saved(skill).name) == ("Anna’s summary.", "Named")


@pytest.mark.parametrize("copy", ["", "rubbish", None])
def test_form_without_its_version_is_refused(ben: Client, skill: Skill, copy: str | None) -> None:
    page = _open(ben, skill)
    given = {name: value for name, value in page.items() if name != "opened_with"}

    answer = _save(ben, skill, given | {"summary": "Ben’s."} | ({} if copy is None else {"opened_with": copy}))

    assert REFUSED in answer.content.decode()
    assert _read_saved(skill).summary == "Makes things."
    assert _save(ben, skill, fields_of(answer)).status_code == 302


def test_version_of_another_row_is_refused(ben: Client, skill: Skill) -> None:
    other = _open(ben, make_skill(slug="other", name="Other"))

    answer = _save(ben, skill, _open(ben, skill) | {"opened_with": other["opened_with"]})

    assert REFUSED in answer.content.decode()


# Rows of a form


def test_fields_of_a_row_that_only_one_changed_are_both_kept(anna: Client, ben: Client, skill: Skill) -> None:
    first, second = skill.evidence.all()
    page = _open(ben, skill)
    _change(anna, skill, **{_name(page, first, "note"): "Anna’s note."})

    answer = _save(ben, skill, page | {_name(page, first, "grade"): "A", _name(page, second, "year"): "2020"})

    (conflict,) = answer.context["conflicts"]
    assert (conflict.title, conflict.what) == (f"{first}: Note", "You did not change it.")
    assert _save(ben, skill, fields_of(answer)).status_code == 302
    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.note, first.grade, second.year) == ("Anna’s note.", "A", 2020)


@pytest.mark.parametrize(("choice", "middle"), [("mine", "2.2"), ("theirs", "2.5")])
def test_field_of_a_row_that_both_changed_is_chosen(
    anna: Client, ben: Client, skill: Skill, choice: str, middle: str
) -> None:
    first = skill.evidence.all()[0]
    page = _open(ben, skill)
    _change(anna, skill, **{_name(page, first, "mid_percent"): "2.5", _name(page, first, "note"): "Anna’s note."})

    refused = _save(ben, skill, page | {_name(page, first, "mid_percent"): "2.2"})
    again = _save(ben, skill, fields_of(refused))
    conflict = again.context["conflicts"][0]
    saved = _save(ben, skill, fields_of(again) | {conflict.choice.name: choice})

    (field,) = conflict.fields
    assert (conflict.title, conflict.what) == (f"{first}: Middle (% of pay)", "Choose one of the two.")
    assert (field.now, field.mine) == ("“2.5”", "“2.2”")
    assert saved.status_code == 302
    first.refresh_from_db()
    assert (first.mid_percent, first.note) == (Decimal(middle), "Anna’s note.")


def test_row_that_is_gone_needs_one_choice(anna: Client, ben: Client, skill: Skill) -> None:
    first = skill.evidence.all()[0]
    page = _open(ben, skill)
    _change(anna, skill, **{_name(page, first, "mid_percent"): "2.5"})
    refused = _save(ben, skill, page | {_name(page, first, "mid_percent"): "2.2"})
    first.delete()

    answer = _save(ben, skill, fields_of(refused))

    assert [conflict.what for conflict in answer.context["conflicts"]] == ["This row was removed."]


def test_rows_that_only_one_changed_are_both_kept(anna: Client, ben: Client, skill: Skill) -> None:
    first, second = skill.evidence.all()
    page = _open(ben, skill)
    _change(anna, skill, **{_name(page, first, "mid_percent"): "2.5"})

    refused = _save(ben, skill, page | {_name(page, second, "year"): "2020"})
    _save(ben, skill, fields_of(refused))

    first.refresh_from_db()
    second.refresh_from_db()
    assert REFUSED in refused.content.decode()
    assert (first.mid_percent, second.year) == (Decimal("2.5"), 2020)


def test_row_is_compared_with_its_own_page(anna: Client, ben: Client, skill: Skill) -> None:
    first = skill.evidence.all()[0]
    page = _open(ben, skill)
    _change(anna, first, mid_percent="2.5")

    answer = _save(ben, skill, page)

    (conflict,) = answer.context["conflicts"]
    assert (conflict.title, conflict.what) == (str(first), "You did not change this row.")
    assert conflict.who.startswith("anna, ")


def test_page_of_a_row_is_compared_with_its_skill_s_form(anna: Client, ben: Client, skill: Skill) -> None:
    first = skill.evidence.all()[0]
    page = _open(ben, first)
    open_skill = _open(anna, skill)
    _save(anna, skill, open_skill | {_name(open_skill, first, "mid_percent"): "2.5"})

    answer = _save(ben, first, page | {"mid_percent": "2.2"})

    assert REFUSED in answer.content.decode()
    first.refresh_from_db()
    assert first.mid_percent == Decimal("2.5")


@pytest.mark.parametrize(("choice", "count"), [("mine", 2), ("theirs", 1)])
def test_removed_row_that_was_changed_can_be_kept(
    anna: Client, ben: Client, skill: Skill, choice: str, count: int
) -> None:
    first, second = skill.evidence.all()
    page = _open(ben, skill)
    typed = {_name(page, second, "year"): "2020", _name(page, first, "year"): "2019"}
    second.delete()

    answer = _save(ben, skill, page | typed)
    (conflict,) = answer.context["conflicts"]
    _save(ben, skill, fields_of(answer) | {conflict.choice.name: choice})

    assert conflict.what == "This row was removed."
    assert skill.evidence.count() == count
    assert {row.source.slug: row.year for row in skill.evidence.all()} == {
        "first-source": 2019,
        **({"second-source": 2020} if choice == "mine" else {}),
    }


def test_added_rows_of_both_are_kept(anna: Client, ben: Client, skill: Skill) -> None:
    page = _open(ben, skill)
    theirs = make_evidence(skill=skill, source=make_source(slug="their-source"), grade="A")
    mine = make_source(slug="my-source")

    refused = _save(ben, skill, page | _new_row(skill, mine, number=2))
    answer = _save(ben, skill, fields_of(refused))

    assert [conflict.what for conflict in refused.context["conflicts"]] == ["This row was added."]
    assert answer.status_code == 302
    assert {row.source.slug for row in skill.evidence.all()} == {
        "first-source",
        "second-source",
        theirs.source.slug,
        mine.slug,
    }


def test_other_names_of_a_place_are_compared(anna: Client, ben: Client) -> None:
    place = Location.objects.get(slug="us-austin-tx")
    page = _open(ben, place)
    _change(anna, place, **{f"aliases-{place.aliases.count()}-alias": "Anna’s name"})

    refused = _save(ben, place, page | {"note": "Ben’s note"})
    _save(ben, place, fields_of(refused))

    place.refresh_from_db()
    assert REFUSED in refused.content.decode()
    assert place.note == "Ben’s note"
    assert place.aliases.filter(alias="Anna’s name").exists()


@pytest.mark.each_database
@pytest.mark.parametrize("model", [Source, Evidence, Location, ExchangeRate, WayRange, WayEvidence, ExperiencePoint])
def test_every_table_s_form_is_refused(ben: Client, model: type[Any]) -> None:
    row = model.objects.first()
    page = _open(ben, row)
    model.objects.filter(pk=row.pk).update(note="Changed by a command.")

    answer = _save(ben, row, page | {"note": "Ben’s note."})

    row.refresh_from_db()
    assert row.note == "Changed by a command."
    assert [conflict.who for conflict in answer.context["conflicts"]] == ["an import or a command"]


# Accounts


def test_old_form_does_not_switch_an_account_on_again(anna: Client, ben: Client) -> None:
    account = User.objects.create_user(username="former", password="a long secret", is_staff=True)
    page = _open(ben, account)
    _change(anna, account, is_active=None)
    secret = account.password
    User.objects.filter(pk=account.pk).update(last_login=timezone.now())

    refused = _save(ben, account, page | {"email": "former@example.org"})
    _save(ben, account, fields_of(refused))

    account.refresh_from_db()
    assert [conflict.title for conflict in refused.context["conflicts"]] == ["Active"]
    assert (account.is_active, account.email, account.password) == (False, "former@example.org", secret)
    assert secret not in signing.loads(page["opened_with"], salt=f"opened_with:auth.user:{account.pk}").values()


def test_old_form_gives_a_group_no_permission_back(anna: Client, ben: Client) -> None:
    group = Group.objects.create(name="made")
    may_publish = Permission.objects.get(codename="publish_edition")
    group.permissions.add(may_publish)
    page = _open(ben, group)
    _change(anna, group, permissions=[])

    refused = _save(ben, group, page | {"name": "renamed"})
    _save(ben, group, fields_of(refused))

    group.refresh_from_db()
    assert (group.name, list(group.permissions.all())) == ("renamed", [])


# Pages that ask about rows without a form of them


def test_row_that_changed_is_not_removed(anna: Client, ben: Client, skill: Skill) -> None:
    row = skill.evidence.all()[0]
    address = reverse("admin:skills_evidence_delete", args=[row.pk])
    typed = {"post": "yes", "removal_reason": "Wrong."}
    opened = ben.get(address)
    _change(anna, row, note="Anna’s note.")

    refused = ben.post(address, typed | {"version": opened.context["version"]})

    assert "It says now: " in refused.content.decode()
    assert "Anna’s note." in refused.content.decode()
    assert Evidence.objects.filter(pk=row.pk).exists()
    ben.post(address, typed | {"version": refused.context["version"]})
    assert not Evidence.objects.filter(pk=row.pk).exists()


@pytest.mark.each_database
def test_row_whose_own_rows_changed_is_not_deleted(ben: Client, published: PublishedEdition) -> None:
    way = make_way()
    figure = make_way_evidence(way=way)
    address = reverse("admin:skills_way_delete", args=[way.pk])
    opened = ben.get(address)
    WayEvidence.objects.filter(pk=figure.pk).update(note="Anna’s note.")

    refused = ben.post(address, {"post": "yes", "version": opened.context["version"]})

    assert "Anna’s note." in refused.content.decode()
    assert Way.objects.filter(pk=way.pk).exists()
    ben.post(address, {"post": "yes", "version": refused.context["version"]})
    assert not Way.objects.filter(pk=way.pk).exists()


@pytest.mark.each_database
@pytest.mark.parametrize("make", [make_skill, make_way, make_source], ids=["skill", "way", "source"])
def test_selection_of_which_a_row_changed_is_not_deleted(
    ben: Client, published: PublishedEdition, make: Callable[..., Any]
) -> None:
    first, second = make(), make(slug="made-second")
    table = type(first).objects.filter(slug__startswith="made-")
    address = reverse(f"admin:skills_{first._meta.model_name}_changelist")
    chosen = {"action": "delete_selected", "_selected_action": [first.pk, second.pk]}
    opened = ben.post(address, chosen)
    table.filter(pk=second.pk).update(slug="made-third")

    refused = ben.post(address, chosen | {"post": "yes", "version": opened.context["version"]})

    assert "some of this changed after you had opened the page" in refused.content.decode()
    assert table.count() == 2
    ben.post(address, chosen | {"post": "yes", "version": refused.context["version"]})
    assert not table.exists()


@pytest.mark.each_database
def test_figure_that_changed_is_not_marked_as_good(anna: Client, ben: Client, skill: Skill) -> None:
    first, second = skill.evidence.all()
    address = reverse("admin:skills_evidence_changelist")
    versions = dict(VERSION.findall(ben.get(address, {"q": skill.slug}).content.decode()))
    _change(anna, first, note="Anna’s note.")

    chosen = {"action": "confirm_figures", "_selected_action": [first.pk, second.pk]}
    answer = ben.post(address, chosen | versions, follow=True)

    first.refresh_from_db()
    second.refresh_from_db()
    said = [str(message) for message in answer.context["messages"]]
    assert (first.review_on, second.review_on is None) == (None, False)
    assert f"Not marked as good, because this page did not show them as they are now: {first}." in said


# Articles


def test_article_is_not_saved_over_a_newer_text(anna: Client, ben: Client) -> None:
    article = make_article()
    make_revision(article=article, text="First line.\n\nLast line.\n")
    page = _open(ben, article)
    _change(anna, article, text="First line.\n\nAnna’s line.\n")

    answer = _save(ben, article, page | {"text": "Ben’s line.\n\nLast line.\n" + "Long. " * 50})

    assert REFUSED in answer.content.decode()
    assert next(row.text for row in Revision.objects.filter(article=article)) == "First line.\n\nAnna’s line.\n"
    (conflict,) = answer.context["conflicts"]
    lines = [(line.kind, line.text) for line in conflict.fields[0].lines]
    assert ("removed", "Anna’s line.") in lines
    assert ("added", "Ben’s line.") in lines
    assert _save(ben, article, fields_of(answer) | {conflict.choice.name: "mine"}).status_code == 302
    assert Article.objects.get(pk=article.pk).revisions.first().text.startswith("Ben’s line.")  # type: ignore[union-attr]


# Imports, and two at the same moment


def test_form_is_refused_after_an_import(ben: Client, skill: Skill) -> None:
    page = _open(ben, skill)
    first = skill.evidence.all()[0]
    job = _check_import(first, year="2021")
    import_file(Work(job_folder(), job))

    answer = _save(ben, skill, page | {_name(page, first, "year"): "2020"})

    assert REFUSED in answer.content.decode()
    first.refresh_from_db()
    assert first.year == 2021


def test_import_is_checked_again_after_a_form(ben: Client, skill: Skill) -> None:
    first = skill.evidence.all()[0]
    page = _open(ben, skill)
    job = _check_import(first, year="2021")
    _save(ben, skill, page | {_name(page, first, "year"): "2020"})

    work = Work(job_folder(), job)
    import_file(work)

    first.refresh_from_db()
    assert (work.job.phase, work.job.is_overtaken, first.year) == (Phase.CHECKED, True, 2020)


@pytest.mark.each_database
@pytest.mark.django_db(transaction=True)
def test_of_two_saves_at_the_same_moment_one_is_refused() -> None:
    skill = make_skill()
    make_evidence(skill=skill)
    clients = [_sign_in(name) for name in ("anna", "ben")]
    pages = [_open(client, skill) for client in clients]
    together = threading.Barrier(len(clients))

    def save(number: int) -> bool:
        together.wait(SECONDS_TO_WAIT)
        try:
            answer = _save(clients[number], skill, pages[number] | {"summary": f"Of {number}."})
            return bool(answer.status_code == 302)
        finally:
            connections.close_all()

    with ThreadPoolExecutor() as threads:
        saved = list(threads.map(save, range(len(clients))))

    assert sorted(saved) == [False, True]
    assert _read_saved(skill).summary == f"Of {saved.index(True)}."


@pytest.mark.each_database
@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has one writer at a time")
def test_form_and_import_at_the_same_moment_do_not_wait_for_each_other() -> None:
    skill = make_skill()
    first = make_evidence(skill=skill)
    client = _sign_in("anna")
    page = _open(client, skill)
    job = _check_import(first, year="2021")
    together = threading.Barrier(2)

    def run(do: Callable[[], Any]) -> Any:
        together.wait(SECONDS_TO_WAIT)
        try:
            return do()
        finally:
            connections.close_all()

    work = Work(job_folder(), job)
    with ThreadPoolExecutor() as threads:
        answer = threads.submit(run, lambda: _save(client, skill, page | {_name(page, first, "year"): "2020"}))
        threads.submit(run, lambda: import_file(work)).result(SECONDS_TO_WAIT)

    first.refresh_from_db()
    is_saved = answer.result(SECONDS_TO_WAIT).status_code == 302
    assert (is_saved, work.job.phase is Phase.IMPORTED, first.year) in [(True, False, 2020), (False, True, 2021)]


# What the tests do


def _sign_in(name: str) -> Client:
    client = Client()
    client.force_login(User.objects.create(username=name, is_staff=True, is_superuser=True))
    return client


def _address(row: Model) -> str:
    return reverse(f"admin:{row._meta.app_label}_{row._meta.model_name}_change", args=[row.pk])


def _open(client: Client, row: Model) -> dict[str, Any]:
    return fields_of(client.get(_address(row)))


def _save(client: Client, row: Model, fields: dict[str, Any]) -> Any:
    return client.post(_address(row), {name: value for name, value in fields.items() if value is not None})


def _change(client: Client, row: Model, **fields: Any) -> None:
    answer = _save(client, row, _open(client, row) | fields)
    assert answer.status_code == 302


def _read_saved(skill: Skill) -> Skill:
    return Skill.objects.get(pk=skill.pk)


def _name(page: dict[str, Any], row: Evidence, field: str) -> str:
    """What the field of a row of evidence is called in its skill's form."""
    number = next(number for number in range(9) if page[f"evidence-{number}-id"] == str(row.pk))
    return f"evidence-{number}-{field}"


def _new_row(skill: Skill, source: Source, *, number: int) -> dict[str, str]:
    cells = {
        "skill": skill.pk,
        "source": source.pk,
        "about": "skill",
        "low_percent": 1,
        "mid_percent": 2,
        "high_percent": 3,
        "grade": "C",
        "population": "everybody",
        "year": 2025,
    }
    rows = {"evidence-TOTAL_FORMS": str(number + 1)}
    return rows | {f"evidence-{number}-{name}": str(value) for name, value in cells.items()}


def _check_import(row: Evidence, **cells: str) -> Job:
    """Check a file that changes one row."""
    table = EvidenceResource()
    text = table.write(table.get_queryset().filter(pk=row.pk))
    header, values = (line.split(",") for line in text.splitlines())
    for name, value in cells.items():
        values[header.index(name)] = value
    content = f"{','.join(header)}\n{','.join(values)}\n".encode()
    user = User.objects.create(username="importer")
    work = Work(job_folder(), job_folder().add(file=table.file, upload_name="m.csv", content=content, user=user.pk))
    dry_run_file(work)
    assert work.job.may_be_imported
    return work.job
