"""Renders Markdown as HTML: CommonMark with tables, no raw HTML, headings with anchors."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML
from markdown_it.token import Token
from markdown_it.utils import EnvType, OptionsDict

from earnverdict.links import is_safe_in_text

# Raw HTML and unsafe links stay text, so that no text can break a page.
_markdown = MarkdownIt("commonmark", {"html": False, "xhtmlOut": False, "typographer": True}).enable(
    ["table", "replacements", "smartquotes"]
)

_markdown.validateLink = is_safe_in_text  # type: ignore[method-assign, assignment]  # documented

MARKER = re.compile(r"(?<!\s)\s*+\{(?P<name>[a-z]+)=(?P<value>[a-z0-9-]+)\}\s*$")


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """A heading with the text up to the next one; a text's first section may have no heading (`level` 0).

    `marker` is the name and value that a heading such as `## Kubernetes {skill=kubernetes}` has.
    """

    level: int
    title: str
    anchor: str
    marker: tuple[str, str] | None
    html: SafeString


@lru_cache(maxsize=64)
def read_sections(text: str) -> tuple[Section, ...]:
    """Split a text by headings; anchors are unique, and formed like GitHub's.

    Results are cached: rendering an article takes 20 ms, and every list of articles needs all of them.
    """
    tokens, sections, start, used = _markdown.parse(text), [], 0, dict[str, int]()
    heading: Token | None = None
    for position, token in enumerate(tokens):
        if token.type == "heading_open" and token.level == 0:
            if position > start or heading is not None:
                sections.append(_make_section(heading, tokens[start:position], used))
            heading, start = tokens[position + 1], position + 3
            heading.meta["level"] = int(token.tag[1])
    sections.append(_make_section(heading, tokens[start:], used))
    return tuple(sections)


def plain_words(text: str) -> list[str]:
    """Return the words without Markdown."""
    words: list[str] = []
    for token in _markdown.parse(text):
        for child in token.children or ():
            words += child.content.split()
        if token.type in ("fence", "code_block"):
            words += token.content.split()
    return words


def _make_section(heading: Token | None, tokens: Sequence[Token], used: dict[str, int]) -> Section:
    html = _render(tokens)
    if heading is None:
        return Section(level=0, title="", anchor="", marker=None, html=html)
    written = heading.content
    found = MARKER.search(written)
    title = _read_plain_text(_markdown.parseInline(written[: found.start()] if found else written)[0])
    return Section(
        level=heading.meta["level"],
        title=title,
        anchor=_make_anchor(title, used),
        marker=(found["name"], found["value"]) if found else None,
        html=html,
    )


def _render(tokens: Sequence[Token]) -> SafeString:
    html = str(_markdown.renderer.render(list(tokens), _markdown.options, {}))
    return mark_safe(html)  # noqa: S308 - raw HTML is off


def _read_plain_text(inline: Token) -> str:
    return "".join(child.content for child in inline.children or ())


def _make_anchor(title: str, used: dict[str, int]) -> str:
    """Return the anchor: `7. Net gain` is `7-net-gain`; repeated titles are numbered."""
    kept = "".join(c for c in unicodedata.normalize("NFKC", title).lower() if c.isalnum() or c in " -_")
    anchor = kept.strip().replace(" ", "-") or "section"
    used[anchor] = used.get(anchor, -1) + 1
    return f"{anchor}-{used[anchor]}" if used[anchor] else anchor


def _table_open(self: RendererHTML, tokens: Sequence[Token], index: int, options: OptionsDict, env: EnvType) -> str:
    """Put a table into a scrollable frame, for narrow screens and keyboards."""
    return str(format_html('<div class="table-frame" role="group" aria-label="{}" tabindex="0"><table>', "Table"))


def _table_close(self: RendererHTML, tokens: Sequence[Token], index: int, options: OptionsDict, env: EnvType) -> str:
    return "</table></div>\n"


def _link_open(self: RendererHTML, tokens: Sequence[Token], index: int, options: OptionsDict, env: EnvType) -> str:
    """Add noreferrer to links to other sites."""
    token = tokens[index]
    if str(token.attrGet("href") or "").startswith(("http:", "https:")):
        token.attrSet("rel", "noreferrer")
    return self.renderToken(tokens, index, options, env)


_markdown.add_render_rule("table_open", _table_open)
_markdown.add_render_rule("table_close", _table_close)
_markdown.add_render_rule("link_open", _link_open)
