"""How a task is tried again when it raises. Without a word: three times, after about 5, 15 and 45 seconds.

    @retries.policy(times=8, wait=60)
    @task
    def fetch(organisation_id: int, code: str) -> None: ...

A job that raises `GiveUp` is not tried again: nothing would change.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django_tasks.base import Task

from ithaca.jobs.rules import Policy

_policies: dict[str, Policy] = {}
_USUAL = Policy()


class GiveUp(RuntimeError):
    """Trying again would not help; the message says why, for people."""


def policy(*, times: int, wait: float = 5.0, longest: float = 3600.0) -> Callable[[Task[..., Any]], Task[..., Any]]:
    """Decorate a task with its own policy (see `rules.Policy`)."""

    def register(decorated: Task[..., Any]) -> Task[..., Any]:
        _policies[decorated.module_path] = Policy(times, wait, longest)
        return decorated

    return register


def policy_of(path: str) -> Policy:
    """The policy of the task with this dotted path."""
    return _policies.get(path, _USUAL)
