"""Publishing and withdrawing in the admin: previewed, done once, and never by accident."""

from __future__ import annotations

import re
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from decimal import Decimal
from html import unescape
from typing import Any

import pytest
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import Permission, User
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from skills.articles.workflow import publish_revision
from skills.editions.document import PublishedEdition
from skills.editions.preview import read_preview
from skills.editions.publish import CatalogueChanged, PublishedMeanwhile, publish_edition, withdraw_edition
from skills.editions.site_state import site_state
from skills.models import Article, Edition, Evidence, Location, Skill, Withdrawal
from tests.skills.factories import make_article, make_evidence, make_revision, make_skill, make_source

#: Forms and texts; what is marked publishes on every database.
pytestmark = pytest.mark.any_database

SECONDS_TO_WAIT = 60
EDITORS = 4

type Tamper = Callable[..., None]


@pytest.fixture
def publisher(db: None) -> User:
    """An editor who may publish, and nothing else."""
    user = User.objects.create(username="publisher", first_name="Pat", last_name="Publisher", is_staff=True)
    user.user_permissions.add(Permission.objects.get(codename="publish_edition"))
    return user


@pytest.fixture
def publisher_client(publisher: User) -> Client:
    browser = Client()
    browser.force_login(publisher)
    return browser


# Who may


def test_page_needs_nothing_but_the_right_to_publish(publisher_client: Client, small_site: None) -> None:
    assert publisher_client.get(_page()).status_code == 200
    assert publisher_client.get(_withdrawal(1)).status_code == 200


@pytest.mark.parametrize("method", ["get", "post"])
def test_page_is_refused_without_the_right(client: Client, small_site: None, method: str) -> None:
    user = User.objects.create(username="everything-else", is_staff=True)
    may_see = ["publish_edition", "change_evidence", "change_skill"]
    user.user_permissions.set(Permission.objects.exclude(codename__in=may_see))
    client.force_login(user)

    responses = [getattr(client, method)(address) for address in (_page(), _withdrawal(1))]

    assert [response.status_code for response in responses] == [403, 403]
    assert Edition.objects.count() == 1


def test_page_needs_a_sign_in(client: Client, small_site: None) -> None:
    response = client.get(_page())

    assert (response.status_code, response.headers["Location"]) == (302, f"{reverse('admin:login')}?next={_page()}")


def test_post_without_a_token_is_refused(editor: User, small_site: None) -> None:
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(editor)

    response = browser.post(_page(), {"note": "A note.", "fingerprint": read_preview().fingerprint})

    assert response.status_code == 403
    assert "Nothing was saved" in response.content.decode()
    assert Edition.objects.count() == 1


def test_only_reading_and_posting_is_answered(editor_client: Client, small_site: None) -> None:
    assert editor_client.head(_page()).status_code == 200
    assert [editor_client.put(_page()).status_code, editor_client.delete(_withdrawal(1)).status_code] == [405, 405]


@pytest.mark.parametrize("may", [True, False], ids=["may", "may-not"])
def test_editions_lead_to_publishing_for_those_who_may(client: Client, small_site: None, may: bool) -> None:
    user = User.objects.create(username="reader", is_staff=True)
    rights = ["view_edition", "publish_edition"] if may else ["view_edition"]
    user.user_permissions.set(Permission.objects.filter(codename__in=rights))
    client.force_login(user)
    record = reverse("admin:skills_edition_change", args=[Edition.objects.get().pk])

    editions, edition = (client.get(address) for address in (reverse("admin:skills_edition_changelist"), record))

    assert (_page() in editions.content.decode()) is may
    assert (_withdrawal(1) in edition.content.decode()) is may


# What is shown


