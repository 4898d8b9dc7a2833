"""Two verdicts side by side: the address, what is said, what is wrong, the way there."""

from __future__ import annotations

import html
import re
from typing import Any
from urllib.parse import parse_qs, quote, urlsplit

import pytest
from django.http import QueryDict
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from calculator.query import read_comparison, write_comparison
from skills.editions.document import PublishedEdition
from skills.editions.publish import publish_edition, withdraw_edition
from skills.editions.site_state import site_state
from skills.models import Evidence, ExchangeRate, Skill
from tests.skills.factories import make_edition_of_model

SKILLS = "skill=ai-ml-integration&skill=cloud-architecture&skill=kubernetes&skill=system-design"
AUSTIN = f"salary=115000&location=us-austin-tx&{SKILLS}&edition=1"
TEXAS = AUSTIN.replace("us-austin-tx", "us-tx")
BERLIN = AUSTIN.replace("salary=115000", "salary=70000").replace("us-austin-tx", "de-berlin")
LEVEL = "location=us-austin-tx&skill=go&skill=kafka&edition=1&pay=p50"
STAY_PUT = "salary=115000&location=us&skill=cpp&hours=1&years=1&edition=1"
NO_MARKET = "salary=900000&location=al&skill=kubernetes&edition=1"


@pytest.fixture(autouse=True)
def _published(published: PublishedEdition) -> None:
    """Every page needs edition 1."""


def text_of(response: Any) -> str:
    """What a reader sees, with single spaces."""
    visible = re.sub(r"<(script|style|head).*?</\1>|<[^>]+>", " ", response.content.decode(), flags=re.DOTALL)
    return " ".join(html.unescape(visible).replace("\u00a0", " ").replace("\u2060", "").split())


def address_of(a: str, b: str) -> str:
    return f"/compare/?{write_comparison(a, b)}"


def publish(note: str) -> None:
    publish_edition(note=note, publisher="A test")
    site_state.refresh()


@pytest.mark.parametrize(("a", "b"), [("", ""), (AUSTIN, BERLIN), (LEVEL, ""), ("study=go:10", "x=%26+ä&b=1")])
def test_address_gives_back_what_was_written(a: str, b: str) -> None:
    assert read_comparison(QueryDict(write_comparison(a, b))) == (a, b)


@pytest.mark.parametrize(
    "given",
    [AUSTIN, f"?{AUSTIN}", f"/verdict/?{AUSTIN}", f"https://example.org/verdict/?{AUSTIN}#sources", f"  {AUSTIN}  "],
)
def test_side_may_be_a_whole_address(given: str) -> None:
    assert read_comparison(QueryDict(f"a={quote(given)}")) == (AUSTIN, "")


def test_question_mark_within_an_answer_is_kept() -> None:
    assert read_comparison(QueryDict(f"a={quote('salary=9&location=where?')}"))[0] == "salary=9&location=where?"


def test_page_gives_the_answer_first(client: Client) -> None:
    text = text_of(client.get(address_of(AUSTIN, TEXAS)))

    parts = [
        "The same answer in both: Kubernetes first",
        "Once an employer pays for it, Kubernetes should bring $1,800 to $6,800 a year in A, and $1,700 to",
        "A Austin-Round Rock-San Marcos, TX, United States Whole verdict of A B Texas, United States Whole verdict",
        "What was asked differently",
        "Where you are paid Austin-Round Rock-San Marcos, TX, United States Texas, United States",
        "The answers that both share Your pay before tax $115,000 a year",
        "What comes out",
        "Learn first Kubernetes in both",
        "Rating Close call in both",
        "Extra pay a year, once an employer pays for it $1,800 to $6,800 expected $4,500 $1,700 to $6,800 expected",
        "Chance to be the best 47% in both; of 4 skills; cloud architecture has 35%",
        "Time to learn it 5 months in both; first extra pay about month 8",
        "An hour of study is worth $31 in both; an hour at work pays $55",
        "What is left of it after all costs $2,500 in both; in 3 years",
        "What is left of the whole plan $4,300",
        "Skill by skill",
        "Kubernetes $4,500 a year in both; $2,500 left",
    ]
    positions = [text.index(part) for part in parts]
    assert positions == sorted(positions)
    assert "about $" not in text


def test_different_answers_are_both_named(client: Client) -> None:
    other = AUSTIN.replace(SKILLS, "skill=go&skill=kafka")

    text = text_of(client.get(address_of(AUSTIN, other)))

    assert "Different answers: Kubernetes first in A, Event streaming (Kafka) in B" in text
    assert "and Event streaming (Kafka) $" in text
    assert "Learn first Kubernetes Event streaming (Kafka)" in text
    assert "Kubernetes $4,500 a year $2,500 left – not among the skills" in text


