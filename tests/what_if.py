"""What the answers would be if the judgements of the model were otherwise: the table of `docs/methodology.md`.

`python -m tests.what_if` prints its rows. The sample is that of the preview of an edition.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from calculator.engine import assess
from calculator.engine.edition import Edition, Evidence, EvidenceChoice
from calculator.engine.evidence import pool_all
from calculator.engine.model_2 import Assessment
from calculator.engine.profile import Profile
from calculator.engine.verdict import Verdict
from skills.editions.impact import PAY_LEVELS, PLACES, SKILL_SETS
from tests.engine.catalogue import read_catalogue

AUSTIN = Profile(
    pay=115_000.0,
    location="us-austin-tx",
    skills=("ai-ml-integration", "cloud-architecture", "kubernetes", "system-design"),
)
#: Grade A skills whose premium might be nothing under a strict test for what a survey does not ask.
COULD_BE_ZERO = ("infrastructure-as-code", "kafka", "kubernetes")


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """How many of the sample get another first skill and how many should stay put, and the answer in Austin."""

    changed: int
    stay_put: int
    austin: Verdict


def sample(experience_years: int | None = None) -> Iterator[Profile]:
    """Every place, pay level and set of skills."""
    for place in PLACES:
        for level in PAY_LEVELS:
            for skills in SKILL_SETS.values():
                yield Profile(pay=level, location=place, skills=skills, experience_years=experience_years)


def with_constants(edition: Edition, **changes: Any) -> Edition:
    """The edition under other constants."""
    constants = replace(edition.constants, **changes)
    return replace(edition, constants=constants, pools=pool_all(edition.evidence, constants))


def with_tilts(edition: Edition, factor: float) -> Edition:
    """The edition with every tilt times a factor."""
    skills = {slug: replace(skill, tilt=skill.tilt * factor) for slug, skill in edition.skills.items()}
    return replace(edition, skills=skills)


def with_experience(edition: Edition, factor: float) -> Edition:
    """The edition with every shift by experience times a factor."""
    shifts = tuple((years, shift * factor) for years, shift in edition.constants.experience_shifts)
    return with_constants(edition, experience_shifts=shifts)


def without_premiums(edition: Edition, slugs: tuple[str, ...]) -> Edition:
    """The edition with what is measured of some skills moved to a middle of nothing, as wide as before."""
    evidence = dict(edition.evidence)
    for slug in slugs:
        evidence[slug] = tuple(
            _at_nothing(item) if EvidenceChoice.MEASURED.counts(item) else item for item in evidence[slug]
        )
    return replace(edition, evidence=evidence, pools=pool_all(evidence, edition.constants))


def _at_nothing(item: Evidence) -> Evidence:
    return replace(item, low=item.low - item.mid, mid=0.0, high=item.high - item.mid)


def what_ifs(edition: Edition) -> dict[str, Answer]:
    """The answer under each other judgement, by its name in the table; the first row is the model as it is."""
    alike = dict.fromkeys(edition.constants.grade_weights, 4.0)
    others = {
        "as it is": edition,
        "an hour costs nothing": with_constants(edition, free_hour_share=0.0),
        "an hour costs half of hourly pay": with_constants(edition, free_hour_share=0.5),
        "an hour costs all of hourly pay": with_constants(edition, free_hour_share=1.0),
        "all grades count alike": with_constants(edition, grade_weights=alike),
        "the typical skill has weight 4": with_constants(edition, prior_weight=4.0),
        "the typical skill has weight 24": with_constants(edition, prior_weight=24.0),
        "no tilt": with_tilts(edition, 0.0),
        "tilt in full": with_tilts(edition, 2.0),
        "pay comes after 6 months": with_constants(edition, months_until_pay=6.0),
        "Kubernetes, Terraform and Kafka pay nothing": without_premiums(edition, COULD_BE_ZERO),
    }
    found = _answers(others, None)
    experience = {
        "2 years of experience": edition,
        "2 years of experience, shift in full": with_experience(edition, 2.0),
    }
    return found | _answers(experience, 2)


def _answers(editions: dict[str, Edition], experience_years: int | None) -> dict[str, Answer]:
    """Of each edition, set against the first one."""
    profiles = list(sample(experience_years))
    firsts = {name: [Assessment(profile, edition).first for profile in profiles] for name, edition in editions.items()}
    as_it_is = next(iter(firsts.values()))
    return {
        name: Answer(
            changed=sum(first != before for first, before in zip(firsts[name], as_it_is, strict=True)),
            stay_put=firsts[name].count(None),
            austin=assess(replace(AUSTIN, experience_years=experience_years), edition),
        )
        for name, edition in editions.items()
    }


def row(edition: Edition, name: str, answer: Answer) -> str:
    """One line of the table."""
    first = answer.austin.first
    name_of_first = "stay put" if first is None else edition.skills[first].name
    return f"| {name} | {answer.changed} | {answer.stay_put} | {name_of_first} |"


def main() -> None:
    edition = read_catalogue()
    for name, answer in what_ifs(edition).items():
        print(row(edition, name, answer))


if __name__ == "__main__":
    main()
