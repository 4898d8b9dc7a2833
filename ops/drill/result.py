"""The result of a drill: its demands, whether each held, and the figures."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ops.drill.load import Count


@dataclass(frozen=True, slots=True, kw_only=True)
class Demand:
    """One condition, with what was found."""

    asked: str
    found: str
    holds: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """All demands of a drill, and the counts of its readers if it had any."""

    demands: Sequence[Demand]
    count: Count | None = None

    @property
    def passed(self) -> bool:
        return all(demand.holds for demand in self.demands)


def at_most(what: str, most: float, found: float, unit: str = "") -> Demand:
    unit = unit and f" {unit}"
    return Demand(asked=f"{what} ≤ {most:g}{unit}", found=f"{found:.3g}{unit}", holds=found <= most)


def holds(what: str, found: object) -> Demand:
    """Make a demand that is true or false."""
    return Demand(asked=what, found="yes" if found else "no", holds=bool(found))


def equals(what: str, expected: object, found: object) -> Demand:
    return Demand(asked=what, found=str(found), holds=found == expected)


def no_failures(count: Count, most: int = 0) -> Demand:
    """Demand at least some requests, and not more failures than allowed."""
    why = f" ({', '.join(f'{many}× {name}' for name, many in count.failures.most_common(4))})" if count.failed else ""
    return Demand(
        asked=f"failed requests ≤ {most}",
        found=f"{count.failed}{why} of {count.requests}",
        holds=count.failed <= most and count.answered > 0,
    )
