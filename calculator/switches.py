"""What the controls of an answer card send: skills that the verdict takes as known, and years of work.

A box that is not ticked sends nothing, so a switch that is on is two fields: `assumed` names the skill, `known` repeats
it while the box is ticked. One that is off is a box alone: `known` without `assumed` switches it on. Neither is in an
address: what is not known becomes a skill to choose from. Years of work have a field, which is sent too: the button
that was pressed, `worked`, takes its place.
"""

from __future__ import annotations

from django.http import QueryDict

from calculator.query import Name

ASSUMED, KNOWN, WORKED = "assumed", "known", "worked"


def apply_switches(query: QueryDict) -> QueryDict:
    """The query without what the card sends.

    A skill that is switched off is chosen too, where skills are chosen at all; one that is switched on no longer is.
    """
    if not {ASSUMED, KNOWN, WORKED} & query.keys():
        return query
    applied = query.copy()
    if worked := applied.pop(WORKED, []):
        applied[Name.EXPERIENCE] = worked[-1]
    known = set(applied.pop(KNOWN, []))
    assumed = dict.fromkeys(applied.pop(ASSUMED, []))
    chosen = [slug for slug in applied.getlist(Name.SKILL) if slug.strip()]
    others = [slug for slug in chosen if slug in assumed or slug not in known]
    if others:
        switched_off = [slug for slug in assumed if slug not in known and slug not in chosen]
        applied.setlist(Name.SKILL, [*others, *switched_off])
    return applied
