"""What a verdict's page says in each state, for real people: the card, the rows, the plan, and what is not there."""

from __future__ import annotations

import html
import re
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from django.test import Client

from earnverdict.page_cache import compress
from skills.editions.document import PublishedEdition
from tests.calculator.states import FOUR, STATES

MANY_RIVALS = (
    "pay=p50&location=in-bengaluru&skill=data-warehouse&skill=infrastructure-as-code&skill=kafka&skill=redis"
    "&skill=site-reliability"
)
AUSTIN_ALL = "salary=115000&location=us-austin-tx"

#: Whom it is for, and what the page says, line by line, in the order in which it is read.
PAGES = {
    "Austin, four skills": (
        FOUR,
        """
        Close call Learn Kubernetes first It should bring you $1,800 to $6,800 a year once an employer pays for
        it, after 5 months at 6 hours a week. By a strict test, it could be zero.
        At 50% odds an hour of study earns $31; we count yours at $14.
        It has a 47% chance to be the best of your four; cloud architecture has 35%. Take your pick.
        Claimed: our own article of April 2026 $16,000 to $31,000 Measured $1,800 to $6,800
        Assumes you know Docker Years of work 0–1 2–4 5–9 10+
        Share it as about $100,000, the nearest of five pay levels: Copy link Share…
        Picture Compare
        Your four skills compared
        The true average is in 8 of 10 bars. Sorted by money left.
        Kubernetes $4,500 a year 5 months $31 an hour 47% chance Cloud architecture $3,900 5 months
        $27 35%
        None of them $0 3% AI/ML integration costs more than it brings $2,700 10 months $9 11%
        Not on your list: infrastructure as code , $4,100 a year after 2 months. Consider all 23
        skills
        The plan: two in 10 months Kubernetes $4,500 a year by month 5
        Cloud architecture $8,600 in all month 10
        study paid, 3 months later If each is paid for.
        At 50% odds expect $4,300 within 3 years, after costs.
        Other ways Extra pay if it works.
        Kubernetes $4,500 a year
        Ask for a raise $3,400 4 weeks, 70% odds on thin evidence
        Change employer $1,200 5 months, guessed 50%, fair
        """,
    ),
    "Austin, all skills": (
        STATES["all"],
        """
        Close call Learn infrastructure as code (Terraform) first
        About as good: event streaming; Redis and caching; site reliability and observability; cloud data warehouse.
        It has at most an 11% chance to be the best of 18 skills; two have more, but leave less on average.
        No claim known. Years of work 0–1 2–4 5–9 10+ Share it
        Five of 18 skills
        Event streaming $4,
        The other skills
        Application security not enough data
        The plan: five in 17 months
        within 3 years, after costs.
        Two more steps
        """,
    ),
    "many rivals": (
        MANY_RIVALS,
        """
        It has a 19% chance to be the best of the five; four others come close. Take your pick.
        """,
    ),
    "Munich, 68,000": (
        "salary=68000&location=de-munich",
        """
        Learn event streaming (Kafka) first It should bring you €700 to €4,400
        to be the best of 22 skills
        """,
    ),
    "Bengaluru, 18 lakh": (
        "salary=1800000&location=in-bengaluru",
        """
        Close call Learn CI/CD and DevOps duties first It should bring you ₹
        we count yours at ₹220.
        """,
    ),
    "Warsaw, 15,000 a month": (
        "salary=180000&location=pl-warsaw",
        """
        first It should bring you PLN
        we count yours at 22.
        """,
    ),
    "Leeds, junior": (
        "salary=32000&location=gb-leeds&experience=1",
        """
        first It should bring you £
        we count yours at £4.
        """,
    ),
    "Leeds, Python alone": (
        "salary=32000&location=gb-leeds&have=python",
        """
        Learn Kubernetes first It should bring you £1,400 to £2,900 a year
        Docker comes first and is included.
        About as good: infrastructure as code and event streaming.
        Claimed: our own article of April 2026 £4,400 to £8,700 Measured, without Docker £640 to £2,100
        Share it as about £31,000, the nearest of five pay levels:
        I know: Python
        All skills
        Five of 21 skills
        Kubernetes with Docker first £2,200 a year
        Docker £780
        The plan: five in 13 months Docker £780 a year month 1, for Kubernetes
        Kubernetes £2,200 in all month 6
        """,
    ),
    "Kraków, 8 years": (
        "salary=300000&location=pl-krakow&experience=8&have=docker&have=java&have=postgresql",
        """
        It has at most a 12% chance to be the best of 19 skills; one other has more, but leaves less after its hours.
        Partly measured PLN 280 to 26,000 No claim known.
        Five of 19 skills
        """,
    ),
    "Kraków, low pay": (
        "salary=120000&location=pl-krakow&experience=12",
        """
        It has at most a 7% chance to be the best of 22 skills; four have more, but bring less.
        """,
    ),
    "Austin, top pay, sure": (
        "salary=190000&location=us-austin-tx&experience=14&have=docker&have=python&have=postgresql&odds=100",
        """
        It has at most a 14% chance to be the best of 19 skills; one other has more, but leaves less after its hours.
        Share it as about $210,000, the nearest of five pay levels:
        """,
    ),
    "one skill": (
        "salary=120000&location=ch&skill=kubernetes",
        """
        Worth it Learn Kubernetes It should bring you CHF 1,100 to 6,400 a year
        It has a 79% chance to be better than learning nothing.
        Kubernetes in figures
        Learning nothing 0 21%
        The plan Kubernetes CHF 4,000 a year by month 5
        study paid, 3 months later Other ways
        """,
    ),
    "a pay level": (
        STATES["level"],
        """
        For about ₹34,00,000 in Bengaluru, the nearest of five pay levels. Slight lead
        Learn event streaming (Kafka) first It should bring ₹39,000 to
        At 50% odds an hour of study earns ₹
        Share it: Copy link Share… Picture Compare
        The two skills compared
        """,
    ),
    "too little to decide by": (
        STATES["too-little"],
        """
        Too little to decide by Learn
        It should leave you about £55 within 1 year, after all costs: under 0.5% of a year’s pay.
        learning none of them has 22%.
        """,
    ),
    "no time": (
        STATES["no-time"],
        """
        Stay put 1 year is too short for C++ The first extra pay would come in month 84 at 1 hour a week. You look
        1 year ahead.
        No pay comes within 1 year C++ $
        would be paid from month 84
        Learning nothing $0 a year over 99% chance
        no time: 6.7 years of study
        """,
    ),
    "no gain": (
        STATES["no-gain"],
        """
        Stay put None of your four skills is worth the hours within 1 year
        Even cloud architecture (AWS/GCP), which comes closest, would cost $1,700 more than it brings within 1 year,
        your time included.
        Learning none of them is the better choice, with a 91% chance. Look 2 years ahead: Kubernetes
        Most of the year goes by before the pay comes
        None of them $0 a year 91% chance
        AI/ML integration $2,700 no time: 10 months of study
        Not on your list: Redis and caching
        """,
    ),
    "nothing is likelier": (
        STATES["nothing-likelier"],
        """
        Stay put Java is probably not worth the hours within 5 years On average Java would bring
        more than it costs, but in most cases less than it costs. At 80% odds. Learning nothing is the better choice,
        with a
        """,
    ),
    "nothing measured": (
        STATES["not-enough-data"],
        """
        Not enough data Nothing is measured for application security We have no measured figure about
        application security. Let claims count too Consider all skills
        """,
    ),
    "no market": (
        STATES["no-market-all"],
        """
        Not enough data We do not know what developers earn there No source gives developer pay for Albania or
        around it. So we print no amounts.
        Site reliability and observability goes with most: 5.3% more pay. For amounts, choose a place where pay is
        like yours.
        The true average is in 8 of 10 bars. Sorted by extra pay.
        Kubernetes with Docker first 3.6% of pay 6 months
        """,
    ),
    "duties": (
        STATES["duties"],
        """
        People who do it earn more, perhaps for other reasons. Learn it by asking for the work.
        Partly measured
        """,
    ),
    "likelier for less": (
        STATES["likelier-for-less"],
        """
        It should bring anything from R$280 less to R$12,000 more a year once an employer pays for it
        Rust is likelier to be the best, but would leave you less on average.
        Partly measured
        No claim known. Share it
        """,
    ),
    "claims alone": (
        STATES["headline"],
        """
        Claims alone count here: all of this holds if they are right.
        If claims are right
        """,
    ),
    "another order": (
        STATES["notable-orders"],
        """
        If you learn all of it anyway, another order leaves you
        """,
    ),
    "no plan": (
        STATES["no-plan"],
        """
        The plan There is none: by our middle estimate of hours, it would cost as much
        """,
    ),
    "prerequisite, closest": (
        STATES["prerequisite"],
        """
        Kubernetes costs more than it brings; with Docker first
        """,
    ),
    "prerequisite, first": (
        f"{FOUR}&skill=docker",
        """
        Learn Kubernetes first It should bring you $3,300 to $8,400 a year
        Docker comes first and is included.
        $16,000 to $31,000 Measured, without Docker $1,800 to $6,800
        Assumes you know Docker
        """,
    ),
    "the price of an hour is the visitor's": (
        f"{FOUR}&hour=20",
        """
        you count yours at $20.
        """,
    ),
    "own hours": (
        STATES["held"],
        """
        in your 40 hours
        """,
    ),
    "no data for one": (
        STATES["no-data-for-one"],
        """
        Application security not enough data
        """,
    ),
    "no time for one": (
        STATES["no-time-for-one"],
        """
        no time: 2.2 years of study
        """,
    ),
}
#: What no page says, in any state.
NEVER = (
    "Germany answers for it",
    "most likely to bring in anything at all",
    "the evidence you let count says",
    "Leave it empty",
    "10 are the most",
    "leave empty for ours",
    " in United Kingdom",
    " in United States",
    " in The Netherlands",
    "the joy or the toil",
    "We take it that you know Docker",
    "Finer answers",
    "What is kept of you",
    "top tenth",
    "lowest tenth",
    "upper quarter",
    "lower quarter",
    "in ten there earn",
)
#: Bytes, compressed, of a page whose details are closed.
MAX_BYTES = 9 * 1024