def test_changes_and_moved_premiums_are_shown(editor_client: Client, published: PublishedEdition) -> None:
    Evidence.objects.filter(skill__slug="kubernetes", source__slug="pooled-2026").update(
        low_percent=8, mid_percent=12, high_percent=18
    )

    page = _text(editor_client.get(_page()))

    assert "What changed since edition 1 1 piece of evidence changed." in page
    assert "Kubernetes +3.6% → +7.9% +1.2% to +5.6% → +1.2% to +15.9%" in page
    assert "middle (% of pay): +4.1% → +12.0%" in page
    assert re.search(r"\d+ of 336 verdicts in the sample change", page)
    assert "Publish edition 2" in page


def test_page_is_read_with_few_queries_and_holds_no_script_or_style_of_its_own(
    editor_client: Client, published: PublishedEdition, django_assert_max_num_queries: Any
) -> None:
    Evidence.objects.update(year=2026)

    with django_assert_max_num_queries(30):
        page = editor_client.get(_page()).content.decode()

    assert "style=" not in page
    assert "<style" not in page
    assert all("src=" in script for script in re.findall(r"<script[^>]*>", page))


def test_a_long_list_is_folded_and_counted(editor_client: Client, published: PublishedEdition) -> None:
    changed = Location.objects.filter(is_published=True, p50__isnull=False).exclude(year=2024).update(year=2024)

    page = editor_client.get(_page()).content.decode()

    assert f"<summary>Places and pay: {changed} changed</summary>" in page
    folds = re.findall(r'<details class="publishing__fold"( open)?>\s*<summary>Places', page)
    assert folds == [""]


def test_first_edition_is_published_from_the_page_too(
    editor_client: Client, empty_database: None, published_site: Any
) -> None:
    skill = make_skill()
    _give_evidence(skill)

    page = editor_client.get(_page())
    response = _post(editor_client, page, note="The first.")

    assert "It began with" in _text(page)
    assert response.status_code == 302
    assert [edition.number for edition in Edition.objects.all()] == [1]


def test_refused_rows_are_named_and_lead_to_their_page(editor_client: Client, published: PublishedEdition) -> None:
    skill = make_skill()
    Location.objects.filter(slug="pl").update(is_published=False)

    response = editor_client.get(_page())

    page = response.content.decode()
    place = Location.objects.get(slug="pl-krakow")
    assert f'<a href="{reverse("admin:skills_skill_change", args=[skill.pk])}">made-skill</a>' in page
    assert "it is published without any evidence." in page
    assert reverse("admin:skills_location_change", args=[place.pk]) in page
    assert 'name="note"' not in page
    assert "1 skill and 1 place changed." in _text(response)


def test_refused_rows_are_no_links_for_those_who_may_not_see_them(
    publisher_client: Client, published: PublishedEdition
) -> None:
    skill = make_skill()

    page = publisher_client.get(_page()).content.decode()

    assert "<b>made-skill</b>" in page
    assert reverse("admin:skills_skill_change", args=[skill.pk]) not in page


@pytest.mark.parametrize(
    ("break_it", "address"),
    [
        pytest.param(
            lambda: Skill.objects.filter(slug="kafka").delete(),
            None,
            id="row-that-is-gone",
        ),
        pytest.param(
            lambda: Location.objects.filter(slug="us").update(is_published=False),
            "skills_location_change",
            id="place",
        ),
    ],
)
def test_a_refusal_is_shown_whether_or_not_its_row_exists(
    editor_client: Client, published: PublishedEdition, break_it: Callable[[], Any], address: str | None
) -> None:
    break_it()

    response = editor_client.get(_page())

    refused = response.context["refusals"]
    assert refused
    assert all(bool(row.address) is bool(address) for row in refused)


