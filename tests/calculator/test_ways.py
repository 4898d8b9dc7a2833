"""Other ways to more pay: the section of a verdict, the page of all ways, its form, CSV and comparison."""

from __future__ import annotations

import csv
import html
import io
import re
from dataclasses import replace
from urllib.parse import quote

import pytest
from django.conf import settings
from django.http import QueryDict
from django.test import Client

from calculator.engine import OnVerdict, assess
from calculator.forms import VerdictForm
from calculator.presenters.verdict import VerdictPresenter
from calculator.presenters.ways import MAX_SOONEST, look_at_ways, present_common_ways
from calculator.presenters.ways_page import present_ways_page
from earnverdict.formatting import WAY_RANGE_MEANING
from skills.editions.document import PublishedEdition
from skills.presenters.caveats import DIFFERENCES, TYPICAL_SKILL

AUSTIN = "salary=115000&location=us-austin-tx"
PINNED = f"{AUSTIN}&edition=1"
YEARS = f"{AUSTIN}&experience=7&edition=1"
LONDON = "The pay is that of London, the prices are those of the United Kingdom: we do not say what that pay would buy."
NO_PRICES = "Rents and prices are not counted: we have no figure."


@pytest.fixture(autouse=True)
def _published(published: PublishedEdition) -> None:
    """Every page needs edition 1."""


def text_of(page: str) -> str:
    """What a reader sees, with single spaces."""
    visible = re.sub(r"<(script|style|head|noscript|text).*?</\1>|<[^>]+>", " ", page, flags=re.DOTALL)
    return " ".join(html.unescape(visible).replace("\u00a0", " ").replace("\u2060", "").split())


def section_of(client: Client, query: str) -> str:
    """The section of a verdict's page."""
    page = client.get(f"/verdict/?{query}", follow=True).content.decode()
    found = re.search(r'<section[^>]*id="other-ways".*?</section>', page, re.DOTALL)
    return text_of(found[0]) if found else ""


def page_of(client: Client, query: str, status: int = 200) -> str:
    response = client.get(f"/verdict/ways/?{query}")
    assert response.status_code == status, response.headers.get("Location")
    return response.content.decode()


# The section of a verdict


def test_section_has_the_commonest_ways_and_marks_guesses(client: Client) -> None:
    section = section_of(client, f"{AUSTIN}&skill=kubernetes&skill=kafka")

    assert section.startswith("Other ways Extra pay if it works. All ")
    assert (
        "Ask for a raise $3,400 4 weeks, 70% odds on thin evidence "
        "Change employer $1,200 5 months, guessed 50%, fair" in section
    )
    assert "Promotion" not in section
    assert "staying a year" not in section
    assert section.endswith("Say your years of work to see staying and promotions.")


@pytest.mark.parametrize(
    ("years", "step"),
    [
        pytest.param(1, "", id="none yet"),
        pytest.param(2, "Promotion from mid-level to senior", id="to senior"),
        pytest.param(8, "Promotion from senior to staff or lead", id="the later of two"),
        pytest.param(14, "Promotion from senior to staff or lead", id="to staff"),
    ],
)
def test_years_of_work_choose_the_next_step_and_show_staying(client: Client, years: int, step: str) -> None:
    section = section_of(client, f"{AUSTIN}&experience={years}")

    assert re.findall(r"Promotion from .+? to (?:senior|staff or lead)", section) == ([step] if step else [])
    assert "Say your years" not in section
    assert re.search(r"staying a year: \$[\d,]+ plus general rises; ways on top", section)


def rows_with(published: PublishedEdition, query: str, **on_verdict: str) -> list[str]:
    """The names of the ways in the section, where the edition shows these on verdicts: yes, no or as a step."""
    choices = {slug.replace("_", "-"): OnVerdict(answer) for slug, answer in on_verdict.items()}
    ways = [replace(way, on_verdict=choices.get(way.slug, OnVerdict.NO)) for way in published.edition.ways]
    other = replace(published, edition=replace(published.edition, ways=tuple(ways)))
    form = VerdictForm(QueryDict(query), other)
    assert form.is_valid()
    words = present_common_ways(VerdictPresenter(verdict=assess(form.profile(), other.edition), published=other))
    assert words
    return [row.name for row in words.rows[1:]]


def test_edition_chooses_the_ways_of_a_section(published: PublishedEdition) -> None:
    assert rows_with(published, YEARS, management="yes", ask_raise="yes") == ["Ask for a raise", "Move into management"]
    assert rows_with(published, YEARS, management="yes", promotion_senior="step", promotion_staff="step") == [
        "Move into management",
        "Promotion from senior to staff or lead",
    ]


