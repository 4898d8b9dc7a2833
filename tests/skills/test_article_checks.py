"""What checks find in an article: errors, which stop publication, and warnings, each with a suggestion."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from hypothesis import given
from hypothesis import strategies as st

import skills
from calculator.engine.edition import Edition, EvidenceChoice
from skills.articles.checks import Finding, Severity, check_article, find_contradictions
from skills.articles.files import read_file
from skills.articles.published import PublishedArticle
from skills.editions.site import Site
from skills.editions.site_state import site_state
from skills.models import Article, Skill

FILES = sorted((Path(skills.__file__).parent / "data" / "articles").glob("*.md"))
METHODOLOGY = Path(skills.__file__).parent.parent / "docs" / "methodology.md"
LONG_AGO = datetime(2025, 1, 1, tzinfo=UTC)

# The edition comes from the test database, which is made only for tests that ask for one.

TITLE = "What Kubernetes pays"
STANDFIRST = "A premium is smaller than a headline says."
HEADING = "## What is measured {skill=kubernetes}"
PROSE = "The measured premium is small, and its range is known."
FIGURES = "Name the figure, as {{ kubernetes.premium }}, or cite the source of yours."
OPEN = (
    "is a range without an upper end. Write both ends and cite the source, or name a figure of the edition, as "
    "{{ kubernetes.premium }}."
)
UNKNOWN = "Edition 1 has no figure for “{{ alchemy.premium }}”. Correct the name, or write the sentence without it."
FENCE = "The code block that begins here has no end. Close it with the same marks on a line of their own."
BRIEF = "reads like an instruction to a writer. Tell the reader what the article says."
PLACEHOLDER = "is a placeholder. Put in what belongs there, or cut it."
CHATBOT = "reads like a chatbot’s answer. Write what the reader needs to know."


@pytest.fixture(scope="module")
def edition(real_published_site: Site) -> Edition:
    return real_published_site.newest.edition


def _find(edition: Edition, articles: Sequence[str] = (), **different: str) -> tuple[Finding, ...]:
    """The findings in a clean article but for what is different."""
    fields = {"title": TITLE, "standfirst": STANDFIRST, "text": f"{HEADING}\n\n{PROSE}\n"} | different
    return check_article(**fields, edition=edition, articles=articles)


def _check(edition: Edition, **different: str) -> list[tuple[str, int | None, str]]:
    """The same as plain values: where, and what it says."""
    return [
        (finding.field, finding.line, f"{finding.message} {finding.suggestion}")
        for finding in _find(edition, **different)
    ]


def _below(words: str) -> str:
    """A text whose only section begins with these words, in line 3."""
    return f"{HEADING}\n\n{words}\n"


# The whole


def test_brief_over_an_open_range_has_three_findings_each_with_a_suggestion(edition: Edition) -> None:
    findings = check_article(
        title=TITLE,
        standfirst="Write a 600-word article about the best skills. Cover: cloud, Kubernetes, system design,",
        text="## AI/ML: $30-50K+\n\nWhat is measured is smaller than what is claimed.\n",
        edition=edition,
    )

    assert findings == (
        Finding(
            severity=Severity.WARNING,
            field="standfirst",
            line=None,
            passage="Write a 600-word article about the best skills.",
            message="“Write a 600-word article about the best skills.” reads like an instruction to a writer.",
            suggestion="Tell the reader what the article says.",
        ),
        Finding(
            severity=Severity.WARNING,
            field="standfirst",
            line=None,
            passage="… Cover: cloud, Kubernetes, system design,",
            message="“… Cover: cloud, Kubernetes, system design,” ends in mid-sentence, with a comma.",
            suggestion="Finish the sentence.",
        ),
        Finding(
            severity=Severity.ERROR,
            field="text",
            line=1,
            passage="$30-50K+",
            message="“$30-50K+” is a range without an upper end, typed about AI/ML integration and has no source; "
            "edition 1 measures −0.8% to +15.5%.",
            suggestion="Leave it out here, and say it in the text, where it can be named, as "
            "{{ ai-ml-integration.premium }}, or cited.",
        ),
    )


@pytest.mark.parametrize("path", FILES, ids=[path.stem for path in FILES])
def test_checks_find_nothing_in_the_articles_of_the_catalogue(edition: Edition, path: Path) -> None:
    found = read_file(path.read_text(encoding="utf-8"))

    findings = check_article(
        title=found.title,
        standfirst=found.standfirst,
        text=found.text,
        edition=edition,
        articles=[other.stem for other in FILES],
    )

    assert findings == ()


def test_methodology_has_no_warning_but_that_of_its_title(edition: Edition) -> None:
    findings = check_article(
        title=TITLE, standfirst=STANDFIRST, text=METHODOLOGY.read_text(encoding="utf-8"), edition=edition
    )

    # It works its figures out and cites no source for them.
    warnings = [finding for finding in findings if not finding.is_error and "has no source" not in finding.message]
    assert [(warning.line, "heading of level 1" in warning.message) for warning in warnings] == [(1, True)]


def test_finding_reads_as_a_line() -> None:
    finding = Finding(
        severity=Severity.ERROR, field="text", line=7, passage="a", message="It is wrong.", suggestion="Write b."
    )

    assert str(finding) == "text, line 7: It is wrong. Write b."
    assert str(replace(finding, field="title", line=None)) == "title: It is wrong. Write b."


# Open ranges


@pytest.mark.parametrize(
    ("words", "quoted"),
    [
        pytest.param("It adds $30-50K+ a year.", "$30-50K+", id="dollars"),
        pytest.param("It adds €40k+ a year.", "€40k+", id="euros"),
        pytest.param("It adds £40,000+ a year.", "£40,000+", id="whole-pounds"),
        pytest.param("It adds 30–50%+ to pay.", "30–50%+", id="percent"),
        pytest.param("It adds 30 %+ to pay.", "30 %+", id="percent-after-a-space"),
        pytest.param("It adds 30 percent or more to pay.", "30 percent or more", id="percent-in-words"),
        pytest.param("It adds 20% and up.", "20% and up", id="and-up"),
        pytest.param("It adds 50K or more.", "50K or more", id="thousands"),
        pytest.param("It adds 50K+ in pay.", "50K+", id="thousands-in-pay"),
        pytest.param("It adds 50k-plus.", "50k-plus", id="plus-in-a-word"),
        pytest.param("It adds $50,000 plus.", "$50,000 plus", id="plus-as-a-word"),
        pytest.param("It adds upwards of $20K.", "upwards of $20K", id="upwards-of"),
        pytest.param("It adds north of about €20,000.", "north of about €20,000", id="north-of"),
        pytest.param("It goes from €30K up.", "from €30K up", id="from-up"),
        pytest.param("It goes from $30K upwards.", "from $30K upwards", id="from-upwards"),
        pytest.param("It adds ≥ 30% to pay.", "≥ 30%", id="sign"),
        pytest.param("It adds $20,000 a year or more.", "$20,000 a year or more", id="a-year-or-more"),
        pytest.param("It adds $20K/year+.", "$20K/year+", id="slash-year"),
        pytest.param("It adds 25 LPA+.", "25 LPA+", id="lakh"),
        pytest.param("It adds 50,000 EUR+.", "50,000 EUR+", id="code-after"),
        pytest.param("Salaries of 150,000+ are common.", "150,000+", id="bare-pay"),
        pytest.param("It adds **$30K**+ a year.", "$30K+", id="emphasis"),
        pytest.param(r"It adds \$30K\+ a year.", "$30K+", id="escapes"),
        pytest.param("| Skill | A year |\n| --- | --- |\n| Cloud | $30K+ |", "$30K+", id="table"),
        pytest.param("- Cloud: $30K+\n- Docker: none.", "$30K+", id="item"),
        pytest.param("> It adds $30K+ a year.", "$30K+", id="quotation"),
    ],
)
def test_range_without_an_end_is_refused(edition: Edition, words: str, quoted: str) -> None:
    problems = _check(edition, text=f"## Pay\n\n{words}\n")

    line = 5 if words.startswith("|") else 3
    assert problems == [("text", line, f"“{quoted}” {OPEN}")]


@pytest.mark.parametrize("field", ["title", "standfirst"])
def test_range_without_an_end_is_refused_at_the_top(edition: Edition, field: str) -> None:
    assert _check(edition, **{field: "Cloud can pay $30K+."}) == [(field, None, f"“$30K+” {OPEN}")]


@pytest.mark.parametrize(
    "words",
    [
        pytest.param("C++ and C++20 are the same language.", id="language"),
        pytest.param("Everybody over 18+ may sit the exam.", id="age"),
        pytest.param("It asks for 3+ years of experience.", id="years"),
        pytest.param("The expected premium is +4.1%.", id="sign-before"),
        pytest.param("The samples give +2.6% to +5.4% of pay.", id="closed"),
        pytest.param("Python 3.12+ and PHP 8+ will do.", id="versions"),
        pytest.param("Write `$30K+` as you wish.", id="code"),
        pytest.param("It comes to {{ kubernetes.premium }}.", id="named"),
        pytest.param("The repository has 50K+ stars.", id="stars"),
        pytest.param("They read 100,000+ adverts.", id="adverts"),
        pytest.param("A lean has a confidence of 60% or more.", id="confidence"),
        pytest.param("It is listed by 30% or more of the adverts.", id="share"),
        pytest.param("If you earn $200,000 or more, you are above P90.", id="condition"),
        pytest.param("An exam of $395 and up to six weeks of study.", id="up-to"),
        pytest.param("The exam is $395 plus tax.", id="sum"),
        pytest.param("From $4,000 up to $9,000 is what Austin gives.", id="from-up-to"),
        pytest.param("See https://example.org/50%+ for it.", id="address"),
        pytest.param("    $30K+ is code here", id="code-block"),
    ],
)
def test_counts_and_closed_ranges_are_accepted(edition: Edition, words: str) -> None:
    assert _check(edition, text=f"## Pay\n\n{words}\n") == []


# Briefs and placeholders


@pytest.mark.parametrize(
    ("standfirst", "message"),
    [
        pytest.param("Write a 600-word article about cloud.", BRIEF, id="words"),
        pytest.param("Please write an article about the best skills.", BRIEF, id="article"),
        pytest.param("Draft a blog post on system design.", BRIEF, id="blog-post"),
        pytest.param("A 1,200-word SEO article.", BRIEF, id="length"),
        pytest.param("Cover: cloud, Kubernetes and system design.", BRIEF, id="cover-colon"),
        pytest.param("The skills that pay. Mention Docker and Go.", BRIEF, id="mention"),
        pytest.param("Include cloud, Kubernetes and Docker.", BRIEF, id="include-list"),
        pytest.param("Include bullet points with salaries.", BRIEF, id="bullets"),
        pytest.param("Make sure to mention Kubernetes.", BRIEF, id="make-sure"),
        pytest.param("Write about the best skills for 2026.", BRIEF, id="write-about"),
        pytest.param("A guide to skills. Include salary data.", BRIEF, id="include-data"),
        pytest.param("Keep it under 300 words.", BRIEF, id="keep-short"),
        pytest.param("Target keyword: backend skills.", BRIEF, id="keyword"),
        pytest.param("Skills that pay. Word count: 600.", BRIEF, id="word-count"),
        pytest.param("You are an expert technical writer.", BRIEF, id="role"),
        pytest.param("An SEO-optimized look at skills.", BRIEF, id="seo"),
        pytest.param("[Insert standfirst here].", PLACEHOLDER, id="insert"),
        pytest.param("TODO: say what is measured.", PLACEHOLDER, id="todo"),
        pytest.param("Lorem ipsum dolor sit amet.", PLACEHOLDER, id="lorem"),
        pytest.param("Skills pay XX% more.", PLACEHOLDER, id="percent"),
        pytest.param("Skills pay $XXK more.", PLACEHOLDER, id="dollars"),
        pytest.param("Skills pay more [source].", PLACEHOLDER, id="source"),
        pytest.param("As an AI language model, I know skills.", CHATBOT, id="model"),
        pytest.param("Sure! Here is the standfirst.", CHATBOT, id="sure"),
    ],
)
def test_standfirst_that_no_reader_should_see_is_refused(edition: Edition, standfirst: str, message: str) -> None:
    problems = _check(edition, standfirst=standfirst)

    assert [(field, line) for field, line, _ in problems] == [("standfirst", None)]
    assert problems[0][2].endswith(f"” {message}")
    assert problems[0][2][1:].split("”")[0] in standfirst


@pytest.mark.parametrize(
    "standfirst",
    [
        pytest.param("Start with Kubernetes, then add cloud.", id="start"),
        pytest.param("Compare your pay with the market.", id="compare"),
        pytest.param("Add Docker before Kubernetes: it is required.", id="add"),
        pytest.param("Discuss the offer with your manager.", id="discuss"),
        pytest.param("Make sure to mention it in your interview.", id="make-sure"),
        pytest.param("Include your bonus when you compare.", id="include"),
        pytest.param("Mention of Kubernetes in adverts has doubled.", id="noun"),
        pytest.param("Cover letters matter less than evidence.", id="cover-letters"),
        pytest.param("Write services in Go, and expect little.", id="write-services"),
        pytest.param("Articles cover skills that adverts mention.", id="about-articles"),
        pytest.param("Use the verdict, and cut the list in half.", id="use"),
        pytest.param("As an AI engineer you compare jobs.", id="engineer"),
        pytest.param("What a todo list has to do with pay.", id="todo-list"),
        pytest.param("In a few words: the headlines are too high.", id="words"),
    ],
)
def test_standfirst_for_readers_is_accepted(edition: Edition, standfirst: str) -> None:
    assert _check(edition, standfirst=standfirst) == []


@pytest.mark.parametrize(
    ("words", "quoted", "message"),
    [
        pytest.param("Pay rises by XX% a year.", "XX%", PLACEHOLDER, id="percent"),
        pytest.param("Pay rises [citation needed].", "[citation needed]", PLACEHOLDER, id="citation"),
        pytest.param("Pay rises. FIXME.", "FIXME", PLACEHOLDER, id="fixme"),
        pytest.param(
            "Pay rises.\nMention Kubernetes in this section.",
            "Mention Kubernetes in this section.",
            BRIEF,
            id="section",
        ),
        pytest.param("Write a 600-word article on pay.", "Write a 600-word article on pay.", BRIEF, id="brief"),
        pytest.param("I hope this article helps you.", "I hope this article helps you.", CHATBOT, id="hope"),
    ],
)
def test_text_that_no_reader_should_see_is_refused(edition: Edition, words: str, quoted: str, message: str) -> None:
    line = 3 + words[: words.index(quoted)].count("\n")

    assert _check(edition, text=_below(words)) == [("text", line, f"“{quoted}” {message}")]


def test_text_may_tell_readers_what_to_write(edition: Edition) -> None:
    words = "Write a post about what you built, discuss it, and include it in your portfolio. Mention the sample size."

    assert _check(edition, text=_below(words)) == []


# Cut off


@pytest.mark.parametrize(
    ("standfirst", "reason"),
    [
        pytest.param("What pays, and what", "“What pays, and what” ends without a full stop", id="no-full-stop"),
        pytest.param("Cloud, Kubernetes,", "“Cloud, Kubernetes,” ends in mid-sentence, with a comma", id="comma"),
        pytest.param("The skills:", "“The skills:” ends with nothing to follow, with a colon", id="colon"),
        pytest.param("The skills –", "“The skills –” ends in mid-sentence, with a dash", id="dash"),
        pytest.param("The skills…", "“The skills…” ends in mid-sentence, with an ellipsis", id="ellipsis"),
        pytest.param("The skills...", "“The skills...” ends in mid-sentence, with an ellipsis", id="three-dots"),
        pytest.param("The skills of the", "“The skills of the” ends in mid-sentence, with “the”", id="article"),
        pytest.param("Skills and", "“Skills and” ends in mid-sentence, with “and”", id="conjunction"),
        pytest.param("The pay of", "“The pay of” ends in mid-sentence, with “of”", id="preposition"),
    ],
)
def test_standfirst_that_stops_is_refused(edition: Edition, standfirst: str, reason: str) -> None:
    assert _check(edition, standfirst=standfirst) == [("standfirst", None, f"{reason}. Finish the sentence.")]


@pytest.mark.parametrize(
    "standfirst",
    [
        pytest.param("Which skill pays?", id="question"),
        pytest.param("It pays less than “the headlines”.", id="quotation"),
        pytest.param("He said: “It pays.”", id="full-stop-inside"),
        pytest.param("It pays (a little).", id="bracket"),
        pytest.param("It is what the premium is for.", id="preposition"),
    ],
)
def test_standfirst_that_ends_is_accepted(edition: Edition, standfirst: str) -> None:
    assert _check(edition, standfirst=standfirst) == []


@pytest.mark.parametrize(
    ("words", "line", "reason"),
    [
        pytest.param(
            "Cloud pays\nand so will", 4, "“Cloud pays and so will” ends in mid-sentence, with “will”", id="second-line"
        ),
        pytest.param(
            "It is small.\n\nIt pays because", 5, "“It pays because” ends in mid-sentence, with “because”", id="last"
        ),
        pytest.param("It pays the\n\nIt is small.", 3, "“It pays the” ends in mid-sentence, with “the”", id="middle"),
        pytest.param(
            "These are the skills:\n\nIt is small.",
            3,
            "“These are the skills:” ends with nothing to follow, with a colon",
            id="colon",
        ),
        pytest.param("- One.\n- Two and", 4, "“Two and” ends in mid-sentence, with “and”", id="item"),
        pytest.param("- One,\n- two,", 4, "“two,” ends in mid-sentence, with a comma", id="last-of-a-list"),
        pytest.param("> It pays,", 3, "“It pays,” ends in mid-sentence, with a comma", id="quotation"),
        pytest.param(
            "It pays [@pooled-2026], [@pooled-2026]",
            3,
            "“It pays [@pooled-2026],” ends in mid-sentence, with a comma",
            id="before-a-citation",
        ),
        pytest.param(
            "The premium of cloud is known and it is small",
            3,
            "“… known and it is small” ends without a full stop",
            id="no-full-stop",
        ),
        pytest.param(
            "A line\n`code\ngoes on` and the",
            5,
            "“A line and the” ends in mid-sentence, with “the”",
            id="code-of-two-lines",
        ),
        pytest.param(
            'See [it](/skills/\n"the title") and the',
            4,
            "“See it and the” ends in mid-sentence, with “the”",
            id="link-of-two-lines",
        ),
    ],
)
def test_text_that_stops_is_refused(edition: Edition, words: str, line: int, reason: str) -> None:
    assert _check(edition, text=_below(words)) == [("text", line, f"{reason}. Finish the sentence.")]


@pytest.mark.parametrize(
    "words",
    [
        pytest.param("These are the skills:\n\n- Cloud\n- Docker", id="colon-before-a-list"),
        pytest.param("These are the figures:\n\n| A | B |\n| --- | --- |\n| 1 | 2 |", id="colon-before-a-table"),
        pytest.param("It is computed so:\n\n```\npay * premium\n```", id="colon-before-code"),
        pytest.param("A premium moves by\n\n`tilt × share`\n\nin logarithms.", id="formula"),
        pytest.param("To learn one skill alone,\n\n- a prerequisite counts.", id="sentence-into-a-list"),
        pytest.param("It takes\n\n- study,\n- an exam, and\n- patience.", id="sentence-through-a-list"),
        pytest.param("- Cloud\n- Docker", id="items-without-full-stops"),
        pytest.param("It is said by others [@pooled-2026].", id="citation"),
        pytest.param("It is said by others. [@pooled-2026]", id="citation-after"),
        pytest.param("Open [the verdict on these four skills and their pay](/verdict/)", id="link"),
        pytest.param("**Compared with whom?**", id="question-in-bold"),
        pytest.param("Figures of edition 1", id="short-label"),
        pytest.param("A half-open range [0, 1) is fine, and so is 1) this.", id="half-open"),
        pytest.param("“It pays.\n\n“It pays well.”", id="quotation-of-two-paragraphs"),
        pytest.param('A 27" screen is no skill.', id="inches"),
    ],
)
def test_text_that_goes_on_below_is_accepted(edition: Edition, words: str) -> None:
    assert _check(edition, text=_below(words)) == []


@pytest.mark.parametrize(
    ("words", "line", "message"),
    [
        pytest.param(
            "It pays (a little.", 3, "A bracket begins at “(a little.” and has no end. Close it.", id="bracket"
        ),
        pytest.param(
            "It pays.\nSee [this](/verdict/ too.",
            4,
            "The address of a link begins at “(/verdict/ too.” and has no end. Close it.",
            id="link",
        ),
        pytest.param(
            "It “pays a little.", 3, "A quotation begins at “pays a little.” and has no end. Close it.", id="curly"
        ),
        pytest.param(
            "It `pays a little.", 3, "A piece of code begins at “pays a little.” and has no end. Close it.", id="code"
        ),
        pytest.param("It pays:\n\n```\ncode", 5, FENCE, id="fence"),
        pytest.param("It pays:\n\n~~~\ncode\n```", 5, FENCE, id="other-fence"),
    ],
)
def test_what_nothing_closes_is_refused(edition: Edition, words: str, line: int, message: str) -> None:
    assert _check(edition, text=_below(words)) == [("text", line, message)]


@pytest.mark.parametrize(
    ("title", "message"),
    [
        pytest.param(
            "Cloud, Docker and", "“Cloud, Docker and” ends in mid-sentence, with “and”. Finish the sentence.", id="and"
        ),
        pytest.param(
            "Cloud, Docker,", "“Cloud, Docker,” ends in mid-sentence, with a comma. Finish the sentence.", id="comma"
        ),
        pytest.param("What pays (and what", "A bracket begins at “(and what” and has no end. Close it.", id="bracket"),
        pytest.param(
            "{{ kubernetes.premium }} more",
            "“{{ kubernetes.premium }}” is not filled in here. Write it in the text, and the title without it.",
            id="figure",
        ),
    ],
)
def test_title_that_stops_is_refused(edition: Edition, title: str, message: str) -> None:
    assert _check(edition, title=title) == [("title", None, message)]


@pytest.mark.parametrize("title", ["What to look for", "Which skill pays?", "Skills, and their pay"])
def test_title_needs_no_full_stop(edition: Edition, title: str) -> None:
    assert _check(edition, title=title) == []


# Structure


@pytest.mark.parametrize(
    ("fields", "problem"),
    [
        pytest.param({"title": " "}, ("title", None, "There is no title. Name what the article is about."), id="title"),
        pytest.param(
            {"standfirst": ""},
            ("standfirst", None, "There is no standfirst. Say in one or two sentences what the reader will learn."),
            id="standfirst",
        ),
        pytest.param({"text": "\n"}, ("text", None, "There is no text. Write it before publishing."), id="text"),
        pytest.param(
            {"text": PROSE},
            ("text", None, "There is no section. Begin each part with a heading, as “## What is measured”."),
            id="no-section",
        ),
        pytest.param(
            {"text": f"## A\n\n## B\n\n{PROSE}"},
            ("text", 1, "“A” has nothing below it. Write the section, or cut its heading."),
            id="empty-section",
        ),
        pytest.param(
            {"text": f"## A\n\n{PROSE}\n\n## B\n\n---\n"},
            ("text", 5, "“B” has nothing below it. Write the section, or cut its heading."),
            id="empty-end",
        ),
        pytest.param(
            {"text": f"## A\n\n### B\n\n## C\n\n{PROSE}"},
            ("text", 3, "“B” has nothing below it. Write the section, or cut its heading."),
            id="empty-part",
        ),
        pytest.param(
            {"text": f"## A\n\n#### B\n\n{PROSE}"},
            ("text", 3, "“B” skips a level below the heading before it. Write ###."),
            id="skipped",
        ),
        pytest.param(
            {"text": f"### A\n\n{PROSE}\n\n## B\n\n{PROSE}"},
            ("text", 1, "“A” skips a level below the heading before it. Write ##."),
            id="skipped-first",
        ),
        pytest.param(
            {"text": f"# A\n\n{PROSE}\n\n## B\n\n{PROSE}"},
            ("text", 1, "“A” is a heading of level 1, which is the title's alone. Begin it with ##."),
            id="level-1",
        ),
        pytest.param(
            {"text": f"## A b\n\n{PROSE}\n\n## a  B\n\n{PROSE}"},
            ("text", 5, "“a B” is a heading in line 1 already. Say what sets this section apart."),
            id="repeated",
        ),
        pytest.param(
            {"text": f"## A\n\n{PROSE}\n\n##\n\n{PROSE}"},
            ("text", 5, "This heading has no words. Write what its section says, or cut it."),
            id="no-words",
        ),
    ],
)
def test_badly_built_article_is_refused(
    edition: Edition, fields: dict[str, str], problem: tuple[str, int | None, str]
) -> None:
    assert _check(edition, **fields) == [problem]


def test_sections_may_nest_and_be_set_with_underlines(edition: Edition) -> None:
    text = f"{PROSE}\n\nFirst\n-----\n\n{PROSE}\n\n## Second\n\n### Part\n\n{PROSE}\n\n#### Deep\n\n{PROSE}\n"

    assert _check(edition, text=text) == []


# Names


@pytest.mark.parametrize(
    ("text", "line", "message"),
    [
        pytest.param(_below("It is {{ alchemy.premium }}."), 3, UNKNOWN, id="figure"),
        pytest.param(
            _below("It is so.\n\nIt is said [@rumour]."),
            5,
            "Edition 1 has no source “rumour”. Cite one of its sources, or cut the citation.",
            id="source",
        ),
        pytest.param(
            _below("It is {{ kubernetes.premium }."),
            3,
            "“{{ kubernetes.premium }.” names nothing. Write it as {{ kubernetes.premium }}.",
            id="half-a-figure",
        ),
        pytest.param(
            _below("It is said [@Pooled 2026]."),
            3,
            "“[@Pooled 2026]” names nothing. Write it as [@pooled-2026].",
            id="half-a-source",
        ),
        pytest.param(
            f"## A {{skill=alchemy}}\n\n{PROSE}",
            1,
            "Edition 1 has no skill “alchemy”. Correct {skill=alchemy}, or cut it.",
            id="skill",
        ),
        pytest.param(
            f"## A {{skil=go}}\n\n{PROSE}", 1, "“{skil=go}” marks nothing. Write {skill=go}, or cut it.", id="marker"
        ),
        pytest.param(
            f"## A {{skill = go}}\n\n{PROSE}",
            1,
            "“{skill = go}” marks nothing. End the heading in {skill=kubernetes}, or cut it.",
            id="half-a-marker",
        ),
    ],
)
def test_unknown_name_is_refused(edition: Edition, text: str, line: int, message: str) -> None:
    problems = [problem for problem in _check(edition, text=text) if "A bracket" not in problem[2]]

    assert problems == [("text", line, message)]


def test_each_unknown_name_has_its_own_line(edition: Edition) -> None:
    text = _below("{{ a.premium }} {{ kubernetes.hours }}\n{{ a.premium }} [@b]\nand [@b] too.")

    problems = _check(edition, text=text)

    assert [line for _, line, _ in problems] == [3, 4, 4, 5]


# Links, images, raw HTML


@pytest.mark.parametrize(
    ("words", "message"),
    [
        pytest.param(
            "See [it](http://example.org/a).",
            "“http://example.org/a” is no https address, and readers would see it as typed. Begin it with https://.",
            id="http",
        ),
        pytest.param(
            "See <http://example.org>.",
            "“http://example.org” is no https address, and readers would see it as typed. Begin it with https://.",
            id="http-as-it-is",
        ),
        pytest.param("See [it][1].\n\n[1]: http://example.org", "“http://example.org” is no https", id="http-below"),
        *(
            pytest.param(
                f"See [it]({address}).",
                f"“{address}” is no address that an article may link to, and readers would see it as typed. "
                "Begin it with https://, or with / for a page of this site.",
                id=name,
            )
            for name, address in {
                "mail": "mailto:ada@example.org",
                "script": "javascript:alert(1)",
                "no-slash": "skills/go/",
                "other-host": "//example.org/a",
                "user-name": "https://ada@example.org/",
            }.items()
        ),
        *(
            pytest.param(
                f"See [it]({address}).",
                f"“{address}” leads to no page of this site. Correct the address, or cut the link.",
                id=name,
            )
            for name, address in {
                "page": "/skils/",
                "skill": "/skills/alchemy/",
                "source": "/sources/rumour/",
                "article": "/articles/not-written/",
                "edition": "/changes/2/",
                "preview": "/articles/preview/abc/",
                "admin": "/admin/skills/",
                "file": "/static/img/none.png",
                "folder": "/static/img/",
            }.items()
        ),
        pytest.param(
            "See [it](/skills/go).",
            "“/skills/go” leads to a page only through a redirect. Write /skills/go/ with a slash at the end.",
            id="slash-at-the-end",
        ),
        *(
            pytest.param(
                f"See [it]({address}).",
                f"“{address}” leads to no heading of the page. "
                "Link to one of its headings, such as /methodology/#7-net-gain.",
                id=name,
            )
            for name, address in {"part": "#what-is-claimed", "chapter": "/methodology/#70-net-gain"}.items()
        ),
        pytest.param(
            "![A chart](https://example.org/a.png)",
            "“https://example.org/a.png” is no image of this site, so no reader would see it. "
            "Use one of this site, such as "
            "![The share image](/static/img/share.png), or describe it in words.",
            id="image-of-another-site",
        ),
        *(
            pytest.param(
                f"![A chart]({address})",
                f"“{address}” is no image of this site, so no reader would see it. "
                "Use one of this site, such as "
                "![The share image](/static/img/share.png), or describe it in words.",
                id=name,
            )
            for name, address in {
                "image-that-is-not-there": "/static/img/none.png",
                "image-outside": "/static/../secret.png",
                "style-sheet": "/static/css/site.css",
                "image-that-is-a-page": "/skills/",
                "image-without-slash": "chart.png",
            }.items()
        ),
        pytest.param(
            "It is <b>small</b>.",
            "“<b>” is HTML, and readers would see it as typed. Write Markdown instead, as **bold** or "
            "[a link](/skills/), or put code between `marks`.",
            id="tag",
        ),
        pytest.param('<div class="a">\nIt is.\n</div>', '“<div class="a">” is HTML', id="block"),
        pytest.param("It is. <!-- Look it up. -->", "“<!-- Look it up. -->” is HTML", id="comment"),
        pytest.param(
            '<script\nsrc="https://example.org">', '“<script src="https://example.org">” is HTML', id="script-tag"
        ),
    ],
)
def test_broken_link_image_and_html_stop_publication(edition: Edition, words: str, message: str) -> None:
    findings = [finding for finding in _find(edition, text=_below(words)) if finding.is_error]

    assert findings[0].line == 3
    assert f"{findings[0].message} {findings[0].suggestion}".startswith(message)


@pytest.mark.parametrize(
    "words",
    [
        pytest.param("See [it](https://example.org/a?b#c) or <https://example.org>.", id="https"),
        pytest.param(
            "See [all](/skills/), [Go](/skills/go/), [DOU](/sources/dou-2025/), [this](/changes/1/) and "
            "[more](/articles/written/).",
            id="pages",
        ),
        pytest.param("See [the verdict](/verdict/?salary=115000&location=us-austin-tx).", id="query"),
        pytest.param("See [above](#what-is-measured) and [how](/methodology/#7-net-gain).", id="parts"),
        pytest.param("It is small [@pooled-2026], see [there](#source-pooled-2026).", id="source"),
        pytest.param("![A line](/static/img/share.png)", id="image"),
        pytest.param("![A line](/verdict/card.png?salary=1)", id="share-image"),
        pytest.param("A `<b>` in code, and 1 < 2 > 0.", id="code"),
        pytest.param(r"An escaped \<b> and &lt;b&gt; too.", id="escaped"),
        pytest.param("    <b>in a code block</b>", id="code-block"),
    ],
)
def test_links_and_images_that_work_are_fine(edition: Edition, words: str) -> None:
    assert _find(edition, text=_below(words), articles=["written"]) == ()


def test_each_mark_has_its_own_line(edition: Edition) -> None:
    text = _below("One\n<b>two</b> and [it\nis](http://a.example)\nand ![a\nb](/x.png) `c\nd` <i>.")

    assert [finding.line for finding in _find(edition, text=text) if finding.is_error] == [4, 4, 4, 6, 8]


def test_image_without_a_description_is_a_warning(edition: Edition) -> None:
    (finding,) = _find(edition, text=_below("![](/static/img/share.png)"))

    assert (finding.severity, finding.line) == (Severity.WARNING, 3)
    assert str(finding) == (
        "text, line 3: The image “/static/img/share.png” has no description. "
        "Describe the image between the square brackets, for readers who do not see it."
    )


# Figures


@pytest.mark.parametrize(
    ("words", "quoted"),
    [
        pytest.param("The measured premium is +18%.", "+18%", id="measured"),
        pytest.param("The measured premium is +3.6%.", "+3.6%", id="what-the-edition-says-today"),
        pytest.param("Kubernetes pays 18% more.", "18%", id="pays"),
        pytest.param("It adds 15–30% to pay.", "15–30%", id="range"),
        pytest.param("Kubernetes is expected to add +6.9%.", "+6.9%", id="expected"),
        pytest.param("Those who know it see 18% more pay.", "18%", id="more-pay"),
        pytest.param("Measured premium: **+18%**.", "+18%", id="bold"),
        pytest.param("Kubernetes: +18%", "+18%", id="label"),
        pytest.param("Kubernetes: $45,000", "$45,000", id="label-of-money"),
        pytest.param("- **Kubernetes** – +18% a year", "+18%", id="item"),
        pytest.param("It is worth $45,000 a year.", "$45,000", id="money"),
        pytest.param("It adds €40k a year.", "€40k", id="euros"),
        pytest.param("Expect $20,000 - $30,000 more.", "$20,000 - $30,000", id="money-range"),
        pytest.param("It adds $30K+ a year.", "$30K+", id="open-range"),
        pytest.param("The claimed premium is +18%.", "+18%", id="claimed-by-nobody"),
        pytest.param("Others say it adds “18% or so”.", "18%", id="quoted-from-nobody"),
        pytest.param("| Skill | Premium |\n| --- | --- |\n| Kubernetes | +18% |", "+18%", id="cell"),
        pytest.param("Terraform is measured at +18%.", "+18%", id="another-skill"),
        pytest.param("So it is [@pooled-2026].\n\nKubernetes pays +18%.", "+18%", id="cited-in-another-paragraph"),
        pytest.param("It adds +18%, see [Kubernetes](/skills/kubernetes/).", "+18%", id="link-to-no-source"),
    ],
)
def test_typed_figure_about_a_skill_without_a_source_stops_publication(
    edition: Edition, words: str, quoted: str
) -> None:
    (finding,) = _find(edition, text=_below(words))

    assert (finding.severity, finding.field, finding.passage) == (Severity.ERROR, "text", quoted)
    assert finding.line == 3 + words[: words.index(quoted)].count("\n")


def test_typed_figure_is_set_against_what_the_edition_says(edition: Edition) -> None:
    (measured,) = _find(edition, text=_below("Kubernetes pays +18%."))
    (nothing,) = _find(edition, text=_below("Application security pays +50%."))
    (title,) = _find(edition, title="Kubernetes pays +18%")

    assert measured.message == (
        "“+18%” is typed about Kubernetes and has no source; edition 1 measures +1.2% to +5.6%."
    )
    assert measured.suggestion == (
        "Name the figure, as {{ kubernetes.premium }}, or cite the source of yours, as [@pooled-2026]."
    )
    assert nothing.message == (
        "“+50%” is typed about Application security and has no source; edition 1 measures nothing."
    )
    assert nothing.suggestion == (
        "Name the figure, as {{ application-security.headline }}, or cite the source of yours, as [@pooled-2026]."
    )
    assert title.suggestion == (
        "Leave it out here, and say it in the text, where it can be named, as {{ kubernetes.premium }}, or cited."
    )


@pytest.mark.parametrize(
    "words",
    [
        pytest.param("The premium is +18% [@lightcast-2025].", id="cited"),
        pytest.param("So says one [@lightcast-2025]: Kubernetes adds +18%.", id="cited-in-the-paragraph"),
        pytest.param("The premium is +18% ([how](/methodology/#7-net-gain)).", id="methodology"),
        pytest.param("It adds $4,900 a year ([so](/verdict/?salary=1&edition=1)).", id="verdict-of-an-edition"),
        pytest.param("It adds +18%, [they say](https://example.org/).", id="another-site"),
        pytest.param(
            "One says this [@lightcast-2025].\n\n| A | Premium |\n| --- | --- |\n| Kubernetes | +18% |", id="table"
        ),
        pytest.param("| A | Premium |\n| --- | --- |\n| Kubernetes [@lightcast-2025] | +18% |", id="row"),
        pytest.param("So it is [@lightcast-2025].\n\nThat is worth $2,100.", id="section-cited-above"),
        pytest.param("There is a 50% chance that it pays.", id="chance"),
        pytest.param("Chance of Kubernetes: 47%.", id="label-of-a-chance"),
        pytest.param("It pays, with a 95% interval around it.", id="interval"),
        pytest.param("The premium beats cloud in 59.8% of the pairs.", id="share"),
        pytest.param("Pay fell by 18% that year.", id="no-premium"),
        pytest.param("Kubernetes and Docker together are worth +18%.", id="two-skills"),
        pytest.param("The premium of an exam of $395 is nil.", id="exam"),
        pytest.param("It pays those on $115,000 more.", id="salary"),
        pytest.param("Median pay of $134,120 is expected.", id="median"),
        pytest.param("It adds 200 points to {{ kubernetes.premium }}.", id="named"),
        pytest.param("Go to the verdict: it adds {{ go.premium }}.", id="verb"),
        pytest.param("| A | Premium |\n| --- | --- |\n| 3 skills | +18% |", id="no-skill"),
        pytest.param("Pooled otherwise it pays +6.5% [@pooled-2026].", id="noted"),
        pytest.param("Of them, 34% use Kubernetes.", id="users"),
    ],
)
def test_figure_that_is_named_cited_or_of_something_else_is_fine(edition: Edition, words: str) -> None:
    assert _find(edition, text=_below(words)) == ()


def test_figure_that_its_source_does_not_say_is_a_warning(edition: Edition) -> None:
    (finding,) = _find(edition, text=_below("Kubernetes comes to +18% [@pooled-2026]."))

    assert (finding.severity, finding.passage) == (Severity.WARNING, "+18%")
    assert f"{finding.message} {finding.suggestion}" == (
        "“+18%” is none of the figures that pooled-2026 has for Kubernetes in edition 1, +2.8% to +5.4%. "
        "Name the one you mean, as {{ kubernetes@pooled-2026.mid }}."
    )


def test_figure_next_to_no_skill_is_nobodys(edition: Edition) -> None:
    assert _check(edition, text="## Pay\n\nA premium of +18% is large.\n") == []


def test_part_of_a_section_is_about_its_skill_and_the_next_section_is_not(edition: Edition) -> None:
    claim = "The measured premium is +18%."
    text = f"{HEADING}\n\n{PROSE}\n\n### Part\n\n{claim}\n\n## Next\n\n{claim}\n"

    assert [line for _, line, _ in _check(edition, text=text)] == [7]


def test_heading_claims_what_it_names(edition: Edition) -> None:
    problems = _check(edition, text=f"## Kubernetes: +18%\n\n{PROSE}\n", title="Kubernetes pays +18%")

    assert [(field, line) for field, line, _ in problems] == [("title", None), ("text", 1)]


# Contradictions


@pytest.mark.parametrize("path", FILES, ids=[path.stem for path in FILES])
def test_published_article_agrees_with_its_edition(path: Path, edition: Edition) -> None:
    found = read_file(path.read_text(encoding="utf-8"))
    article = _article(title=found.title, standfirst=found.standfirst, text=found.text)

    assert find_contradictions(article, edition) == ()


def test_typed_figure_contradicts_an_edition_that_measures_something_else(edition: Edition) -> None:
    key = ("kubernetes", EvidenceChoice.MEASURED, "")
    pool = edition.pools[key]
    risen = replace(pool, low=pool.low + 0.2, high=pool.high + 0.2, points=tuple(x + 0.2 for x in pool.points))
    newer = replace(edition, number=2, evidence={}, pools={key: risen})
    article = _article(text=f"{HEADING}\n\nThe measured premium is +4%.\n")

    problems = find_contradictions(article, newer)

    assert find_contradictions(article, edition) == ()
    assert [(problem.field, problem.line) for problem in problems] == [("text", 3)]
    assert problems[0].message.endswith("edition 2 measures +23.6% to +29.0%.")


def test_open_range_contradicts_as_well(edition: Edition) -> None:
    article = _article(title="Some title", text=f"## AI/ML: $30-50K+\n\n{PROSE}\n")

    assert [(problem.field, problem.line) for problem in find_contradictions(article, edition)] == [("text", 1)]


def test_style_contradicts_nothing(edition: Edition) -> None:
    article = _article(standfirst="Write a 600-word article,", text="No section, and no end,")

    assert find_contradictions(article, edition) == ()


# The first load


def test_first_load_refuses_an_article_with_an_error_whatever_its_style(
    empty_database: None, small_folder: Path
) -> None:
    head = "title: A\nstandfirst: Skills that pay,\nauthor: B\npublished_on: 2026-01-02\nreviewed_on: 2026-01-02"
    path = small_folder / "articles" / "cut.md"
    path.parent.mkdir()
    path.write_text(f"---\n{head}\n---\n\n## Cloud: $30K+\n\nIt is {{{{ alchemy.premium }}}}.\n", encoding="utf-8")

    with pytest.raises(CommandError) as refused:
        call_command("load_catalogue", folder=small_folder)

    assert str(refused.value).splitlines() == [
        "Nothing was loaded:",
        f"{path}: text, line 3: {UNKNOWN}",
    ]
    assert not Skill.objects.exists()
    assert not Article.objects.exists()


# Any text

_PIECES = st.sampled_from(
    [
        *(
            "## ",
            "# ",
            "- ",
            "> ",
            "| ",
            "```",
            "~~~",
            "`",
            "\n",
            "\n\n",
            "\r\n",
            "    ",
            "**",
            "[",
            "](",
            ")",
            "(",
            "“",
        ),
        *(
            "{{ kubernetes.premium }}",
            "{{",
            "}}",
            "[@pooled-2026]",
            "[@",
            "{skill=go}",
            "$30-50K+",
            "+18%",
            "€40k",
            "XX%",
        ),
        *(
            "Kubernetes",
            "Go",
            "measured",
            "premium",
            "pays",
            "Write a",
            "article",
            " ",
            ", ",
            ". ",
            "from",
            "up",
            "0",
            "9",
        ),
    ]
)
_ANY_TEXT = st.one_of(st.text(max_size=200), st.lists(_PIECES, max_size=40).map("".join))


@pytest.mark.usefixtures("published_site")
@given(title=_ANY_TEXT, standfirst=_ANY_TEXT, text=_ANY_TEXT)
def test_any_text_has_the_same_problems_each_time_in_order(title: str, standfirst: str, text: str) -> None:
    edition = site_state.site().newest.edition

    problems = check_article(title=title, standfirst=standfirst, text=text, edition=edition)

    lines = len(text.splitlines()) + 1
    places = [(("title", "standfirst", "text").index(found.field), found.line or 0) for found in problems]
    assert problems == check_article(title=title, standfirst=standfirst, text=text, edition=edition)
    assert places == sorted(places)
    assert all(found.line is None or (found.field == "text" and 1 <= found.line <= lines) for found in problems)
    assert all(found.message.endswith(".") and found.suggestion.endswith(".") for found in problems)


@pytest.mark.usefixtures("published_site")
@given(text=_ANY_TEXT)
def test_any_published_text_can_be_set_against_an_edition(text: str) -> None:
    article = _article(title=text, standfirst=text, text=text)

    assert isinstance(find_contradictions(article, site_state.site().newest.edition), tuple)


_CLEAN = st.sampled_from(
    [
        PROSE,
        "Cloud comes to {{ cloud-architecture@pooled-2026.mid }} [@pooled-2026].",
        "These are two of them:\n\n- Docker\n- Go",
        "| Skill | Premium |\n| --- | --- |\n| Kafka | {{ kafka.premium }} |",
        "> What is measured is smaller.",
        "It takes:\n\n```\n130 hours\n```",
        "A premium of [Go](/skills/go/) asks for 3+ years.",
    ]
)


@pytest.mark.usefixtures("published_site")
@given(before=st.lists(_CLEAN, max_size=5), added=_CLEAN, position=st.integers(min_value=0, max_value=5))
def test_clean_paragraph_keeps_a_clean_text_clean(before: list[str], added: str, position: int) -> None:
    blocks = [*before[:position], added, *before[position:]]

    problems = _check(site_state.site().newest.edition, text=_below("\n\n".join([PROSE, *blocks])))

    assert problems == []


def _article(**fields: object) -> PublishedArticle:
    article = PublishedArticle(
        slug="made",
        title=TITLE,
        standfirst=STANDFIRST,
        text=_below(PROSE),
        author="An author",
        published_at=LONG_AGO,
        updated_at=LONG_AGO,
        reviewed_on=None,
    )
    return replace(article, **fields)  # type: ignore[arg-type]  # the tests name fields
