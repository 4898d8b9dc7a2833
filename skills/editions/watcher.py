"""Runs a check repeatedly in a background thread, so that no request waits for it."""

from __future__ import annotations

import threading
from collections.abc import Callable


class Watcher:
    """A daemon thread that waits `seconds()` between two runs of `check`, which must not raise."""

    def __init__(self, check: Callable[[], None], seconds: Callable[[], float], finish: Callable[[], None]) -> None:
        self._check = check
        self._seconds = seconds
        self._finish = finish
        self._lock = threading.Lock()
        self._thread: threading.Thread | None = None
        self._stopped = threading.Event()

    def start(self) -> None:
        """Start the thread, unless it is running."""
        if self._thread is not None:
            return
        with self._lock:
            if self._thread is None:
                self._thread = threading.Thread(target=self._run, name="edition-watch", daemon=True)
                self._thread.start()

    def stop(self) -> None:
        """Stop the thread and wait until it has ended."""
        self._stopped.set()
        if self._thread is not None:
            self._thread.join()

    def _run(self) -> None:
        while not self._stopped.wait(self._seconds()):
            self._check()
        self._finish()
