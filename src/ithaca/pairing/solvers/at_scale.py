"""The priced-out solver as the engine uses it: settled ties, and the worst pair raised. Importing this loads Numba."""

from collections.abc import Callable
from dataclasses import replace

import numpy as np

from ithaca.pairing import cover
from ithaca.pairing.compiled import Compiled, Solution, Stopped, TooSoon
from ithaca.pairing.points import POINTS, Array
from ithaca.pairing.solvers.priced import bonus as bonuses
from ithaca.pairing.solvers.priced import solver
from ithaca.pairing.solvers.priced.flat import flatten
from ithaca.pairing.solvers.priced.level import NO_THRESHOLD, Level, Means, Pairs, pairs_of_mentees
from ithaca.pairing.solvers.settle import MOST_TIGHT, Ids, Tight, settle

EACH = 32
"""Tight partners looked for first; who has as many is asked again for more of them."""

Tell = Callable[[float, str], None]
Stop = Callable[[], bool]


def solve(
    compiled: Compiled,
    ids: Ids,
    tell: Tell,
    stop: Stop,
    good_enough: float = 0.0,
    too_soon: TooSoon | None = None,
) -> Solution:
    """The best plan with its proof, or one within `good_enough` of it; if `stop` says so, the best so far with its proven gap."""

    def told(done: float, words: str) -> None:
        tell(0.1 + 0.7 * done, words)

    found = solver.solve(compiled, progress=told, should_stop=stop, good_enough=good_enough, too_soon=too_soon)
    if found.gap or stop():
        return found
    tell(0.85, "settling ties")
    tight = tight_pairs(compiled, found)
    return found if tight is None else settle(compiled, found, tight, ids)


def tight_pairs(compiled: Compiled, found: Solution) -> Tight | None:
    """Every pair that optimal plans can be made of, by one more scan; None if there are more than can be settled."""
    open_to = np.flatnonzero(compiled.mentor_capacity > 0), np.flatnonzero(compiled.mentee_capacity > 0)
    instance = flatten(compiled).part(*open_to)
    level = Level(instance, Means(), bonuses.of(instance, found.bonus))
    need = (found.u[open_to[1]] - level.bonus).astype(np.int64)
    price = np.ascontiguousarray(found.v[open_to[0]], np.int64)
    asking, each = np.arange(len(need)), min(EACH, len(price))
    while len(asking):
        if len(asking) * each > MOST_TIGHT:
            return None
        best = level.best_mentors(asking, price, need[asking] - 1, each)
        full: Array = (best.who >= 0).all(axis=1) & (each < len(price))
        known = pairs_of_mentees(asking, best, price)
        level.add(Pairs(*(side[~full[np.searchsorted(asking, known.mentee)]] for side in vars(known).values())))
        asking, each = asking[full], min(8 * each, len(price))
    mentee = np.repeat(np.arange(len(need)), np.diff(level.graph.ptr))
    tight = level.graph.score == need[mentee] + price[level.graph.mentor]
    mentor, mentee = open_to[0][level.graph.mentor[tight]], open_to[1][mentee[tight]]
    order = np.lexsort((mentee, mentor))
    return mentor[order], mentee[order], level.graph.score[tight].astype(np.int64)[order]


def raised(
    compiled: Compiled, ids: Ids, tell: Tell, stop: Stop, cost: int | None, too_soon: TooSoon | None = None
) -> tuple[Compiled, Solution]:
    """The problem with the highest floor that serves as well (and costs no more than that), and its best plan.

    With a `cost` in percent of the highest total the floor rises only as far as that allows; further pairs are raised by
    the dense solver alone. `too_soon`: a plan whose worst pair is not raised as far as could be will do, where `stop` says so.
    """
    found = solve(compiled, ids, _between(tell, 0.0, 0.5), stop, too_soon=too_soon)
    if found.gap or not len(found.mentor):
        return compiled, found
    at = 0.5
    tell(at, "raising the worst pair")
    total, low = _total(compiled, found), int(compiled.at(found.mentor, found.mentee).min())
    best = found
    try:
        high = highest_floor(compiled, found, low, stop)
        floor = high
        while low < high:
            tried = replace(compiled, floor=floor)
            answer = solve(tried, ids, _between(tell, at, (1 + at) / 2), stop)
            at = (1 + at) / 2
            if answer.gap:
                raise Stopped
            if cost is None or _total(tried, answer) * 100 >= total * (100 - cost):
                best, low = answer, floor
            else:
                high = floor - 1
            floor = (low + high + 1) // 2
    except Stopped:
        if too_soon is None:
            raise
    return replace(compiled, floor=low), best


def _between(tell: Tell, start: float, end: float) -> Tell:
    """Tells of a part of the way: nobody knows how many parts there will be, and none goes back."""
    return lambda done, words: tell(start + (end - start) * done, words)


def _total(compiled: Compiled, found: Solution) -> int:
    return int(compiled.at(found.mentor, found.mentee).sum(dtype=np.int64))


def highest_floor(compiled: Compiled, found: Solution, low: int, stop: Stop) -> int:
    """The highest floor that serves as many as the plan `found`, and as many of those who waited; `low` is known to do.

    No floor is above what is best for the one who has the least to hope for; more often than not that one it is. What
    a floor can serve is a question about numbers of pairs alone, asked from the pairs of `found` (cover).
    """
    target = [cover.served(compiled, found.mentee, priority) for priority in cover.levels(compiled)]
    if not any(target):  # nobody gets a first mentor: nobody is there to be raised
        return compiled.floor
    high = max(low, _hope(compiled, found, target[0]))
    middle = high
    while low < high:
        if stop():
            raise Stopped
        low, high = (middle, high) if _serves(compiled, found, middle, target) else (low, middle - 1)
        middle = (low + high + 1) // 2
    return low


def _serves(compiled: Compiled, found: Solution, floor: int, target: list[int]) -> bool:
    """Whether pairs of `floor` or more serve as many."""
    start = found.mentor, found.mentee
    for priority, wanted in zip(cover.levels(compiled), target, strict=True):
        mate, _ = cover.most_served(compiled, *start, floor, priority)
        if int((mate >= 0).sum()) < wanted:
            return False
    return True


def _hope(compiled: Compiled, found: Solution, served: int) -> int:
    """No floor above this serves as many: the best pair of whoever must be served, and has no better one."""
    open_to = np.flatnonzero(compiled.mentor_capacity > 0), np.flatnonzero(compiled.mentee_capacity > 0)
    instance = flatten(compiled).part(*open_to)
    level = Level(instance, Means(), bonuses.of(instance, 0))
    mentors, mentees = (np.arange(len(side)) for side in open_to)
    free = np.zeros(len(mentors), np.int64), np.zeros(len(mentees), np.int64)
    best = level.best_mentors(mentees, free[0], np.full(len(mentees), NO_THRESHOLD), 1).profit[:, 0]
    row = np.repeat(mentees, np.diff(level.graph.ptr))
    best = np.maximum(best, -1)
    np.maximum.at(best, row, level.graph.score)  # the scan passes over named pairs
    able = (best >= 0) & compiled.first[open_to[1]]
    if np.count_nonzero(able) == served:
        return int(best[able].min())
    if int(compiled.mentor_capacity.sum()) == served:
        best = level.best_mentees(mentors, free[1], np.full(len(mentors), NO_THRESHOLD), 1).profit[:, 0]
        np.maximum.at(best, level.graph.mentor, level.graph.score)
        return int(best.min())
    return POINTS
