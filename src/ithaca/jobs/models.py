"""Tables of the engine room. They belong to no organisation: a job names its organisation in its arguments.

On SQLite a waiting or running job is a `Job`; on PostgreSQL it is a row of Procrastinate. What became of a job is a
`Result`; the schedules, the living workers and the progress of long jobs are kept here on both.
"""

from __future__ import annotations

from django.db import models
from django.utils import timezone

from ithaca.kernel import codes


class Job(models.Model):
    """A job that is not finished. It runs while a worker's lease holds, and waits for its time otherwise."""

    code = codes.CodeField()
    task = models.CharField(max_length=200, help_text="Dotted path of the function.")
    queue = models.CharField(max_length=60)
    priority = models.SmallIntegerField(default=0)
    args = models.JSONField(default=list)
    kwargs = models.JSONField(default=dict)
    enqueued_at = models.DateTimeField(default=timezone.now)
    run_after = models.DateTimeField(default=timezone.now)
    unique_key = models.CharField(max_length=200, null=True, unique=True, help_text="Kept until the first start.")  # noqa: DJ001
    attempt = models.PositiveSmallIntegerField(default=0)
    started_at = models.DateTimeField(null=True)
    worker = models.CharField(max_length=80, blank=True)
    lease_until = models.DateTimeField(null=True)
    errors = models.JSONField(default=list)
    worker_ids = models.JSONField(default=list)

    class Meta:
        indexes = [models.Index(fields=["-priority", "run_after"], name="job_order")]

    def __str__(self) -> str:
        return f"{self.task} ({self.code})"


class Result(models.Model):
    """What became of a finished job; kept for some days."""

    code = models.CharField(max_length=40, unique=True)
    task = models.CharField(max_length=200)
    args = models.JSONField(default=list)
    kwargs = models.JSONField(default=dict)
    enqueued_at = models.DateTimeField(null=True)
    started_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(default=timezone.now, db_index=True)
    failed = models.BooleanField(default=False)
    return_value = models.JSONField(null=True)
    errors = models.JSONField(default=list)
    worker_ids = models.JSONField(default=list)

    def __str__(self) -> str:
        return f"{self.task} ({self.code})"


class Schedule(models.Model):
    """When a recurring job is due next. Whoever moves `due_at` on (compare and set) enqueues the job, so it
    fires once."""

    key = models.CharField(max_length=200, unique=True)
    due_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.key} at {self.due_at:%Y-%m-%d %H:%M}"


class Worker(models.Model):
    """A process that works on jobs, and when it last gave a sign of life."""

    name = models.CharField(max_length=80, unique=True)
    started_at = models.DateTimeField(default=timezone.now)
    seen_at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return self.name


class JobProgress(models.Model):
    """How far a long job has come, for the page that waits for it."""

    key = models.CharField(max_length=120, unique=True)
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(null=True)
    words = models.CharField(max_length=300, blank=True)
    started_at = models.DateTimeField(default=timezone.now)
    updated_at = models.DateTimeField(default=timezone.now)
    finished_at = models.DateTimeField(null=True)
    failure = models.CharField(max_length=600, blank=True, help_text="Why it did not succeed, for people.")
    cancel_asked_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"{self.key}: {self.done} of {self.total}"
