"""A database that other processes can open, and workers that are processes of their own, for suites of any slice."""

from __future__ import annotations

import json
import os
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from django.db import DEFAULT_DB_ALIAS, connection, connections

from ithaca.jobs.tests import work

LEASE = 1.5
HELD = {
    "sqlite": "SELECT lease_until FROM jobs_job WHERE task LIKE '%.stay'",
    "postgresql": """
        SELECT worker.last_heartbeat FROM procrastinate_jobs job JOIN procrastinate_workers worker ON worker.id = job.worker_id
        WHERE job.status = 'doing' AND job.args->>'task' LIKE '%.stay'
    """,
}


@dataclass
class Process:
    """A worker, child of the nursery."""

    pid: int

    def alive(self) -> bool:
        try:
            os.kill(self.pid, 0)
        except ProcessLookupError:
            return False
        return True

    def kill(self) -> None:
        """As `kill -9`; returns when nothing is left of it."""
        self._end(signal.SIGKILL)

    def terminate(self) -> None:
        """Ask to stop, and wait."""
        self._end(signal.SIGTERM)

    def _end(self, number: int) -> None:
        if self.alive():
            os.kill(self.pid, number)
        for _ in range(30_000):
            if not self.alive():
                return
            time.sleep(0.01)
        pytest.fail(f"worker {self.pid} does not end")


@dataclass
class Room:
    """The engine room of one test: its database, its traces, its workers."""

    database: str
    folder: Path
    modules: tuple[str, ...] = ("ithaca.jobs.tests.work",)
    settings: dict[str, Any] = field(default_factory=dict)
    lease: float = LEASE
    processes: list[Process] = field(default_factory=list)

    def worker(self, *, threads: int = 1) -> Process:
        """Start a worker process."""
        nursery = _nursery()
        wish = {
            "database": self.database,
            "settings": self.settings,
            "modules": self.modules,
            "lease": self.lease,
            "threads": threads,
            "environ": {work.FOLDER: str(self.folder)},
            "log": str(self.folder / f"worker-{len(self.processes)}.log"),
        }
        assert nursery.stdin is not None
        assert nursery.stdout is not None
        nursery.stdin.write(json.dumps(wish) + "\n")
        nursery.stdin.flush()
        process = Process(int(nursery.stdout.readline()))
        self.processes.append(process)
        return process

    def traces(self, name: str) -> list[str]:
        return work.traces(self.folder, name)

    def let_go(self, name: str) -> None:
        """End a job that stays until it is told."""
        (self.folder / f"{name}.enough").touch()

    def held(self) -> Any:
        """The sign of life of the job “stay”: how long it is held for, or when its worker was last seen alive."""
        with connection.cursor() as cursor:
            cursor.execute(HELD[connection.vendor])
            found = cursor.fetchone()
        return found[0] if found else None

    def eventually(self, reached: Callable[[], Any], seconds: float = 300.0) -> Any:
        """Look until `reached()` is true. The limit only keeps a broken run from lasting for ever."""
        until = time.monotonic() + seconds
        while time.monotonic() < until:
            if found := reached():
                return found
            time.sleep(0.05)
        logs = "\n".join(file.read_text()[-3000:] for file in sorted(self.folder.glob("worker-*.log")))
        return pytest.fail(f"never reached; the workers said:\n{logs}")

    def close(self) -> None:
        for process in self.processes:
            process.kill()


@cache
def _nursery() -> subprocess.Popen[str]:
    """One for the whole run; it ends when its input does, with the run."""
    environ = {
        **os.environ,
        "ITHACA_MODE": "development",
        "ITHACA_LOG": "error",
        "DJANGO_SETTINGS_MODULE": "ithaca.config.settings",
    }
    command = [sys.executable, "-m", "ithaca.jobs.tests.nursery"]
    return subprocess.Popen(command, env=environ, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)


@contextmanager
def opened(folder: Path) -> Iterator[Room]:
    """A room on the configured database."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("DELETE FROM procrastinate_jobs; DELETE FROM procrastinate_workers")
        yield from _closing(Room(str(connection.settings_dict["NAME"]), folder))
        return
    # SQLite's test database lives in memory, where no other process sees it: go on in a copy of it on disk.
    in_memory = connections[DEFAULT_DB_ALIAS]
    in_memory.ensure_connection()
    file = folder / "room.sqlite3"
    with sqlite3.connect(file) as copy:
        in_memory.connection.backup(copy)
    on_disk = in_memory.copy()
    on_disk.settings_dict = {**in_memory.settings_dict, "NAME": str(file)}
    connections[DEFAULT_DB_ALIAS] = on_disk
    try:
        yield from _closing(Room(str(file), folder))
    finally:
        on_disk.close()
        connections[DEFAULT_DB_ALIAS] = in_memory


def _closing(room: Room) -> Iterator[Room]:
    try:
        yield room
    finally:
        room.close()
