"""The links that report a figure: they name the figure, and nothing about the reader."""

from __future__ import annotations

import html
import re
from urllib.parse import parse_qs, unquote, urlsplit

import pytest
from django.core import checks
from django.test import Client
from pytest_django import Settings

from calculator.engine.edition import Edition, Evidence
from skills.editions.document import PublishedEdition
from skills.presenters.report_link import readers_can_report, report_evidence, report_skill, report_source

REPORT = re.compile(r'<a class="small report" href="(?P<address>[^"]+)" rel="noreferrer">(?P<text>.*?)</a>')
AUSTIN = "/verdict/?salary=115000&location=us-austin-tx&skill=ai-ml-integration&skill=kubernetes&edition=1"
EVIDENCE = AUSTIN.replace("/verdict/", "/verdict/evidence/")
BODY = (
    "Skill: kubernetes\r\nSource: pooled-2026\r\nRegion: counts everywhere\r\n"
    "Figure as shown: +2.8% to +5.4%, middle +4.1%\r\n\r\nWhat is wrong with it?\r\n"
)
TITLE = "Kubernetes, Pooled skill premiums over five samples, 2020-2024, edition 1"


@pytest.fixture
def edition(published: PublishedEdition) -> Edition:
    return published.edition


def find_pooled(edition: Edition) -> Evidence:
    return next(item for item in edition.evidence["kubernetes"] if item.source == "pooled-2026")


def reports_on(client: Client, address: str) -> list[tuple[str, str]]:
    """Address and whole text of each report link of a page."""
    found = REPORT.finditer(client.get(address).content.decode())
    return [(html.unescape(link["address"]), re.sub(r"<[^>]+>", "", html.unescape(link["text"]))) for link in found]


@pytest.mark.parametrize(
    ("contact", "page", "filled"),
    [
        pytest.param(
            "figures@example.org", "mailto:figures@example.org", {"subject": [TITLE], "body": [BODY]}, id="e-mail"
        ),
        pytest.param(
            "https://example.org/owner/repository/issues/new",
            "https://example.org/owner/repository/issues/new",
            {"title": [TITLE], "body": [BODY]},
            id="issue",
        ),
        pytest.param(
            "https://example.org/new?labels=wrong+figure",
            "https://example.org/new",
            {"labels": ["wrong figure"], "title": [TITLE], "body": [BODY]},
            id="issue-with-a-label",
        ),
    ],
)
def test_report_is_filled_in_with_the_figure(
    settings: Settings, edition: Edition, contact: str, page: str, filled: dict[str, list[str]]
) -> None:
    settings.CONTACT = contact

    report = report_evidence(edition, find_pooled(edition), "+2.8% to +5.4%, middle +4.1%", "counts everywhere")

    assert report is not None
    assert report.about == "Kubernetes, Pooled skill premiums over five samples, 2020-2024"
    assert "+" not in urlsplit(report.address).query.removeprefix("labels=wrong+figure")
    assert (report.address.partition("?")[0], parse_qs(urlsplit(report.address).query)) == (page, filled)


def test_report_of_a_skill_or_a_source_asks_which_figure(settings: Settings, edition: Edition) -> None:
    settings.CONTACT = "figures@example.org"

    reports = [report_skill(edition, "go"), report_source(edition, edition.sources["geonames"])]

    ends = ("Which figure is wrong?", "")
    assert [parse_qs(urlsplit(report.address).query) if report else None for report in reports] == [
        {"subject": ["Go, edition 1"], "body": ["\r\n".join(["Skill: go", "", *ends])]},
        {
            "subject": ["GeoNames: names, coordinates and population of places, edition 1"],
            "body": ["\r\n".join(["Source: geonames", "", *ends])],
        },
    ]


def test_nothing_to_report_to_leaves_the_links_out(settings: Settings, client: Client, edition: Edition) -> None:
    assert len(reports_on(client, "/sources/geonames/")) == 1

    settings.CONTACT = ""

    assert report_evidence(edition, find_pooled(edition), "+2.8%", "counts everywhere") is None
    assert reports_on(client, "/sources/geonames/") == []
    assert reports_on(client, EVIDENCE) == []


def test_verdict_has_one_report_a_skill_without_pay_or_place(client: Client, edition: Edition) -> None:
    reports = reports_on(client, EVIDENCE)

    assert sorted(text for _, text in reports) == [
        "Report a wrong figure: AI/ML integration",
        "Report a wrong figure: Kubernetes",
    ]
    for address, _ in reports:
        assert not re.search(r"115|austin|location|salary|verdict", unquote(address), re.IGNORECASE)


def test_each_row_of_a_skill_has_a_report_of_its_own(client: Client, edition: Edition) -> None:
    reports = reports_on(client, "/skills/ai-ml-integration/")

    names = [text for _, text in reports]
    assert len(reports) == len(edition.evidence["ai-ml-integration"])
    assert len(set(names)) == len(set(reports)) == len(reports)
    assert "Report this figure: AI/ML integration, Global AI Jobs Barometer 2026" in names
    assert all("edition 1" in unquote(address) for address, _ in reports)


@pytest.mark.parametrize(
    ("contact", "found"), [("", ["earnverdict.W001"]), ("figures@example.org", [])], ids=["none", "an address"]
)
def test_check_before_deployment_asks_for_a_contact(settings: Settings, contact: str, found: list[str]) -> None:
    settings.CONTACT = contact

    assert [message.id for message in readers_can_report(None)] == found
    ours = [message.id for message in checks.run_checks(include_deployment_checks=True, tags=[checks.Tags.security])]
    assert [identity for identity in ours if identity and identity.startswith("earnverdict")] == found
