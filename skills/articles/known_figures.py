"""Finds an edition's figures about a skill, and the skills that a sentence names."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable
from functools import lru_cache

from calculator.engine import Edition, Evidence, EvidenceChoice, cache_per_edition
from skills.articles.amounts import Percent
from skills.catalogue.premiums import skill_premium

_NOTED = re.compile(r"(?<![\w.,])[-−+]?[0-9]++(?:\.[0-9]++)?(?![\w,]*[0-9])")
# “Go for it” does not name the language.
_VERBS = r"(?!\s+(?:to|for|back|on|over|through|ahead|beyond|deeper|further|with|where|straight|and)\b)"
_SHORT, _LONG = 2, 6


def named_skills(words: str, edition: Edition) -> set[str]:
    """Return the skills named by their full name or by an unambiguous part: Terraform, CI/CD."""
    pattern, slugs = _names(tuple((slug, skill.name) for slug, skill in edition.skills.items()))
    return {slugs[found[0].casefold()] for found in pattern.finditer(words)} if slugs else set()


@lru_cache(maxsize=8)
def _names(skills: tuple[tuple[str, str], ...]) -> tuple[re.Pattern[str], dict[str, str]]:
    """Return the pattern of these skills' names, and the slug of each name. It is cached because each sentence needs
    it, and compiling takes 2 ms.
    """
    forms = {form: slug for slug, name in skills for form in _list_forms(name)}
    either = "|".join(_write_pattern(form) for form in sorted(forms, key=len, reverse=True))
    pattern = re.compile(rf"(?<![\w/])(?:{either})(?![\w+#])")
    return pattern, {form.casefold(): slug for form, slug in forms.items()}


def says_percent(percent: Percent, skill: str, edition: Edition) -> bool:
    """Return whether the edition has this figure about the skill, or a measured range around it, in any region."""
    low, high = measured_range(edition, skill) or (math.inf, -math.inf)
    return low - percent.margin <= percent.value <= high + percent.margin or any(
        percent.equals(figure) for figure in _list_percents(edition, skill)
    )


def source_says_percent(percent: Percent, evidence: Iterable[Evidence]) -> bool:
    return any(percent.equals(figure) for item in evidence for figure in _of_evidence(item))


def find_noted_figures(note: str) -> list[float]:
    return [float(found[0].replace("−", "-")) for found in _NOTED.finditer(note)]


@cache_per_edition
def measured_range(edition: Edition, skill: str) -> tuple[float, float] | None:
    """Return the lowest and the highest measured premium of all regions, in percent; None if nothing is measured."""
    pools = [
        pool for (slug, choice, _), pool in edition.pools.items() if slug == skill and choice is EvidenceChoice.MEASURED
    ]
    if not pools:
        return None
    return 100 * math.expm1(min(pool.low for pool in pools)), 100 * math.expm1(max(pool.high for pool in pools))


@cache_per_edition
def _list_percents(edition: Edition, skill: str) -> list[float]:
    """Cache what depends on the edition only, with the edition: an article may need it in every sentence."""
    found = skill_premium(edition, skill)
    pools = [pool for (slug, _, _), pool in edition.pools.items() if slug == skill]
    pooled = [100 * math.expm1(x) for pool in pools for x in (pool.low, pool.expected, pool.high)]
    headline = [100 * share for share in found.claim or ()]
    return [*pooled, *headline, *(figure for item in found.evidence for figure in _of_evidence(item))]


def _of_evidence(item: Evidence) -> list[float]:
    """Return its three figures and those in its note."""
    return [100 * item.low, 100 * item.mid, 100 * item.high, *find_noted_figures(item.note)]


def _list_forms(name: str) -> set[str]:
    """Return the forms of a name: `CI/CD and DevOps duties` is CI/CD too, `Event streaming (Kafka)` is Kafka too."""
    base, _, bracketed = name.partition("(")
    parts = {part.strip() for part in base.split(" and ")}
    forms = {part for part in parts if " " in part or (not bracketed and part[:1].isupper())}
    forms |= {word for part in parts for word in part.split()[:1] if "/" in word}
    forms |= {part.strip() for part in bracketed.rstrip(") ").split("/")}
    return {form for form in (*forms, base.strip() if " " in base.strip() else "") if form}


def _write_pattern(form: str) -> str:
    written = re.escape(form) + (_VERBS if len(form) <= _SHORT else "")
    return f"(?i:{written})" if " " in form or len(form) >= _LONG else written
