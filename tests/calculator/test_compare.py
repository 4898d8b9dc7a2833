"""Two verdicts side by side: the address, what is said, what is wrong, the way there."""

from __future__ import annotations

import html
import re
from dataclasses import replace
from typing import Any
from urllib.parse import parse_qs, quote, urlsplit

import pytest
from django.http import QueryDict
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from calculator.engine import assess
from calculator.engine.profile import Profile
from calculator.presenters.compare import present_comparison
from calculator.presenters.verdict import VerdictPresenter
from calculator.query import read_comparison, write_comparison
from skills.editions.document import PublishedEdition
from skills.editions.publish import publish_edition, withdraw_edition
from skills.editions.site_state import site_state
from skills.models import Evidence, Skill
from tests.skills.factories import make_edition_of_model

SKILLS = "skill=ai-ml-integration&skill=cloud-architecture&skill=kubernetes&skill=system-design"
AUSTIN = f"salary=115000&location=us-austin-tx&{SKILLS}&edition=1"
TEXAS = AUSTIN.replace("us-austin-tx", "us-tx")
BERLIN = AUSTIN.replace("salary=115000", "salary=70000").replace("us-austin-tx", "de-berlin")
LEVEL = "location=us-austin-tx&skill=go&skill=kafka&edition=1&pay=p50"
RICHER = AUSTIN.replace("115000", "150000")
PORTLAND = AUSTIN.replace("us-austin-tx", "us-portland-or")
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


def test_page_gives_the_difference_first(client: Client) -> None:
    text = text_of(client.get(address_of(AUSTIN, BERLIN)))

    parts = [
        "Close call in both Kubernetes goes with $1,700 a year more in Austin than in Berlin",
        "Learn it first in both; cloud architecture is close behind.",
        "It goes with 3.9% more pay in Austin and 3.6% more in Berlin.",
        "We have no pay figures for Berlin, so we used Germany’s.",
        "Extra pay a year for Kubernetes Austin, on $115,000 $1,800 to $6,800 Berlin, on €70,000 €",
        "One scale, in US dollars: €1 was $1.12 on 30 October 2026. A rate says nothing about prices there.",
        "Share it without the pay, each for the nearest of five pay levels: Copy link",
        "Side by side Austin Berlin Extra pay a year $4,500 €2,500 about $2,800",
        "Chance to be the best 47% of 4 skills",
        "Chance of cloud architecture to be the best 35%",
        "An hour of study is worth $31 €",
        "An hour at work pays $55 €34",
        "Study at 6 hours a week 5 months in both",
        "The whole verdict Austin, on $115,000 Berlin, on €70,000",
        "Change either side Austin",
        "All skills, side by side",
        "“Left” is what remains over 3 years, after the exam and the hours, at your odds.",
        "Kubernetes $4,500 a year $2,500 left €2,500 a year",
        "All answers, side by side",
        "Your pay before tax $115,000 a year €70,000 a year",
    ]
    positions = [text.index(part) for part in parts]
    assert positions == sorted(positions)
    # The second currency is converted once in the table.
    assert text.count("about $") == 1


@pytest.mark.parametrize(
    ("a", "b", "sentence"),
    [
        pytest.param(
            AUSTIN, TEXAS, "Kubernetes goes with about the same extra pay in Austin and in Texas", id="the same amount"
        ),
        pytest.param(
            BERLIN, AUSTIN, "Kubernetes goes with €1,500 a year more in Austin than in Berlin", id="the second has more"
        ),
        pytest.param(
            AUSTIN, RICHER, "Kubernetes goes with $500 a year more on $150,000 than on $115,000", id="pay alone differs"
        ),
        pytest.param(
            LEVEL,
            f"{LEVEL[:-3]}p90",
            "On about $130,000 learn event streaming (Kafka) first, on about $210,000 Go",
            id="levels of pay",
        ),
        pytest.param(
            AUSTIN,
            AUSTIN.replace(SKILLS, "skill=go&skill=kafka"),
            "With 4 skills learn Kubernetes first, with 2 skills event streaming (Kafka)",
            id="other skills",
        ),
        pytest.param(
            AUSTIN, AUSTIN.replace("&edition", "&hours=12&edition"), "at 12 hours a week", id="another time to study"
        ),
        pytest.param(
            AUSTIN,
            AUSTIN.replace("&edition", "&study=kubernetes:60&edition"),
            "with Kubernetes 60 hours of study",
            id="own study hours",
        ),
        pytest.param(
            PORTLAND, PORTLAND.replace("us-portland-or", "us-portland-me"), "in Portland, OR-WA", id="one name twice"
        ),
    ],
)
def test_sides_are_named_by_what_differs(client: Client, a: str, b: str, sentence: str) -> None:
    text = text_of(client.get(address_of(a, b)))

    assert sentence in text.partition("Side by side")[0]
    assert not re.search(r"\b(in|of) [AB]\b", text)


