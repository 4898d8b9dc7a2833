"""What changed from edition to edition: the list of all editions and the page of each."""

from __future__ import annotations

import html
import re
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest
from django.db import DatabaseError, connection
from django.test import Client

from skills.editions.document import PublishedEdition
from skills.editions.publish import publish_edition, withdraw_edition
from skills.editions.site_state import site_state
from skills.models import Evidence, ExchangeRate, Location, LocationAlias, Skill, Source
from skills.presenters import edition_changes
from skills.presenters.difference import present_difference
from tests.skills.factories import make_edition_of_model, make_evidence, make_source

#: Pages are written from published editions, without a query.
pytestmark = pytest.mark.any_database


@pytest.fixture(autouse=True)
def _nothing_kept() -> None:
    """Each test begins as a process that has compared nothing."""
    edition_changes._find_changes.cache_clear()
    edition_changes._present_first.cache_clear()


def text_of(response: Any) -> str:
    """What a reader sees of the page itself, with single spaces."""
    main = re.search(r"<main.*?</main>", response.content.decode(), flags=re.DOTALL)
    assert main
    visible = re.sub(r"<[^>]+>", " ", main[0])
    plain = html.unescape(visible).replace("\u00a0", " ").replace("\u2060", "")
    return re.sub(r" ([.,:])", r"\1", " ".join(plain.split()))


def publish(note: str, **fields: str) -> None:
    publish_edition(note=note, publisher="Ada", **fields)
    site_state.refresh()


def pay_more_for_kubernetes() -> None:
    Evidence.objects.filter(skill__slug="kubernetes", source__slug="pooled-2026").update(mid_percent=Decimal("4.4"))


# All editions


def test_first_edition_says_what_it_holds(client: Client, published: PublishedEdition) -> None:
    text = text_of(client.get("/changes/"))

    assert "Edition 1 Published on " in text
    assert re.search(
        r"It began with 23 skills, \d+ pieces of evidence, 948 places, \d+ exchange rates and \d+ sources\.", text
    )


def test_edition_tells_its_note_its_correction_and_what_moved(
    db: None, client: Client, published: PublishedEdition
) -> None:
    pay_more_for_kubernetes()
    Location.objects.filter(slug="us").update(p50=140_000)
    publish("A new pool.", correction="The pool of Kubernetes had one sample twice.")

    response = client.get("/changes/")

    text = text_of(response)
    assert re.search(r"Edition 2 Published on \d+ \w+ \d{4} by Ada A new pool\. Correction: The pool of Kub", text)
    assert "1 piece of evidence and 1 place changed." in text
    assert re.search(r"Extra pay expected, as measured worldwide: Kubernetes \+3\.6% → \+3\.\d%", text)
    assert text.index("Edition 2") < text.index("Edition 1")
    assert '<a href="/changes/2/">' in response.content.decode()
    assert '<a href="/skills/kubernetes/">Kubernetes</a>' in response.content.decode()


def test_five_premiums_are_named_and_the_others_counted(db: None, client: Client, published: PublishedEdition) -> None:
    moved = ["python", "go", "rust", "scala", "kubernetes", "docker", "typescript"]
    for place, slug in enumerate(moved):
        Evidence.objects.filter(skill__slug=slug).exclude(grade="D").update(
            low_percent=20 + place, mid_percent=30 + 5 * place, high_percent=90
        )
    publish("Everything pays more.")

    text = text_of(client.get("/changes/"))

    listed = text[text.index("Extra pay expected") : text.index("Every change of edition 2")]
    assert listed.count("→") == 5
    assert "Every change of edition 2, 2 more skills included" in text
    assert text_of(client.get("/changes/2/")).count("Expected") == 1
    assert client.get("/changes/2/").content.decode().count('data-label="range"') == 7


def test_edition_without_a_change_says_so(client: Client, small_site: None) -> None:
    publish("Only a note.")

    text = text_of(client.get("/changes/"))

    assert "Only a note. No row of the catalogue changed." in text
    assert "Every change of edition 2" not in text


def test_new_model_is_named_where_it_came(client: Client, small_site: None, tamper: Callable[..., None]) -> None:
    publish("The second.")
    publish("The third.")
    tamper(1, model_version=1)
    site_state.refresh()

    text = text_of(client.get("/changes/"))

    assert text.count("Model 1 → model 2") == 1
    assert "by Ada. Model 1 → model 2 The second." in text


def test_only_the_newest_ten_are_compared_there(client: Client, small_site: None) -> None:
    for number in range(2, 13):
        publish(f"Note {number}.")

    text = text_of(client.get("/changes/"))

    assert text.count("No row of the catalogue changed.") == 10
    assert "Note 2. What edition 2 changed" in text
    assert "It began with" not in text
    assert edition_changes._find_changes.cache_info().currsize == 10


