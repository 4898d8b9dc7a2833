"""The workflow of articles: which actions each state allows, what readers see, and what time changes."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from skills.articles.article_status import State, settle, state_of
from skills.articles.history import Line, compare_texts
from skills.articles.preview import LIFETIME, preview_token
from skills.articles.published import (
    articles_at,
    moved_articles,
    published_articles,
    read_withdrawn,
    withdrawn_articles,
    write_withdrawn,
)
from skills.articles.workflow import (
    NotPossible,
    move_article,
    publish_revision,
    restore_revision,
    review_article,
    save_revision,
    schedule_revision,
    take_back_withdrawal,
    unschedule,
    withdraw_article,
)
from skills.editions.document import PublishedEdition
from skills.editions.site_state import SiteState, site_state
from skills.models import Article, FormerSlug, Revision
from tests.skills.factories import make_article, make_revision
from tests.skills.test_site_state import database_gone

SLUG = "made-article"
PAST = datetime(2026, 3, 1, tzinfo=UTC)
NOTHING, WHY = "nothing", "why it is gone"

type Queries = Callable[[int], Any]


def hour(hours: float) -> datetime:
    return PAST + timedelta(hours=hours)


TEN, NOON, ONE, TOMORROW = hour(10), hour(12), hour(13), hour(34)


# Every state, every action


def save(article: Article, text: str, at: datetime) -> Revision:
    return save_revision(article, title=text, standfirst="B", text=text, author="C", saved_by="D", at=at)


def draft(article: Article) -> datetime:
    save(article, "first", hour(8))
    return TEN


def upcoming(article: Article) -> datetime:
    schedule_revision(save(article, "first", hour(8)), at=NOON, now=hour(8))
    return TEN


def due(article: Article) -> datetime:
    upcoming(article)
    return ONE


def live(article: Article) -> datetime:
    publish_revision(save(article, "first", hour(8)), at=hour(8))
    return TEN


def live_and_scheduled(article: Article) -> datetime:
    live(article)
    schedule_revision(save(article, "second", hour(9)), at=NOON, now=hour(9))
    return TEN


def live_and_due(article: Article) -> datetime:
    live_and_scheduled(article)
    return ONE


def withdrawn(article: Article) -> datetime:
    live(article)
    withdraw_article(article, reason="It was wrong.", at=hour(9))
    return TEN


ACTIONS: dict[str, Callable[[Article, Revision, datetime], object]] = {
    "save": lambda article, newest, now: None,
    "publish": lambda article, newest, now: publish_revision(newest, at=now),
    "schedule": lambda article, newest, now: schedule_revision(newest, at=hour(18), now=now),
    "schedule for now": lambda article, newest, now: schedule_revision(newest, at=now, now=now),
    "unschedule": lambda article, newest, now: unschedule(article, at=now),
    "withdraw": lambda article, newest, now: withdraw_article(article, reason="It was wrong.", at=now),
    "take back": lambda article, newest, now: take_back_withdrawal(article, at=now),
}

FUTURE = re.compile("must be in the future")
EMPTY = re.compile("Nothing is scheduled")
UNSEEN = re.compile("Readers have not seen the article yet")
GONE = re.compile("The article is withdrawn. Undo the withdrawal first")
AGAIN = re.compile("is withdrawn already")
THERE = re.compile("is not withdrawn")

#: What readers see at once and a day later, after a new text was saved and the action done; or why it is refused.
LIFE: dict[Callable[[Article], datetime], dict[str, tuple[str, str] | re.Pattern[str]]] = {
    draft: {
        "save": (NOTHING, NOTHING),
        "publish": ("new", "new"),
        "schedule": (NOTHING, "new"),
        "schedule for now": FUTURE,
        "unschedule": EMPTY,
        "withdraw": UNSEEN,
        "take back": THERE,
    },
    upcoming: {
        "save": (NOTHING, "first"),
        "publish": ("new", "new"),
        "schedule": (NOTHING, "new"),
        "schedule for now": FUTURE,
        "unschedule": (NOTHING, NOTHING),
        "withdraw": UNSEEN,
        "take back": THERE,
    },
    due: {
        "save": ("first", "first"),
        "publish": ("new", "new"),
        "schedule": ("first", "new"),
        "schedule for now": FUTURE,
        "unschedule": EMPTY,
        "withdraw": (WHY, WHY),
        "take back": THERE,
    },
    live: {
        "save": ("first", "first"),
        "publish": ("new", "new"),
        "schedule": ("first", "new"),
        "schedule for now": FUTURE,
        "unschedule": EMPTY,
        "withdraw": (WHY, WHY),
        "take back": THERE,
    },
    live_and_scheduled: {
        "save": ("first", "second"),
        "publish": ("new", "new"),
        "schedule": ("first", "new"),
        "schedule for now": FUTURE,
        "unschedule": ("first", "first"),
        "withdraw": (WHY, WHY),
        "take back": THERE,
    },
    live_and_due: {
        "save": ("second", "second"),
        "publish": ("new", "new"),
        "schedule": ("second", "new"),
        "schedule for now": FUTURE,
        "unschedule": EMPTY,
        "withdraw": (WHY, WHY),
        "take back": THERE,
    },
    withdrawn: {
        "save": (WHY, WHY),
        "publish": GONE,
        "schedule": GONE,
        "schedule for now": GONE,
        "unschedule": EMPTY,
        "withdraw": AGAIN,
        "take back": ("first", "first"),
    },
}


def read_address(now: datetime) -> str:
    """What is at the article's address, by what the database says."""
    if SLUG in withdrawn_articles():
        return WHY
    return next((found.text for found in articles_at(published_articles(), now) if found.slug == SLUG), NOTHING)