def test_articles_that_the_new_figures_leave_behind_are_named(
    editor_client: Client, published: PublishedEdition
) -> None:
    text = "## Kafka {skill=kafka}\n\nLearn it: {{ kafka.premium }} [@pooled-2026].\n"
    article = make_article(slug="on-kafka")
    publish_revision(make_revision(article=article, title="On <Kafka>", text=text))
    before = _text(editor_client.get(_page()))

    Skill.objects.filter(slug="kafka").update(is_published=False)
    after = editor_client.get(_page())
    publish_edition(note="Without Kafka.", publisher="an editor")
    later = editor_client.get(_page())

    assert "On <Kafka>" not in before
    assert "On <Kafka> ( as readers see it ) Loses {{ kafka.premium }}, {skill=kafka}. " in _text(after)
    assert reverse("skills:article", args=["on-kafka"]) in after.content.decode()
    assert reverse("admin:skills_article_change", args=[article.pk]) in after.content.decode()
    assert "On <Kafka> ( as readers see it ) Missing already: {{ kafka.premium }}, {skill=kafka}. " in _text(later)


def test_article_leads_to_no_form_that_the_editor_may_not_open(
    publisher_client: Client, published: PublishedEdition
) -> None:
    article = make_article(slug="on-kafka")
    publish_revision(make_revision(article=article, title="On Kafka", text="## K {skill=kafka}\n\nLearn.\n"))
    Skill.objects.filter(slug="kafka").update(is_published=False)

    page = publisher_client.get(_page())

    assert "On Kafka ( as readers see it ) Loses {skill=kafka}." in _text(page)
    assert reverse("admin:skills_article_change", args=[article.pk]) not in page.content.decode()


def test_a_text_that_is_still_to_appear_is_named_too(editor_client: Client, published: PublishedEdition) -> None:
    revision = make_revision(
        article=make_article(slug="on-kafka"), title="On Kafka", text="## K {skill=kafka}\n\nLearn.\n"
    )
    at = timezone.now() + timedelta(days=30)
    Article.objects.filter(slug="on-kafka").update(scheduled_revision=revision, scheduled_at=at)
    Skill.objects.filter(slug="kafka").update(is_published=False)

    page = editor_client.get(_page())

    assert f"On Kafka scheduled for {at:%-d %B %Y}" in _text(page)
    assert reverse("skills:article", args=["on-kafka"]) not in page.content.decode()


# Publishing


@pytest.mark.each_database
def test_publishing_keeps_what_was_said_and_by_whom(
    publisher_client: Client, publisher: User, small_site: None
) -> None:
    _change_evidence()

    response = _post(publisher_client, note="  Better\r\nfigures. ", correction="It was wrong.")

    edition = Edition.objects.get(number=2)
    assert (response.status_code, response.headers["Location"]) == (302, _page())
    assert (edition.note, edition.correction, edition.publisher) == (
        "Better\nfigures.",
        "It was wrong.",
        "Pat Publisher",
    )
    entry = LogEntry.objects.get()
    assert (entry.user, entry.get_change_message(), entry.object_id) == (
        publisher,
        "Published edition 2",
        str(edition.pk),
    )


@pytest.mark.each_database
def test_success_leads_to_what_changed(editor_client: Client, small_site: None) -> None:
    _change_evidence()

    page = editor_client.get(_post(editor_client, note="Better figures.").headers["Location"]).content.decode()

    changes = reverse("skills:change", args=[2])
    record = reverse("admin:skills_edition_change", args=[Edition.objects.get(number=2).pk])
    assert f'Edition 2 is published. Readers see it within seconds: <a href="{changes}">what it changed</a>' in page
    assert f'<a href="{record}">its record</a>' in page
    assert editor_client.get(changes).status_code == 200
    assert site_state.site().newest.number == 2


def test_a_long_name_is_cut(client: Client, small_site: None) -> None:
    user = User.objects.create(
        username="long", first_name="A" * 150, last_name="B" * 150, is_staff=True, is_superuser=True
    )
    client.force_login(user)
    _change_evidence()

    _post(client, note="Better figures.")

    assert Edition.objects.get(number=2).publisher == "A" * 150