def test_pay_that_can_only_be_corrected_leads_to_its_verdict(client: Client) -> None:
    wrong = AUSTIN.replace("115000", "3")

    page = html.unescape(client.get(address_of(wrong, BERLIN)).content.decode())

    assert f'href="/verdict/?{wrong}">Enter other pay</a>' in page


def test_share_of_pay_that_is_the_same_is_said_once(client: Client) -> None:
    text = text_of(client.get(address_of(AUSTIN, BERLIN.replace("70000", "60000"))))

    assert re.search(r"It goes with [\d.]+% more pay in both\.", text)


def test_different_skills_are_expected_to_bring_a_range(client: Client) -> None:
    bengaluru = "location=in-bengaluru&skill=kafka&edition=1&pay=p25"

    text = text_of(client.get(address_of(f"location=us-austin-tx&{SKILLS}&edition=1&pay=p25", bengaluru)))

    assert re.search(r"Expect \$[\d,]+ to \$[\d,]+ a year in Austin and ₹", text)


def test_title_has_no_amounts(client: Client) -> None:
    page = client.get(address_of(AUSTIN, BERLIN)).content.decode()

    assert "<title>Kubernetes in Austin and in Berlin | EarnVerdict</title>" in page
    assert '<meta property="og:description" content="Kubernetes in Austin and in Berlin.">' in page


def test_amounts_that_name_the_sides_are_not_shown_with_the_link(client: Client) -> None:
    page = client.get(address_of(AUSTIN, RICHER)).content.decode()

    title = "Kubernetes on about $100,000 and on about $170,000"
    assert f"<title>{title} | EarnVerdict</title>" in page
    assert f'data-share="{title}"' in page
    assert not re.search(r"115,?000|150,?000", page.partition("</head>")[0])


def test_skill_that_one_side_does_not_consider_is_named(client: Client) -> None:
    other = AUSTIN.replace(SKILLS, "skill=go&skill=kafka")

    text = text_of(client.get(address_of(AUSTIN, other)))

    assert "Expect $1,800 to $6,800 a year with 4 skills and $" in text
    assert "Learn first Kubernetes Event streaming" in text
    assert "Kubernetes $4,500 a year $2,500 left – not among the skills" in text


@pytest.mark.parametrize(
    ("a", "b", "title"),
    [
        (
            AUSTIN,
            STAY_PUT,
            "stay put in the United States United States: Stay put: 1 year is too short for C++.",
        ),
        (
            NO_MARKET,
            AUSTIN,
            "too little is known in Albania Albania: We do not know what developers earn there.",
        ),
        (
            STAY_PUT,
            NO_MARKET,
            "No skill to learn first in either United States: Stay put: 1 year is too short for C++. Albania: We",
        ),
    ],
    ids=["a", "b", "neither"],
)
def test_side_without_a_skill_says_why(client: Client, a: str, b: str, title: str) -> None:
    response = client.get(address_of(a, b))

    assert response.status_code == 200
    assert title in text_of(response)


def test_the_same_twice_says_that_nothing_differs(client: Client) -> None:
    text = text_of(client.get(address_of(AUSTIN, AUSTIN)))

    assert "The same verdict twice: Learn Kubernetes first" in text
    assert "Kubernetes $4,500 a year in both; $2,500 left" in text


def test_skill_held_on_one_side_is_named(client: Client) -> None:
    held = AUSTIN.replace("&edition", "&have=docker&edition")
    chosen = AUSTIN.replace("&skill=kubernetes", "&skill=docker&skill=kubernetes")

    text = text_of(client.get(address_of(held, chosen)))

    assert "What you know already Docker none named" in text
    assert re.search(r"Docker – held already −?\$", text)


