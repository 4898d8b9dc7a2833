"""The best and the worst order against brute force over every permitted order of every subset."""

from __future__ import annotations

import math
import random
from collections.abc import Iterator, Sequence
from dataclasses import replace

import pytest

from calculator.engine.constants import MODEL_1
from calculator.engine.net_gain import Clock
from calculator.engine.path import Candidate, Learner, Path, find_paths, gain_by_month
from tests.engine.factories import make_candidate, make_clock, make_learner
from tests.fuzz.extent import seeds

INSTANCES_A_SEED = 600

type Order = tuple[int, ...]


class BruteForce:
    """Every permitted order of some candidates and its value, the plainest way."""

    def __init__(self, candidates: Sequence[Candidate], learner: Learner) -> None:
        self.candidates = candidates
        self.learner = learner
        self.gains: dict[frozenset[int], float] = {}

    def orders(self, order: Order = (), value: float = 0.0) -> Iterator[tuple[Order, float]]:
        """Each permitted order with its value: an order, then all that go on from it."""
        yield order, value
        for index in self.permitted_next(order):
            yield from self.orders((*order, index), value + self.step_value(order, index))

    def permitted_next(self, order: Order) -> list[int]:
        learned = {self.candidates[index].slug for index in order}
        return [
            index
            for index, candidate in enumerate(self.candidates)
            if candidate.slug not in learned and learned.issuperset(candidate.requires)
        ]

    def step_value(self, order: Order, index: int) -> float:
        """What learning one more is worth: its extra money until the horizon, minus its exam when study starts."""
        clock = self.learner.clock
        start, done = self.month(order), self.month((*order, index))
        first, last = min((done + 3) / 12, clock.horizon_months / 12), clock.horizon_months / 12
        years = (math.exp(-0.03 * first) - math.exp(-0.03 * last)) / 0.03
        extra = self.annual_uplift(frozenset((*order, index))) - self.annual_uplift(frozenset(order))
        return clock.odds * extra * years - self.candidates[index].exam_cost * math.exp(-0.03 * start / 12)

    def month(self, order: Order) -> float:
        return sum(self.candidates[i].study_hours for i in order) / (self.learner.clock.weekly_hours * 52 / 12)

    def annual_uplift(self, chosen: frozenset[int]) -> float:
        if chosen not in self.gains:
            new = [self.candidates[index].beta or 0.0 for index in chosen]
            worth = worth_together([*self.learner.held_betas, *new]) - worth_together(self.learner.held_betas)
            self.gains[chosen] = self.learner.capped_salary * math.expm1(min(self.learner.gain_cap, worth))
        return self.gains[chosen]

    def greedy(self) -> float:
        """The value of always taking the step that is worth most, while one is worth anything."""
        order: Order = ()
        value = 0.0
        while steps := [(self.step_value(order, index), index) for index in self.permitted_next(order)]:
            worth, index = max(steps)
            if worth <= 0:
                break
            order, value = (*order, index), value + worth
        return value


def worth_together(betas: Sequence[float]) -> float:
    weights = [1.0, 1.0, 0.9, *[0.6] * len(betas)]
    falling = sorted((max(0.0, beta) for beta in betas), reverse=True)
    return sum(weight * beta for weight, beta in zip(weights, falling, strict=False))


@pytest.mark.parametrize("seed", seeds(2))
def test_paths_equal_brute_force(seed: int) -> None:
    chooser = random.Random(seed)

    for _ in range(INSTANCES_A_SEED):
        candidates, learner = random_instance(chooser, most=6)
        values = dict(BruteForce(candidates, learner).orders())
        best, worst = find_paths(candidates, learner)

        check_best(best, values, candidates)
        check_worst(best, worst, values, candidates)


def check_best(best: Path, values: dict[Order, float], candidates: Sequence[Candidate]) -> None:
    highest = max(values.values())
    order = order_of(best, candidates)
    assert order in values, "not a permitted order"
    assert is_near(best.net_gain, highest)
    assert is_near(values[order], highest)
    assert len(order) == min(len(each) for each, value in values.items() if is_near(value, highest))
    assert best.left_out == tuple(candidate.slug for i, candidate in enumerate(candidates) if i not in order)


def check_worst(best: Path, worst: Path, values: dict[Order, float], candidates: Sequence[Candidate]) -> None:
    order = order_of(worst, candidates)
    same_skills = set(order_of(best, candidates))
    lowest = min(value for each, value in values.items() if set(each) == same_skills)
    assert set(order) == same_skills
    assert order in values, "not a permitted order"
    assert is_near(worst.net_gain, lowest)
    assert is_near(values[order], lowest)
    assert worst.left_out == best.left_out


@pytest.mark.parametrize("seed", range(100, 103))
def test_the_best_path_is_never_worse_than_the_greedy_one(seed: int) -> None:
    chooser = random.Random(seed)
    differs = 0

    for _ in range(150):
        candidates, learner = random_instance(chooser, most=4)
        best, _ = find_paths(candidates, learner)
        greedy = BruteForce(candidates, learner).greedy()
        differs += best.net_gain > greedy + 1
        assert best.net_gain >= greedy - 1e-6

    assert differs, "greedy was always as good: the instances are too easy to show anything"


