"""Plans against brute force over every permitted order of every subset."""

from __future__ import annotations

import math
import random
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

import pytest

from calculator.engine.constants import MODEL_2
from calculator.engine.plan import Learner, Plan, PlanSkill, StudyOrder, choose_plan_skills, find_plan
from tests.engine.factories import make_clock, make_learner, make_plan_skill
from tests.fuzz.extent import seeds

INSTANCES_A_SEED = 300

type Order = tuple[str, ...]


class BruteForce:
    """Every permitted order of some skills and its value, the plainest way."""

    def __init__(self, skills: Sequence[PlanSkill], learner: Learner) -> None:
        self.skills = {skill.slug: skill for skill in skills}
        self.learner = learner

    def orders(self, order: Order = (), value: float = 0.0) -> Iterator[tuple[Order, float]]:
        """Each permitted order with its value: an order, then all that go on from it."""
        yield order, value
        for slug, skill in self.skills.items():
            if slug not in order and set(skill.requires) <= set(order):
                yield from self.orders((*order, slug), value + self.step_value(order, slug))

    def step_value(self, order: Order, slug: str) -> float:
        """What learning one more is worth: its extra money until the horizon, minus its cost when study starts."""
        clock = self.learner.clock
        start, done = self.month(order), self.month((*order, slug))
        first, last = min((done + 3) / 12, clock.horizon_months / 12), clock.horizon_months / 12
        years = (math.exp(-0.03 * first) - math.exp(-0.03 * last)) / 0.03
        extra = self.annual_uplift((*order, slug)) - self.annual_uplift(order)
        cost = self.skills[slug].exam_cost + self.skills[slug].hours_cost
        return clock.odds * extra * years - cost * math.exp(-0.03 * start / 12)

    def month(self, order: Order) -> float:
        hours = sum(self.skills[slug].study_hours for slug in order)
        return hours / (self.learner.clock.weekly_hours * 52 / 12)

    def annual_uplift(self, learned: Order) -> float:
        together = sum(max(0.0, self.skills[slug].beta or 0.0) for slug in learned)
        return self.learner.capped_salary * math.expm1(min(self.learner.gain_cap, together))

    def needed_by(self, slug: str) -> set[str]:
        found: set[str] = set()
        for need in self.skills[slug].requires:
            found |= {need} | self.needed_by(need)
        return found

    def begins_with(self, first: str, order: Order) -> bool:
        return first in order and set(order[: order.index(first)]) <= self.needed_by(first)


@pytest.mark.parametrize("seed", seeds(2))
def test_plans_equal_brute_force(seed: int) -> None:
    chooser = random.Random(seed)
    shown = 0

    for _ in range(INSTANCES_A_SEED):
        skills, learner = random_instance(chooser, most=5)
        first = chooser.choice(skills).slug
        brute = BruteForce(skills, learner)
        values = dict(brute.orders())
        allowed = {order: value for order, value in values.items() if brute.begins_with(first, order)}
        plan = find_plan(skills, first, 0, learner)

        if plan is None:
            assert max(allowed.values()) <= 1e-7
            continue
        shown += 1
        check_best(plan.best, allowed)
        check_best(plan.free, values)
        check_worst(plan, values)
        assert plan.left_out == tuple(skill.slug for skill in skills if skill.slug not in plan.best.slugs)

    assert shown > INSTANCES_A_SEED / 4, "too few plans to show anything"


def check_best(order: StudyOrder, values: dict[Order, float]) -> None:
    highest = max(values.values())
    assert order.slugs in values, "not a permitted order"
    assert is_near(order.net_gain, highest)
    assert is_near(values[order.slugs], highest)
    assert len(order.steps) == min(len(each) for each, value in values.items() if is_near(value, highest))


def check_worst(plan: Plan, values: dict[Order, float]) -> None:
    lowest = min(value for order, value in values.items() if set(order) == set(plan.best.slugs))
    assert set(plan.worst.slugs) == set(plan.best.slugs)
    assert is_near(plan.worst.net_gain, lowest)
    assert is_near(values[plan.worst.slugs], lowest)


# Which skills


