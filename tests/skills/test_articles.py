"""Articles: their files, their figures, their sources, their history."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

import skills
from calculator.engine import assess
from calculator.engine.edition import Edition
from calculator.engine.profile import PayLevel, Profile
from skills.articles.citations import number_citations, unknown_citations
from skills.articles.files import BadArticle, read_file
from skills.articles.published import PublishedArticle, published_articles, read_article, write_article
from skills.articles.references import NOT_ON_FILE, figure, fill_in, unknown_references
from skills.articles.rendering import present_article, skills_of, summarise
from skills.articles.workflow import publish_revision, save_revision
from skills.editions.document import PublishedEdition
from skills.editions.site import Site
from skills.editions.site_state import site_state
from skills.models import Article, Revision, SiteRevision
from tests.skills.factories import make_article

FILES = sorted((Path(skills.__file__).parent / "data" / "articles").glob("*.md"))
LONG_AGO = datetime(2025, 1, 1, tzinfo=UTC)
HEAD = "---\ntitle: A\nstandfirst: B: c\nauthor: C\npublished_on: 2026-01-02\nreviewed_on: 2026-01-03\n---\n"


@pytest.fixture
def edition(published: PublishedEdition) -> Edition:
    return published.edition


# Files


def test_file_is_named_lines_and_a_text() -> None:
    found = read_file(f"{HEAD}\nSome text.\n\n---\n\nMore.\n")

    assert (found.title, found.standfirst, found.author) == ("A", "B: c", "C")
    assert (found.published_at, found.reviewed_on) == (datetime(2026, 1, 2, tzinfo=UTC), date(2026, 1, 3))
    assert found.text == "Some text.\n\n---\n\nMore.\n"


@pytest.mark.parametrize(
    ("written", "title"),
    [
        pytest.param('"Skill: or senior"', "Skill: or senior", id="quoted"),
        pytest.param("'Skill: or senior'", "Skill: or senior", id="single"),
        pytest.param('"Skill" or "senior"', '"Skill" or "senior"', id="of-words"),
        pytest.param("Developers'", "Developers'", id="an-apostrophe"),
        pytest.param('"', '"', id="one"),
    ],
)
def test_quotation_marks_around_a_whole_value_are_no_part_of_it(written: str, title: str) -> None:
    assert read_file(f"{HEAD}x".replace("title: A", f"title: {written}")).title == title


@pytest.mark.parametrize(
    ("content", "message"),
    [
        pytest.param("", "begins with `---`", id="empty"),
        pytest.param("Text.", "begins with `---`", id="no-head"),
        pytest.param(HEAD.replace("author: C\n", "") + "x", "begins with `---`", id="no-author"),
        pytest.param(HEAD.replace("author:", "writer:") + "x", "begins with `---`", id="another-name"),
        pytest.param("x" + HEAD + "x", "begins with `---`", id="something-before"),
        pytest.param(HEAD, "no text", id="no-text"),
        pytest.param(HEAD.replace("2026-01-02", "yesterday") + "x", "Dates are written", id="no-date"),
    ],
)
def test_file_that_is_no_article_says_what_is_wrong(content: str, message: str) -> None:
    with pytest.raises(BadArticle, match=message):
        read_file(content)


@pytest.mark.parametrize("path", FILES, ids=[path.stem for path in FILES])
def test_every_figure_and_source_of_an_article_is_on_file(edition: Edition, path: Path) -> None:
    text = read_file(path.read_text()).text

    assert list(unknown_references(text, edition)) == []
    assert list(unknown_citations(text, edition)) == []
    assert "{{" not in fill_in(text, edition)
    assert "[@" not in number_citations(text, edition).text
    assert re.findall(r"[+−][\d.]+% (?:more|less|higher|lower)", fill_in(text, edition)) == []


@pytest.mark.parametrize("path", FILES, ids=[path.stem for path in FILES])
def test_every_address_in_an_article_opens(published: PublishedEdition, client: Client, path: Path) -> None:
    addresses = re.findall(r"\]\((/[^)]*)\)", path.read_text())

    answers = {address: client.get(address.partition("#")[0], follow=True) for address in addresses}

    assert addresses
    assert {address: answer.status_code for address, answer in answers.items() if answer.status_code != 200} == {}
    anchors = {address: address.partition("#")[2] for address in addresses if "#" in address}
    assert [a for a, anchor in anchors.items() if f'id="{anchor}"' not in answers[a].content.decode()] == []


# Figures


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        pytest.param("kubernetes@pooled-2026.mid", "+4.1%", id="middle"),
        pytest.param("kubernetes@pooled-2026.range", "+2.8% to +5.4%", id="range"),
        pytest.param("kubernetes@pooled-2026.low", "+2.8%", id="low"),
        pytest.param("kubernetes@pooled-2026.high", "+5.4%", id="high"),
        pytest.param("kubernetes@pooled-2026.year", "2024", id="year"),
        pytest.param("kubernetes@pooled-2026.sample", "2,241", id="sample"),
        pytest.param("ai-ml-integration@so-2021/us.mid", "+0.8%", id="regional"),
        pytest.param("kubernetes.headline", "+13.6% to +27.3%", id="headline"),
        pytest.param("kubernetes.hours", "90–220 hours", id="hours"),
        pytest.param("kubernetes.study_hours", "130 hours", id="study-hours"),
        pytest.param("kubernetes.grades", "50% strong, 12% fair, 38% typical skill", id="grades"),
        pytest.param("kubernetes.grade", "50% strong, 12% fair, 38% typical skill", id="grade-in-a-text-saved-before"),
        pytest.param("application-security.grades", None, id="nothing-it-rests-on"),
        pytest.param("place us-austin-tx.median", "$134,120", id="median"),
        pytest.param("place  gb-london.median", "£75,296", id="other-money"),
        pytest.param("way switch-employer.expected", "+4%", id="way"),
        pytest.param("way switch-employer/us.range", "−2% to +6%", id="way-of-a-country"),
        pytest.param("way promotion-senior/eastern-europe.low", "+33%", id="way-low"),
        pytest.param("way promotion-senior.high", "+20%", id="way-high"),
        pytest.param("way promotion-senior.odds", "14% a year", id="way-odds"),
        pytest.param("way promotion-senior.months", "12–36 months", id="way-months"),
        pytest.param("way move-market.expected", "50% of the gap", id="way-of-a-gap"),
        pytest.param("way promotion-senior@dou-2025/ua.mid", "+56.0%", id="way-evidence"),
        pytest.param("way promotion-senior@dou-2025/ua.range", "+51.1% to +61.1%", id="way-evidence-range"),
        pytest.param("way promotion-senior@dou-2025/ua.low", "+51.1%", id="way-evidence-low"),
        pytest.param("way promotion-senior@dou-2025/ua.high", "+61.1%", id="way-evidence-high"),
        pytest.param("way promotion-senior@dou-2025/ua.year", "2025", id="way-evidence-year"),
        pytest.param("way promotion-senior@dou-2025/ua.sample", "897", id="way-evidence-sample"),
        pytest.param("way promotion-senior@justjoin-2021/pl.range", None, id="way-evidence-without-a-range"),
        pytest.param("way promotion-senior@dou-2025.mid", None, id="way-evidence-of-another-area"),
        pytest.param("way stay.expected", None, id="way-without-a-figure"),
        pytest.param("way switch-employer/fi.expected", None, id="way-without-such-an-area"),
        pytest.param("way switch-employer.mode", None, id="way-without-such-a-measure"),
        pytest.param("way luck.expected", None, id="no-such-way"),
        pytest.param("experience us.0-3", "+31%", id="years-of-work"),
        pytest.param("experience world.10-12", "+1%", id="between-two-points"),
        pytest.param("staying us.0-3", "+20%", id="staying"),
        pytest.param("experience us.3-0", None, id="years-backwards"),
        pytest.param("experience us.3-60", None, id="years-that-nobody-has"),
        pytest.param("experience fi.0-3", None, id="no-such-curve"),
        pytest.param("kubernetes@alekseeva-2021.mid", None, id="no-such-evidence"),
        pytest.param("kubernetes@pooled-2026.mode", None, id="no-such-measure"),
        pytest.param("alchemy.premium", None, id="no-such-skill"),
        pytest.param("application-security.premium", None, id="nothing-measured"),
        pytest.param("kubernetes.premium us-austin-tx", None, id="a-place-too-many"),
        pytest.param("kubernetes.uplift", None, id="a-place-too-few"),
        pytest.param("kubernetes.uplift atlantis", None, id="no-such-place"),
        pytest.param("place atlantis.median", None, id="no-such-place-alone"),
        pytest.param("place us-austin-tx.p95", None, id="no-such-quantile"),
        pytest.param("", None, id="nothing"),
    ],
)
def test_reference_names_a_figure_of_the_edition(edition: Edition, name: str, expected: str | None) -> None:
    assert figure(name, edition) == expected


def test_uplift_is_that_of_a_verdict_at_the_median(edition: Edition) -> None:
    profile = Profile(pay=PayLevel.P50, location="us-austin-tx", skills=("kubernetes",))
    gain = assess(profile, edition).outlook("kubernetes").gain

    assert gain is not None
    assert figure("kubernetes.uplift us-austin-tx", edition) == "+⁠$1,600 to +⁠$7,500"
    assert (round(gain.uplift.low, -2), round(gain.uplift.high, -2)) == (1600, 7500)


def test_text_is_filled_in_and_says_where_a_figure_is_gone(edition: Edition) -> None:
    text = "It is {{ kubernetes.study_hours }}, not {{ alchemy.hours }}, {{never closed."

    assert fill_in(text, edition) == f"It is 130 hours, not {NOT_ON_FILE}, {{{{never closed."
    assert list(unknown_references(text, edition)) == ["{{ alchemy.hours }}"]


@given(text=st.text(alphabet="{}@/. -placekubrnts1", max_size=60))
def test_any_text_can_be_filled_in(published_edition: Edition, text: str) -> None:
    assert isinstance(fill_in(text, published_edition), str)


@pytest.fixture(scope="module")
def published_edition(real_published_site: Site) -> Edition:
    return real_published_site.newest.edition


# Sources


def test_sources_are_numbered_as_they_are_first_cited(edition: Edition) -> None:
    cited = number_citations("One [@so-2021]. Two [@pooled-2026] [@so-2021]. Three [@rumour].", edition)

    assert cited.text == "One[1](#source-so-2021). Two[2](#source-pooled-2026)[1](#source-so-2021). Three."
    assert [source.slug for source in cited.sources] == ["so-2021", "pooled-2026"]


def test_unknown_citations_are_named_once(edition: Edition) -> None:
    unknown = unknown_citations("[@rumour] [@gossip] [@rumour] [@so-2021]", edition)

    assert [found["slug"] for found in unknown] == ["rumour", "gossip", "rumour"]


# The page's words


def test_words_have_sections_boxes_and_contents(edition: Edition) -> None:
    section = "## Kubernetes now {skill=kubernetes}\n\nIt takes {{ kubernetes.study_hours }}."
    text = f"Lead [@so-2021].\n\n{section}\n\n### Deeper\n\nMore."

    words = present_article(_article(text=text), (), edition)

    assert [(section.title, section.anchor, section.is_nested) for section in words.sections] == [
        ("", "", False),
        ("Kubernetes now", "kubernetes-now", False),
        ("Deeper", "deeper", True),
    ]
    box = words.sections[1].box
    assert box is not None
    assert (box.name, box.expected, box.hours) == ("Kubernetes", "3.6% more pay", "90–220 hours")
    assert (box.basis, box.advice) == ("2\u00a0figures: 50% strong, 12% fair, 38% typical skill", "")
    assert box.chart is not None
    assert [bar.text for bar in box.chart.bars] == ["+13.6% to +27.3%", "+1.2% to +5.6%"]
    assert words.sections[1].html == "<p>It takes 130 hours.</p>\n"
    assert words.summary.skills == (("kubernetes", "Kubernetes"),)
    assert words.skills_query == "skill=kubernetes"
    assert [source.slug for source in words.sources] == ["so-2021"]


def test_marker_of_a_skill_that_is_gone_draws_no_box(edition: Edition) -> None:
    words = present_article(_article(text="## Alchemy {skill=alchemy}\n\nGone."), (), edition)

    assert words.sections[0].box is None
    assert (words.summary.skills, words.skills_query) == ((), "")


def test_dates_are_shown_once(edition: Edition) -> None:
    same = present_article(_article(), (), edition)
    changed = present_article(_article(updated_at=LONG_AGO + timedelta(days=40)), (), edition)

    assert (same.summary.published, same.updated, same.reviewed) == ("1 January 2025", "", "")
    assert changed.updated == "10 February 2025"


@pytest.mark.parametrize(
    ("count", "minutes"),
    [
        pytest.param(1, "1 minute", id="least"),
        pytest.param(220, "1 minute", id="one"),
        pytest.param(221, "2 minutes", id="two"),
    ],
)
def test_reading_time_is_counted_in_words(edition: Edition, count: int, minutes: str) -> None:
    summary = summarise(_article(text="word " * count), edition)

    assert summary.minutes.replace("\u00a0", " ") == f"{minutes} to read"


def test_next_reads_share_skills_first_then_are_newest(edition: Edition) -> None:
    kubernetes = "## K {skill=kubernetes}\n\nx"
    others = [
        _article(slug="new", published_at=LONG_AGO + timedelta(days=9), updated_at=LONG_AGO + timedelta(days=9)),
        _article(slug="old"),
        _article(slug="alike", text=kubernetes),
    ]

    words = present_article(_article(text=kubernetes), [*others, _article(text=kubernetes)], edition)

    assert [read.slug for read in words.next_reads] == ["alike", "new"]


def test_skills_of_an_article_are_its_markers_in_order() -> None:
    text = "## A {skill=go}\n\n## B {skill=docker}\n\n## C {skill=go}\n\n## D {place=us}\n\n`{skill=java}`"

    assert skills_of(_article(text=text)) == ("go", "docker")


# History


def test_texts_are_added_and_readers_see_the_published_one(db: None) -> None:
    article = make_article(slug="new-article")
    first = _save(article, text="First.")

    before = [found.slug for found in published_articles()]
    publish_revision(first, at=LONG_AGO)
    _save(article, text="Second.")
    shown = next(found for found in published_articles() if found.slug == "new-article")

    assert "new-article" not in before
    assert (shown.text, shown.published_at, shown.updated_at) == ("First.", LONG_AGO, LONG_AGO)
    assert list(article.revisions.order_by("number").values_list("number", "text")) == [(1, "First."), (2, "Second.")]


def test_publishing_again_keeps_the_first_date_and_lets_processes_look_again(db: None) -> None:
    article = make_article(slug="new-article")
    publish_revision(_save(article, text="First."), at=LONG_AGO)
    before = SiteRevision.objects.get().number

    publish_revision(_save(article, text="Second."), at=LONG_AGO + timedelta(days=1))

    site_state.refresh()
    shown = site_state.site().article("new-article")
    assert shown is not None
    assert (shown.text, shown.published_at, shown.updated_at) == ("Second.", LONG_AGO, LONG_AGO + timedelta(days=1))
    assert SiteRevision.objects.get().number == before + 1


def test_article_survives_being_written_as_json() -> None:
    for article in (_article(), _article(reviewed_on=date(2026, 5, 6))):
        assert read_article(write_article(article)) == article


# Pages


def test_list_shows_every_article_newest_first(published: PublishedEdition, client: Client) -> None:
    page = client.get("/articles/")

    titles = re.findall(r'class="articles__title"><a href="/articles/([^/]+)/"', page.content.decode())
    assert titles == [article.slug for article in site_state.site().articles]
    assert (page.status_code, dict(page.cookies)) == (200, {})


@pytest.mark.parametrize("path", FILES, ids=[path.stem for path in FILES])
def test_article_page_shows_its_text_figures_and_sources(
    published: PublishedEdition, client: Client, path: Path
) -> None:
    page = client.get(f"/articles/{path.stem}/")

    shown, found = page.content.decode(), read_file(path.read_text())
    assert (page.status_code, dict(page.cookies)) == (200, {})
    assert found.standfirst in shown
    assert NOT_ON_FILE not in shown
    assert "{{" not in shown
    assert shown.count('class="figures-box"') == found.text.count("{skill=")
    cited = set(re.findall(r'href="#source-([a-z0-9-]+)"', shown))
    assert cited == set(re.findall(r'<li id="source-([a-z0-9-]+)"', shown)) != set()


def test_unknown_article_is_not_found(published: PublishedEdition, client: Client) -> None:
    assert client.get("/articles/nothing/").status_code == 404


def _article(**fields: object) -> PublishedArticle:
    article = PublishedArticle(
        slug="made",
        title="A title",
        standfirst="What it says.",
        text="Some text.",
        author="An author",
        published_at=LONG_AGO,
        updated_at=LONG_AGO,
        reviewed_on=None,
    )
    return replace(article, **fields)  # type: ignore[arg-type]  # the tests name fields


def _save(article: Article, *, text: str) -> Revision:
    return save_revision(article, title="A", standfirst="B", text=text, author="C", saved_by="D")
