"""Makes the real catalogue as a site has it, once for all parts of a run: `python -m tests.real_site FOLDER`.

The folder then holds an SQLite database that `manage.py prepare` has made, what that command printed, and the state
folder of a site that has shown edition 1, with the gazetteer. A test that changes something works on a copy.
"""

from __future__ import annotations

import hashlib
import io
import os
import shutil
import socket
import subprocess
import sys
from contextlib import redirect_stdout
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from skills.editions.site import Site

PROJECT = Path(__file__).parents[1]
#: The gazetteer takes three seconds to make: it is made once for all runs.
GAZETTEER_FOLDER = PROJECT / ".pytest_cache" / "gazetteer"
#: Names the folder that `scripts.check` has made for all parts; without it, a run makes one for itself.
VARIABLE = "EARNVERDICT_TEST_SITE"
#: The file in that folder with what `manage.py prepare` printed.
PRINTED = "prepare.txt"


#: What a site is made from: another site is needed once one of these files differs.
MADE_FROM = ("skills/data/**/*", "skills/**/*.py", "calculator/engine/**/*.py")
CHECKSUM = "made-from.sha256"


def make_real_site(folder: Path) -> None:
    """Make the database and the state folder below `folder`, in a process of its own."""
    command = [sys.executable, "-m", "tests.real_site", str(folder)]
    subprocess.run(command, cwd=PROJECT, env=site_environment(folder), check=True)


def find_real_site(folder: Path) -> Path:
    """Return a folder that holds a site. Raises ValueError if the site was made from other files than there are now."""
    made = folder / CHECKSUM
    if not made.is_file() or made.read_text(encoding="ascii") != compute_checksum():
        raise ValueError(
            f"{VARIABLE}: the site in {folder} was made by other code or from other data files than there are now, so "
            f"tests of it prove nothing. Delete it and make it again: python -m tests.real_site {folder}"
        )
    return folder


def find_files() -> list[Path]:
    """Return the files that a site is made from, in a fixed order."""
    found = {path for pattern in MADE_FROM for path in PROJECT.glob(pattern) if path.is_file()}
    return sorted(path for path in found if "__pycache__" not in path.parts)


def compute_checksum() -> str:
    """Return the checksum of the files that a site is made from, with their names."""
    found = hashlib.sha256()
    for path in find_files():
        found.update(f"{path.relative_to(PROJECT)}\0".encode())
        found.update(hashlib.sha256(path.read_bytes()).digest())
    return found.hexdigest()


def copy_real_site(real: Path, folder: Path) -> dict[str, str]:
    """Copy the site and give the environment in which commands work on the copy."""
    shutil.copytree(real, folder, dirs_exist_ok=True)
    return site_environment(folder)


def site_environment(folder: Path) -> dict[str, str]:
    """The environment, without the developer's own settings, in which commands work on the site below `folder`."""
    inherited = {name: value for name, value in os.environ.items() if not name.startswith("EARNVERDICT_")}
    return inherited | {
        "DATABASE_URL": f"sqlite:///{folder / 'site.sqlite3'}",
        "DJANGO_SETTINGS_MODULE": "earnverdict.settings",
        "EARNVERDICT_DEBUG": "1",
        "EARNVERDICT_STATE_FOLDER": str(folder / "state"),
    }


def show(site: Site, state_folder: Path) -> None:
    """Let this process be one that has shown the site for a while."""
    from skills.editions.site_state import site_state
    from skills.editions.store import Store

    site_state.forget()
    site_state._store = Store(state_folder / "site")
    site_state._site = site


def main(folder: Path) -> None:
    if folder.exists():
        sys.exit(f"{folder} exists already: the site is made in a new folder.")
    checksum = compute_checksum()
    os.environ |= site_environment(folder) | {"EARNVERDICT_WATCH_SECONDS": "0"}
    from django.conf import settings

    import manage

    own_gazetteer_folder = settings.GAZETTEER_FOLDER
    settings.GAZETTEER_FOLDER = GAZETTEER_FOLDER
    sys.argv = ["manage.py", "prepare", f"--port={_find_free_port()}"]
    with redirect_stdout(io.StringIO()) as printed:
        manage.main()
    (folder / PRINTED).write_text(printed.getvalue(), encoding="utf-8")

    from skills.editions.site_state import site_state

    site_state.site()
    shutil.copytree(GAZETTEER_FOLDER, own_gazetteer_folder, dirs_exist_ok=True)
    (folder / CHECKSUM).write_text(checksum, encoding="ascii")


def _find_free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


if __name__ == "__main__":
    main(Path(sys.argv[1]))
