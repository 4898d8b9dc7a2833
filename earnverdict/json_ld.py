"""Says in schema.org's words what a page is, for search engines: a block of data that no browser runs."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from typing import Any

from django.urls import reverse
from django.utils.safestring import SafeString

type JsonLd = dict[str, Any]
#: Makes an address of this site absolute, as `request.build_absolute_uri` does.
type Absolute = Callable[[str], str]

SITE_NAME = "EarnVerdict"

# No text may end the block that it stands in.
_ESCAPES = str.maketrans({"<": "\\u003C", ">": "\\u003E", "&": "\\u0026"})


def as_json_ld(*things: JsonLd) -> SafeString:
    """The content of a `<script type="application/ld+json">`."""
    written = json.dumps({"@context": "https://schema.org", "@graph": things}, ensure_ascii=False)
    return SafeString(written.translate(_ESCAPES))


def organization(absolute: Absolute) -> JsonLd:
    """Who publishes the site."""
    return {"@type": "Organization", "name": SITE_NAME, "url": absolute(reverse("calculator:home"))}


def website(absolute: Absolute, description: str) -> JsonLd:
    return {
        "@type": "WebSite",
        "name": SITE_NAME,
        "url": absolute(reverse("calculator:home")),
        "description": description,
        "inLanguage": "en",
        "publisher": organization(absolute),
    }


def breadcrumbs(absolute: Absolute, trail: Sequence[tuple[str, str]]) -> JsonLd:
    """The way down to a page: names and paths, the page itself last."""
    return {
        "@type": "BreadcrumbList",
        "itemListElement": [
            {"@type": "ListItem", "position": position, "name": name, "item": absolute(path)}
            for position, (name, path) in enumerate(trail, 1)
        ],
    }
