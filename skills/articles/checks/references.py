"""Checks references: named figures and skills, sources, links and images."""

from __future__ import annotations

import mimetypes
import re
from bisect import bisect_right
from collections.abc import Callable, Collection, Iterator, Sequence
from pathlib import Path
from urllib.parse import unquote, urlsplit

from django.conf import settings
from django.contrib.staticfiles import finders
from django.core.exceptions import SuspiciousFileOperation
from django.urls import Resolver404, resolve

from calculator.engine import Edition
from earnverdict.links import is_safe_in_text
from skills.articles.checks.findings import Finding, make_error, make_warning, shorten
from skills.articles.citations import unknown_citations
from skills.articles.markdown import read_sections
from skills.articles.markers import SKILL_MARKER
from skills.articles.passages import Heading, MarkKind, Passage, Reading
from skills.articles.references import unknown_references
from skills.presenters.methodology import methodology

# Complete references have been removed before this search.
_HALF = re.compile(r"\{\{[^\n]{0,40}|\[@(?![a-z0-9-]+\])[^\]\n]{0,40}\]?")
_REFERENCE_OR_CITATION = re.compile(r"\{\{[^{}]*\}?\}?|\[@[^\]\s]*\]?")
_LINE_END = re.compile(r"\r\n?|\n")
CITATION = re.compile(r"\[@(?P<slug>[a-z0-9-]+)\]")


# Names


def find_unknown_names(text: str, headings: Sequence[Heading], edition: Edition) -> Iterator[Finding]:
    """Find figures, sources and skills that the edition does not have."""
    line_at, position = _line_finder(text), 0
    for written in unknown_references(text, edition):
        position = text.index(written, position)
        message = f"Edition {edition.number} has no figure for “{written}”."
        suggestion = "Correct the name, or write the sentence without it."
        yield make_error("text", line_at(position), written, message, suggestion)
        position += len(written)
    for found in unknown_citations(text, edition):
        message = f"Edition {edition.number} has no source “{found['slug']}”."
        suggestion = "Cite one of its sources, or cut the citation."
        yield make_error("text", line_at(found.start("slug")), found["slug"], message, suggestion)
    for heading in headings:
        yield from _check_marker(heading, edition)


def find_half_names(passage: Passage) -> Iterator[Finding]:
    """Find malformed references, whose brackets readers would see."""
    for found in _HALF.finditer(passage.words):
        example = "{{ kubernetes.premium }}" if found[0].startswith("{{") else "[@pooled-2026]"
        written, line = found[0].strip(), passage.line_at(found.start())
        yield make_error(passage.field, line, written, f"“{written}” names nothing.", f"Write it as {example}.")


def find_names_out_of_place(title: str, standfirst: str) -> Iterator[Finding]:
    """Find references in titles and standfirsts, where they are not filled in."""
    for field, words in (("title", title), ("standfirst", standfirst)):
        if found := _REFERENCE_OR_CITATION.search(words):
            written = shorten(found[0])
            suggestion = f"Write it in the text, and the {field} without it."
            yield make_error(field, None, written, f"“{written}” is not filled in here.", suggestion)


def _check_marker(heading: Heading, edition: Edition) -> Iterator[Finding]:
    if heading.marker is None:
        if found := re.search(r"(?<!\{)\{(?!\{)[^{}]*\}?\s*$", heading.written):
            suggestion = "End the heading in {skill=kubernetes}, or cut it."
            yield make_error("text", heading.line, found[0], f"“{found[0]}” marks nothing.", suggestion)
        return
    name, value = heading.marker
    written = f"{{{name}={value}}}"
    if name != SKILL_MARKER:
        suggestion = f"Write {{skill={value}}}, or cut it."
        yield make_error("text", heading.line, written, f"“{written}” marks nothing.", suggestion)
    elif value not in edition.skills:
        message = f"Edition {edition.number} has no skill “{value}”."
        yield make_error("text", heading.line, written, message, f"Correct {written}, or cut it.")


def _line_finder(text: str) -> Callable[[int], int]:
    """Return a function that finds the line, from 1, of a position in the text."""
    starts = [found.end() for found in _LINE_END.finditer(text)]
    return lambda position: bisect_right(starts, position) + 1


# Links and images


