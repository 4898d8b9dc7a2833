"""The pool preview: the pooled result of a skill's rows with unsaved edits."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.models import Permission, User
from django.db.models import Model, Q
from django.test import Client
from django.urls import reverse

from skills.admin.pool_preview import read_edits
from skills.catalogue.pooled_premium import REGIONS, pool_rows, published_premium
from skills.editions.document import PublishedEdition
from skills.editions.publish import publish_edition
from skills.editions.site_state import site_state
from skills.models import Evidence, Skill, Source
from skills.presenters.pool import PoolText
from tests.skills.factories import make_evidence, make_skill, make_source

#: The same code and plain queries on every database; publishing on PostgreSQL asks them too.
pytestmark = pytest.mark.any_database

type Queries = Callable[[int], Any]
type Fields = dict[str, Any]

HTMX = {"HX-Request": "true"}


@pytest.fixture
def skill(published: PublishedEdition) -> Skill:
    """One with figures of all kinds: measured worldwide and in regions, and claimed."""
    return Skill.objects.get(slug="ai-ml-integration")


@pytest.fixture
def made(empty_database: None) -> Skill:
    """A skill with two measured figures and a claim, in no edition."""
    site_state.forget()
    skill = make_skill()
    for slug, grade in (("first", "A"), ("second", "B"), ("third", "D")):
        make_evidence(skill=skill, source=make_source(slug=slug), grade=grade)
    return skill


# With edits


def test_pool_with_edits_is_the_pool_that_publishing_makes(editor_client: Client, skill: Skill) -> None:
    fields = fields_of(editor_client, skill)
    rows = {(row.source.slug, row.region): number for number, row in enumerate(read_rows(skill))}
    new = f"evidence-{len(rows)}"
    fields |= {
        f"evidence-{rows['pooled-2026', '']}-mid_percent": "3.1",
        f"evidence-{rows['compa-2025', '']}-DELETE": "on",
        "removal_reason": "It is an employer’s.",
        f"evidence-{rows['unu-merit-ai', '']}-grade": "B",
        f"evidence-{rows['lightcast-2025', '']}-region": "us",
        f"evidence-{rows['lightcast-2025', '']}-grade": "C",
        "evidence-TOTAL_FORMS": str(len(rows) + 1),
        f"{new}-source": str(Source.objects.get(slug="dou-2025").pk),
        f"{new}-region": "latin-america",
        f"{new}-about": "skill",
        f"{new}-low_percent": "-3",
        f"{new}-mid_percent": "4",
        f"{new}-high_percent": "9.5",
        f"{new}-grade": "B",
        f"{new}-population": "everybody",
        f"{new}-year": "2025",
    }

    answer = editor_client.post(pool_of(skill), fields)
    worked_out = pool_rows(read_edits(skill, read_rows(skill), answer.wsgi_request.POST).rows)
    saved = editor_client.post(change_of(skill), fields)
    publish_edition(note="New evidence.", publisher="an editor")
    site_state.refresh()

    assert saved.status_code == 302
    published = published_premium(site_state.edition().edition, skill.slug)
    assert published is not None
    assert worked_out.premiums == published.premiums
    assert set(worked_out.evidence) == set(published.evidence)
    assert all(set(worked_out.parts(region)) == set(published.parts(region)) for region in REGIONS)
    before, after = pool(answer), pool(editor_client.get(change_of(skill)))
    assert column(before, -1) == column(after, 0) != column(before, 0)


def test_pool_of_untouched_rows_is_the_same_in_every_column(editor_client: Client, skill: Skill) -> None:
    words = pool(editor_client.get(change_of(skill)))

    assert words.columns == ("Edition 1", "Saved", "With these edits")
    assert [row.name for row in words.rows] == [
        "Worldwide",
        "United States",
        "Western Europe",
        "Eastern Europe",
        "Latin America",
        "South Asia",
        "Figures that count worldwide",
        "What that rests on",
    ]
    assert column(words, 0) == column(words, 1) == column(words, 2)
    assert not words.is_changed


def test_edit_is_marked_where_it_counts(editor_client: Client, skill: Skill) -> None:
    fields = fields_of(editor_client, skill)
    number = [(row.source.slug, row.region) for row in read_rows(skill)].index(("so-2021", "us"))

    words = pool(editor_client.post(pool_of(skill), fields | {f"evidence-{number}-high_percent": "44"}))

    assert [row.name for row in words.rows if row.cells[-1].is_changed] == ["United States"]


def test_weights_of_each_pool_make_a_whole(editor_client: Client, made: Skill) -> None:
    words = pool(editor_client.get(change_of(made)))

    assert [(piece.source, piece.weights, piece.is_claim) for piece in words.pieces] == [
        ("first", ("44%",), False),
        ("second", ("22%",), False),
        ("third", ("–",), True),
        ("The typical skill", ("33%",), False),
    ]


def test_chart_draws_each_piece_and_each_pool(editor_client: Client, skill: Skill) -> None:
    response = editor_client.get(change_of(skill))

    page = response.content.decode()
    claims = skill.evidence.filter(Q(grade="D") | Q(about="title")).count()
    drawn = {kind: page.count(f"pieces__piece--{kind}") for kind in ("measured", "claim", "prior", "pool")}
    assert drawn == {"measured": skill.evidence.count() - claims, "claim": claims, "prior": 1, "pool": 6}
    chart = pool(response).chart
    assert chart is not None
    assert "D · pwc-2026: +31.0% to +93.0%, middle +62.0%" in chart.description
    assert [group.name for group in chart.groups][:2] == ["Worldwide", "United States"]


@pytest.mark.parametrize(
    ("changes", "refused"),
    [
        pytest.param(
            {"mid_percent": "99"},
            "Row 2, second, Worldwide: The premium must rise from low to middle to high.",
            id="falls",
        ),
        pytest.param({"low_percent": ""}, "Row 2, second, Worldwide: low (% of pay): This field is required.", id="no"),
        pytest.param({"high_percent": "much"}, "Row 2, second, Worldwide: high (% of pay): Enter a number.", id="word"),
        pytest.param(
            {"low_percent": "-95"},
            "Row 2, second, Worldwide: low (% of pay): Ensure this value is greater than or equal to -90.",
            id="too-low",
        ),
        pytest.param({"year": "1850"}, "Row 2, second, Worldwide: The year must lie between 1990 and 2100.", id="year"),
        pytest.param({"source": ""}, "Row 2: source: This field is required.", id="no-source"),
        pytest.param(
            {"source": "0"},
            "Row 2: source: Select a valid choice. 0 is not one of the available choices.",
            id="unknown-source",
        ),
        pytest.param(
            {"grade": "E"},
            "Row 2, second, Worldwide: grade: Select a valid choice. E is not one of the available choices.",
            id="unknown-grade",
        ),
        pytest.param(
            {"region": "us", "year": ""},
            "Row 2, second, United States: year: This field is required.",
            id="in-a-region",
        ),
    ],
)
def test_row_that_could_not_be_saved_is_named_and_left_out(
    editor_client: Client, made: Skill, changes: dict[str, str], refused: str
) -> None:
    fields = fields_of(editor_client, made)
    bad = fields | {f"evidence-1-{name}": value for name, value in changes.items()}

    answer = editor_client.post(pool_of(made), bad, headers=HTMX)
    without = editor_client.post(pool_of(made), fields | {"evidence-1-DELETE": "on"})
    saved = editor_client.post(change_of(made), bad)

    assert pool(answer).refused == (refused,)
    assert column(pool(answer), -1) == column(pool(without), -1) != column(pool(without), 1)
    assert "1 left out" in answer.content.decode()
    assert saved.status_code == 200


def test_second_figure_of_a_source_is_left_out(editor_client: Client, made: Skill) -> None:
    fields = fields_of(editor_client, made)
    first = str(Source.objects.get(slug="first").pk)

    words = pool(editor_client.post(pool_of(made), fields | {"evidence-1-source": first}))

    assert words.refused == ("Row 2, first, Worldwide: This source already has a figure for this skill and region.",)


def test_row_that_was_added_and_left_empty_is_nothing(editor_client: Client, made: Skill) -> None:
    fields = fields_of(editor_client, made)

    added = {"evidence-TOTAL_FORMS": "5", "evidence-3-about": "skill", "evidence-4-about": "skill"}
    words = pool(editor_client.post(pool_of(made), fields | added))

    assert words.refused == ()
    assert not words.is_changed


def test_form_without_rows_leaves_the_saved_ones(editor_client: Client, made: Skill) -> None:
    words = pool(editor_client.post(pool_of(made), {"name": "x"}))

    assert column(words, 1) == column(words, 2)


def test_form_that_came_back_shows_the_pool_of_its_edits(editor_client: Client, made: Skill) -> None:
    fields = fields_of(editor_client, made)

    higher = {f"evidence-0-{name}_percent": value for name, value in (("low", "7"), ("mid", "8"), ("high", "9"))}

    response = editor_client.post(change_of(made), fields | higher | {"name": ""})

    assert response.status_code == 200
    assert pool(response).worldwide.cells[-1].is_changed


def test_nothing_is_saved(editor_client: Client, skill: Skill) -> None:
    fields = fields_of(editor_client, skill) | {"name": "Changed", "evidence-0-mid_percent": "4.5"}
    before = [values(row) for model in (Skill, Evidence, Source) for row in model._default_manager.order_by("pk")]

    answer = editor_client.post(pool_of(skill), fields)

    assert pool(answer).is_changed
    after = [values(row) for model in (Skill, Evidence, Source) for row in model._default_manager.order_by("pk")]
    assert after == before


# Skills that are in no edition


def test_skill_that_was_never_published_has_no_premium_there(
    editor_client: Client, published: PublishedEdition
) -> None:
    skill = make_skill()

    words = pool(editor_client.get(change_of(skill)))

    assert words.columns[0] == "Edition 1"
    assert [[cell.text for cell in row.cells] for row in words.rows] == [
        ["–", "–", "–"],
        ["–", "0", "0"],
        ["–", "–", "–"],
    ]
    assert (words.chart, words.pieces) == (None, ())


def test_page_opens_before_anything_is_published(editor_client: Client, made: Skill) -> None:
    words = pool(editor_client.get(change_of(made)))

    assert words.columns[0] == "Not published"
    assert [cell.text for cell in words.worldwide.cells] == ["–", "+2.2%", "+2.2%"]


def test_new_skill_s_page_has_no_pool_yet(editor_client: Client, published: PublishedEdition) -> None:
    response = editor_client.get(reverse("admin:skills_skill_add"))

    assert (response.status_code, "pool" in response.context) == (200, False)


# Who may ask, and how


def test_htmx_gets_the_part_and_others_a_page(editor_client: Client, skill: Skill) -> None:
    fields = fields_of(editor_client, skill)

    part = editor_client.post(pool_of(skill), fields, headers=HTMX).content.decode()
    page = editor_client.post(pool_of(skill), fields).content.decode()

    assert "<html" not in part
    assert 'id="pool-now" hx-swap-oob="innerHTML"' in part
    assert "<html" in page
    assert "Nothing was saved." in page
    assert "pieces__piece--pool" in part
    assert "pieces__piece--pool" in page


def test_who_may_only_look_sees_what_is_and_tries_nothing(db: None, client: Client, skill: Skill) -> None:
    user = User.objects.create(username="reader", is_staff=True)
    user.user_permissions.set(Permission.objects.filter(codename__startswith="view_"))
    client.force_login(user)

    page, answer = client.get(change_of(skill)), client.post(pool_of(skill), {}, headers=HTMX)

    assert pool(page).columns == ("Edition 1", "Saved")
    assert "hx-post" not in page.content.decode()
    assert answer.status_code == 403


@pytest.mark.parametrize(
    ("method", "number", "status"),
    [
        pytest.param("get", None, 405, id="only-a-form-is-answered"),
        pytest.param("post", 0, 404, id="no-such-skill"),
    ],
)
def test_other_requests_are_refused(
    editor_client: Client, skill: Skill, method: str, number: int | None, status: int
) -> None:
    address = reverse("admin:skills_skill_pool", args=[skill.pk if number is None else number])

    response = getattr(editor_client, method)(address)

    assert response.status_code == status


def test_stranger_is_asked_to_sign_in(db: None, client: Client, skill: Skill) -> None:
    response = client.post(pool_of(skill))

    assert (response.status_code, response.headers["Location"].split("?")[0]) == (302, reverse("admin:login"))


@pytest.mark.parametrize("slug", ["docker", "ai-ml-integration"])
def test_answer_costs_the_same_for_more_rows(
    editor_client: Client, published: PublishedEdition, slug: str, django_assert_num_queries: Queries
) -> None:
    skill = Skill.objects.get(slug=slug)
    fields = fields_of(editor_client, skill)

    # Two for the editor, the skill, its rows, the sources; five rules of the one row that is edited, with savepoints.
    with django_assert_num_queries(5 + 5 * 3):
        answer = editor_client.post(pool_of(skill), fields | {"evidence-0-note": "edited"}, headers=HTMX)

    assert len(pool(answer).pieces) == skill.evidence.count() + 1


def change_of(skill: Skill) -> str:
    return reverse("admin:skills_skill_change", args=[skill.pk])


def pool_of(skill: Skill) -> str:
    return reverse("admin:skills_skill_pool", args=[skill.pk])


def pool(response: Any) -> PoolText:
    found: PoolText = response.context["pool"]
    return found


def column(words: PoolText, index: int) -> list[tuple[str, str, str]]:
    return [(row.name, row.cells[index].text, row.cells[index].span) for row in words.rows]


def read_rows(skill: Skill) -> list[Evidence]:
    """The rows in the order of the form."""
    return list(skill.evidence.select_related("source", "skill").order_by("grade", "source__slug", "region"))


def values(row: Model) -> dict[str, Any]:
    return {field.attname: field.value_from_object(row) for field in row._meta.concrete_fields}


def fields_of(client: Client, skill: Skill) -> Fields:
    """What a browser would send of the skill's form as it opens."""
    context = client.get(change_of(skill)).context
    forms = [context["adminform"].form]
    for inline in context["inline_admin_formsets"]:
        forms += [inline.formset.management_form, *inline.formset.forms]
    fields: Fields = {}
    for bound in (bound for form in forms for bound in form):
        value = bound.value()
        if isinstance(value, list | tuple):
            fields[bound.html_name] = [getattr(item, "pk", item) for item in value]
        elif value is True:
            fields[bound.html_name] = "on"
        elif value is not False:
            fields[bound.html_name] = "" if value is None else str(value)
    return fields
