"""What the switches of an answer card send: a skill that the verdict takes as known, and whether it is.

A box that is not ticked sends nothing, so a switch is two fields: `assumed` names the skill, `known` repeats it while
the box is ticked. Neither is in an address: what is not known becomes a skill to choose from. The switch of such a
skill sends `known` alone, if it is ticked: the skill is no longer one to choose from.
"""

from __future__ import annotations

from django.http import QueryDict

from calculator.query import Name

ASSUMED, KNOWN = "assumed", "known"


def apply_switches(query: QueryDict) -> QueryDict:
    """The query without its switches. Where skills are chosen at all, one that is switched off is chosen too, and one
    that is switched on again is not.
    """
    if ASSUMED not in query and KNOWN not in query:
        return query
    applied = query.copy()
    known = set(applied.pop(KNOWN, []))
    assumed = dict.fromkeys(applied.pop(ASSUMED, []))
    chosen = [slug for slug in applied.getlist(Name.SKILL) if slug.strip()]
    others = [slug for slug in chosen if slug in assumed or slug not in known]
    if others:
        unknown = [slug for slug in assumed if slug not in known and slug not in chosen]
        applied.setlist(Name.SKILL, [*others, *unknown])
    return applied