@pytest.mark.parametrize("note", ["", " \r\n "], ids=["empty", "blank"])
def test_a_note_is_required_and_the_rest_is_kept(editor_client: Client, small_site: None, note: str) -> None:
    _change_evidence()

    response = _post(editor_client, note=note, correction="It was <wrong>.")

    page = response.content.decode()
    assert response.status_code == 200
    assert "This field is required." in page
    assert "It was &lt;wrong&gt;.</textarea>" in page
    assert Edition.objects.count() == 1


def test_nothing_changed_is_said_and_needs_a_tick(editor_client: Client, small_site: None) -> None:
    page = editor_client.get(_page())

    refused = _post(editor_client, page, note="Again.")
    published = _post(editor_client, page, note="Again.", unchanged="on")

    assert "Nothing changed since edition 1" in _text(page)
    assert "Publish although nothing changed" in _text(page)
    assert "Nothing changed. Tick this if you mean to publish the same figures again." in _text(refused)
    assert published.status_code == 302
    assert Edition.objects.count() == 2


def test_no_tick_is_asked_for_when_something_changed(editor_client: Client, small_site: None) -> None:
    _change_evidence()

    page = editor_client.get(_page())

    assert "Publish although nothing changed" not in _text(page)


@pytest.mark.each_database
def test_figures_that_changed_meanwhile_are_shown_again_and_what_was_typed_is_kept(
    editor_client: Client, small_site: None
) -> None:
    _change_evidence()
    page = editor_client.get(_page())
    Evidence.objects.update(high_percent=Decimal("44.4"))

    refused = _post(editor_client, page, note="Better <figures>.", correction="It was wrong.")
    published = _post(editor_client, refused, note="Better figures.")

    assert "The figures changed since you looked: here they are again." in _text(refused)
    assert "+44.4%" in _text(refused)
    assert "Better &lt;figures&gt;.</textarea>" in refused.content.decode()
    assert "It was wrong.</textarea>" in refused.content.decode()
    assert "This field is required." not in _text(refused)
    assert published.status_code == 302
    assert Edition.objects.count() == 2


@pytest.mark.parametrize("fingerprint", ["", "1-", "nonsense", "\x00", "9" * 5000], ids=repr)
def test_an_invented_fingerprint_publishes_nothing(editor_client: Client, small_site: None, fingerprint: str) -> None:
    _change_evidence()

    response = editor_client.post(_page(), {"note": "A note.", "fingerprint": fingerprint})

    assert response.status_code == 200
    assert Edition.objects.count() == 1


@pytest.mark.each_database
def test_sending_it_twice_gives_one_edition(editor_client: Client, small_site: None) -> None:
    _change_evidence()
    page = editor_client.get(_page())

    first, second = (_post(editor_client, page, note="Better figures.") for _ in range(2))

    assert (first.status_code, second.status_code) == (302, 200)
    assert "Edition 2 was published since you looked, so nothing was changed." in _text(second)
    assert "Nothing changed since edition 2" in _text(second)
    assert Edition.objects.count() == 2
    assert LogEntry.objects.count() == 1


def test_rows_that_validation_refuses_are_named_when_it_is_sent_all_the_same(
    editor_client: Client, small_site: None
) -> None:
    make_skill(slug="bare")

    response = _post(
        editor_client, fingerprint=read_preview().fingerprint, note="What I had typed.", correction="This too."
    )

    assert "Nothing was published. skills · bare: it is published without any evidence." in _text(response)
    assert "What you had typed What I had typed. This too." in _text(response)
    assert Edition.objects.count() == 1


@pytest.mark.parametrize("method", ["get", "post"])
def test_a_damaged_edition_is_named(editor_client: Client, small_site: None, tamper: Tamper, method: str) -> None:
    tamper(1, checksum="0" * 64)

    response = getattr(editor_client, method)(_page(), {"note": "What I had typed."})

    assert response.status_code == 200
    assert "Edition 1 is damaged: its checksum does not match its content." in _text(response)
    assert 'name="note"' not in response.content.decode()
    assert ("What I had typed." in _text(response)) is (method == "post")
    assert Edition.objects.count() == 1


