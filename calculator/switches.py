"""What the switches of an answer card send: a skill that the verdict takes as known, and whether it is.

A box that is not ticked sends nothing, so a switch that is on is two fields: `assumed` names the skill, `known` repeats
it while the box is ticked. One that is off is a box alone: `known` without `assumed` switches it on. Neither is in an
address: what is not known becomes a skill to choose from.
"""

from __future__ import annotations

from django.http import QueryDict

from calculator.query import Name

ASSUMED, KNOWN = "assumed", "known"


def apply_switches(query: QueryDict) -> QueryDict:
    """The query without its switches; a skill that is switched off is chosen too, where skills are chosen at all.

    One that is switched on is no longer chosen.
    """
    if ASSUMED not in query and KNOWN not in query:
        return query
    applied = query.copy()
    known = set(applied.pop(KNOWN, []))
    assumed = dict.fromkeys(applied.pop(ASSUMED, []))
    chosen = [slug for slug in applied.getlist(Name.SKILL) if slug.strip()]
    others = [slug for slug in chosen if slug in assumed or slug not in known]
    if others:
        switched_off = [slug for slug in assumed if slug not in known and slug not in chosen]
        applied.setlist(Name.SKILL, [*others, *switched_off])
    return applied
