"""Measures two things in alternate rounds, so that a changing speed of the machine affects both."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass, field

ROUNDS = 11
SECONDS_A_ROUND = 0.04


@dataclass(frozen=True, slots=True, kw_only=True)
class Side:
    """One side of a comparison: `run` makes a number of calls, `clock` returns the CPU seconds spent so far."""

    run: Callable[[int], None]
    clock: Callable[[], float] = field(default=time.thread_time)

    def seconds_a_call(self, calls: int) -> float:
        begin = self.clock()
        self.run(calls)
        return (self.clock() - begin) / calls

    def calls_in(self, seconds: float) -> int:
        """Return the number of calls that take this long."""
        calls = 1
        while (each := self.seconds_a_call(calls)) * calls < seconds / 4:
            calls *= 4
        return max(1, round(seconds / each))


@dataclass(frozen=True, slots=True, kw_only=True)
class Measured:
    """CPU seconds a call, and the ratio to the baseline: medians over the rounds."""

    seconds: float
    ratio: float


def repeat(call: Callable[[], object], clock: Callable[[], float] = time.thread_time) -> Side:
    """Make a side that repeats one call."""

    def run(calls: int) -> None:
        for _ in range(calls):
            call()

    return Side(run=run, clock=clock)


def compare(baseline: Side, side: Side, *, rounds: int = ROUNDS, seconds: float = SECONDS_A_ROUND) -> Measured:
    """Compare two sides in alternate rounds of this many CPU seconds. The first calls fill caches and do not count."""
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