def test_steps_tell_when_each_skill_is_done_and_what_all_learned_is_worth() -> None:
    candidates = [make_candidate("docker", beta=0.02), make_candidate("kubernetes", beta=0.04, requires=("docker",))]

    best, worst = find_paths(candidates, make_learner())

    assert [step.slug for step in best.steps] == ["docker", "kubernetes"]
    assert [step.done_month for step in best.steps] == pytest.approx([5.0, 10.0])
    assert [step.annual_uplift for step in best.steps] == pytest.approx(
        [100_000 * math.expm1(0.02), 100_000 * math.expm1(0.06)]
    )
    assert best.left_out == ()
    assert worst == best, "only one order is permitted"


def test_a_prerequisite_worth_nothing_is_learned_for_what_it_opens() -> None:
    candidates = [
        make_candidate("docker", beta=-0.01, study_hours=30.0),
        make_candidate("kubernetes", requires=("docker",)),
        make_candidate("postgresql", beta=-0.01),
    ]

    best, _ = find_paths(candidates, make_learner())

    assert [step.slug for step in best.steps] == ["docker", "kubernetes"]
    assert best.steps[0].annual_uplift == 0.0
    assert best.left_out == ("postgresql",)


def test_a_chain_is_left_out_where_it_is_not_worth_its_exams() -> None:
    candidates = [
        make_candidate("docker", beta=None, exam_cost=9_000.0),
        make_candidate("kubernetes", requires=("docker",)),
    ]

    best, worst = find_paths(candidates, make_learner())

    assert best == Path(steps=(), net_gain=0.0, left_out=("docker", "kubernetes"))
    assert worst == best


@pytest.mark.parametrize("beta", [None, 0.0, -0.05], ids=["no evidence", "no premium", "negative premium"])
def test_of_paths_worth_the_same_the_one_with_fewer_skills_wins(beta: float | None) -> None:
    candidates = [make_candidate("go"), make_candidate("python", beta=beta)]

    best, _ = find_paths(candidates, make_learner())

    assert [step.slug for step in best.steps] == ["go"]
    assert best.left_out == ("python",)


def test_one_skill_wins_over_two_that_are_worth_the_same() -> None:
    candidates = [
        make_candidate("docker", beta=None, study_hours=60.0),
        make_candidate("kubernetes", beta=0.3, study_hours=70.0, requires=("docker",)),
        make_candidate("rust", beta=0.3, study_hours=130.0),
    ]

    best, _ = find_paths(candidates, make_learner())

    assert [step.slug for step in best.steps] == ["rust"]


def test_of_equal_skills_the_first_by_slug_fills_the_cap() -> None:
    candidates = [make_candidate(slug, beta=0.3) for slug in ("go", "java", "rust")]

    best, _ = find_paths(candidates, make_learner())

    assert [step.slug for step in best.steps] == ["go"]
    assert best.steps[0].annual_uplift == pytest.approx(25_000)
    assert best.left_out == ("java", "rust")


def test_of_orders_worth_the_same_the_one_that_ends_with_the_first_by_slug_wins() -> None:
    candidates = [make_candidate(slug, beta=0.03) for slug in ("go", "java", "rust")]

    best, worst = find_paths(candidates, make_learner())

    assert [step.slug for step in best.steps] == ["rust", "java", "go"]
    assert worst == best, "no order is worth less"


def test_nothing_is_learned_that_pays_only_after_the_horizon() -> None:
    learner = make_learner(clock=make_clock(horizon_months=8))

    best, _ = find_paths([make_candidate("kubernetes")], learner)

    assert best == Path(steps=(), net_gain=0.0, left_out=("kubernetes",))


def test_held_skills_make_later_ones_weigh_less() -> None:
    alone, _ = find_paths([make_candidate("kafka", beta=0.02)], make_learner())
    beside, _ = find_paths([make_candidate("kafka", beta=0.02)], make_learner(held_betas=(0.05, 0.04, 0.03)))

    assert alone.steps[0].annual_uplift == pytest.approx(100_000 * math.expm1(0.02))
    assert beside.steps[0].annual_uplift == pytest.approx(100_000 * math.expm1(0.6 * 0.02))


def test_an_exam_is_paid_when_its_study_starts() -> None:
    candidates = [make_candidate("docker"), make_candidate("kubernetes", exam_cost=395.0, requires=("docker",))]
    free = [make_candidate("docker"), make_candidate("kubernetes", requires=("docker",))]

    dear, _ = find_paths(candidates, make_learner())
    cheap, _ = find_paths(free, make_learner())

    assert cheap.net_gain - dear.net_gain == pytest.approx(395 * math.exp(-0.03 * 5 / 12))


