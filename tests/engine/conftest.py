"""Fixtures of the engine's tests: the real catalogue, and which tests do not count for coverage."""

from collections.abc import Generator

import pytest
from coverage import Coverage

from calculator.engine.edition import Edition
from tests.engine.catalogue import FROZEN, read_catalogue


@pytest.fixture(scope="session")
def catalogue() -> Edition:
    return read_catalogue()


@pytest.fixture(scope="session")
def frozen() -> Edition:
    """The figures that the worked examples are of."""
    return read_catalogue(FROZEN)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_call(item: pytest.Item) -> Generator[None]:
    """Measure no random search: they take long, twice as long when measured, and reach nothing that others do not."""
    is_search = "seed" in getattr(getattr(item, "callspec", None), "params", {})
    is_law = hasattr(getattr(item, "obj", None), "hypothesis")
    is_long = item.get_closest_marker("unmeasured") is not None
    measured = Coverage.current() if is_search or is_law or is_long else None
    if measured:
        measured.stop()
    try:
        return (yield)
    finally:
        if measured:
            measured.start()
