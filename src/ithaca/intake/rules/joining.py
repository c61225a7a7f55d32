"""One person who stands in a row as mentor and in another as mentee: what both rows say together, and where they differ."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from ithaca.intake.rules.changes import ADDED_TO, SETS
from ithaca.people import rules as people_rules
from ithaca.rosters import fields
from ithaca.rosters.people import CleanRow

OF_A_ROLE = frozenset({"email", "capacity", "prefers", "avoids"})
"""What a row says about its own role; all else is about the person."""
SAYS_LITTLE = frozenset({"time_zone", "meeting_form", "seniority", "style"})
"""Kept as a code or a number, which is no answer to show."""
QUOTED = 40


@dataclass
class Joined:
    """What the rows say of the person, and remarks for the coordinator."""

    person: dict[str, Any] = field(default_factory=dict)
    remarks: list[str] = field(default_factory=list)


def of(rows: Sequence[CleanRow]) -> Joined:
    """Lists are united; of two answers that differ the lower row's counts, and that is told."""
    numbers = [str(row.row) for row in rows]
    joined = Joined()
    joined.remarks.append(
        f"rows {', '.join(numbers[:-1])} and {numbers[-1]} are one person: what they say is put together"
    )
    for row in rows:
        for key, value in row.person.items():
            if key not in OF_A_ROLE:
                joined.person[key] = _united(key, joined.person.get(key), value)
    for upper, lower in itertools.pairwise(rows):
        joined.remarks += _differences(upper, lower)
    return joined


def _united(key: str, before: Any, value: Any) -> Any:
    if before is None:
        return value
    if key == "availability":
        return sorted({*before, *value})
    if key in SETS:
        return list(dict.fromkeys([*before, *value]))
    return {**before, **value} if key in ADDED_TO else value


def _differences(upper: CleanRow, lower: CleanRow) -> Iterator[str]:
    in_both = [key for key in upper.person if key in lower.person and key not in OF_A_ROLE | SETS | {"availability"}]
    for key in in_both:
        one, other = upper.person[key], lower.person[key]
        label = "Name" if key == "name" else fields.BY_KEY[key].label
        by_question = key in ADDED_TO
        asked = sorted(one.keys() & other.keys()) if by_question else [label]
        for question in asked:
            mine, theirs = (one[question], other[question]) if by_question else (one, other)
            if mine != theirs:
                told = f": {_shown(key, mine)} and {_shown(key, theirs)}" if key not in SAYS_LITTLE else ""
                yield f"“{question}” differs in rows {upper.row} and {lower.row}{told}; row {lower.row} counts"


def _shown(key: str, value: Any) -> str:
    words = people_rules.country_name(value) if key == "country" else str(value)
    return f"“{words if len(words) <= QUOTED else words[: QUOTED - 1] + '…'}”"
