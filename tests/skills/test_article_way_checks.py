"""What checks find in an article about figures of other ways to more pay that are typed or cited."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from calculator.engine.edition import Edition
from skills.articles.checks import Finding, check_article, find_contradictions
from skills.articles.known_way_figures import named_ways
from skills.articles.published import PublishedArticle
from skills.editions.site import Site

HEADING = "## What else brings more pay"


@pytest.fixture(scope="module")
def edition(real_published_site: Site) -> Edition:
    return real_published_site.newest.edition


@pytest.fixture(scope="module")
def newer(edition: Edition) -> Edition:
    """The same with another range for a change of employer, and with other evidence about it."""
    ways = tuple(replace(way, low=0.02, high=0.12) if way.slug == "switch-employer" else way for way in edition.ways)
    figures = tuple(replace(each, mid=0.031, note="") for each in edition.way_evidence["switch-employer"])
    return replace(edition, number=2, ways=ways, way_evidence={**edition.way_evidence, "switch-employer": figures})


def check(edition: Edition, text: str) -> list[Finding]:
    return list(
        check_article(
            title="Ways to more pay",
            standfirst="Some are larger than a skill.",
            text=text,
            edition=edition,
            articles=[],
        )
    )


def article(text: str) -> PublishedArticle:
    long_ago = datetime(2025, 1, 1, tzinfo=UTC)
    return PublishedArticle(
        slug="ways",
        title="Ways to more pay",
        standfirst="Some are larger than a skill.",
        text=text,
        author="An editor",
        published_at=long_ago,
        updated_at=long_ago,
        reviewed_on=None,
    )


@pytest.mark.parametrize(
    ("words", "ways"),
    [
        ("a change of employer", {"switch-employer"}),
        ("Changing employers", {"switch-employer"}),
        ("those who switch employer", {"switch-employer"}),
        ("being promoted from mid-level to senior", {"promotion-senior"}),
        ("promotion to staff", {"promotion-staff"}),
        ("those who ask for a raise", {"ask-raise"}),
        ("negotiating an offer", {"negotiate-offer"}),
        ("a change of tools, which every good employer likes", set()),
        ("good management", set()),
        ("a raise; a manager who pays it will not ask about your last employer or your plans", set()),
    ],
)
def test_ways_are_named_in_any_form(edition: Edition, words: str, ways: set[str]) -> None:
    assert named_ways(words, edition) == ways


@pytest.mark.parametrize(
    ("sentence", "typed"),
    [
        pytest.param("A change of employer brings 0 to 10 %.", "0 to 10 %", id="range"),
        pytest.param("A promotion to senior brings 12% more.", "12%", id="one figure"),
        pytest.param("Changing employers adds $5,000 a year.", "$5,000", id="money"),
    ],
)
def test_typed_figure_of_a_way_is_an_error(edition: Edition, sentence: str, typed: str) -> None:
    findings = [each for each in check(edition, f"{HEADING}\n\n{sentence}\n") if each.is_error]

    assert [(each.line, each.passage) for each in findings] == [(3, typed)]


@pytest.mark.parametrize(
    ("sentence", "figure", "is_error"),
    [
        pytest.param("In this country, developers work 5% more hours than in 2020.", "5%", False, id="other order"),
        pytest.param(
            "Employers changed their minds: they hire 20% more juniors.", "20%", False, id="other order, near"
        ),
        pytest.param("Management moved the office; rent is 20% more.", "20%", False, id="other order, alone"),
        pytest.param("On the employer's side, remote work costs 10% more.", "10%", False, id="other words between"),
        pytest.param("Those who work in the country pay 5% more rent.", "5%", False, id="half of the name"),
        pytest.param("Movements into management are 20% more common.", "20%", False, id="another word"),
        pytest.param("Sri Lanka, its duties and all, pays 20% more.", "20%", False, id="beginning of a short word"),
        pytest.param("A change of employer's software brings 5% more work.", "5%", False, id="genitive"),
        pytest.param("Inflation raises prices by 4%, so ask for a raise.", "4%", False, id="other clause, before"),
        pytest.param("Inflation raises prices by 4% so ask for a raise.", "4%", False, id="other clause, no comma"),
        pytest.param("Ask for a raise: inflation raises prices by 4%.", "4%", False, id="other clause, after"),
        pytest.param("You get 5% more if you change your employer.", "5%", True, id="after the figure"),
        pytest.param("In short, moving into management brings 5% more, or so.", "5%", True, id="own clause"),
        pytest.param("Stay and do nothing, or change employer: 5%.", "5%", None, id="two ways"),
        pytest.param("To stay and do nothing brings 5% more.", "5%", True, id="name with and"),
        pytest.param("Change employer: 5%.", "5%", True, id="label"),
        pytest.param("Working for another country brings 5% more.", "5%", True, id="name with another"),
        pytest.param("A contract with a foreign client brings 5% more.", "5%", True, id="long name"),
    ],
)
def test_figure_is_an_error_only_where_its_clause_has_the_name_of_the_way(
    edition: Edition, sentence: str, figure: str, is_error: bool | None
) -> None:
    found = [(each.passage, each.is_error) for each in check(edition, f"{HEADING}\n\n{sentence}\n")]

    assert found == ([] if is_error is None else [(figure, is_error)])


@pytest.mark.parametrize(
    ("text", "errors"),
    [
        pytest.param("## Changing employer\n\nIt brings 5% more.\n", [True], id="named by a heading"),
        pytest.param("## Employers changed\n\nThey hire 5% more juniors.\n", [False], id="a heading's words"),
        pytest.param("|Way|Extra|\n|-|-|\n|Change employer|5%|\n", [True], id="named by a row"),
        pytest.param("|Who|Extra|\n|-|-|\n|Employers, changed|5%|\n", [False], id="a row's words"),
        pytest.param("|What|Employer, extra|\n|-|-|\n|Change|5%|\n", [False], id="of a row and a column"),
    ],
)
def test_heading_or_label_makes_a_figure_an_error_only_with_the_name_of_a_way(
    edition: Edition, text: str, errors: list[bool]
) -> None:
    figures = [each for each in check(edition, text) if each.passage == "5%"]

    assert [each.is_error for each in figures] == errors


def test_warning_says_of_which_way_the_figure_may_be(edition: Edition) -> None:
    (finding,) = check(edition, f"{HEADING}\n\nIn this country, developers work 5% more hours.\n")

    assert finding.message.startswith(
        "“5%” is perhaps about “Work for another country” and has no source; edition 1 has "
    )
    assert finding.suggestion.startswith("If it is about something else, it may stay. Name the figure, as {{ way")


def test_finding_says_what_the_edition_has_and_how_to_name_it(edition: Edition) -> None:
    (finding,) = check(edition, f"{HEADING}\n\nA change of employer brings 0 to 10%.\n")

    assert finding.message == (
        "“0 to 10%” is typed about “Change employer” and has no source; edition 1 has 0% to +10%."
    )
    assert finding.suggestion.startswith("Name the figure, as {{ way switch-employer.range }}, or cite the source")


def test_heading_that_names_a_way_is_what_its_sentences_are_about(edition: Edition) -> None:
    text = "## Changing employer\n\nIt brings 0 to 10% more.\n\n## Then\n\nIt brings 0 to 10% more.\n"

    assert [each.line for each in check(edition, text)] == [3]


@pytest.mark.parametrize(
    "sentence",
    [
        "A change of employer brings {{ way switch-employer.range }}.",
        "A change of employer brings 2.8% more [@adp-2024].",
        "70% of those who ask for a raise get some.",
        "A change of employer takes 2 to 8 months.",
        "After a change of employer 5% of developers leave.",
    ],
)
def test_named_cited_and_other_figures_are_fine(edition: Edition, sentence: str) -> None:
    assert check(edition, f"{HEADING}\n\n{sentence}\n") == []


def test_cited_figure_that_the_source_does_not_have_is_a_warning(edition: Edition) -> None:
    (finding,) = check(edition, f"{HEADING}\n\nA change of employer brings 3.8% more [@adp-2024].\n")

    assert not finding.is_error
    assert finding.message.endswith(
        "is none of the figures that adp-2024 has for “Change employer” in edition 1, +2.8%."
    )
    assert finding.suggestion == "Name the one you mean, as {{ way switch-employer@adp-2024.mid }}."


@pytest.mark.parametrize("figure", ["0 to 10 %", "−1.3%"])
def test_typed_figure_contradicts_an_edition_in_which_the_way_has_another(
    edition: Edition, newer: Edition, figure: str
) -> None:
    text = article(f"{HEADING}\n\nA change of employer brings {figure}.\n")

    assert find_contradictions(text, edition) == ()
    assert [(each.line, each.passage) for each in find_contradictions(text, newer)] == [(3, figure)]


def test_cited_figure_contradicts_an_edition_in_which_the_source_has_another(edition: Edition, newer: Edition) -> None:
    text = article(f"{HEADING}\n\nA change of employer brings 2.8% more [@adp-2024].\n")

    assert find_contradictions(text, edition) == ()
    assert [each.line for each in find_contradictions(text, newer)] == [3]
