"""Runs each mutant against the tests that reach its line: `python -m tests.mutation [file …]`.

The tests are collected and run once, to learn which of them reach which line and how long they take. Then each mutant
lives in a forked process, in which the changed function's code stands in for its own: no file is ever changed. Its
tests run quickest first, until one fails.
"""

from __future__ import annotations

import importlib
import os
import signal
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from types import CodeType, FunctionType, ModuleType
from typing import Any, NoReturn

import pytest

from tests.mutation.equivalent import EQUIVALENT
from tests.mutation.mutants import Mutant, mutants_of

MUTATED = (*sorted(Path("calculator/engine").glob("*.py")), Path("calculator/address.py"))
TESTS = ("tests/engine", "tests/golden", "tests/calculator/test_address.py", "tests/calculator/test_forms.py")
LOWEST_SCORE = 0.9
#: A test that has the processor for so many seconds will not end: that is noticed too.
PATIENCE = 6.0


class Mutation:
    """The pytest plugin that runs the collected tests once, and then for each mutant."""

    def __init__(self, paths: Sequence[Path]) -> None:
        self.paths = paths
        self.seconds: dict[str, float] = defaultdict(float)
        self.has_failed = False
        self.survivors: list[Mutant] = []
        self.counts: Counter[Path] = Counter()

    def pytest_collection_modifyitems(self, items: list[pytest.Item]) -> None:
        """Of a test that is repeated over seeds the first three are enough; the engine's imports are no behaviour."""
        seen: Counter[str] = Counter()
        kept = []
        for item in items:
            params = getattr(getattr(item, "callspec", None), "params", {})
            name = item.nodeid.partition("[")[0]
            seen[name] += "seed" in params
            if seen[name] <= 3 and item.path.name != "test_imports.py":
                kept.append(item)
        items[:] = kept

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        self.seconds[report.nodeid] += report.duration
        self.has_failed |= report.failed

    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        reached = self.reach(session.items)
        if self.has_failed:
            sys.exit("the tests fail without any mutant")
        order = sorted(session.items, key=lambda item: self.seconds[item.nodeid])
        for path in self.paths:
            module = importlib.import_module(".".join(path.with_suffix("").parts).removesuffix(".__init__"))
            for mutant in mutants_of(path):
                nodes = reached.get((str(path), mutant.line), set())
                tests = [item for item in order if mutant.function is None or item.nodeid in nodes]
                self.counts[path] += 1
                if not self.is_noticed(mutant, module, tests):
                    self.survivors.append(mutant)
                    print(f"survived: {mutant}", file=sys.stderr, flush=True)
        return True

    def reach(self, items: Sequence[pytest.Item]) -> dict[tuple[str, int], set[str]]:
        """The tests that run each line; the interpreter tells each line once a test, which costs next to nothing."""
        reached: dict[tuple[str, int], set[str]] = defaultdict(set)
        paths = {str(path.resolve()): str(path) for path in MUTATED}
        running = ""

        def note(code: CodeType, line: int) -> object:
            if code.co_filename in paths:
                reached[paths[code.co_filename], line].add(running)
            return sys.monitoring.DISABLE

        tool, lines = sys.monitoring.COVERAGE_ID, sys.monitoring.events.LINE
        sys.monitoring.use_tool_id(tool, "mutation")
        sys.monitoring.register_callback(tool, lines, note)
        sys.monitoring.set_events(tool, lines)
        for item, following in in_turn(items):
            running = item.nodeid
            sys.monitoring.restart_events()
            item.config.hook.pytest_runtest_protocol(item=item, nextitem=following)
        sys.monitoring.set_events(tool, sys.monitoring.events.NO_EVENTS)
        sys.monitoring.free_tool_id(tool)
        return reached

    def is_noticed(self, mutant: Mutant, module: ModuleType, tests: Sequence[pytest.Item]) -> bool:
        """Whether a test fails in a process of its own in which the mutant stands, or never ends."""
        if not (child := os.fork()):
            self.live(mutant, module, tests)
        _, status = os.waitpid(child, 0)
        return status != 0

    def live(self, mutant: Mutant, module: ModuleType, tests: Sequence[pytest.Item]) -> NoReturn:
        """Run the tests until one fails, and end the process."""
        nothing = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nothing, sys.stdout.fileno())
        os.dup2(nothing, sys.stderr.fileno())
        try:
            put_in_place(mutant, module)
            for item, following in in_turn(tests):
                signal.setitimer(signal.ITIMER_PROF, PATIENCE)
                item.config.hook.pytest_runtest_protocol(item=item, nextitem=following)
                if self.has_failed:
                    os._exit(1)
        except BaseException:  # noqa: BLE001 - whatever a mutant breaks, it is noticed
            os._exit(1)
        os._exit(0)