def test_the_gain_by_month_falls_by_each_exam_and_rises_from_each_first_pay_to_the_net_gain() -> None:
    clock = make_clock(horizon_months=18)
    candidates = [
        make_candidate("docker", beta=0.10, exam_cost=300.0),
        make_candidate("kubernetes", beta=0.12, exam_cost=395.0, requires=("docker",)),
    ]
    best, _ = find_paths(candidates, make_learner(clock=clock))
    first, second = (100_000 * math.expm1(beta) for beta in (0.10, 0.22))

    gains = gain_by_month(best, clock)

    def worth(begin: float, end: float) -> float:
        """Half of 1 a year between two months, discounted; nothing before it begins."""
        return 0.5 * (math.exp(-0.03 * begin / 12) - math.exp(-0.03 * max(begin, end) / 12)) / 0.03

    # Five months of study each, pay three months after: the second exam is paid in month 5, pay comes in 8 and 13.
    second_exam = 395 * math.exp(-0.03 * 5 / 12)
    assert len(gains) == 19
    assert gains[:5] == pytest.approx([-300.0] * 5)
    assert gains[5:9] == pytest.approx([-300.0 - second_exam] * 4)
    assert gains[9:] == pytest.approx(
        [-300.0 - second_exam + first * worth(8, month) + (second - first) * worth(13, month) for month in range(9, 19)]
    )
    assert gains[-1] == pytest.approx(best.net_gain)


@pytest.mark.parametrize("weekly_hours", [7, 11, 26], ids=str)
def test_the_gain_of_each_month_is_the_net_gain_of_a_horizon_that_ends_there(weekly_hours: int) -> None:
    clock = make_clock(horizon_months=24, weekly_hours=weekly_hours)
    candidates = [
        make_candidate("docker", beta=0.10, exam_cost=300.0, study_hours=95.0),
        make_candidate("go", beta=0.08, study_hours=61.0),
        make_candidate("kubernetes", beta=0.12, exam_cost=395.0, requires=("docker",)),
    ]
    path, _ = find_paths(candidates, make_learner(clock=clock))

    gains = gain_by_month(path, clock)

    assert len(gains) == 25
    assert len(path.steps) == 3
    assert gains == pytest.approx([gain_until(month, path, clock) for month in range(25)], abs=1e-7)


@pytest.mark.parametrize("seed", range(3))
def test_by_the_horizon_the_gain_is_the_net_gain_of_any_path(seed: int) -> None:
    chooser = random.Random(seed)

    for _ in range(40):
        candidates, learner = random_instance(chooser, most=5)
        for path in find_paths(candidates, learner):
            gains = gain_by_month(path, learner.clock)
            assert len(gains) == learner.clock.horizon_months + 1
            assert is_near(gains[-1], path.net_gain)


def gain_until(month: int, path: Path, clock: Clock) -> float:
    """What a path has brought by a month: minus the exams whose study has begun, plus the pay since each was done."""
    until, gain, earlier = replace(clock, horizon_months=month), 0.0, 0.0
    for step in path.steps:
        gain -= step.exam_cost * clock.discount(step.start_month) if step.start_month <= month else 0.0
        gain += (step.annual_uplift - earlier) * until.expected_years(clock.first_pay_month(step.done_month))
        earlier = step.annual_uplift
    return gain


def random_instance(chooser: random.Random, most: int) -> tuple[list[Candidate], Learner]:
    """Up to `most` skills: chains, forks, exams, no premium, no evidence; short and long horizons; the cap in reach."""
    slugs = [f"skill-{letter}" for letter in "abcdef"[: chooser.randint(1, most)]]
    earlier = list(slugs)
    chooser.shuffle(earlier)
    has_prerequisites = chooser.random() < 0.6
    scale = chooser.choice([0.05, 0.05, 0.15])
    candidates = []
    for slug in slugs:
        before = earlier[: earlier.index(slug)]
        requires = (
            chooser.sample(before, min(len(before), chooser.choice([0, 0, 1, 1, 2]))) if has_prerequisites else []
        )
        candidates.append(
            make_candidate(
                slug,
                beta=chooser.choice([None, 0.0, *[chooser.gauss(0.5, 1) * scale for _ in range(5)]]),
                study_hours=float(chooser.choice([1, 30, 60, 130, 260, 500])),
                exam_cost=chooser.choice([0.0, 0.0, 0.0, 70.0, 395.0, 5_000.0]),
                requires=tuple(sorted(requires)),
            )
        )
    clock = make_clock(
        weekly_hours=chooser.choice([1, 6, 6, 20, 40]),
        horizon_months=12 * chooser.choice([1, 2, 3, 3, 10]),
        odds=chooser.choice([0.1, 0.5, 1.0]),
    )
    learner = make_learner(
        clock=clock,
        held_betas=tuple(chooser.gauss(0.03, 0.03) for _ in range(chooser.choice([0, 0, 1, 3]))),
        gain_cap=chooser.choice([math.inf, math.log1p(MODEL_1.stack_cap)]),
    )
    return candidates, learner


def order_of(path: Path, candidates: Sequence[Candidate]) -> Order:
    slugs = [candidate.slug for candidate in candidates]
    return tuple(slugs.index(step.slug) for step in path.steps)


def is_near(value: float, other: float) -> bool:
    return math.isclose(value, other, rel_tol=1e-9, abs_tol=1e-7)