def test_own_study_hours_of_one_side_are_next_to_ours(client: Client) -> None:
    own = AUSTIN.replace("&edition", "&study=kubernetes:60&edition")

    assert "Your own study hours ours Kubernetes 60 hours" in text_of(client.get(address_of(AUSTIN, own)))


def test_other_money_is_converted_at_the_editions_rate(client: Client, published: PublishedEdition) -> None:
    text = text_of(client.get(address_of(AUSTIN, BERLIN)))

    assert published.edition.rates["EUR"].quoted_on == "2026-10-30"
    worth = re.search(r"Extra pay a year \$[\d,]+ €([\d,]+) about \$([\d,]+)", text)
    assert worth
    euros, dollars = (float(amount.replace(",", "")) for amount in worth.groups())
    assert dollars == pytest.approx(euros / published.edition.rates["EUR"].units_per_usd, rel=0.06)


def test_both_bars_are_on_one_scale(client: Client, published: PublishedEdition) -> None:
    page = client.get(address_of(AUSTIN, BERLIN)).content.decode()

    (_, austin), (_, berlin) = re.findall(r'class="bar__first" x="([\d.]+)" width="([\d.]+)"', page)
    dollars, euros = (
        [float(end.replace(",", "")) for end in re.findall(rf"<b>{sign}([\d,]+) to {sign}([\d,]+)</b>", page)[0]]
        for sign in (r"\$", "€")
    )
    rate = published.edition.rates["EUR"].units_per_usd
    ratio = (dollars[1] - dollars[0]) / (euros[1] - euros[0]) * rate
    assert float(austin) / float(berlin) == pytest.approx(ratio, rel=0.05)


def test_other_money_without_a_rate_is_compared_as_a_share_of_pay(published: PublishedEdition) -> None:
    without = replace(published, edition=replace(published.edition, rates={"USD": published.edition.rates["USD"]}))
    presenters = []
    for location, pay in (("us-austin-tx", 115_000.0), ("de-berlin", 70_000.0)):
        verdict = assess(Profile(pay=pay, location=location, skills=("kafka",)), without.edition)
        presenters.append(VerdictPresenter(verdict=verdict, published=without))

    words = present_comparison(*presenters)

    assert re.fullmatch(r"[\d.]+% more pay", words.difference.marked)
    assert re.fullmatch(r"in Austin, [\d.]+% more in Berlin", words.difference.after)
    assert words.chart is not None
    assert words.chart.note == "One scale, in shares of pay: an exchange rate is missing."
    assert words.chart.axis.labels[1].text.endswith("%")
    assert not [note for pair in words.results for note in (*pair.a.notes, *pair.b.notes) if note.startswith("about")]


def test_other_editions_are_named_first_with_a_way_to_one(db: None, client: Client) -> None:
    Evidence.objects.filter(skill__slug="kubernetes").update(low_percent=-9, mid_percent=-8, high_percent=-7)
    publish("Kubernetes was mismeasured.")

    response = client.get(address_of(AUSTIN, AUSTIN.replace("edition=1", "edition=2")))

    text, newer = text_of(response), AUSTIN.replace("edition=1", "edition=2")
    assert text.index(" has edition 1 of ") < text.index("In the first learn Kubernetes first, in the second ")
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

    links = [html.unescape(link) for link in re.findall(r'<a href="(/verdict/[^"]+)">(?:Austin|Berlin), on', page)]
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
    assert "The first: “lots” is not an amount." in text
    assert f'href="/verdict/?{wrong}">The first: Put it right</a>' in page
    assert f'href="/verdict/?{AUSTIN}">The second is fine: see its verdict</a>' in page


@pytest.mark.parametrize("pasted", ["https://google.com/x", "https://google.com/search?q=pay", "/skills/go/", "hello"])
def test_text_that_is_no_link_to_a_verdict_is_explained(client: Client, pasted: str) -> None:
    response = client.get("/compare/", {"a": AUSTIN, "b": pasted})

    text = text_of(response)
    assert response.status_code == 422
    assert "The second: This is not a link to a verdict of ours." in text
    assert "Enter your pay" not in text


