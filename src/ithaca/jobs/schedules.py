"""Recurring jobs: `@schedules.every("0 * * * *")` or `@schedules.every(timedelta(minutes=5))` on a task without
arguments.

Any number of workers look; the one that moves the schedule's next time on, in one compare-and-set, enqueues the
job in the same
transaction. What was missed while nothing ran is made up for once, not once per missed time.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any, cast

from django.db import transaction
from django.utils import timezone
from django_tasks.base import Task

from ithaca.jobs import rules
from ithaca.jobs.models import Schedule
from ithaca.jobs.seam import Backend

_known: dict[str, tuple[Task[..., Any], rules.Rhythm]] = {}


def every(rhythm: rules.Rhythm) -> Callable[[Task[..., Any]], Task[..., Any]]:
    """Run the decorated task in this rhythm (cron lines are in UTC)."""
    rules.next_time(rhythm, timezone.now())

    def register(decorated: Task[..., Any]) -> Task[..., Any]:
        _known[decorated.module_path] = (decorated, rhythm)
        return decorated

    return register


def known() -> dict[str, rules.Rhythm]:
    """Dotted path of every recurring task and its rhythm."""
    return {path: rhythm for path, (_, rhythm) in sorted(_known.items())}


def fire_due(now: datetime | None = None) -> list[str]:
    """Enqueue what is due. Returns the paths of the tasks that this call enqueued."""
    now = now or timezone.now()
    due = dict(Schedule.objects.values_list("key", "due_at"))
    for path in _known.keys() - due.keys():
        Schedule.objects.get_or_create(key=path, defaults={"due_at": rules.next_time(_known[path][1], now)})
    return [path for path, at in due.items() if path in _known and at <= now and _fire(path, at, now)]


@transaction.atomic
def _fire(path: str, seen: datetime, now: datetime) -> bool:
    task, rhythm = _known[path]
    moved = Schedule.objects.filter(key=path, due_at=seen).update(due_at=rules.next_time(rhythm, now))
    if moved:
        cast(Backend, task.get_backend()).put(task, (), {}, f"schedule:{path}")
    return bool(moved)
