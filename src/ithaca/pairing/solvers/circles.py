"""Heuristics for groups of people who fit each other: no fast exact method is known. Deterministic, with a bound.

`value` is int64[n, n], symmetric with a diagonal of 0: what two people in one group are worth; APART keeps them apart.
"""

import numpy as np

from ithaca.pairing.points import Array

APART = -(10**9)
"""Far below all points of any group, so that no exchange ever brings two such people together."""
SWEEPS = 40


def sizes(people: int, smallest: int, largest: int) -> list[int]:
    """Group sizes as equal as can be. Where the numbers do not work out, one group is smaller or some people are over."""
    if people < smallest:
        return [people] if people > 1 else []
    groups = -(-people // largest)
    while groups > 1 and people < groups * smallest:
        groups -= 1
    base, more = divmod(min(people, groups * largest), groups)
    return [base + (number < more) for number in range(groups)]


def form(value: Array, group_sizes: list[int]) -> Array:
    """int64[n]: the group of each person, -1 for those whom no group has room for. Greedy first, then exchanges."""
    group = np.full(len(value), -1, np.int64)
    hardest_first = np.argsort(np.maximum(value, 0).sum(axis=1), kind="stable")
    for number, size in enumerate(group_sizes):
        for _ in range(size):
            _add(group, number, value, hardest_first)
    improve(value, group)
    return group


def _add(group: Array, number: int, value: Array, order: Array) -> None:
    """Put into the group whoever adds most; the first member is whoever is hardest to place."""
    free = order[group[order] < 0]
    if not len(free):
        return
    gain = value[np.ix_(free, np.flatnonzero(group == number))].sum(axis=1)
    best = int(np.argmax(gain))
    if gain[best] >= 0:
        group[free[best]] = number


def improve(value: Array, group: Array, own: Array | None = None) -> None:
    """Exchange people of two groups, or with someone who is in none, as long as that gains; `group` changes in place.

    own  int64[n, groups]: what a person in a group is worth by themselves (their score with its mentor), or nothing.
    """
    groups = int(group.max(initial=-1)) + 1 if own is None else own.shape[1]
    for _ in range(SWEEPS):
        gained = [_exchange(person, value, group, groups, own) for person in range(len(group))]
        if not any(gained):
            return


def _exchange(person: int, value: Array, group: Array, groups: int, own: Array | None) -> bool:
    mine = int(group[person])
    others = np.flatnonzero(group != mine)
    if mine < 0 or not len(others):
        return False
    members = (group[:, None] == np.arange(groups)[None, :]).astype(np.int64)
    worth = np.concatenate([value @ members + (0 if own is None else own), np.zeros((len(group), 1), np.int64)], axis=1)
    theirs = group[others]  # -1, nobody's, is the last column: worth nothing
    both = np.where(theirs >= 0, 2, 1) * value[person, others]
    gain = worth[person, theirs] + worth[others, mine] - worth[person, mine] - worth[others, theirs] - both
    best = int(np.argmax(gain))
    if gain[best] <= 0:
        return False
    group[person], group[others[best]] = theirs[best], mine
    return True


def total(value: Array, group: Array) -> int:
    """Worth of all groups: every two people of one group once."""
    same = (group[:, None] == group[None, :]) & (group >= 0)[:, None]
    return int(value[same].sum()) // 2


def bound(value: Array, largest: int) -> int:
    """No grouping is worth more: everyone with the best companions there are, each two people counted from both sides."""
    companions = np.maximum(value, 0).copy()
    np.fill_diagonal(companions, 0)
    best = np.sort(companions, axis=1)[:, ::-1][:, : largest - 1]
    return int(best.sum()) // 2
