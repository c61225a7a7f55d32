"""The threads that work on embedded jobs, inside the web process or in `ithaca worker`."""

from __future__ import annotations

import logging
import threading
import time
from datetime import timedelta

from django.db import connections

from ithaca.jobs import embedded, keeper

log = logging.getLogger("ithaca.jobs")


class Crew:
    """`threads` workers and their keeper. `lease` seconds without a sign of life, and another process takes over."""

    def __init__(self, threads: int, lease: float) -> None:
        self._beat = min(1.0, lease / 8)
        self._hold = embedded.Hold(keeper.new_name(), timedelta(seconds=lease))
        self._ended = threading.Event()
        self._keeper = keeper.Keeper(self._hold.worker, lease=lease, beat=self._beat, care=self._hold.renew)
        self._threads = [threading.Thread(target=self._work, name=f"jobs-{n}", daemon=True) for n in range(threads)]

    def start(self) -> None:
        """Begin to work."""
        for thread in [self._keeper, *self._threads]:
            thread.start()

    def stop(self, patience: float = 20.0) -> None:
        """Take no further job and wait up to `patience` seconds for the running ones; what is not done by then is taken
        over by another process when its lease runs out."""
        self._ended.set()
        embedded.wake.set()
        until = time.monotonic() + patience
        for thread in self._threads:
            thread.join(max(0.0, until - time.monotonic()))
        self._keeper.stop()

    def _work(self) -> None:
        while not self._ended.is_set():
            try:
                job = self._hold.take()
                if job is not None:
                    self._hold.run(job)
                    continue
            except Exception:
                log.exception("A worker met an error outside of its job and goes on.")
                connections.close_all()
            embedded.wake.wait(self._beat)
            embedded.wake.clear()
        connections.close_all()
