"""The admin of ways: what a way's page shows of its rows, and the check of a range against its evidence."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import Group, Permission, User
from django.db.models import Model
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from skills.admin.way_overview import present_overview
from skills.editions.document import PublishedEdition
from skills.groups import AUTHOR, set_up
from skills.models import Way, WayEvidence, WayRange
from tests.skills.admin_pages import fields_of
from tests.skills.factories import LONG_AGO, make_source, make_way, make_way_evidence, make_way_range

#: The same code and plain queries on every database.
pytestmark = pytest.mark.any_database

TODAY = LONG_AGO.date()


@pytest.fixture
def way(db: None, published: PublishedEdition) -> Way:
    return Way.objects.get(slug="switch-employer")


def page_of(row: Model) -> str:
    return reverse(f"admin:skills_{row._meta.model_name}_change", args=[row.pk])


def address_to_add(model: type[Model], **given: Any) -> str:
    return reverse(f"admin:skills_{model._meta.model_name}_add", query=given)


# A way's page


def test_ranges_are_shown_as_readers_would_see_them_with_their_evidence(way: Way) -> None:
    WayRange.objects.filter(way=way, region="us").update(mid_percent=Decimal(2), odds_percent=40)
    make_way_range(way=way, region="de", odds_percent=None)

    overview = present_overview(way, TODAY)

    world, german, american = overview.ranges
    assert [each.area for each in overview.ranges] == ["worldwide", "Germany", "United States"]
    assert [cell.text for cell in world.cells][:3] == ["+4%, 0% to +10%", "60%, a guess", "2–8 months"]
    assert {cell.label: (cell.text, cell.before) for cell in american.cells if cell.before} == {
        "Goes with": ("+2%, −2% to +6%", "+1%, −2% to +6%"),
        "Odds": ("40%, a guess", "50%, a guess"),
    }
    assert (world.is_new, german.is_new) == (False, True)
    assert "it has no source." in german.errors
    assert german.doubts == [
        "Middle, +2.0%, is below all evidence of this area: the lowest is +7.0%, of stepstone-de.",
        "Measured in this area, and not among its sources: iab-2012, iab-2023 and stepstone-de.",
    ]
    assert {piece.source: piece.is_named for piece in american.pieces} == {
        "adp-2024": True,
        "adp-2026": True,
        "atlanta-fed": True,
        "bofa-2026": True,
        "census-j2j": False,
        "nls-young-men": False,
        "perticara-2004": False,
    }
    assert [(piece.source, piece.grade, piece.is_claim) for piece in german.pieces if "second" in piece.grade] == [
        ("iab-2023", "D, second-hand", True),
        ("iab-2012", "D, second-hand", True),
    ]


def test_evidence_of_an_area_without_a_range_leads_to_a_new_one(way: Way) -> None:
    overview = present_overview(way, TODAY)

    assert [piece.source for piece in overview.unnamed] == ["ons-2021", "stepstone-de", "iab-2012"]
    assert [name for name, _ in overview.areas_without_range] == ["Germany", "United Kingdom"]
    assert overview.areas_without_range[0][1] == address_to_add(WayRange, way=way.pk, region="de")


@pytest.mark.each_database
def test_number_of_queries_does_not_grow_with_a_ways_rows(
    way: Way, django_assert_num_queries: Callable[[int], Any]
) -> None:
    for number in range(5):
        make_way_evidence(way=way, source=make_source(slug=f"made-{number}"))
        make_way_range(way=way, region=("pl", "se", "no", "dk", "nl")[number])

    with django_assert_num_queries(3):
        present_overview(way, TODAY)


def test_editor_adds_evidence_and_returns_to_the_way(editor_client: Client, way: Way) -> None:
    source = make_source()
    address = address_to_add(WayEvidence, way=way.pk, region="de")
    fields = fields_of(editor_client.get(address))

    answer = editor_client.post(
        address,
        fields
        | {"source": source.pk, "population": "Germany", "measures": "% of pay", "mid_percent": "4", "grade": "B"}
        | {"year": "2025", "is_second_hand": ""},
    )

    assert (fields["way"], fields["region"]) == (str(way.pk), "de")
    assert answer.headers["Location"] == f"{page_of(way)}#ranges"
    assert WayEvidence.objects.get(source=source).region == "de"


def test_form_that_was_opened_on_the_ways_page_returns_there(editor_client: Client, way: Way) -> None:
    row = WayRange.objects.get(way=way, region="us")
    from_way = f"{page_of(row)}?{present_overview(way, TODAY).back}"

    answers = [editor_client.post(each, fields_of(editor_client.get(each))) for each in (from_way, page_of(row))]

    assert [answer.headers["Location"] for answer in answers] == [
        f"{page_of(way)}#ranges",
        reverse("admin:skills_wayrange_changelist"),
    ]


def test_author_sees_ranges_and_evidence_and_edits_nothing(client: Client, way: Way) -> None:
    set_up()
    author = User.objects.create(username="author", is_staff=True)
    author.groups.add(Group.objects.get(name=AUTHOR))
    client.force_login(author)

    page = client.get(page_of(way)).content.decode()
    page += client.get(page_of(way.ranges.get(region=""))).content.decode()

    assert "What it brings, by place" in page
    assert "The range and its evidence" in page
    assert not re.search("Add evidence|Add a range|Edit this range|Check these edits|hx-post", page)
    assert 'name="name"' not in page


def test_way_that_is_not_published_has_no_page_for_readers(db: None, published: PublishedEdition) -> None:
    overview = present_overview(make_way(), TODAY)

    assert (overview.readers, overview.count) == ("", "0\xa0ranges, 0\xa0pieces of evidence")


# A range against its evidence


def check(client: Client, row: WayRange | None, fields: dict[str, Any], **options: Any) -> Any:
    address = reverse("admin:skills_wayrange_check", args=[row.pk if row else "new"])
    return client.post(address, fields, **options).context["check"]


def test_edits_are_checked_and_nothing_is_saved(editor_client: Client, way: Way) -> None:
    row = WayRange.objects.get(way=way, region="")
    page = editor_client.get(page_of(row))
    edits = fields_of(page) | {"mid_percent": "22", "high_percent": "30", "grade": "A", "odds_basis": ""}

    checked = check(editor_client, row, edits, headers={"HX-Request": "true"})

    assert page.context["check"].errors == []
    assert checked.errors == ["its odds have no basis.", "its grade A is better than the best of its evidence, B."]
    assert checked.doubts == [
        "Middle, +22.0%, is above all evidence: the highest is +19.0%, of stepstone-de.",
        "High, +30.0%, is above all evidence: the highest is +19.0%, of stepstone-de.",
        "Measured in this area, and not among its sources: van-inwegen-2023.",
        "Nobody measured the odds of 60%: readers see that they are a guess.",
    ]
    assert checked.cells[0].before == "+4%, 0% to +10%"
    assert WayRange.objects.get(pk=row.pk).mid_percent == 4


def test_range_that_cannot_be_saved_says_why(editor_client: Client, way: Way) -> None:
    row = WayRange.objects.get(way=way, region="")

    checked = check(editor_client, row, fields_of(editor_client.get(page_of(row))) | {"low_percent": "9", "hours": "x"})

    assert checked.refused == [
        "Hours: Enter a whole number.",
        "A range rises from low to middle to high; without a range leave low and high empty.",
    ]
    assert (checked.cells, checked.errors, len(checked.pieces)) == ((), (), 14)
    assert [piece.is_named for piece in checked.pieces] == [True] * 6 + [False] * 8


def test_new_range_begins_as_the_worlds_and_shows_the_evidence_of_its_area_first(
    editor_client: Client, way: Way
) -> None:
    page = editor_client.get(address_to_add(WayRange, way=way.pk, region="de"))
    fields = fields_of(page)

    del fields["sources"]  # none is chosen
    typed = fields | {"low_percent": "1", "mid_percent": "4", "high_percent": "9", "grade": "D"}
    checked = check(editor_client, None, typed)

    assert [fields[name] for name in ("odds_percent", "months_mid", "hours", "mid_percent", "grade")] == [
        "60",
        "4",
        "60",
        "",
        "",
    ]
    assert fields["review_on"] == (timezone.localdate() + timedelta(days=365)).isoformat()
    assert [piece.area for piece in page.context["check"].pieces[:4]] == ["Germany"] * 3 + ["New Zealand"]
    assert (checked.refused, checked.errors) == ((), ["it has no source."])
    assert checked.cells[0].text == "+4%, +1% to +9%"


def test_new_range_is_checked_for_those_who_may_add_one(client: Client, way: Way) -> None:
    set_up()
    author = User.objects.create(username="author", is_staff=True)
    author.groups.add(Group.objects.get(name=AUTHOR))
    client.force_login(author)

    assert client.post(reverse("admin:skills_wayrange_check", args=["new"])).status_code == 403


def test_saved_range_that_publishing_refuses_is_named_at_once(editor_client: Client, way: Way) -> None:
    row = WayRange.objects.get(way=way, region="us")

    edits = fields_of(editor_client.get(page_of(row))) | {"grade": "A"}
    answer = editor_client.post(page_of(row), edits, follow=True)

    said = [str(message) for message in answer.context["messages"]]
    refusal = "Publishing refuses the range “United States”: its grade A is better than the best of its evidence, B."
    assert refusal in said


def test_evidence_that_makes_a_range_too_good_is_named_at_once(editor_client: Client, way: Way) -> None:
    WayRange.objects.filter(way=way, region="").update(grade="B")
    row = WayEvidence.objects.get(way=way, source__slug="nz-leed")

    edits = fields_of(editor_client.get(page_of(row))) | {"grade": "C", "mid_percent": "", "note": ""}
    answer = editor_client.post(page_of(row), edits, follow=True)

    assert [str(message) for message in answer.context["messages"]][:2] == [
        "Publishing refuses this evidence: it has neither a figure nor a note.",
        "Publishing refuses the range “worldwide”: its grade B is better than the best of its evidence, C.",
    ]


def test_evidence_that_moves_leaves_no_range_without_it_unnoticed(editor_client: Client, way: Way) -> None:
    other, source = make_way(), make_source()
    row = make_way_evidence(way=other, source=source, grade="B")
    make_way_range(way=other, grade="B").sources.add(source)

    edits = fields_of(editor_client.get(page_of(row))) | {"way": way.pk}
    answer = editor_client.post(page_of(row), edits, follow=True)

    said = [str(message) for message in answer.context["messages"]]
    refusal = "it was read from made-source, of which this way has no evidence."
    assert [
        each for each in said if each.startswith(f"Publishing refuses the range “Antarctica” of “{other}”: {refusal}")
    ]


def test_editor_who_may_not_see_ways_goes_on_to_the_list(client: Client, way: Way) -> None:
    editor = User.objects.create(username="figures", is_staff=True)
    editor.user_permissions.set(
        Permission.objects.filter(codename__in=["add_wayevidence", "change_wayevidence", "view_wayevidence"])
    )
    client.force_login(editor)
    row = make_way_evidence(way=way, source=make_source())
    fields = fields_of(client.get(page_of(row)))
    from_way = f"{page_of(row)}?{present_overview(way, TODAY).back}"

    changed = client.post(from_way, fields)
    added = client.post(address_to_add(WayEvidence), fields | {"population": "others"})

    assert WayEvidence.objects.filter(population="others").exists()
    assert [answer.headers["Location"] for answer in (changed, added)] == [
        reverse("admin:skills_wayevidence_changelist")
    ] * 2


# Areas


@pytest.mark.parametrize("typed", ["Germany", "DE", " germany "])
def test_area_is_typed_by_name_or_code(editor_client: Client, way: Way, typed: str) -> None:
    row = WayRange.objects.get(way=way, region="us")

    editor_client.post(page_of(row), fields_of(editor_client.get(page_of(row))) | {"region": typed})

    row.refresh_from_db()
    assert row.region == "de"


def test_list_is_filtered_by_the_name_of_an_area(editor_client: Client, way: Way) -> None:
    address = reverse("admin:skills_wayrange_changelist")
    everywhere = editor_client.get(address, {"region": "world"}).context["cl"]

    (area_filter,) = (each for each in everywhere.filter_specs if each.title == "region or country")

    assert ("us", "United States") in area_filter.lookup_choices
    assert ("world", "Worldwide") in area_filter.lookup_choices
    assert {row.region for row in everywhere.result_list} == {""}


# The log


def test_history_of_a_way_has_its_rows_and_those_that_moved_away(editor_client: Client, way: Way) -> None:
    row = WayRange.objects.get(way=way, region="us")
    other = make_way()
    fields = fields_of(editor_client.get(page_of(row)))

    editor_client.post(page_of(row), fields | {"hours": "80"})
    editor_client.post(page_of(row), fields_of(editor_client.get(page_of(row))) | {"way": other.pk})

    history = editor_client.get(reverse("admin:skills_way_history", args=[way.pk])).context["action_list"]
    said = [(entry.object_repr, entry.get_change_message()) for entry in history]
    assert said == [
        ("switch-employer · us", "Moved to made-way · us."),
        ("switch-employer · us", "Changed Hours from 70 to 80."),
    ]
    filtered = editor_client.get(reverse("admin:admin_logentry_changelist"), {"way": "switch-employer"})
    assert filtered.context["cl"].result_count == len(history) < LogEntry.objects.count()


# Sources


def test_source_lists_what_is_known_of_ways_from_it(editor_client: Client, way: Way) -> None:
    source = way.evidence.get(source__slug="koodiklinikka-2025").source

    page = editor_client.get(page_of(source))

    figures = [(each["row"].way.name, each["area"], each["percents"]) for each in page.context["way_figures"]]
    assert ("Change employer", "Finland", "+4.2 / +6.8 / +9.6 %") in figures
    assert {(row.way.slug, row.region) for row in page.context["ranges"]} >= {("switch-employer", ""), ("stay", "")}
    assert f'href="{address_to_add(WayEvidence, source=source.pk)}"' in page.content.decode()


# Before it is published


def test_publish_page_shows_what_readers_would_see_of_a_way(editor_client: Client, way: Way) -> None:
    WayRange.objects.filter(way=way, region="us").update(mid_percent=Decimal(2))

    page = editor_client.get(reverse("admin:skills_edition_publish"))

    (move,) = page.context["way_moves"]
    assert (move.name, move.where) == ("Change employer", "United States")
    assert "What readers would see of other ways" in page.content.decode()
