"""The admin's path hides no page of the site."""

from __future__ import annotations

import pytest
from pytest_django import Settings

from earnverdict.admin_path import check_admin_path


@pytest.mark.parametrize("word", ["skills/", "articles/", "verdict/", "compare/", "methodology/", "static/"])
def test_word_that_pages_begin_with_is_refused(settings: Settings, word: str) -> None:
    settings.ADMIN_PATH = word

    (error,) = check_admin_path(None)

    assert (error.id, word in error.msg) == ("earnverdict.E001", True)
    assert "articles, changes, compare" in str(error.hint)


@pytest.mark.parametrize("free", ["admin/", "editors-room/", "skill/", "Skills/"])
def test_any_other_word_is_free(settings: Settings, free: str) -> None:
    settings.ADMIN_PATH = free

    assert check_admin_path(None) == []