@pytest.mark.parametrize("query", [{}, {"a": " ?", "b": "?#x"}], ids=["nothing", "blank"])
def test_comparison_of_nothing_asks_for_two_places(client: Client, query: dict[str, str]) -> None:
    response = client.get("/compare/", query)

    page = response.content.decode()
    assert (response.status_code, response.headers["Cache-Control"]) == (200, "no-store")
    assert '<h1 id="compare-title">Compare two places or two people</h1>' in page
    assert re.findall(r'<input[^>]* name="(\w+)"', page) == ["location", "salary"] * 2


@pytest.mark.parametrize("side", ["a", "b"])
def test_one_side_alone_asks_for_the_other(client: Client, side: str) -> None:
    page = client.get("/compare/", {side: AUSTIN}).content.decode()

    assert "From: Austin, $115,000 a year." in page
    assert f'<input type="hidden" name="a" value="{html.escape(AUSTIN)}">' in page
    assert len(re.findall(r'<input[^>]* name="location"', page)) == 1


def test_edition_that_does_not_exist_is_explained(client: Client) -> None:
    response = client.get("/compare/", {"a": AUSTIN.replace("edition=1", "edition=7"), "b": AUSTIN})

    assert response.status_code == 404
    assert "The first: There is no edition 7." in text_of(response)
    assert html.escape(f"/verdict/?{AUSTIN.replace('&edition=1', '')}") in response.content.decode()


def test_withdrawn_edition_says_why(db: None, client: Client) -> None:
    publish("Better.")
    withdraw_edition(1, reason="A source was retracted.", by="A test")
    site_state.refresh()

    response = client.get("/compare/", {"a": TEXAS.replace("edition=1", "edition=2"), "b": AUSTIN})

    assert response.status_code == 410
    assert "The second: Edition 1 was withdrawn: A source was retracted." in text_of(response)


def test_edition_of_a_model_that_is_not_here_says_so(db: None, client: Client) -> None:
    make_edition_of_model(99)
    site_state.refresh()

    response = client.get("/compare/", {"a": AUSTIN, "b": AUSTIN.replace("edition=1", "edition=2")})

    assert response.status_code == 404
    assert "The second: Edition 2 was published under model 99, which this version of the site lacks." in text_of(
        response
    )


def test_two_kinds_of_trouble_are_422(client: Client) -> None:
    assert (
        client.get("/compare/", {"a": AUSTIN.replace("edition=1", "edition=7"), "b": "salary=lots"}).status_code == 422
    )


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
    assert "<title>Compare with another place or pay | EarnVerdict</title>" in page
    assert 'class="errors"' not in page
    assert 'id="place-b"' in page


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
    assert [label for _, label in offered] == [
        "Birmingham, United Kingdom",
        "Birmingham, AL, United States",
        "Birmingham, Michigan, United States",
    ]
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
        ({"location": "Zzyzland"}, "place-b", "We do not know “Zzyzland”."),
        ({"location": "x" * 500}, "place-b", "This is too long"),
        ({"location": "Berlin", "salary": "lots"}, "pay-b", "“lots” is not an amount."),
        ({"location": "Berlin", "salary": "$90k"}, "pay-b", "is counted in euros (€), but you typed $."),
        ({"location": "Berlin", "experience": "lots"}, "experience-b", "Years of work must be a whole number"),
        ({"skill": ["cobol"]}, "compare-skills", "We do not know the skill “cobol”"),
        ({"location": ""}, "place-b", "Nothing differs yet."),
        ({"location": "Austin", "salary": "115k"}, "place-b", "Nothing differs yet."),
    ],
)
def test_mistake_is_next_to_its_field(
    client: Client, answers: dict[str, str | list[str]], field: str, message: str
) -> None:
    response = compare_with(client, **answers)

    page = response.content.decode()
    assert (response.status_code, response.headers["Cache-Control"]) == (422, "no-store")
    linked = re.findall(rf'<li><a href="#{field}">([^<]+)</a></li>', page)
    assert any(message in html.unescape(text) for text in linked)
    assert f'id="{field}"' in page
    assert f'id="{field}-error"' in page


