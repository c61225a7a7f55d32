"""The engine room of one test."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from ithaca.jobs.tests.room import Room, opened


@pytest.fixture
def room(transactional_db: None, settings: Any, tmp_path: Path) -> Iterator[Room]:
    """The real backend of the configured database, and a place to start workers in."""
    settings.TASKS = settings.TASKS_IN_EARNEST
    with opened(tmp_path) as room:
        yield room