def test_an_edition_that_is_damaged_at_the_last_moment_is_named(
    editor_client: Client, small_site: None, tamper: Tamper
) -> None:
    publish_edition(note="Second.", publisher="an editor")
    _change_evidence()
    page = editor_client.get(_page())
    tamper(1, checksum="0" * 64)

    response = _post(editor_client, page, note="Third.")

    assert response.status_code == 200
    assert "Edition 1 is damaged" in _text(response)
    assert Edition.objects.count() == 2


def test_it_is_compared_with_the_newest_edition_that_is_shown(editor_client: Client, small_site: None) -> None:
    _change_evidence()
    publish_edition(note="Wrong.", publisher="an editor")
    withdraw_edition(2, reason="It was wrong.", by="an editor")

    page = _text(editor_client.get(_page()))

    assert "would now be edition 3. It is compared with edition 1" in page
    assert "1 piece of evidence changed." in page


def test_a_withdrawal_meanwhile_shows_the_figures_again(editor_client: Client, small_site: None) -> None:
    publish_edition(note="Again.", publisher="an editor")
    _change_evidence()
    page = editor_client.get(_page())
    withdraw_edition(2, reason="It was wrong.", by="an editor")

    response = _post(editor_client, page, note="Third.")

    assert "The figures changed since you looked" in _text(response)
    assert Edition.objects.count() == 2


# What publishing expects


def test_what_is_expected_is_published(small_site: None) -> None:
    _change_evidence()

    edition = publish_edition(note="A note.", publisher="an editor", expected=read_preview().fingerprint)

    assert edition.number == 2


def test_what_is_not_expected_is_not_published(small_site: None) -> None:
    fingerprint = read_preview().fingerprint
    _change_evidence()

    with pytest.raises(CatalogueChanged):
        publish_edition(note="A note.", publisher="an editor", expected=fingerprint)

    assert Edition.objects.count() == 1


def test_the_same_figures_are_not_expected_after_another_edition(small_site: None) -> None:
    fingerprint = read_preview().fingerprint
    publish_edition(note="A note.", publisher="an editor")

    with pytest.raises(PublishedMeanwhile, match="Edition 2 was published since you looked"):
        publish_edition(note="A note.", publisher="an editor", expected=fingerprint)

    assert Edition.objects.count() == 2


@pytest.mark.each_database
def test_a_retired_row_is_another_fingerprint(db: None, published: PublishedEdition) -> None:
    before = read_preview().fingerprint
    make_skill(is_published=False)

    assert read_preview().fingerprint != before


@pytest.mark.each_database
def test_looking_changes_nothing(db: None, published: PublishedEdition) -> None:
    first, second = read_preview(), read_preview()

    assert first.fingerprint == second.fingerprint
    assert first.is_unchanged


# Two at once


@pytest.mark.each_database
@pytest.mark.django_db(transaction=True)
def test_editors_who_publish_at_once_give_one_edition(small_site: None) -> None:
    _change_evidence()
    together = threading.Barrier(EDITORS)
    users = [User.objects.create(username=f"editor-{n}", is_staff=True, is_superuser=True) for n in range(EDITORS)]
    browsers = []
    for user in users:
        browser = Client()
        browser.force_login(user)
        browsers.append((browser, browser.get(_page())))

    def publish(browser: Client, page: Any) -> Any:
        together.wait(SECONDS_TO_WAIT)
        try:
            return _post(browser, page, note="Better figures.")
        finally:
            connection.close()

    with ThreadPoolExecutor(EDITORS) as others:
        responses = list(others.map(lambda both: publish(*both), browsers))

    refused = [_text(response) for response in responses if response.status_code == 200]
    assert sorted(response.status_code for response in responses) == [200] * (EDITORS - 1) + [302]
    assert all(
        re.search(r"published (at the same moment|since you looked), so nothing was changed", page) for page in refused
    )
    assert [edition.number for edition in Edition.objects.order_by("number")] == [1, 2]
    assert [entry.get_change_message() for entry in LogEntry.objects.all()] == ["Published edition 2"]


