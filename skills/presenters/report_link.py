"""The link by which a reader reports a figure: an e-mail or an issue that names it, and nothing of the reader."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote, urlencode

from django.apps import AppConfig
from django.conf import settings
from django.core import checks

from calculator.engine import Edition, Evidence, Source


@dataclass(frozen=True, slots=True, kw_only=True)
class Contact:
    """Whom readers write to: as a link, and as text; a page takes a new issue, else it is an e-mail's address."""

    address: str
    shown: str
    is_page: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """A link, and `about`: which figure it is about, for those who do not see what it stands beside."""

    address: str
    about: str


def report_evidence(edition: Edition, item: Evidence, shown: str, region: str) -> Report | None:
    """A piece of evidence with its figure and region as `shown` on the page. None where nobody hears of it."""
    skill, source = edition.skills[item.skill], edition.sources[item.source]
    about = f"{skill.name}, {source.title}" + (f", {region}" if item.region else "")
    particulars = {"Skill": skill.slug, "Source": source.slug, "Region": region, "Figure as shown": shown}
    return _report(edition, about, particulars, "What is wrong with it?")


def report_skill(edition: Edition, slug: str) -> Report | None:
    """Any figure of one skill, named by the reader. None where nobody hears of it."""
    return _report(edition, edition.skills[slug].name, {"Skill": slug}, "Which figure is wrong?")


def report_source(edition: Edition, source: Source) -> Report | None:
    """Any figure of one source, named by the reader. None where nobody hears of it."""
    return _report(edition, source.title, {"Source": source.slug}, "Which figure is wrong?")


def contact() -> Contact | None:
    """None where nobody hears of what readers find."""
    shown: str = settings.CONTACT
    if not shown:
        return None
    is_page = "://" in shown
    return Contact(address=shown if is_page else f"mailto:{quote(shown, safe='@')}", shown=shown, is_page=is_page)


def readers_can_report(app_configs: Sequence[AppConfig] | None, **options: Any) -> list[checks.CheckMessage]:
    """A check before deployment: a site that shows figures says whom to tell of a wrong one."""
    if settings.CONTACT:
        return []
    return [
        checks.Warning(
            "EARNVERDICT_CONTACT is not set: nobody hears of a wrong figure, or of a question about privacy.",
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
    filled = _query(title=title, body=body) if to.is_page else _query(subject=title, body=body)
    before, _, given = to.address.partition("?")
    return Report(address=f"{before}?{given}&{filled}" if given else f"{before}?{filled}", about=about)


def _query(**fields: str) -> str:
    """Spaces as %20: programs for e-mail take a plus as it stands."""
    return urlencode(fields, quote_via=quote)
