"""Worker processes for the suites, quickly: a process that has loaded Django once and forks a worker for each line it reads.

A line is JSON: where the database is, settings to change, modules to import (their tasks and schedules), lease, threads, log.
The answer is the worker's process number. The workers are real processes: `kill -9` leaves nothing of them but their rows.
"""

from __future__ import annotations

import json
import os
import signal
import sys
import threading
from importlib import import_module
from typing import Any

import django


def main() -> None:
    """Fork until the input ends."""
    django.setup()
    from django.conf import settings

    from ithaca.jobs import crew, schedules  # noqa: F401  loaded once, for all children

    if "postgresql" in settings.DATABASES["default"]["ENGINE"]:
        from ithaca.jobs import procrastinate  # noqa: F401

    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # Nobody waits for the dead.
    for line in sys.stdin:
        wish = json.loads(line)
        child = os.fork()
        if child == 0:
            signal.signal(signal.SIGCHLD, signal.SIG_DFL)
            work(wish)
            os._exit(0)
        print(child, flush=True)


def work(wish: dict[str, Any]) -> None:
    """Be a worker until a signal, as `ithaca worker` is."""
    log = os.open(wish["log"], os.O_WRONLY | os.O_CREAT | os.O_APPEND)
    os.dup2(log, 1)
    os.dup2(log, 2)
    os.environ.update(wish["environ"])
    from django.conf import settings
    from django.db import connection, connections

    connections.settings["default"]["NAME"] = wish["database"]
    for name, value in wish["settings"].items():
        setattr(settings, name, value)
    for module in wish["modules"]:
        import_module(module)
    if connection.vendor == "postgresql":
        from ithaca.jobs import procrastinate

        procrastinate.Crew(wish["threads"], wish["lease"]).run(patience=5)
        return
    from ithaca.jobs.crew import Crew

    stop = threading.Event()
    signal.signal(signal.SIGTERM, lambda *_: stop.set())
    workers = Crew(wish["threads"], wish["lease"])
    workers.start()
    while not stop.wait(60):
        pass
    workers.stop(patience=5)


if __name__ == "__main__":
    main()
