"""Other ways to more pay: the list, the page of each, their downloads, and figures that must not be compared."""

from __future__ import annotations

import csv
import io
import re
from dataclasses import replace

import pytest
from django.test import Client

from calculator.engine.edition import WORLDWIDE, Edition, Grade, OnVerdict, WayUnit
from earnverdict.formatting import WAY_RANGE_MEANING
from skills.editions.document import PublishedEdition, read_ways
from skills.presenters.caveats import DIFFERENCES, TYPICAL_SKILL
from skills.presenters.way import COLUMNS, describe_months, describe_odds, describe_range, present_way, present_ways
from tests.engine.factories import make_edition, make_way


@pytest.fixture
def edition(published: PublishedEdition) -> Edition:
    return published.edition


# The list


def test_ways_are_grouped_by_what_their_figures_are_shares_of(edition: Edition) -> None:
    groups = {group.anchor: [row.slug for row in group.rows] for group in present_ways(edition).groups}

    assert groups == {
        "pay": [
            "ask-raise",
            "contracting",
            "switch-employer",
            "foreign-contract",
            "sre-duties",
            "english-b2",
            "english-c1",
            "management",
            "promotion-senior",
            "promotion-architect",
            "promotion-staff",
        ],
        "offer": ["negotiate-offer"],
        "gap": ["move-market", "move-country"],
        "hour": ["side-work"],
        "baseline": ["stay"],
    }


def test_list_says_among_whom_odds_were_measured(edition: Edition) -> None:
    rows = [row for group in present_ways(edition).groups for row in group.rows]

    assert {row.slug: row.odds_from for row in rows if row.odds and row.odds_from != "a guess"} == {
        "ask-raise": "measured: visitors of Payscale, 2018",
        "negotiate-offer": "measured: US workers, Pew Research Center 2023, read second-hand",
    }


def test_list_shows_each_way_and_says_that_it_is_no_ranking(client: Client, edition: Edition) -> None:
    page = client.get("/ways/").content.decode()

    for slug in {way.slug for way in edition.ways}:
        assert f'href="/ways/{slug}/"' in page
    assert "this is no ranking" in page
    assert "your hours × your rate" in page


@pytest.mark.parametrize("path", ["/ways/", "/ways/switch-employer/"])
def test_range_of_a_way_is_what_we_think(client: Client, published: PublishedEdition, path: str) -> None:
    assert f": {WAY_RANGE_MEANING}." in client.get(path).content.decode()


def test_edition_from_before_there_were_ways_has_an_empty_list() -> None:
    words = present_ways(make_edition())

    assert (words.count, words.groups, words.skills) == (0, (), "")


# A page


def test_page_shows_the_ranges_of_each_area_and_all_evidence(client: Client, edition: Edition) -> None:
    page = client.get("/ways/promotion-senior/").content.decode()
    words = present_way(edition, "promotion-senior")

    assert [(row.area, row.expected, row.span) for row in words.rows] == [
        ("worldwide", "+12%", "+5% to +20%"),
        ("Eastern Europe", "+45%", "+33% to +58%"),
    ]
    assert (words.lead.odds, words.lead.months, words.lead.for_whom) == (
        "14% a year",
        "12–36 months",
        "2 to 9 years of work",
    )
    assert len(words.figures) == len(edition.way_evidence["promotion-senior"]) == 7
    for figure in words.figures:
        assert figure.population in page.replace("&#39;", "'")


def test_way_without_a_worldwide_range_is_shown_where_it_was_measured(edition: Edition) -> None:
    assert present_way(edition, "english-b2").lead.area == "Ukraine"


def test_page_says_what_the_way_must_not_be_compared_with(client: Client, edition: Edition) -> None:
    for way in edition.ways:
        assert way.not_compared_with
        page = client.get(f"/ways/{way.slug}/").content.decode()
        assert way.not_compared_with in page.replace("&#39;", "'")


def test_second_hand_figures_are_marked_and_last_of_their_grade(client: Client, edition: Edition) -> None:
    figures = present_way(edition, "switch-employer").figures

    assert [figure.source.slug for figure in figures if figure.is_second_hand] == [
        "adp-2026",
        "bofa-2026",
        "atlanta-fed",
        "van-inwegen-2023",
        "iab-2023",
        "iab-2012",
    ]
    assert all(figure.is_second_hand for figure in figures[-6:])
    assert client.get("/ways/switch-employer/").content.decode().count("read second-hand</span>") == 6