def test_withdrawn_edition_says_why_and_the_next_is_compared_with_the_one_before(
    db: None, client: Client, published: PublishedEdition
) -> None:
    pay_more_for_kubernetes()
    publish("A mistake.")
    Location.objects.filter(slug="us").update(p50=140_000)
    publish("Mended.")
    withdraw_edition(2, reason="Its source was made up.", by="Ada")
    site_state.refresh()

    text, page = text_of(client.get("/changes/")), client.get("/changes/2/")

    assert re.search(r"Withdrawn on \d+ \w+ \d{4}: Its source was made up\. A mistake\. Edition 1", text)
    assert "Compared with edition 1, because the editions between them were withdrawn." in text
    assert "1 piece of evidence and 1 place changed." in text
    assert page.status_code == 200
    assert "Its source was made up." in text_of(page)
    assert "→" not in text_of(page).replace("Edition 3 →", "")
    assert "%" not in text_of(page)


def test_edition_whose_forerunners_are_all_withdrawn_is_the_first_shown(client: Client, small_site: None) -> None:
    publish("Better.")
    withdraw_edition(1, reason="It was wrong.", by="Ada")
    site_state.refresh()

    assert "It is the first that is still shown, with 1 skill, 1 piece of evidence, 1 place" in text_of(
        client.get("/changes/2/")
    )


# One edition


def test_every_row_is_described(db: None, client: Client, published: PublishedEdition) -> None:
    pay_more_for_kubernetes()
    made = make_source(title="A new study", publisher="Made University")
    make_evidence(skill=Skill.objects.get(slug="rust"), source=made, region="us")
    Evidence.objects.filter(skill__slug="go", source__slug="pooled-2026").delete()
    rust = Skill.objects.get(slug="rust")
    Skill.objects.filter(slug="rust").update(hours_mid=rust.hours_mid + 1, exam_cost_usd=395)
    rust.prerequisites.add(Skill.objects.get(slug="go"))
    Location.objects.filter(slug="ca").update(p50=99_000, p10=None, region="us", source=made)
    LocationAlias.objects.create(location=Location.objects.get(slug="gb-london"), alias="The Smoke")
    LocationAlias.objects.filter(location__slug="gb-london").earliest("alias").delete()
    ExchangeRate.objects.filter(currency="EUR").update(units_per_usd=Decimal("0.91"), quoted_on="2026-12-01")
    Source.objects.filter(slug="pooled-2026").update(note="")
    publish("Much.")

    text = text_of(client.get("/changes/2/"))

    for part in (
        "3 pieces of evidence, 1 skill, 4 places, 1 exchange rate and 2 sources changed.",
        "Evidence: 1 added, 1 changed, 1 removed",
        "Kubernetes, Pooled skill premiums over five samples, 2020-2024 middle (% of pay): +4.1% → +4.4%",
        "Rust, A new study (United States) added: +1.0% to +3.0% of pay, middle +2.0%, grade B",
        "Go, Pooled skill premiums over five samples, 2020-2024 removed: ",
        f"study hours, middle: {rust.hours_mid} hours → {rust.hours_mid + 1} hours exam cost: $0 → $395",
        "skills to have first: nothing → Go",
        "region: nothing → United States pay, lowest tenth: CA$",
        " → not published median pay: CA$",
        " → CA$99,000 source: ",
        " → A new study Ontario, Canada region: nothing → United States Toronto, Canada region: nothing",
        "London, United Kingdom other names: now also The Smoke other names: no longer ILondon",
        "euros (€) rate: 0.",
        " → 0.91 for one US dollar quoted on: ",
        " → 1 December 2026",
        "Made University: A new study added: published 2026",
        "over five samples, 2020-2024 note: “Random-effects pool",
        "n 490). Interval is the 80 % prediction interval.” → nothing",
    ):
        assert part in text


def test_figures_that_differ_behind_the_usual_digits_are_shown_whole(client: Client, small_site: None) -> None:
    Evidence.objects.update(mid_percent=Decimal("2.04"))
    publish("A hair.")

    assert "middle (% of pay): 2.0 → 2.04" in text_of(client.get("/changes/2/"))


def test_edition_of_a_model_that_is_not_here_is_not_compared(client: Client, small_site: None) -> None:
    make_edition_of_model(99)
    site_state.refresh()

    pages = [client.get(path) for path in ("/changes/2/", "/changes/")]

    problem = "Edition 2 was published under model 99, which this version of the site lacks."
    assert [(page.status_code, problem in text_of(page)) for page in pages] == [(200, True)] * 2


def test_numbers_of_the_model_are_compared(published: PublishedEdition) -> None:
    older = site_state.document(1)
    constants = older["constants"] | {
        "grade_weights": {"A": 9, "B": 8, "C": 4, "D": 1},
        "hour_case_weights": [0.25, 0.5, 0.25],
    }

    words = present_difference(older, older | {"constants": constants})

    assert words.count.replace("\u00a0", " ") == "2 numbers of the model changed."
    assert [(row.label, [(field.old, field.new) for field in row.fields]) for row in words.tables[0].rows] == [
        ("Grade weights", [("A 16, B 8, C 4, D 1", "A 9, B 8, C 4, D 1")]),
        ("Hour case weights", [("0.3, 0.4, 0.3", "0.25, 0.5, 0.25")]),
    ]