@pytest.fixture(autouse=True)
def _published(published: PublishedEdition) -> None:
    """Every page needs edition 1."""


def text_of(page: str) -> str:
    """What a reader sees, with single spaces."""
    page = re.sub(r"</a>(?=[.,;])", "", page)  # a sentence goes on after a link
    visible = re.sub(r"<(script|style|head|noscript|text).*?</\1>|<[^>]+>", " ", page, flags=re.DOTALL)
    return " ".join(html.unescape(visible).replace("\u00a0", " ").replace("\u2060", "").split())


def page_of(client: Client, query: str) -> str:
    response = client.get(f"/verdict/?{query}", follow=True)
    assert response.status_code == 200
    return response.content.decode()


@pytest.mark.parametrize("name", PAGES)
def test_page_says_it_in_this_order(client: Client, name: str) -> None:
    query, lines = PAGES[name]

    text = text_of(page_of(client, query))

    place = 0
    for line in [line.strip() for line in lines.strip().splitlines()]:
        assert line in text
        place = text.find(line, place)
        assert place >= 0, f"too early: {line}"
    assert [flaw for flaw in NEVER if flaw in text] == []


@pytest.mark.parametrize("query", [FOUR, AUSTIN_ALL, STATES["all"], STATES["ten"]], ids=["four", "all", "19", "ten"])
def test_closed_page_stays_within_its_bytes(client: Client, query: str) -> None:
    assert len(compress(page_of(client, query).encode(), "br", is_private=True)) <= MAX_BYTES


