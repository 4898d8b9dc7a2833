"""Editors' notes stay with editors: no edition holds one, and no public page, download or feed shows one."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from html import unescape
from typing import Any

import pytest
from django.test import Client

from skills.editions.document import Sealed, unseal
from skills.editions.publish import publish_edition
from skills.editions.site_state import site_state
from skills.models import Edition, Evidence, ExchangeRate, Location, Source, Way, WayEvidence, WayRange

NOTE = "check this by hand"
NOTES: Mapping[type[Any], str] = {
    Evidence: "editors_note",
    Source: "editors_note",
    Location: "editors_note",
    ExchangeRate: "note",
    Way: "editors_note",
    WayRange: "editors_note",
    WayEvidence: "editors_note",
}
#: Pages that no link leads to from the pages below, or that depend on the visitor's answers.
VERDICT = "pay=p50&location=gb-london&edition=2"
ADDRESSES = [
    "/",
    "/skills.csv",
    "/skills.json",
    "/ways/",
    "/ways/switch-employer/",
    "/ways/promotion-senior/",
    "/ways.csv",
    "/ways.json",
    "/sources/",
    "/changes/",
    "/changes/2/",
    "/changes/feed.atom",
    "/articles/feed.atom",
    f"/verdict/?{VERDICT}",
    f"/verdict/market/?{VERDICT}",
    f"/verdict/evidence/?{VERDICT}",
    f"/verdict.json?{VERDICT}",
    f"/verdict.csv?{VERDICT}",
    "/verdict/?pay=p50&location=us-austin-tx&edition=2&evidence=all",
]


@pytest.fixture
def _planted(db: None) -> None:
    """Each row has a note for editors, and is published."""
    for model, field in NOTES.items():
        assert model._meta.get_field(field).verbose_name == "note for editors"
        assert model._default_manager.update(**{field: NOTE}) > 10
    publish_edition(note="Notes for editors.", publisher="Ada")
    site_state.refresh()


@pytest.mark.usefixtures("_planted")
def test_no_edition_holds_an_editor_s_note() -> None:
    row = Edition.objects.get(number=2)

    document = unseal(Sealed(content=bytes(row.content), checksum=row.checksum), 2)

    assert NOTE not in json.dumps(document)


@pytest.mark.usefixtures("_planted")
def test_no_public_page_shows_an_editor_s_note(client: Client) -> None:
    sitemap = client.get("/sitemap.xml").content.decode()
    listed = re.findall(r"<loc>https?://[^/]+([^<]+)</loc>", sitemap)
    assert len(listed) > 30

    for address in (*ADDRESSES, *map(unescape, listed)):
        page = client.get(address, follow=True)
        assert page.status_code == 200, address
        assert NOTE not in page.content.decode(), address