def put_in_place(mutant: Mutant, module: ModuleType) -> None:
    """Let the mutant's code stand where the original stood, and forget what the original has worked out."""
    if mutant.function is not None:
        function_of(module, mutant.function).__code__ = mutant.code
    else:
        before = dict(vars(module))
        exec(mutant.code, vars(module))  # noqa: S102 - a changed assignment of a module of ours
        changed = {name: value for name, value in vars(module).items() if before.get(name) is not value}
        for other in ours():
            for name, value in changed.items():
                if name in vars(other) and vars(other)[name] is before.get(name):
                    vars(other)[name] = value
    for other in ours():
        for value in list(vars(other).values()):
            if hasattr(value, "cache_clear"):
                value.cache_clear()


def function_of(module: ModuleType, name: str) -> FunctionType:
    """A function or method by its qualified name, without what its decorators made of it."""
    found: Any = module
    for part in name.split("."):
        found = vars(found)[part]
    while not isinstance(found, FunctionType):
        found = getattr(found, "__wrapped__", None) or getattr(found, "__func__", None) or found.fget
    return found


def ours() -> Iterator[ModuleType]:
    """The modules that are mutated, and their tests."""
    return (each for name, each in list(sys.modules.items()) if name.startswith(("calculator", "tests.")))


def in_turn(items: Sequence[pytest.Item]) -> Iterator[tuple[pytest.Item, pytest.Item | None]]:
    return zip(items, [*items[1:], None], strict=True)


def report(mutation: Mutation, seconds: float) -> int:
    """Print the score of each file and what survived, and give the exit code."""
    left: Counter[Path] = Counter(mutant.path for mutant in mutation.survivors)
    print(f"\n{'':<36}{'mutants':>8}{'noticed':>9}{'score':>8}")
    rows: Iterable[tuple[str, int, int]] = (
        *((str(path), count, left[path]) for path, count in mutation.counts.items()),
        ("all", mutation.counts.total(), left.total()),
    )
    for name, count, survived in rows:
        print(f"{name:<36}{count:>8}{count - survived:>9}{(1 - survived / count) if count else 1:>8.1%}")
    for is_known in (True, False):
        kind = "survived, without a difference to any answer" if is_known else "survived"
        for mutant in mutation.survivors:
            reason = EQUIVALENT.get((str(mutant.path), mutant.source, mutant.change))
            if (reason is not None) is is_known:
                print(f"{kind}: {mutant}{f': {reason}' if reason else ''}")
    print(f"{seconds:.0f} s")
    return 0 if left.total() <= (1 - LOWEST_SCORE) * mutation.counts.total() else 1


def main(names: list[str]) -> int:
    """Run the mutants of the named files, or of all, and give the exit code."""
    begin = time.monotonic()
    mutation = Mutation([path for path in MUTATED if not names or str(path) in names])
    options = ["-q", "-p", "no:cacheprovider", "--tb=no", "--capture=sys", "--hypothesis-profile=mutation"]
    pytest.main([*options, *TESTS], plugins=[mutation])
    return report(mutation, time.monotonic() - begin)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
