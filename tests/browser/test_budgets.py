"""The cost of a first visit in bytes and requests. Static files are compressed by the server, pages here."""

from __future__ import annotations

from dataclasses import dataclass

import brotli
import pytest
from playwright.sync_api import Page, Request

from tests.browser.conftest import Site, turn_cache_off

#: A page is made at each request, so it is compressed quickly, by a server in front of the app.
QUALITY_OF_A_PAGE = 5
KILOBYTE = 1024
MAX_REQUESTS = 7  # of the home page
VERDICT = "/verdict/?salary=115000&location=us-austin-tx&" + "&".join(
    f"skill={slug}" for slug in ("ai-ml-integration", "cloud-architecture", "kubernetes", "system-design")
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Fetched:
    """One answer on the wire."""

    url: str
    kind: str
    size: int


@pytest.mark.parametrize(
    ("path", "budget"),
    [
        pytest.param("/", {"document": 7, "stylesheet": 7, "script": 18, "all": 32}, id="home"),
        pytest.param(VERDICT, {"document": 9, "stylesheet": 9, "script": 21.2}, id="verdict"),
        pytest.param(
            "/articles/best-backend-skills-2026/", {"document": 8, "stylesheet": 9, "script": 0}, id="article"
        ),
        pytest.param("/skills/", {"document": 8, "stylesheet": 9, "script": 0}, id="skills"),
        pytest.param("/skills/ai-ml-integration/", {"document": 8, "stylesheet": 9, "script": 0}, id="skill"),
        pytest.param("/does-it-work/", {"document": 11, "stylesheet": 9, "script": 0}, id="does it work"),
        pytest.param("/studies/pooled-2026/", {"document": 11, "stylesheet": 9, "script": 0}, id="study"),
        pytest.param("/sources/", {"document": 8, "stylesheet": 9, "script": 0}, id="sources"),
        pytest.param("/methodology/", {"document": 16, "stylesheet": 9, "script": 0}, id="methodology"),
    ],
)
def test_first_visit_stays_within_its_bytes(page: Page, site: Site, path: str, budget: dict[str, float]) -> None:
    fetched = _visit(page, path)

    sizes = {kind: sum(each.size for each in fetched if kind in (each.kind, "all")) for kind in budget}
    assert {kind: size / KILOBYTE for kind, size in sizes.items() if size > budget[kind] * KILOBYTE} == {}
    assert [each.url for each in fetched if not each.url.startswith(site.address)] == []
    assert not [each.url for each in fetched if each.url.endswith((".webmanifest", ".ico"))]
    assert len(fetched) <= MAX_REQUESTS or path != "/", [each.url for each in fetched]
    assert all(each.size > 0 for each in fetched), fetched


def _visit(page: Page, path: str) -> list[Fetched]:
    """Everything that is fetched until nothing more is, as it came over the wire."""
    turn_cache_off(page)
    finished: list[Request] = []
    page.on("requestfinished", lambda request: finished.append(request))
    page.goto(path)
    page.wait_for_load_state("networkidle")
    return [_weigh(request) for request in finished if request.redirected_to is None]


def _weigh(request: Request) -> Fetched:
    response = request.response()
    assert response is not None
    if request.resource_type in ("document", "xhr"):
        return Fetched(url=request.url, kind=request.resource_type, size=_compressed_size(response.body()))
    if request.resource_type in ("script", "stylesheet"):
        assert response.header_value("content-encoding") == "br", request.url
    return Fetched(url=request.url, kind=request.resource_type, size=request.sizes()["responseBodySize"])


def _compressed_size(body: bytes) -> int:
    return len(brotli.compress(body, quality=QUALITY_OF_A_PAGE))
