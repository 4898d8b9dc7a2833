"""What a page says of itself to browsers, search engines and those who show a link to it."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from django.http import HttpRequest
from django.templatetags.static import static
from django.utils.safestring import SafeString

from earnverdict.figures import plain_text
from earnverdict.json_ld import Absolute, JsonLd, as_json_ld, breadcrumbs

#: Search engines show about so many characters.
LONGEST_DESCRIPTION = 160
SHARE_IMAGE = "img/share.png"


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """The head of a page; `title` is without the site's name.

    One without an `address` is not for others to find or to show: an error, say. `trail` is the way down to the page,
    as names and paths, itself last.
    """

    title: str
    description: str
    address: str = ""
    kind: Literal["website", "article"] = "website"
    image: str = ""
    trail: tuple[tuple[str, str], ...] = ()
    json_ld: SafeString | None = None


def page_at(
    request: HttpRequest,
    *,
    title: str,
    description: str,
    kind: Literal["website", "article"] = "website",
    trail: Sequence[tuple[str, str]] = (),
    data: Sequence[JsonLd] = (),
    query: str = "",
) -> Page:
    """The head of the page at the request's path. Its one address has no query but the `query` that it depends on."""
    absolute = request.build_absolute_uri
    things = [*data, *([breadcrumbs(absolute, trail)] if trail else [])]
    return Page(
        title=plain_text(title),
        description=short_description(description),
        address=absolute(f"{request.path}?{query}" if query else request.path),
        kind=kind,
        image=share_image(absolute),
        trail=tuple(trail),
        json_ld=as_json_ld(*things) if things else None,
    )


def share_image(absolute: Absolute) -> str:
    """The picture of every page that has none of its own."""
    return absolute(static(SHARE_IMAGE))


def short_description(text: str) -> str:
    """One line, cut between two words."""
    return textwrap.shorten(plain_text(text), LONGEST_DESCRIPTION, placeholder="…")
