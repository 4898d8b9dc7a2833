"""The details of a verdict: pages of their own, of which the verdict's page loads a part."""

from __future__ import annotations

import html
import re

import pytest
from django.test import Client

from calculator.engine import assess
from calculator.engine.edition import EvidenceChoice
from calculator.engine.profile import PayLevel, Profile
from calculator.presenters.calculation import present_calculation
from calculator.presenters.evidence import present_evidence_page
from calculator.presenters.market import present_market
from calculator.presenters.verdict import VerdictPresenter
from earnverdict.page_cache import may_be_stored
from skills.editions.document import PublishedEdition
from tests.calculator.states import FOUR, OTHERS

PATHS = {
    "/verdict/calculation/": "The calculation",
    "/verdict/evidence/": "Evidence",
    "/verdict/market/": "Your market",
    "/verdict/flips/": "What would change it",
    "/verdict/ways/": "Other ways to more pay",
}
PINNED = f"{FOUR}&edition=1"
LEVEL = "location=us-austin-tx&skill=go&skill=kafka&edition=1&pay=p50"
AUSTIN = Profile(
    pay=115_000.0,
    location="us-austin-tx",
    skills=("ai-ml-integration", "cloud-architecture", "kubernetes", "system-design"),
)


@pytest.fixture(autouse=True)
def _published(published: PublishedEdition) -> None:
    """Every page needs edition 1."""


def presenter_of(published: PublishedEdition, **answers: object) -> VerdictPresenter:
    profile = Profile(**{"pay": 115_000.0, "location": "us-austin-tx", **answers})  # type: ignore[arg-type]
    return VerdictPresenter(verdict=assess(profile, published.edition), published=published)


def text_of(page: str) -> str:
    """What a reader sees of a page's main part, with single spaces."""
    main = page.partition("<main")[2].partition("</main>")[0]
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", main)).replace("\u2060", "").split())


# Addresses


@pytest.mark.parametrize(("path", "title"), PATHS.items())
def test_page_names_itself_and_the_verdict_and_leads_back(client: Client, path: str, title: str) -> None:
    page = client.get(f"{path}?{PINNED}").content.decode()

    assert f"<title>{title}: Learn Kubernetes first | EarnVerdict</title>" in page
    assert re.findall(r"<h1[^>]*>(.*?)</h1>", page) == [title]
    back = f'<a class="on-screen" href="/verdict/?{html.escape(PINNED)}">Back to it</a>'
    assert f"The verdict: Learn Kubernetes first. {back}" in page


def test_page_of_pay_that_is_a_question_asks_it_in_place_of_the_answer(client: Client) -> None:
    far_out = PINNED.replace("salary=115000", "salary=5000")

    page = client.get(f"/verdict/evidence/?{far_out}").content.decode()

    assert "First a question: Is $5,000 your pay a month?" in text_of(page)
    assert "Learn Kubernetes first" not in page


def test_verdict_loads_a_part_of_each_page_and_links_to_it(client: Client) -> None:
    verdict = client.get(f"/verdict/?{PINNED}").content.decode()

    loaded = re.findall(r'hx-get="([^"]+)" hx-trigger="(?:load|(?:toggle|click) once)" hx-select="#([a-z]+)"', verdict)
    assert {html.unescape(address) for address, _ in loaded} == {f"{path}?{PINNED}" for path in PATHS}
    for address, part in loaded:
        page = client.get(html.unescape(address)).content.decode()
        assert len(re.findall(f'id="{part}"', page)) == 1
        assert f'id="{part}"' not in verdict
        assert f'href="{address}"' in verdict


@pytest.mark.parametrize("path", PATHS)
def test_other_spelling_is_sent_to_the_canonical_address(client: Client, path: str) -> None:
    response = client.get(f"{path}?{FOUR}&utm_source=x")

    assert (response.status_code, response.headers["Location"]) == (302, f"{path}?{PINNED}")
    assert response.headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize("path", PATHS)
def test_it_is_cached_as_the_verdict_is(client: Client, path: str) -> None:
    exact, level = (client.get(f"{path}?{query}") for query in (PINNED, LEVEL))

    assert exact.headers["Cache-Control"] == "private, max-age=300"
    assert exact.headers["X-Robots-Tag"] == "noindex, nofollow"
    assert level.headers["Cache-Control"].startswith("public, max-age=300, s-maxage=86400")
    assert level.headers["Surrogate-Key"] == "verdict edition-1"
    assert exact.headers["ETag"] != client.get(f"/verdict/?{PINNED}").headers["ETag"]
    unchanged = client.get(f"{path}?{PINNED}", headers={"If-None-Match": exact.headers["ETag"]})
    assert (unchanged.status_code, unchanged.content) == (304, b"")
    assert "Vary" not in exact.headers
    assert all(may_be_stored("200 OK", list(response.items())) for response in (exact, level))


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize("query", ["", "salary=lots&location=us", "skill=cobol"])
def test_mistakes_are_sent_to_the_verdict(client: Client, path: str, query: str) -> None:
    response = client.get(f"{path}?{query}")

    assert (response.status_code, response.headers["Location"]) == (302, f"/verdict/?{query}")
    assert response.headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize("path", PATHS)
