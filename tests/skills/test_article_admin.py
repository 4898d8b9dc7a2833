"""Articles in the admin: drafts, schedules, publishing, withdrawing; permissions, messages and log."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from http import HTTPStatus
from typing import Any

import pytest
from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.auth.models import Permission, User
from django.contrib.messages import get_messages
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from skills.articles.workflow import move_article, publish_revision, save_revision, schedule_revision, withdraw_article
from skills.editions.document import PublishedEdition
from skills.editions.site_state import site_state
from skills.models import Article, FormerSlug, Revision, SiteRevision
from tests.skills.admin_pages import fields_of
from tests.skills.factories import make_article

ADD = "/admin/skills/article/add/"
PREVIEW = "/admin/skills/article/preview/"
SLUG = "made-article"
TEXT = "## Kubernetes\n\nIt rests on {{ kubernetes.grades }}."
#: A text with a warning in its standfirst and one in its text.
WARNED = {"standfirst": "Write a 600-word article.", "text": "## Pay\n\nIt adds $30K+ a year."}
A_BRIEF = "“Write a 600-word article.” reads like an instruction to a writer."
AN_OPEN_RANGE = "“$30K+” is a range without an upper end."
WRITE_BOTH_ENDS = "Write both ends and cite the source, or name a figure of the edition, as {{ kubernetes.premium }}."
MAX_QUERIES_OF_A_PAGE = 18

#: Forms and texts; what articles do to the database is in test_article_workflow.
pytestmark = [pytest.mark.any_database, pytest.mark.usefixtures("published")]


@pytest.fixture
def author_client(published: PublishedEdition, client: Client) -> Client:
    """An editor who may write and not publish."""
    author = User.objects.create(username="author", is_staff=True)
    names = ["add_article", "change_article", "view_article", "view_revision"]
    author.user_permissions.set(Permission.objects.filter(codename__in=names))
    client.force_login(author)
    return client


@pytest.fixture
def article(published: PublishedEdition) -> Article:
    """A draft with two texts."""
    article = make_article(slug=SLUG)
    for text in ("First.\n", "Second.\n"):
        _save(article, text)
    return article


# Saving


def test_saved_text_is_a_draft_that_no_reader_sees(editor_client: Client) -> None:
    response = editor_client.post(ADD, _answers())

    article = Article.objects.get(slug=SLUG)
    site_state.refresh()
    assert (response.status_code, response["Location"]) == (302, _change(article))
    assert site_state.site().article(SLUG) is None
    assert [(text.number, text.saved_by) for text in article.revisions.all()] == [(1, "editor")]
    assert _read_messages(response) == ["Saved revision 1."]
    assert _read_log() == ["Saved revision 1."]


@pytest.mark.each_database
def test_text_is_published_with_its_first_save(editor_client: Client) -> None:
    response = editor_client.post(ADD, _answers(_publish=""))

    site_state.refresh()
    shown = site_state.site().article(SLUG)
    assert shown is not None
    assert (shown.title, shown.text, shown.author) == ("A title", f"{TEXT}\n", "An author")
    assert _read_messages(response) == ["Saved revision 1. Published revision 1: readers see it within seconds."]
    assert (
        editor_client.get(f"/articles/{SLUG}/")
        .content.decode()
        .count("<p>It rests on 50% strong, 12% fair, 38% typical skill.</p>")
        == 1
    )


def test_new_text_is_added_and_not_shown_until_it_is_published(editor_client: Client) -> None:
    editor_client.post(ADD, _answers(_publish=""))
    article = Article.objects.get(slug=SLUG)

    _post(editor_client, article, _answers(text="Newer."))

    site_state.refresh()
    assert site_state.site().article(SLUG).text != "Newer.\n"  # type: ignore[union-attr]
    assert list(article.revisions.values_list("number", "text", "saved_by")) == [
        (2, "Newer.\n", "editor"),
        (1, f"{TEXT}\n", "editor"),
    ]
    page = editor_client.get(_change(article)).content.decode()
    assert "Newer." in page
    assert "The newest text is revision 2, a draft saved by editor" in page


def test_saving_without_a_change_adds_and_logs_nothing(editor_client: Client) -> None:
    editor_client.post(ADD, _answers())
    article = Article.objects.get(slug=SLUG)

    response = _post(editor_client, article, _answers())

    assert article.revisions.count() == 1
    assert _read_messages(response)[-1] == "Nothing was changed."
    assert _read_log() == ["Saved revision 1."]


def test_review_of_a_published_article_is_seen(editor_client: Client) -> None:
    editor_client.post(ADD, _answers(_publish=""))
    article, before = Article.objects.get(slug=SLUG), SiteRevision.objects.get().number

    _post(editor_client, article, _answers(reviewed_on="2026-03-04"))

    site_state.refresh()
    assert SiteRevision.objects.get().number == before + 1
    assert str(site_state.site().article(SLUG).reviewed_on) == "2026-03-04"  # type: ignore[union-attr]
    assert _read_log()[0] == "Last reviewed on 4 March 2026."


@pytest.mark.parametrize("button", ["_publish", "_schedule"])
@pytest.mark.parametrize(
    ("text", "message"),
    [
        pytest.param("## A\n\nIt is {{ alchemy.premium }}.", "Line 3: Edition 1 has no figure", id="figure"),
        pytest.param("## A\n\nSo it is said [@rumour].", "rumour", id="source"),
        pytest.param("  ", "This field is required.", id="nothing"),
    ],
)
def test_text_for_readers_is_refused_with_a_message_on_its_field_and_kept(
    editor_client: Client, button: str, text: str, message: str
) -> None:
    answers = _answers(text=text, scheduled_for="2200-01-01T10:00") | {button: ""}

    page = editor_client.post(ADD, answers)

    form = page.context["adminform"].form
    assert page.status_code == 200
    assert message in " ".join(form.errors["text"])
    assert (form["text"].value(), form["title"].value()) == (text, "A title")
    assert not Article.objects.filter(slug=SLUG).exists()


def test_draft_may_name_figures_that_are_not_there_yet(editor_client: Client) -> None:
    editor_client.post(ADD, _answers(text="{{ alchemy.premium }}"))

    assert Revision.objects.get(article__slug=SLUG).text == "{{ alchemy.premium }}\n"


# Warnings


def test_warnings_are_shown_next_to_their_fields_with_a_button_that_overrules_them(editor_client: Client) -> None:
    page = editor_client.post(ADD, _answers(**WARNED, _publish=""))

    form, html = page.context["adminform"].form, page.content.decode()
    assert form.errors == {
        "standfirst": [
            f"Warning: {A_BRIEF} Tell the reader what the article says.",
        ],
        "text": [
            f"Warning, line 3: {AN_OPEN_RANGE} {WRITE_BOTH_ENDS}",
        ],
    }
    assert form["text"].value() == WARNED["text"]
    assert re.search(r'<button[^>]* name="_publish" value="anyway">Publish anyway<', html)
    assert html.index('name="_save"') < html.index('value="anyway"')  # what Enter in a field presses is the first one
    assert not Article.objects.filter(slug=SLUG).exists()


def test_overruled_warnings_are_logged_and_the_text_is_published(editor_client: Client) -> None:
    seen = _read_seen(editor_client.post(ADD, _answers(**WARNED, _publish="")))

    response = editor_client.post(ADD, _answers(**WARNED, _publish="anyway", seen_warnings=seen))

    site_state.refresh()
    assert response.status_code == 302
    assert site_state.site().article(SLUG) is not None
    entry = LogEntry.objects.get(content_type__model="article")
    assert entry.user.username == "editor"
    assert entry.change_message == (
        "Saved revision 1. Published revision 1: readers see it within seconds. "
        f"Overruled 2 warnings: standfirst: {A_BRIEF} text, line 3: {AN_OPEN_RANGE}"
    )


def test_warnings_are_overruled_for_a_schedule_too(editor_client: Client, article: Article) -> None:
    answers = _answers(**WARNED, scheduled_for="2200-01-01T10:30")
    shown = _post(editor_client, article, answers | {"_schedule": ""})

    _post(editor_client, article, answers | {"_schedule": "anyway", "seen_warnings": _read_seen(shown)})

    article.refresh_from_db()
    assert ">Schedule anyway<" in shown.content.decode()
    assert article.scheduled_revision == article.revisions.first()
    assert "Overruled 2 warnings: standfirst:" in _read_log()[0]


@pytest.mark.parametrize(
    ("different", "message"),
    [
        pytest.param({"standfirst": "It stops,"}, "ends in mid-sentence", id="warning-that-was-not-seen"),
        pytest.param({"text": "## A\n\nIt is {{ alchemy.premium }}."}, "has no figure", id="error"),
    ],
)
def test_only_what_was_seen_is_overruled_and_no_error_is(
    editor_client: Client, different: dict[str, str], message: str
) -> None:
    seen = _read_seen(editor_client.post(ADD, _answers(**WARNED, _publish="")))

    page = editor_client.post(ADD, _answers(**WARNED | different, _publish="anyway", seen_warnings=seen))

    assert message in str(page.context["adminform"].form.errors)
    assert not Article.objects.filter(slug=SLUG).exists()


def test_error_leaves_nothing_to_overrule(editor_client: Client) -> None:
    page = editor_client.post(ADD, _answers(standfirst="It stops,", text="## A\n\n<b>It</b>.", _publish=""))

    assert set(page.context["adminform"].form.errors) == {"standfirst", "text"}
    assert 'value="anyway"' not in page.content.decode()


def test_log_holds_a_bounded_number_of_overruled_warnings(editor_client: Client) -> None:
    text = "## A\n\n" + "\n\n".join(f"It adds ${number}K+ a year." for number in range(10, 40))
    seen = _read_seen(editor_client.post(ADD, _answers(text=text, _publish="")))

    editor_client.post(ADD, _answers(text=text, _publish="anyway", seen_warnings=seen))

    assert "Overruled 30 warnings: text, line 3: “$10K+”" in _read_log()[0]
    assert _read_log()[0].endswith("“$29K+” is a range without an upper end. And 10 more.")


def test_link_to_the_article_itself_and_to_published_ones_is_fine(editor_client: Client, article: Article) -> None:
    publish_revision(article.revisions.first())  # type: ignore[arg-type]
    site_state.refresh()
    text = f"## A\n\nSee [it](/articles/{SLUG}/) and [this](/articles/another/)."

    editor_client.post(ADD, _answers(slug="another", text=text, _publish=""))
    refused = editor_client.post(ADD, _answers(slug="third", text=text.replace("another", "nowhere"), _publish=""))

    assert Article.objects.get(slug="another").published_revision is not None
    assert refused.context["adminform"].form.errors["text"] == [
        "Line 3: “/articles/nowhere/” leads to no page of this site. Correct the address, or cut the link."
    ]


# Scheduling


def test_text_is_scheduled_for_a_time_in_utc(editor_client: Client, article: Article) -> None:
    response = _post(editor_client, article, _answers(_schedule="", scheduled_for="2200-01-01T10:30"))

    article.refresh_from_db()
    assert article.scheduled_at == datetime(2200, 1, 1, 10, 30, tzinfo=UTC)
    assert article.scheduled_revision == article.revisions.first()
    assert _read_messages(response) == ["Saved revision 3. Scheduled revision 3 for 1 January 2200, 10:30 UTC."]
    page = editor_client.get(_change(article)).content.decode()
    assert "Revision 3 is published automatically on 1 January 2200, 10:30 UTC." in page
    assert 'value="2200-01-01T10:30"' in page


@pytest.mark.parametrize(
    ("time", "message"),
    [
        pytest.param("", "When should readers first see it?", id="none"),
        pytest.param("2020-01-01T10:00", "must be in the future", id="past"),
        pytest.param("tomorrow", "Enter a valid date/time.", id="no-time"),
    ],
)
def test_time_that_is_none_to_come_is_refused_and_nothing_typed_is_lost(
    editor_client: Client, article: Article, time: str, message: str
) -> None:
    page = _post(editor_client, article, _answers(_schedule="", scheduled_for=time, text="Typed."))

    form = page.context["adminform"].form
    assert message in form.errors["scheduled_for"][0]
    assert form["text"].value() == "Typed."
    assert "Its page" not in page.content.decode()
    assert article.revisions.count() == 2


def test_time_without_the_button_is_said_not_to_be_kept(editor_client: Client, article: Article) -> None:
    response = _post(editor_client, article, _answers(scheduled_for="2200-01-01T10:30"))

    article.refresh_from_db()
    assert article.scheduled_at is None
    assert "press “Schedule”" in _read_messages(response)[0]
    assert _read_log() == ["Saved revision 3."]


def test_publishing_at_once_takes_the_schedule_off_and_says_so(editor_client: Client, article: Article) -> None:
    _post(editor_client, article, _answers(_schedule="", scheduled_for="2200-01-01T10:30"))

    response = _post(editor_client, article, _answers(_publish=""))

    article.refresh_from_db()
    assert (article.scheduled_at, article.published_revision) == (None, article.revisions.first())
    assert "What was scheduled for 1 January 2200, 10:30 UTC is taken off the schedule." in _read_messages(response)[-1]


def test_form_shows_what_time_alone_has_done(editor_client: Client, article: Article) -> None:
    schedule_revision(article.revisions.first(), at=_ago(1), now=_ago(2))  # type: ignore[arg-type]

    page = editor_client.get(_change(article)).content.decode()
    changes = editor_client.get("/admin/skills/article/").content.decode()

    assert "Readers see revision 2, since " in page
    assert "appears by itself" not in page
    assert re.search(r'<input[^>]*name="scheduled_for"(?![^>]*value=)', page)
    assert re.search(r'field-state">\s*published', changes)


# Withdrawing, taking back, taking off


@pytest.mark.each_database
def test_article_is_withdrawn_with_a_reason_and_shown_again(editor_client: Client, article: Article) -> None:
    publish_revision(article.revisions.first())  # type: ignore[arg-type]
    asked = editor_client.get(_page("withdraw", article))

    refused = editor_client.post(_page("withdraw", article), {"reason": " "})
    done = editor_client.post(_page("withdraw", article), {"reason": "It was wrong."})

    article.refresh_from_db()
    assert (asked.status_code, refused.status_code, done.status_code) == (200, 200, 302)
    assert article.withdrawal_reason == "It was wrong."
    assert _read_log()[0] == "Withdrew the article: It was wrong."
    page = editor_client.get(_change(article)).content.decode()
    assert "Readers see: “It was wrong.”" in page
    assert 'name="_publish"' not in page

    editor_client.post(_page("take_back", article))

    article.refresh_from_db()
    assert article.withdrawn_at is None
    assert _read_log()[0] == "Undid the withdrawal."


def test_draft_is_kept_while_the_article_is_withdrawn(editor_client: Client, article: Article) -> None:
    publish_revision(article.revisions.first())  # type: ignore[arg-type]
    withdraw_article(article, reason="It was wrong.")

    response = _post(editor_client, article, _answers(_publish=""))

    assert _read_messages(response) == [
        "The article is withdrawn. Undo the withdrawal first.",
        "Saved revision 3.",
    ]
    assert article.revisions.first().text == f"{TEXT}\n"  # type: ignore[union-attr]


def test_text_is_taken_off_the_schedule(editor_client: Client, article: Article) -> None:
    schedule_revision(article.revisions.first(), at=timezone.now() + timedelta(days=1))  # type: ignore[arg-type]

    editor_client.post(_page("unschedule", article))

    article.refresh_from_db()
    assert (article.scheduled_at, article.scheduled_revision) == (None, None)
    assert _read_log()[0] == "Took the text off the schedule."


@pytest.mark.parametrize(
    ("page", "message"),
    [
        pytest.param("withdraw", "Readers have not seen the article yet", id="withdraw"),
        pytest.param("take_back", "The article is not withdrawn.", id="take-back"),
        pytest.param("unschedule", "Nothing is scheduled.", id="unschedule"),
    ],
)
def test_what_is_not_possible_is_said_and_not_logged(
    editor_client: Client, article: Article, page: str, message: str
) -> None:
    response = editor_client.post(_page(page, article), {"reason": "It was wrong."})

    assert message in _read_messages(response)[0]
    assert _read_log() == []


# Addresses


@pytest.mark.each_database
def test_published_article_moves_and_its_address_leads_on(editor_client: Client) -> None:
    editor_client.post(ADD, _answers(_publish=""))
    article = Article.objects.get(slug=SLUG)

    _post(editor_client, article, _answers(slug="moved", _publish=""))

    site_state.refresh()
    assert editor_client.get(f"/articles/{SLUG}/")["Location"] == "/articles/moved/"
    assert _read_log()[0] == "Moved the article from /articles/made-article/ to /articles/moved/."


@pytest.mark.parametrize(
    "button", [{}, {"_schedule": "", "scheduled_for": "2200-01-01T10:30"}], ids=["draft", "schedule"]
)
def test_draft_never_moves_a_published_article(editor_client: Client, button: dict[str, str]) -> None:
    editor_client.post(ADD, _answers(_publish=""))
    article = Article.objects.get(slug=SLUG)

    response = _post(editor_client, article, _answers(slug="moved", standfirst="What the reader knows now.") | button)

    article.refresh_from_db()
    assert article.slug == SLUG
    assert article.revisions.count() == 2
    assert "The address was not changed: readers have it. It moves when you press “Publish now”." in _read_messages(
        response
    )


def test_draft_moves_an_article_that_nobody_has_seen(editor_client: Client, article: Article) -> None:
    _post(editor_client, article, _answers(slug="moved"))

    article.refresh_from_db()
    assert article.slug == "moved"


@pytest.mark.parametrize("slug", ["others-now", "others-before"])
def test_address_that_is_or_was_another_article_s_is_refused_on_its_field(
    editor_client: Client, article: Article, slug: str
) -> None:
    other = make_article(slug="others-before")
    publish_revision(_save(other, "Text."))
    move_article(other, "others-now")

    changed = _post(editor_client, article, _answers(slug=slug))
    added = editor_client.post(ADD, _answers(slug=slug))

    for page in (changed, added):
        assert f"/articles/{slug}/" in page.context["adminform"].form.errors["slug"][0]
    assert list(FormerSlug.objects.values_list("slug", flat=True)) == ["others-before"]


# Preview


def test_preview_prints_what_is_typed_as_the_page_does(editor_client: Client) -> None:
    typed = _answers(text="## Go {skill=go}\n\nIt is {{ kubernetes.grades }}, not {{ alchemy.grades }}.", title="")

    shown = editor_client.post(PREVIEW, typed).content.decode()

    assert "It is 50% strong, 12% fair, 38% typical skill, not" in shown
    assert "figures-box" in shown
    assert "(no title yet)" in shown
    assert "{{ alchemy.grades }}" in shown
    assert re.search(r'<ul class="errorlist"><li>title: There is no title', shown)
    assert not Article.objects.filter(slug=SLUG).exists()


def test_preview_of_a_text_and_its_page_are_the_same(editor_client: Client) -> None:
    editor_client.post(ADD, _answers(_publish=""))
    site_state.refresh()

    preview = editor_client.post(PREVIEW, _answers()).content.decode()
    page = editor_client.get(f"/articles/{SLUG}/").content.decode()

    article = re.compile(r'<div class="prose article__text">.*?</div>', re.DOTALL)
    assert article.search(preview)[0] == article.search(page)[0]  # type: ignore[index]


def test_preview_tells_warnings_from_errors(editor_client: Client) -> None:
    shown = editor_client.post(PREVIEW, _answers(**WARNED)).content.decode()

    assert "Warnings, which can be overruled:" in shown
    assert "<li>text, line 3: “$30K+” is a range without an upper end." in shown
    assert "errorlist" not in shown


@pytest.mark.parametrize("answers", [{}, {"text": "\x00"}, {"text": "x" * 50_000, "reviewed_on": "never"}])
def test_preview_answers_whatever_is_typed(editor_client: Client, answers: dict[str, str]) -> None:
    assert editor_client.post(PREVIEW, answers).status_code == 200


def test_form_has_a_link_that_shows_the_newest_text(editor_client: Client, article: Article) -> None:
    page = editor_client.get(_change(article)).content.decode()

    address = re.search(r'value="http://testserver(/articles/preview/[^"]+)"', page)
    assert address is not None
    assert "<p>Second.</p>" in editor_client.get(address[1]).content.decode()


# History


def test_history_shows_who_when_and_what_changed(editor_client: Client, article: Article) -> None:
    page = editor_client.get(_page("revisions", article))

    shown = page.content.decode()
    assert [text.number for text, _ in page.context["revisions"]] == [2, 1]
    assert shown.count("Saved by D on") == 2
    assert '<span class="visually-hidden">Removed: </span><del>First.</del>' in shown
    assert '<span class="visually-hidden">Added: </span><ins>Second.</ins>' in shown


def test_log_of_an_article_begins_with_what_was_done_last(
    editor_client: Client, editor: User, article: Article
) -> None:
    for message in ("First.", "Second."):
        LogEntry.objects.log_actions(editor.pk, [article], CHANGE, message, single_object=True)

    entries = editor_client.get(_page("history", article)).context["action_list"]

    assert [entry.get_change_message() for entry in entries] == ["Second.", "First."]


def test_any_two_texts_are_compared(editor_client: Client, article: Article) -> None:
    _save(article, "Third.\n")

    page = editor_client.get(_page("revisions", article), {"older": "3", "newer": "1"})

    assert "<del>Third.</del>" in page.content.decode()
    assert "<ins>First.</ins>" in page.content.decode()


def test_text_that_is_not_the_article_s_is_not_compared(editor_client: Client, article: Article) -> None:
    page = editor_client.get(_page("revisions", article), {"older": "9"})

    assert page.status_code == 200
    assert "Select a valid choice" in page.content.decode()


def test_history_of_an_article_without_texts_opens(editor_client: Client) -> None:
    page = editor_client.get(_page("revisions", make_article(slug="empty")))

    assert "Nothing was saved yet." in page.content.decode()


def test_old_text_is_restored_as_a_draft(editor_client: Client, article: Article) -> None:
    response = editor_client.post(reverse("admin:skills_article_restore", args=[article.pk, 1]))

    newest = article.revisions.first()
    assert newest is not None
    assert (newest.number, newest.text, newest.saved_by) == (3, "First.\n", "editor")
    assert _read_log() == ["Restored revision 1 as revision 3, a draft."]
    assert response["Location"] == _change(article)


@pytest.mark.each_database
@pytest.mark.parametrize(
    ("page", "count"), [pytest.param("change", 1, id="form"), pytest.param("revisions", 20, id="history")]
)
def test_pages_of_an_article_cost_few_queries(
    editor_client: Client,
    article: Article,
    django_assert_max_num_queries: Callable[[int], Any],
    page: str,
    count: int,
) -> None:
    for number in range(count):
        _save(article, f"Text {number}.")

    with django_assert_max_num_queries(MAX_QUERIES_OF_A_PAGE):
        assert editor_client.get(_page(page, article)).status_code == 200


# Who may


def test_author_may_write_and_not_publish(db: None, author_client: Client) -> None:
    answers = _answers(_publish="", scheduled_for="2200-01-01T10:00")

    responses = [author_client.post(ADD, answers)]
    article = Article.objects.get(slug=SLUG)
    responses.append(_post(author_client, article, answers | {"text": "Newer.", "_schedule": ""}))

    article.refresh_from_db()
    assert (article.revisions.count(), article.published_revision, article.scheduled_revision) == (2, None, None)
    assert "You may write drafts, not publish them." in _read_messages(responses[0])[0]
    page = author_client.get(_change(article)).content.decode()
    assert not any(name in page for name in ('name="_publish"', 'name="_schedule"', "scheduled_for"))


def test_author_leaves_alone_what_readers_see_at_once(db: None, author_client: Client, article: Article) -> None:
    publish_revision(article.revisions.first())  # type: ignore[arg-type]

    _post(author_client, article, _answers(slug="another", reviewed_on="2026-03-04"))

    article.refresh_from_db()
    assert (article.slug, article.reviewed_on, article.revisions.count()) == (SLUG, None, 3)


@pytest.mark.parametrize("page", ["withdraw", "take_back", "unschedule"])
def test_author_may_not_change_what_readers_see(db: None, author_client: Client, article: Article, page: str) -> None:
    publish_revision(article.revisions.first())  # type: ignore[arg-type]

    answers = [author_client.get(_page(page, article)), author_client.post(_page(page, article), {"reason": "x"})]

    assert [answer.status_code for answer in answers] == [403, 403]


def test_who_may_only_look_changes_nothing(db: None, client: Client, article: Article) -> None:
    reader = User.objects.create(username="reader", is_staff=True)
    reader.user_permissions.set(Permission.objects.filter(codename="view_article"))
    client.force_login(reader)

    statuses = [
        client.get(_change(article)).status_code,
        client.get(_page("revisions", article)).status_code,
        _post(client, article, _answers(text="Newer.")).status_code,
        client.post(reverse("admin:skills_article_restore", args=[article.pk, 1])).status_code,
        client.post(PREVIEW, _answers()).status_code,
    ]

    assert statuses == [200, 200, 403, 403, 403]
    assert article.revisions.count() == 2


def test_nobody_signs_in_by_a_preview(db: None, client: Client, article: Article) -> None:
    for address in (PREVIEW, _change(article), _page("revisions", article), _page("withdraw", article)):
        assert client.get(address)["Location"].startswith("/admin/login/")


def test_texts_stay_as_they_are(editor_client: Client, article: Article) -> None:
    revision = article.revisions.get(number=1)

    attempts = [
        editor_client.post(reverse("admin:skills_article_delete", args=[article.pk]), {"post": "yes"}),
        editor_client.post(reverse("admin:skills_revision_change", args=[revision.pk]), {"text": "x"}),
        editor_client.post(reverse("admin:skills_revision_delete", args=[revision.pk]), {"post": "yes"}),
    ]

    assert [attempt.status_code for attempt in attempts] == [403, 403, 403]


def _change(article: Article) -> str:
    return _page("change", article)


def _page(name: str, article: Article) -> str:
    return reverse(f"admin:skills_article_{name}", args=[article.pk])


def _save(article: Article, text: str) -> Revision:
    return save_revision(article, title="A", standfirst="B", text=text, author="C", saved_by="D")


def _ago(hours: int) -> datetime:
    return timezone.now() - timedelta(hours=hours)


def _read_messages(response: Any) -> list[str]:
    return [str(message) for message in get_messages(response.wsgi_request)]


def _read_log() -> list[str]:
    """What was logged of articles, newest first."""
    entries = LogEntry.objects.filter(content_type__model="article").order_by("-pk")
    return [entry.change_message for entry in entries]


def _read_seen(page: Any) -> str:
    """What the page says of the warnings that it shows."""
    found = re.search(r'name="seen_warnings" value="([0-9a-f ]+)"', page.content.decode())
    assert found is not None
    return found[1]


def _post(client: Client, article: Article, answers: dict[str, Any]) -> Any:
    """Send a form that was opened at this moment."""
    page = client.get(_change(article))
    copy = fields_of(page)["opened_with"] if page.status_code == HTTPStatus.OK else ""
    return client.post(_change(article), {"opened_with": copy} | answers)


def _answers(**different: Any) -> dict[str, Any]:
    return {
        "slug": SLUG,
        "reviewed_on": "",
        "title": "A title",
        "standfirst": "What the reader will know.",
        "author": "An author",
        "text": TEXT,
    } | different
