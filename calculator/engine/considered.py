"""Selects the skills that a verdict compares: those to choose from, without those the visitor knows."""

from __future__ import annotations

from calculator.engine.edition import Edition
from calculator.engine.profile import Profile


def held_skills(profile: Profile, edition: Edition) -> tuple[str, ...]:
    """Return the skills that the visitor knows, with all that they require, sorted. KeyError for an unknown slug."""
    return tuple(sorted(edition.with_prerequisites(profile.held)))


def considered_skills(profile: Profile, edition: Edition) -> tuple[str, ...]:
    """Return the chosen skills, or all, that the visitor does not know, sorted; possibly none."""
    held = edition.with_prerequisites(profile.held)
    chosen = sorted(edition.skills) if profile.skills is None else profile.skills
    return tuple([slug for slug in chosen if slug not in held])