def test_edition_that_does_not_exist_is_not_found(client: Client, path: str) -> None:
    assert client.get(f"{path}?{FOUR}&edition=7").status_code == 404
    assert client.post(f"{path}?{PINNED}").status_code == 405


# Words


HOURS = (
    "145 hours (our three estimates weighted; the middle one is 130) "
    "at a quarter of the $55.29 that an hour of your work pays"
)


def test_skill_that_goes_with_less_pay_is_said_to(published: PublishedEdition) -> None:
    calculation = present_calculation(presenter_of(published, pay=200_000.0, skills=("docker",), experience_years=1))

    assert calculation
    assert calculation.summary
    assert calculation.summary.lead == "Docker goes with 2.0% less pay, other skills held equal."


def test_skill_that_is_claimed_alone_is_said_to(published: PublishedEdition) -> None:
    answers = {"pay": 32_000.0, "location": "gb-leeds", "skills": None, "evidence": EvidenceChoice.HEADLINE}
    presenter = presenter_of(published, **answers)
    calculation = present_calculation(presenter)

    assert calculation
    assert calculation.summary
    assert calculation.summary.lead.startswith("A claim says cloud architecture (AWS/GCP) brings 32.3% more pay. ")
    assert present_evidence_page(presenter).lead.startswith("The figures that count are claims")


def test_summary_of_the_calculation_adds_up(published: PublishedEdition) -> None:
    calculation = present_calculation(presenter_of(published, skills=AUSTIN.skills))
    assert calculation
    assert calculation.summary

    assert (
        calculation.summary.lead
        == "Kubernetes goes with 3.9% more pay, other skills held equal. The costs include a $395 exam."
    )
    assert calculation.summary.lines == (
        ("3.934% of $115,000, a year", "$4,524"),
        ("for 2.162 years of the 3, at 50% odds", "$4,890"),
        ("the exam", "−\u2060$395"),
        (HOURS, "−\u2060$2,004"),
    )
    assert calculation.summary.total == ("What is left over 3 years", "$2,491")
    assert "$31 an hour of study" in calculation.summary.worth


def test_summary_names_what_is_learnt_before_and_leaves_out_what_costs_nothing(published: PublishedEdition) -> None:
    calculation = present_calculation(
        presenter_of(published, skills=("docker", "kubernetes"), hour_value=0.0, odds_percent=100)
    )
    assert calculation
    assert calculation.summary

    names = [name for name, _ in calculation.summary.lines]
    assert any(name.endswith(", Docker included, a year") for name in names)
    assert not any(" hours at " in name for name in names)


def test_evidence_that_the_verdict_turns_on_is_open_and_the_rest_closed(published: PublishedEdition) -> None:
    presenter = presenter_of(published)
    rivals = [rival.slug for rival in presenter.verdict.rivals if rival.slug in presenter.verdict.considered]
    decisive = {presenter.verdict.first, rivals[0]}

    evidence = present_evidence_page(presenter)

    assert {skill.figures.slug for skill in evidence.skills if skill.is_open} == decisive
    assert len(evidence.skills) > len(decisive)


def test_evidence_names_sources_grades_and_where_pay_is_from(client: Client) -> None:
    text = text_of(client.get(f"/verdict/evidence/?{PINNED}").content.decode())

    for part in (
        "US Bureau of Labor Statistics",
        "2025, 31,960 people.",
        "Made from 2 figures: 50% strong, 12% fair, 38% typical skill.",
        "So 38% of the figure is not measured for this skill: it is what skills bring on average.",
        "Grade A, strong; makes up 50% of the figure. US, Poland, Germany",
        "Grade D, claimed; not counted.",
        "Strong (A): other things held equal, and several samples agree.",
        "Edition 1 of ",
    ):
        assert part in text


def test_evidence_says_what_pay_and_years_of_work_change_and_who_measured_it(client: Client) -> None:
    text = text_of(client.get(f"/verdict/evidence/?{FOUR}&experience=7&edition=1", follow=True).content.decode())

    for part in (
        "Your pay +0.3% of pay More at your pay than on average: it moves the figure by so much. Who measured it",
        "That was measured once, on 5,535 back-end and full-stack developers in the United States",
        "all were halved, because they come from one country and one year. Source: ",
        "Source: Stack Overflow (own regression): Stack Overflow Developer Survey 2023, United States",
        "Your years of work move the figure of every skill by −0.3% of pay",
    ):
        assert part in text
    assert "2023, United States (2023; ODbL 1.0)" in text


def test_evidence_of_a_skill_without_tilt_has_no_shift(published: PublishedEdition) -> None:
    without = next(skill.slug for skill in published.edition.skills.values() if not skill.tilt)
    evidence = present_evidence_page(presenter_of(published, skills=(without,)))

    assert evidence.shifts is None
    assert [skill.at_your_pay for skill in evidence.skills] == [""]