@pytest.mark.parametrize(
    ("experience", "expected"),
    [
        pytest.param({}, "&experience=7", id="not asked"),
        pytest.param({"experience": "7"}, "&experience=7", id="left as it is"),
        pytest.param({"experience": "2"}, "&experience=2", id="another's"),
        pytest.param({"experience": ""}, "", id="not known"),
    ],
)
def test_years_of_work_are_asked_for_the_second_side(client: Client, experience: dict[str, str], expected: str) -> None:
    first = "salary=115000&location=us-austin-tx&experience=7&edition=1"
    form = client.get("/compare/with/", {"a": first}).content.decode()
    response = client.get("/compare/with/", {"a": first, "location": "Dallas", **experience})

    assert re.search(r'<input [^>]*name="experience"[^>]* value="7">', form)
    assert sides_of(response) == (first, f"salary=115000&location=us-dallas-tx{expected}&edition=1")


def test_standing_that_is_not_known_asks_for_pay(client: Client) -> None:
    response = client.get("/compare/with/", {"a": NO_MARKET, "location": "Berlin"})

    assert response.status_code == 422
    assert "Enter your pay there: where your pay stands now is not known" in text_of(response)


def test_mistake_keeps_what_was_typed(client: Client) -> None:
    page = compare_with(client, location="Zzyzland", salary="70k", skill=["go", "rust"]).content.decode()

    assert f'<input type="hidden" name="a" value="{html.escape(AUSTIN)}">' in page
    assert 'value="Zzyzland"' in page
    assert 'value="70k"' in page
    assert re.findall(r'value="([a-z-]+)" checked', page) == ["go", "rust"]


def change_other_side(client: Client, **fields: Any) -> Any:
    return client.get("/compare/with/", {"a": AUSTIN, "b": BERLIN, **fields})


def test_either_side_is_changed_where_it_is_read(client: Client) -> None:
    page = client.get(address_of(AUSTIN, BERLIN)).content.decode()
    assert re.findall(r'name="(location|salary)"[^>]* value="([^"]*)"', page) == [
        *(("location", "Austin"), ("salary", "115,000")),
        *(("location", "Berlin"), ("salary", "70,000")),
    ]

    first = change_other_side(client, location=["Texas", "Berlin"], salary=["115,000", "70,000"])
    second = change_other_side(client, location=["Austin", "Berlin"], salary=["115,000", "72k"])

    assert sides_of(first) == (TEXAS, BERLIN)
    assert sides_of(second) == (AUSTIN, BERLIN.replace("70000", "72000"))


def test_pay_that_nobody_changed_is_not_taken_for_other_money(client: Client) -> None:
    response = change_other_side(client, location=["Austin", "Warsaw"], salary=["115,000", "70,000"])

    assert sides_of(response)[1] == f"location=pl-warsaw&{SKILLS}&edition=1&pay=p50"


def test_change_that_is_wrong_keeps_both_sides(client: Client) -> None:
    response = change_other_side(client, location=["Zzyzland", "Berlin"], salary=["115,000", "72k"])

    page = response.content.decode()
    assert response.status_code == 422
    assert '<a href="#place-a">We do not know “Zzyzland”.' in html.unescape(page)
    assert re.findall(r'name="(location|salary)"[^>]* value="([^"]*)"', page) == [
        *(("location", "Zzyzland"), ("salary", "115,000")),
        *(("location", "Berlin"), ("salary", "72k")),
    ]


def test_two_places_need_no_verdict(client: Client) -> None:
    response = client.get("/compare/with/", {"location": ["Austin", "Berlin"], "salary": ["115k", ""]})

    a, b = sides_of(response)
    assert (a, b) == ("salary=115000&location=us-austin-tx&edition=1", "location=de-berlin&edition=1&pay=p50")


def test_address_of_a_verdict_may_be_pasted(client: Client) -> None:
    response = client.get("/compare/", {"a": AUSTIN, "b": f"https://earn.example/verdict/?{BERLIN}"})

    assert sides_of(response) == (AUSTIN, BERLIN)


def test_comparison_of_two_verdicts_leads_to_its_page(client: Client) -> None:
    assert sides_of(client.get("/compare/with/", {"a": AUSTIN, "b": BERLIN})) == (AUSTIN, BERLIN)


