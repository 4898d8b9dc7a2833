"""Which pages somebody may have meant by an address that leads nowhere."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from difflib import get_close_matches

from django.urls import reverse
from django.utils.text import slugify

from skills.editions.site_state import NothingPublished, Site, site_state

MAX_SUGGESTIONS = 3
#: How alike two spellings are at least, 1 being the same.
ALIKE = 0.7
# Comparing takes time that grows with the square of the length; no slug is longer.
_LONGEST = 60
_SECTIONS = {
    "skills": "All skills",
    "articles": "Articles",
    "methodology": "How a verdict is made",
    "sources": "Sources",
    "changes": "What changed",
    "privacy": "What is kept of you",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Suggestion:
    """A page, by its name."""

    name: str
    path: str


def suggest_urls(path: str) -> tuple[Suggestion, ...]:
    """Pages whose address or name is spelt like the end of `path`; none while nothing is published."""
    asked = slugify(path.rstrip("/").rpartition("/")[2][: 2 * _LONGEST])[:_LONGEST]
    if not asked:
        return ()
    try:
        pages = _pages(site_state.site())
    except NothingPublished:
        return ()
    alike = get_close_matches(asked, pages, MAX_SUGGESTIONS * 2, ALIKE)
    return tuple(dict.fromkeys(pages[spelling] for spelling in alike))[:MAX_SUGGESTIONS]


def _pages(site: Site) -> Mapping[str, Suggestion]:
    """The site's pages by the ends of their addresses, skills by their names too."""
    pages = {name: Suggestion(name=title, path=reverse(f"skills:{name}")) for name, title in _SECTIONS.items()}
    for article in site.articles:
        pages[article.slug] = Suggestion(name=article.title, path=reverse("skills:article", args=[article.slug]))
    for slug, skill in site.newest.edition.skills.items():
        suggestion = Suggestion(name=skill.name, path=reverse("skills:skill", args=[slug]))
        pages[slug] = pages[slugify(skill.name)] = suggestion
    return pages
