"""A worker process for the conformance suite: `python -m ithaca.jobs.tests.worker LEASE THREADS`."""

from __future__ import annotations

import signal
import sys
import threading

import django


def main(lease: float, threads: int) -> None:
    """Work until a signal, as `ithaca worker` does, with a short lease and the suite's own tasks."""
    django.setup()
    from django.db import connection

    from ithaca.jobs.tests import work  # noqa: F401  its schedule is known from here on

    if connection.vendor == "postgresql":
        from ithaca.jobs import procrastinate

        procrastinate.Crew(threads, lease).run(patience=5)
        return
    from ithaca.jobs.crew import Crew

    stop = threading.Event()
    signal.signal(signal.SIGTERM, lambda *_: stop.set())
    workers = Crew(threads, lease)
    workers.start()
    while not stop.wait(60):
        pass
    workers.stop(patience=5)


if __name__ == "__main__":
    main(float(sys.argv[1]), int(sys.argv[2]))