@pytest.mark.parametrize(
    ("a", "b", "title"),
    [
        (AUSTIN, STAY_PUT, "A skill to learn in A alone: Kubernetes first B: Stay put: 1 year is too short"),
        (
            NO_MARKET,
            AUSTIN,
            "A skill to learn in B alone: Kubernetes first A: We do not know what developers earn there.",
        ),
        (STAY_PUT, NO_MARKET, "No skill to learn first in either A: Stay put: 1 year is too short for C++. B: We"),
    ],
    ids=["a", "b", "neither"],
)
def test_side_without_a_skill_says_why(client: Client, a: str, b: str, title: str) -> None:
    response = client.get(address_of(a, b))

    assert response.status_code == 200
    assert title in text_of(response)


def test_the_same_twice_says_that_nothing_differs(client: Client) -> None:
    text = text_of(client.get(address_of(AUSTIN, AUSTIN)))

    assert "Nothing: both sides have the same answers." in text
    assert "Kubernetes $4,500 a year in both; $2,500 left" in text


def test_skill_held_on_one_side_is_named(client: Client) -> None:
    held = AUSTIN.replace("&edition", "&have=docker&edition")
    chosen = AUSTIN.replace("&skill=kubernetes", "&skill=docker&skill=kubernetes")

    text = text_of(client.get(address_of(held, chosen)))

    assert "What you know already Docker none named" in text
    assert re.search(r"Docker – held already −?\$", text)


def test_own_study_hours_of_one_side_stand_beside_ours(client: Client) -> None:
    own = AUSTIN.replace("&edition", "&study=kubernetes:60&edition")

    assert "Your own study hours ours Kubernetes 60 hours" in text_of(client.get(address_of(AUSTIN, own)))


def test_other_money_is_named_and_given_at_the_editions_rate(client: Client, published: PublishedEdition) -> None:
    text = text_of(client.get(address_of(AUSTIN, BERLIN)))

    quoted = "30 October 2026"
    assert "A is paid in US dollars ($), B in euros (€)." in text
    assert f"B is given in US dollars too, at the exchange rates of {quoted} (edition 1)" in text
    assert published.edition.rates["EUR"].quoted_on == "2026-10-30"
    worth = re.search(r"€[\d,]+ to €([\d,]+) expected €[\d,]+ about \S+ to \$([\d,]+)", text)
    assert worth
    euros, dollars = (float(amount.replace(",", "")) for amount in worth.groups())
    assert dollars == pytest.approx(euros / published.edition.rates["EUR"].units_per_usd, rel=0.06)
    assert "The same as a share of pay 1.5% to 6.0%" in text


def test_other_money_without_a_rate_is_not_converted(db: None, client: Client) -> None:
    assert not ExchangeRate.objects.filter(currency="ALL").exists()

    text = text_of(client.get(address_of(AUSTIN, NO_MARKET)))

    assert "A is paid in US dollars ($), B in Albanian lekë (ALL). Nothing is converted." in text
    assert "about " not in text.replace("about month", "")


def test_other_editions_are_named_first_with_a_way_to_one(db: None, client: Client) -> None:
    Evidence.objects.filter(skill__slug="kubernetes").update(low_percent=-9, mid_percent=-8, high_percent=-7)
    publish("Kubernetes was mismeasured.")

    response = client.get(address_of(AUSTIN, AUSTIN.replace("edition=1", "edition=2")))

    text, newer = text_of(response), AUSTIN.replace("edition=1", "edition=2")
    assert text.index("A has the figures of edition 1 of ") < text.index("Different answers: Kubernetes first in A")
    assert f'<a href="{html.escape(address_of(newer, newer))}">Compare both with the newer one' in (
        response.content.decode()
    )


def test_way_to_one_edition_is_not_offered_when_a_skill_is_gone(db: None, client: Client) -> None:
    Skill.objects.filter(slug="scala").update(is_published=False)
    publish("Scala is retired.")
    scala = "salary=115000&location=us&skill=kubernetes&skill=scala&edition=1"

    response = client.get(address_of(scala, AUSTIN.replace("edition=1", "edition=2")))

    assert response.status_code == 200
    assert "Compare both with the newer one" not in text_of(response)


def test_whole_verdicts_are_a_link_away(client: Client) -> None:
    page = client.get(address_of(AUSTIN, BERLIN)).content.decode()

    links = [html.unescape(link) for link in re.findall(r'<a href="(/verdict/[^"]+)">Whole verdict', page)]
    assert links == [f"/verdict/?{AUSTIN}", f"/verdict/?{BERLIN}"]
    assert [client.get(link).status_code for link in links] == [200, 200]


