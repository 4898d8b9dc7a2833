"""What changed since an edition: the small part for the verdict's page, and the page of its own."""

from __future__ import annotations

import html
import re
from dataclasses import replace
from typing import Any

import pytest
from django.db import DatabaseError, connection
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from skills.editions.document import PublishedEdition
from skills.editions.publish import publish_edition, withdraw_edition
from skills.editions.site_state import site_state
from skills.models import Evidence, Location, Skill

#: Pages are written from published editions, without a query.
pytestmark = pytest.mark.any_database

AUSTIN = (
    "salary=115000&location=us-austin-tx&skill=ai-ml-integration&skill=cloud-architecture&skill=kubernetes"
    "&skill=system-design&edition=1"
)
PATHS = ["/verdict/latest/", "/verdict/changes/"]


@pytest.fixture(autouse=True)
def _published(published: PublishedEdition) -> None:
    """Every page needs edition 1."""


def text_of(response: Any) -> str:
    """What a reader sees, with single spaces."""
    visible = re.sub(r"<(script|style|head).*?</\1>|<[^>]+>", " ", response.content.decode(), flags=re.DOTALL)
    return " ".join(html.unescape(visible).replace("\u00a0", " ").replace("\u2060", "").split())


def link_of(response: Any) -> str:
    """The address of the one link in the part's first line."""
    found = re.search(r'class="latest__link" href="([^"]+)"', response.content.decode())
    assert found
    return html.unescape(found[1])


def publish(note: str) -> None:
    publish_edition(note=note, publisher="A test")
    site_state.refresh()


def make_kubernetes_worthless() -> None:
    Evidence.objects.filter(skill__slug="kubernetes").update(low_percent=-9, mid_percent=-8, high_percent=-7)


def test_newest_edition_has_no_part_and_says_so_on_the_page(client: Client) -> None:
    part, page = (client.get(f"{path}?{AUSTIN}") for path in PATHS)

    assert (part.status_code, part.content) == (204, b"")
    assert re.search(r"Nothing has changed\. The figures of \d+ \w+ \d{4} are the newest\.", text_of(page))
    assert "What changed</summary>" not in page.content.decode()


def test_another_skill_first_is_shown_old_and_new(db: None, client: Client) -> None:
    make_kubernetes_worthless()
    publish("Kubernetes was mismeasured.")

    text = text_of(client.get(f"/verdict/latest/?{AUSTIN}"))

    for part in (
        "Today’s answer differs: cloud architecture. See today’s answer",
        "The newest figures are those of ",
        "Learn first before Kubernetes, now Cloud architecture (AWS/GCP)",
        "Rating before Close call, a 47% chance, now ",
        "Kubernetes, a year before $1,800 to $6,800, now $",
        "Plan before Kubernetes, then Cloud architecture (AWS/GCP), now Cloud architecture (AWS/GCP)",
        "Unchanged: Cloud architecture (AWS/GCP), a year.",
        ": Kubernetes was mismeasured.",
    ):
        assert part in text


def test_same_answer_is_said_on_the_page_alone(db: None, client: Client) -> None:
    Evidence.objects.filter(skill__slug="rust").update(low_percent=-9, mid_percent=-8, high_percent=-7)
    publish("Rust was mismeasured.")

    part, page = (client.get(f"{path}?{AUSTIN}") for path in PATHS)
    text = text_of(page)

    assert part.status_code == 204
    assert "Today’s answer is the same. See today’s answer" in text
    assert "Unchanged: Learn first; Rating; Kubernetes, a year; Plan." in text


def test_same_skill_with_another_range_says_what_differs(db: None, client: Client) -> None:
    Evidence.objects.filter(skill__slug="kubernetes").exclude(grade="D").update(
        low_percent=10, mid_percent=12, high_percent=14
    )
    publish("More for Kubernetes.")

    text = text_of(client.get(f"/verdict/latest/?{AUSTIN}"))

    assert "Today’s answer is the same, with other figures." in text
    assert "Kubernetes, a year before $1,800 to $6,800, now $" in text


