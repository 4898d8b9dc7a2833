"""The addresses to measure: an everyday verdict, uncached ones, the most expensive one, and refused ones."""

from __future__ import annotations

import itertools
import random
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from calculator.engine.edition import Edition, EvidenceChoice
from calculator.engine.market import find_market
from calculator.engine.profile import PayLevel, Profile
from calculator.query import Name, write_query

PLACE = "us-austin-tx"
SALARY = 115_000
SKILLS = (
    *("ai-ml-integration", "cloud-architecture", "kubernetes", "system-design"),
    *("docker", "go", "infrastructure-as-code", "kafka", "python", "site-reliability"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Refused:
    """An address with an error, and the status of its response."""

    what: str
    address: str
    status: int


def everyday(skills: int, salary: float = SALARY) -> Profile:
    return Profile(pay=float(salary), location=PLACE, skills=tuple(sorted(SKILLS[:skills])))


def everyday_of_all(salary: float = SALARY) -> Profile:
    """Return the profile of a visitor who chose no skill, so that all are considered."""
    return Profile(pay=float(salary), location=PLACE)


def most_expensive(edition: Edition, salary: float = SALARY) -> Profile:
    """Return the most expensive profile: all skills considered, and every input given."""
    return Profile(
        pay=float(salary),
        location=max(edition.places, key=lambda slug: (len(list(edition.ancestry(slug))), len(slug), slug)),
        weekly_hours=7,
        horizon_years=10,
        odds_percent=60,
        experience_years=7,
        hour_value=9.5,
        evidence=EvidenceChoice.ALL,
        study_hours=tuple((slug, 100 + 7 * number) for number, slug in enumerate(sorted(edition.skills))),
    )


def verdict_at(profile: Profile, edition: int) -> str:
    return f"/verdict/?{write_query(profile, edition)}"


def uncached_verdicts(profile_of: Callable[[float], Profile], edition: int) -> Iterator[str]:
    """Yield addresses of verdicts with different salaries, so that none is cached."""
    return (verdict_at(profile_of(SALARY + salary), edition) for salary in itertools.count())


def refused_addresses(edition: int) -> Sequence[Refused]:
    """Return refused addresses, each as expensive as possible."""
    good = write_query(everyday(4), edition)
    return (
        Refused(what="8,193 characters", address=f"/verdict/?{good}&skill=".ljust(8_204, "a"), status=414),
        Refused(what="10,000 parameters", address="/verdict/?" + "&".join(["a"] * 10_000), status=414),
        Refused(
            what="300 unknown skills",
            address="/verdict/?" + "&".join(f"skill={number:03}" for number in range(300)),
            status=422,
        ),
        Refused(
            what="300 study hours of unknown skills",
            address="/verdict/?" + "&".join(f"study.{number:03}=9" for number in range(300)),
            status=422,
        ),
        Refused(what="a skill misspelt", address=f"/verdict/?{good}&skill=kubernets", status=422),
        Refused(what="a skill of 8,000 letters", address=f"/verdict/?{good}&skill={'e' * 7_900}", status=422),
        Refused(what="a salary of 8,000 digits", address=f"/verdict/?salary={'1' * 7_900}", status=422),
        Refused(what="a place of many words", address=f"/verdict/?salary=1&location={'san+fran+new+' * 9}", status=422),
        Refused(what="no such edition", address=f"/verdict/?{good}".replace("edition=1", "edition=999"), status=404),
        Refused(what="no such page", address="/" + "a/" * 4_000, status=404),
    )


def visitors(edition: Edition, number: int, *, addresses: int, requests: int) -> Iterator[str]:
    """Yield requests like those of visitors: each verdict at least once, and some far more often than others."""
    chance = random.Random(1)
    asked = [verdict_at(_visitor(chance, edition), number) for _ in range(addresses)]
    weights = list(itertools.accumulate(1 / (10 + rank) for rank in range(addresses)))
    order = asked + chance.choices(asked, cum_weights=weights, k=requests - addresses)
    chance.shuffle(order)
    return iter(order)


def _visitor(chance: random.Random, edition: Edition) -> Profile:
    place = chance.choice(sorted(edition.places))
    slugs = chance.sample(sorted(edition.skills), chance.randint(1, 6) + chance.randint(0, 6))
    chosen = slugs[: chance.choice([1, 2, 3, 3, 4, 4, 4, 5, 6, 8])]
    held = slugs[len(chosen) :]
    left = [slug for slug in chosen if slug not in edition.with_prerequisites(held)]
    market = find_market(place, PayLevel.P50, edition)
    salary = round((market.annual_salary if market else 60_000) * chance.uniform(0.5, 1.8), -2) or 100.0
    return Profile(
        pay=chance.choice(list(PayLevel)) if market and chance.random() < 0.3 else salary,
        location=place,
        skills=tuple(sorted(left)) or None,
        held=tuple(sorted(held)),
        weekly_hours=chance.choice([6, 6, 6, 3, 10]),
        horizon_years=chance.choice([3, 3, 3, 2, 5]),
        evidence=chance.choice([EvidenceChoice.MEASURED] * 4 + [EvidenceChoice.ALL]),
    )


def place_search(typed: str) -> str:
    return "/places/suggestions/?" + urlencode({Name.LOCATION.value: typed})
