"""Fixtures of the engine's tests: the real catalogue, and which tests do not count for coverage."""

from collections.abc import Generator, Iterator
from contextlib import contextmanager

import pytest
from coverage import Coverage

from calculator.engine.edition import Edition
from tests.engine.catalogue import FROZEN, read_catalogue


@pytest.fixture(scope="session")
def catalogue() -> Edition:
    with unmeasured():
        return read_catalogue()


@pytest.fixture(scope="session")
def frozen() -> Edition:
    """The figures that the worked examples are of."""
    with unmeasured():
        return read_catalogue(FROZEN)


@contextmanager
def unmeasured() -> Iterator[None]:
    """Measure no coverage meanwhile, which halves the time."""
    measured = Coverage.current()
    if measured:
        measured.stop()
    try:
        yield
    finally:
        if measured:
            measured.start()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_call(item: pytest.Item) -> Generator[None]:
    """Measure no random search and no oracle: they take long, and reach nothing that other tests do not."""
    is_search = "seed" in getattr(getattr(item, "callspec", None), "params", {})
    test = getattr(item, "obj", None)
    is_law = hasattr(test, "hypothesis")
    asks_the_oracle = "oracle" in getattr(getattr(test, "__code__", None), "co_names", ())
    if is_search or is_law or asks_the_oracle or item.get_closest_marker("unmeasured"):
        with unmeasured():
            return (yield)
    return (yield)