def check_links(text: str, reading: Reading, edition: Edition, articles: Collection[str]) -> Iterator[Finding]:
    """Find links that are not https, and links to a page or heading that does not exist."""
    anchors = {"": {section.anchor for section in read_sections(text)}}
    anchors[""] |= {f"source-{found['slug']}" for found in CITATION.finditer(text)}
    anchors["/methodology/"] = {section.anchor for section in methodology().chapters}
    known = dict[str, tuple[str, str]]()
    for passage in reading.passages:
        for mark in passage.marks:
            if mark.kind is not MarkKind.LINK:
                continue
            if mark.target not in known:
                known[mark.target] = _judge_link(mark.target, edition, articles, anchors)
            message, suggestion = known[mark.target]
            if message:
                yield make_error("text", mark.line, mark.target, f"“{shorten(mark.target)}” {message}", suggestion)


def check_images(reading: Reading) -> Iterator[Finding]:
    """Find images from other sites, which browsers would not show, and images without a description."""
    known = dict[str, bool]()
    for passage in reading.passages:
        for mark in passage.marks:
            if mark.kind is not MarkKind.IMAGE:
                continue
            if mark.target not in known:
                known[mark.target] = _is_shown(mark.target)
            address = shorten(mark.target)
            if not known[mark.target]:
                message = f"“{address}” is no image of this site, so no reader would see it."
                suggestion = (
                    "Use one of this site, such as ![The share image](/static/img/share.png), or describe it in words."
                )
                yield make_error("text", mark.line, mark.target, message, suggestion)
            if not mark.description.strip():
                message = f"The image “{address}” has no description."
                suggestion = "Describe the image between the square brackets, for readers who do not see it."
                yield make_warning("text", mark.line, mark.target, message, suggestion)


def _judge_link(
    address: str, edition: Edition, articles: Collection[str], anchors: dict[str, set[str]]
) -> tuple[str, str]:
    """Return what is wrong with an address, and what to write; empty if it is fine."""
    if not is_safe_in_text(address):
        if address.startswith("http://"):
            return "is no https address, and readers would see it as typed.", "Begin it with https://."
        return (
            "is no address that an article may link to, and readers would see it as typed.",
            "Begin it with https://, or with / for a page of this site.",
        )
    if address.startswith("https:"):
        return "", ""
    parts = urlsplit(address)
    path, anchor = unquote(parts.path), unquote(parts.fragment)
    if path and not _is_page(path, edition, articles):
        if _is_page(f"{path}/", edition, articles):
            return "leads to a page only through a redirect.", f"Write {path}/ with a slash at the end."
        return "leads to no page of this site.", "Correct the address, or cut the link."
    if anchor and path in anchors and anchor not in anchors[path]:
        return "leads to no heading of the page.", "Link to one of its headings, such as /methodology/#7-net-gain."
    return "", ""


def _is_page(path: str, edition: Edition, articles: Collection[str]) -> bool:
    """Return whether readers find a page there. Previews and the admin do not count."""
    if _is_static_file(path):
        return True
    try:
        found = resolve(path)
    except Resolver404:
        return False
    match found.view_name:
        case "skills:skill":
            return found.kwargs["slug"] in edition.skills
        case "skills:way":
            return any(way.slug == found.kwargs["slug"] for way in edition.ways)
        case "skills:source":
            return found.kwargs["slug"] in edition.sources
        case "skills:article":
            return found.kwargs["slug"] in articles
        case "skills:change":
            return found.kwargs["number"] in range(1, edition.number + 1)
        case "skills:article_preview":
            return False
    return "admin" not in found.namespaces


def _is_shown(address: str) -> bool:
    """Return whether it is an image among the static files, or a page that draws one."""
    if not address.startswith("/") or address.startswith(("//", "/\\")):
        return False
    path = unquote(urlsplit(address).path)
    if not (mimetypes.guess_type(path)[0] or "").startswith("image/"):
        return False
    try:
        return _is_static_file(path) or bool(resolve(path))
    except Resolver404:
        return False


def _is_static_file(path: str) -> bool:
    if not path.startswith(settings.STATIC_URL):
        return False
    try:
        found = finders.find(path.removeprefix(settings.STATIC_URL))
    except (SuspiciousFileOperation, ValueError):  # a path that leaves the folder, or has a null byte
        return False
    return found is not None and Path(found).is_file()
