"""Jobs on PostgreSQL: Procrastinate, an existing engine, behind the same seam.

A job is deferred through Django's connection, in the caller's transaction. One task of Procrastinate carries all
of ours: it
gets the dotted path and the arguments. The keeper beside each worker returns the jobs of workers that gave no
sign of life.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import os
import random
import signal
from typing import Any

from django.db import DEFAULT_DB_ALIAS, connection, connections, transaction
from django.utils import timezone
from django_tasks.base import Task, TaskResult, TaskResultStatus
from procrastinate.contrib.django import app
from procrastinate.contrib.django.db_cleanup import DjangoApp
from procrastinate.contrib.django.django_connector import DjangoConnector
from procrastinate.exceptions import AlreadyEnqueued
from procrastinate.job_context import JobContext
from procrastinate.jobs import Job
from procrastinate.retry import BaseRetryStrategy, RetryDecision

from ithaca.jobs import keeper, retries, rules, running
from ithaca.jobs.models import Result
from ithaca.jobs.seam import Backend

CARRIER = "ithaca.jobs.run"
"""The one task of Procrastinate."""


class ProcrastinateBackend(Backend):
    """Defers into Procrastinate's tables."""

    def put(
        self, task: Task[..., Any], args: Any, kwargs: dict[str, Any], unique: str | None = None
    ) -> TaskResult[Any]:
        while True:
            try:
                with transaction.atomic():
                    return self._defer(task, args, kwargs, unique)
            except AlreadyEnqueued:
                waiting = self._holding(unique)
                if waiting is not None:
                    return waiting

    def _defer(self, task: Task[..., Any], args: Any, kwargs: dict[str, Any], unique: str | None) -> TaskResult[Any]:
        deferrer = app.configure_task(
            CARRIER,
            queue=task.queue_name,
            priority=task.priority,
            schedule_at=task.run_after,
            queueing_lock=unique,
        )
        number = deferrer.defer(task=task.module_path, args=list(args), kwargs=kwargs)
        return self.result(str(number), task.module_path, args, kwargs, status=TaskResultStatus.READY)

    def _holding(self, unique: str | None) -> TaskResult[Any] | None:
        """The waiting job with this key, held until our transaction ends: whoever starts it sees what we write."""
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT id FROM procrastinate_jobs WHERE queueing_lock = %s AND status = 'todo' FOR UPDATE", [unique]
            )
            found = cursor.fetchone()
        return self._unfinished(str(found[0])) if found else None

    def _unfinished(self, result_id: str) -> TaskResult[Any] | None:
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT args->>'task', args->'args', args->'kwargs', status FROM procrastinate_jobs WHERE id = %s",
                [int(result_id) if result_id.isdecimal() else 0],
            )
            found = cursor.fetchone()
        if found is None:
            return None
        path, args, kwargs, status = found
        told = TaskResultStatus.RUNNING if status == "doing" else TaskResultStatus.READY
        return self.result(result_id, path, _plain(args), _plain(kwargs), status=told)


class Strategy(BaseRetryStrategy):
    """Our tasks' own policies, for the one carrier."""

    def get_retry_decision(self, *, exception: BaseException, job: Job) -> RetryDecision | None:
        """Try again as the task's policy says."""
        policy = retries.policy_of(str(job.task_kwargs["task"]))
        if isinstance(exception, retries.GiveUp) or not rules.may_try_again(policy, job.attempts + 1):
            return None
        wait = rules.wait_before_next(policy, job.attempts + 1, random.random())
        return RetryDecision(retry_at=timezone.now() + wait)


def run(context: JobContext, *, task: str, args: list[Any], kwargs: dict[str, Any]) -> None:
    """Carry one of our jobs: run it and keep its result where the end of it is decided."""
    job = context.job
    with connection.cursor() as cursor:
        # Started: its key is free for the next one, and a second try cannot clash with that.
        cursor.execute("UPDATE procrastinate_jobs SET queueing_lock = NULL WHERE id = %s", [job.id])
    result = _backend().result(
        str(job.id), task, args, kwargs, status=TaskResultStatus.RUNNING, started_at=timezone.now()
    )
    result.worker_ids.append(str(job.worker_id))
    try:
        value = running.call(task, args, kwargs, result)
    except Exception as error:
        if Strategy().get_retry_decision(exception=error, job=job) is None:
            _keep(result, failed=True, errors=[running.told(error)])
        raise
    _keep(result, failed=False, return_value=value)


