"""The head of a page: title, description and share image, and schema.org JSON-LD for search engines."""

from __future__ import annotations

import json
import textwrap
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from django.http import HttpRequest
from django.templatetags.static import static
from django.urls import reverse
from django.utils.safestring import SafeString

from earnverdict.formatting import plain_text

type JsonLd = dict[str, Any]
#: Makes a path of this site an absolute URL, as `request.build_absolute_uri` does.
type Absolute = Callable[[str], str]

SITE_NAME = "EarnVerdict"
#: Search engines show about this many characters.
MAX_DESCRIPTION_CHARACTERS = 160
SHARE_IMAGE = "img/share.png"
SHARE_IMAGE_ALT = (
    "EarnVerdict: which skill should you learn next? For your pay, your place and your time, and how sure that is."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """The head of a page; `title` is without the site's name.

    A page without an `address`, such as an error, is not to be indexed or shared. `trail` has the names and paths of
    the breadcrumbs, the page itself last.
    """

    title: str
    description: str
    address: str = ""
    kind: Literal["website", "article"] = "website"
    image: str = ""
    image_alt: str = ""
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
) -> Page:
    """Return the head of the page at the request's path, with the site's image. Its canonical URL has no query."""
    absolute = request.build_absolute_uri
    things = [*data, *([describe_breadcrumbs(absolute, trail)] if trail else [])]
    return Page(
        title=plain_text(title),
        description=short_description(description),
        address=absolute(request.path),
        kind=kind,
        image=share_image(absolute),
        image_alt=SHARE_IMAGE_ALT,
        trail=tuple(trail),
        json_ld=as_json_ld(*things) if things else None,
    )


def share_image(absolute: Absolute) -> str:
    """Return the URL of the image for pages without one of their own."""
    return absolute(static(SHARE_IMAGE))


def short_description(text: str) -> str:
    """Shorten a text to one line, cut between two words."""
    return textwrap.shorten(plain_text(text), MAX_DESCRIPTION_CHARACTERS, placeholder="…")


# No text may end the script block.
_ESCAPES = str.maketrans({"<": "\\u003C", ">": "\\u003E", "&": "\\u0026"})


def as_json_ld(*things: JsonLd) -> SafeString:
    """Return the content of a `<script type="application/ld+json">`."""
    written = json.dumps({"@context": "https://schema.org", "@graph": things}, ensure_ascii=False)
    return SafeString(written.translate(_ESCAPES))


def describe_organization(absolute: Absolute) -> JsonLd:
    """Describe the site's publisher."""
    return {"@type": "Organization", "name": SITE_NAME, "url": absolute(reverse("calculator:home"))}


def describe_website(absolute: Absolute, description: str) -> JsonLd:
    return {
        "@type": "WebSite",
        "name": SITE_NAME,
        "url": absolute(reverse("calculator:home")),
        "description": description,
        "inLanguage": "en",
        "publisher": describe_organization(absolute),
    }


def describe_breadcrumbs(absolute: Absolute, trail: Sequence[tuple[str, str]]) -> JsonLd:
    """Describe the breadcrumbs: names and paths, the page itself last."""
    return {
        "@type": "BreadcrumbList",
        "itemListElement": [
            {"@type": "ListItem", "position": position, "name": name, "item": absolute(path)}
            for position, (name, path) in enumerate(trail, 1)
        ],
    }
