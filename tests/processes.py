"""How the checks and the suite use the machine: a process for each core, and nothing compiled twice."""

from __future__ import annotations

import os
import sys
from pathlib import Path

MOST = 8  # more processes than that wait for the disk and for PostgreSQL's connections


def cores() -> int:
    """How many processors this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def side_by_side() -> list[str]:
    """Pytest's options to spread the tests over the cores."""
    return ["-n", str(max(2, min(cores(), MOST)))]


def environ() -> dict[str, str]:
    """This process's environment, with a place for compiled modules: without one, each of the many processes that the tests
    start compiles Django for two seconds."""
    kept = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    kept.setdefault("PYTHONPYCACHEPREFIX", str(Path(sys.prefix) / "pycache"))
    return kept