def test_figure_that_a_source_gives_in_words_has_no_percent(edition: Edition) -> None:
    (figure,) = present_way(edition, "ask-raise").figures

    assert (figure.middle, figure.span, figure.measures) == ("", "", "share of those who asked")
    assert "70% of those who asked" in figure.note


def test_share_of_a_gap_has_no_sign(edition: Edition) -> None:
    words = present_way(edition, "move-country")

    assert words.lead.expected == "75% of the gap"
    assert [figure.middle for figure in words.figures] == ["75%"]


def test_page_of_staying_shows_the_curve_of_each_area(client: Client, edition: Edition) -> None:
    words = present_way(edition, "stay")

    assert [curve.area for curve in words.curves][:3] == [
        "worldwide",
        "Australia, Canada and New Zealand, one sample",
        "Eastern Europe",
    ]
    assert next(curve for curve in words.curves if curve.area == "South Asia").is_thin
    assert " of how pay rises with years" in client.get("/ways/stay/").content.decode()


@pytest.mark.parametrize(
    ("slug", "said", "shown"),
    [
        ("ask-raise", {}, OnVerdict.YES),
        ("promotion-staff", {}, OnVerdict.STEP),
        ("management", {}, OnVerdict.NO),
        ("management", {"on_verdict": "yes"}, OnVerdict.YES),
        ("ask-raise", {"on_verdict": "no"}, OnVerdict.NO),
    ],
)
def test_edition_from_before_ways_said_so_shows_the_first_ones_on_verdicts(
    slug: str, said: dict[str, str], shown: OnVerdict
) -> None:
    texts = ("name", "summary", "lasts", "overlap", "overlaps_skill", "not_compared_with")
    way = {"slug": slug, "unit": "pay", **dict.fromkeys(texts, ""), **said}
    unknown = dict.fromkeys(["low_percent", "mid_percent", "high_percent", "odds_percent", "hours", "min_years"])
    place: dict[str, object] = {
        "way": slug,
        "region": "",
        "max_years": None,
        "grade": "C",
        "sources": [],
        "note": "",
        "odds_basis": "",
    }
    months = {"months_low": 1, "months_mid": 2, "months_high": 3}
    row = {**place, **unknown, **months, "is_odds_measured": False, "is_odds_yearly": False}

    (read,) = read_ways({"ways": [way], "way_ranges": [row]})

    assert read.on_verdict is shown


@pytest.mark.parametrize("path", ["/ways/", "/ways/switch-employer/"])
def test_tables_of_ways_have_each_column(client: Client, published: PublishedEdition, path: str) -> None:
    page = client.get(path).content.decode()

    heads = re.findall(r'columnheader">([^<]+)<', page)[1:]
    assert heads[: len(COLUMNS)] == [column.head for column in COLUMNS]
    assert re.search(r'<b>\+4%</b> <span class="figures__span">0% to \+10%</span>', page)
    assert re.search(r'data-label="evidence">[A-D], ', page)


def test_part_that_staying_brings_is_that_of_the_edition(edition: Edition) -> None:
    other = replace(edition, constants=replace(edition.constants, staying_share=0.6))

    assert present_way(other, "stay").lead.expected == "60% of how pay rises with years"


def test_page_links_the_skill_that_is_the_same_and_says_why_its_figure_differs(client: Client) -> None:
    page = client.get("/ways/sre-duties/").content.decode()

    assert 'href="/skills/site-reliability/"' in page
    assert TYPICAL_SKILL in page


def test_unknown_way_is_not_found(client: Client, published: PublishedEdition) -> None:
    assert client.get("/ways/luck/").status_code == 404


@pytest.mark.parametrize(
    ("months", "shown"),
    [((0, 0, 1), "at once"), ((0, 1, 1), "a month"), ((0, 1, 6), "0–6 months"), ((12, 24, 36), "12–36 months")],
)
def test_months_are_written(months: tuple[float, float, float], shown: str) -> None:
    assert describe_months(make_way("a", months=months)) == shown


def test_what_nobody_knows_is_not_written() -> None:
    way = make_way("a", unit=WayUnit.HOUR, low=None, expected=None, high=None, odds=None)

    assert (describe_range(way), describe_odds(way)) == ("", "")


