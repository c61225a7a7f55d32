"""A database that other processes can open, and workers that are processes of their own."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from django.db import DEFAULT_DB_ALIAS, connection, connections

from ithaca.jobs.tests import work

LEASE = 1.5


@dataclass
class Room:
    """The engine room of one test: its database's address, its traces, its workers."""

    database: str
    folder: Path
    processes: list[subprocess.Popen[bytes]] = field(default_factory=list)

    def worker(self, *, threads: int = 1, module: str = "ithaca.jobs.tests.worker") -> subprocess.Popen[bytes]:
        """Start a worker process."""
        environ = {
            **os.environ,
            "ITHACA_DATABASE": self.database,
            "ITHACA_MODE": "development",
            "ITHACA_LOG": "error",
            "DJANGO_SETTINGS_MODULE": "ithaca.config.settings",
            work.FOLDER: str(self.folder),
        }
        log = (self.folder / f"worker-{len(self.processes)}.log").open("wb")
        process = subprocess.Popen(
            [sys.executable, "-m", module, str(LEASE), str(threads)], env=environ, stdout=log, stderr=log
        )
        self.processes.append(process)
        return process

    def traces(self, name: str) -> list[str]:
        return work.traces(self.folder, name)

    def eventually(self, reached: Callable[[], Any], seconds: float = 60.0) -> Any:
        """Look until `reached()` is true. The limit only keeps a broken run from lasting for ever."""
        until = time.monotonic() + seconds
        while time.monotonic() < until:
            if found := reached():
                return found
            time.sleep(0.05)
        logs = "\n".join(file.read_text()[-3000:] for file in sorted(self.folder.glob("worker-*.log")))
        pytest.fail(f"never reached; the workers said:\n{logs}")

    def close(self) -> None:
        for process in self.processes:
            process.kill()
            process.wait()


@pytest.fixture
def room(transactional_db: None, settings: Any, tmp_path: Path) -> Iterator[Room]:
    """The real backend of the configured database, and a place to start workers in."""
    settings.TASKS = settings.TASKS_IN_EARNEST
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("DELETE FROM procrastinate_jobs; DELETE FROM procrastinate_workers")
        at = connection.settings_dict
        opened = Room(f"postgresql://{at['USER']}@/{at['NAME']}?host={at['HOST']}", tmp_path)
        try:
            yield opened
        finally:
            opened.close()
        return
    # SQLite's test database lives in memory, where no other process sees it: go on in a copy of it on disk.
    in_memory = connections[DEFAULT_DB_ALIAS]
    in_memory.ensure_connection()
    file = tmp_path / "room.sqlite3"
    with sqlite3.connect(file) as copy:
        in_memory.connection.backup(copy)
    on_disk = in_memory.copy()
    on_disk.settings_dict = {**in_memory.settings_dict, "NAME": str(file)}
    connections[DEFAULT_DB_ALIAS] = on_disk
    opened = Room(f"sqlite://{file}", tmp_path)
    try:
        yield opened
    finally:
        opened.close()
        on_disk.close()
        connections[DEFAULT_DB_ALIAS] = in_memory
