"""Measures one thing against another in alternate rounds, so that a machine whose speed changes does not lie."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass, field

ROUNDS = 11
SECONDS_A_ROUND = 0.04


@dataclass(frozen=True, slots=True, kw_only=True)
class Side:
    """What is measured: `run` makes so many calls, `clock` tells the CPU seconds spent on them until now."""

    run: Callable[[int], None]
    clock: Callable[[], float] = field(default=time.thread_time)

    def seconds_a_call(self, calls: int) -> float:
        begin = self.clock()
        self.run(calls)
        return (self.clock() - begin) / calls

    def calls_in(self, seconds: float) -> int:
        """How many calls take so long."""
        calls = 1
        while (each := self.seconds_a_call(calls)) * calls < seconds / 4:
            calls *= 4
        return max(1, round(seconds / each))


@dataclass(frozen=True, slots=True, kw_only=True)
class Measured:
    """CPU seconds a call, and how many calls of the baseline that is: medians over the rounds."""

    seconds: float
    ratio: float


def repeated(call: Callable[[], object], clock: Callable[[], float] = time.thread_time) -> Side:
    """One call again and again."""

    def run(calls: int) -> None:
        for _ in range(calls):
            call()

    return Side(run=run, clock=clock)


def compare(baseline: Side, side: Side, *, rounds: int = ROUNDS, seconds: float = SECONDS_A_ROUND) -> Measured:
    """Rounds of so many CPU seconds each, by turns. The first calls, which fill caches, are not counted."""
    baseline_calls, calls = baseline.calls_in(seconds), side.calls_in(seconds)
    times, ratios = [], []
    before = baseline.seconds_a_call(baseline_calls)
    for _ in range(rounds):
        took = side.seconds_a_call(calls)
        after = baseline.seconds_a_call(baseline_calls)
        times.append(took)
        ratios.append(2 * took / (before + after))
        before = after
    return Measured(seconds=statistics.median(times), ratio=statistics.median(ratios))