@pytest.mark.parametrize("action", ACTIONS)
@pytest.mark.parametrize("state", LIFE, ids=lambda state: str(state.__name__))
def test_every_action_in_every_state(db: None, state: Callable[[Article], datetime], action: str) -> None:
    article = make_article(slug=SLUG)
    now, expected = state(article), LIFE[state][action]
    newest = save(article, "new", now)

    if isinstance(expected, re.Pattern):
        with pytest.raises(NotPossible, match=expected):
            ACTIONS[action](article, newest, now)
        expected = LIFE[state]["save"]
        assert isinstance(expected, tuple)
    else:
        ACTIONS[action](article, newest, now)

    assert (read_address(now), read_address(TOMORROW)) == expected


@pytest.mark.parametrize(
    ("state", "expected"),
    [
        (draft, State.DRAFT),
        (upcoming, State.SCHEDULED),
        (due, State.PUBLISHED),
        (live, State.PUBLISHED),
        (live_and_due, State.PUBLISHED),
        (withdrawn, State.WITHDRAWN),
    ],
    ids=lambda value: getattr(value, "__name__", None),
)
def test_state_is_what_readers_find(db: None, state: Callable[[Article], datetime], expected: State) -> None:
    now = state(make_article(slug=SLUG))
    article = Article.objects.get(slug=SLUG)

    settle(article, now)

    assert state_of(article) is expected


# Time


def test_scheduled_text_appears_at_its_time_and_not_before(db: None) -> None:
    live_and_scheduled(make_article(slug=SLUG))
    texts = published_articles()

    before, after = (
        next(found for found in articles_at(texts, now) if found.slug == SLUG)
        for now in (NOON - timedelta(microseconds=1), NOON)
    )

    assert (before.text, before.published_at, before.updated_at) == ("first", hour(8), hour(8))
    assert (after.text, after.published_at, after.updated_at) == ("second", hour(8), NOON)


def test_first_text_of_an_article_takes_its_place_among_the_others(db: None) -> None:
    publish_revision(save(make_article(slug="earlier"), "x", hour(1)), at=hour(1))
    publish_revision(save(make_article(slug="later"), "x", hour(20)), at=hour(20))
    upcoming(make_article(slug=SLUG))

    shown = [found.slug for found in articles_at(published_articles(), TOMORROW)]

    ours = [slug for slug in shown if slug in ("earlier", "later", SLUG)]
    assert ours == ["later", SLUG, "earlier"]


@pytest.mark.parametrize("write", ["save", "publish", "withdraw", "move", "review"])
def test_next_write_settles_what_time_has_done(db: None, write: str) -> None:
    article = make_article(slug=SLUG)
    due(article)
    writes: dict[str, Callable[[], object]] = {
        "save": lambda: save(article, "new", ONE),
        "publish": lambda: publish_revision(save(article, "new", ONE), at=ONE),
        "withdraw": lambda: withdraw_article(article, reason="Wrong.", at=ONE),
        "move": lambda: move_article(article, "moved", at=ONE),
        "review": lambda: review_article(article, None, at=ONE),
    }

    writes[write]()

    article.refresh_from_db()
    assert (article.scheduled_revision, article.scheduled_at) == (None, None)
    assert article.first_published_at == NOON
    assert article.published_revision == article.revisions.get(text="new" if write == "publish" else "first")
    assert article.updated_at == (ONE if write == "publish" else NOON)