def test_section_has_the_soonest_ways_where_the_edition_chooses_none(published: PublishedEdition) -> None:
    assert len(rows_with(published, YEARS)) == MAX_SOONEST


def test_section_stays_where_learning_nothing_is_the_answer(client: Client) -> None:
    assert "Change employer" in section_of(client, f"{AUSTIN}&skill=cpp&hours=1&years=1")


@pytest.mark.parametrize("query", ["salary=900000&location=al", "salary=15000&location=pl-warsaw"])
def test_without_a_market_or_an_answer_there_is_no_section(client: Client, query: str) -> None:
    assert section_of(client, query) == ""


def test_years_of_work_are_asked_for_in_one_tap_until_they_are_given(client: Client) -> None:
    asked, given = (client.get(f"/verdict/?{query}").content.decode() for query in (PINNED, YEARS))

    assert re.findall(r'form="answers" name="worked" value="(\d+)"[^>]*>([^<]+)<', asked) == [
        ("1", "0–1"),
        ("3", "2–4"),
        ("7", "5–9"),
        ("12", "10+"),
    ]
    assert 'name="worked"' not in given
    pressed = client.get(f"/verdict/?{AUSTIN}&experience=&worked=7")
    assert pressed.headers["Location"] == f"/verdict/?{YEARS}"


# All ways


@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        pytest.param(
            "salary=1800000&location=in-bengaluru&experience=4&edition=1",
            r"with 4 years of work earn over ₹17,60,000, we estimate\. Your pay is 2% more\.",
            id="more",
        ),
        pytest.param(
            "salary=32000&location=gb-leeds&experience=2&edition=1",
            r"with 2 years of work earn over £37,800, we estimate\. Your pay is 15% less\.",
            id="less",
        ),
    ],
)
def test_pay_against_peers_comes_out_by_the_amount_that_is_shown(client: Client, query: str, sentence: str) -> None:
    assert re.search(sentence, text_of(page_of(client, query)))


def test_page_tells_what_years_bring_and_where_this_pay_is_among_them(client: Client) -> None:
    page = text_of(page_of(client, YEARS))

    assert re.search(
        r"Half of the developers in [^.]* with 7 years of work earn over \$1\d\d,000, we estimate\. Your pay is \d+% ",
        page,
    )
    assert re.search(
        r"pay should be about \$[\d,]+ a year higher after one year, about \$[\d,]+ after 3, before general", page
    )
    assert "of how much more people with more years earn" in page
    assert "a guess" in page
    market = text_of(client.get(f"/verdict/market/?{YEARS}").content.decode())
    assert "with 7 years of work earn over" in market


def test_page_reads_the_part_that_staying_brings_from_the_edition(published: PublishedEdition) -> None:
    edition = replace(published.edition, constants=replace(published.edition.constants, staying_share=0.6))
    other = replace(published, edition=edition)
    form = VerdictForm(QueryDict(YEARS), other)
    assert form.is_valid()

    words = present_ways_page(VerdictPresenter(verdict=assess(form.profile(), edition), published=other))

    (sentence,) = [each for each in words.staying if "people with more years earn" in each]
    assert sentence.startswith("That is 60% of how much more")


def test_where_pay_hardly_grows_by_itself_nothing_more_is_said_of_staying(client: Client) -> None:
    late = f"{AUSTIN}&experience=25&edition=1"
    page, section = text_of(page_of(client, late)), section_of(client, late)

    assert re.search(
        r"Your pay is \d+% (?:more|less)\. Staying: with these years of work pay hardly grows by itself any more\. "
        r"\S+ .* a year",
        page,
    )
    assert "people with more years earn" not in page
    for text in (page, section):
        assert "staying a year" not in text
    assert "bar__stay" in page_of(client, YEARS)
    assert "bar__stay" not in page_of(client, late)


def test_no_years_of_work_are_an_answer(client: Client) -> None:
    first = f"{AUSTIN}&experience=0&edition=1"

    assert re.search(
        r"with 0 years of work earn over .* pay should be about \$[\d,]+ a year higher", text_of(page_of(client, first))
    )
    assert "staying a year: $" in section_of(client, first)


def test_plan_of_the_first_skill_is_on_the_scale(client: Client) -> None:
    page = page_of(client, PINNED)

    assert re.search(
        r"The whole plan \$[\d,]+ a year Five skills in \d+ months\. If an employer pays for each skill\. "
        r"At 50% odds for each, expect about half of it: \$[\d,]+ a year\. We compute no range for it\.",
        text_of(page),
    )
    assert page.count('class="bar__first"') == 2


