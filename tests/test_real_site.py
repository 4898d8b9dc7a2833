"""A prepared site is used while it is made from the files that there are."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.real_site import CHECKSUM, compute_checksum, find_real_site


def test_prepared_site_of_these_files_is_used(tmp_path: Path) -> None:
    (tmp_path / CHECKSUM).write_text(compute_checksum(), encoding="ascii")

    assert find_real_site(tmp_path) == tmp_path


@pytest.mark.parametrize("made_from", ["", "0" * 64], ids=["unknown files", "other files"])
def test_prepared_site_of_other_files_is_refused(tmp_path: Path, made_from: str) -> None:
    if made_from:
        (tmp_path / CHECKSUM).write_text(made_from, encoding="ascii")

    with pytest.raises(ValueError, match="was made from other data files") as refusal:
        find_real_site(tmp_path)
    assert f"python -m tests.real_site {tmp_path}" in str(refusal.value)