# Withdrawing


@pytest.mark.each_database
def test_an_edition_is_withdrawn_with_a_reason(publisher_client: Client, publisher: User, small_site: None) -> None:
    publish_edition(note="Again.", publisher="an editor")

    page = publisher_client.get(_withdrawal(2))
    response = publisher_client.post(_withdrawal(2), {"reason": "It was\r\nwrong.", "confirmed": "on"})

    withdrawal = Withdrawal.objects.get()
    assert "All other addresses use edition 1." in _text(page)
    assert (response.status_code, response.headers["Location"]) == (302, _page())
    assert (withdrawal.edition_number, withdrawal.reason, withdrawal.withdrawn_by) == (
        2,
        "It was\nwrong.",
        "Pat Publisher",
    )
    assert LogEntry.objects.get().get_change_message() == "Withdrew edition 2"
    assert "Edition 2 is withdrawn" in _text(publisher_client.get(_page()))
    assert site_state.site().newest.number == 1


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        pytest.param({"confirmed": "on"}, "This field is required.", id="no-reason"),
        pytest.param({"reason": " ", "confirmed": "on"}, "This field is required.", id="blank-reason"),
        pytest.param({"reason": "Wrong."}, "Tick this to confirm.", id="not-confirmed"),
    ],
)
def test_a_withdrawal_needs_a_reason_and_a_tick(
    editor_client: Client, small_site: None, fields: dict[str, str], message: str
) -> None:
    publish_edition(note="Again.", publisher="an editor")

    response = editor_client.post(_withdrawal(2), fields)

    assert response.status_code == 200
    assert message in _text(response)
    assert not Withdrawal.objects.exists()


def test_the_only_edition_is_not_withdrawn(editor_client: Client, small_site: None) -> None:
    page = editor_client.get(_withdrawal(1))
    response = editor_client.post(_withdrawal(1), {"reason": "Wrong.", "confirmed": "on"})

    assert 'name="reason"' not in page.content.decode()
    assert "Edition 1 is the only one to show: publish its successor first." in _text(response)
    assert not Withdrawal.objects.exists()


def test_an_edition_is_withdrawn_once(editor_client: Client, small_site: None) -> None:
    publish_edition(note="Again.", publisher="an editor")
    withdraw_edition(1, reason="It was wrong.", by="an editor")

    page = editor_client.get(_withdrawal(1))
    response = editor_client.post(_withdrawal(1), {"reason": "Wrong.", "confirmed": "on"})

    assert "by an editor: It was wrong." in _text(page)
    assert 'name="reason"' not in page.content.decode()
    assert "Edition 1 is withdrawn already." in _text(response)
    assert Withdrawal.objects.count() == 1


def test_an_edition_that_never_was_cannot_be_withdrawn(editor_client: Client, small_site: None) -> None:
    assert editor_client.get(_withdrawal(9)).status_code == 404


def _page() -> str:
    return reverse("admin:skills_edition_publish")


def _withdrawal(number: int) -> str:
    return reverse("admin:skills_edition_withdraw", args=[number])


def _post(browser: Client, page: Any = None, **fields: str) -> Any:
    """Send the form of a page that was shown, or of the page as it is now."""
    if "fingerprint" not in fields:
        shown = (page or browser.get(_page())).content.decode()
        (fields["fingerprint"],) = re.findall(r'name="fingerprint" value="([^"]+)"', shown)
    return browser.post(_page(), fields)


def _text(response: Any) -> str:
    """A page's words, one space between them."""
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", response.content.decode())).split()).replace(" .", ".")


def _change_evidence() -> None:
    evidence = Evidence.objects.first()
    assert evidence is not None
    evidence.high_percent += 1
    evidence.save()


def _give_evidence(skill: Skill) -> None:
    make_evidence(skill=skill, source=make_source())