@pytest.mark.parametrize(
    ("odds", "said"),
    [
        (30, r"At 30% odds for each, expect about 30% of it: \$[\d,]+ a year\. We compute no range for it\."),
        (100, r"If an employer pays for each skill\. We compute no range for it\."),
    ],
)
def test_plan_is_expected_by_the_visitors_own_odds(client: Client, odds: int, said: str) -> None:
    assert re.search(said, text_of(page_of(client, f"{AUSTIN}&odds={odds}&edition=1")))


def test_page_says_once_how_to_read_a_skill_next_to_ways(client: Client) -> None:
    page = text_of(page_of(client, PINNED))

    for sentence in (DIFFERENCES, TYPICAL_SKILL, f"Ranges: {WAY_RANGE_MEANING}."):
        assert page.count(sentence) == 1


@pytest.mark.parametrize(
    ("odds", "shown"), [("", "50% odds, our guess."), ("&odds=70", "70% odds, as you say.")], ids=["ours", "theirs"]
)
def test_first_skill_has_the_odds_of_the_one_who_gave_them(client: Client, odds: str, shown: str) -> None:
    query = f"{AUSTIN}&skill=kubernetes{odds}&edition=1"

    page = text_of(client.get(f"/verdict/ways/?{query}", follow=True).content.decode())

    assert f"5 months of study, paid from month 8, {shown}" in page


def test_page_of_a_verdict_that_recommends_no_skill_has_the_ways(client: Client) -> None:
    page = text_of(page_of(client, f"{AUSTIN}&skill=docker&skill=java&years=1&hour=2000&edition=1"))

    assert "The verdict: Learn none of them. Back to it" in page
    assert "Ask for a raise $3,400 a year 4 weeks, 70% odds on thin evidence." in page


def test_page_names_what_applies_to_other_years_or_needs_them(client: Client) -> None:
    without, junior = text_of(page_of(client, PINNED)), text_of(page_of(client, f"{AUSTIN}&experience=1&edition=1"))

    assert re.search(r"Once you say your years of work: [^.]*promotion to senior[^.]*\.", without)
    assert "Say your years of work on the verdict" in without
    assert re.search(r"For people with other years of work: [^.]*promotion to senior[^.]*\.", junior)


def test_duty_that_is_the_first_skill_is_left_out(client: Client) -> None:
    query = "salary=115000&location=us-austin-tx&skill=site-reliability&edition=1"

    section, page = section_of(client, query), text_of(page_of(client, query))

    assert "On-call" not in section
    assert (
        "Left out, because site reliability and observability holds the same: on-call and reliability duties." in page
    )
    assert "On-call and reliability duties $" in text_of(page_of(client, PINNED))


def test_share_of_an_offer_is_on_another_scale(client: Client) -> None:
    before, _, after = text_of(page_of(client, PINNED)).partition("On other scales")

    assert "Negotiate an offer" not in before
    assert "Negotiate an offer 1% to 12% of the offer" in after


def test_without_a_market_ways_are_shares_of_pay(client: Client) -> None:
    page = text_of(page_of(client, "salary=900000&location=al&skill=kubernetes&edition=1"))

    assert "Without pay figures for this place we print no amounts." in page
    assert "The ways Negotiate an offer 1% to 12% of the offer" in page
    assert "On other scales" not in page
    assert "Change employer 0% to 10% of pay" in page


EXAMPLES = {
    "a junior in Leeds, £32,000, 2 years": ("salary=32000&location=gb-leeds&experience=2", "promotion-senior"),
    "a senior in Kraków, PLN 300,000, 8 years": ("salary=300000&location=pl-krakow&experience=8", "promotion-staff"),
    "a lead in Austin, $190,000, 14 years": ("salary=190000&location=us-austin-tx&experience=14", "promotion-staff"),
}


@pytest.mark.parametrize("name", EXAMPLES)
def test_methodology_has_the_examples_as_they_are(published: PublishedEdition, name: str) -> None:
    query, step = EXAMPLES[name]
    form = VerdictForm(QueryDict(query), published)
    assert form.is_valid()
    presenter = VerdictPresenter(verdict=assess(form.profile(), published.edition), published=published)
    ways, write = look_at_ways(presenter), presenter.money.rounded
    annual = {look.way.slug: look.annual.expected for look in ways.applying if look.annual}
    assert ways.peers
    assert ways.staying

    cells = (ways.peers.median, ways.staying.annual, annual["ask-raise"], annual["switch-employer"], annual[step])
    row = " | ".join([name, *(write(cell).replace("\u00a0", " ") for cell in cells)])
    assert f"| {row} |" in (settings.BASE_DIR / "docs/methodology.md").read_text(encoding="utf-8")


