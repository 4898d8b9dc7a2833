"""Articles in the admin: a text is added by saving, seen by publishing, and refused where a figure is not known."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.auth.models import Permission, User
from django.test import Client
from django.urls import reverse

from skills.editions.current import current
from skills.editions.document import PublishedEdition
from skills.models import Article, Revision, SiteRevision

ADD = "/admin/skills/article/add/"


@pytest.fixture
def author_client(published: PublishedEdition, client: Client) -> Client:
    """Somebody who may write and not publish."""
    author = User.objects.create(username="author", is_staff=True)
    names = ["add_article", "change_article", "view_article", "view_revision"]
    author.user_permissions.set(Permission.objects.filter(codename__in=names))
    client.force_login(author)
    return client


def test_new_article_is_published_with_its_first_text(editor_client: Client, published: PublishedEdition) -> None:
    response = editor_client.post(ADD, _answers(is_to_be_published="on"))

    current.refresh()
    shown = current.site().article("made-article")
    assert response.status_code == 302
    assert shown is not None
    assert (shown.title, shown.text, shown.author) == ("A title", "Kubernetes: {{ kubernetes.grade }}.\n", "Somebody")
    assert editor_client.get("/articles/made-article/").content.decode().count("<p>Kubernetes: A.</p>") == 1


def test_new_text_is_added_and_not_shown_until_it_is_published(
    editor_client: Client, published: PublishedEdition
) -> None:
    editor_client.post(ADD, _answers(is_to_be_published="on"))
    article = Article.objects.get(slug="made-article")

    editor_client.post(_change(article), _answers(text="Newer."))

    current.refresh()
    assert current.site().article("made-article").text != "Newer.\n"  # type: ignore[union-attr]
    assert list(article.revisions.values_list("number", "text", "saved_by")) == [
        (2, "Newer.\n", "editor"),
        (1, "Kubernetes: {{ kubernetes.grade }}.\n", "editor"),
    ]
    assert 'name="text"' in (page := editor_client.get(_change(article)).content.decode())
    assert "Newer." in page


def test_saving_without_a_change_adds_no_text(editor_client: Client, published: PublishedEdition) -> None:
    editor_client.post(ADD, _answers())
    article = Article.objects.get(slug="made-article")

    editor_client.post(_change(article), _answers(reviewed_on="2026-03-04"))

    article.refresh_from_db()
    assert (article.revisions.count(), str(article.reviewed_on)) == (1, "2026-03-04")


def test_review_of_a_published_article_is_seen(editor_client: Client, published: PublishedEdition) -> None:
    editor_client.post(ADD, _answers(is_to_be_published="on"))
    article, before = Article.objects.get(slug="made-article"), SiteRevision.objects.get().number

    editor_client.post(_change(article), _answers(reviewed_on="2026-03-04"))

    current.refresh()
    assert SiteRevision.objects.get().number == before + 1
    assert str(current.site().article("made-article").reviewed_on) == "2026-03-04"  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        pytest.param("{{ alchemy.premium }}", "does not know: {{ alchemy.premium }}.", id="figure"),
        pytest.param("So it is said [@rumour].", "does not know: rumour.", id="source"),
        pytest.param("  ", "This field is required.", id="nothing"),
    ],
)
def test_text_is_refused_with_a_message_on_its_field(
    editor_client: Client, published: PublishedEdition, text: str, message: str
) -> None:
    page = editor_client.post(ADD, _answers(text=text))

    assert page.status_code == 200
    assert message in page.context["adminform"].form.errors["text"][0]
    assert not Article.objects.filter(slug="made-article").exists()


def test_author_may_write_and_not_publish(author_client: Client) -> None:
    author_client.post(ADD, _answers(is_to_be_published="on"))

    article = Article.objects.get(slug="made-article")
    assert (article.revisions.count(), article.published_revision) == (1, None)
    assert "is_to_be_published" not in author_client.get(_change(article)).content.decode()


def test_address_of_a_published_article_and_its_texts_stay(editor_client: Client, published: PublishedEdition) -> None:
    editor_client.post(ADD, _answers(is_to_be_published="on"))
    article = Article.objects.get(slug="made-article")
    revision = Revision.objects.get(article=article)

    editor_client.post(_change(article), _answers(slug="another"))
    attempts = [
        editor_client.post(reverse("admin:skills_article_delete", args=[article.pk]), {"post": "yes"}),
        editor_client.post(reverse("admin:skills_revision_change", args=[revision.pk]), {"text": "x"}),
        editor_client.post(reverse("admin:skills_revision_delete", args=[revision.pk]), {"post": "yes"}),
    ]

    article.refresh_from_db()
    assert article.slug == "made-article"
    assert [attempt.status_code for attempt in attempts] == [403, 403, 403]


def _change(article: Article) -> str:
    return reverse("admin:skills_article_change", args=[article.pk])


def _answers(**different: Any) -> dict[str, Any]:
    inline = {"TOTAL_FORMS": 0, "INITIAL_FORMS": 0, "MIN_NUM_FORMS": 0, "MAX_NUM_FORMS": 0}
    return {
        "slug": "made-article",
        "reviewed_on": "",
        "title": "A title",
        "standfirst": "What the reader will know.",
        "author": "Somebody",
        "text": "Kubernetes: {{ kubernetes.grade }}.",
        **{f"revisions-{name}": value for name, value in inline.items()},
    } | different
