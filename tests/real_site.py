"""Makes the real catalogue as a site has it, once for all parts of a run: `python -m tests.real_site FOLDER`.

The folder then holds an SQLite database with edition 1 published, and the state folder of a site that has shown it,
with the gazetteer.
A test that changes something works on a copy.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from skills.editions.site_state import Site

PROJECT = Path(__file__).parents[1]
#: The gazetteer takes three seconds to make: it is made once for all runs.
GAZETTEER_FOLDER = PROJECT / ".pytest_cache" / "gazetteer"
#: Names the folder that `scripts.check` has made for all parts; without it, a run makes one for itself.
VARIABLE = "EARNVERDICT_TEST_SITE"


def make_real_site(folder: Path) -> None:
    """Make the database and the state folder below `folder`, in a process of its own."""
    command = [sys.executable, "-m", "tests.real_site", str(folder)]
    subprocess.run(command, cwd=PROJECT, env=site_environment(folder), check=True)


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
    folder.mkdir(parents=True, exist_ok=True)
    os.environ |= site_environment(folder) | {"EARNVERDICT_WATCH_SECONDS": "0"}
    import django
    from django.conf import settings
    from django.core.management import call_command

    django.setup()
    from skills.editions.site_state import site_state
    from skills.places.gazetteer_file import prepare_gazetteer

    call_command("migrate", verbosity=0)
    with Path(os.devnull).open("w") as nowhere:
        call_command("load_catalogue", stdout=nowhere)
    site_state.site()
    prepare_gazetteer(GAZETTEER_FOLDER)
    shutil.copytree(GAZETTEER_FOLDER, settings.GAZETTEER_FOLDER, dirs_exist_ok=True)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