def test_older_text_is_never_scheduled_over_a_newer_one(db: None) -> None:
    article = make_article(slug=SLUG)
    old = save(article, "old", hour(8))
    publish_revision(save(article, "new", hour(9)), at=hour(9))

    with pytest.raises(NotPossible, match="restore it"):
        schedule_revision(old, at=NOON, now=TEN)


def test_text_that_readers_see_is_not_published_again(db: None) -> None:
    live(article := make_article(slug=SLUG))

    with pytest.raises(NotPossible, match="see this text already"):
        publish_revision(article.revisions.get(), at=TEN)

    article.refresh_from_db()
    assert article.updated_at == hour(8)


def test_withdrawal_needs_a_reason(db: None) -> None:
    live(article := make_article(slug=SLUG))

    with pytest.raises(NotPossible, match="needs a reason"):
        withdraw_article(article, reason="  ", at=TEN)


# What the pages show


def test_scheduled_article_is_everywhere_from_its_time_on_without_a_query(
    db: None, published: PublishedEdition, client: Client, django_assert_num_queries: Queries
) -> None:
    upcoming(make_article(slug=SLUG))  # at a time that has come since
    site_state.refresh()

    with django_assert_num_queries(0):
        page = client.get(f"/articles/{SLUG}/")
        others = {path: client.get(path) for path in ("/articles/", "/articles/feed.atom", "/sitemap.xml")}

    assert (page.status_code, dict(page.cookies)) == (200, {})
    assert '"dateModified":"2026-03-01T12:00:00+00:00"' in page.content.decode().replace(" ", "")
    assert all(f"/articles/{SLUG}/" in other.content.decode() for other in others.values())
    assert "<updated>2026-03-01T12:00:00+00:00</updated>" in others["/articles/feed.atom"].content.decode()
    assert f"/articles/{SLUG}/</loc><lastmod>2026-03-01</lastmod>" in others["/sitemap.xml"].content.decode()


def test_article_to_come_is_nowhere(db: None, published: PublishedEdition, client: Client) -> None:
    schedule_revision(save(make_article(slug=SLUG), "first", TEN), at=datetime(2200, 1, 1, tzinfo=UTC))
    site_state.refresh()

    assert client.get(f"/articles/{SLUG}/").status_code == 404
    for path in ("/", "/articles/", "/articles/feed.atom", "/sitemap.xml"):
        assert SLUG not in client.get(path).content.decode()


def test_withdrawn_article_says_why_and_is_nowhere_else(
    db: None, published: PublishedEdition, client: Client, django_assert_num_queries: Queries
) -> None:
    article = make_article(slug=SLUG)
    publish_revision(save(article, "A <title>", hour(8)))
    site_state.refresh()
    paths = ["/", "/articles/", "/articles/feed.atom", "/sitemap.xml"]
    assert all(SLUG in client.get(path).content.decode() for path in paths)

    withdraw_article(article, reason="It was <wrong>.")

    site_state.refresh()
    with django_assert_num_queries(0):
        page = client.get(f"/articles/{SLUG}/")
    shown = page.content.decode()
    assert (page.status_code, dict(page.cookies), page["Cache-Control"]) == (410, {}, "no-store")
    assert "A &lt;title&gt;" in shown
    assert "It was &lt;wrong&gt;." in shown
    reads = [f"/articles/{found.slug}/" for found in site_state.site().articles]
    assert not any(SLUG in client.get(path).content.decode() for path in [*paths, *reads])


def test_article_is_back_when_its_withdrawal_is_taken_back(
    db: None, published: PublishedEdition, client: Client
) -> None:
    withdrawn(article := make_article(slug=SLUG))

    take_back_withdrawal(article)

    site_state.refresh()
    assert client.get(f"/articles/{SLUG}/").status_code == 200


# Addresses


