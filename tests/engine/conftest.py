"""The real catalogue, read once for all tests of the engine."""

import pytest

from calculator.engine.edition import Edition
from tests.engine.catalogue import read_catalogue


@pytest.fixture(scope="session")
def catalogue() -> Edition:
    return read_catalogue()
