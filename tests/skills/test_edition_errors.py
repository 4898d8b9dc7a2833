"""The errors about editions that cannot be shown: one base, which no mistake of our own shares."""

from __future__ import annotations

import pytest

from skills.editions.document import EditionNotShown, UnknownModel
from skills.editions.site import EditionUnreadable, EditionWithdrawn, NoSuchEdition, NothingPublished
from skills.views.missing_edition import _TITLES


@pytest.mark.parametrize(
    ("error", "status"),
    [
        (NoSuchEdition, 404),
        (UnknownModel, 404),
        (EditionWithdrawn, 410),
        (EditionUnreadable, 503),
        (NothingPublished, 503),
    ],
)
def test_error_holds_the_status_of_its_response(error: type[EditionNotShown], status: int) -> None:
    assert error.status == status


def test_each_error_has_a_title() -> None:
    assert set(_TITLES) == set(EditionNotShown.__subclasses__())


def test_a_missing_key_is_no_missing_edition() -> None:
    """Who catches these errors must not catch a KeyError of our own code."""
    assert EditionNotShown.__bases__ == (Exception,)
