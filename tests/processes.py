"""How the checks and the suite use the machine: a process for each core, and nothing compiled twice."""

from __future__ import annotations

import os
import socket
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

MOST = 8  # more processes than that wait for the disk and for PostgreSQL's connections


def cores() -> int:
    """How many processors this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def side_by_side(*, halved: bool = False) -> list[str]:
    """Pytest's options to spread the tests over the cores, or over half of them; one alone needs nobody to share them out."""
    most = max(2, min(cores(), MOST))
    if halved:
        most = most // 2 if most > 3 else 0
    return ["-n", str(most)]


def environ() -> dict[str, str]:
    """This process's environment, with a place for compiled modules: without one, each of the many processes that the tests
    start compiles Django for two seconds."""
    kept = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    kept.setdefault("PYTHONPYCACHEPREFIX", str(Path(sys.prefix) / "pycache"))
    return kept


@contextmanager
def reserved_port() -> Iterator[int]:
    """A port of this machine for a server that a test starts: held, so that nobody else gets it before the server is up, yet
    open to whoever asks for it by its number and may share it, as servers do."""
    with socket.socket() as held:
        held.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        held.bind(("127.0.0.1", 0))
        yield int(held.getsockname()[1])
