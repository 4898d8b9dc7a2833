"""Links for reporting a figure by e-mail or issue. They name the figure, and nothing about the reader."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote, urlencode

from django.apps import AppConfig
from django.conf import settings
from django.core import checks

from calculator.engine import Edition, Evidence, Source, WayEvidence


@dataclass(frozen=True, slots=True, kw_only=True)
class Contact:
    """The site's contact as a link and as text: the page of a new issue, or an e-mail address."""

    address: str
    shown: str
    is_page: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """A link, and `about`: the figure's name, for screen readers."""

    address: str
    about: str


def report_evidence(edition: Edition, item: Evidence, shown: str, region: str) -> Report | None:
    """Link to a report about a piece of evidence, with its figure as `shown` on the page. None without a contact."""
    skill, source = edition.skills[item.skill], edition.sources[item.source]
    about = f"{skill.name}, {source.title}" + (f", {region}" if item.region else "")
    particulars = {"Skill": skill.slug, "Source": source.slug, "Region": region, "Figure as shown": shown}
    return _report(edition, about, particulars, "What is wrong with it?")


def report_skill(edition: Edition, slug: str) -> Report | None:
    """Link to a report about any figure of one skill, which the reader names. None without a contact."""
    return _report(edition, edition.skills[slug].name, {"Skill": slug}, "Which figure is wrong?")


def report_source(edition: Edition, source: Source) -> Report | None:
    """Link to a report about any figure of one source, which the reader names. None without a contact."""
    return _report(edition, source.title, {"Source": source.slug}, "Which figure is wrong?")


def report_way(edition: Edition, figure: WayEvidence, source: Source, shown: str) -> Report | None:
    """Link to a report about a figure of a way, as `shown` on the page. None without a contact."""
    particulars = {"Way": figure.way, "Source": source.slug, "People": figure.population, "Figure as shown": shown}
    return _report(edition, f"{figure.way}, {source.title}", particulars, "What is wrong with it?")


def contact() -> Contact | None:
    """Return the site's contact; None if there is none."""
    shown: str = settings.CONTACT
    if not shown:
        return None
    is_page = "://" in shown
    return Contact(address=shown if is_page else f"mailto:{quote(shown, safe='@')}", shown=shown, is_page=is_page)


def readers_can_report(app_configs: Sequence[AppConfig] | None, **options: Any) -> list[checks.CheckMessage]:
    """Check before deployment that the site has a contact for reports of wrong figures."""
    if settings.CONTACT:
        return []
    return [
        checks.Warning(
            "EARNVERDICT_CONTACT is not set: readers cannot report a wrong figure or ask about privacy.",
            hint="Set it to an e-mail address, or to the address where a new issue is opened.",
            id="earnverdict.W001",
        )
    ]


def _report(edition: Edition, about: str, particulars: Mapping[str, str], question: str) -> Report | None:
    to = contact()
    if to is None:
        return None
    title = f"{about}, edition {edition.number}"
    body = "\r\n".join([*(f"{name}: {text}" for name, text in particulars.items()), "", question, ""])
    filled = _encode_query(title=title, body=body) if to.is_page else _encode_query(subject=title, body=body)
    before, _, given = to.address.partition("?")
    return Report(address=f"{before}?{given}&{filled}" if given else f"{before}?{filled}", about=about)


def _encode_query(**fields: str) -> str:
    """Encode the query with spaces as %20, because e-mail programs show a plus literally."""
    return urlencode(fields, quote_via=quote)
