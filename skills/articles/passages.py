"""Splits an article into passages for the checks, each with its line, links, images and HTML."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise

from markdown_it import MarkdownIt
from markdown_it.rules_inline import StateInline, backtick, image, link
from markdown_it.token import Token

from skills.articles.markdown import MARKER, read_sections
from skills.articles.markers import SKILL_MARKER

#: Replaces what is not prose: code, addresses, named figures.
OBJECT = "\ufffc"

_REFERENCE_OR_ADDRESS = re.compile(r"\{\{[^{}]*\}\}|https?://[^\s<>)\]]+")
_SENTENCE_END = re.compile(r"(?<![.!?])[.!?]++[\"'”’)\]]*+\s++(?=[^a-z\s])")
_INTRODUCED = {"bullet_list_open", "ordered_list_open", "table_open", "fence", "code_block", "blockquote_open"}
_LINE_ENDS = re.compile(r"\r\n?|\n")


class MarkKind(StrEnum):
    """The kinds of marks."""

    LINK = "link"
    IMAGE = "image"
    HTML = "html"


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """A link, an image or a tag of raw HTML: its address, or the tag itself, and an image's description."""

    kind: MarkKind
    target: str
    line: int
    description: str = ""


class Kind(StrEnum):
    """The kinds of passages."""

    TITLE = "title"
    STANDFIRST = "standfirst"
    HEADING = "heading"
    PARAGRAPH = "paragraph"
    ITEM = "item"
    CELL = "cell"


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """The words of one block as readers see them, with `\\n` for line ends and OBJECT for what is not prose.

    `skill` is the slug that its section is marked with, `labels` are the first cells of a cell's row and column.
    `marks` are the links, the images and the raw HTML in it; `section` is the number of its section, 0 for the lead.
    `is_introduction` says that a list, a table, code or a quotation follows; `has_sibling`, that another list item.
    """

    field: str
    kind: Kind
    words: str
    first_line: int | None = None
    skill: str = ""
    labels: str = ""
    marks: tuple[Mark, ...] = ()
    section: int = 0
    is_introduction: bool = False
    has_sibling: bool = False
    ends_in_link: bool = False

    def line_at(self, position: int) -> int | None:
        return None if self.first_line is None else self.first_line + self.words.count("\n", 0, position)

    def sentences(self) -> Iterator[tuple[int, int]]:
        """Yield the start and end of each sentence."""
        start = 0
        for found in _SENTENCE_END.finditer(self.words):
            yield start, found.end()
            start = found.end()
        yield start, len(self.words)


@dataclass(frozen=True, slots=True, kw_only=True)
class Heading:
    """A heading; `is_empty` if the next heading, of the same or a higher level, follows at once."""

    level: int
    title: str
    written: str
    marker: tuple[str, str] | None
    line: int
    is_empty: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """A text as the checks read it; `open_fences` are the lines of unclosed code blocks."""

    passages: tuple[Passage, ...]
    headings: tuple[Heading, ...]
    open_fences: tuple[int, ...]


def read_line(field: str, kind: Kind, words: str) -> Passage:
    """Make the passage of a title or a standfirst, which is not Markdown."""
    return Passage(field=field, kind=kind, words=_REFERENCE_OR_ADDRESS.sub(_mask, words.strip()))


def read_text(text: str) -> Reading:
    tokens = _markdown.parse(text)
    headings = tuple(_find_headings(tokens))
    lines = _LINE_ENDS.split(text)
    return Reading(
        passages=tuple(_find_passages(tokens, headings)),
        headings=headings,
        open_fences=tuple(_first_line(token) for token in tokens if token.type == "fence" and _is_open(token, lines)),
    )


def _find_headings(tokens: Sequence[Token]) -> Iterator[Heading]:
    starts = [i for i, token in enumerate(tokens) if token.type == "heading_open" and token.level == 0]
    for start, end in pairwise([*starts, len(tokens)]):
        written = " ".join(tokens[start + 1].content.split())
        section = read_sections(f"## {written}")[0]
        level = int(tokens[start].tag[1])
        is_last_of_its_kind = end == len(tokens) or int(tokens[end].tag[1]) <= level
        yield Heading(
            level=level,
            title=section.title,
            written=written,
            marker=section.marker,
            line=_first_line(tokens[start]),
            is_empty=is_last_of_its_kind and all(token.type == "hr" for token in tokens[start + 3 : end]),
        )


