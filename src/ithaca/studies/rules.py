"""Figures by group, with everything left out that would speak of fewer than five people, shown or worked out as a difference."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

SMALLEST = 5
"""People in the smallest group, and in the smallest part of one, that is shown."""
OTHERS = "All others"


@dataclass(frozen=True)
class Group:
    """Mentees who share an answer. What is None is kept back, as it would speak of a few people."""

    label: str
    people: int
    served: int | None
    """How many have a mentor."""
    average: float | None
    """Points of their pairs, on average; None without pairs too."""
    waited: int | None = None
    """How many were left out in an earlier round."""
    rounds: float | None = None
    """In how many rounds these were left out, on average."""


def of(
    labels: Mapping[str, str], scores: Mapping[str, int], waited: Mapping[str, int], smallest: int = SMALLEST
) -> list[Group]:
    """Groups of people by label ("" is not told), the largest first; small ones together as "All others".

    `scores`: points of each served person; `waited`: rounds of each who was left out before. If "All others" is small too,
    the smallest shown group joins it, so that nobody can be worked out as the difference from the whole. Empty if less than
    two groups remain.
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
    groups = [_group(label, people, scores, waited) for label, people in reversed(large)]
    if rest:
        groups.append(_group(OTHERS, rest, scores, waited))
    return shown(groups, smallest) if len(groups) > 1 else []


def shown(groups: Sequence[Group], smallest: int = SMALLEST) -> list[Group]:
    """The groups without the figures of a few people; also for a sheet that was kept before these were left out."""
    served = _kept_back(groups, smallest, lambda group: (group.served, _other(group, group.served)))
    average = _kept_back(groups, smallest, lambda group: (group.served,))
    waited = _kept_back(groups, smallest, lambda group: (group.waited, _other(group, group.waited)))
    return [
        replace(
            group,
            served=None if at in served else group.served,
            average=None if at in average else group.average,
            waited=None if at in waited else group.waited,
            rounds=None if at in waited else group.rounds,
        )
        for at, group in enumerate(groups)
    ]


def _other(group: Group, part: int | None) -> int | None:
    return None if part is None else group.people - part


def _kept_back(groups: Sequence[Group], smallest: int, parts_of: Callable[[Group], tuple[int | None, ...]]) -> set[int]:
    """Places of the groups of which a part is small; and as the whole is known, of so many more that what they have in
    common in each part, all that a reader could work out, is not small either."""
    parts = [parts_of(group) for group in groups]
    if any(part is None for told in parts for part in told):
        return set()
    counted = [tuple(part or 0 for part in told) for told in parts]
    back = {at for at, told in enumerate(counted) if any(0 < part < smallest for part in told)}
    others = sorted(set(range(len(groups))) - back, key=lambda at: (groups[at].people, at))

    def is_told(kept: set[int]) -> bool:
        return any(0 < sum(part) < smallest for part in zip(*(counted[at] for at in kept), strict=True))

    while others and is_told(back):
        joins = next((at for at in others if not is_told(back | {at})), others[0])
        others.remove(joins)
        back.add(joins)
    return back


def _group(label: str, people: Iterable[str], scores: Mapping[str, int], waited: Mapping[str, int]) -> Group:
    people = list(people)
    mine = [scores[person] for person in people if person in scores]
    rounds = [waited[person] for person in people if waited.get(person)]
    return Group(label, len(people), len(mine), _mean(mine), len(rounds), _mean(rounds))


def _mean(numbers: Sequence[int]) -> float | None:
    return sum(numbers) / len(numbers) if numbers else None