@pytest.mark.parametrize(
    ("a", "b"),
    [
        (f"/verdict/?{AUSTIN}", BERLIN),
        (AUSTIN.replace("&edition=1", ""), BERLIN),
        (AUSTIN.replace("115000", "$115k").replace("us-austin-tx", "Austin"), BERLIN),
        (AUSTIN, f"{BERLIN}&hours=6&utm_source=x"),
    ],
)
def test_other_spellings_are_sent_to_the_canonical_address(client: Client, a: str, b: str) -> None:
    response = client.get("/compare/", {"a": a, "b": b})

    assert (response.status_code, response.headers["Location"]) == (302, address_of(AUSTIN, BERLIN))
    assert response.headers["Cache-Control"] == "no-store"
    assert client.get(response.headers["Location"]).status_code == 200


def test_address_coded_in_full_is_the_same_page(client: Client) -> None:
    response = client.get(f"/compare/?a={quote(AUSTIN, safe='')}&b={quote(BERLIN, safe='')}")

    assert response.status_code == 200
    assert response.content == client.get(address_of(AUSTIN, BERLIN)).content


def test_wrong_side_is_explained_with_a_way_on(client: Client) -> None:
    wrong = "salary=lots&location=us&skill=go"

    response = client.get("/compare/", {"a": wrong, "b": AUSTIN})

    text, page = text_of(response), html.unescape(response.content.decode())
    assert (response.status_code, response.headers["Cache-Control"]) == (422, "no-store")
    assert "A: “lots” is not an amount." in text
    assert f'href="/verdict/?{wrong}">Put A right</a>' in page
    assert f'href="/verdict/?{AUSTIN}">B is fine: see its verdict</a>' in page


@pytest.mark.parametrize(
    ("query", "letters"), [({}, "AB"), ({"a": AUSTIN}, "B"), ({"b": AUSTIN}, "A"), ({"a": " ?", "b": "?#x"}, "AB")]
)
def test_missing_side_is_explained(client: Client, query: dict[str, str], letters: str) -> None:
    response = client.get("/compare/", query)

    assert response.status_code == 422
    assert re.findall(r"([AB]): It is missing\.", text_of(response)) == list(letters)


def test_edition_that_does_not_exist_is_explained(client: Client) -> None:
    response = client.get("/compare/", {"a": AUSTIN.replace("edition=1", "edition=7"), "b": AUSTIN})

    assert response.status_code == 404
    assert "A: There is no edition 7." in text_of(response)
    assert html.escape(f"/verdict/?{AUSTIN.replace('&edition=1', '')}") in response.content.decode()


def test_withdrawn_edition_says_why(db: None, client: Client) -> None:
    publish("Better.")
    withdraw_edition(1, reason="A source was retracted.", by="A test")
    site_state.refresh()

    response = client.get("/compare/", {"a": TEXAS.replace("edition=1", "edition=2"), "b": AUSTIN})

    assert response.status_code == 410
    assert "B: Edition 1 was withdrawn: A source was retracted." in text_of(response)


def test_edition_of_a_model_that_is_not_here_says_so(db: None, client: Client) -> None:
    make_edition_of_model(99)
    site_state.refresh()

    response = client.get("/compare/", {"a": AUSTIN, "b": AUSTIN.replace("edition=1", "edition=2")})

    assert response.status_code == 404
    assert "B: Edition 2 was published under model 99, which this version of the site lacks." in text_of(response)


def test_two_kinds_of_trouble_are_422(client: Client) -> None:
    assert client.get("/compare/", {"a": AUSTIN.replace("edition=1", "edition=7")}).status_code == 422


def test_headers_with_a_salary_are_private(client: Client) -> None:
    for a, b in ((AUSTIN, TEXAS), (LEVEL, AUSTIN), (AUSTIN, LEVEL)):
        response = client.get(address_of(a, b))

        assert response.headers["Cache-Control"] == "private, max-age=300"
        assert response.headers["ETag"].startswith('W/"1-')
        assert response.headers["X-Robots-Tag"] == "noindex, nofollow"
        assert "Surrogate-Key" not in response.headers
        assert "Vary" not in response.headers
        assert not response.cookies


def test_headers_without_a_salary_are_public(db: None, client: Client) -> None:
    publish("Nothing else.")

    response = client.get(address_of(LEVEL, LEVEL.replace("edition=1", "edition=2")))

    assert response.headers["Cache-Control"].startswith("public, max-age=300, s-maxage=86400")
    assert response.headers["Surrogate-Key"] == "verdict edition-1 edition-2"


