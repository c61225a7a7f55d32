"""For tests: a job runs at once, in the caller's transaction, and raises what it raises."""

from __future__ import annotations

from typing import Any

from django_tasks.base import Task, TaskResult, TaskResultStatus
from django_tasks.utils import get_random_id

from ithaca.jobs import running
from ithaca.jobs.seam import Backend


class ImmediateBackend(Backend):
    """Runs the job where it is enqueued; neither delay nor unique key have a meaning here."""

    def __init__(self, alias: str, params: dict[str, Any]) -> None:
        super().__init__(alias, params)
        self._kept: dict[str, TaskResult[Any]] = {}

    def put(
        self, task: Task[..., Any], args: Any, kwargs: dict[str, Any], unique: str | None = None
    ) -> TaskResult[Any]:
        result = self.result(get_random_id(), task.module_path, args, kwargs, status=TaskResultStatus.RUNNING)
        value = running.call(task.module_path, result.args, result.kwargs, result)
        object.__setattr__(result, "status", TaskResultStatus.SUCCESSFUL)
        object.__setattr__(result, "_return_value", value)
        self._kept[result.id] = result
        return result

    def put_after_commit(self, task: Task[..., Any], args: Any, unique: str | None = None) -> None:
        self.put(task, args, {}, unique)

    def _unfinished(self, result_id: str) -> TaskResult[Any] | None:
        return self._kept.get(result_id)
