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
HELD = ["infrastructure-as-code", "kubernetes"]
HORIZON = 36.0

#: By label, as it stands in the document: a share, an amount, a number of months, or a name.
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
        "kubernetes-tilt": kubernetes_tilt(folder, answer),
        "three-skills": three_skills(),
        "cloud-after-two": cloud_after_two(folder),
        "kubernetes-uplift": dict(kubernetes["uplift"]),
        "kubernetes-months": kubernetes_months(folder, answer),
        "kubernetes-net-gain": kubernetes_net_gain(folder, answer),
        "four-skills-ranked": four_skills_ranked(folder, answer),
        "four-skills-path": four_skills_path(folder, answer),
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
    """As pooled, before the tilt."""
    low, high, points = oracle.pool(oracle.pieces_of(folder, slug, "measured", "us"))
    return {
        "low": math.expm1(low),
        "expected": math.expm1(sum(points) / len(points)),
        "high": math.expm1(high),
    }


def london(folder: Path) -> Figures:
    return {
        "spread of the United Kingdom": oracle.borrowed_sigma(folder, "gb"),
        "P90": market_of(folder, "gb-london").pay("p90"),
    }


def kubernetes_tilt(folder: Path, answer: dict[str, Any]) -> Figures:
    tilt = oracle.tilt(folder, "kubernetes")
    tilted = skill_of(answer, "kubernetes")["premium"]
    return {"shift": oracle.tilt_shift(tilt, answer["market"]["percentile"]), **tilted}


def three_skills() -> Figures:
    return {"together": math.expm1(oracle.stack([math.log1p(share) for share in (0.06, 0.05, 0.04)]))}


def cloud_after_two(folder: Path) -> Figures:
    """The third premium weighs less."""
    alone = oracle.verdict(AUSTIN | {"skill": ["cloud-architecture"]}, folder)
    third = oracle.verdict(AUSTIN | {"skill": ["cloud-architecture"], "have": HELD}, folder)
    return {
        "uplift with none held": alone["skills"][0]["uplift"]["expected"],
        "uplift with two held": third["skills"][0]["uplift"]["expected"],
    }


def kubernetes_months(folder: Path, answer: dict[str, Any]) -> Figures:
    months = skill_of(answer, "kubernetes")["study_months"]
    after_docker = oracle.verdict(AUSTIN | {"skill": ["docker", "kubernetes"]}, folder)
    return {
        "study": months,
        "first extra pay": months + oracle.WAIT,
        "study with Docker chosen too": skill_of(after_docker, "kubernetes")["study_months"],
    }


def kubernetes_net_gain(folder: Path, answer: dict[str, Any]) -> Figures:
    kubernetes = skill_of(answer, "kubernetes")
    return {
        "years of pay": oracle.annuity(kubernetes["study_months"] + oracle.WAIT, HORIZON),
        "net gain": kubernetes["net_gain"],
        "net gain with the low premium": kubernetes["net_gain_low"],
        "net gain an hour": kubernetes["net_gain_per_hour"],
        "break-even": kubernetes["break_even_month"],
    }


def four_skills_ranked(folder: Path, answer: dict[str, Any]) -> Figures:
    figures: Figures = {
        "rating": answer["rating"],
        "best bet": name_of(folder, answer["best_bet"]),
        "confidence": answer["confidence"],
        "safest bet": name_of(folder, answer["safest_bet"]),
        "rivals": ", ".join(name_of(folder, slug) for slug in answer["rivals"]),
    }
    for row in answer["skills"]:
        name = name_of(folder, row["slug"])
        figures[f"net gain of {name}"] = row["net_gain"]
        figures[f"chance of {name} against the best"] = row["chance_against_best"]
    return figures


def four_skills_path(folder: Path, answer: dict[str, Any]) -> Figures:
    return {
        "best order": ", ".join(name_of(folder, step["slug"]) for step in answer["path"]["steps"]),
        "its net gain": answer["path"]["net_gain"],
        "study of all four": answer["path"]["steps"][-1]["done_month"],
        "uplift with all four": answer["path"]["steps"][-1]["annual_uplift"],
        "worst order": ", ".join(name_of(folder, step["slug"]) for step in answer["worst_path"]["steps"]),
        "net gain of the worst order": answer["worst_path"]["net_gain"],
    }


def main() -> None:
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else FOLDER
    for name, figures in examples(folder).items():
        print(name)
        for label, figure in figures.items():
            print(f"    {label:<40}{figure if isinstance(figure, str) else f'{figure:,.10g}'}")


if __name__ == "__main__":
    main()
