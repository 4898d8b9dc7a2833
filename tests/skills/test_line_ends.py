"""Line ends of typed texts are the same wherever a text is read."""

from __future__ import annotations

import pytest

from skills.admin.withdrawing import WithdrawForm
from skills.line_ends import normalize_line_ends


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"], ids=["one", "two", "another"])
def test_each_line_ends_with_one_character(end: str) -> None:
    assert normalize_line_ends(f"a{end}b{end}{end}c") == "a\nb\n\nc"


def test_reason_of_a_withdrawal_is_read_like_any_text() -> None:
    form = WithdrawForm({"reason": "A source\rwas wrong.", "confirmed": "on"})
    form.full_clean()

    assert form.cleaned_data["reason"] == "A source\nwas wrong."
