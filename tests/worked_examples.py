"""The worked examples of `docs/methodology.md`, computed by the oracle alone.

`python -m tests.worked_examples [folder of the CSV files]` prints their figures to ten significant digits.
"""

import math
import sys
from pathlib import Path
from typing import Any

from tests import oracle

FOLDER = Path(__file__).parent.parent / "skills" / "data"
FOUR = ["ai-ml-integration", "cloud-architecture", "kubernetes", "system-design"]
AUSTIN: dict[str, Any] = {"salary": 115_000.0, "location": "us-austin-tx", "skill": FOUR}

#: By label, as it is in the document: a share, an amount, a number of months, or a name.
type Figures = dict[str, float | str]


def examples(folder: Path = FOLDER) -> dict[str, Figures]:
    """The figures of each example by its name, unrounded; shares are fractions."""
    answer = oracle.verdict(AUSTIN, folder)
    kubernetes = skill_of(answer, "kubernetes")
    return {
        "kubernetes-premium": premium(folder, "kubernetes"),
        "ci-cd-premium": premium(folder, "ci-cd"),
        "austin-percentile": {"percentile": market_of(folder, "us-austin-tx").percentile(115_000.0)},
        "london-p90": london(folder),
        "go-tilt": {"shift at P75": oracle.tilt_shift(oracle.tilt(folder, "go"), 0.75)},
        "kubernetes-shifts": kubernetes_shifts(folder, answer),
        "three-skills": three_skills(),
        "kubernetes-uplift": dict(kubernetes["uplift"]),
        "kubernetes-hours": kubernetes_hours(folder, answer),
        "free-hour": {"an hour": answer["hour"]},
        "kubernetes-net-gain": kubernetes_net_gain(answer),
        "four-skills-ranked": four_skills_ranked(folder, answer),
        "four-skills-plan": four_skills_plan(folder, answer),
    }


def skill_of(answer: dict[str, Any], slug: str) -> dict[str, Any]:
    return next(row for row in answer["skills"] if row["slug"] == slug)


def name_of(folder: Path, slug: str) -> str:
    return oracle.skill_row(folder, slug)["name"]


def market_of(folder: Path, slug: str) -> oracle.Market:
    market = oracle.market_at(folder, slug)
    assert market is not None, slug
    return market


def premium(folder: Path, slug: str) -> Figures:
    """As pooled, before the shifts."""
    pooled = oracle.premium_of(folder, slug, "measured", "us")
    assert pooled is not None, slug
    return {"low": math.expm1(pooled.low), "expected": math.expm1(pooled.mean), "high": math.expm1(pooled.high)}


def london(folder: Path) -> Figures:
    return {
        "spread of the United Kingdom": oracle.borrowed_sigma(folder, "gb"),
        "P90": market_of(folder, "gb-london").pay("p90"),
    }


def kubernetes_shifts(folder: Path, answer: dict[str, Any]) -> Figures:
    """By pay, as in Austin, and by seven years of experience too."""
    tilt = oracle.tilt(folder, "kubernetes")
    experienced = oracle.verdict(AUSTIN | {"experience": 7}, folder)
    return {
        "shift by pay": oracle.tilt_shift(tilt, answer["market"]["percentile"]),
        **skill_of(answer, "kubernetes")["premium"],
        "expected with 7 years of experience": skill_of(experienced, "kubernetes")["premium"]["expected"],
    }


def three_skills() -> Figures:
    return {"together": math.expm1(sum(math.log1p(share) for share in (0.06, 0.05, 0.04)))}


def kubernetes_hours(folder: Path, answer: dict[str, Any]) -> Figures:
    situation = oracle.look_up(oracle.DEFAULTS | AUSTIN, folder)
    kubernetes, figures = skill_of(answer, "kubernetes"), {}
    for name, hours in zip(("low", "mid", "high"), situation.hours("kubernetes"), strict=True):
        figures[f"{name} hours"] = hours
        figures[f"{name} first extra pay"] = situation.months(hours) + oracle.WAIT
        figures[f"{name} years of pay"] = situation.years_of_pay(hours)
    after_docker = oracle.verdict(AUSTIN | {"skill": ["docker", "kubernetes"]}, folder)
    return {
        **figures,
        "hours": kubernetes["hours"],
        "years of pay": kubernetes["years_of_pay"],
        "hours with Docker considered too": skill_of(after_docker, "kubernetes")["hours"],
    }


def kubernetes_net_gain(answer: dict[str, Any]) -> Figures:
    kubernetes = skill_of(answer, "kubernetes")
    return {
        "exam": kubernetes["exam"],
        "net gain": kubernetes["net_gain"],
        "worth of an hour": kubernetes["worth_of_an_hour"],
        "pays off": kubernetes["pays_off"],
    }


def four_skills_ranked(folder: Path, answer: dict[str, Any]) -> Figures:
    figures: Figures = {
        "rating": answer["rating"],
        "first": name_of(folder, answer["first"]),
        "close behind": ", ".join(name_of(folder, rival["slug"]) for rival in answer["rivals"]),
        "chance of nothing": answer["chance_nothing"],
    }
    for row in answer["skills"]:
        name = name_of(folder, row["slug"])
        figures[f"net gain of {name}"] = row["net_gain"]
        figures[f"chance of {name}"] = row["chance"]
    return figures


def four_skills_plan(folder: Path, answer: dict[str, Any]) -> Figures:
    plan = answer["plan"]
    last = plan["steps"][-1]
    return {
        "plan": ", ".join(name_of(folder, step["slug"]) for step in plan["steps"]),
        "its net gain": plan["net_gain"],
        "study of all": last["done_month"],
        "uplift with all": last["annual_uplift"],
        "worst order": ", ".join(name_of(folder, slug) for slug in plan["worst_order"]),
        "net gain of the worst order": plan["worst_net_gain"],
    }


def main() -> None:
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else FOLDER
    for name, figures in examples(folder).items():
        print(name)
        for label, figure in figures.items():
            print(f"    {label:<40}{figure if isinstance(figure, str) else f'{figure:,.10g}'}")


if __name__ == "__main__":
    main()
