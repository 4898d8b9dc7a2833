"""The working: whoever types the printed sums into a calculator gets the printed results."""

from __future__ import annotations

import math
import random
import re
from statistics import NormalDist

import pytest

from calculator.engine import assess
from calculator.engine.edition import EvidenceChoice
from calculator.engine.net_gain import Clock
from calculator.engine.path import gain_by_month
from calculator.engine.profile import PayLevel, Profile
from calculator.words.speaker import Speaker
from calculator.words.working import number, working_words
from skills.editions.document import PublishedEdition

FUNCTIONS = {"exp": math.exp, "ln": math.log, "phi": NormalDist().cdf, "min": min, "max": max}


def calculate(sum_: str) -> float:
    """The value of a printed sum, by nothing but what is printed."""
    text = sum_.replace("−", "-").replace("×", "*").replace("÷", "/").replace("Φ", "phi")
    text = re.sub(r"e\^\(", "exp(", text)
    text = re.sub(r"e\^(-?[\d.]+)", r"exp(\1)", text)
    assert re.fullmatch(r"[\d.+\-*/() ,]|(?:exp|ln|phi|min|max|[\d.+\-*/() ,])+", text), text
    return float(eval(text, {"__builtins__": {}}, FUNCTIONS))  # noqa: S307 - checked to be a sum


def printed(result: str) -> tuple[float, float]:
    """A printed result and half a unit of its last digit, twice over: operands are rounded too."""
    plain = result.replace("−", "-")
    decimals = len(plain.partition(".")[2])
    digits = len(plain.strip("-").replace(".", "").strip("0")) or 1
    unit = 10**-decimals if decimals else 10 ** max(0, len(plain.strip("-")) - max(digits, 4))
    return float(plain), unit


def random_profile(rng: random.Random, published: PublishedEdition) -> Profile:
    slugs, places = sorted(published.edition.skills), sorted(published.edition.places)
    skills = sorted(rng.sample(slugs, rng.randint(1, 6)))
    return Profile(
        pay=rng.choice(list(PayLevel)) if rng.random() < 0.3 else float(round(10 ** rng.uniform(4, 6.5))),
        location=rng.choice(places),
        skills=tuple(skills),
        held=tuple(sorted(set(rng.sample(slugs, rng.choice([0, 3]))) - set(skills))),
        weekly_hours=rng.randint(1, 40),
        horizon_years=rng.randint(1, 10),
        odds_percent=rng.randint(10, 100),
        evidence=rng.choice(list(EvidenceChoice)),
    )


@pytest.mark.parametrize("seed", range(8))
def test_every_sum_gives_its_result(seed: int, published: PublishedEdition) -> None:
    rng = random.Random(seed)
    for _ in range(25):
        verdict = assess(random_profile(rng, published), published.edition)
        working = working_words(Speaker(verdict=verdict, published=published))
        for line in [
            *(working.market if working else ()),
            *(line for skill in (working.skills if working else ()) for line in skill.lines),
            *(working.path if working else ()),
        ]:
            result, unit = printed(line.result)
            assert calculate(line.sum) == pytest.approx(result, abs=unit, rel=2e-4), line


def test_results_are_the_verdicts_own_figures(published: PublishedEdition) -> None:
    profile = Profile(pay=115000.0, location="us-austin-tx", skills=("kubernetes",))
    verdict = assess(profile, published.edition)
    working = working_words(Speaker(verdict=verdict, published=published))
    gain = verdict.outlook("kubernetes").gain
    assert working is not None
    assert gain is not None

    lines = {line.name: line for line in working.skills[0].lines}

    uplift = lines["Uplift a year, if an employer pays for it"]
    assert uplift.sum == "115000 × (e^((0.0388249 + 0.00316628)) − 1)"
    assert uplift.result == "4931.8"
    assert float(uplift.result) == pytest.approx(gain.uplift.expected, rel=1e-4)
    net = next(line for name, line in lines.items() if name.startswith("Net gain"))
    assert net.sum == "0.5 × 4931.81 × (e^(−0.03 × 8 ÷ 12) − e^(−0.03 × 36 ÷ 12)) ÷ 0.03 − 395"
    assert net.result == "5052"


@pytest.mark.parametrize(
    ("value", "text"),
    [(115000, "115000"), (0.0419914, "0.0419914"), (-0.00317, "−0.00317"), (0, "0"), (1234567.8, "1234568"), (5, "5")],
)
def test_number_is_plain(value: float, text: str) -> None:
    assert number(value) == text


@pytest.mark.parametrize("seed", range(4))
def test_gain_by_month_ends_at_the_net_gain(seed: int, published: PublishedEdition) -> None:
    rng = random.Random(seed)
    for _ in range(20):
        profile = random_profile(rng, published)
        verdict = assess(profile, published.edition)
        months = gain_by_month(verdict.path, Clock.of(profile, published.edition.constants))

        assert len(months) == profile.horizon_years * 12 + 1
        assert months[-1] == pytest.approx(verdict.path.net_gain, rel=1e-9, abs=1e-6)
