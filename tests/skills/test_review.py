"""Which figures need a review, why, and where this is shown: in the admin's list, on a skill's page and on a way's."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from skills.catalogue.review import Figure, FigureToReview, Need, figures_to_review, review_due_on
from skills.editions.difference import compare_documents
from skills.editions.document import Document, PublishedEdition
from skills.editions.publish import publish_edition
from skills.editions.site_state import site_state
from skills.editions.snapshot import read_draft
from skills.models import Evidence, Skill, WayEvidence, WayRange
from skills.presenters.row_fields import Names, present_fields
from skills.presenters.skill import present_skill
from skills.presenters.way import present_way
from skills.presenters.way_reviews import find_due_reviews
from tests.skills.factories import (
    make_evidence,
    make_skill,
    make_source,
    make_way,
    make_way_evidence,
    make_way_range,
)

type Queries = Callable[[int], Any]

TODAY = date(2026, 7, 1)
LIST = reverse("admin:skills_evidence_changelist")


def needs(figures: list[FigureToReview]) -> list[tuple[str, tuple[Need, ...]]]:
    return [(figure.row.source.slug, figure.needs) for figure in figures if not isinstance(figure.row, WayRange)]


@pytest.mark.parametrize(
    ("year", "named", "due_on"),
    [
        pytest.param(2021, None, date(2026, 1, 1), id="five-years-after-its-data"),
        pytest.param(2021, date(2030, 2, 3), date(2030, 2, 3), id="a-later-day-was-named"),
        pytest.param(2025, date(2026, 2, 3), date(2026, 2, 3), id="an-earlier-day-was-named"),
    ],
)
def test_review_is_due_on(year: int, named: date | None, due_on: date) -> None:
    assert review_due_on(year, named) == due_on


@pytest.mark.parametrize(
    ("fields", "due_on", "reason"),
    [
        pytest.param(
            {"year": 2021},
            date(2026, 1, 1),
            "due for review since 1 January 2026, its data is of 2021",
            id="by-its-year",
        ),
        pytest.param(
            {"review_on": date(2026, 3, 9)},
            date(2026, 3, 9),
            "due for review since 9 March 2026, the date that was set",
            id="by-a-named-day",
        ),
    ],
)
def test_figure_is_past_its_review_from_that_very_day(
    empty_database: None, fields: dict[str, Any], due_on: date, reason: str
) -> None:
    make_evidence(skill=make_skill(), source=make_source(), **fields)

    before, then = figures_to_review(due_on - timedelta(days=1)), figures_to_review(due_on)

    assert before == []
    assert [(figure.due_on, figure.needs, figure.reasons) for figure in then] == [(due_on, (Need.REVIEW,), (reason,))]


@pytest.mark.parametrize(
    ("fields", "is_found"),
    [
        pytest.param({"url": ""}, True, id="no-link"),
        pytest.param({"url": "", "publisher": "EarnVerdict"}, False, id="our-own"),
        pytest.param({}, False, id="link"),
    ],
)
def test_source_needs_a_link_unless_it_is_our_own(empty_database: None, fields: dict[str, Any], is_found: bool) -> None:
    make_evidence(skill=make_skill(), source=make_source(**fields))

    found = [(figure.needs, figure.reasons) for figure in figures_to_review(TODAY)]

    assert found == ([((Need.LINK,), ("its source, made-source, has no link",))] if is_found else [])


@pytest.mark.parametrize(
    ("measured", "is_found"),
    [
        pytest.param(None, True, id="nothing-else"),
        pytest.param({"about": "title"}, True, id="a-job-title"),
        pytest.param({}, False, id="measured"),
        pytest.param({"region": "us"}, False, id="measured-in-a-region"),
    ],
)
def test_skill_of_which_nothing_is_measured_is_named(
    empty_database: None, measured: dict[str, str] | None, is_found: bool
) -> None:
    skill = make_skill()
    make_evidence(skill=skill, source=make_source(), grade="D")
    if measured is not None:
        make_evidence(skill=skill, source=make_source(slug="study"), grade="C", **measured)

    found = {(figure.needs, figure.reasons) for figure in figures_to_review(TODAY)}

    assert found == ({((Need.CLAIM,), ("nothing of Made skill is measured",))} if is_found else set())


def test_skill_that_is_not_published_needs_nobody(empty_database: None) -> None:
    make_evidence(skill=make_skill(is_published=False), source=make_source(url=""), grade="D", year=1999)

    assert figures_to_review(TODAY) == []


def test_most_urgent_stands_first(empty_database: None) -> None:
    skill, other = make_skill(), make_skill(slug="claimed")
    make_evidence(skill=other, source=make_source(slug="claim"), grade="D")
    make_evidence(skill=skill, source=make_source(slug="no-link", url=""))
    make_evidence(skill=skill, source=make_source(slug="narrow"), grade="C", year=2020)
    make_evidence(skill=skill, source=make_source(slug="good"), grade="A", year=2020)
    make_evidence(skill=skill, source=make_source(slug="oldest", url=""), grade="C", year=2019)

    found = needs(figures_to_review(TODAY))

    assert found == [
        ("oldest", (Need.REVIEW, Need.LINK)),
        ("good", (Need.REVIEW,)),
        ("narrow", (Need.REVIEW,)),
        ("no-link", (Need.LINK,)),
        ("claim", (Need.CLAIM,)),
    ]


def test_list_costs_one_query_a_table_however_long(
    db: None, published: PublishedEdition, django_assert_num_queries: Queries
) -> None:
    with django_assert_num_queries(3):
        found = figures_to_review(date(2200, 1, 1))

    assert Counter(type(figure.row) for figure in found) == {
        Evidence: Evidence.objects.count(),
        WayEvidence: WayEvidence.objects.count(),
    }


@pytest.mark.parametrize(
    ("fields", "reasons"),
    [
        pytest.param({"year": 2021}, ("due for review since 1 January 2026, its data is of 2021",), id="old"),
        pytest.param(
            {"review_on": TODAY}, ("due for review since 1 July 2026, the date that was set",), id="date-was-set"
        ),
        pytest.param({"year": 2021, "review_on": date(2027, 1, 1)}, (), id="later-date-was-set"),
    ],
)
def test_evidence_of_a_way_is_reviewed_like_a_skill_s(
    empty_database: None, fields: dict[str, Any], reasons: tuple[str, ...]
) -> None:
    make_way_evidence(way=make_way(), source=make_source(), **fields)

    assert [figure.reasons for figure in figures_to_review(TODAY)] == ([reasons] if reasons else [])


@pytest.mark.parametrize(("review_on", "is_due"), [(None, False), (TODAY, True), (date(2026, 7, 2), False)])
def test_range_of_a_way_is_due_on_the_date_that_was_set(
    empty_database: None, review_on: date | None, is_due: bool
) -> None:
    row = make_way_range(way=make_way(), review_on=review_on)

    assert [figure.row for figure in figures_to_review(TODAY)] == ([row] if is_due else [])


def test_way_that_is_not_published_needs_nobody(empty_database: None) -> None:
    way = make_way(is_published=False)
    make_way_evidence(way=way, source=make_source(url=""), year=1999)
    make_way_range(way=way, review_on=date(2000, 1, 1))

    assert figures_to_review(TODAY) == []


# In the admin


@pytest.mark.parametrize(
    ("table", "need"), [(Evidence, "any"), *((Evidence, need) for need in Need.values), (WayEvidence, Need.REVIEW)]
)
def test_admin_lists_what_needs_a_look(
    editor_client: Client, published: PublishedEdition, table: type[Evidence | WayEvidence], need: str
) -> None:
    stale = figures_to_review(timezone.localdate(), table)

    found = (
        editor_client.get(reverse(f"admin:skills_{table._meta.model_name}_changelist"), {"needs": need})
        .context["cl"]
        .queryset
    )

    expected = {figure.row.pk for figure in stale if need in ("any", *figure.needs)}
    assert {row.pk for row in found} == expected != set()


@pytest.mark.parametrize(
    ("table", "labels"),
    [
        (Evidence, ["For any reason", "Past review", "No link", "Nothing measured"]),
        (WayEvidence, ["For any reason", "Past review", "No link"]),
        (WayRange, ["For any reason", "Past review"]),
    ],
)
def test_admin_offers_only_needs_that_a_table_can_have(
    editor_client: Client, published: PublishedEdition, table: type[Figure], labels: list[str]
) -> None:
    way = make_way(slug="made-way")
    make_way_evidence(way=way, source=make_source(url=""), grade="D", year=1999)
    make_way_range(way=way, grade="D", review_on=date(2000, 1, 1))

    page = editor_client.get(reverse(f"admin:skills_{table._meta.model_name}_changelist")).context["cl"]

    offered = next(each for each in page.filter_specs if each.title == "needs a review")
    found = {need.label for figure in figures_to_review(timezone.localdate(), table) for need in figure.needs}
    assert [choice["display"] for choice in offered.choices(page)] == ["All", *labels]
    assert found == set(labels) - {"For any reason"}


def test_admin_says_next_to_a_figure_what_it_needs(editor_client: Client, empty_database: None) -> None:
    make_evidence(skill=make_skill(), source=make_source(url=""), year=2000)
    make_evidence(skill=make_skill(slug="fresh"), source=make_source(slug="fresh"), year=2099)

    page = editor_client.get(LIST).content.decode()

    assert page.count('class="tag tag--due"') == 2
    assert 'title="due for review since 1 January 2005, its data is of 2000">Past review</span>' in page
    assert 'title="its source, made-source, has no link">No link</span>' in page
    assert "2104-01-01" in page


@pytest.mark.parametrize("rows", [2, 9])
def test_admin_s_list_costs_the_same_for_more_rows(
    editor_client: Client, empty_database: None, rows: int, django_assert_num_queries: Queries
) -> None:
    for number in range(rows):
        make_evidence(skill=make_skill(slug=f"skill-{number}"), source=make_source(slug=f"source-{number}"), year=2000)
    editor_client.get(LIST)  # counts the waiting changes once

    with django_assert_num_queries(10):
        page = editor_client.get(LIST, {"needs": "review"}).context["cl"]

    assert page.result_count == rows


# On public pages


def test_skill_page_marks_figures_that_are_due(published: PublishedEdition) -> None:
    key = ("kubernetes", "pooled-2026", "")
    reviewed = replace(published, reviews={key: date(2026, 7, 1)})

    due = {
        day: [figure.due for figure in present_skill(reviewed, "kubernetes", day).figures.counted]
        for day in (date(2026, 6, 30), date(2026, 7, 1))
    }

    assert due == {
        date(2026, 6, 30): ["", ""],
        date(2026, 7, 1): ["review due since 2026", ""],
    }


def test_skill_page_marks_claims_and_regions_too(published: PublishedEdition) -> None:
    words = present_skill(published, "ai-ml-integration", date(2029, 1, 1))

    assert {(figure.year, figure.due) for figure in (*words.figures.not_counted, *words.regional)} == {
        ("2021", "review due since 2026"),
        ("2022", "review due since 2027"),
        ("2024", "review due since 2029"),
        ("2025", ""),
        ("2026", ""),
    }


def test_only_the_skill_s_own_page_depends_on_the_day(db: None, client: Client, published: PublishedEdition) -> None:
    Evidence.objects.update(review_on=date(2020, 1, 1))
    document = read_draft().document
    every_day = {(row["skill"], row["source"], row["region"]): date(2020, 1, 1) for row in document["evidence"]}
    site = site_state.site()
    site_state._site = replace(site, newest=replace(site.newest, reviews=every_day))

    skill = client.get("/skills/site-reliability/")
    verdict = client.get("/verdict/evidence/?salary=115000&location=us&skill=site-reliability", follow=True)

    assert "review due since 2020" in skill.content.decode()
    assert "Stack Overflow Developer Survey 2021" in verdict.content.decode()
    assert "review due" not in verdict.content.decode()


def test_page_of_a_way_marks_figures_that_are_due(published: PublishedEdition) -> None:
    due = find_due_reviews(published, date(2027, 1, 1))

    words = present_way(published.edition, "ask-raise", due)

    assert [(figure.year, figure.due) for figure in words.figures] == [("2018", "review due since 2023")]
    assert [row.due for row in words.rows] == [""]


def test_day_that_an_editor_set_counts_for_ranges_and_figures_of_ways(published: PublishedEdition) -> None:
    figure = ("ask-raise", "payscale-2018", "us", "US, Payscale visitors")
    later = replace(published, way_reviews={("ask-raise", ""): date(2028, 1, 1), figure: date(2029, 1, 1)})

    due = find_due_reviews(later, date(2028, 6, 1))

    assert due[("ask-raise", "")] == "review due since 2028"
    assert figure not in due


def test_published_edition_has_the_days_that_editors_set_for_ways(db: None) -> None:
    WayRange.objects.filter(way__slug="ask-raise").update(review_on=date(2027, 5, 1))
    WayEvidence.objects.filter(way__slug="ask-raise").update(review_on=date(2027, 6, 1))

    publish_edition(note="New days.", publisher="an editor")

    site_state.refresh()
    assert site_state.edition().way_reviews == {
        ("ask-raise", ""): date(2027, 5, 1),
        ("ask-raise", "payscale-2018", "us", "US, Payscale visitors"): date(2027, 6, 1),
    }


def test_page_of_a_way_says_when_a_review_is_due(client: Client, published: PublishedEdition) -> None:
    assert "review due since 2023" in client.get("/ways/ask-raise/").content.decode()


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        pytest.param(None, "2027-03-01", ("no day of its own", "1 March 2027"), id="named"),
        pytest.param("2027-03-01", None, ("1 March 2027", "no day of its own"), id="taken-back"),
    ],
)
def test_changes_tell_of_a_review_s_day(
    db: None, published: PublishedEdition, old: str | None, new: str | None, words: tuple[str, str]
) -> None:
    Skill.objects.exclude(slug="docker").update(is_published=False)
    older, newer = read_draft().document, read_draft().document
    older["evidence"][0]["review_on"], newer["evidence"][0]["review_on"] = old, new

    (change,) = compare_documents(older, newer)
    (field,) = present_fields(change, Names(older), Names(newer))

    assert (field.label, field.old, field.new) == ("review by", *words)


def test_edition_from_before_there_were_reviews_does_not_differ(db: None, published: PublishedEdition) -> None:
    newer = read_draft().document
    older: Document = newer | {
        "evidence": [{name: row[name] for name in row if name != "review_on"} for row in newer["evidence"]]
    }

    assert compare_documents(older, newer) == ()