def test_no_skill_to_learn_first_any_more(db: None, client: Client) -> None:
    make_kubernetes_worthless()
    publish("Kubernetes was mismeasured.")
    alone = "salary=115000&location=us-austin-tx&skill=kubernetes"

    gone = text_of(client.get(f"/verdict/latest/?{alone}&edition=1"))

    assert "Today’s answer differs: learn nothing. See today’s answer" in gone
    assert "Learn first before Kubernetes, now none" in gone
    assert "Plan" not in gone


def test_a_skill_to_learn_first_where_there_was_none(db: None, client: Client) -> None:
    make_kubernetes_worthless()
    publish("Kubernetes was mismeasured.")
    Evidence.objects.filter(skill__slug="kubernetes").update(low_percent=1, mid_percent=2, high_percent=3)
    publish("Kubernetes pays after all.")

    text = text_of(client.get("/verdict/latest/?salary=115000&location=us&skill=kubernetes&edition=2"))

    assert "Today’s answer differs: Kubernetes." in text
    assert "Learn first before none, now Kubernetes" in text


def test_todays_answer_is_the_canonical_address(db: None, client: Client) -> None:
    make_kubernetes_worthless()
    publish("Kubernetes was mismeasured.")

    address = link_of(client.get(f"/verdict/latest/?{AUSTIN}"))

    assert address == f"/verdict/?{AUSTIN.replace('edition=1', 'edition=2')}"
    assert client.get(address).status_code == 200


def test_skill_that_is_gone_leaves_the_question(db: None, client: Client) -> None:
    Skill.objects.filter(slug="scala").update(is_published=False)
    publish("Scala is retired.")
    query = "salary=115000&location=us&skill=kubernetes&skill=scala&study=scala:40&edition=1"

    part = client.get(f"/verdict/latest/?{query}")

    assert "Scala: no longer in the catalogue; today’s answer is without it." in text_of(part)
    assert link_of(part) == "/verdict/?salary=115000&location=us&skill=kubernetes&edition=2"
    assert client.get(link_of(part)).status_code == 200


def test_held_skill_that_is_gone_leaves_the_question(db: None, client: Client) -> None:
    Skill.objects.filter(slug="scala").update(is_published=False)
    publish("Scala is retired.")

    part = client.get("/verdict/latest/?salary=115000&location=us&skill=kubernetes&have=scala&edition=1")

    assert "Scala: no longer in the catalogue" in text_of(part)
    assert link_of(part) == "/verdict/?salary=115000&location=us&skill=kubernetes&edition=2"


def test_first_skill_that_is_gone_says_so(db: None, client: Client) -> None:
    Skill.objects.filter(slug="scala").update(is_published=False)
    publish("Scala is retired.")

    text = text_of(client.get("/verdict/latest/?salary=115000&location=us&skill=scala&skill=go&edition=1"))

    assert "Learn first before Scala, now none" in text
    assert re.search(r"Scala, a year before .*, now not in the catalogue", text)


def test_nothing_left_leads_home(db: None, client: Client) -> None:
    Skill.objects.filter(slug="scala").update(is_published=False)
    publish("Scala is retired.")

    part = client.get("/verdict/latest/?salary=115000&location=us&skill=scala&edition=1")

    assert "Today’s have none of these skills. Choose other skills" in text_of(part)
    assert link_of(part) == "/"


def test_place_that_is_gone_offers_what_it_lay_in(db: None, client: Client) -> None:
    Location.objects.filter(slug="us-austin-tx").update(is_published=False)
    publish("Austin is gone.")

    part = client.get(f"/verdict/latest/?{AUSTIN}")

    assert "Today’s have no pay there. Ask for a wider place" in text_of(part)
    assert "no longer in the catalogue, but Texas, United States is." in text_of(part)
    moved = client.get(link_of(part))
    wider = AUSTIN.replace("us-austin-tx", "us-tx").replace("edition=1", "edition=2")
    assert moved.headers["Location"] == f"/verdict/?{wider}"


