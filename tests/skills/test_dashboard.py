"""The editors' first page: each item appears and disappears with its state, for those who may act on it."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.contrib import admin
from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.auth.models import User
from django.test import Client, RequestFactory
from django.urls import reverse
from django.utils import timezone

from skills.admin.dashboard_section import Item
from skills.admin.waiting_changes import preview_cache
from skills.articles.workflow import publish_revision, save_revision, schedule_revision, withdraw_article
from skills.editions.difference import MODELS
from skills.editions.document import PublishedEdition
from skills.editions.publish import publish_edition
from skills.editions.site_state import site_state
from skills.groups import AUTHOR, DATA_EDITOR, EDITOR, PUBLISHER, set_up
from skills.models import Article, Evidence, LocationAlias, Skill, WayEvidence, WayRange
from tests.skills.factories import make_article, make_evidence, make_skill

#: What a page says of rows found by plain queries; what is marked asks every database.
pytestmark = pytest.mark.any_database

type Queries = Callable[[int], Any]

INDEX = "/admin/"
NEXT = "/admin/next-edition/part/"
#: Who is signed in, the permissions, articles, evidence, editions and the log.
MAX_QUERIES = 12


@pytest.fixture
def sign_in(published: PublishedEdition, client: Client) -> Callable[[str], Client]:
    """A browser that an editor of one role has signed in with."""

    def sign_in(role: str) -> Client:
        user, _ = User.objects.get_or_create(username=role, is_staff=True)
        user.groups.set([group for group in set_up() if group.name == role])
        client.force_login(user)
        return client

    return sign_in


@pytest.fixture
def fresh_site(small_site: None) -> None:
    """The small site with figures that nobody need look at before the year is over."""
    Evidence.objects.update(review_on=timezone.now().date() + timedelta(days=366))


def test_who_has_nothing_to_do_sees_the_newest_edition(editor_client: Client, fresh_site: None) -> None:
    page = editor_client.get(INDEX)

    today = timezone.now()
    assert page.context["today"].todo == []
    assert f"Nothing to do. Edition 1 is of {today:%-d %B %Y}." in page.content.decode()


def test_draft_is_there_until_it_is_published(editor_client: Client, published: PublishedEdition) -> None:
    article = make_article()
    _save(article, title="First", saved_by="maria")

    unseen = _items(editor_client, "Drafts")
    publish_revision(article.revisions.get())
    seen = _items(editor_client, "Drafts")
    _save(article, title="Second")
    newer = _items(editor_client, "Drafts")

    assert [(item.text, item.address) for item in unseen] == [("First", _change(article))]
    assert re.fullmatch(r"Saved by maria on .* UTC\. Readers see nothing of it yet\.", unseen[0].detail)
    assert seen == []
    assert [item.text for item in newer] == ["Second"]
    assert newer[0].detail.endswith("Readers see an older text.")


@pytest.mark.each_database
def test_draft_that_was_saved_last_comes_first_and_the_rest_is_a_link(
    editor_client: Client, published: PublishedEdition
) -> None:
    for number in range(7):
        at = timezone.now() - timedelta(days=number)
        _save(make_article(slug=f"made-{number}"), title=f"Title {number}", at=at)

    section = _section(editor_client, "Drafts")

    assert section.count == 7
    assert [item.text for item in section.items] == [f"Title {number}" for number in range(5)]
    assert section.more.address == reverse("admin:skills_article_changelist")


def test_scheduled_text_is_there_until_its_time_comes(editor_client: Client, published: PublishedEdition) -> None:
    article = make_article()
    at = timezone.now() + timedelta(days=2)
    schedule_revision(_save(article), at=at)

    coming = _items(editor_client, "Scheduled")
    Article.objects.filter(pk=article.pk).update(scheduled_at=timezone.now() - timedelta(seconds=1))
    come = _items(editor_client, "Scheduled")

    assert [item.detail for item in coming] == [f"Revision 1 on {at:%-d %B %Y, %H:%M} UTC."]
    assert come == []
    assert _items(editor_client, "Drafts") == []


def test_withdrawal_is_news_for_a_month(editor_client: Client, published: PublishedEdition) -> None:
    article = make_article()
    publish_revision(_save(article))
    withdraw_article(article, reason="A table was wrong.")

    fresh = _items(editor_client, "Withdrawn lately")
    Article.objects.filter(pk=article.pk).update(withdrawn_at=timezone.now() - timedelta(days=31))

    assert fresh[0].detail.startswith("“A table was wrong.” Since ")
    assert _items(editor_client, "Withdrawn lately") == []


def test_stale_figures_are_counted_and_named(editor_client: Client, fresh_site: None) -> None:
    evidence = Evidence.objects.get()
    before = _items(editor_client, "Figures to review")
    evidence.review_on = timezone.now().date() - timedelta(days=1)
    evidence.save()

    (item,) = _items(editor_client, "Figures to review")

    assert before == []
    assert item.text == "Made skill, made-source"
    assert item.address == reverse("admin:skills_evidence_change", args=[evidence.pk])
    assert item.detail.startswith("Due for review since ")


def test_stale_figures_of_ways_are_named(editor_client: Client, fresh_site: None) -> None:
    yesterday = timezone.localdate() - timedelta(days=1)
    WayRange.objects.update(review_on=yesterday)
    WayEvidence.objects.update(review_on=yesterday)

    named = {
        title: [item.text for item in _items(editor_client, title)]
        for title in ("Evidence of ways to review", "Ranges of ways to review")
    }

    assert named == {
        "Evidence of ways to review": ["Made way, made-source"],
        "Ranges of ways to review": ["Made way"],
    }


@pytest.mark.parametrize(
    ("role", "titles", "sees_next", "sees_editions"),
    [
        pytest.param(AUTHOR, ["Drafts"], False, False, id="author"),
        pytest.param(EDITOR, ["Drafts"], False, False, id="editor"),
        pytest.param(DATA_EDITOR, ["Figures to review", "Evidence of ways to review"], True, True, id="data-editor"),
        pytest.param(PUBLISHER, [], True, True, id="publisher"),
    ],
)
def test_each_role_sees_what_it_may_act_on(
    db: None, sign_in: Callable[[str], Client], role: str, titles: Sequence[str], sees_next: bool, sees_editions: bool
) -> None:
    _save(make_article())

    client = sign_in(role)
    today = client.get(INDEX).context["today"]

    assert [section.title for section in today.todo] == titles
    assert (today.has_next_edition, today.editions is not None) == (sees_next, sees_editions)
    assert client.get(NEXT).status_code == (200 if sees_next else 403)
    assert client.get("/admin/next-edition/").status_code == (200 if sees_next else 403)


def test_who_may_do_nothing_sees_whom_to_ask(db: None, client: Client, published: PublishedEdition) -> None:
    client.force_login(User.objects.create(username="nobody", is_staff=True))

    page = client.get(INDEX)

    assert "Ask the administrator of this site for a role." in page.content.decode()
    assert (page.context["today"].todo, page.context["today"].log) == ([], None)


@pytest.mark.each_database
def test_page_costs_the_same_queries_however_much_there_is(
    editor_client: Client, published: PublishedEdition, django_assert_max_num_queries: Queries
) -> None:
    for number in range(20):
        article = make_article(slug=f"made-{number}")
        revision = _save(article)
        if number % 3 == 0:
            schedule_revision(revision, at=timezone.now() + timedelta(days=1))
            _save(article, title="Newer")
        _log(editor_client, article)
    editor_client.get(NEXT)  # counts the waiting changes once

    with django_assert_max_num_queries(MAX_QUERIES):
        page = editor_client.get(INDEX)

    assert [section.count for section in page.context["today"].todo[:2]] == [20, 7]


# Articles that lose a figure


@pytest.mark.each_database
def test_articles_that_lose_a_figure_are_named_before_and_after_publishing(
    editor_client: Client, published: PublishedEdition
) -> None:
    article = make_article()
    publish_revision(_save(article, title="On Kafka", text="## K\n\nIt pays {{ kafka.hours }} [@pooled-2026].\n"))
    Skill.objects.filter(slug="kafka").update(is_published=False)
    site_state.refresh()

    unpublished = _items(editor_client, "Articles that lost a figure")
    _, section = editor_client.get(NEXT).context["sections"]
    publish_edition(note="Without Kafka.", publisher="an editor")
    site_state.refresh()
    items = _items(editor_client, "Articles that lost a figure")

    assert unpublished == []
    assert (section.title, section.count) == ("Articles that lose a figure with edition 2", len(section.items))
    assert Item(text="On Kafka", address=_change(article), detail="Loses {{ kafka.hours }}.") in section.items
    assert Item(text="On Kafka", address=_change(article), detail="Missing already: {{ kafka.hours }}.") in items
    assert len(editor_client.get(NEXT).context["sections"]) == 1


# The next edition


def test_catalogue_that_says_the_same_has_nothing_to_publish(editor_client: Client, small_site: None) -> None:
    page = editor_client.get(NEXT)

    assert "The catalogue says what edition 1 says: there is nothing to publish." in page.content.decode()
    assert page.context["sections"][0].count == 0


def test_changed_rows_are_counted_with_the_premiums_they_move(editor_client: Client, small_site: None) -> None:
    Evidence.objects.update(mid_percent=Decimal("2.5"))

    section = editor_client.get(NEXT).context["sections"][0]

    assert (section.title, section.lead.replace("\u00a0", " ")) == (
        "Not published yet: edition 2",
        "1 piece of evidence changed.",
    )
    assert [item.text for item in section.items] == ["Made skill"]
    assert section.more.address == reverse("admin:skills_edition_publish")


def test_row_in_the_way_of_publishing_is_a_link(editor_client: Client, small_site: None) -> None:
    skill = make_skill(slug="bare", name="Bare")

    section = editor_client.get(NEXT).context["sections"][0]

    assert section.title == "What prevents the next edition"
    assert [(item.text, item.detail, item.address) for item in section.items] == [
        (
            "skills · bare",
            "it is published without any evidence.",
            reverse("admin:skills_skill_change", args=[skill.pk]),
        )
    ]


def test_data_editor_may_see_what_waits(db: None, sign_in: Callable[[str], Client]) -> None:
    make_evidence(skill=Skill.objects.get(slug="kafka"))
    preview_cache.forget()

    section = sign_in(DATA_EDITOR).get(NEXT).context["sections"][0]

    assert (section.count, section.more.text) == (1, "See what waits")


def test_page_of_the_next_edition_stands_alone(editor_client: Client, small_site: None) -> None:
    page = editor_client.get("/admin/next-edition/").content.decode()

    assert "<!DOCTYPE html>" in page
    assert "there is nothing to publish" in page


# What happened


def test_log_tells_who_changed_what(editor_client: Client, published: PublishedEdition) -> None:
    article = make_article()
    _log(editor_client, article)

    log = editor_client.get(INDEX).context["today"].log

    assert (log.items[0].text, log.items[0].address) == ("made-article", _change(article))
    assert log.items[0].detail.startswith("Article changed by editor, ")


def test_log_is_of_the_tables_that_one_may_see(sign_in: Callable[[str], Client], editor_client: Client) -> None:
    _log(editor_client, make_article())

    log = sign_in(PUBLISHER).get(INDEX).context["today"].log

    assert log.items == []


def test_tables_stand_in_the_editors_order(editor_client: Client, published: PublishedEdition) -> None:
    groups = editor_client.get(INDEX).context["app_list"]

    assert [group["name"] for group in groups[:7]] == [
        "Articles",
        "Skills and evidence",
        "Other ways to more pay",
        "Places and pay",
        "Sources and rates",
        "Editions",
        "Accounts and their changes",
    ]
    registered = {model._meta.object_name for model in admin.site._registry}
    assert {table["object_name"] for group in groups for table in group["models"]} == registered


# How the pages look and read


@pytest.mark.parametrize("model", [*MODELS.values(), LocationAlias], ids=lambda model: model._meta.model_name)
def test_form_explains_each_of_its_fields(editor: User, model: Any) -> None:
    request = RequestFactory().get("/")
    request.user = editor

    form = admin.site.get_model_admin(model).get_form(request)

    own = ("opened_with", "removal_reason")
    fields = {name: field for name, field in form.base_fields.items() if name not in own}
    texts = {name: model._meta.get_field(name).help_text for name in fields}
    assert {name: field.help_text for name, field in fields.items()} == texts
    assert all(texts.values())


def test_dates_are_written_as_on_the_site(editor_client: Client, published: PublishedEdition) -> None:
    page = editor_client.get(reverse("admin:skills_edition_changelist")).content.decode()

    assert f"{published.published_at:%-d %B %Y, %H:%M}" in page


def _section(client: Client, title: str) -> Any:
    todo = client.get(INDEX).context["today"].todo
    return next((section for section in todo if section.title == title), None)


def _items(client: Client, title: str) -> Sequence[Any]:
    section = _section(client, title)
    return section.items if section else []


def _save(article: Article, **fields: Any) -> Any:
    texts = {"title": "A title", "standfirst": "What.", "text": "Some text.\n", "author": "x", "saved_by": "an editor"}
    return save_revision(article, **texts | fields)


def _log(client: Client, article: Article) -> None:
    user = int(client.session["_auth_user_id"])
    LogEntry.objects.log_actions(user, [article], CHANGE, "Changed it.", single_object=True)


def _change(article: Article) -> str:
    return reverse("admin:skills_article_change", args=[article.pk])
