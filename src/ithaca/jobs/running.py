"""Running one job: find its function, call it, and turn what came of it into plain values."""

from __future__ import annotations

import contextvars
import importlib
from typing import Any

from django.apps import apps
from django.utils.module_loading import import_string
from django_tasks.base import Task, TaskContext, TaskResult
from django_tasks.utils import get_exception_traceback, get_module_path, normalize_json


def load_tasks() -> None:
    """Import every slice's actions, so that all tasks and their schedules are known to a worker."""
    for config in apps.get_app_configs():
        if config.name.startswith("ithaca."):
            try:
                importlib.import_module(f"{config.name}.actions")
            except ModuleNotFoundError as error:
                if error.name != f"{config.name}.actions":
                    raise


def call(path: str, args: list[Any], kwargs: dict[str, Any], result: TaskResult[Any]) -> Any:
    """Run the task with this dotted path and return its value as JSON. Raises what the task raises.

    Each job has a context of its own: no organisation in scope and no language but those it chooses, and it leaves none behind.
    """
    task: Task[..., Any] = import_string(path)
    given = [TaskContext(task_result=result), *args] if task.takes_context else args
    return normalize_json(contextvars.Context().run(task.call, *given, **kwargs))


def told(error: BaseException) -> dict[str, str]:
    """An exception as it is kept with the result."""
    return {"exception_class_path": get_module_path(type(error)), "traceback": get_exception_traceback(error)[-8000:]}


def told_of_the_lost(workers: int) -> dict[str, str]:
    """What is kept with a job that is not started again because its workers kept dying."""
    return {
        "exception_class_path": "builtins.RuntimeError",
        "traceback": f"{workers} workers ended while they worked on this job.",
    }