def test_country_that_is_gone_asks_for_another_place(db: None, client: Client) -> None:
    Location.objects.filter(slug="al").update(is_published=False)
    publish("Albania is gone.")

    part = client.get("/verdict/latest/?salary=900000&location=al&skill=kubernetes&hours=8&edition=1")

    assert "Choose another place" in text_of(part)
    assert link_of(part) == "/verdict/?salary=900000&skill=kubernetes&hours=8"
    asked = client.get(link_of(part))
    assert asked.status_code == 422
    assert "Enter the city, region or country" in text_of(asked)


def test_pay_in_a_currency_that_is_no_longer_paid_is_asked_for_anew(db: None, client: Client) -> None:
    Location.objects.filter(slug="al").update(currency="EUR")
    publish("Albania pays in euros.")

    part = client.get("/verdict/latest/?salary=900000&location=al&skill=kubernetes&edition=1")

    assert "Pay has a new currency. Enter your pay again" in text_of(part)
    assert "Albania: pay is now counted in euros (€), so please enter yours again." in text_of(part)
    assert link_of(part) == "/verdict/?location=al&skill=kubernetes"


def test_worth_of_an_hour_in_a_currency_that_is_no_longer_paid_is_left_out(db: None, client: Client) -> None:
    Location.objects.filter(slug="al").update(currency="EUR")
    publish("Albania pays in euros.")

    part = client.get("/verdict/changes/?location=al&skill=kubernetes&hour=9&edition=1&pay=p50")

    assert link_of(part) == "/verdict/?location=al&skill=kubernetes&edition=2&pay=p50"


def test_notes_are_the_last_few(db: None, client: Client) -> None:
    for number in range(2, 7):
        publish(f"Note {number}.")

    text = text_of(client.get(f"/verdict/changes/?{AUSTIN}"))

    assert "Note 6." in text
    assert "Note 4." in text
    assert "Note 3." not in text
    assert "And 2 earlier editions." in text


def test_withdrawn_edition_in_between_says_why(db: None, client: Client) -> None:
    publish("Too early.")
    publish("Put right.")
    withdraw_edition(2, reason="A source was retracted.", by="A test")
    site_state.refresh()

    text = text_of(client.get(f"/verdict/changes/?{AUSTIN}"))

    assert re.search(r"Edition 2 , withdrawn on \d+ \w+ \d{4}: A source was retracted\.", text)


def test_page_has_the_part_in_it_with_everything_open(db: None, client: Client) -> None:
    make_kubernetes_worthless()
    publish("Kubernetes was mismeasured.")

    part, page = (client.get(f"{path}?{AUSTIN}").content.decode() for path in PATHS)

    assert part.strip() in page.replace('<details class="fold" open>', '<details class="fold">')
    assert "<h1" in page
    assert "<html" not in part
    assert '<details class="fold" open>' in page


def test_verdict_loads_the_part_and_links_to_the_page(client: Client) -> None:
    page = client.get(f"/verdict/?{AUSTIN}").content.decode()

    query = html.escape(AUSTIN)
    assert f'hx-get="/verdict/latest/?{query}"' in page
    assert re.search(f'<a href="{re.escape(f"/verdict/changes/?{query}")}">Has anything changed since .*?</a>', page)


def test_address_without_an_edition_is_of_today(client: Client) -> None:
    part, page = (client.get(f"{path}?salary=115k&location=Austin&skill=go") for path in PATHS)

    assert part.status_code == 204
    assert "Nothing has changed." in text_of(page)


@pytest.mark.parametrize("query", ["", "salary=lots&location=us&skill=go", "skill=cobol"])
def test_answers_that_are_wrong_are_sent_to_the_verdict(client: Client, query: str) -> None:
    part, page = (client.get(f"{path}?{query}") for path in PATHS)

    assert (part.status_code, part.headers["Cache-Control"]) == (204, "no-store")
    assert (page.status_code, page.headers["Location"]) == (302, f"/verdict/?{query}")
    assert page.headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize("number", ["7", "0", "x"])