def test_pay_above_the_data_has_two_bases(client: Client) -> None:
    high, known = "salary=400000&location=us-austin-tx&edition=1", PINNED
    said = "The skill counts on $210,000 of your pay, the highest that we know; ways on all of it."

    assert said in section_of(client, high)
    assert said in text_of(page_of(client, high))
    assert said not in text_of(page_of(client, known))


# What only the visitor knows


def test_answers_about_ways_have_one_address(client: Client) -> None:
    typed = f"{AUSTIN}&rate=$40&to=San Francisco, California&side=5&odds.switch-employer=30%25&odds.management=5"

    response = client.get(f"/verdict/ways/?{typed}")

    assert response.status_code == 302
    address = response.headers["Location"]
    assert address.startswith(f"/verdict/ways/?{PINNED}&to=us-")
    assert address.endswith("&side=5&rate=40&odds.switch-employer=30")
    assert client.get(address).status_code == 200


def test_own_odds_are_said_to_be_the_visitors(client: Client) -> None:
    page = text_of(page_of(client, f"{YEARS}&odds.promotion-staff=20"))

    assert (
        "Promotion from senior to staff or lead $12,000 a year At your 20% a year: about $5,600 a year on average "
        "after 3 years. 3 years if it comes, your 20% odds a year, fair evidence" in page
    )
    assert "of pay). Your odds come to 49% within 3 years. Adds" in page
    assert page.count("on average") == 2, "in the row and in what the answers come to"
    assert "Odds: our guess: of all US employees 8.9% were promoted in a year" in page


def test_move_takes_half_of_the_gap_at_the_exchange_rate(client: Client) -> None:
    places = {"us": "Move within the country", "de": "Work for another country"}
    for place, name in places.items():
        page = text_of(page_of(client, f"{PINNED}&to={place}"))
        assert re.search(rf"{name} \$[\d,]+ a year (?:more|less)", page)
        assert ("at our exchange rate" in page) == (place == "de")


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        pytest.param("salary=2000000&location=in&to=us", "54% of this gap", id="of a large gap"),
        pytest.param("salary=115000&location=us-austin-tx&to=us-seattle-wa", "47% of this gap", id="small"),
        pytest.param("salary=115000&location=us-austin-tx&to=in", "90% of this gap", id="less pay"),
        pytest.param("salary=70000&location=gb-london", "half of a small gap in pay, and less of a large", id="none"),
    ],
)
def test_mover_sees_a_part_of_the_gap_that_is_smaller_the_larger_it_is(
    client: Client, query: str, expected: str
) -> None:
    here, _, to = query.partition("&to=")

    page = text_of(page_of(client, f"{here}&edition=1{f'&to={to}' if to else ''}"))

    assert f"A mover sees about {expected}" in page


def test_pay_and_prices_name_the_place_that_they_are_of(client: Client) -> None:
    page = text_of(page_of(client, "salary=50000&location=gb-leeds&edition=1&to=de-berlin"))

    assert re.search(
        r"developers in Germany as a whole earn over £\d\d,000 a year, at our exchange rate: \d+% more", page
    )
    assert (
        "Prices in Germany as a whole, rents among them, are about 10% lower than in the United Kingdom as a whole "
        "(World Bank, 2025). A country’s prices are those of its whole economy" in page
    )
    assert re.search(
        r"buys about \d+% more than today’s pay buys here, like £[\d,]+ a year more at prices here: an estimate, "
        r"before tax\. These are averages: a town may differ\.",
        page,
    )


def test_prices_of_two_american_areas_are_their_own(client: Client) -> None:
    page = text_of(page_of(client, f"{PINNED}&to=us-san-francisco-ca"))

    assert (
        "Prices in San Francisco, rents among them, are about 18% higher than in Austin (US Bureau of Economic "
        "Analysis, 2025). At prices there, pay after the move buys about as much as today’s pay buys here: an "
        "estimate, before tax." in page
    )
    assert "averages" not in page
    assert "household" not in page


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        pytest.param("salary=50000&location=gb-leeds&to=gb-london", NO_PRICES, id="one level for both"),
        pytest.param("salary=300000&location=pl-krakow&to=pl-warsaw", NO_PRICES, id="one market and level for both"),
        pytest.param(f"{AUSTIN}&to=tw", NO_PRICES, id="no level there"),
        pytest.param(
            f"{AUSTIN}&to=gb-london",
            LONDON,
            id="pay of a city, prices of its country",
        ),
        pytest.param(
            "salary=70000&location=gb-london&to=de",
            LONDON,
            id="the same at home",
        ),
        pytest.param(
            "salary=2000000&location=in-bengaluru&to=de-berlin",
            "are about 3.5 times those in India as a whole (World Bank, 2025). A country’s prices are those of its "
            "whole economy, not of a household’s shopping alone. With prices so different it depends on what you "
            "buy: we do not say what that pay would buy.",
            id="prices too different",
        ),
    ],
)
def test_what_a_move_leaves_open_is_said(client: Client, query: str, expected: str) -> None:
    here, to = query.split("&to=")

    page = text_of(page_of(client, f"{here}&edition=1&to={to}"))

    assert expected in page
    assert "buys about" not in page


