"""Figures by group, with groups so small that they would speak of single people left out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

SMALLEST = 5
"""People in the smallest group that is shown."""
OTHERS = "All others"


@dataclass(frozen=True)
class Group:
    """Mentees who share an answer: how many, with a mentor, and the average points of their pairs (None without pairs)."""

    label: str
    people: int
    served: int
    average: float | None

    @property
    def percent(self) -> int:
        """The average in per cent; 0 without pairs."""
        return round((self.average or 0) / 100)


def of(labels: Mapping[str, str], scores: Mapping[str, int], smallest: int = SMALLEST) -> list[Group]:
    """Groups of people by label ("" is not told), the largest first; small ones together as "All others".

    `scores`: points of each served person. If "All others" is small too, the smallest shown group joins it, so that nobody can be
    worked out as the difference from the whole. Empty if less than two groups remain.
    """
    by_label: dict[str, list[str]] = {}
    for person, label in labels.items():
        by_label.setdefault(label or "Not told", []).append(person)
    large = sorted(
        (item for item in by_label.items() if len(item[1]) >= smallest), key=lambda item: (len(item[1]), item[0])
    )
    rest = [person for people in by_label.values() if len(people) < smallest for person in people]
    while rest and len(rest) < smallest and large:
        rest += large.pop(0)[1]
    groups = [_group(label, people, scores) for label, people in reversed(large)]
    if rest:
        groups.append(_group(OTHERS, rest, scores))
    return groups if len(groups) > 1 else []


def _group(label: str, people: Iterable[str], scores: Mapping[str, int]) -> Group:
    people = list(people)
    mine = [scores[person] for person in people if person in scores]
    return Group(label, len(people), len(mine), sum(mine) / len(mine) if mine else None)
