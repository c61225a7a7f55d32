"""Free hours of a local week as hours of the week in UTC."""

import datetime
from collections.abc import Iterable
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

WEEK = 168


def offset(zone: str, on: datetime.date) -> int:
    """Minutes east of Greenwich at noon of that day; an unknown zone counts as UTC."""
    try:
        offset = datetime.datetime.combine(on, datetime.time(12), ZoneInfo(zone)).utcoffset()
    except (ZoneInfoNotFoundError, ValueError):
        return 0
    return int(offset.total_seconds() // 60) if offset else 0


def in_utc(local_hours: Iterable[int], offset_minutes: int) -> tuple[int, ...]:
    """Hours of the week (0 is Monday 00:00) moved from a zone `offset_minutes` east of Greenwich to UTC, sorted.

    Where a zone is half an hour off, a local hour covers two halves: it counts as the one in which it begins, so that two people of
    one such zone still agree exactly.
    """
    return tuple(sorted({((hour * 60 - offset_minutes) // 60) % WEEK for hour in local_hours}))