def test_edition_that_does_not_exist_is_not_found(client: Client, path: str, number: str) -> None:
    response = client.get(f"{path}?{AUSTIN.replace('edition=1', f'edition={number}')}")

    assert response.status_code == 404
    assert "There is no such edition" in text_of(response)


@pytest.mark.parametrize("path", PATHS)
def test_withdrawn_edition_says_why(db: None, client: Client, path: str) -> None:
    publish("Better.")
    withdraw_edition(1, reason="A source was retracted.", by="A test")
    site_state.refresh()

    response = client.get(f"{path}?{AUSTIN}")

    assert response.status_code == 410
    assert "A source was retracted." in text_of(response)


@pytest.mark.parametrize("path", PATHS)
def test_headers(client: Client, path: str) -> None:
    response = client.get(f"{path}?{AUSTIN}")

    assert response.headers["Cache-Control"] == "no-store"
    assert response.headers["X-Robots-Tag"] == "noindex, nofollow"
    assert "ETag" not in response.headers
    assert "Vary" not in response.headers
    assert not response.cookies
    assert client.post(f"{path}?{AUSTIN}").status_code == 405


@pytest.mark.each_database
def test_database_is_asked_nothing(db: None, client: Client, django_assert_num_queries: Any) -> None:
    make_kubernetes_worthless()
    for number in range(2, 5):
        publish(f"Note {number}.")
    client.get(f"/verdict/latest/?{AUSTIN}")

    for path in PATHS:
        with django_assert_num_queries(0):
            assert client.get(f"{path}?{AUSTIN}").status_code == 200


def test_notes_are_told_though_their_editions_cannot_be_read(db: None, client: Client) -> None:
    for number in (2, 3):
        publish(f"Note {number}.")
    client.get(f"/verdict/?{AUSTIN}")
    site_state._older.clear()
    site_state._store.path_of(2, site_state.site().checksums[2]).unlink()

    def refuse(*args: object) -> None:
        raise DatabaseError("gone")

    with connection.execute_wrapper(refuse):
        text = text_of(client.get(f"/verdict/changes/?{AUSTIN}"))

    assert re.search(r"Edition 3 , [^:]+: Note 3\. Edition 2 , [^:]+: Note 2\.", text)


def test_note_that_was_not_saved_costs_only_itself(db: None, client: Client) -> None:
    for number in (2, 3):
        publish(f"Note {number}.")
    site = site_state.site()
    site_state._site = replace(site, records={3: site.records[3]})

    text = text_of(client.get(f"/verdict/changes/?{AUSTIN}"))

    assert "Note 3." in text
    assert "What it changed cannot be read right now." in text


def test_correction_is_told_with_the_note_and_the_edition_leads_to_its_changes(db: None, client: Client) -> None:
    publish_edition(note="Mended.", publisher="A test", correction="One sample counted twice.")
    publish("More.")

    response = client.get(f"/verdict/changes/?{AUSTIN}")

    assert ": Mended. Correction: One sample counted twice." in text_of(response)
    assert text_of(response).count("Correction:") == 1
    assert '<a href="/changes/2/">Edition 2</a>' in response.content.decode()


def test_what_is_typed_is_escaped(client: Client) -> None:
    response = client.get('/verdict/changes/?salary="><script>alert(1)</script>&location=us&skill=go', follow=True)

    assert "<script>alert" not in response.content.decode()


WORDS = st.one_of(
    st.text(max_size=30), st.sampled_from(["115000", "us", "go", "kubernetes", "p50", "1", "2", "go:10", "\x00"])
)
NAMES = st.sampled_from(["salary", "location", "skill", "have", "hours", "study", "edition", "pay", "x"])


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(answers=st.lists(st.tuples(NAMES, WORDS), max_size=10))
def test_no_query_breaks_it(client: Client, answers: list[tuple[str, str]]) -> None:
    query: dict[str, list[str]] = {}
    for name, value in answers:
        query.setdefault(name, []).append(value)

    for path in PATHS:
        assert client.get(path, query).status_code in (200, 204, 302, 404)
