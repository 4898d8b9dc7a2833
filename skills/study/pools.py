"""Pools the study's samples again, skill by skill."""

from __future__ import annotations

from skills.study.records import Study
from skills.study.statistics import PooledEffect, pool_effects


def pool_skills(study: Study) -> dict[str, PooledEffect]:
    """Return the pool of each skill's samples, in logarithms of pay, in the order of the skills' slugs."""
    skills = sorted({row.skill for row in study.coefficients.values()})
    return {
        skill: pool_effects([(row.measured, row.standard_error) for row in study.select_skill(skill)])
        for skill in skills
    }
