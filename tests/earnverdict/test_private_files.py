"""The state folder is for its owner alone, or one sentence says why it cannot be used."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

from earnverdict.private_files import _can_be_private, make_private, make_state_folder


def _mode(path: Path) -> int:
    return path.stat().st_mode & 0o7777


def test_new_folder_is_for_its_owner_alone(tmp_path: Path) -> None:
    make_state_folder(tmp_path / "new" / "state")

    assert _mode(tmp_path / "new" / "state") == 0o700
    assert list((tmp_path / "new" / "state").iterdir()) == []


def test_folder_that_others_could_read_is_shut(tmp_path: Path) -> None:
    tmp_path.chmod(0o755)

    make_state_folder(tmp_path)

    assert _mode(tmp_path) == 0o700


def test_folder_that_everybody_shares_on_purpose_is_left(tmp_path: Path) -> None:
    tmp_path.chmod(0o1777)

    make_private(tmp_path)

    assert _mode(tmp_path) == 0o1777


@pytest.mark.parametrize(("folder", "is_ours"), [("/", False), ("/srv", False), ("/srv/site", True)])
def test_folders_of_the_system_are_left(tmp_path: Path, folder: str, is_ours: bool) -> None:
    assert _can_be_private(Path(folder), tmp_path.stat()) is is_ours


def test_file_keeps_what_its_owner_may_do(tmp_path: Path) -> None:
    file = tmp_path / "site.sqlite3"
    file.touch()
    file.chmod(0o664)

    make_private(file)
    make_private(tmp_path / "missing")

    assert _mode(file) == 0o600


@pytest.mark.parametrize(
    ("path", "reason"),
    [
        pytest.param("/dev/null", "Not a directory", id="file-in-its-place"),
        pytest.param("/dev/null/state", "Not a directory", id="folder-in-a-file"),
        pytest.param("/proc/state", "No such file or directory", id="folder-that-cannot-be-made"),
        pytest.param("/proc", "No such file or directory", id="folder-that-takes-no-files"),
    ],
)
def test_folder_that_cannot_be_written_is_named(path: str, reason: str) -> None:
    with pytest.raises(ImproperlyConfigured) as refused:
        make_state_folder(Path(path))

    assert re.fullmatch(
        rf"The folder {path} cannot be written: ({reason}|Permission denied)\. "
        r"Set EARNVERDICT_STATE_FOLDER to a folder that this user can write\.",
        str(refused.value),
    )
