"""Makes the state folder and the database file accessible to their owner only."""

from __future__ import annotations

import os
import stat
import tempfile
from contextlib import suppress
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured

_DEPTH_OF_SYSTEM_FOLDERS = 2  # "/" and, say, "srv"


def make_state_folder(folder: Path) -> None:
    """Create the folder if it is missing, check that this user can write to it, and remove others' access.

    Raises ImproperlyConfigured.
    """
    check_can_write(folder, "EARNVERDICT_STATE_FOLDER", mode=0o700)
    make_private(folder)


def check_can_write(folder: Path, setting: str, *, mode: int) -> None:
    """Create the folder if it is missing and write a file in it. Raises ImproperlyConfigured, naming the setting."""
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
    """Remove other users' access to a file or folder that this user owns.

    A folder that the site cannot own alone is not changed: a shared one such as /tmp, the root of the file system and
    the folders directly below it.
    """
    with suppress(OSError):
        path = path.resolve(strict=True)
        found = path.stat()
        is_ours = found.st_uid == os.geteuid() and (stat.S_ISREG(found.st_mode) or _can_be_private(path, found))
        if is_ours and found.st_mode & 0o077:
            path.chmod(found.st_mode & 0o700)


def _can_be_private(folder: Path, found: os.stat_result) -> bool:
    return (
        stat.S_ISDIR(found.st_mode)
        and not found.st_mode & stat.S_ISVTX
        and len(folder.parts) > _DEPTH_OF_SYSTEM_FOLDERS
    )
