"""What the switches of an answer card send: a skill that the verdict takes as known, and whether it is.

A box that is not ticked sends nothing, so a switch is two fields: `assumed` names the skill, `known` repeats it while
the box is ticked. Neither is in an address: what is not known becomes a skill to choose from.
"""

from __future__ import annotations

from django.http import QueryDict

from calculator.query import Name

ASSUMED, KNOWN = "assumed", "known"


def apply_switches(query: QueryDict) -> QueryDict:
    """The query without its switches; a skill that is switched off is chosen too, where skills are chosen at all."""
    if ASSUMED not in query and KNOWN not in query:
        return query
    applied = query.copy()
    known = set(applied.pop(KNOWN, []))
    unknown = [slug for slug in dict.fromkeys(applied.pop(ASSUMED, [])) if slug not in known]
    chosen = applied.getlist(Name.SKILL)
    if any(slug.strip() for slug in chosen):
        applied.setlist(Name.SKILL, [*chosen, *(slug for slug in unknown if slug not in chosen)])
    return applied
