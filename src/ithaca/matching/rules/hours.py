"""Free hours of a local week as hours of the week in UTC."""

from __future__ import annotations

from collections.abc import Iterable

WEEK = 168


def in_utc(local_hours: Iterable[int], offset_minutes: int) -> tuple[int, ...]:
    """Hours of the week (0 is Monday 00:00) moved from a zone `offset_minutes` east of Greenwich to UTC, sorted.

    Where a zone is half an hour off, a local hour covers two halves: it counts as the one in which it begins, so that two people of
    one such zone still agree exactly.
    """
    return tuple(sorted({((hour * 60 - offset_minutes) // 60) % WEEK for hour in local_hours}))
