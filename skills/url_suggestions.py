"""Suggests pages for an unknown address."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from difflib import get_close_matches

from django.urls import reverse
from django.utils.text import slugify

from skills.editions.site import NothingPublished, Site
from skills.editions.site_state import site_state

MAX_SUGGESTIONS = 3
#: The minimum similarity of two texts; 1 is equality.
ALIKE = 0.7
# No slug is longer, and comparing takes time that grows with the square of the length.
_LONGEST = 60
_SECTIONS = {
    "skills": "All skills",
    "articles": "Articles",
    "methodology": "How a verdict is made",
    "sources": "Sources",
    "changes": "What changed",
    "privacy": "What we store about you",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Suggestion:
    """A page with its name."""

    name: str
    path: str


def suggest_urls(path: str) -> tuple[Suggestion, ...]:
    """Return pages whose address or name is similar to the end of `path`; none if nothing is published."""
    asked = slugify(path.rstrip("/").rpartition("/")[2][: 2 * _LONGEST])[:_LONGEST]
    if not asked:
        return ()
    try:
        pages = _find_pages(site_state.site())
    except NothingPublished:
        return ()
    alike = get_close_matches(asked, pages, MAX_SUGGESTIONS * 2, ALIKE)
    return tuple(dict.fromkeys(pages[spelling] for spelling in alike))[:MAX_SUGGESTIONS]


def _find_pages(site: Site) -> Mapping[str, Suggestion]:
    """Return the site's pages by the last part of their addresses, skills also by their names."""
    pages = {name: Suggestion(name=title, path=reverse(f"skills:{name}")) for name, title in _SECTIONS.items()}
    for article in site.articles:
        pages[article.slug] = Suggestion(name=article.title, path=reverse("skills:article", args=[article.slug]))
    for slug, source in site.newest.edition.sources.items():
        pages[slug] = Suggestion(name=source.title, path=reverse("skills:source", args=[slug]))
    for slug, skill in site.newest.edition.skills.items():
        suggestion = Suggestion(name=skill.name, path=reverse("skills:skill", args=[slug]))
        pages[slug] = pages[slugify(skill.name)] = suggestion
    return pages