@pytest.mark.parametrize(
    ("here", "to", "expected"),
    [
        pytest.param("us-austin-tx", "al", "we have no figures", id="no market there"),
        pytest.param("gb-leeds", "gb", "so the gap is not known", id="one market"),
        pytest.param(
            "gb-leeds",
            "gb-london",
            "35% more than in the United Kingdom as a whole. We have no figure for Leeds, and that of the United "
            "Kingdom has London in it: what this move brings is not known.",
            id="a part of the country whose pay answers",
        ),
        pytest.param(
            "gb-london",
            "gb-leeds",
            "26% less than in London. We have no figure for Leeds, and that of the United Kingdom has London in it",
            id="the way back",
        ),
    ],
)
def test_places_that_cannot_be_compared_are_said_to_be(client: Client, here: str, to: str, expected: str) -> None:
    assert expected in text_of(page_of(client, f"salary=50000&location={here}&edition=1&to={to}", 200))


def test_side_work_is_money_for_hours_and_never_a_share(client: Client) -> None:
    page = text_of(page_of(client, f"{PINNED}&side=5&rate=40"))

    assert "Side work about $10,000 a year" in page
    assert "5 hours a week for 52 weeks, before tax. An hour of study of" in page
    assert "Side work needs your own figures" in text_of(page_of(client, PINNED))


@pytest.mark.parametrize(
    ("answers", "field", "mistake"),
    [
        ("to=Nowhereville", "id_to", "We do not know “Nowhereville”"),
        ("to=Springfield", "id_to", "“Springfield” may be several places. Choose one below"),
        ("to=remote", "id_to", "“remote” is not one labour market."),
        ("to=austin", "id_to", "You are paid in Austin already."),
        ("to=gb&to=de", "id_to", "There are two places here. Enter one."),
        ("side=5&rate=40&rate=50", "id_rate", "There are two amounts here. Enter one."),
        ("side=100&rate=40", "id_side", "Hours of side work a week must be a whole number from 1 to 60."),
        ("side=12,5&rate=40", "id_side", "Hours of side work a week must be a whole number from 1 to 60."),
        ("rate=40", "id_side", "Enter how many hours a week you would work, too."),
        ("side=5", "id_rate", "Enter what an hour of side work pays, too."),
        ("side=5&rate=lots", "id_rate", "“lots” is not an amount. Enter what an hour of side work pays in digits"),
        ("side=5&rate=-5", "id_rate", "An hour of side work must pay from 1 to 1,000,000,000."),
        ("side=5&rate=5k", "id_rate", "We read “5k” as $5,000 an hour. Enter what one hour pays."),
        (f"side=5&rate={quote('€40')}", "id_rate", "Enter it in US dollars"),
        (
            "odds.switch-employer=120",
            "odds-switch-employer",
            "Your odds of “Change employer” must be a whole number from 0 to 100.",
        ),
        ("odds.ask-raise=40", "way-odds", "“Ask for a raise” takes no odds of your own here."),
        ("odds.luck=40", "way-odds", "We do not know the way “luck”."),
    ],
)
def test_mistake_comes_back_with_what_was_typed(client: Client, answers: str, field: str, mistake: str) -> None:
    response = client.get(f"/verdict/ways/?{PINNED}&{answers}")

    page = response.content.decode()
    assert (response.status_code, response.headers["Cache-Control"]) == (422, "no-store")
    assert "<title>Error: " in page
    assert re.findall(r'<li><a href="#([\w-]+)">', page.partition('id="own-answers"')[2]) == [field]
    assert f'id="{field}"' in page
    assert text_of(page).count(mistake) == 2
    for typed in map(str, QueryDict(answers).values()):
        assert f'value="{html.escape(typed)}"' in page or field == "way-odds"
    assert "Change employer" in page


def test_form_leads_to_what_the_answers_come_to(client: Client) -> None:
    nothing, page = (page_of(client, f"{PINNED}{own}") for own in ("", "&to=de&side=5&rate=40&odds.switch-employer=30"))

    assert 'action="/verdict/ways/#own-answers"' in page
    assert "None of this is needed." in text_of(nothing)
    own = text_of(page.partition('id="own-answers"')[2].partition("</ul>")[0])
    assert re.search(
        r"Side work : about \$10,000 a year "
        r"Change employer : 30% odds, as you say: about \$340 a year on average "
        r"Work for another country : \$[\d,]+ a year less; it buys less$",
        own,
    )
    for slug in re.findall(r'href="#(way-[\w-]+)"', page):
        assert f'id="{slug}"' in page


