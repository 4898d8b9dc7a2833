"""The editors' pages: they open quickly, change the catalogue, and leave alone what was published."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.contrib import admin
from django.contrib.admin.models import LogEntry
from django.contrib.admin.utils import flatten_fieldsets
from django.contrib.admin.views.main import ChangeList
from django.contrib.auth.models import Permission, User
from django.core.exceptions import PermissionDenied
from django.db.models import Model
from django.test import Client, RequestFactory
from django.urls import reverse
from django.utils import timezone
from pytest_django import Settings

from calculator.engine import assess
from calculator.engine.profile import Profile
from skills.admin.published_rows import _read_slugs
from skills.admin.row_versions import write_version
from skills.admin_site import MAX_SEARCH_CHARACTERS
from skills.editions.document import PublishedEdition, seal
from skills.editions.publish import earlier_documents, publish_edition, withdraw_edition
from skills.editions.site_state import site_state
from skills.models import (
    Edition,
    Evidence,
    ExchangeRate,
    ExperiencePoint,
    Location,
    LocationAlias,
    SiteRevision,
    Skill,
    Source,
    UnmeasuredSkill,
    Way,
    WayEvidence,
    WayRange,
    Withdrawal,
)
from tests.skills.admin_pages import confirm_deletion, fields_of
from tests.skills.factories import (
    edition_fields,
    make_article,
    make_evidence,
    make_location,
    make_revision,
    make_skill,
    make_source,
    make_way,
)

#: Forms, texts and permissions; what is marked asks every database.
pytestmark = pytest.mark.any_database

type Queries = Callable[[int], Any]

WAYS = [Way, WayRange, WayEvidence, ExperiencePoint]
EDITED = [Skill, Source, Evidence, Location, LocationAlias, ExchangeRate, UnmeasuredSkill, *WAYS]
FINAL = [Edition, Withdrawal]

# Who is signed in, how many rows there are, and the page's own: the same however many rows a page shows.
MAX_QUERIES_OF_A_LIST = 11
MAX_QUERIES_OF_A_FORM = 14
#: What is no row's number.
NONSENSE = {"word": "x", "blank": "", "minus": "-1", "huge": "9" * 5_000, "nul": "\x00"}
WAY_OUT = " To leave it out of the next edition, take the tick off “published”."


def names(model: Any) -> str:
    """How a test of a model is called."""
    return str(model._meta.model_name)


@pytest.fixture
def withdrawn(published: PublishedEdition) -> None:
    """An edition that was published and withdrawn, next to edition 1."""
    document = next(earlier_documents())
    sealed = seal(document | {"edition": document["edition"] | {"number": 2}})
    Edition.objects.create(
        **edition_fields(number=2, note="A mistake.", content=sealed.content, checksum=sealed.checksum)
    )
    withdraw_edition(2, reason="It was wrong.", by="an editor")


# Pages


@pytest.mark.parametrize("model", [*EDITED, *FINAL], ids=names)
def test_list_opens_with_few_queries(
    editor_client: Client, withdrawn: None, model: type[Model], django_assert_max_num_queries: Queries
) -> None:
    editor_client.get(reverse("admin:index"))  # counts the waiting changes once

    with django_assert_max_num_queries(MAX_QUERIES_OF_A_LIST):
        response = editor_client.get(_list(model))

    assert f"{model._meta.verbose_name_plural}" in response.content.decode().lower()
    assert response.context["cl"].result_count == model._default_manager.count()


@pytest.mark.each_database
@pytest.mark.parametrize("model", [*EDITED, *FINAL], ids=names)
def test_search_finds_without_error(editor: User, withdrawn: None, model: type[Model]) -> None:
    everything = model._default_manager.count()

    found = _find_rows(editor, model, "q=1")
    nothing = _find_rows(editor, model, "q=zzzzzz")
    longest = _find_rows(editor, model, f"q={'a+' * (MAX_SEARCH_CHARACTERS // 2)}")

    assert len(found) <= everything
    assert nothing == []
    assert len(longest) <= everything


@pytest.mark.each_database
@pytest.mark.parametrize("model", [*EDITED, *FINAL], ids=names)
def test_each_filter_and_order_works(editor: User, withdrawn: None, model: type[Model]) -> None:
    page = _open_list(editor, model)
    choices = [str(choice["query_string"]) for spec in page.filter_specs for choice in spec.choices(page)]
    orders = [f"?o=-{column}" for column in range(1, len(page.list_display))]

    found = [_find_rows(editor, model, f"{query[1:]}&q=zzzzzz") for query in choices + orders]

    assert found == [[]] * len(choices + orders)


@pytest.mark.each_database
@pytest.mark.parametrize("model", EDITED, ids=names)
def test_form_opens_with_few_queries_and_saves_unchanged(
    editor_client: Client, published: PublishedEdition, model: type[Model], django_assert_max_num_queries: Queries
) -> None:
    row = _richest(model)
    before = _values(row)
    with django_assert_max_num_queries(MAX_QUERIES_OF_A_FORM):
        response = editor_client.get(_change(row))
    saved = editor_client.post(_change(row), fields_of(response))

    assert _errors(saved) == []
    assert saved.status_code == 302
    assert _values(model._default_manager.get(pk=row.pk)) == before


@pytest.mark.parametrize("model", EDITED, ids=names)
def test_empty_form_opens_and_says_what_is_missing(
    editor_client: Client, published: PublishedEdition, model: type[Model]
) -> None:
    address = reverse(f"admin:skills_{model._meta.model_name}_add")
    response = editor_client.get(address)

    saved = editor_client.post(address, fields_of(response))

    assert saved.status_code == 200
    assert "This field is required." in [message for errors in _errors(saved) for message in errors]


@pytest.mark.parametrize("model", EDITED, ids=names)
def test_form_has_each_field_that_editors_may_change(editor: User, rf: RequestFactory, model: type[Model]) -> None:
    request = rf.get("/")
    request.user = editor
    editable = {field.name for field in (*model._meta.fields, *model._meta.many_to_many) if field.editable}

    shown = flatten_fieldsets(admin.site.get_model_admin(model).get_fieldsets(request))

    assert editable - {model._meta.pk.name} - set(shown) == set()


@pytest.mark.parametrize("value", NONSENSE.values(), ids=NONSENSE)
@pytest.mark.parametrize("model", EDITED, ids=names)
def test_address_that_fills_in_nonsense_fills_in_no_row(model: type[Model], value: str) -> None:
    rows = [field.name for field in model._meta.concrete_fields if field.is_relation]
    request = RequestFactory().get("/", dict.fromkeys(rows, value))

    given = admin.site.get_model_admin(model).get_changeform_initial_data(request)

    assert given.keys().isdisjoint(rows)


@pytest.mark.parametrize("value", NONSENSE.values(), ids=NONSENSE)
def test_address_that_fills_in_nonsense_opens_an_empty_form(
    editor_client: Client, published: PublishedEdition, value: str
) -> None:
    response = editor_client.get(reverse("admin:skills_evidence_add"), {"skill": value, "source": value})

    assert response.status_code == 200


def test_long_search_is_cut(editor_client: Client, published: PublishedEdition) -> None:
    page = editor_client.get(_list(Location), {"q": "a " * 4_000})

    assert page.status_code == 200
    assert len(page.context["cl"].query) <= MAX_SEARCH_CHARACTERS


@pytest.mark.parametrize("model", [Skill, Edition], ids=names)
def test_blank_name_of_a_field_is_none(editor_client: Client, published: PublishedEdition, model: type[Model]) -> None:
    row = model._default_manager.first()
    assert row is not None

    assert editor_client.get(_change(row), {"_to_field": ""}).status_code == 200
    assert editor_client.post(_change(row), {"_to_field": ""}).status_code in (200, 403)


@pytest.mark.parametrize("model", FINAL, ids=names)
def test_what_was_published_can_be_read_and_not_changed(
    editor_client: Client, withdrawn: None, model: type[Model]
) -> None:
    row = model._default_manager.get(**{"number" if model is Edition else "edition_number": 2})
    before = _values(row)

    page = editor_client.get(_change(row))
    attempts = [
        editor_client.post(_change(row), {"note": "changed", "reason": "changed", "_save": "1"}),
        editor_client.get(reverse(f"admin:skills_{model._meta.model_name}_add")),
        editor_client.post(reverse(f"admin:skills_{model._meta.model_name}_add"), {"number": 9}),
        editor_client.post(reverse(f"admin:skills_{model._meta.model_name}_delete", args=[row.pk]), {"post": "yes"}),
    ]
    selected = {"action": "delete_selected", "_selected_action": [row.pk], "post": "yes"}
    editor_client.post(_list(model), selected)

    shown = page.content.decode()
    assert ("A mistake." if model is Edition else "It was wrong.") in shown
    assert "_save" not in shown
    assert "deletelink" not in shown
    assert [attempt.status_code for attempt in attempts] == [403] * 4
    assert _values(model._default_manager.get(pk=row.pk)) == before


def test_edition_shows_its_checksum_and_not_its_content(editor_client: Client, published: PublishedEdition) -> None:
    page = editor_client.get(_change(Edition.objects.get()))

    assert published.checksum in page.content.decode()
    assert [name for _, options in page.context["adminform"].fieldsets for name in options["fields"]] == [
        "number",
        "state",
        "published_at",
        "publisher",
        "note",
        "correction",
        "model_version",
        "checksum",
    ]


def test_number_of_the_site_s_revision_is_nobody_s_to_edit() -> None:
    assert not admin.site.is_registered(SiteRevision)


def test_no_page_has_a_script_or_a_style_of_its_own(
    editor: User, editor_client: Client, published: PublishedEdition
) -> None:
    """The content policy forbids both; pages of every kind, each of a row where there is one."""
    request = RequestFactory().get("/")
    request.user = editor
    addresses = ["/admin/", "/admin/next-edition/", "/admin/password_change/", "/admin/skills/", "/admin/auth/"]
    for model, tables in admin.site._registry.items():
        name, row = f"admin:{model._meta.app_label}_{model._meta.model_name}", model._default_manager.first()
        addresses.append(reverse(f"{name}_changelist"))
        if tables.has_add_permission(request):
            addresses.append(reverse(f"{name}_add"))
        if row is not None:
            addresses += [reverse(f"{name}_{page}", args=[row.pk]) for page in ("change", "history")]
        if row is not None and tables.has_delete_permission(request, row):
            addresses.append(reverse(f"{name}_delete", args=[row.pk]))

    pages = {address: editor_client.get(address, follow=True) for address in addresses}

    own = re.compile(
        r"<style|<[^>]+\s(?:style|on\w+)\s*=|<script(?![^>]*(?:\ssrc=|application/json))[^>]*>", re.IGNORECASE
    )
    assert len(pages) > 40
    assert {address: page.status_code for address, page in pages.items() if page.status_code != 200} == {}
    assert [found for page in pages.values() for found in own.findall(page.content.decode())] == []


def test_index_names_the_site(editor_client: Client) -> None:
    page = editor_client.get(reverse("admin:index")).content.decode()

    assert "EarnVerdict" in page
    assert "Django administration" not in page


def test_admin_needs_a_sign_in(client: Client, db: None) -> None:
    response = client.get(_list(Skill))

    assert (response.status_code, response.headers["Location"]) == (
        302,
        f"{reverse('admin:login')}?next={_list(Skill)}",
    )


def test_admin_tells_its_own_pages_where_a_request_came_from(editor_client: Client) -> None:
    assert editor_client.get(_list(Skill)).headers["Referrer-Policy"] == "same-origin"


def test_who_may_only_look_changes_nothing(db: None, client: Client, published: PublishedEdition) -> None:
    user = User.objects.create(username="reader", is_staff=True)
    user.user_permissions.set(Permission.objects.filter(codename__startswith="view_"))
    client.force_login(user)
    skill = Skill.objects.get(slug="kafka")

    assert client.get(_change(skill)).status_code == 200
    assert client.post(_change(skill), {"name": "changed"}).status_code == 403
    assert client.post(_delete(skill), {"post": "yes"}).status_code == 403
    assert Skill.objects.get(slug="kafka").name == skill.name


# What the lists show


def test_skills_are_listed_with_hours_and_evidence(editor_client: Client, published: PublishedEdition) -> None:
    skill = Skill.objects.get(slug="kafka")

    row = _row(editor_client.get(_list(Skill), {"q": "kafka"}))

    assert row[-5:] == [
        "kafka",
        skill.get_category_display(),
        f"{skill.hours_low} – {skill.hours_mid} – {skill.hours_high}",
        str(skill.evidence.count()),
        "True",
    ]


def test_evidence_is_listed_with_a_readable_premium(editor_client: Client, published: PublishedEdition) -> None:
    make_evidence(
        skill=make_skill(), low_percent=Decimal("-1.50"), mid_percent=Decimal(2), high_percent=Decimal("100.25")
    )

    page = editor_client.get(_list(Evidence), {"q": "made-skill"}).content.decode()

    assert "−1.5 / +2 / +100.25 %" in page


def test_evidence_is_filtered_by_what_it_is_about(editor_client: Client, published: PublishedEdition) -> None:
    response = editor_client.get(_list(Evidence), {"about__exact": "title"})

    assert {row.about for row in response.context["cl"].queryset} == {"title"}
    assert '<span class="small">having the job title</span>' in response.content.decode()


@pytest.mark.parametrize(
    ("name", "median", "answered_by"),
    [
        pytest.param("us-austin-tx", "$134,120", "itself", id="own-pay"),
        pytest.param("Kraków", "–", "Poland", id="country-s-pay"),
        pytest.param("Albania", "–", "–", id="nobody-s-pay"),
    ],
)
def test_places_are_listed_with_their_pay(
    editor_client: Client, published: PublishedEdition, name: str, median: str, answered_by: str
) -> None:
    row = _row(editor_client.get(_list(Location), {"q": name}))

    assert row[-3:-1] == [median, answered_by]


@pytest.mark.each_database
def test_places_are_found_by_another_name(editor_client: Client, published: PublishedEdition) -> None:
    found = editor_client.get(_list(Location), {"q": "Cracovia"}).context["cl"].queryset

    assert [location.slug for location in found] == ["pl-krakow"]


@pytest.mark.each_database
@pytest.mark.parametrize(("pay", "has_pay"), [("own", True), ("none", False)])
def test_places_are_filtered_by_pay(
    editor_client: Client, published: PublishedEdition, pay: str, has_pay: bool
) -> None:
    found = editor_client.get(_list(Location), {"pay": pay}).context["cl"].queryset

    assert found.count() == Location.objects.filter(p50__isnull=not has_pay).count()
    assert {location.p50 is not None for location in found} == {has_pay}


def test_articles_are_listed_by_title(editor_client: Client, published: PublishedEdition) -> None:
    make_revision(article=make_article(), title="What pays")

    page = editor_client.get("/admin/skills/article/", {"q": "What pays"})

    assert "What pays</a>" in page.content.decode()


def test_source_lists_its_figures_and_opens_its_link(editor_client: Client, published: PublishedEdition) -> None:
    row = make_evidence(source=make_source(), skill=Skill.objects.get(slug="kafka"), region="us")

    page = editor_client.get(_change(row.source)).content.decode()

    assert f'<a class="task__name" href="{_change(row)}">Event streaming (Kafka), United States</a>' in page
    assert "1 / 2 / 3 % · grade B · 2025 · everybody" in page
    assert '<a href="https://example.org/" target="_blank" rel="noopener noreferrer">Open its link</a>' in page


def test_source_leads_to_the_places_whose_prices_are_from_it(
    editor_client: Client, published: PublishedEdition
) -> None:
    source = make_source()
    place = make_location(price_level=80, price_source=source)
    address = f"{_list(Location)}?price_source__id__exact={source.pk}"

    page, places = (editor_client.get(each).content.decode() for each in (_change(source), address))

    assert f'<a href="{address}">The prices of 1 place</a> are from it too.' in page
    assert re.findall(r'class="field-slug[^"]*">([^<]+)<', places) == [place.slug]


@pytest.mark.each_database
def test_search_finds_rows_of_every_table_that_the_editor_may_see(
    editor_client: Client, client: Client, published: PublishedEdition
) -> None:
    make_skill(name="Zzyzx skill")
    make_source(title="Zzyzx source")
    make_location(name="Zzyzx place")
    make_way(name="Zzyzx way")
    make_revision(article=make_article(), title="Zzyzx article")

    everything = editor_client.get("/admin/search/", {"q": "zzyzx"}).context["found"]
    reader = User.objects.create(username="reader", is_staff=True)
    reader.user_permissions.set(Permission.objects.filter(codename="view_skill"))
    client.force_login(reader)
    readers = client.get("/admin/search/", {"q": "zzyzx"}).context["found"]

    assert [table.title for table in everything] == ["Skills", "Sources", "Locations", "Ways", "Articles"]
    assert [row.name for table in everything for row in table.rows] == [
        "Zzyzx skill",
        "A made publisher: Zzyzx source",
        "Zzyzx place (made-country)",
        "Zzyzx way",
        "Zzyzx article",
    ]
    assert [table.title for table in readers] == ["Skills"]


def test_search_with_many_hits_leads_to_the_list(editor_client: Client, published: PublishedEdition) -> None:
    found = editor_client.get("/admin/search/", {"q": "us-"}).context["found"]
    table = next(table for table in found if table.title == "Locations")

    assert len(table.rows) == 10
    assert editor_client.get(table.more).context["cl"].result_count > 10


@pytest.mark.each_database
@pytest.mark.parametrize(
    ("table", "of"),
    [
        pytest.param(Evidence, {"skill__slug": "kubernetes"}, id="evidence"),
        pytest.param(WayEvidence, {"way__slug": "switch-employer"}, id="evidence-of-a-way"),
        pytest.param(WayRange, {"way__slug": "switch-employer"}, id="ranges-of-a-way"),
    ],
)
def test_many_figures_are_still_good(
    editor_client: Client, published: PublishedEdition, table: Any, of: dict[str, str]
) -> None:
    rows = list(table.objects.filter(**of))
    chosen = {"action": "confirm_figures", "_selected_action": [row.pk for row in rows]}
    chosen |= {f"version-{row.pk}": write_version(row) for row in rows}

    answer = editor_client.post(_list(table), chosen, follow=True)

    review_on = timezone.localdate() + timedelta(days=365)
    assert set(table.objects.filter(**of).values_list("review_on", flat=True)) == {review_on}
    model = table._meta.model_name
    said = [entry.get_change_message() for entry in LogEntry.objects.filter(content_type__model=model)]
    assert len(said) == len(rows) > 1
    assert all(text.startswith("Changed still good: review by from nothing to ") for text in said)
    assert "still good: review by" in " ".join(map(str, answer.context["messages"]))


# Editing


@pytest.mark.each_database
def test_evidence_changes_under_its_skill_and_the_next_edition_follows(
    editor_client: Client, published: PublishedEdition
) -> None:
    skill = Skill.objects.get(slug="kafka")
    profile = Profile(pay=115_000, location="us", skills=("go", "kafka"))
    before = assess(profile, published.edition)
    fields = fields_of(editor_client.get(_change(skill)))
    index = next(
        n for n in range(99) if fields[f"evidence-{n}-id"] == str(skill.evidence.get(source__slug="pooled-2026").pk)
    )
    fields |= {
        f"evidence-{index}-low_percent": "20",
        f"evidence-{index}-mid_percent": "25",
        f"evidence-{index}-high_percent": "30",
    }

    saved = editor_client.post(_change(skill), fields)
    publish_edition(note="Kafka pays more.", publisher="an editor")
    site_state.refresh()

    assert saved.status_code == 302
    assert skill.evidence.get(source__slug="pooled-2026").mid_percent == 25
    after = assess(profile, site_state.edition().edition)
    assert (before.first, after.first) == ("go", "kafka") or _gain(after, "kafka") > 2 * _gain(before, "kafka")
    assert assess(profile, site_state.edition(1).edition) == before


@pytest.mark.each_database
def test_evidence_is_added_and_removed_under_its_skill(editor_client: Client, published: PublishedEdition) -> None:
    skill = make_skill()
    first = make_evidence(skill=skill)
    source = make_source()
    fields = fields_of(editor_client.get(_change(skill))) | {
        "evidence-TOTAL_FORMS": "2",
        "evidence-0-DELETE": "on",
        "removal_reason": "It was about pay a month.",
        "evidence-1-skill": str(skill.pk),
        "evidence-1-source": str(source.pk),
        "evidence-1-about": "duty",
        "evidence-1-low_percent": "1",
        "evidence-1-mid_percent": "2",
        "evidence-1-high_percent": "3",
        "evidence-1-grade": "C",
        "evidence-1-population": "everybody",
        "evidence-1-year": "2025",
    }

    saved = editor_client.post(_change(skill), fields)

    assert _errors(saved) == []
    assert not Evidence.objects.filter(pk=first.pk).exists()
    assert [(item.source, item.grade, item.about) for item in skill.evidence.all()] == [(source, "C", "duty")]


def test_evidence_is_not_removed_without_a_reason(editor_client: Client, published: PublishedEdition) -> None:
    skill = make_skill()
    row = make_evidence(skill=skill)

    answers = [
        editor_client.post(_change(skill), fields_of(editor_client.get(_change(skill))) | {"evidence-0-DELETE": "on"}),
        editor_client.post(_delete(row), {"post": "yes"}),
        editor_client.post(_delete(row), {"post": "yes", "removal_reason": " "}),
    ]

    assert "Say below why rows are removed: the log keeps the reason." in answers[0].content.decode()
    assert [answer.status_code for answer in answers] == [200] * 3
    assert Evidence.objects.filter(pk=row.pk).exists()


@pytest.mark.parametrize("is_in_form_of_skill", [True, False], ids=["form-of-skill", "its-page"])
def test_reason_of_a_removal_is_in_the_log(
    editor_client: Client, published: PublishedEdition, is_in_form_of_skill: bool
) -> None:
    skill = make_skill()
    row = make_evidence(skill=skill)
    reason = {"removal_reason": "It was about pay a month."}

    if is_in_form_of_skill:
        fields = fields_of(editor_client.get(_change(skill)))
        editor_client.post(_change(skill), fields | {"evidence-0-DELETE": "on"} | reason)
    else:
        confirm_deletion(editor_client, _delete(row), **reason)

    assert not Evidence.objects.filter(pk=row.pk).exists()
    said = LogEntry.objects.get(content_type__model="evidence", object_id=row.pk).get_change_message()
    assert "because “It was about pay a month.”: " in said
    assert "low (% of pay) 1" in said


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        pytest.param(
            {"evidence-0-mid_percent": "99"}, "The premium must rise from low to middle to high.", id="premium-falls"
        ),
        pytest.param({"evidence-0-grade": ""}, "This field is required.", id="no-grade"),
        pytest.param({"evidence-0-year": "1900"}, "The year must lie between 1990 and 2100.", id="year"),
        pytest.param(
            {"hours_low": "99"}, "Study hours must be above zero and rise from low to middle to high.", id="hours"
        ),
        pytest.param({"exam_cost_usd": "-1"}, "Ensure this value is greater than or equal to 0.", id="exam-cost"),
    ],
)
def test_a_mistake_is_named_and_nothing_is_saved(
    editor_client: Client, published: PublishedEdition, changes: dict[str, str], message: str
) -> None:
    skill = make_skill()
    evidence = make_evidence(skill=skill)
    fields = fields_of(editor_client.get(_change(skill)))

    response = editor_client.post(_change(skill), fields | changes | {"name": "Changed"})

    assert response.status_code == 200
    assert message in [text for errors in _errors(response) for text in errors]
    assert Skill.objects.get(pk=skill.pk).name == "Made skill"
    assert Evidence.objects.get(pk=evidence.pk).mid_percent == 2


def test_a_skill_cannot_require_itself(editor_client: Client, published: PublishedEdition) -> None:
    skill = make_skill()
    fields: dict[str, Any] = fields_of(editor_client.get(_change(skill)))

    response = editor_client.post(_change(skill), fields | {"prerequisites": [skill.pk]})

    assert ["A skill cannot require itself."] in _errors(response)
    assert not skill.prerequisites.exists()


def test_place_with_the_most_names_is_saved_whole(editor_client: Client, published: PublishedEdition) -> None:
    location = _richest(Location)
    fields = fields_of(editor_client.get(_change(location)))
    names_before = set(location.aliases.values_list("alias", flat=True))
    new = f"aliases-{location.aliases.count()}"

    saved = editor_client.post(_change(location), fields | {f"{new}-alias": "A made name"})

    assert _errors(saved) == []
    assert set(location.aliases.values_list("alias", flat=True)) == names_before | {"A made name"}


# What was published stays


@pytest.mark.parametrize(
    ("model", "slug"), [(Skill, "kafka"), (Location, "us-austin-tx"), (Source, "pooled-2026"), (Way, "stay")]
)
def test_published_slug_cannot_be_changed(
    editor_client: Client, published: PublishedEdition, model: type[Any], slug: str
) -> None:
    row = model.objects.get(slug=slug)
    page = editor_client.get(_change(row))

    saved = editor_client.post(_change(row), fields_of(page) | {"slug": "renamed"})

    assert "slug" not in page.context["adminform"].form.fields
    assert saved.status_code == 302
    assert model.objects.get(pk=row.pk).slug == slug


@pytest.mark.parametrize("make", [make_skill, make_location, make_source])
def test_new_slug_can_be_changed(editor_client: Client, published: PublishedEdition, make: Callable[[], Any]) -> None:
    row = make()
    page = editor_client.get(_change(row))

    editor_client.post(_change(row), fields_of(page) | {"slug": "renamed"})

    row.refresh_from_db()
    assert row.slug == "renamed"


def test_slug_of_an_older_edition_is_kept_too(editor_client: Client, published: PublishedEdition) -> None:
    Skill.objects.filter(slug="kafka").update(is_published=False)
    publish_edition(note="Without Kafka.", publisher="an editor")

    page = editor_client.get(_change(Skill.objects.get(slug="kafka")))

    assert "slug" not in page.context["adminform"].form.fields


@pytest.mark.parametrize(
    ("model", "slug", "way_out"),
    [
        *[(model, slug, WAY_OUT) for model, slug in ((Skill, "kafka"), (Location, "us-austin-tx"), (Way, "stay"))],
        (Source, "pooled-2026", ""),
    ],
    ids=["skill", "place", "way", "source"],
)
def test_published_row_is_not_deleted_and_the_way_out_is_named(
    editor_client: Client, published: PublishedEdition, model: type[Any], slug: str, way_out: str
) -> None:
    row = model.objects.get(slug=slug)
    selected = {"action": "delete_selected", "_selected_action": [row.pk], "post": "yes"}

    attempts: list[Callable[[], Any]] = [
        lambda: editor_client.get(_delete(row)),
        lambda: editor_client.post(_delete(row), {"post": "yes"}),
        lambda: editor_client.post(_list(model), selected),
    ]
    answers = [(attempt().headers["Location"], _messages(editor_client)) for attempt in attempts]

    refusal = f"Nothing was deleted: {row} was published, and shared addresses name it for good.{way_out}"
    assert answers == [(_change(row), [refusal]), (_change(row), [refusal]), (_list(model), [refusal])]
    assert model.objects.filter(pk=row.pk).exists()


@pytest.mark.parametrize(("model", "slug"), [(Skill, "kafka"), (Location, "us-austin-tx"), (Way, "stay")])
def test_published_row_is_not_deleted_at_another_address_of_it(
    editor_client: Client, published: PublishedEdition, model: type[Any], slug: str
) -> None:
    row = model.objects.get(slug=slug)
    number = f"{row.pk}/delete/"
    address = _delete(row).replace(number, f"_2B{number}")

    shown, answer = editor_client.get(address), editor_client.post(address, {"post": "yes"})

    assert (shown.status_code, answer.status_code) == (302, 302)
    assert model.objects.filter(pk=row.pk).exists()


def test_published_row_is_not_deleted_by_any_page(db: None, published: PublishedEdition, rf: RequestFactory) -> None:
    ways, way = Way.objects.filter(slug="stay"), Way.objects.get(slug="stay")
    way_admin, request = admin.site.get_model_admin(Way), rf.post("/")

    with pytest.raises(PermissionDenied, match="was published"):
        way_admin.delete_model(request, way)
    with pytest.raises(PermissionDenied, match="was published"):
        way_admin.delete_queryset(request, ways)

    assert ways.exists()


def test_no_row_is_deleted_or_renamed_while_an_edition_is_damaged(
    editor_client: Client, published: PublishedEdition, tamper: Callable[..., None]
) -> None:
    row, content = make_skill(), Edition.objects.get(number=1).content
    _read_slugs.cache_clear()  # as in a process that has read no edition yet
    tamper(1, content=b"damaged")
    page = editor_client.get(_change(row))

    answer = editor_client.post(_delete(row), {"post": "yes"})

    (said,) = _messages(editor_client)
    assert said.startswith("Nothing was deleted: Edition 1 is damaged")
    assert answer.headers["Location"] == _change(row)
    assert "slug" not in page.context["adminform"].form.fields
    tamper(1, content=content)
    assert "slug" in editor_client.get(_change(row)).context["adminform"].form.fields


def test_nothing_of_a_selection_is_deleted_when_one_was_published(
    editor_client: Client, published: PublishedEdition
) -> None:
    rows = [make_skill(), Skill.objects.get(slug="kafka")]
    selected = {"action": "delete_selected", "_selected_action": [row.pk for row in rows], "post": "yes"}

    editor_client.post(_list(Skill), selected)

    assert Skill.objects.filter(pk__in=[row.pk for row in rows]).count() == 2


@pytest.mark.each_database
@pytest.mark.parametrize("make", [make_skill, make_location])
def test_row_that_was_never_published_is_deleted(
    editor_client: Client, published: PublishedEdition, make: Callable[..., Any]
) -> None:
    first, second = make(), make(slug="made-second")

    confirm_deletion(editor_client, _delete(first))
    confirm_deletion(editor_client, _list(type(second)), action="delete_selected", _selected_action=[second.pk])

    assert not type(first).objects.filter(slug__startswith="made-").exists()


def test_more_rows_than_the_confirmation_can_send_are_refused_at_once(
    editor_client: Client, published: PublishedEdition, settings: Settings
) -> None:
    settings.DATA_UPLOAD_MAX_NUMBER_FIELDS = 12
    before = LocationAlias.objects.count()
    chosen = {"action": "delete_selected", "select_across": "1", "_selected_action": ["1"]}

    answer = editor_client.post(_list(LocationAlias), chosen)

    refusal = "Nothing was deleted: at most 2 rows can be deleted at once. Filter the list to choose fewer."
    assert (answer.headers["Location"], _messages(editor_client)) == (_list(LocationAlias), [refusal])
    assert LocationAlias.objects.count() == before


@pytest.mark.each_database
def test_source_that_is_used_is_not_deleted(editor_client: Client, published: PublishedEdition) -> None:
    source = make_source()
    make_evidence(source=source, skill=make_skill())

    page = editor_client.post(_delete(source), {"post": "yes"})

    assert "would require deleting the following protected related objects" in page.content.decode()
    assert Source.objects.filter(pk=source.pk).exists()


def test_ranges_of_ways_are_listed_in_words(editor_client: Client, published: PublishedEdition) -> None:
    page = editor_client.get(_list(WayRange), {"q": "promotion-senior"}).content.decode()

    for cell in ("+5 / +12 / +20 %", "14 % a year, a guess", "12 – 24 – 36"):
        assert f">{cell}<" in page


def test_second_hand_evidence_of_a_way_is_marked(editor_client: Client, published: PublishedEdition) -> None:
    cells = _row(editor_client.get(_list(WayEvidence), {"q": "iab-2012"}))

    assert cells == [
        'Change employer <span class="small">Germany</span>',
        '+7.6 % <span class="small">% of pay</span>',
        "D, second-hand",
        "iab-2012",
        "Germany, voluntary change of occupation · 2008 · 20,600",
    ]


def test_evidence_of_a_way_is_removed_with_a_reason(editor_client: Client, published: PublishedEdition) -> None:
    row = WayEvidence.objects.select_related("way", "source").get(source__slug="nz-leed")

    editor_client.post(_delete(row), {"post": "yes"})
    assert WayEvidence.objects.filter(pk=row.pk).exists()
    confirm_deletion(editor_client, _delete(row), removal_reason="Not about developers.")

    assert not WayEvidence.objects.filter(pk=row.pk).exists()
    assert "Not about developers." in LogEntry.objects.latest("pk").get_change_message()


# Autocompletion


@pytest.mark.each_database
@pytest.mark.parametrize(
    ("model", "field", "typed", "offered"),
    [
        pytest.param(Evidence, "skill", "kafk", ["Event streaming (Kafka)"], id="skill-of-evidence"),
        pytest.param(
            Evidence,
            "source",
            "alekseeva",
            ["Labour Economics 71: The demand for AI skills in the labor market"],
            id="source-of-evidence",
        ),
        pytest.param(Skill, "prerequisites", "kafk", ["Event streaming (Kafka)"], id="prerequisites"),
        pytest.param(Location, "parent", "texas", ["Texas (us-tx)"], id="parent"),
        pytest.param(
            LocationAlias,
            "location",
            "us-austin",
            ["Austin-Round Rock-San Marcos, TX (us-austin-tx)"],
            id="location-of-alias",
        ),
    ],
)
def test_autocompletion_offers_rows(
    editor_client: Client,
    published: PublishedEdition,
    model: type[Model],
    field: str,
    typed: str,
    offered: list[str],
    django_assert_max_num_queries: Queries,
) -> None:
    question = {"app_label": "skills", "model_name": names(model), "field_name": field, "term": typed}

    with django_assert_max_num_queries(6):
        answer = editor_client.get(reverse("admin:autocomplete"), question).json()

    assert [result["text"] for result in answer["results"]] == offered


def _list(model: type[Model]) -> str:
    return reverse(f"admin:skills_{model._meta.model_name}_changelist")


def _open_list(user: User, model: type[Model], query: str = "") -> ChangeList:
    """What a list finds, without its page."""
    request = RequestFactory().get(f"{_list(model)}?{query}")
    request.user = user
    return admin.site.get_model_admin(model).get_changelist_instance(request)


def _find_rows(user: User, model: type[Model], query: str) -> list[Model]:
    return list(_open_list(user, model, query).result_list)


def _change(row: Model) -> str:
    return reverse(f"admin:skills_{row._meta.model_name}_change", args=[row.pk])


def _delete(row: Model) -> str:
    return reverse(f"admin:skills_{row._meta.model_name}_delete", args=[row.pk])


def _richest(model: type[Any]) -> Any:
    """The row whose page has the most in it."""
    richest: dict[type[Any], Any] = {
        Skill: lambda: max(Skill.objects.all(), key=lambda skill: skill.evidence.count()),
        Location: lambda: max(
            Location.objects.prefetch_related("aliases"), key=lambda location: len(location.aliases.all())
        ),
    }
    return richest.get(model, model.objects.first)()


def _values(row: Model) -> dict[str, Any]:
    return {field.attname: field.value_from_object(row) for field in row._meta.concrete_fields}


def _errors(response: Any) -> list[list[str]]:
    """All messages of a form that came back, field by field."""
    if response.context is None or "errors" not in response.context:
        return []
    return [[str(message) for message in errors] for errors in response.context["errors"]]


def _messages(client: Client) -> list[str]:
    """The messages that the next page shows the editor, once."""
    return [str(message) for message in client.get(reverse("admin:index")).context["messages"]]


def _row(response: Any) -> list[str]:
    """The cells of the only row of a list, as text."""
    page = response.context["cl"]
    (row,) = page.result_list
    names = [name for name in page.list_display[1:] if isinstance(name, str)]
    shown = [getattr(page.model_admin, name, None) for name in names]
    return [
        str(_or_dash(show(row) if callable(show) else _display(row, name)))
        for show, name in zip(shown, names, strict=True)
    ]


def _display(row: Any, name: str) -> Any:
    choice = getattr(row, f"get_{name}_display", None)
    return choice() if choice else getattr(row, name)


def _or_dash(value: Any) -> Any:
    return admin.site.empty_value_display if value is None else value


def _gain(verdict: Any, slug: str) -> float:
    return float(verdict.outlook(slug).gain.net_gain)
