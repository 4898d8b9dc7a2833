"""What a search for a skill has found, in words."""

from __future__ import annotations

from earnverdict.formatting import listing, plural
from skills.catalogue.skill_search import SkillMatches
from skills.editions.document import PublishedEdition, Unmeasured

#: More skills are counted, not named.
MAX_NAMED = 3


def describe_unmeasured(unmeasured: Unmeasured) -> str:
    """Say that something is not measured, and what a reader may expect."""
    reason = f": {unmeasured.reason}" if unmeasured.reason else ""
    return f"{unmeasured.name} is not measured yet{reason}."


def describe_matches(matches: SkillMatches, typed: str, published: PublishedEdition) -> str:
    """Say how many skills were found and which; or why there is none, and what there is."""
    skills = published.edition.skills
    names = listing([skills[slug].name for slug in matches.slugs], "or" if matches.is_guess else "and")
    sentences = []
    if matches.is_guess and matches.slugs:
        sentences.append(f"No skill is called “{typed}”. Did you mean {names}?")
    elif matches.slugs:
        count = f"{len(matches.slugs)} of {plural(len(skills), 'skill')}"
        sentences.append(f"{count}: {names}." if len(matches.slugs) <= MAX_NAMED else f"{count}.")
    if matches.unmeasured:
        sentences.append(describe_unmeasured(matches.unmeasured))
    if not sentences:
        sentences.append(f"No skill of the {len(skills)} is called “{typed}”. Try another word.")
    return " ".join(sentences)
