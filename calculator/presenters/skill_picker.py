"""The skills as chips to tick, with the words that find each."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from django.template.loader import render_to_string

from calculator.engine.edition import Skill
from calculator.starting_sets import COMMON_SKILLS
from skills.editions.document import PublishedEdition
from skills.editions.edition_cache import cache_per_edition
from skills.models.skill import Skill as CatalogueSkill

#: What people type for a skill and no page calls it.
OTHER_NAMES = {
    "ai-ml-integration": "artificial intelligence genai gpt llm mlops openai rag",
    "application-security": "appsec devsecops owasp security",
    "ci-cd": "continuous delivery github gitlab jenkins",
    "cloud-architecture": "amazon aws azure gcp google",
    "cpp": "cpp cplusplus",
    "data-engineering": "airflow dbt etl hadoop pyspark",
    "data-warehouse": "dwh redshift sql",
    "docker": "compose dockerfile podman",
    "elasticsearch": "elk lucene opensearch solr",
    "go": "golang",
    "infrastructure-as-code": "ansible iac opentofu pulumi",
    "java": "spring springboot",
    "kafka": "kinesis pulsar rabbitmq",
    "kotlin": "ktor",
    "kubernetes": "cka ckad eks gke helm k8s k3s",
    "postgresql": "databases postgres psql sql",
    "python": "django fastapi flask",
    "redis": "memcached valkey",
    "rust": "cargo",
    "scala": "akka",
    "site-reliability": "devops grafana monitoring on-call prometheus sre",
    "system-design": "distributed microservices scalability",
    "typescript": "javascript js nestjs node nodejs ts",
}
_CATEGORIES = {category.value: str(category.label) for category in CatalogueSkill.Category}
_WORD = re.compile(r"[\w+#]+(?:-\w+)*")
#: Nobody looks for these.
_COMMON_WORDS = {
    *("a", "an", "and", "are", "at", "behind", "build", "by", "for", "from", "in", "it", "of", "on", "or", "over"),
    *("own", "put", "run", "that", "the", "through", "to", "under", "with", "write"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class SkillOption:
    """A skill to tick. `words` find it, as do those of its name; `hours` are ours to learn it."""

    slug: str
    name: str
    words: str
    hours: str


@cache_per_edition
def skill_options(published: PublishedEdition) -> tuple[SkillOption, ...]:
    """All skills of an edition: those that most developers know, then the others by name."""
    skills = published.edition.skills
    common = [slug for slug in COMMON_SKILLS if slug in skills]
    others = sorted(skills.keys() - set(common), key=lambda slug: skills[slug].name.casefold())
    return tuple(
        SkillOption(
            slug=slug,
            name=skills[slug].name,
            words=_words(skills[slug], OTHER_NAMES.get(slug, "")),
            hours=f"{skills[slug].hours_mid:g}",
        )
        for slug in (*common, *others)
    )


@cache_per_edition
def skill_boxes(published: PublishedEdition, name: str) -> Mapping[tuple[str, bool], str]:
    """The HTML of each skill's box in the field `name`, by its slug and whether it is ticked.

    A verdict's page has two boxes for each skill, the same for all visitors; to write them each time takes 0.4 ms,
    which is 6 % of a first verdict.
    """
    return {
        (option.slug, is_ticked): render_to_string(
            "calculator/_skill_box.html", {"name": name, "option": option, "is_ticked": is_ticked}
        )
        for option in skill_options(published)
        for is_ticked in (False, True)
    }


def _words(skill: Skill, other_names: str) -> str:
    """What a skill is also called and what it is about: each word once, in small letters, without those of its name."""
    words = _WORD.findall(f"{other_names} {_CATEGORIES[skill.category]} {skill.summary}".lower())
    left_out = _COMMON_WORDS.union(_WORD.findall(skill.name.lower()))
    return " ".join(word for word in dict.fromkeys(words) if word not in left_out)
