"""The installed command's processes: one that does everything, workers of their own, and how they end."""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.db import DEFAULT_DB_ALIAS, connection, connections
from tests import processes as machine

Start = Callable[..., subprocess.Popen[str]]


@pytest.fixture
def start(tmp_path: Path) -> Iterator[Start]:
    """Start a verb of the command with an installation of its own."""
    processes = []

    def begin(verb: str, **environ: str) -> subprocess.Popen[str]:
        # Its own database: on PostgreSQL the verbs are tried by the conformance suite of `jobs`.
        given = {"ITHACA_MODE": "development", "ITHACA_DATA": str(tmp_path), "ITHACA_DATABASE": "sqlite://", **environ}
        process = subprocess.Popen(
            [sys.executable, "-m", "ithaca.cli", verb],
            env={**os.environ, **given},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        processes.append(process)
        return process

    yield begin
    for process in processes:
        process.kill()
        process.communicate()


@pytest.fixture
def port() -> Iterator[int]:
    with machine.reserved_port() as number:
        yield number


def fetch(url: str) -> int:
    try:
        with urllib.request.urlopen(url) as answer:
            return int(answer.status)
    except urllib.error.HTTPError as error:
        return error.code
    except OSError:
        return 0


def eventually(reached: Callable[[], Any], seconds: float = 300.0) -> Any:
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        if found := reached():
            return found
        time.sleep(0.1)
    return pytest.fail("never reached")


def test_the_web_brings_the_database_up_a_worker_waits_for_it_and_both_end_on_a_signal(start, port):
    worker = start("worker")
    address = f"http://127.0.0.1:{port}"
    web = start("run", ITHACA_LISTEN=f"127.0.0.1:{port}", ITHACA_ADDRESS=address)
    eventually(lambda: fetch(f"{address}/-/health") == 200)
    eventually(lambda: fetch(f"{address}/-/ready") == 200)
    assert fetch(f"{address}/-/mailbox/") == 200
    assert worker.stdout is not None
    said_by_worker = ""
    while "Working on background jobs (embedded)" not in said_by_worker:
        line = worker.stdout.readline()
        assert line, f"the worker ended: {said_by_worker}"
        said_by_worker += line
    for process, number in ((worker, signal.SIGINT), (web, signal.SIGTERM)):
        process.send_signal(number)
    said, _ = web.communicate(timeout=300)
    assert "Bringing the database up to date" in said
    assert f"Ithaca is at {address}" in said
    assert (web.returncode, worker.wait(timeout=300)) == (0, 0)


@pytest.mark.skipif(connection.vendor != "sqlite", reason="about the file of an embedded database")
def test_a_new_file_that_another_process_is_just_opening_is_waited_for(db: None, tmp_path: Path) -> None:
    from ithaca.config import serve

    file, in_memory = tmp_path / "new.sqlite3", connections[DEFAULT_DB_ALIAS]
    on_disk = in_memory.copy()
    on_disk.settings_dict = {**in_memory.settings_dict, "NAME": str(file)}
    other = sqlite3.connect(file, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    waited: list[float] = []

    def end_of_the_other(seconds: float) -> None:
        waited.append(seconds)
        other.close()

    connections[DEFAULT_DB_ALIAS] = on_disk
    try:
        serve.open_database(wait=end_of_the_other)
        assert on_disk.connection.execute("PRAGMA journal_mode").fetchone() == ("wal",)
    finally:
        on_disk.close()
        connections[DEFAULT_DB_ALIAS] = in_memory
    assert len(waited) == 1


def test_structure_is_complete_here(db: None):
    from ithaca.config import serve

    assert connection.vendor in ("sqlite", "postgresql")
    assert serve.missing_steps() == 0
