"""Heuristics for groups of people who fit each other: no fast exact method is known. Deterministic, with a bound.

`value` is int64[n, n], symmetric with a diagonal of 0: what two people in one group are worth; APART keeps them apart.
"""

from collections.abc import Callable

import numpy as np

from ithaca.pairing.points import Array

APART = -(10**9)
"""Far below all points of any group, so that no exchange ever brings two such people together."""
SWEEPS = 40
BATCH = 256
Tell = Callable[[float, str], None]
"""Told how far the work is (0 to 1) and what comes now. What it raises ends the work."""


def untold(fraction: float, words: str) -> None:
    """Nobody waits."""


def part_of(tell: Tell, start: float, share: float) -> Tell:
    """For work that is a share of a larger one."""
    return lambda fraction, words: tell(start + share * fraction, words)


def sizes(people: int, smallest: int, largest: int) -> list[int]:
    """Group sizes as equal as can be. Where the numbers do not work out, one group is smaller or some people are over."""
    if people < smallest:
        return [people] if people > 1 else []
    groups = -(-people // largest)
    while groups > 1 and people < groups * smallest:
        groups -= 1
    base, more = divmod(min(people, groups * largest), groups)
    return [base + (number < more) for number in range(groups)]


def form(value: Array, group_sizes: list[int], tell: Tell = untold) -> Array:
    """int64[n]: the group of each person, -1 for those whom no group has room for. Greedy first, then exchanges."""
    group = np.full(len(value), -1, np.int64)
    hardest_first = np.argsort(np.maximum(value, 0).sum(axis=1), kind="stable")
    for number, size in enumerate(group_sizes):
        if number % 25 == 0:
            tell(0.4 * number / len(group_sizes), f"group {number + 1:,} of {len(group_sizes):,}")
        free = hardest_first[group[hardest_first] < 0]
        gain = np.zeros(len(free), np.int64)
        for _ in range(size):
            # Whoever adds most comes next; the first member is whoever is hardest to place.
            best = int(np.argmax(gain)) if len(free) else 0
            if not len(free) or gain[best] < 0:
                break
            group[free[best]] = number
            gain += value[free, free[best]]
            gain[best] = 2 * APART * len(value)
    improve(value, group, tell=lambda fraction, words: tell(0.4 + 0.6 * fraction, words))
    return group


def improve(value: Array, group: Array, own: Array | None = None, tell: Tell = untold) -> None:
    """Exchange people of two groups, or with someone who is in none, as long as that gains; `group` changes in place.

    own  int64[n, groups]: what a person in a group is worth by themselves (their score with its mentor), or nothing.
    """
    groups = int(group.max(initial=-1)) + 1 if own is None else own.shape[1]
    worth = np.zeros((groups + 1, len(group)), np.int64)
    if own is not None:
        worth[:-1] = own.T
    for number in range(groups):
        worth[number] += value[np.flatnonzero(group == number)].sum(axis=0)
    everyone, last = np.arange(len(group)), 0
    for turn in range(SWEEPS * len(group)):
        if turn % 100 == 0:  # how many sweeps it takes is not known beforehand: each brings it nearer to the end
            sweeps = turn / len(group)
            tell(sweeps / (sweeps + 3), f"exchanging people, round {int(sweeps) + 1}")
        if _exchange(turn % len(group), value, group, worth, everyone):
            last = turn
        elif turn - last >= len(group):
            return


def _exchange(person: int, value: Array, group: Array, worth: Array, everyone: Array) -> bool:
    """The best exchange of one person, if any gains. worth[groups + 1, n]: everyone in every group; 0 in none (-1)."""
    mine = int(group[person])
    if mine < 0:
        return False
    both = np.where(group >= 0, 2, 1) * value[person]
    gain = worth[group, person] + worth[mine] - worth[mine, person] - worth[group, everyone] - both
    gain[group == mine] = 0
    best = int(np.argmax(gain))
    if gain[best] <= 0:
        return False
    theirs = int(group[best])
    moved = value[best] - value[person]
    worth[mine] += moved
    if theirs >= 0:
        worth[theirs] -= moved
    group[person], group[best] = theirs, mine
    return True


def total(value: Array, group: Array) -> int:
    """Worth of all groups: every two people of one group once."""
    found = 0
    for number in range(int(group.max(initial=-1)) + 1):
        members = np.flatnonzero(group == number)
        found += int(value[np.ix_(members, members)].sum())
    return found // 2


def bound(value: Array, largest: int) -> int:
    """No grouping is worth more: everyone with the best companions there are, each two people counted from both sides."""
    most = min(largest - 1, len(value))
    if most <= 0:
        return 0
    worth = 0
    for at in range(0, len(value), BATCH):  # some people at a time: a copy of the whole table may be large
        companions = np.maximum(value[at : at + BATCH], 0)
        companions[np.arange(len(companions)), np.arange(at, at + len(companions))] = 0
        worth += int(np.partition(companions, len(value) - most, axis=1)[:, len(value) - most :].sum())
    return worth // 2


MayMeet = Callable[[int, int], bool]
"""Whether two people may sit together."""


def pair_up(people: list[int], may_meet: MayMeet) -> tuple[list[list[int]], list[int]]:
    """(pairs, and groups of three where pairs do not come out even, of people who may meet; those left over).

    In this order everyone takes the first they may meet. Two who are left over and may not meet part a pair that suits
    them: as long as everybody may meet at least half of the others there always is one (after G. A. Dirac,
    "Some theorems on abstract graphs", Proc. London Math. Soc. 2 (1952)), so one is left over at most. Where people form
    parts that may not meet, one may be left of each odd part: whoever is left joins a pair of whom they may meet both.
    """
    waiting, groups, left = list(people), [], []
    while waiting:
        person = waiting.pop(0)
        at = next((at for at, other in enumerate(waiting) if may_meet(person, other)), -1)
        if at < 0:
            left.append(person)
        else:
            groups.append([person, waiting.pop(at)])
    over: list[int] = []
    while len(left) > 1:
        first, second = left.pop(0), left.pop(0)
        if not _part(first, second, groups, may_meet):
            over.append(first)
            left.insert(0, second)
    return groups, _as_third([*over, *left], groups, may_meet)


def _as_third(left: list[int], groups: list[list[int]], may_meet: MayMeet) -> list[int]:
    """Seat people with pairs they may join, whoever has fewest to choose from first; who is left over even so."""
    open_to = {
        person: [group for group in groups if all(may_meet(person, member) for member in group)] for person in left
    }
    over = []
    for person in sorted(left, key=lambda person: len(open_to[person])):
        pair = next((group for group in open_to[person] if len(group) == 2), None)
        if pair is None:
            over.append(person)
        else:
            pair.append(person)
    return over


def _part(first: int, second: int, groups: list[list[int]], may_meet: MayMeet) -> bool:
    """Give each of two people one of a pair that has to part for them."""
    for group in groups:
        for one, other in (group, group[::-1]):
            if may_meet(first, one) and may_meet(second, other):
                group[:] = [first, one]
                groups.append([second, other])
                return True
    return False