def test_field_that_this_build_does_not_know_is_still_shown(published: PublishedEdition) -> None:
    older = site_state.document(1)
    place, *others = older["places"]

    words = present_difference(older, older | {"places": [place | {"river_name": "Danube"}, *others]})

    (field,) = words.tables[0].rows[0].fields
    assert (field.label, field.old, field.new) == ("river name", "nothing", "“Danube”")


def test_long_tables_are_folded_and_short_ones_open(db: None, client: Client, published: PublishedEdition) -> None:
    Location.objects.filter(p50__isnull=False).update(year=2026, note="New.")
    pay_more_for_kubernetes()
    publish("A new year.")

    page = client.get("/changes/2/").content.decode()

    folds = re.findall(r'<details class="fold"( open)?>\s*<summary class="fold__summary">(\w+)', page)
    assert folds == [(" open", "Evidence"), ("", "Places")]


def test_editions_lead_to_their_neighbours(client: Client, small_site: None) -> None:
    publish("The second.")
    publish("The third.")

    pages = {number: client.get(f"/changes/{number}/").content.decode() for number in (1, 2, 3)}

    links = {number: re.findall(r'rel="(prev|next)" href="([^"]+)"', page) for number, page in pages.items()}
    assert links == {
        1: [("next", "/changes/2/")],
        2: [("prev", "/changes/1/"), ("next", "/changes/3/")],
        3: [("prev", "/changes/2/")],
    }


@pytest.mark.parametrize("number", ["0", "7", "9" * 30])
def test_edition_that_does_not_exist_is_not_found(client: Client, published: PublishedEdition, number: str) -> None:
    response = client.get(f"/changes/{number}/")

    assert response.status_code == 404
    assert f"There is no edition {number}." in text_of(response)


@pytest.mark.parametrize("path", ["/changes/", "/changes/1/", "/changes/feed.atom"])
def test_nothing_published_is_said(client: Client, empty_database: None, path: str) -> None:
    site_state.forget()
    for saved in site_state._store.index_path.parent.glob("site.json"):
        saved.unlink()

    assert client.get(path).status_code == 503


def test_what_editors_write_is_escaped(client: Client, small_site: None) -> None:
    Skill.objects.update(name="<script>alert(1)</script>")
    publish("<script>alert(2)</script>", correction="<script>alert(3)</script>")

    for path in ("/changes/", "/changes/2/"):
        assert "<script>alert" not in client.get(path).content.decode()


# Without the database


def refuse(*args: object) -> None:
    raise DatabaseError("gone")


def lose(number: int) -> None:
    """Edition `number` is no longer on disk."""
    site_state._store.path_of(number, site_state.site().checksums[number]).unlink()


@pytest.mark.parametrize("path", ["/changes/", "/changes/2/", "/changes/1/"])
def test_pages_are_kept_a_while_and_ask_the_database_nothing(
    client: Client, small_site: None, django_assert_num_queries: Any, path: str
) -> None:
    publish("The second.")

    with django_assert_num_queries(0):
        response = client.get(path)

    assert response.status_code == 200
    assert response.headers["Cache-Control"] == "public, max-age=300"
    assert not response.cookies
    assert "Vary" not in response.headers
    assert client.post(path).status_code == 405


def test_edition_that_cannot_be_read_says_so_and_the_page_opens(client: Client, small_site: None) -> None:
    for number in (2, 3, 4):
        publish(f"Note {number}.")
    lose(2)

    with connection.execute_wrapper(refuse):
        listed, page = client.get("/changes/"), client.get("/changes/2/")

    text = text_of(listed)
    assert text.count("Its changes cannot be shown right now. Edition 2 cannot be read at the moment.") == 2
    assert text.count("No row of the catalogue changed.") == 1
    assert "Note 2." in text_of(page)
    assert (listed.status_code, page.status_code) == (200, 200)
    assert {response.headers["Cache-Control"] for response in (listed, page)} == {"no-store"}


def test_damaged_edition_says_so_and_the_page_opens(
    client: Client, small_site: None, tamper: Callable[..., None]
) -> None:
    publish("The second.")
    lose(1)
    tamper(1, content=b"not an archive")

    text = text_of(client.get("/changes/"))

    assert "Edition 1 cannot be read at the moment." in text


def test_what_was_compared_stays_though_the_edition_is_gone(client: Client, small_site: None) -> None:
    publish("The second.")
    before = client.get("/changes/2/").content
    lose(1)

    with connection.execute_wrapper(refuse):
        assert client.get("/changes/2/").content == before


def test_records_that_were_not_saved_are_said_to_be_missing(client: Client, small_site: None) -> None:
    publish("The second.")
    site_state._site = replace(site_state.site(), records={})

    response = client.get("/changes/")

    assert text_of(response).count("Its note cannot be read right now.") == 2
    assert response.headers["Cache-Control"] == "no-store"