def return_lost(lease: float) -> None:
    """Give jobs of workers without a sign of life for `lease` seconds back to the queue; end those that keep
    killing them.

    Rows are locked and their state is read again under the lock, so two keepers never return the same job twice.
    """
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            """
            SELECT job.id, job.args->>'task', job.args->'args', job.args->'kwargs', job.attempts
            FROM procrastinate_jobs job LEFT JOIN procrastinate_workers worker ON worker.id = job.worker_id
            WHERE job.status = 'doing' AND job.task_name = %s
              AND (job.worker_id IS NULL OR worker.last_heartbeat < now() - make_interval(secs => %s))
            FOR UPDATE OF job SKIP LOCKED
            """,
            [CARRIER, lease],
        )
        for number, path, args, kwargs, attempts in cursor.fetchall():
            if rules.is_lost_too_often(retries.policy_of(path), attempts + 2):
                cursor.execute("SELECT procrastinate_finish_job_v1(%s, 'failed', true)", [number])
                result = _backend().result(
                    str(number), path, _plain(args), _plain(kwargs), status=TaskResultStatus.FAILED
                )
                _keep(result, failed=True, errors=[running.told_of_the_lost(attempts + 1)])
                continue
            cursor.execute("UPDATE procrastinate_jobs SET queueing_lock = NULL WHERE id = %s", [number])
            cursor.execute("SELECT procrastinate_retry_job_v2(%s, now(), NULL, NULL, NULL)", [number])


class Crew:
    """One worker of Procrastinate with `threads` jobs at a time, and its keeper. `run` returns after a signal."""

    def __init__(self, threads: int, lease: float) -> None:
        self._threads, self._lease, self._beat = threads, lease, min(1.0, lease / 8)
        self._keeper = keeper.Keeper(
            keeper.new_name(), lease=lease, beat=self._beat, care=lambda: return_lost(self._lease)
        )

    def run(self, patience: float) -> None:
        """Work until SIGTERM or SIGINT. Running jobs have `patience` seconds to end; then another worker takes
        them over."""
        connections.settings[DEFAULT_DB_ALIAS]["CONN_MAX_AGE"] = 600  # Threads of a worker keep their connections.
        worker_app = DjangoApp(connector=DjangoConnector().get_worker_connector())
        worker_app.task(name=CARRIER, pass_context=True, retry=Strategy())(run)
        self._keeper.start()
        try:
            asyncio.run(self._work(worker_app, patience))
        finally:
            self._keeper.stop()

    async def _work(self, worker_app: DjangoApp, patience: float) -> None:
        loop = asyncio.get_running_loop()
        async with worker_app.open_async():
            working = asyncio.ensure_future(
                worker_app.run_worker_async(
                    concurrency=self._threads,
                    name=self._keeper.worker,
                    delete_jobs="always",
                    fetch_job_polling_interval=self._beat,
                    update_heartbeat_interval=self._lease / 4,
                    stalled_worker_timeout=self._lease,
                    install_signal_handlers=False,
                )
            )

            def stop() -> None:
                working.cancel()
                # A job in a thread cannot be interrupted; leaving is how it is given to another worker.
                loop.call_later(patience, os._exit, 0)

            for number in (signal.SIGTERM, signal.SIGINT):
                loop.add_signal_handler(number, stop)
            with contextlib.suppress(asyncio.CancelledError):
                await working


def _backend() -> ProcrastinateBackend:
    return ProcrastinateBackend("default", {"QUEUES": []})


def _keep(result: TaskResult[Any], **end: Any) -> None:
    Result.objects.update_or_create(
        code=result.id,
        defaults={
            "task": result.task.module_path,
            "args": result.args,
            "kwargs": result.kwargs,
            "started_at": result.started_at,
            "finished_at": timezone.now(),
            "worker_ids": result.worker_ids,
            **end,
        },
    )


def _plain(value: Any) -> Any:
    """JSON as a bare cursor gives it: text on some versions of the driver's settings, a value on others."""
    return json.loads(value) if isinstance(value, str) else value
