"""Tests for Markdown as the site's pages write it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from skills.articles.markdown import Section, plain_words, read_sections


def test_sections_are_cut_at_headings_in_order() -> None:
    sections = read_sections("Lead.\n\n## First {skill=go}\n\nText.\n\n### *Deeper*\n\n## First\n")

    assert [(section.level, section.title, section.anchor, section.marker) for section in sections] == [
        (0, "", "", None),
        (2, "First", "first", ("skill", "go")),
        (3, "Deeper", "deeper", None),
        (2, "First", "first-1", None),
    ]
    assert [section.html for section in sections] == ["<p>Lead.</p>\n", "<p>Text.</p>\n", "", ""]


def test_text_without_a_heading_is_one_section() -> None:
    assert read_sections("Only text.") == (
        Section(level=0, title="", anchor="", marker=None, html=read_sections("Only text.")[0].html),
    )


def test_nothing_is_one_empty_section() -> None:
    assert [(section.level, section.html) for section in read_sections("")] == [(0, "")]


@pytest.mark.parametrize(
    ("text", "html"),
    [
        pytest.param("<b>x</b>", "<p>&lt;b&gt;x&lt;/b&gt;</p>\n", id="raw-html"),
        pytest.param("[x](javascript:alert(1))", "<p>[x](javascript:alert(1))</p>\n", id="script-address"),
        pytest.param(
            "[x](https://example.org)", '<p><a href="https://example.org" rel="noreferrer">x</a></p>\n', id="other-site"
        ),
        pytest.param("[x](/skills/)", '<p><a href="/skills/">x</a></p>\n', id="own-page"),
        pytest.param("---", "<hr>\n", id="rule"),
    ],
)
def test_html_is_safe(text: str, html: str) -> None:
    assert read_sections(text)[0].html == html


@pytest.mark.parametrize(
    ("title", "anchor"),
    [
        pytest.param("7. Net gain", "7-net-gain", id="number"),
        pytest.param("AI/ML & co", "aiml--co", id="signs"),
        pytest.param("Łódź", "łódź", id="accents"),
        pytest.param("?!", "section", id="nothing-left"),
    ],
)
def test_anchor_is_made_as_github_makes_it(title: str, anchor: str) -> None:
    assert read_sections(f"## {title}")[0].anchor == anchor


@given(st.text(max_size=300))
def test_any_text_is_rendered_and_its_anchors_are_unique(text: str) -> None:
    anchors = [section.anchor for section in read_sections(text) if section.level]

    assert len(set(anchors)) == len(anchors)


def test_plain_words_are_what_is_read() -> None:
    assert plain_words("## A title\n\nSome **bold** [link](/x/).\n\n`code`") == [
        "A",
        "title",
        "Some",
        "bold",
        "link",
        ".",
        "code",
    ]


@pytest.mark.parametrize(
    "address",
    ["ftp://example.com/", "http://example.com/", "https://user:pw@example.com/", "mailto:a@b.c", "//b.c"],
)
@pytest.mark.parametrize("mark", ["", "!"])
def test_link_that_is_not_safe_stays_text(mark: str, address: str) -> None:
    (section,) = read_sections(f"{mark}[a]({address})")

    assert section.html == f"<p>{mark}[a]({address})</p>\n"
