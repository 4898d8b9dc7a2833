"""Worked examples for `docs/methodology.md`, computed by the oracle alone.

`python -m tests.worked_examples [folder of the CSV files]` prints them as a table.
"""

import math
import sys
from pathlib import Path
from typing import Any

from tests import oracle

FOLDER = Path(__file__).parent.parent / "skills" / "data"
FOUR = ["ai-ml-integration", "cloud-architecture", "kubernetes", "system-design"]
AUSTIN: dict[str, Any] = {"salary": 115_000.0, "location": "us-austin-tx", "skill": FOUR}
HORIZON = 36.0

type Example = dict[str, Any]


def examples(folder: Path = FOLDER) -> list[Example]:
    """Each example as `name`, `inputs` and `result`; unrounded."""
    answer = oracle.verdict(AUSTIN, folder)
    kubernetes = next(row for row in answer["skills"] if row["slug"] == "kubernetes")
    return [
        pool_example(folder, "kubernetes"),
        pool_example(folder, "ci-cd"),
        percentile_example(folder),
        pay_level_example(folder),
        tilt_example(folder),
        stack_example(),
        months_example(),
        annuity_example(),
        *kubernetes_examples(kubernetes),
        held_example(folder),
        prerequisite_example(folder),
        confidence_example(answer),
        path_example(answer, "path"),
        path_example(answer, "worst_path"),
    ]


def example(name: str, inputs: dict[str, Any], result: dict[str, Any]) -> Example:
    return {"name": name, "inputs": inputs, "result": result}


def pool_example(folder: Path, slug: str) -> Example:
    pieces = oracle.pieces_of(folder, slug, "measured", "us")
    low, high, points = oracle.pool(pieces)
    return example(
        f"Pooled premium of {slug}, measured, US: its evidence, the prior last",
        {"low, mid, high, wt": pieces},
        {
            "low": math.expm1(low),
            "expected": math.expm1(sum(points) / len(points)),
            "high": math.expm1(high),
        },
    )


def market_of(folder: Path, slug: str) -> oracle.Market:
    market = oracle.market_at(folder, slug)
    assert market is not None, slug
    return market


def percentile_example(folder: Path) -> Example:
    market = market_of(folder, "us-austin-tx")
    return example(
        "Percentile of a salary in Austin",
        {"salary": 115_000.0, **market.published},
        {"percentile": market.percentile(115_000.0)},
    )


def pay_level_example(folder: Path) -> Example:
    market = market_of(folder, "gb-london")
    return example(
        "P90 of London, which publishes a median alone: spread of the United Kingdom",
        {"published": market.published, "sigma": oracle.borrowed_sigma(folder, "gb")},
        {"p90": market.pay("p90")},
    )


def tilt_example(folder: Path) -> Example:
    tilt = oracle.tilt(folder, "go")
    return example(
        "Tilt of go at P75 pay, in log units",
        {"tilt": tilt, "percentile": 0.75},
        {"shift": oracle.tilt_shift(tilt, 0.75)},
    )


def stack_example() -> Example:
    premiums = [0.06, 0.05, 0.04]
    worth = oracle.stack([math.log1p(premium) for premium in premiums])
    return example(
        "Stack of three premiums, weights 1, 1, 0.9",
        {"premiums": premiums},
        {"log": worth, "premium": math.expm1(worth)},
    )


def months_example() -> Example:
    months = 130 / (6 * oracle.WEEKS_A_MONTH)
    return example(
        "Months for 130 hours of study",
        {"hours": 130, "hours a week": 6},
        {"study_months": months, "first_pay_month": months + oracle.WAIT},
    )


def annuity_example() -> Example:
    return example(
        "Value today of 1 a year, paid from month 8 to month 36",
        {"first_month": 8.0, "last_month": HORIZON},
        {
            "by the formula": oracle.annuity(8.0, HORIZON),
            "by adding up": oracle.annuity_by_sum(8.0, HORIZON),
        },
    )


def kubernetes_examples(kubernetes: dict[str, Any]) -> list[Example]:
    asked = {"salary": 115_000.0, "location": "us-austin-tx", "skill": "kubernetes"}
    defaults = {"hours": 6, "years": 3, "odds": 50, "exam": 395.0}
    gains = ("net_gain", "net_gain_low", "net_gain_per_hour", "break_even_month")
    return [
        example("Premium of Kubernetes after the tilt", asked, kubernetes["premium"]),
        example("Uplift of Kubernetes", asked, kubernetes["uplift"]),
        example(
            "Net gain and break-even of Kubernetes",
            asked | defaults,
            {name: kubernetes[name] for name in gains},
        ),
    ]


def held_example(folder: Path) -> Example:
    """Cloud comes third after two held skills, so it weighs less."""
    have = ["kubernetes", "infrastructure-as-code"]
    answers = AUSTIN | {"skill": ["cloud-architecture"], "have": have}
    alone = oracle.verdict(AUSTIN | {"skill": ["cloud-architecture"]}, folder)
    held = oracle.verdict(answers, folder)
    return example(
        "Expected uplift of cloud architecture, with two skills held and with none",
        answers,
        {
            "with none held": alone["skills"][0]["uplift"]["expected"],
            "with two held": held["skills"][0]["uplift"]["expected"],
        },
    )


def prerequisite_example(folder: Path) -> Example:
    answers = AUSTIN | {"skill": ["docker", "kubernetes"]}
    answer = oracle.verdict(answers, folder)
    return example(
        "Months for Kubernetes where Docker is chosen too",
        answers,
        {row["slug"]: row["study_months"] for row in answer["skills"]},
    )


def confidence_example(answer: dict[str, Any]) -> Example:
    chances = {row["slug"]: row["chance_against_best"] for row in answer["skills"]}
    names = ("rating", "confidence", "best_bet", "safest_bet", "rivals")
    return example(
        "Confidence of the best bet among four",
        AUSTIN,
        {name: answer[name] for name in names} | {"chance_against_best": chances},
    )


def path_example(answer: dict[str, Any], name: str) -> Example:
    return example(f"The {name.replace('_', ' ')} of the four", AUSTIN, answer[name])


def shown(value: object) -> str:
    """A figure to six significant digits, and what holds figures likewise."""
    if isinstance(value, float):
        return f"{value:,.6g}"
    if isinstance(value, dict):
        return ", ".join(f"{name} {shown(each)}" for name, each in value.items())
    if isinstance(value, list):
        return "; ".join(shown(each) for each in value) or "none"
    if isinstance(value, tuple):
        return "(" + ", ".join(shown(each) for each in value) + ")"
    return str(value)


def main() -> None:
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else FOLDER
    for number, row in enumerate(examples(folder), start=1):
        print(f"{number:>2}. {row['name']}")
        for part in ("inputs", "result"):
            for name, value in row[part].items():
                print_figure(part, name, value)
        print()


def print_figure(part: str, name: str, value: object) -> None:
    """One row; each item of a long list has a row of its own."""
    items = value if isinstance(value, list) and len(value) > 1 else [value]
    for item in items:
        print(f"    {part:<8}{name:<20}  {shown(item)}")


if __name__ == "__main__":
    main()
