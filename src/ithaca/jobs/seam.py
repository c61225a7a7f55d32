"""The seam between the house and what runs its jobs: the API of `django-tasks`, and the two things it lacks (a
unique key, and
"once this has committed"). Backends implement `put`."""

from __future__ import annotations

from abc import abstractmethod
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.module_loading import import_string
from django_tasks.backends.base import BaseTaskBackend
from django_tasks.base import Task, TaskError, TaskResult, TaskResultStatus
from django_tasks.exceptions import TaskResultDoesNotExist

from ithaca.jobs.models import Result


@dataclass(frozen=True)
class _Later:
    """A job to be enqueued after the commit; equal ones in one transaction are one."""

    backend: Any
    task: Any
    args: tuple[Any, ...]
    unique: str | None

    def __call__(self) -> None:
        self.backend.put(self.task, self.args, {}, self.unique)


class Backend(BaseTaskBackend):
    """What both backends share. A job is written in the caller's transaction, through Django's connection."""

    supports_defer = True
    supports_priority = True
    supports_get_result = True

    @abstractmethod
    def put(
        self, task: Task[..., Any], args: Any, kwargs: dict[str, Any], unique: str | None = None
    ) -> TaskResult[Any]:
        """Enqueue. If a job with the same `unique` key still waits for its first start, that one is returned
        instead."""

    def put_after_commit(self, task: Task[..., Any], args: Any, unique: str | None = None) -> None:
        """Enqueue once the caller's transaction has committed, without holding the unique key during the
        transaction."""
        later = _Later(self, task, tuple(args), unique)
        if all(known != later for _, known, *_ in transaction.get_connection().run_on_commit):
            transaction.on_commit(later)

    def enqueue(self, task: Task[..., Any], args: Any, kwargs: Any) -> TaskResult[Any]:
        self.validate_task(task)
        return self.put(task, args, kwargs)

    def get_result(self, result_id: str) -> TaskResult[Any]:
        # In this order: a job that ends between the two looks is found by the second.
        unfinished = self._unfinished(result_id)
        if unfinished is not None:
            return unfinished
        finished = Result.objects.filter(code=result_id).first()
        if finished is None:
            raise TaskResultDoesNotExist(result_id)
        return self._finished(finished)

    @abstractmethod
    def _unfinished(self, result_id: str) -> TaskResult[Any] | None:
        """A job that waits or runs."""

    def _finished(self, row: Result) -> TaskResult[Any]:
        status = TaskResultStatus.FAILED if row.failed else TaskResultStatus.SUCCESSFUL
        result = self.result(row.code, row.task, row.args, row.kwargs, status=status, started_at=row.started_at)
        object.__setattr__(result, "enqueued_at", row.enqueued_at)
        object.__setattr__(result, "finished_at", row.finished_at)
        object.__setattr__(result, "_return_value", row.return_value)
        result.errors.extend(TaskError(**error) for error in row.errors)
        result.worker_ids.extend(row.worker_ids)
        return result

    def result(
        self,
        code: str,
        path: str,
        args: Any,
        kwargs: dict[str, Any],
        *,
        status: TaskResultStatus,
        started_at: datetime | None = None,
    ) -> TaskResult[Any]:
        """A job in the words of `django-tasks`."""
        return TaskResult(
            task=import_string(path),
            id=code,
            status=status,
            enqueued_at=None,
            started_at=started_at,
            finished_at=None,
            last_attempted_at=started_at,
            args=list(args),
            kwargs=dict(kwargs),
            backend=self.alias,
            errors=[],
            worker_ids=[],
        )
