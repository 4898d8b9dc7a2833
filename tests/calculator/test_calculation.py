"""The calculation: typing the printed sums into a calculator gives the printed results."""

from __future__ import annotations

import math
import random
import re
from statistics import NormalDist

import pytest

from calculator.engine import assess
from calculator.engine.considered import considered_skills
from calculator.engine.edition import EvidenceChoice
from calculator.engine.profile import PayLevel, Profile
from calculator.presenters.calculation import present_calculation
from calculator.presenters.calculation_line import write_number
from calculator.presenters.verdict import VerdictPresenter
from skills.editions.document import PublishedEdition

FUNCTIONS = {"exp": math.exp, "ln": math.log, "phi": NormalDist().cdf, "min": min, "max": max}


def calculate(sum_: str) -> float:
    """The value of a printed sum, by nothing but what is printed."""
    text = sum_.replace("−", "-").replace("×", "*").replace("÷", "/").replace("Φ", "phi")
    text = re.sub(r"e\^\(", "exp(", text)
    text = re.sub(r"e\^(-?[\d.]+)", r"exp(\1)", text)
    assert re.fullmatch(r"[\d.+\-*/() ,]|(?:exp|ln|phi|min|max|[\d.+\-*/() ,])+", text), text
    return float(eval(text, {"__builtins__": {}}, FUNCTIONS))  # noqa: S307 - checked to be a sum


def read_printed(result: str) -> tuple[float, float]:
    """A printed result and half a unit of its last digit, twice over: operands are rounded too."""
    plain = result.replace("−", "-")
    decimals = len(plain.partition(".")[2])
    digits = len(plain.strip("-").replace(".", "").strip("0")) or 1
    unit = 10**-decimals if decimals else 10 ** max(0, len(plain.strip("-")) - max(digits, 4))
    return float(plain), unit


def random_profile(rng: random.Random, published: PublishedEdition) -> Profile:
    slugs, places = sorted(published.edition.skills), sorted(published.edition.places)
    skills = sorted(rng.sample(slugs, rng.randint(1, 6)))
    profile = Profile(
        pay=rng.choice(list(PayLevel)) if rng.random() < 0.3 else float(round(10 ** rng.uniform(4, 6.5))),
        location=rng.choice(places),
        skills=None if rng.random() < 0.1 else tuple(skills),
        held=tuple(sorted(set(rng.sample(slugs, rng.choice([0, 3]))) - set(skills))),
        weekly_hours=rng.randint(1, 40),
        horizon_years=rng.randint(1, 10),
        odds_percent=rng.randint(10, 100),
        experience_years=rng.choice([None, 2, 7, 15]),
        hour_value=rng.choice([None, 0.0, 12.5]),
        evidence=rng.choice(list(EvidenceChoice)),
    )
    is_answerable = considered_skills(profile, published.edition)
    return profile if is_answerable else random_profile(rng, published)


@pytest.mark.parametrize("seed", range(8))
def test_every_sum_gives_its_result(seed: int, published: PublishedEdition) -> None:
    rng, count = random.Random(seed), 0
    for _ in range(25):
        verdict = assess(random_profile(rng, published), published.edition)
        working = present_calculation(VerdictPresenter(verdict=verdict, published=published))
        for line in [
            *(working.market if working else ()),
            *(line for skill in (working.skills if working else ()) for line in skill.lines),
            *(working.plan if working else ()),
        ]:
            count += 1
            result, unit = read_printed(line.result)
            assert calculate(line.sum) == pytest.approx(result, abs=unit, rel=2e-4), line
    assert count > 100


def test_results_are_the_verdicts_own_figures(published: PublishedEdition) -> None:
    profile = Profile(pay=115000.0, location="us-austin-tx", skills=("kubernetes",))
    verdict = assess(profile, published.edition)
    working = present_calculation(VerdictPresenter(verdict=verdict, published=published))
    gain = verdict.outlook("kubernetes").gain
    assert working is not None
    assert gain is not None

    lines = {line.name: line for line in working.skills[0].lines}

    uplift = lines["Extra pay a year, once an employer pays for it"]
    assert (uplift.sum, uplift.result) == ("115000 × (e^(0.0385821) − 1)", "4523.6")
    assert float(uplift.result) == pytest.approx(gain.uplift.expected, rel=1e-4)
    left = next(line for name, line in lines.items() if name.startswith("What is left"))
    assert (left.sum, left.result) == ("0.5 × 4523.64 × 2.16223 − 395 − 13.8221 × 145", "2491.4")
    worth = next(line for name, line in lines.items() if name.startswith("Worth of an hour"))
    assert (worth.sum, worth.result) == ("(2491.37 + 13.8221 × 145) ÷ 145", "31.004")
    assert working.market[-1].sum == "115000 ÷ 2080 × 0.25"


@pytest.mark.parametrize(
    ("value", "text"),
    [(115000, "115000"), (0.0419914, "0.0419914"), (-0.00317, "−0.00317"), (0, "0"), (1234567.8, "1234568"), (5, "5")],
)
def test_number_is_plain(value: float, text: str) -> None:
    assert write_number(value) == text