def test_place_that_may_be_several_is_chosen_in_one_tap(client: Client) -> None:
    page = client.get(f"/verdict/ways/?{PINNED}&to=Springfield&side=5&rate=40").content.decode()

    choices = re.findall(r'href="(/verdict/ways/\?[^"]+)">(Springfield[^<]+)<', page)
    assert len(choices) > 1
    address = html.unescape(choices[0][0])
    assert address.endswith("&side=5&rate=40")
    assert client.get(address).status_code == 200


def test_second_place_that_a_larger_one_answers_for_keeps_its_name(client: Client) -> None:
    leeds = "salary=32000&location=gb-leeds&edition=1"
    address = client.get(f"/verdict/ways/?{leeds}&to=Oakland, California").headers["Location"]
    page = page_of(client, address.partition("?")[2])

    assert address.endswith("&to=us-san-francisco-ca&to_town=Oakland")
    assert 'value="Oakland, California, United States"' in page
    assert "Oakland is answered by San Francisco’s pay." in text_of(page)


def test_town_with_the_pay_of_here_is_named(client: Client) -> None:
    leeds = "salary=32000&location=gb-leeds&edition=1"
    page = text_of(
        page_of(client, client.get(f"/verdict/ways/?{leeds}&to=Bradford").headers["Location"].partition("?")[2])
    )

    assert "We have the same pay figures for Bradford and Leeds, so the gap is not known." in page
    assert "Move within the country not known" in page


NOT_SENIOR = f"{AUSTIN}&experience=3&edition=1&odds.promotion-senior=0"


@pytest.mark.parametrize(
    ("years", "reason"),
    [("&experience=3", "not for your years of work"), ("", "once you say your years of work")],
    ids=["other years", "no years"],
)
def test_own_odds_of_a_way_that_is_not_shown_say_why(client: Client, years: str, reason: str) -> None:
    page = text_of(page_of(client, f"{AUSTIN}{years}&edition=1&odds.promotion-staff=20"))

    assert f"Promotion to staff or lead: 20% odds, as you say: {reason}" in page


def test_way_at_odds_of_nothing_is_left_out_and_named_with_a_link_that_brings_it_back(client: Client) -> None:
    verdict = client.get(f"/verdict/?{NOT_SENIOR}").content.decode()
    page = page_of(client, NOT_SENIOR)

    for path, shown in (("/verdict/", verdict), ("/verdict/ways/", page)):
        assert "Promotion from mid-level to senior $" not in text_of(shown)
        said = re.search(r"Left out, as you said: .*?</p>", shown)
        assert said
        assert text_of(said[0]).startswith("Left out, as you said: promotion to senior ( bring it back")
        (address,) = map(html.unescape, re.findall(r'href="([^"]+)"', said[0]))
        assert address == f"{path}?{AUSTIN}&experience=3&edition=1"
        assert "Promotion from mid-level to senior $" in text_of(client.get(address).content.decode())
    assert 'name="odds.promotion-senior" inputmode="numeric" autocomplete="off" value="0"' in page
    assert '<a href="#way-promotion-senior">Promotion to senior</a>: <b>left out, as you said</b>' in page
    assert page.count('id="way-promotion-senior"') == 1


def test_verdict_names_of_what_is_left_out_only_what_it_would_show(client: Client) -> None:
    query = f"{PINNED}&odds.sre-duties=0"

    assert "Left out" not in section_of(client, query)
    assert "Left out, as you said: on-call and reliability duties" in text_of(page_of(client, query))


@pytest.mark.parametrize(
    ("query", "result"),
    [
        pytest.param("salary=300000&location=pl-krakow&to=de-berlin", "64,000 a year more, but buys less", id="less"),
        pytest.param(
            "salary=115000&location=us-austin-tx&to=us-san-francisco-ca",
            "21,000 a year more, but buys about as much",
            id="as much",
        ),
        pytest.param("salary=50000&location=gb-leeds&to=de-berlin", "a year more; it buys more", id="more"),
        pytest.param(f"{AUSTIN}&to=gb-london", "a year less, before prices", id="not known"),
    ],
)
def test_amount_of_a_move_says_what_it_buys(client: Client, query: str, result: str) -> None:
    here, _, to = query.partition("&to=")

    page = text_of(page_of(client, f"{here}&edition=1&to={to}"))

    assert page.count(result) == 2, "in the row and in what the answers come to"