def test_limits_name_what_may_decide_and_is_in_no_range(client: Client) -> None:
    page = text_of(client.get(f"/verdict/?{PINNED}").content.decode())

    assert "Your pay and your years of work move each skill’s figure, which may decide what comes first." in page
    assert "The ranges leave out how uncertain that is." in page


@pytest.mark.parametrize("odds", [10, 50, 100])
@pytest.mark.parametrize("skills", [("kubernetes",), ("docker", "kubernetes"), None], ids=["one", "bundle", "all"])
@pytest.mark.parametrize("years", [1, 3, 10])
def test_factors_of_the_summary_give_its_amounts(
    published: PublishedEdition, skills: tuple[str, ...] | None, odds: int, years: int
) -> None:
    presenter = presenter_of(published, skills=skills, odds_percent=odds, horizon_years=years)
    calculation = present_calculation(presenter)
    assert calculation
    assert calculation.summary

    lines = [*calculation.summary.lines, calculation.summary.total]
    amounts = [float(re.sub(r"[^\d.-]", "", amount.replace("−", "-"))) for _, amount in lines]
    percent, pay = re.findall(r"([\d.]+)% of \$([\d,]+)", lines[0][0])[0]
    years_of_pay = float(re.findall(r"for ([\d.]+) years", lines[1][0])[0])
    assert float(percent) / 100 * float(pay.replace(",", "")) == pytest.approx(amounts[0], abs=0.5)
    assert round(amounts[0] * years_of_pay * odds / 100) == amounts[1]
    assert sum(amounts[1:-1]) == amounts[-1]
    assert calculation.skills[0].left == f"{calculation.summary.total[1]} left"
    own = presenter.verdict.outlooks[0].gain
    assert own
    assert amounts[-1] == pytest.approx(own.net_gain, abs=2)


def test_market_says_where_pay_stands_in_words(published: PublishedEdition) -> None:
    market = present_market(presenter_of(published))
    assert market

    assert market.lead.endswith(", about 34 of 100 developers earn less than your $115,000 a year.")
    assert [f"{level.name} {level.amount}" for level in market.levels] == [
        "One in ten earns less than $96,110",
        "One in four earns less than $104,000",
        "Half earn more than $134,120",
        "One in four earns more than $168,730",
        "One in ten earns more than $209,890",
    ]
    assert not any(level.is_estimate for level in market.levels)
    assert market.notes == ()


@pytest.mark.parametrize(
    ("state", "said"),
    [
        ("above-p90", "You earn more than nine in ten. There is no data above $"),
        ("median-alone", "Only the middle is published. For the other levels we used "),
        ("level", "This verdict is made for ₹"),
        ("no-market", "No source gives developer pay there or in the country around it, so we cannot say."),
    ],
)
def test_market_says_what_stands_in(client: Client, state: str, said: str) -> None:
    page = client.get(f"/verdict/market/?{OTHERS[state]}", follow=True).content.decode()

    assert said in text_of(page)


def test_market_calls_levels_that_no_source_publishes_our_estimate(published: PublishedEdition) -> None:
    level = present_market(presenter_of(published, pay=PayLevel.P90, location="ng-lagos"))
    above = present_market(presenter_of(published, pay=20_000.0, location="ng-lagos"))

    assert level
    assert level.lead.endswith(" a year: we estimate that in Nigeria one in ten earns more.")
    assert above
    assert any(note.startswith("We estimate that you earn more than nine in ten.") for note in above.notes)


def test_claim_that_counts_nowhere_has_no_region(published: PublishedEdition) -> None:
    page = present_evidence_page(presenter_of(published, skills=("ai-ml-integration",)))
    figures = page.skills[0].figures

    assert {each.region for each in figures.not_counted} == {""}
    assert "counts everywhere" in {each.region for each in figures.counted}


def test_place_without_figures_names_the_one_that_was_used(client: Client, published: PublishedEdition) -> None:
    edition = published.edition
    slug = next(place.slug for place in edition.places.values() if not place.quantiles and place.parent)
    page = client.get(f"/verdict/market/?location={slug}&skill=go&edition=1&pay=p50", follow=True).content.decode()

    assert f"No source gives pay for {published.places.label(slug)}: we used " in text_of(page)


def test_calculation_is_read_without_formulas_which_are_closed(client: Client) -> None:
    page = client.get(f"/verdict/calculation/?{PINNED}").content.decode()

    assert "At 50% odds, half of the extra pay counts, in every sum and every chance." in text_of(page)
    assert "<details" in page
    assert " open>" not in page
    sure = client.get(f"/verdict/calculation/?{FOUR}&odds=100&edition=1").content.decode()
    assert "You are sure to be paid for it, so all of the extra pay counts." in text_of(sure)


def test_calculation_without_a_market_says_why_it_has_no_sums(client: Client) -> None:
    page = client.get(f"/verdict/calculation/?{OTHERS['no-market']}", follow=True).content.decode()

    assert "No source gives developer pay there, so there are no sums to show." in text_of(page)
