"""Granian with its options as given, except that it outlives a second crash of a worker: `scripts.serve` becomes this.

Granian ends as a whole, the healthy workers too, when a worker dies within 5.5 seconds of having come for a dead one;
no option changes that. Here a worker is started again each time, after a pause that grows while crashes follow closely.
"""

import _thread
import time
from typing import Any

import granian.cli
from granian.server import MPServer

#: Crashes this close together, in seconds, make the pause longer.
CLOSE = 10.0
LONGEST_PAUSE = 8.0


class PatientServer(MPServer):
    """Starts a dead worker again, whenever it died."""

    _last_crash = 0.0
    _crashes = 0  # that followed one another closely
    _pause = 0.0

    # Granian sets the event in the handler itself. That waits for ever if the signal comes while the main thread holds
    # the event's lock, as it does when the workers get the signal too and end: by Ctrl-C or systemd.

    def signal_handler_interrupt(self, *args: Any, **options: Any) -> None:
        self.interrupt_signal = True
        _thread.start_new_thread(self.main_loop_interrupt.set, ())

    def signal_handler_reload(self, *args: Any, **options: Any) -> None:
        self.reload_signal = True
        _thread.start_new_thread(self.main_loop_interrupt.set, ())

    def _respawn_workers(self, workers: Any, spawn_target: Any, target_loader: Any, delay: float = 0) -> None:
        if not delay:  # after a crash; with a delay workers are replaced as asked
            self._wait_while_crashes_follow()
        super()._respawn_workers(workers, spawn_target, target_loader, delay)
        self.respawned_wrks.clear()  # what granian judges a loop of crashes by

    def _wait_while_crashes_follow(self) -> None:
        """The first two crashes are answered at once; then the pause doubles, until some seconds pass without one."""
        now = time.monotonic()
        is_close = now - self._last_crash < CLOSE + self._pause
        self._crashes = self._crashes + 1 if is_close else 0
        self._pause = min(LONGEST_PAUSE, 2.0 ** (self._crashes - 2)) if self._crashes >= 2 else 0.0
        time.sleep(self._pause)
        self._last_crash = time.monotonic()


if __name__ == "__main__":
    vars(granian.cli)["Server"] = PatientServer  # the program makes its server of this
    granian.cli.cli(auto_envvar_prefix="GRANIAN")