def test_part_of_a_gap_between_countries_names_its_one_source(client: Client) -> None:
    page = text_of(page_of(client, f"{PINNED}&to=de"))

    assert re.search(r"of this gap, before prices\. One visa lottery: Indian software workers", page)
    assert page.count("One visa lottery") == 1


@pytest.mark.parametrize(
    ("query", "said"),
    [
        pytest.param(
            "salary=300000&location=pl-krakow&experience=8",
            "fair evidence. The best figures are from Ukraine: what it brings in Poland is not known. "
            "Seniors in Ukraine take home 56% more than mid-levels of the same experience (net pay); ",
            id="titles of another country",
        ),
        pytest.param(
            "salary=32000&location=gb-leeds&experience=2",
            "fair evidence. The best figures are from Finland: what it brings in the United Kingdom is "
            "not known. In Finland seniors earn 7% more",
            id="a worse figure would not help",
        ),
    ],
)
def test_figures_of_another_country_are_said_to_be_first(client: Client, query: str, said: str) -> None:
    page = text_of(page_of(client, f"{query}&edition=1"))

    assert said in page
    assert page.count("take home 56% more") <= 1


@pytest.mark.parametrize("place", ["ua", "fi"])
def test_figures_of_the_own_country_are_not_from_abroad(client: Client, place: str) -> None:
    page = text_of(page_of(client, f"salary=50000&location={place}&experience=3&edition=1"))

    row = page.partition("Promotion from mid-level to senior")[2].partition("Adds to a skill?")[0]
    assert "fair evidence." in row
    assert "abroad" not in row


def test_step_up_leads_on_the_one_who_has_taken_it(client: Client) -> None:
    both, one = (text_of(page_of(client, f"{AUSTIN}&experience={years}&edition=1")) for years in (8, 3))

    assert "If you are there already, see promotion to staff or lead." in both
    assert "If you are there already" not in one


# Downloads and comparison


def test_table_has_the_ways_of_the_json(client: Client) -> None:
    response = client.get(f"/verdict/ways.csv?{YEARS}")
    data = client.get(f"/verdict.json?{YEARS}").json()

    rows = list(csv.DictReader(io.StringIO(response.content.decode(), newline="")))
    assert [row["slug"] for row in rows] == [way["slug"] for way in data["ways"]]
    (change,) = (row for row in rows if row["slug"] == "switch-employer")
    (same,) = (way for way in data["ways"] if way["slug"] == "switch-employer")
    assert float(change["annual_expected"]) == same["annual"]["expected"] == 115_000 * same["share"]["expected"]
    assert (change["is_odds_measured"], change["unit"], change["currency"]) == ("False", "pay", "USD")
    assert "earnverdict-us-austin-tx-ways-edition-1.csv" in response.headers["Content-Disposition"]
    assert data["staying"]["growth"] > 0
    assert data["peers"]["ratio"] > 0


OWN = "&to=us&side=5&rate=40&odds.switch-employer=30"


def test_answers_about_ways_stay_from_page_to_page(client: Client) -> None:
    page = page_of(client, f"{PINNED}{OWN}")
    links = [html.unescape(link) for link in re.findall(r'href="([^"]+)"', page)]

    assert {link.partition("?")[0] for link in links if link.partition("#")[0].endswith(f"?{PINNED}{OWN}")} == {
        "/verdict/",
        "/verdict/ways/",
        "/verdict/ways.csv",
    }
    verdict = client.get(f"/verdict/?{PINNED}{OWN}")
    assert verdict.status_code == 200
    for part in ("ways/", "calculation/", "evidence/", "market/"):
        assert f'href="/verdict/{part}?{html.escape(PINNED + OWN)}"' in verdict.content.decode()
        detail = client.get(f"/verdict/{part}?{PINNED}{OWN}").content.decode()
        assert f'href="/verdict/?{html.escape(PINNED + OWN)}"' in detail
    assert "5 months, your 30%, fair" in text_of(verdict.content.decode())
    shared = re.search(r'href="(/verdict/[^"]+)" data-copy', verdict.content.decode())
    assert shared
    assert "side" not in shared[1]


def test_changed_answer_keeps_answers_about_ways_as_far_as_they_are_right(client: Client) -> None:
    kept = client.get(f"/verdict/panel/?{AUSTIN}&years=2{OWN}")
    lost = client.get(f"/verdict/panel/?salary=115000&location=us{OWN}")

    assert kept.headers["HX-Push-Url"] == f"/verdict/?{AUSTIN}&years=2&edition=1{OWN}"
    assert '<input type="hidden" form="answers" name="odds.switch-employer" value="30">' in kept.content.decode()
    assert lost.headers["HX-Push-Url"].endswith("location=us&edition=1&side=5&rate=40&odds.switch-employer=30")