def test_staying_put_offers_the_nearest_way_out_and_it_leads_to_a_skill(client: Client) -> None:
    page = page_of(client, STATES["no-gain"])

    address = re.findall(r'<a class="button" href="([^"]+)">Look 2', page.replace("\u00a0", " "))
    assert address
    assert "Learn Kubernetes first" in client.get(html.unescape(address[0])).content.decode()


def test_better_skill_is_named_only_where_it_is_not_considered(client: Client) -> None:
    assert "Not on your list" not in page_of(client, AUSTIN_ALL)
    assert "Not on your list" not in page_of(client, f"{AUSTIN_ALL}&skill=infrastructure-as-code")
    link = re.findall(r'<a href="([^"]+)">Consider all', page_of(client, FOUR))[0]
    assert "Learn infrastructure as code (Terraform) first" in client.get(html.unescape(link)).content.decode()


def test_rows_are_a_table_for_those_who_hear_it(client: Client) -> None:
    page = page_of(client, FOUR)

    rows = re.findall(r'<tr class="row[^"]*" role="row">(.*?)</tr>', page, re.DOTALL)
    assert len(rows) == 6
    assert all(row.count('role="columnheader"') == 6 or row.count('role="rowheader"') == 1 for row in rows)
    assert len(re.findall(r'<svg class="bar"[^>]*>', page)) == len(
        re.findall(r'<svg class="bar"[^>]* aria-hidden="true">', page)
    )


