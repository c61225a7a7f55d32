"""How far a long job has come: written by the job, polled by the page that waits for it.

    with progress.report("import:7k3m", total=4000, words="Reading the file") as told:
        for number, row in enumerate(rows):
            told.advance(number)          # raises Cancelled if somebody asked to stop

    progress.of("import:7k3m")            # done, total, words, finished, failure, cancelled

Report outside of the job's transactions: what is written inside one is seen by nobody before it commits.
`advance` may be called
for every row; it writes at most four times a second.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from django.utils import timezone

from ithaca.jobs.models import JobProgress

PAUSE = 0.25


class Cancelled(RuntimeError):
    """Somebody asked to stop this job."""


class Failed(RuntimeError):
    """The job cannot succeed; the message is a sentence for people."""


@dataclass(frozen=True)
class Snapshot:
    """How far a job has come. `percent` is None while the total is not known."""

    key: str
    done: int
    total: int | None
    words: str
    finished: bool
    failure: str
    cancelled: bool

    @property
    def percent(self) -> int | None:
        if self.finished and not self.failure:
            return 100
        return min(100, self.done * 100 // self.total) if self.total else None


class Report:
    """What a running job holds to tell about itself."""

    def __init__(self, key: str) -> None:
        self.key = key
        self._told_at = 0.0

    def advance(self, done: int, words: str | None = None, total: int | None = None) -> None:
        """So much is done. Raises Cancelled if somebody asked to stop."""
        now = time.monotonic()
        if words is None and total is None and now - self._told_at < PAUSE:
            return
        self._told_at = now
        changes = {"done": done, "updated_at": timezone.now()}
        changes |= {"words": words} if words is not None else {}
        changes |= {"total": total} if total is not None else {}
        row = JobProgress.objects.filter(key=self.key)
        row.update(**changes)
        if row.filter(cancel_asked_at__isnull=False).exists():
            raise Cancelled(self.key)


@contextmanager
def report(key: str, *, total: int | None = None, words: str = "") -> Iterator[Report]:
    """Begin anew (also after an earlier try) and tell how it ended.

    Cancelled and Failed end here, told to the page; any other exception is told as an unexpected end and raised on.
    """
    begun = {
        "done": 0,
        "total": total,
        "words": words,
        "finished_at": None,
        "failure": "",
        "updated_at": timezone.now(),
    }
    JobProgress.objects.update_or_create(key=key, defaults=begun)
    try:
        yield Report(key)
    except Cancelled:
        _end(key, failure="Stopped as asked.")
    except Failed as error:
        _end(key, failure=str(error))
    except Exception:
        _end(key, failure="Something unexpected ended this. It is in the log, with the time, for whoever runs Ithaca.")
        raise
    else:
        _end(key)


def start(key: str, *, total: int | None = None, words: str = "") -> None:
    """The job waits: call it when enqueueing, so that the page has something to show at once, and an earlier
    wish to stop is
    forgotten."""
    fresh = {"done": 0, "total": total, "words": words, "finished_at": None, "failure": "", "cancel_asked_at": None}
    JobProgress.objects.update_or_create(key=key, defaults={**fresh, "updated_at": timezone.now()})


def cancel(key: str) -> None:
    """Ask a job to stop at its next step."""
    JobProgress.objects.filter(key=key, finished_at__isnull=True).update(cancel_asked_at=timezone.now())


def of(key: str) -> Snapshot | None:
    """How far it has come, or None if nothing is known of it."""
    row = JobProgress.objects.filter(key=key).first()
    if row is None:
        return None
    cancelled = row.cancel_asked_at is not None
    return Snapshot(row.key, row.done, row.total, row.words, row.finished_at is not None, row.failure, cancelled)


def _end(key: str, *, failure: str = "") -> None:
    now = timezone.now()
    JobProgress.objects.filter(key=key).update(finished_at=now, updated_at=now, failure=failure)