@pytest.mark.parametrize(
    ("bundles", "chosen", "beyond"),
    [
        pytest.param([["go"]], "go", 0, id="one"),
        pytest.param([["go"], ["java"], ["rust"]], "go java rust", 0, id="all that fit"),
        pytest.param([[slug] for slug in "abcdefg"], "a b c d e", 2, id="five, the rest is counted"),
        pytest.param([["a"], ["b"], ["c"], ["d"], ["e", "x"], ["f"]], "a b c d", 2, id="no bundle is skipped"),
        pytest.param([["a", "b"], ["b"], ["c", "b"]], "a b c", 0, id="bundles share a skill"),
        pytest.param([["a", *"bcdef"], ["g"]], "a b c d e f", 1, id="the first bundle always"),
    ],
)
def test_a_plan_is_of_five_skills_at_most(bundles: list[list[str]], chosen: str, beyond: int) -> None:
    assert choose_plan_skills(bundles, 5) == (frozenset(chosen.split()), beyond)


# The order


def plan_of(skills: Iterable[PlanSkill], first: str, learner: Learner | None = None) -> Plan:
    plan = find_plan(list(skills), first, 0, learner or make_learner())
    assert plan is not None
    return plan


def test_steps_say_when_each_skill_is_done_and_what_all_learned_is_worth() -> None:
    skills = [
        make_plan_skill("docker", beta=0.02, exam_cost=10.0, hours_cost=20.0),
        make_plan_skill("kubernetes", beta=0.04, requires=("docker",)),
    ]

    plan = plan_of(skills, "kubernetes")

    assert plan.best.slugs == ("docker", "kubernetes")
    assert [step.start_month for step in plan.best.steps] == pytest.approx([0.0, 5.0])
    assert [step.done_month for step in plan.best.steps] == pytest.approx([5.0, 10.0])
    assert [step.annual_uplift for step in plan.best.steps] == pytest.approx(
        [100_000 * math.expm1(0.02), 100_000 * math.expm1(0.06)]
    )
    assert [(step.exam_cost, step.hours_cost) for step in plan.best.steps] == [(10.0, 20.0), (0.0, 0.0)]
    assert plan.worst == plan.free == plan.best, "only one order is permitted"
    assert (plan.left_out, plan.beyond) == ((), 0)
    assert not plan.is_worst_notable
    assert not plan.is_free_notable


def test_a_plan_begins_with_the_first_skill_even_where_another_order_is_worth_much_more() -> None:
    skills = [make_plan_skill("go", beta=0.06, study_hours=20.0), make_plan_skill("rust", study_hours=500.0)]

    plan = plan_of(skills, "rust")

    assert plan.best.slugs == ("rust", "go")
    assert plan.free.slugs == ("go", "rust")
    assert plan.free.net_gain > 1.1 * plan.best.net_gain
    assert plan.is_free_notable
    assert plan.worst == plan.best
    assert not plan.is_worst_notable


def test_a_much_worse_order_that_begins_with_another_skill_is_notable() -> None:
    skills = [make_plan_skill("go", beta=0.06, study_hours=20.0), make_plan_skill("rust", study_hours=500.0)]

    plan = plan_of(skills, "go")

    assert plan.worst.slugs == ("rust", "go")
    assert plan.worst.net_gain < 0.9 * plan.best.net_gain
    assert plan.is_worst_notable
    assert not plan.is_free_notable


def test_prerequisites_of_the_first_skill_stand_right_before_it_in_their_best_order() -> None:
    skills = [
        make_plan_skill("base", beta=0.01, study_hours=300.0),
        make_plan_skill("core", beta=0.05, study_hours=20.0),
        make_plan_skill("extra", beta=0.2, study_hours=10.0),
        make_plan_skill("first", beta=0.03, requires=("base", "core")),
    ]

    plan = plan_of(skills, "first", make_learner(gain_cap=math.inf))

    assert plan.best.slugs == ("core", "base", "first", "extra")
    assert plan.free.slugs[0] == "extra"


def test_a_chain_of_prerequisites_comes_before_the_first_skill() -> None:
    skills = [
        make_plan_skill("a-top", requires=("b-middle",)),
        make_plan_skill("b-middle", beta=None, study_hours=10.0, requires=("c-base",)),
        make_plan_skill("c-base", beta=-0.01, study_hours=10.0),
        make_plan_skill("d-other", beta=0.04),
    ]

    plan = plan_of(skills, "a-top")

    assert plan.best.slugs == ("c-base", "b-middle", "a-top", "d-other")