def test_shared_link_and_picture_hold_the_level_and_not_the_pay(client: Client) -> None:
    page = page_of(client, FOUR)

    link, picture = (
        html.unescape(re.findall(rf'href="([^"]+)"(?: data-copy)?>{text}<', page)[0])
        for text in ("Copy link", "Picture")
    )
    group = page.partition('aria-labelledby="share-title"')[2].partition("</div>")[0]
    assert "salary" not in group
    for address in (link, picture):
        assert parse_qs(urlsplit(address).query)["pay"] == ["p25"]
        assert "salary" not in address
    shared = text_of(client.get(link).content.decode())
    assert "For about $100,000 in Austin, the nearest of five pay levels." in shared
    assert "115,000" not in shared
    assert client.get(picture).status_code == 200


def switch(client: Client, **fields: Any) -> str:
    query = parse_qs(FOUR) | fields
    return client.get("/verdict/", query).headers["Location"]


def test_switch_adds_the_skill_that_is_not_known(client: Client) -> None:
    page = page_of(client, FOUR)
    assert 'form="answers" name="known" value="docker" checked' in page
    assert '<input type="hidden" form="answers" name="assumed" value="docker">' in page

    off, on = switch(client, assumed="docker"), switch(client, assumed="docker", known="docker")

    assert "&skill=docker&skill=kubernetes&" in off
    assert "docker" not in on


def test_switch_that_is_off_takes_the_skill_off_the_list(client: Client) -> None:
    page = page_of(client, f"{FOUR}&skill=docker")
    box = re.findall('<input class="switch__box"[^>]*>', page)[0]
    assert 'name="known" value="docker"' in box
    assert " checked" not in box
    assert 'name="assumed"' not in page

    on, still_off = switch(client, skill=["docker", "kubernetes"], known="docker"), f"{FOUR}&skill=docker"

    assert "&skill=kubernetes&" in on
    assert "docker" not in on
    assert "&skill=docker&" in client.get(f"/verdict/?{still_off}").headers["Location"]


def test_skill_that_is_chosen_while_its_switch_is_on_stays_chosen(client: Client) -> None:
    address = client.get(f"/verdict/?{FOUR}&skill=docker&assumed=docker&known=docker").headers["Location"]

    assert "&skill=docker&" in address


def test_switch_of_a_full_list_is_a_sentence(client: Client) -> None:
    slugs = (
        "kubernetes",
        "cpp",
        "java",
        "kotlin",
        "postgresql",
        "python",
        "scala",
        "system-design",
        "rust",
        "go",
    )
    ten = AUSTIN_ALL + "".join(f"&skill={slug}" for slug in slugs)

    page = page_of(client, ten)

    assert "Assumes you know Docker." in page
    assert 'role="switch"' not in page


def test_switch_without_a_list_changes_nothing(client: Client) -> None:
    location = client.get(f"/verdict/?{AUSTIN_ALL}&assumed=docker").headers["Location"]

    assert "docker" not in location


@pytest.mark.parametrize(("salary", "is_said"), [(209_000, False), (400_000, True)])
def test_card_says_which_pay_is_counted_above_the_data(client: Client, salary: int, is_said: bool) -> None:
    text = text_of(page_of(client, f"salary={salary}&location=us-austin-tx&skill=kubernetes&skill=go"))

    assert ("We have no data above $210,000, so we count with that." in text) == is_said


def test_skills_without_data_are_not_counted_among_the_best(client: Client) -> None:
    query = "salary=115000&location=us-austin-tx&skill=application-security&skill=go&skill=kafka"

    assert "to be the best of the two with data" in text_of(page_of(client, query))
