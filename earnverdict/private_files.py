"""Keeps the state folder and the database file for their owner alone."""

from __future__ import annotations

import os
import stat
import tempfile
from contextlib import suppress
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured

_DEPTH_OF_SYSTEM_FOLDERS = 2  # "/" and, say, "srv"


def make_state_folder(folder: Path) -> None:
    """Make the folder if it is missing, check that this user can write to it, and shut others out.

    Raises ImproperlyConfigured.
    """
    check_can_write(folder, "EARNVERDICT_STATE_FOLDER", mode=0o700)
    make_private(folder)


def check_can_write(folder: Path, setting: str, *, mode: int) -> None:
    """Make the folder if it is missing and write a file in it. Raises ImproperlyConfigured, naming the setting."""
    try:
        if not folder.exists():
            folder.mkdir(parents=True)
            folder.chmod(mode)  # whatever the umask is
        with tempfile.TemporaryFile(dir=folder):
            pass
    except OSError as error:
        raise ImproperlyConfigured(
            f"The folder {folder} cannot be written: {error.strerror}. "
            f"Set {setting} to a folder that this user can write."
        ) from None


def make_private(path: Path) -> None:
    """Take the rights of others away from a file or folder that this user owns.

    A folder that cannot be the site's alone is left as it is: one that users share on purpose, as /tmp, the root of the
    file system and what is right below it.
    """
    with suppress(OSError):
        path = path.resolve(strict=True)
        found = path.stat()
        is_ours = found.st_uid == os.geteuid() and (stat.S_ISREG(found.st_mode) or _may_be_ours_alone(path, found))
        if is_ours and found.st_mode & 0o077:
            path.chmod(found.st_mode & 0o700)


def _may_be_ours_alone(folder: Path, found: os.stat_result) -> bool:
    return (
        stat.S_ISDIR(found.st_mode)
        and not found.st_mode & stat.S_ISVTX
        and len(folder.parts) > _DEPTH_OF_SYSTEM_FOLDERS
    )