@pytest.mark.parametrize(
    "beta", [None, 0.0, -0.05, 1e-16], ids=["no evidence", "nothing", "negative", "next to nothing"]
)
def test_a_skill_that_adds_nothing_is_left_out(beta: float | None) -> None:
    plan = plan_of([make_plan_skill("go"), make_plan_skill("python", beta=beta)], "go")

    assert plan.best.slugs == plan.free.slugs == ("go",)
    assert plan.left_out == ("python",)


def test_of_equal_skills_the_cap_leaves_out_what_comes_after_the_first() -> None:
    plan = plan_of([make_plan_skill(slug, beta=0.3) for slug in ("go", "java", "rust")], "java")

    assert plan.best.slugs == ("java",)
    assert plan.best.steps[0].annual_uplift == pytest.approx(25_000)
    assert plan.left_out == ("go", "rust")


def test_a_skill_that_pays_only_after_the_horizon_is_left_out() -> None:
    learner = make_learner(clock=make_clock(horizon_months=12))

    plan = plan_of([make_plan_skill("go"), make_plan_skill("java")], "java", learner)

    assert plan.best.slugs == ("java",)


@pytest.mark.parametrize(
    ("skill", "learner"),
    [
        pytest.param(make_plan_skill("go", exam_cost=9e9), make_learner(), id="worth less than nothing"),
        pytest.param(make_plan_skill("go", beta=0.0), make_learner(), id="worth nothing"),
        pytest.param(make_plan_skill("go"), make_learner(clock=make_clock(horizon_months=8)), id="too late"),
    ],
)
def test_a_plan_that_is_worth_nothing_is_none(skill: PlanSkill, learner: Learner) -> None:
    assert find_plan([skill], "go", 0, learner) is None


def test_an_exam_and_hours_are_paid_when_their_study_starts() -> None:
    skills = [make_plan_skill("docker"), make_plan_skill("kubernetes", requires=("docker",))]
    dear = [skills[0], replace(skills[1], exam_cost=395.0, hours_cost=105.0)]

    difference = plan_of(skills, "docker").best.net_gain - plan_of(dear, "docker").best.net_gain

    assert difference == pytest.approx(500 * math.exp(-0.03 * 5 / 12))


def random_instance(chooser: random.Random, most: int) -> tuple[list[PlanSkill], Learner]:
    """Up to `most` skills: chains, forks, exams, no premium, no evidence; short and long horizons; the cap in reach."""
    slugs = [f"skill-{letter}" for letter in "abcdef"[: chooser.randint(1, most)]]
    earlier = list(slugs)
    chooser.shuffle(earlier)
    has_prerequisites = chooser.random() < 0.6
    scale = chooser.choice([0.05, 0.05, 0.15])
    skills = []
    for slug in slugs:
        before = earlier[: earlier.index(slug)]
        requires = (
            chooser.sample(before, min(len(before), chooser.choice([0, 0, 1, 1, 2]))) if has_prerequisites else []
        )
        skills.append(
            make_plan_skill(
                slug,
                beta=chooser.choice([None, 0.0, *[chooser.gauss(0.5, 1) * scale for _ in range(5)]]),
                study_hours=float(chooser.choice([1, 30, 60, 130, 260, 500])),
                exam_cost=chooser.choice([0.0, 0.0, 0.0, 70.0, 395.0, 5_000.0]),
                hours_cost=chooser.choice([0.0, 300.0, 2_000.0]),
                requires=tuple(sorted(requires)),
            )
        )
    clock = make_clock(
        weekly_hours=chooser.choice([1, 6, 6, 20, 40]),
        horizon_months=12 * chooser.choice([1, 2, 3, 3, 10]),
        odds=chooser.choice([0.1, 0.5, 1.0]),
    )
    learner = make_learner(clock=clock, gain_cap=chooser.choice([math.inf, math.log1p(MODEL_2.stack_cap)]))
    return skills, learner


def is_near(value: float, other: float) -> bool:
    return math.isclose(value, other, rel_tol=1e-9, abs_tol=1e-7)