def test_question_about_pay_comes_before_the_comparison(client: Client) -> None:
    page = client.get(address_of(AUSTIN.replace("115000", "9500"), BERLIN)).content.decode()

    assert "One question first" in page
    assert "Is $9,500 your pay a month?" in page
    assert "Copy link" not in page
    month = html.unescape(re.findall(r'<a class="button" href="([^"]+)">Yes: \$114,000', page)[0])
    assert month == address_of(AUSTIN.replace("115000", "114000"), BERLIN)


def test_comparison_is_shared_without_pay(client: Client) -> None:
    page = html.unescape(client.get(address_of(AUSTIN, BERLIN)).content.decode())
    link = re.findall(r'href="([^"]+)" data-copy>Copy link', page)[0]
    assert f'<link rel="canonical" href="http://testserver{link}">' in page

    shared = client.get(link)

    assert "salary" not in link
    assert shared.status_code == 200
    assert shared.headers["Cache-Control"].startswith("public")
    assert "Share it: Copy link" in text_of(shared)
    assert not [pay for pay in ("115,000", "70,000") if pay in shared.content.decode()]


def test_image_of_a_comparison_is_that_of_both_levels(client: Client) -> None:
    page = html.unescape(client.get(address_of(AUSTIN, BERLIN)).content.decode())
    address = re.findall(r'href="([^"]+)">Picture', page)[0]
    assert f'<meta property="og:image" content="http://testserver{address}">' in page

    image = client.get(address)
    exact = client.get("/compare/card.png", {"a": AUSTIN, "b": BERLIN})

    assert "salary" not in address
    assert (image.status_code, image.headers["Content-Type"]) == (200, "image/png")
    assert image.headers["Surrogate-Key"] == "verdict edition-1"
    assert (exact.status_code, exact.headers["Location"]) == (302, address)
    assert client.get(address, headers={"If-None-Match": image.headers["ETag"]}).status_code == 304


def test_two_salaries_of_one_level_have_nothing_to_share(client: Client) -> None:
    page = html.unescape(client.get(address_of(AUSTIN, AUSTIN.replace("115000", "118000"))).content.decode())

    assert "There is no link or picture to share: without the pay, both sides would be the same." in page
    assert [
        text for text in ("data-copy", "data-share", "/compare/card.png", "The same verdict twice") if text in page
    ] == []
    assert "<title>Two salaries in Austin | EarnVerdict</title>" in page
    assert '<link rel="canonical" href="http://testserver/compare/">' in page


@pytest.mark.parametrize(
    ("query", "status", "message"),
    [
        pytest.param({"a": AUSTIN}, 422, "b: It is missing.", id="missing"),
        pytest.param({"a": AUSTIN, "b": "salary=lots"}, 422, "b: “lots” is not an amount.", id="wrong"),
        pytest.param(
            {"a": AUSTIN, "b": AUSTIN.replace("edition=1", "edition=7")}, 404, "b: There is no edition 7.", id="edition"
        ),
    ],
)
def test_image_of_a_wrong_comparison_says_why(client: Client, query: dict[str, str], status: int, message: str) -> None:
    response = client.get("/compare/card.png", query)

    assert response.status_code == status
    assert message in response.content.decode()


@pytest.mark.parametrize("path", ["/compare/card.png", "/compare/with/"])
def test_sides_that_were_not_escaped_are_read(client: Client, path: str) -> None:
    escaped = client.get(path, {"a": AUSTIN, "b": BERLIN})

    response = client.generic("GET", path, QUERY_STRING=f"a={quote(AUSTIN)}&amp;b={quote(BERLIN)}")

    assert (response.status_code, response.headers["Location"]) == (302, escaped.headers["Location"])


def test_verdict_that_is_wrong_is_explained(client: Client) -> None:
    response = client.get("/compare/with/", {"a": "salary=lots", "location": "Berlin"})

    assert response.status_code == 422
    assert "The first: “lots” is not an amount." in text_of(response)


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


def test_what_is_left_names_the_years_of_both_sides(client: Client) -> None:
    page = text_of(client.get(address_of(AUSTIN, AUSTIN.replace("&skill", "&years=5&skill", 1)), follow=True))

    assert "“Left” is what remains over 3 and 5 years, after the exam and the hours, at your odds." in page