def _find_passages(tokens: Sequence[Token], headings: Sequence[Heading]) -> Iterator[Passage]:
    section_at = _section_finder(headings)
    column, columns, row = 0, list[str](), ""
    depth = 0
    for i, token in enumerate(tokens):
        depth += (token.type == "list_item_open") - (token.type == "list_item_close")
        if token.type == "thead_open":
            columns = []
        if token.type == "tr_open":
            column, row = 0, ""
        if token.type != "inline":
            continue
        opened, (words, marks), labels = tokens[i - 1].type, _words_and_marks(token), ""
        section, skill = section_at(_first_line(token))
        if opened == "th_open":
            columns.append(words)
        elif opened == "td_open":
            row = row or words
            labels = f"{row} | {columns[column]}" if column < len(columns) else row
            column += 1
        yield Passage(
            field="text",
            kind=_KINDS.get(opened, Kind.ITEM if depth else Kind.PARAGRAPH),
            words=_without_marker(words) if opened == "heading_open" else words,
            first_line=_first_line(token),
            skill=skill,
            labels=labels,
            marks=marks,
            section=section,
            is_introduction=_introduces(tokens[i + 2 : i + 4]),
            has_sibling=[token.type for token in tokens[i + 2 : i + 4]] == ["list_item_close", "list_item_open"],
            ends_in_link=[child.type for child in token.children or ()][-1:] == ["link_close"],
        )


_KINDS = {"heading_open": Kind.HEADING, "th_open": Kind.CELL, "td_open": Kind.CELL}


def _section_finder(headings: Sequence[Heading]) -> Callable[[int], tuple[int, str]]:
    """Return a function that finds a line's section number and its skill, which subsections inherit."""
    marked, skills = dict[int, str](), [""]
    for heading in headings:
        marked = {level: skill for level, skill in marked.items() if level < heading.level}
        if heading.marker:
            marked[heading.level] = heading.marker[1] if heading.marker[0] == SKILL_MARKER else ""
        skills.append(marked[max(marked)] if marked else "")
    lines = [heading.line for heading in headings]

    def find(line: int) -> tuple[int, str]:
        number = bisect_right(lines, line)
        return number, skills[number]

    return find


def _introduces(following: Sequence[Token]) -> bool:
    """Return whether a list, table, code, quotation or a line beginning with code, such as a formula, comes next."""
    if not following or following[0].type in _INTRODUCED:
        return bool(following)
    is_line = following[0].type == "paragraph_open" and following[1].children
    return bool(is_line) and (following[1].children or [])[0].type in ("code_inline", "image")


def _without_marker(words: str) -> str:
    return MARKER.sub("", words)


def _words_and_marks(inline: Token) -> tuple[str, tuple[Mark, ...]]:
    words, marks = list[str](), list[Mark]()
    is_address, line = False, _first_line(inline)
    for token in inline.children or ():
        written = ""
        if token.type == "link_open":
            is_address = token.markup == "autolink"
            marks.append(Mark(kind=MarkKind.LINK, target=str(token.attrGet("href") or ""), line=line))
        elif token.type == "text":
            written = OBJECT if is_address else token.content
        elif token.type == "code_inline":
            written = OBJECT
        elif token.type == "html_inline":
            marks.append(Mark(kind=MarkKind.HTML, target=token.content, line=line))
            written = OBJECT + "\n" * token.content.count("\n")
        elif token.type == "image":
            described, source = token.content.replace("\n", " "), str(token.attrGet("src") or "")
            marks.append(Mark(kind=MarkKind.IMAGE, target=source, line=line, description=described))
            written = described
        elif token.type in ("softbreak", "hardbreak"):
            written = "\n"
        is_address &= token.type != "link_close"
        written += "\n" * token.meta.get("lines", 0)
        line += written.count("\n")
        words.append(written)
    return _REFERENCE_OR_ADDRESS.sub(_mask, "".join(words)), tuple(marks)


def _mask(found: re.Match[str]) -> str:
    return OBJECT + "\n" * found[0].count("\n")


def _first_line(token: Token) -> int:
    return (token.map or [0])[0] + 1


def _is_open(fence: Token, lines: Sequence[str]) -> bool:
    start, end = fence.map or [0, 1]
    last = lines[min(end, len(lines)) - 1].strip(" \t>")
    return end - start < 2 or len(last) < len(fence.markup) or last.strip(fence.markup[0]) != ""


def _with_lines(rule: Callable[[StateInline, bool], bool]) -> Callable[[StateInline, bool], bool]:
    """Wrap a rule so that it records line ends inside code and link addresses, which its tokens do not have."""

    def run(state: StateInline, silent: bool) -> bool:
        start, before = state.pos, len(state.tokens)
        found = rule(state, silent)
        if found and not silent and len(state.tokens) > before:
            shown = sum(
                1 if token.type in ("softbreak", "hardbreak") else token.meta.get("lines", 0)
                for token in state.tokens[before:]
            )
            state.tokens[-1].meta["lines"] = state.src.count("\n", start, state.pos) - shown
        return found

    return run


# No typographer: findings quote the words as typed. Unlike the page's parser this one parses raw HTML and all links, so
# that checks can report what the page would print as typed. Blocks are the same in both.
_markdown = MarkdownIt("commonmark", {"html": True}).enable("table").disable("html_block")
_markdown.validateLink = lambda _: True  # type: ignore[method-assign, assignment]  # documented
for _name, _rule in (("backticks", backtick), ("link", link), ("image", image)):
    _markdown.inline.ruler.at(_name, _with_lines(_rule))
