"""No text takes much longer to read than its length: long runs of whatever slows down patterns and parsers.

Nothing is timed. A process of its own reads all texts under a limit of CPU time: what takes time that grows with the
square of a text's length would need minutes, and ends the process.
"""

from __future__ import annotations

import resource
import subprocess
import sys
from pathlib import Path

from tests import real_site
from tests.fuzz.extent import TIMES

#: All texts together take about a fifth of this.
CPU_SECONDS = 25 * TIMES


def test_long_runs_are_read_in_linear_time(real_folder: Path) -> None:
    run = subprocess.run(
        [sys.executable, "-m", "tests.fuzz.long_runs", str(real_folder)],
        env=real_site.site_environment(real_folder),
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS)),
        capture_output=True,
        text=True,
        check=False,
    )

    assert (run.returncode, run.stderr) == (0, ""), f"stopped at {run.stdout.splitlines()[-1:]}"
