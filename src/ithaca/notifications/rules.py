"""Pure decisions about delivery: what an answer of a mail server means, and when to try again."""

from __future__ import annotations

from datetime import timedelta

FIRST_WAIT = timedelta(minutes=1)
LONGEST_WAIT = timedelta(hours=2)
GIVE_UP_AFTER = timedelta(days=3)


def wait_before_next(attempt: int, chance: float) -> timedelta:
    """How long to wait after the `attempt`-th try (from 1). Doubles up to two hours; `chance` (0…1) spreads it
    by ± 25 %."""
    wait: timedelta = min(FIRST_WAIT * 2 ** min(attempt - 1, 20), LONGEST_WAIT)
    return wait * (0.75 + chance / 2)


def is_given_up(age: timedelta) -> bool:
    """Whether a letter that could not be delivered for so long is returned as refused."""
    return age >= GIVE_UP_AFTER
