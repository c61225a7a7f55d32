"""Putting jobs into the engine room. `task.enqueue(…)` of `django-tasks` does the plain case; here are the extras.

A job exists when its transaction has committed, not before. It may run more than once (a worker can die after
the work and
before its end is written), so a job does nothing twice that must be done once.
"""

from __future__ import annotations

from datetime import timedelta
from typing import Any, cast

from django.utils import timezone
from django_tasks.base import Task, TaskResult, task

from ithaca.jobs import schedules
from ithaca.jobs.models import JobProgress, Result, Worker
from ithaca.jobs.seam import Backend

RESULTS_KEPT = timedelta(days=14)


def enqueue(
    job: Task[..., Any], *args: Any, unique: str | None = None, delay: timedelta | None = None, **kwargs: Any
) -> TaskResult[Any]:
    """Enqueue `job(*args, **kwargs)`; arguments are JSON.

    `unique`: while a job with this key waits for its first start, there is only that one. `delay`: not before so long.
    """
    if delay is not None:
        job = job.using(run_after=timezone.now() + delay)
    return _backend(job).put(job, args, kwargs, unique)


def enqueue_after_commit(job: Task[..., Any], *args: Any, unique: str | None = None) -> None:
    """Wake a job whose work is written down elsewhere (the outbox), as soon as the transaction has committed.

    Many transactions may hold the same key at a time without waiting for each other. If the process dies between
    the commit
    and the enqueueing, there is no job: only for work that a schedule would find as well.
    """
    _backend(job).put_after_commit(job, args, unique)


@schedules.every("40 3 * * *")
@task
def forget_old() -> int:
    """Remove results, progress and signs of life that nobody asks for any more. Returns how many rows went."""
    before = timezone.now() - RESULTS_KEPT
    gone = Result.objects.filter(finished_at__lt=before).delete()[0]
    gone += JobProgress.objects.filter(updated_at__lt=before).delete()[0]
    return gone + Worker.objects.filter(seen_at__lt=before).delete()[0]


def _backend(job: Task[..., Any]) -> Backend:
    return cast(Backend, job.get_backend())