def test_former_addresses_lead_to_the_present_one_without_a_query(
    db: None, published: PublishedEdition, client: Client, django_assert_num_queries: Queries
) -> None:
    live(article := make_article(slug=SLUG))
    move_article(article, "second-address")
    move_article(article, "third-address")
    site_state.refresh()

    with django_assert_num_queries(0):
        answers = [client.get(f"/articles/{slug}/") for slug in (SLUG, "second-address")]

    assert [(answer.status_code, answer["Location"]) for answer in answers] == [(301, "/articles/third-address/")] * 2
    assert [dict(answer.cookies) for answer in answers] == [{}, {}]
    assert client.get("/articles/third-address/").status_code == 200


def test_article_can_move_back(db: None, published: PublishedEdition, client: Client) -> None:
    live(article := make_article(slug=SLUG))
    move_article(article, "second-address")

    move_article(article, SLUG)

    site_state.refresh()
    assert moved_articles() == {"second-address": SLUG}
    assert client.get(f"/articles/{SLUG}/").status_code == 200


def test_address_that_no_reader_knew_is_not_kept(db: None) -> None:
    draft(article := make_article(slug=SLUG))

    move_article(article, "second-address", at=TEN)

    assert not FormerSlug.objects.exists()


@pytest.mark.parametrize("taken", ["others-now", "others-before"])
def test_address_of_another_article_is_refused(db: None, taken: str) -> None:
    other = make_article(slug="others-before")
    publish_revision(save(other, "x", hour(8)), at=hour(8))
    move_article(other, "others-now", at=hour(9))
    live(article := make_article(slug=SLUG))

    with pytest.raises(NotPossible, match=f"/articles/{taken}/"):
        move_article(article, taken, at=TEN)

    article.refresh_from_db()
    assert article.slug == SLUG


def test_former_address_of_a_withdrawn_article_leads_to_why(
    db: None, published: PublishedEdition, client: Client
) -> None:
    live(article := make_article(slug=SLUG))
    move_article(article, "second-address")
    withdraw_article(article, reason="It was wrong.")
    site_state.refresh()

    page = client.get(f"/articles/{SLUG}/", follow=True)

    assert (page.status_code, page.redirect_chain) == (410, [("/articles/second-address/", 301)])


# In memory and on disk


def test_articles_cost_one_query_each_kind(db: None, django_assert_num_queries: Queries) -> None:
    live_and_scheduled(make_article(slug=SLUG))

    for read in (published_articles, withdrawn_articles, moved_articles):
        with django_assert_num_queries(1):
            read()


def test_withdrawn_article_survives_being_written_as_json(db: None) -> None:
    withdrawn(make_article(slug=SLUG))

    (found,) = withdrawn_articles().values()
    assert read_withdrawn(json.loads(json.dumps(write_withdrawn(found)))) == found


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "site"


def test_without_the_database_time_goes_on_from_disk(transactional_db: None, folder: Path) -> None:
    live_and_scheduled(make_article(slug=SLUG))
    publish_revision(save(gone := make_article(slug="gone"), "gone", hour(8)), at=hour(8))
    withdraw_article(gone, reason="It was wrong.", at=hour(9))
    move_article(gone, "gone-elsewhere", at=hour(9))
    SiteState(folder, watch_seconds=0).site()

    with database_gone():
        site = SiteState(folder, watch_seconds=0).site()
        texts = [found.text for now in (TEN, NOON) if (found := site.article(SLUG, now))]

    assert texts == ["first", "second"]
    assert site.withdrawn_articles["gone-elsewhere"].reason == "It was wrong."
    assert site.moved_articles == {"gone": "gone-elsewhere"}


def test_index_of_an_older_build_is_read(transactional_db: None, folder: Path) -> None:
    live(make_article(slug=SLUG))
    SiteState(folder, watch_seconds=0).site()
    saved = json.loads((folder / "site.json").read_text())
    del saved["withdrawn_articles"], saved["moved_articles"]
    (folder / "site.json").write_text(json.dumps(saved))

    with database_gone():
        site = SiteState(folder, watch_seconds=0).site()

    assert site.article(SLUG) is not None
    assert (site.withdrawn_articles, site.moved_articles) == ({}, {})


# Previews


def preview_address(revision: Revision, now: datetime | None = None) -> str:
    return f"/articles/preview/{preview_token(revision, now)}/"


def test_preview_shows_a_draft_to_anyone_with_the_link(db: None, published: PublishedEdition, client: Client) -> None:
    article = make_article(slug=SLUG)
    revision = make_revision(article=article, title="A draft", text="It is {{ kubernetes.grades }}.")

    page = client.get(preview_address(revision))

    shown = page.content.decode()
    assert (page.status_code, dict(page.cookies)) == (200, {})
    assert "Draft, not published." in shown
    assert "<p>It is 50% strong, 12% fair, 38% typical skill.</p>" in shown
    assert (page["Cache-Control"], page["X-Robots-Tag"]) == ("no-store", "noindex, nofollow")
    assert 'rel="canonical"' not in shown


