"""Jobs for the conformance suite. They leave their traces in a folder, so that what happened is told by files alone."""

from __future__ import annotations

import fcntl
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

from django_tasks import task

from ithaca.jobs import progress, retries, schedules
from ithaca.kernel import tenancy

FOLDER = "ITHACA_TEST_TRACES"


def trace(name: str, line: str) -> None:
    """Append a line; short appends are atomic."""
    with (Path(os.environ[FOLDER]) / name).open("a") as file:
        file.write(line + "\n")


def traces(folder: Path, name: str) -> list[str]:
    """What was traced under a name."""
    file = folder / name
    return file.read_text().splitlines() if file.exists() else []


@task
def mark(name: str) -> str:
    """Leave one line."""
    trace(name, "done")
    return name


@contextmanager
def alone(name: str) -> Iterator[None]:
    """The lock of a file shows if another run of the same job is under way."""
    with (Path(os.environ[FOLDER]) / f"{name}.lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            trace(name, "twice at once")
            raise
        trace(name, f"started {os.getpid()}")
        yield
        trace(name, "ended")


@task
def hold(name: str, seconds: float) -> None:
    """Work for some time, alone."""
    with alone(name):
        time.sleep(seconds)


@task
def stay(name: str) -> None:
    """Work, alone, until the test lets go."""
    with alone(name):
        while not (Path(os.environ[FOLDER]) / f"{name}.enough").exists():
            time.sleep(0.05)


@task
def linger(name: str) -> None:
    """The first run never ends by itself, the second ends at once."""
    trace(name, f"started {os.getpid()}")
    if len(traces(Path(os.environ[FOLDER]), name)) == 1:
        time.sleep(600)
    trace(name, "ended")


@task
def deadly(name: str) -> None:
    """Takes its process along, each time."""
    trace(name, "started")
    os._exit(9)


@retries.policy(times=2, wait=0.05)
@task
def stumble(name: str, times: int) -> str:
    """Raises so many times, then succeeds."""
    trace(name, "run")
    if len(traces(Path(os.environ[FOLDER]), name)) <= times:
        raise ValueError(f"stumbled over {name}")
    return "arrived"


@task
def refuse(name: str) -> None:
    """Knows that trying again would not help."""
    trace(name, "run")
    raise retries.GiveUp("The address does not exist.")


@schedules.every(timedelta(days=1))
@task
def daily() -> None:
    """Recurs."""
    trace("daily", "done")


@task
def count(key: str, total: int) -> None:
    """A long job with progress that can be stopped."""
    with progress.report(key, total=total, words="Counting") as told:
        for number in range(total):
            time.sleep(0.02)
            told.advance(number + 1)


@task
def needs_scope() -> int:
    """Reads something of an organisation without entering its scope."""
    return tenancy.current()