@pytest.mark.parametrize(
    ("first", "last", "shown"),
    [
        (None, None, ""),
        (5, None, "from 5 years of work"),
        (2, 9, "2 to 9 years of work"),
        (None, 4, "0 to 4 years of work"),
    ],
)
def test_page_says_for_whom_a_way_is_a_next_step(first: int | None, last: int | None, shown: str) -> None:
    edition = make_edition(ways=(make_way("a", min_years=first, max_years=last, grade=Grade.D),))

    assert present_way(edition, "a").lead.for_whom == shown


# Grades


def test_comparisons_of_titles_are_fair_at_best(edition: Edition) -> None:
    titles = ("promotion-senior", "promotion-staff", "promotion-architect", "management")
    evidence = [figure for slug in titles for figure in edition.way_evidence[slug]]

    assert {figure.grade for figure in evidence} == {Grade.C, Grade.D}
    assert {way.grade for way in edition.ways if way.slug in titles} == {Grade.C}
    raw = {figure.source for figure in evidence if figure.grade is Grade.D}
    assert raw == {"adp-2019", "ads-2023-us", "bls-oews-2025", "justjoin-2021", "leniuk"}


@pytest.mark.parametrize("slug", ["promotion-architect", "switch-employer"])
def test_range_of_the_united_states_holds_what_its_evidence_says_there(edition: Edition, slug: str) -> None:
    """A middle outside the range of every piece would contradict the sentence next to it."""
    (way,) = (each for each in edition.ways if (each.slug, each.region) == (slug, "us"))
    middles = [each.mid for each in edition.way_evidence[slug] if each.region == "us" and each.source in way.sources]

    assert way.expected is not None
    known = [middle for middle in middles if middle is not None]
    assert min(known) - 0.005 <= way.expected <= max(known)


def test_page_says_that_people_differ_where_it_is_a_comparison(client: Client, published: PublishedEdition) -> None:
    pages = {
        slug: client.get(f"/ways/{slug}/").content.decode() for slug in ("promotion-senior", "stay", "move-country")
    }

    assert [slug for slug, page in pages.items() if DIFFERENCES in page] == ["promotion-senior", "stay"]
    assert DIFFERENCES in client.get("/ways/").content.decode()


# Downloads


def test_json_has_every_range_and_piece_of_evidence(client: Client, edition: Edition) -> None:
    data = client.get("/ways.json").json()

    assert {way["slug"] for way in data["ways"]} == {way.slug for way in edition.ways}
    assert sum(len(way["ranges"]) for way in data["ways"]) == len(edition.ways)
    assert sum(len(way["evidence"]) for way in data["ways"]) == sum(map(len, edition.way_evidence.values()))
    assert len(data["experience"]) == len(edition.experience)
    switch = next(way for way in data["ways"] if way["slug"] == "switch-employer")
    assert (switch["unit"], switch["overlaps_skill"]) == ("pay", None)
    assert {
        name: switch["ranges"][0][name] for name in ("region", "low", "expected", "high", "odds", "months_mid")
    } == {
        "region": None,
        "low": 0,
        "expected": 0.04,
        "high": 0.1,
        "odds": 0.6,
        "months_mid": 4,
    }


def test_csv_has_the_ranges_of_the_json_as_percent(client: Client, edition: Edition) -> None:
    answer = client.get("/ways.csv")
    rows = list(csv.DictReader(io.StringIO(answer.content.decode(), newline="")))

    assert answer.headers["Content-Disposition"] == 'attachment; filename="earnverdict-ways-edition-1.csv"'
    assert [(row["slug"], row["region"]) for row in rows] == [(way.slug, way.region) for way in edition.ways]
    (world,) = (row for row in rows if (row["slug"], row["region"]) == ("promotion-senior", WORLDWIDE))
    assert (world["low_percent"], world["expected_percent"], world["high_percent"]) == ("5.0", "12.0", "20.0")
    assert (world["odds_percent"], world["months_high"], world["grade"]) == ("14.0", "36", "C")


def test_csv_of_an_edition_without_ways_is_a_header(published: PublishedEdition) -> None:
    from skills.catalogue.way_downloads import ways_csv

    empty = replace(published, edition=replace(published.edition, ways=(), way_evidence={}, experience=()))

    assert ways_csv(empty) == "edition,published_at,model,licence\r\n"


def test_list_has_the_name_that_a_verdicts_ways_have(client: Client) -> None:
    page = client.get("/ways/").content.decode()

    assert "<title>Other ways to more pay | EarnVerdict</title>" in page
    assert "<h1>Other ways to more pay</h1>" in page
