"""A prepared site is used while it is made from the files that there are."""

from __future__ import annotations

from pathlib import Path
from types import ModuleType

import pytest

from calculator import engine
from skills.catalogue import resources
from skills.editions import document
from skills.models import way
from tests.real_site import CHECKSUM, compute_checksum, find_files, find_real_site


def test_prepared_site_of_these_files_is_used(tmp_path: Path) -> None:
    (tmp_path / CHECKSUM).write_text(compute_checksum(), encoding="ascii")

    assert find_real_site(tmp_path) == tmp_path


@pytest.mark.parametrize("made_from", ["", "0" * 64], ids=["unknown files", "other files"])
def test_prepared_site_of_other_files_is_refused(tmp_path: Path, made_from: str) -> None:
    if made_from:
        (tmp_path / CHECKSUM).write_text(made_from, encoding="ascii")

    with pytest.raises(ValueError, match="was made by other code") as refusal:
        find_real_site(tmp_path)
    assert f"python -m tests.real_site {tmp_path}" in str(refusal.value)


@pytest.mark.parametrize("module", [engine, resources, document, way])
def test_site_is_made_again_when_the_code_that_computes_it_changes(module: ModuleType) -> None:
    assert Path(str(module.__file__)) in find_files()
