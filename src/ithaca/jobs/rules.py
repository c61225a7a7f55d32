"""Pure decisions about jobs: when to try again, when to give up, when a schedule is due next."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from croniter import croniter

Rhythm = str | timedelta
"""A cron line of five fields (in UTC) or a plain interval."""

LOST_LIMIT = 5
"""How many workers may die with one job before it is taken to be the cause of their deaths."""


@dataclass(frozen=True)
class Policy:
    """How often a job that raised is tried again, and how long it waits: `wait` seconds, tripled each time, up
    to `longest`."""

    times: int = 3
    wait: float = 5.0
    longest: float = 3600.0


def may_try_again(policy: Policy, attempt: int) -> bool:
    """Whether a job that raised in its `attempt`-th run (from 1) is run once more."""
    return attempt <= policy.times


def is_lost_too_often(policy: Policy, attempt: int) -> bool:
    """Whether a job whose workers keep dying is not started for the `attempt`-th time."""
    return attempt > policy.times + 1 + LOST_LIMIT


def wait_before_next(policy: Policy, attempt: int, chance: float) -> timedelta:
    """How long to wait after the `attempt`-th run; `chance` (0…1) spreads jobs that failed together by ± 25 %."""
    wait = min(policy.wait * 3.0 ** (min(attempt, 30) - 1), policy.longest)
    return timedelta(seconds=wait * (0.75 + chance / 2))


def next_time(rhythm: Rhythm, after: datetime) -> datetime:
    """The first instant of a rhythm after `after`. Raises ValueError for a cron line that cannot be read."""
    if isinstance(rhythm, timedelta):
        return after + rhythm
    found: datetime = croniter(rhythm, after).get_next(datetime)
    return found