def test_unchanged_page_is_304(client: Client) -> None:
    tag = client.get(address_of(AUSTIN, TEXAS)).headers["ETag"]

    unchanged = client.get(address_of(AUSTIN, TEXAS), headers={"If-None-Match": tag})

    assert (unchanged.status_code, unchanged.content) == (304, b"")
    assert client.get(address_of(TEXAS, AUSTIN), headers={"If-None-Match": tag}).status_code == 200


@pytest.mark.parametrize("path", ["/compare/", "/compare/with/"])
def test_other_methods_are_refused(client: Client, path: str) -> None:
    assert client.post(path).status_code == 405


def test_verdict_alone_is_asked_what_shall_differ(client: Client) -> None:
    response = client.get("/compare/with/", {"a": AUSTIN})

    page = response.content.decode()
    assert (response.status_code, response.headers["Cache-Control"]) == (200, "no-store")
    assert "<title>Compare with what? | EarnVerdict</title>" in page
    assert 'class="errors"' not in page
    assert 'id="compare-location"' in page


def compare_with(client: Client, **answers: str | list[str]) -> Any:
    return client.get("/compare/with/", {"a": AUSTIN, **answers})


def sides_of(response: Any) -> tuple[str, str]:
    assert (response.status_code, response.headers["Cache-Control"]) == (302, "no-store")
    return read_comparison(QueryDict(urlsplit(response.headers["Location"]).query))


def test_another_place_with_the_same_money_keeps_the_pay(client: Client) -> None:
    assert sides_of(compare_with(client, location="Texas", salary="")) == (AUSTIN, TEXAS)


def test_another_place_with_other_money_keeps_the_standing(client: Client) -> None:
    level = f"location=de-berlin&{SKILLS}&edition=1&pay=p25"

    assert sides_of(compare_with(client, location="Berlin")) == (AUSTIN, level)


@pytest.mark.parametrize(
    ("answers", "hour"),
    [
        pytest.param({"location": "Berlin"}, "", id="another currency"),
        pytest.param({"location": "Berlin", "salary": "60000"}, "", id="another currency and pay"),
        pytest.param({"location": "Texas"}, "&hour=20", id="the same currency"),
        pytest.param({"salary": "120000"}, "&hour=20", id="the same place"),
    ],
)
def test_worth_of_an_hour_is_kept_where_the_currency_is(client: Client, answers: dict[str, str], hour: str) -> None:
    asked = AUSTIN.replace("&edition", "&hour=20&edition")

    other = sides_of(client.get("/compare/with/", {"a": asked, **answers}))[1]

    assert re.findall("&hour=[^&]*", other) == [hour] * bool(hour)


def test_pay_there_is_taken(client: Client) -> None:
    assert sides_of(compare_with(client, location="Berlin", salary="70.000 €")) == (AUSTIN, BERLIN)


def test_pay_level_stays(client: Client) -> None:
    response = client.get("/compare/with/", {"a": LEVEL, "location": "Berlin"})

    assert sides_of(response) == (LEVEL, LEVEL.replace("us-austin-tx", "de-berlin"))


def test_pay_takes_the_place_of_a_level(client: Client) -> None:
    response = client.get("/compare/with/", {"a": LEVEL, "salary": "99k"})

    assert sides_of(response)[1] == "salary=99000&location=us-austin-tx&skill=go&skill=kafka&edition=1"


def test_other_skills_take_the_place_of_the_chosen(client: Client) -> None:
    own = AUSTIN.replace("&edition", "&study=kubernetes:60&edition")

    response = client.get("/compare/with/", {"a": own, "location": "", "skill": ["kafka", "go"]})

    assert sides_of(response) == (own, AUSTIN.replace(SKILLS, "skill=go&skill=kafka"))


def test_edition_of_the_verdict_stays(db: None, client: Client) -> None:
    publish("Nothing else.")

    assert sides_of(compare_with(client, location="Texas")) == (AUSTIN, TEXAS)


def test_place_that_may_be_several_offers_them(client: Client) -> None:
    response = compare_with(client, location="Birmingham", salary="90k", skill=["go"])

    offered = re.findall(r'class="button button--quiet" href="([^"]+)">([^<]+)<', response.content.decode())
    assert response.status_code == 422
    assert [label for _, label in offered] == ["Birmingham, United Kingdom", "Birmingham, AL, United States"]
    link = html.unescape(offered[1][0])
    assert parse_qs(urlsplit(link).query) == {
        "a": [AUSTIN],
        "location": ["us-birmingham-al"],
        "salary": ["90k"],
        "skill": ["go"],
    }
    expected = "salary=90000&location=us-birmingham-al&skill=go&edition=1"
    assert sides_of(client.get(link)) == (AUSTIN, expected)


