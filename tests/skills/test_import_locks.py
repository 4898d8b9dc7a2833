"""A dry run blocks nobody, and a killed process leaves nothing behind."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest
from django.db import connection

from skills.catalogue.resources import SkillResource
from skills.imports.job import JobFolder, Phase
from tests.real_site import PROJECT, copy_real_site
from tests.skills.factories import make_csv

#: Checks a file and imports it, says how far it is, and waits there to be killed.
PROGRAM = """
import sys
import django
django.setup()
from django.contrib.auth.models import User
from skills.imports.job import job_folder
from skills.imports.run import Work, dry_run_file, import_file
from tests.skills.factories import make_csv

class Stopping(Work):
    waits_at = 0

    def count(self, done):
        super().count(done)
        if done == self.waits_at:
            wait()

def wait():
    print(work.job.id, flush=True)
    sys.stdin.read()

rows = [{"slug": f"made-{number}", "source": "so-2025-pay"} for number in range(5)]
content = make_csv("locations.csv", *rows).encode()
user = User.objects.create(username="colleague")
folder = job_folder()
work = Stopping(folder, folder.add(file="locations.csv", upload_name="mine.csv", content=content, user=user.pk))
if sys.argv[1] == "during the dry run":
    work.waits_at = 4
dry_run_file(work)
if sys.argv[1] == "after the dry run":
    wait()
work.waits_at = 4
import_file(work)
"""


@pytest.mark.any_database
@pytest.mark.django_db(transaction=True)
def test_others_can_write_during_a_dry_run(small_site: None) -> None:
    saved: list[int] = []

    def save_something_else(done: int) -> None:
        with closing(sqlite3.connect(connection.settings_dict["NAME"], autocommit=True, timeout=0)) as other:
            other.execute("UPDATE skills_source SET note = ?", [f"row {done}"])
        saved.append(done)

    rows = [{"slug": f"made-{number}"} for number in range(3)]
    text = make_csv("skills.csv", {"name": "Other"}, *rows)

    outcome = SkillResource().import_csv(text, dry_run=True, on_progress=save_something_else)

    assert (outcome.new, outcome.changed) == (3, 1)
    assert saved == [1, 2, 3, 4]


@pytest.mark.parametrize(
    ("moment", "phase"),
    [
        ("during the dry run", Phase.CHECKING),
        ("after the dry run", Phase.CHECKED),
        ("during the import", Phase.IMPORTING),
    ],
)
def test_a_killed_process_leaves_the_catalogue_as_it_was(
    real_folder: Path, tmp_path: Path, moment: str, phase: Phase
) -> None:
    environment = copy_real_site(real_folder, tmp_path)
    before = rows_of(tmp_path)

    with subprocess.Popen(
        [sys.executable, "-c", PROGRAM, moment],
        cwd=PROJECT,
        env=environment,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stdout is not None
        job_id = process.stdout.readline().strip()
        process.kill()

    assert rows_of(tmp_path) == before
    job = JobFolder(tmp_path / "state" / "imports").read(job_id)
    assert job is not None
    assert job.phase is phase
    assert job.may_be_imported is (phase is Phase.CHECKED)


def rows_of(folder: Path) -> list[list[tuple[object, ...]]]:
    """The places and the log of the site below a folder, to which anybody can write."""
    with closing(sqlite3.connect(folder / "site.sqlite3", autocommit=True, timeout=0)) as database:
        database.execute("BEGIN IMMEDIATE")
        database.execute("ROLLBACK")
        tables = ("skills_location", "django_admin_log")
        return [database.execute(f"SELECT * FROM {table} ORDER BY id").fetchall() for table in tables]  # noqa: S608
