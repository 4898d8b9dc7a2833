"""Which skills a verdict is about: those to choose from, without what the visitor knows already."""

from __future__ import annotations

from calculator.engine.edition import Edition
from calculator.engine.profile import Profile


def held_skills(profile: Profile, edition: Edition) -> tuple[str, ...]:
    """The skills that the visitor knows, with everything that they require, sorted. KeyError for an unknown slug."""
    return tuple(sorted(edition.with_prerequisites(profile.held)))


def considered_skills(profile: Profile, edition: Edition) -> tuple[str, ...]:
    """The chosen skills, or all published ones, that the visitor does not know, sorted; there may be none."""
    held = edition.with_prerequisites(profile.held)
    chosen = sorted(edition.skills) if profile.skills is None else profile.skills
    return tuple([slug for slug in chosen if slug not in held])