def test_pay_in_another_currency_offers_it_converted(client: Client) -> None:
    response = compare_with(client, location="Berlin", salary="$90k", skill=["go"])

    offered = re.findall(r'class="button button--quiet" href="([^"]+)">([^<]+)<', response.content.decode())
    assert [label for _, label in offered] == [
        "US dollars: about €81,000 a year",
        "Canadian dollars: about €58,000 a year",
        "€90,000 a year",
    ]
    expected = "salary=90000&location=de-berlin&skill=go&edition=1"
    assert sides_of(client.get(html.unescape(offered[-1][0]))) == (AUSTIN, expected)


@pytest.mark.parametrize(
    ("answers", "field", "message"),
    [
        ({"location": "Atlantis"}, "compare-location", "We do not know “Atlantis”."),
        ({"location": "x" * 500}, "compare-location", "This is too long"),
        ({"location": "Berlin", "salary": "lots"}, "compare-salary", "“lots” is not an amount."),
        ({"location": "Berlin", "salary": "$90k"}, "compare-salary", "is counted in euros (€), but you typed $."),
        ({"skill": ["cobol"]}, "compare-skills", "We do not know the skill “cobol”"),
        ({"location": ""}, "compare-location", "Nothing differs yet."),
        ({"location": "Austin", "salary": "115k"}, "compare-location", "Nothing differs yet."),
    ],
)
def test_mistake_is_told_beside_its_field(
    client: Client, answers: dict[str, str | list[str]], field: str, message: str
) -> None:
    response = compare_with(client, **answers)

    page = response.content.decode()
    assert (response.status_code, response.headers["Cache-Control"]) == (422, "no-store")
    linked = re.findall(rf'<li><a href="#{field}">([^<]+)</a></li>', page)
    assert any(message in html.unescape(text) for text in linked)
    assert f'id="{field}"' in page
    assert f'id="{field}-error"' in page


def test_standing_that_is_not_known_asks_for_pay(client: Client) -> None:
    response = client.get("/compare/with/", {"a": NO_MARKET, "location": "Berlin"})

    assert response.status_code == 422
    assert "Enter your pay there: where your pay stands now is not known" in text_of(response)


def test_mistake_keeps_what_was_typed(client: Client) -> None:
    page = compare_with(client, location="Atlantis", salary="70k", skill=["go", "rust"]).content.decode()

    assert f'<input type="hidden" name="a" value="{html.escape(AUSTIN)}">' in page
    assert 'value="Atlantis"' in page
    assert 'value="70k"' in page
    assert re.findall(r'value="([a-z-]+)" checked', page) == ["go", "rust"]


def test_verdict_that_is_wrong_is_explained(client: Client) -> None:
    response = client.get("/compare/with/", {"a": "salary=lots", "location": "Berlin"})

    assert response.status_code == 422
    assert "A: “lots” is not an amount." in text_of(response)


def test_what_is_typed_is_escaped(client: Client) -> None:
    nasty = '"><script>alert(1)</script>'

    for response in (
        compare_with(client, location=nasty, salary=nasty, skill=[nasty]),
        client.get("/compare/", {"a": f"salary={nasty}&location={nasty}", "b": nasty}),
    ):
        assert response.status_code == 422
        assert "<script>alert" not in response.content.decode()


SIDES = st.one_of(
    st.text(max_size=60),
    st.sampled_from([AUSTIN, BERLIN, LEVEL, NO_MARKET, STAY_PUT, f"/verdict/?{AUSTIN}", "salary=%ff&location=%00", ""]),
    st.lists(st.sampled_from(AUSTIN.split("&")), max_size=6).map("&".join),
)
ANSWERS = st.one_of(st.text(max_size=30), st.sampled_from(["Berlin", "London", "70k", "go", "\x00", "p50"]))


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(a=SIDES, b=SIDES, location=ANSWERS, salary=ANSWERS, skill=st.lists(ANSWERS, max_size=3))
def test_no_query_breaks_a_page(client: Client, a: str, b: str, location: str, salary: str, skill: list[str]) -> None:
    compared = client.get("/compare/", {"a": a, "b": b})
    asked = client.get("/compare/with/", {"a": a, "location": location, "salary": salary, "skill": skill})

    assert compared.status_code in (200, 302, 404, 422)
    assert asked.status_code in (302, 404, 422)
    for response in (compared, asked):
        if response.status_code == 302:
            assert client.get(response.headers["Location"]).status_code == 200
