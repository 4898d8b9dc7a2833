"""Links the errors that prevent publishing to the admin pages of their rows."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib.auth.models import AnonymousUser, User
from django.db.models import Model
from django.urls import reverse

from skills.editions.validation import PublishError
from skills.models import Evidence, ExchangeRate, Location, Skill, UnmeasuredSkill, Way, WayEvidence, WayRange

type Rows = Mapping[str, Model]


@dataclass(frozen=True, slots=True, kw_only=True)
class RefusedRow:
    """An error with the address of its row's page; empty if there is no such row, or the editor may not see it."""

    table: str
    row: str
    reason: str
    address: str


def refused_rows(refusals: Sequence[PublishError], user: User | AnonymousUser) -> tuple[RefusedRow, ...]:
    """Return all errors in their order, with at most one query a table."""
    found = {
        table: find({refusal.row for refusal in refusals if refusal.table == table})
        for table, find in _FINDERS.items()
        if any(refusal.table == table for refusal in refusals)
    }
    return tuple(
        RefusedRow(
            table=refusal.table,
            row=refusal.row,
            reason=refusal.reason,
            address=_find_address(found.get(refusal.table, {}).get(refusal.row), user),
        )
        for refusal in refusals
    )


def _find_address(row: Model | None, user: User | AnonymousUser) -> str:
    if row is None:
        return ""
    name = row._meta.model_name
    if not any(user.has_perm(f"skills.{action}_{name}") for action in ("change", "view")):
        return ""
    return reverse(f"admin:skills_{name}_change", args=[row.pk])


def _find_by(model: type[Any], field: str) -> Callable[[Iterable[str]], Rows]:
    def find(keys: Iterable[str]) -> Rows:
        return {getattr(row, field): row for row in model._default_manager.filter(**{f"{field}__in": keys})}

    return find


def _find_evidence(keys: Iterable[str]) -> Rows:
    """Find rows by the name that validation and the admin give them: skill · source · region."""
    skills = {key.partition(" · ")[0] for key in keys}
    rows = Evidence.objects.filter(skill__slug__in=skills).select_related("skill", "source")
    return {str(row): row for row in rows}


def _way_rows(model: type[Any], *related: str) -> Callable[[Iterable[str]], Rows]:
    """Find rows about ways by their natural key, which begins with the way's slug."""

    def find(keys: Iterable[str]) -> Rows:
        ways = {key.partition(" · ")[0] for key in keys}
        rows = model._default_manager.filter(way__slug__in=ways).select_related("way", *related)
        return {str(row): row for row in rows}

    return find


_FINDERS: Mapping[str, Callable[[Iterable[str]], Rows]] = {
    "evidence": _find_evidence,
    "skills": _find_by(Skill, "slug"),
    "locations": _find_by(Location, "slug"),
    "exchange rates": _find_by(ExchangeRate, "currency"),
    "unmeasured skills": _find_by(UnmeasuredSkill, "name"),
    "ways": _find_by(Way, "slug"),
    "ranges of ways": _way_rows(WayRange),
    "evidence of ways": _way_rows(WayEvidence, "source"),
}