@pytest.mark.parametrize(
    ("place", "kept"),
    [("us", "&side=5&rate=50&odds.switch-employer=40"), ("in", "&odds.switch-employer=40")],
    ids=["the same currency", "another currency"],
)
@pytest.mark.parametrize("path", ["/verdict/panel/", "/verdict/"])
def test_pay_for_side_work_is_never_counted_in_another_currency(
    client: Client, path: str, place: str, kept: str
) -> None:
    page = client.get(f"/verdict/?{PINNED}&side=5&rate=50&odds.switch-employer=40").content.decode()
    sent = dict(re.findall(r'<input type="hidden"[^>]* name="([^"]+)" value="([^"]*)"', page))

    del sent["salary_currency"]  # which asks for the salary there first

    response = client.get(path, {**sent, "salary": "115,000", "location": place})

    address = response.headers.get("HX-Push-Url") or response.headers["Location"]
    assert address == f"/verdict/?salary=115000&location={place}&edition=1{kept}"


def test_place_to_choose_in_another_currency_drops_pay_for_side_work(client: Client) -> None:
    unclear = "salary=115000&location=Birmingham&edition=1&currency=USD&side=5&rate=50"
    page = client.get(f"/verdict/?{unclear}").content.decode()

    found = [html.unescape(link) for link in re.findall(r'href="(/verdict/\?[^"]*location=[^"]+)"', page)]
    kept = {QueryDict(link.partition("?")[2])["location"][:2]: link for link in reversed(found)}
    assert "&side=5&rate=50" in client.get(kept["us"]).headers["Location"]
    assert "rate" not in client.get(kept["gb"]).headers["Location"]


def test_data_have_what_the_visitor_says_about_ways(client: Client) -> None:
    data = client.get(f"/verdict.json?{PINNED}{OWN}").json()
    table = client.get(f"/verdict/ways.csv?{PINNED}{OWN}").content.decode()

    assert data["way_answers"] == {
        "to": "us",
        "to_town": None,
        "side": 5,
        "rate": 40,
        "odds": {"switch-employer": 30},
    }
    assert list(data["move"]) == ["answered_by", "gap", "share", "annual", "prices", "buys"]
    ways = {way["slug"]: way for way in data["ways"]}
    assert ways["side-work"]["own_annual"] == 10_400
    assert ways["move-market"]["own_annual"] == data["move"]["annual"]
    assert (ways["switch-employer"]["odds"], ways["switch-employer"]["is_own_odds"]) == (0.3, True)
    assert ways["switch-employer"]["own_average"] == pytest.approx(345)
    assert ways["ask-raise"]["own_average"] is None
    assert ways["move-market"]["own_buys"] == data["move"]["buys"]
    (row,) = (row for row in csv.DictReader(io.StringIO(table, newline="")) if row["slug"] == "switch-employer")
    assert (row["odds"], row["is_own_odds"]) == ("0.3", "True")


def test_data_leave_out_what_the_visitor_left_out(client: Client) -> None:
    data = client.get(f"/verdict.json?{NOT_SENIOR}").json()
    table = client.get(f"/verdict/ways.csv?{NOT_SENIOR}").content.decode()

    assert data["way_answers"]["odds"] == {"promotion-senior": 0}
    assert "promotion-senior" not in [way["slug"] for way in data["ways"]]
    assert "promotion-senior" not in table


@pytest.mark.parametrize(
    ("answers", "name"),
    [("to=Nowhereville", "to"), ("side=5", "rate"), ("rate=40", "side"), ("odds.luck=40", "odds.luck")],
)
@pytest.mark.parametrize("path", ["/verdict.json", "/verdict/ways.csv"])
def test_data_refuse_what_is_wrong_about_ways(client: Client, path: str, answers: str, name: str) -> None:
    response = client.get(f"{path}?{PINNED}&{answers}")

    assert response.status_code == 422
    found = response.json()["errors"] if path.endswith("json") else response.content.decode().partition(":")[0]
    assert (list(found) if isinstance(found, dict) else [found]) == [name]


def test_comparison_has_other_ways_side_by_side(client: Client) -> None:
    a, b = quote(YEARS, safe=":="), quote("salary=60000&location=gb&edition=1", safe=":=")

    page = text_of(client.get(f"/compare/?a={a}&b={b}").content.decode())

    ways = page.partition("Other ways, side by side")[2]
    assert "guessed 60% odds, fair evidence" in ways
    assert "years of work not given" in ways
    assert re.search(r"Change employer .*?\$1,200 a year .*?£2,400 a year", ways)
