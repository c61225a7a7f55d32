"""Reads of the engine room, for the host's pages."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import cast

from django.conf import settings
from django.db import connection
from django.db.models import Max, Min
from django.utils import timezone

from ithaca.jobs.models import Job, Result, Worker


def last_sign_of_life() -> datetime | None:
    """When a worker was last seen, or None if none is known."""
    return cast("datetime | None", Worker.objects.aggregate(last=Max("seen_at"))["last"])


def living_workers() -> int:
    """Worker processes that gave a sign of life within two leases."""
    return Worker.objects.filter(seen_at__gte=timezone.now() - timedelta(seconds=2 * settings.JOB_LEASE)).count()


def overdue() -> tuple[int, datetime | None]:
    """How many jobs could have started and have not, and since when the oldest of them waits."""
    now = timezone.now()
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(
                """
                SELECT count(*), min(coalesce(job.scheduled_at, event.at))
                FROM procrastinate_jobs job
                LEFT JOIN procrastinate_events event ON event.job_id = job.id AND event.type = 'deferred'
                WHERE job.status = 'todo' AND (job.scheduled_at IS NULL OR job.scheduled_at <= now())
                """
            )
            return cast("tuple[int, datetime | None]", cursor.fetchone())
    waiting = Job.objects.filter(run_after__lte=now, lease_until__isnull=True)
    return waiting.count(), waiting.aggregate(oldest=Min("run_after"))["oldest"]


def finished_since(before: timedelta) -> tuple[int, int]:
    """Jobs that ended within `before` from now: how many succeeded, how many failed."""
    recent = Result.objects.filter(finished_at__gte=timezone.now() - before)
    return recent.filter(failed=False).count(), recent.filter(failed=True).count()
