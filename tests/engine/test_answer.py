"""The recommendation, its rating and its rivals, by hand."""

from __future__ import annotations

import itertools

import pytest

from calculator.engine.answer import (
    LEARNING_NOTHING,
    Rating,
    Rival,
    StayPutReason,
    find_candidates,
    find_first,
    find_rivals,
    find_stay_put_reason,
    rate,
)
from calculator.engine.chances import Chances, find_chance_of_nothing, find_chances
from calculator.engine.constants import MODEL_2
from calculator.engine.outcomes import Outcome
from tests.engine.factories import make_hour_case, make_outcome, make_study

LATE = make_study(cases=tuple([make_hour_case(w, expected_years=0.0) for w in MODEL_2.hour_case_weights]))
GAINS = ((5.0,), (5.0,), (5.0,))
RARELY = ((-1.0,), (-1.0,), (9.0,))  # expected 2, but nothing in 0.7 of the cases
NEVER = ((-1.0,), (-1.0,), (0.0,))


def test_candidates_are_in_time_and_expected_to_gain_the_highest_first() -> None:
    outcomes = [
        make_outcome("go", net_gain=1.0),
        make_outcome("java", net_gain=2.0, study=LATE),
        make_outcome("kotlin", net_gain=0.0),
        make_outcome("python", net_gain=3.0),
        make_outcome("rust", net_gain=1.0),
    ]

    assert [outcome.slug for outcome in find_candidates(outcomes)] == ["python", "go", "rust"]


@pytest.mark.parametrize(
    ("outcomes", "first", "reason"),
    [
        pytest.param([make_outcome("go", GAINS)], "go", None, id="a gain"),
        pytest.param([make_outcome("go", NEVER)], None, StayPutReason.NO_GAIN, id="no gain"),
        pytest.param([make_outcome("go", GAINS, study=LATE)], None, StayPutReason.NO_TIME, id="no time"),
        pytest.param(
            [make_outcome("go", GAINS, study=LATE), make_outcome("java", NEVER)],
            None,
            StayPutReason.NO_GAIN,
            id="no gain in time",
        ),
        pytest.param([make_outcome("go", RARELY)], None, StayPutReason.NOTHING_LIKELIER, id="nothing is likelier"),
        pytest.param(
            [make_outcome("go", RARELY), make_outcome("java", RARELY)], "go", None, id="two that rarely gain: 0.49"
        ),
        pytest.param(
            [make_outcome("go", RARELY), make_outcome("java", RARELY, study=LATE)],
            None,
            StayPutReason.NOTHING_LIKELIER,
            id="what is not in time does not help",
        ),
        pytest.param(
            [make_outcome("go", ((-1.0, 9.0), (-1.0, 9.0), (-1.0, 9.0)))], "go", None, id="exactly half is enough"
        ),
    ],
)
def test_the_first_skill_or_why_there_is_none(
    outcomes: list[Outcome], first: str | None, reason: StayPutReason | None
) -> None:
    in_time = [outcome for outcome in outcomes if outcome.study.is_in_time]
    of_nothing = find_chance_of_nothing(in_time)

    assert find_first(outcomes) == first
    assert find_stay_put_reason(outcomes, find_candidates(outcomes), of_nothing) is reason


@pytest.mark.parametrize(
    ("chance", "rating"),
    [
        pytest.param(1.0, Rating.FIRM, id="certain"),
        pytest.param(2 / 3, Rating.FIRM, id="two thirds is firm"),
        pytest.param(0.66, Rating.LEAN, id="below two thirds"),
        pytest.param(0.5, Rating.LEAN, id="half is lean"),
        pytest.param(0.49, Rating.TOSS_UP, id="below half"),
    ],
)
def test_the_rating_follows_the_chance_to_be_best(chance: float, rating: Rating) -> None:
    assert rate(chance, MODEL_2) is rating


@pytest.mark.parametrize(
    ("of_first", "others", "of_nothing", "rivals"),
    [
        pytest.param(0.5, {"b": 0.3, "c": 0.1}, 0.1, "b", id="at least half as likely"),
        pytest.param(0.4, {"b": 0.2, "c": 0.2}, 0.2, "nothing b c", id="exactly half; nothing before equals"),
        pytest.param(0.8, {"b": 0.05, "c": 0.1}, 0.05, "c", id="the likeliest always"),
        pytest.param(1.0, {"b": 0.0}, 0.0, "nothing", id="even one that never is"),
        pytest.param(0.1, {"b": 0.4, "c": 0.0}, 0.5, "nothing b", id="likelier than the first"),
        pytest.param(0.0, {"b": 0.0}, 0.5, "nothing", id="never those without a chance"),
        pytest.param(0.2, dict.fromkeys("bcdef", 0.15), 0.05, "b c d e", id="four at most"),
    ],
)
def test_rivals_come_close(of_first: float, others: dict[str, float], of_nothing: float, rivals: str) -> None:
    candidates = [make_outcome(slug) for slug in ("a", *others)]
    chances = Chances(of_skills={"a": of_first, **others, "no-candidate": 0.9}, of_nothing=of_nothing)

    found = find_rivals("a", candidates, chances, MODEL_2)

    assert [rival.slug or "nothing" for rival in found] == rivals.split()
    expected = {**others, LEARNING_NOTHING: of_nothing}
    assert found == tuple([Rival(slug=rival.slug, chance=expected[rival.slug]) for rival in found])


def test_a_chance_of_exactly_half_is_lean_whatever_the_last_bits_of_its_sum_are() -> None:
    halves = [each for each in itertools.product(range(41), repeat=3) if 3 * each[0] + 4 * each[1] + 3 * each[2] == 200]

    assert halves
    for counts in halves[::20]:
        changing = make_outcome("go", [[1.0] * count + [9.0] * (40 - count) for count in counts])
        chances = find_chances([changing, make_outcome("rust", [[5.0] * 40] * 3)])
        assert list(chances.of_skills.values()) == pytest.approx([0.5, 0.5])
        assert {rate(chance, MODEL_2) for chance in chances.of_skills.values()} == {Rating.LEAN}


def test_a_chance_of_nothing_of_half_and_its_last_bits_is_no_stay_put() -> None:
    outcomes = [make_outcome("go")]

    reasons = [find_stay_put_reason(outcomes, outcomes, chance) for chance in (0.5, 0.5 + 1e-15, 0.5 + 1e-9)]

    assert reasons == [None, None, StayPutReason.NOTHING_LIKELIER]


def test_a_rival_is_close_whatever_the_last_bits_of_its_chance_are() -> None:
    chances = Chances(of_skills={"a": 0.4, "b": 0.3, "c": 0.2 - 1e-15}, of_nothing=0.1)

    rivals = find_rivals("a", [make_outcome(slug) for slug in "abc"], chances, MODEL_2)

    assert [rival.slug for rival in rivals] == ["b", "c"]