def test_preview_of_what_readers_see_says_so(db: None, published: PublishedEdition, client: Client) -> None:
    due(article := make_article(slug=SLUG))

    shown = client.get(preview_address(article.revisions.get())).content.decode()

    assert "This is the text that readers see." in shown
    assert "Draft, not published." not in shown


@pytest.mark.parametrize(
    ("age", "status"),
    [
        pytest.param(LIFETIME - timedelta(minutes=1), 200, id="last-minute"),
        pytest.param(LIFETIME + timedelta(seconds=1), 410, id="over"),
        pytest.param(timedelta(days=700), 410, id="years-old"),
    ],
)
def test_preview_link_ends_after_a_week(
    db: None, published: PublishedEdition, client: Client, age: timedelta, status: int
) -> None:
    revision = make_revision(article=make_article(slug=SLUG), text="Secret.")

    page = client.get(preview_address(revision, datetime.now(UTC) - age))

    assert (page.status_code, page["Cache-Control"]) == (status, "no-store")
    assert ("Secret." in page.content.decode()) is (status == 200)
    assert ("It was good until" in page.content.decode()) is (status == 410)


@pytest.mark.parametrize(
    "change",
    [
        pytest.param(lambda token: token[:-1], id="cut-short"),
        pytest.param(lambda token: "WzEsOTk5OTk5OTk5OV0" + token[token.index(":") :], id="another-revision"),
        pytest.param(lambda token: token.partition(":")[0], id="unsigned"),
        pytest.param(lambda token: "é" + token, id="not-ascii"),
        pytest.param(lambda token: "nothing", id="nothing"),
    ],
)
def test_preview_link_that_was_changed_shows_nothing(
    db: None, published: PublishedEdition, client: Client, change: Callable[[str], str]
) -> None:
    revision = make_revision(article=make_article(slug=SLUG), text="Secret.")

    page = client.get(f"/articles/preview/{change(preview_token(revision))}/")

    assert (page.status_code, page["Cache-Control"]) == (404, "no-store")
    assert "This preview cannot be shown" in page.content.decode()
    assert "Secret." not in page.content.decode()


def test_preview_says_so_while_the_database_is_gone(transactional_db: None, client: Client) -> None:
    site_state.site()
    address = preview_address(make_revision(article=make_article(slug=SLUG)))

    with database_gone():
        page = client.get(address)

    assert page.status_code == 503
    assert "Try again in a few minutes." in page.content.decode()


# History


def test_difference_names_what_went_and_came_in_each_field(db: None) -> None:
    article = make_article(slug=SLUG)
    lines = [f"line {number}" for number in range(10)]
    older = make_revision(article=article, number=1, text="\n".join(lines))
    newer = make_revision(article=article, number=2, text="\n".join([*lines[:5], "new", *lines[6:]]), title="Another")

    title, text = compare_texts(older, newer)

    assert (title.name, title.lines) == (
        "Title",
        (Line(kind="removed", text="A title"), Line(kind="added", text="Another")),
    )
    assert [(line.kind, line.text) for line in text.lines] == [
        ("skipped", "2 lines the same"),
        *(("same", f"line {number}") for number in (2, 3, 4)),
        ("removed", "line 5"),
        ("added", "new"),
        *(("same", f"line {number}") for number in (6, 7, 8)),
        ("skipped", "1 line the same"),
    ]


def test_same_texts_have_no_difference(db: None) -> None:
    article = make_article(slug=SLUG)

    assert compare_texts(make_revision(article=article), make_revision(article=article, number=2)) == ()


def test_restored_text_is_the_newest_draft(db: None) -> None:
    article = make_article(slug=SLUG)
    first = save(article, "first", hour(8))
    publish_revision(save(article, "second", hour(9)), at=hour(9))

    restored = restore_revision(first, saved_by="editor", at=TEN)

    assert (restored.number, restored.text, restored.author, restored.saved_by) == (3, "first", "C", "editor")
    assert read_address(TEN) == "second"
    with pytest.raises(NotPossible, match="newest"):
        restore_revision(restored, saved_by="editor", at=TEN)
