"""Jobs in the application's own database, for SQLite: no broker, no second process.

Taking a job is one short transaction that writes a lease; a keeper renews the leases of the living; what is left
by the dead is
taken again when its lease runs out. Only who still holds the lease may write the end.
"""

from __future__ import annotations

import logging
import random
import threading
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django_tasks.base import Task, TaskResult, TaskResultStatus

from ithaca.jobs import retries, rules, running
from ithaca.jobs.models import Job, Result
from ithaca.jobs.seam import Backend

log = logging.getLogger("ithaca.jobs")
wake = threading.Event()
"""Set when a job was enqueued in this process, so that the threads beside the web server need not wait for their
next look."""


class EmbeddedBackend(Backend):
    """Enqueues into the table of jobs."""

    def put(
        self, task: Task[..., Any], args: Any, kwargs: dict[str, Any], unique: str | None = None
    ) -> TaskResult[Any]:
        with transaction.atomic():
            waiting = Job.objects.filter(unique_key=unique).first() if unique else None
            job = waiting or Job.objects.create(
                task=task.module_path,
                queue=task.queue_name,
                priority=task.priority,
                args=list(args),
                kwargs=kwargs,
                run_after=task.run_after or timezone.now(),
                unique_key=unique,
            )
            transaction.on_commit(wake.set)
        return self.of(job)

    def _unfinished(self, result_id: str) -> TaskResult[Any] | None:
        job = Job.objects.filter(code=result_id).first()
        return self.of(job) if job else None

    def of(self, job: Job) -> TaskResult[Any]:
        """A job in the words of `django-tasks`."""
        status = TaskResultStatus.RUNNING if job.lease_until else TaskResultStatus.READY
        result = self.result(job.code, job.task, job.args, job.kwargs, status=status, started_at=job.started_at)
        object.__setattr__(result, "enqueued_at", job.enqueued_at)
        result.worker_ids.extend(job.worker_ids)
        return result


class Hold:
    """A process's hold on the jobs that it runs, by its name and a lease: only while it holds a job may it write its end."""

    def __init__(self, worker: str, lease: timedelta) -> None:
        self.worker, self.lease = worker, lease
        self._running: set[int] = set()

    def take(self) -> Job | None:
        """Take the next job whose time has come, or None. A job that keeps killing its workers is ended instead."""
        if not self._free().exists():
            return None
        with transaction.atomic():
            job: Job | None = self._free().order_by("-priority", "run_after", "pk").first()
            if job is None:
                return None
            job.attempt += 1
            if rules.is_lost_too_often(retries.policy_of(job.task), job.attempt):
                _end(job, failed=True, errors=[running.told_of_the_lost(job.attempt - 1)])
                return None
            job.worker, job.lease_until = self.worker, timezone.now() + self.lease
            job.started_at, job.unique_key = job.started_at or timezone.now(), None
            job.worker_ids = [*job.worker_ids, self.worker]
            job.save()
            self._running.add(job.pk)
        return job

    def renew(self) -> None:
        """Hold on to everything this process still works on."""
        if running_here := list(self._running):
            mine = Job.objects.filter(pk__in=running_here, worker=self.worker)
            mine.update(lease_until=timezone.now() + self.lease)

    def run(self, job: Job) -> None:
        """Run a taken job and write its end, if it is still ours."""
        try:
            self._run(job)
        finally:
            self._running.discard(job.pk)

    def _run(self, job: Job) -> None:
        backend = EmbeddedBackend("default", {"QUEUES": []})
        try:
            value = running.call(job.task, job.args, job.kwargs, backend.of(job))
        except Exception as error:
            self._failed(job, error)
        else:
            with transaction.atomic():
                if self._mine(job).exists():
                    _end(job, failed=False, return_value=value, errors=job.errors)

    def _failed(self, job: Job, error: Exception) -> None:
        policy = retries.policy_of(job.task)
        errors = [*job.errors, running.told(error)]
        log.warning("Job %s of %s failed in its run %d.", job.code, job.task, job.attempt, exc_info=error)
        again = not isinstance(error, retries.GiveUp) and rules.may_try_again(policy, job.attempt)
        with transaction.atomic():
            if again:
                wait = rules.wait_before_next(policy, job.attempt, random.random())
                self._mine(job).update(lease_until=None, worker="", errors=errors, run_after=timezone.now() + wait)
            elif self._mine(job).exists():
                _end(job, failed=True, errors=errors)

    def _free(self) -> Any:
        """Jobs whose time has come and that nobody holds; what runs here is not free even if its lease could not be renewed."""
        now = timezone.now()
        due = Job.objects.filter(run_after__lte=now).exclude(pk__in=list(self._running))
        return due.filter(Q(lease_until__isnull=True) | Q(lease_until__lt=now))

    def _mine(self, job: Job) -> Any:
        return Job.objects.filter(pk=job.pk, worker=self.worker, attempt=job.attempt)


def _end(job: Job, *, failed: bool, errors: list[dict[str, str]], return_value: Any = None) -> None:
    Job.objects.filter(pk=job.pk).delete()
    Result.objects.create(
        code=job.code,
        task=job.task,
        args=job.args,
        kwargs=job.kwargs,
        enqueued_at=job.enqueued_at,
        started_at=job.started_at,
        failed=failed,
        return_value=return_value,
        errors=errors,
        worker_ids=job.worker_ids,
    )
