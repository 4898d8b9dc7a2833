"""What tests of the calculator share."""

from __future__ import annotations

import pytest

from skills.editions.document import PublishedEdition, Sealed, read_edition
from tests.golden.files import answers_file, edition_file, read_answers


@pytest.fixture(scope="session")
def golden() -> PublishedEdition:
    """Edition 1 as it was published, without a database."""
    checksum = read_answers(answers_file(1, 2))["checksum"]
    return read_edition(Sealed(content=edition_file(1).read_bytes(), checksum=checksum), 1)
