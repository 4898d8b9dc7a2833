"""Skills that developers often weigh together: the form offers them, and the preview of an edition tries them."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class SkillSet:
    """A common choice of skills, by slug, in their order."""

    slug: str
    name: str
    skills: tuple[str, ...]


#: The form offers these.
STARTING_SETS = (
    SkillSet(
        slug="usual-four",
        name="The usual four",
        skills=("ai-ml-integration", "cloud-architecture", "kubernetes", "system-design"),
    ),
    SkillSet(
        slug="cloud",
        name="Cloud and operations",
        skills=("ci-cd", "docker", "infrastructure-as-code", "kubernetes", "site-reliability"),
    ),
    SkillSet(
        slug="ai-data",
        name="AI and data",
        skills=("ai-ml-integration", "data-engineering", "data-warehouse", "kafka", "python"),
    ),
    SkillSet(slug="language", name="A new language", skills=("cpp", "go", "kotlin", "rust", "scala")),
)
#: With these each skill of the first edition is in a set.
OTHER_SETS = (
    SkillSet(
        slug="back-end",
        name="Everyday back end",
        skills=("java", "postgresql", "python", "redis", "typescript"),
    ),
    SkillSet(
        slug="safe-found",
        name="Safe and found",
        skills=("application-security", "elasticsearch", "go", "site-reliability", "system-design"),
    ),
)
