"""The methodology page against the oracle and the engine: every figure of its examples, its numbers, its anchors."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterator
from dataclasses import asdict
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from calculator.engine import assess
from calculator.engine.constants import MODEL_2
from calculator.engine.edition import Edition, EvidenceChoice, Grade, Range
from calculator.engine.market import find_market
from calculator.engine.plan import StudyOrder
from calculator.engine.profile import PayLevel, Profile
from calculator.engine.uplift import add_up, shift_pool, tilt_shift
from calculator.engine.verdict import Outlook, Verdict
from calculator.engine.ways import find_move
from tests import oracle, what_if, worked_examples
from tests.worked_examples import Figures

PROJECT = Path(__file__).parents[2]
TEXT = (PROJECT / "docs" / "methodology.md").read_text(encoding="utf-8")

if "## The numbers of model 2" not in TEXT:
    pytest.skip("docs/methodology.md is about an earlier model", allow_module_level=True)

TITLE = re.compile(r"> \*\*Worked example — (?P<name>[a-z0-9-]+)\.\*\* ")
FIGURE = re.compile(r"> - (?P<label>[^*]+): \*\*(?P<shown>[^*]+)\*\*")
NUMBER = re.compile(r"(?P<sign>[−]?)[$£]?(?P<digits>[\d,]+(?P<fraction>\.\d+)?)(?P<unit>| %| months)")
ANCHORS = {
    "your-answers",
    "1-from-evidence-to-a-premium",
    "2-where-your-pay-stands",
    "3-tilt",
    "4-stacking",
    "5-uplift",
    "6-time",
    "7-net-gain",
    "8-the-answer",
    "9-the-plan",
    "limits",
}


def documented_examples() -> dict[str, dict[str, str]]:
    """What the page prints: label → figure, by example. A line of a quotation that is neither is prose."""
    examples: dict[str, dict[str, str]] = {}
    for line in TEXT.splitlines():
        if title := TITLE.match(line):
            name = title["name"]
            assert name not in examples, f"{name} stands twice"
            examples[name] = {}
        elif line.startswith("> -"):
            figure = FIGURE.fullmatch(line)
            assert figure, f"not in the form of a figure: {line}"
            examples[name][figure["label"]] = figure["shown"]
    return examples


DOCUMENTED = documented_examples()


@pytest.fixture(scope="module")
def computed_by_oracle() -> dict[str, Figures]:
    return worked_examples.examples()


@pytest.mark.parametrize("name", DOCUMENTED)
def test_a_worked_example_is_what_the_oracle_computes(computed_by_oracle: dict[str, Figures], name: str) -> None:
    assert_shown(DOCUMENTED[name], computed_by_oracle[name])


@pytest.mark.parametrize("name", DOCUMENTED)
def test_a_worked_example_is_what_the_engine_computes(catalogue: Edition, name: str) -> None:
    assert_shown(DOCUMENTED[name], ENGINE_EXAMPLES[name](catalogue))


def test_every_worked_example_is_documented(computed_by_oracle: dict[str, Figures]) -> None:
    assert list(DOCUMENTED) == list(computed_by_oracle)
    assert list(DOCUMENTED) == list(ENGINE_EXAMPLES)


def assert_shown(shown: dict[str, str], figures: Figures) -> None:
    """Every figure is printed, under its label, and right to the last digit that is printed."""
    assert list(shown) == list(figures)
    wrong = {label: (shown[label], figure) for label, figure in figures.items() if not is_shown(shown[label], figure)}
    assert wrong == {}


def is_shown(text: str, figure: float | str) -> bool:
    if isinstance(figure, str):
        return text == figure
    number = NUMBER.fullmatch(text)
    assert number, f"not a number: {text}"
    value = float(number["digits"].replace(",", "")) * (-1 if number["sign"] else 1)
    decimals = len(number["fraction"] or ".") - 1
    scale = 100 if number["unit"] == " %" else 1
    return abs(value - figure * scale) <= 0.5 * 10.0**-decimals + 1e-9


# The same examples by the engine


FOUR = ("ai-ml-integration", "cloud-architecture", "kubernetes", "system-design")


def verdict_in_austin(edition: Edition, *skills: str, **given: Any) -> Verdict:
    profile = Profile(pay=115_000.0, location="us-austin-tx", skills=tuple(sorted(skills or FOUR)), **given)
    return assess(profile, edition)


def outlook_and_gain(edition: Edition, slug: str, **given: Any) -> tuple[Outlook, Any]:
    outlook = verdict_in_austin(edition, slug, **given).outlook(slug)
    assert outlook.gain is not None
    return outlook, outlook.gain


def as_figures(figures: Range) -> Figures:
    return {"low": figures.low, "expected": figures.expected, "high": figures.high}


def pool_figures(slug: str) -> Callable[[Edition], Figures]:
    def figures(edition: Edition) -> Figures:
        pool = edition.pool(slug, EvidenceChoice.MEASURED, "us")
        assert pool is not None
        return as_figures(shift_pool(pool, 0.0).as_shares())

    return figures


def austin_percentile(edition: Edition) -> Figures:
    market = find_market("us-austin-tx", 115_000.0, edition)
    assert market is not None
    return {"percentile": market.percentile}


def london(edition: Edition) -> Figures:
    market = find_market("gb-london", PayLevel.P90, edition)
    assert market is not None
    assert market.sigma is not None
    assert market.sigma_from == "gb"
    return {"spread of the United Kingdom": market.sigma, "P90": market.annual_salary}


def kubernetes_shifts(edition: Edition) -> Figures:
    outlook, _ = outlook_and_gain(edition, "kubernetes")
    experienced, _ = outlook_and_gain(edition, "kubernetes", experience_years=7)
    assert outlook.premium is not None
    assert experienced.premium is not None
    return {
        "shift by pay": outlook.tilt_shift,
        **as_figures(outlook.premium),
        "expected with 7 years of experience": experienced.premium.expected,
    }


def three_skills(edition: Edition) -> Figures:
    return {"together": math.expm1(add_up([math.log1p(share) for share in (0.06, 0.05, 0.04)]))}


def kubernetes_hours(edition: Edition) -> Figures:
    study = verdict_in_austin(edition).outlook("kubernetes").study
    figures: Figures = {}
    for name, case in zip(("low", "mid", "high"), study.cases, strict=True):
        figures[f"{name} hours"] = case.hours
        figures[f"{name} first extra pay"] = case.first_pay_month
        figures[f"{name} years of pay"] = case.years_of_pay
    after_docker = verdict_in_austin(edition, "docker", "kubernetes").outlook("kubernetes")
    return {
        **figures,
        "hours": study.hours,
        "years of pay": study.years_of_pay,
        "hours with Docker considered too": after_docker.study.hours,
    }


def free_hour(edition: Edition) -> Figures:
    amount = verdict_in_austin(edition).hour_value.amount
    assert amount is not None
    return {"an hour": amount}


def kubernetes_net_gain(edition: Edition) -> Figures:
    outlook, gain = outlook_and_gain(edition, "kubernetes")
    assert outlook.study.exam_cost is not None
    return {
        "exam": outlook.study.exam_cost,
        "net gain": gain.net_gain,
        "worth of an hour": gain.worth_of_an_hour,
        "pays off": gain.pays_off,
    }


def four_skills_ranked(edition: Edition) -> Figures:
    verdict = verdict_in_austin(edition)
    assert verdict.first is not None
    assert verdict.chance_nothing is not None
    figures: Figures = {
        "rating": verdict.rating.value,
        "first": edition.skills[verdict.first].name,
        "close behind": ", ".join(edition.skills[rival.slug].name for rival in verdict.rivals),
        "chance of nothing": verdict.chance_nothing,
    }
    for outlook in verdict.outlooks:
        assert outlook.gain is not None
        assert outlook.gain.chance is not None
        name = edition.skills[outlook.slug].name
        figures[f"net gain of {name}"] = outlook.gain.net_gain
        figures[f"chance of {name}"] = outlook.gain.chance
    return figures


def four_skills_plan(edition: Edition) -> Figures:
    def names(order: StudyOrder) -> str:
        return ", ".join(edition.skills[slug].name for slug in order.slugs)

    plan = verdict_in_austin(edition).plan
    assert plan is not None
    last = plan.best.steps[-1]
    return {
        "plan": names(plan.best),
        "its net gain": plan.best.net_gain,
        "study of all": last.done_month,
        "uplift with all": last.annual_uplift,
        "worst order": names(plan.worst),
        "net gain of the worst order": plan.worst.net_gain,
    }


ENGINE_EXAMPLES: dict[str, Callable[[Edition], Figures]] = {
    "kubernetes-premium": pool_figures("kubernetes"),
    "ci-cd-premium": pool_figures("ci-cd"),
    "austin-percentile": austin_percentile,
    "london-p90": london,
    "go-tilt": lambda edition: {"shift at P75": tilt_shift(edition.skills["go"].tilt, 0.75, edition.constants)},
    "kubernetes-shifts": kubernetes_shifts,
    "three-skills": three_skills,
    "kubernetes-uplift": lambda edition: as_figures(outlook_and_gain(edition, "kubernetes")[1].uplift),
    "kubernetes-hours": kubernetes_hours,
    "free-hour": free_hour,
    "kubernetes-net-gain": kubernetes_net_gain,
    "four-skills-ranked": four_skills_ranked,
    "four-skills-plan": four_skills_plan,
}


# Moves to a second place

#: By their row in the document: pay, and the two places.
MOVES = {
    "Austin to San Francisco, $115,000": (115_000.0, "us-austin-tx", "us-san-francisco-ca"),
    "Leeds to Berlin, £50,000": (50_000.0, "gb-leeds", "de-berlin"),
    "Kraków to Berlin, PLN 300,000": (300_000.0, "pl-krakow", "de-berlin"),
    "Austin to London, $115,000": (115_000.0, "us-austin-tx", "gb-london"),
    "Leeds to London, £50,000": (50_000.0, "gb-leeds", "gb-london"),
}


@pytest.mark.parametrize(
    ("pay", "here", "to"),
    [
        *MOVES.values(),
        (300_000.0, "pl-krakow", "pl-warsaw"),
        (115_000.0, "us-austin-tx", "ca-toronto"),
        (2_000_000.0, "in-bengaluru", "de-berlin"),
        (115_000.0, "us-austin-tx", "tw"),
        (115_000.0, "us-austin-tx", "us-san-juan-pr"),
    ],
)
def test_a_move_is_what_the_oracle_computes(catalogue: Edition, pay: float, here: str, to: str) -> None:
    computed = oracle.move(worked_examples.FOLDER, pay, here, to)

    assert find_move_figures(catalogue, pay, here, to) == {
        name: value and pytest.approx(value) for name, value in computed.items()
    }


@pytest.mark.parametrize("name", MOVES)
def test_moves_are_documented(name: str) -> None:
    figures = oracle.move(worked_examples.FOLDER, *MOVES[name])
    symbol = "PLN " if "PLN" in name else name.partition(", ")[2][0]

    cells = [
        write_share(figures["gap"]),
        write_amount(symbol, figures["annual"]),
        write_share(figures["prices"]),
        write_share(figures["buys"]),
    ]
    assert f"| {name} | {' | '.join(cells)} |" in TEXT


def find_move_figures(edition: Edition, pay: float, here: str, to: str) -> dict[str, float | None]:
    market = find_market(here, pay, edition)
    assert market is not None
    move = find_move(Profile(pay=pay, location=here), market, to, edition)
    assert move is not None
    prices = move.prices.multiple if move.prices else None
    return {"gap": move.gap, "annual": move.annual, "prices": prices, "buys": move.buys}


def write_share(multiple: float | None) -> str:
    """A multiple as a change: +12 %, −3 %."""
    return "not known" if multiple is None else f"{multiple * 100 - 100:+.0f} %".replace("-", "−")


def write_amount(symbol: str, annual: float | None) -> str:
    if annual is None:
        return "not known"
    return f"{'−' if annual < 0 else '+'}{symbol}{abs(annual):,.0f}"


# The numbers of the model


def test_the_numbers_of_the_model_are_documented() -> None:
    lists = " ".join(TEXT[TEXT.index("## The numbers of model 2") :].split())
    documented = dict(re.findall(r"`(\w+)` ([^`;(]+?)(?: \([^)]*\))?(?=;| - |$)", lists))

    assert {name: constant(text) for name, text in documented.items()} == asdict(MODEL_2)


def constant(text: str) -> object:
    """`A 16, B 8`, `from 0 −0.0065, from 5 −0.003`, `0.3, 0.4`, `2/3` or `0.5`."""
    parts = text.replace("−", "-").split(", ")
    if text[0] in set(Grade):
        return {grade: float(weight) for grade, weight in (part.split() for part in parts)}
    if text.startswith("from "):
        return tuple((int(start), float(shift)) for _, start, shift in (part.split() for part in parts))
    numbers = tuple(float(Fraction(part)) for part in parts)
    return numbers if len(numbers) > 1 else numbers[0]


# Its anchors


def anchors() -> set[str]:
    """As GitHub makes them: lower case, no punctuation, hyphens for spaces."""
    headings = re.findall(r"^#+ (.+)$", TEXT, re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


def links() -> Iterator[tuple[str, str]]:
    """Where the page, the code or a template points to an anchor of the page."""
    for anchor in re.findall(r"\]\(#([^)]+)\)", TEXT):
        yield "docs/methodology.md", anchor
    for folder in ("calculator", "skills", "earnverdict", "templates"):
        for path in sorted((PROJECT / folder).rglob("*")):
            if path.suffix in {".py", ".html"}:
                for anchor in re.findall(r"methodology(?:\.md|/)#([\w-]+)", path.read_text(encoding="utf-8")):
                    yield str(path.relative_to(PROJECT)), anchor


def test_the_page_has_the_anchors_that_are_linked_to() -> None:
    assert anchors() >= ANCHORS
    assert [(where, anchor) for where, anchor in links() if anchor not in anchors()] == []


# What the answers would be under other judgements


@pytest.mark.unmeasured
def test_other_judgements_change_what_the_page_says(catalogue: Edition) -> None:
    computed = [what_if.row(catalogue, name, answer) for name, answer in what_if.what_ifs(catalogue).items()]

    table = TEXT[TEXT.index("## If we had judged otherwise") : TEXT.index("## The formulas")]
    assert f"The sample is {len(list(what_if.sample()))} visitors" in table
    assert re.findall(r"^\| (?!if \||---).*\|$", table, re.MULTILINE) == computed
