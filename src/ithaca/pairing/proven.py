"""Both exact solvers behind one door: the dense one for small problems, the priced-out one for the rest."""

from collections.abc import Callable
from dataclasses import replace

import numpy as np

from ithaca.pairing.compiled import Compiled, Solution, TooSoon, stopped
from ithaca.pairing.points import VETO, Array
from ithaca.pairing.solvers import assignment, leximin, worst_first
from ithaca.pairing.solvers.settle import Ids, Tight, settle

DENSE_CELLS = 2_000 * 2_000
"""Numbers in the dense solver's table up to which it is taken: the size alone decides (decision 7; bench/crossover.py)."""

Tell = Callable[[float, str], None]
Stop = Callable[[], bool]


def best(
    compiled: Compiled,
    ids: Ids,
    tell: Tell,
    stop: Stop,
    raise_worst: bool,
    cost: int | None = None,
    good_enough: float = 0.0,
    too_soon: TooSoon | None = None,
) -> tuple[Compiled, Solution]:
    """The settled best plan, and the problem with its floor raised where that was asked for. May raise Stopped.

    With a `cost` (percent of the highest total) the worst pair is raised as far as that allows, then the next worst and
    so on; `gap` is then the distance to the highest total over that floor. `good_enough`: share of its points that the gap of
    a large plan may be; where the worst pair is raised it has to be nothing. `too_soon`: see compiled.TooSoon.
    """
    if is_dense(compiled):
        return _dense(compiled, ids, tell, stop, raise_worst, cost, too_soon)
    from ithaca.pairing.solvers import at_scale  # here, so that small problems never wait for Numba

    if raise_worst:
        return at_scale.raised(compiled, ids, tell, stop, cost, too_soon)
    return compiled, at_scale.solve(compiled, ids, tell, stop, good_enough, too_soon)


def is_dense(compiled: Compiled) -> bool:
    """Whether the problem is small enough for the dense solver's table."""
    return assignment.cells(compiled) <= DENSE_CELLS


def _dense(
    compiled: Compiled,
    ids: Ids,
    tell: Tell,
    stop: Stop,
    raise_worst: bool,
    cost: int | None,
    too_soon: TooSoon | None,
) -> tuple[Compiled, Solution]:
    tell(0.1, f"scoring {compiled.shape[0]:,} mentors with {compiled.shape[1]:,} mentees")
    scores = compiled.matrix()
    stopped(stop, too_soon)
    pairs = None
    if raise_worst:
        tell(0.2, "raising the worst pair")
        if cost is None:
            floor = worst_first.highest_floor(compiled, scores)
        elif _one_mentor_each(compiled):
            floor, pairs = leximin.raised(compiled, scores, cost, stop)
        else:
            floor = worst_first.floor_within(compiled, scores, cost)
        compiled = replace(compiled, floor=floor)
        scores[scores < compiled.floor] = VETO
    tell(0.3, "looking for the best pairs")
    found = assignment.solve(compiled, scores)
    if pairs is not None:
        lost = int(scores[found.mentor, found.mentee].sum(dtype=np.int64) - scores[pairs].sum(dtype=np.int64))
        return compiled, replace(found, mentor=pairs[0], mentee=pairs[1], gap=found.gap + lost)
    if stop():
        return compiled, found
    tell(0.8, "settling ties")
    return compiled, settle(compiled, found, tight_pairs(compiled, scores, found), ids)


def _one_mentor_each(compiled: Compiled) -> bool:
    """Whether nobody takes a second mentor: then the next worst pairs can be raised too."""
    return bool(compiled.first.all()) and int(compiled.mentee_capacity.max(initial=0)) <= 1


def tight_pairs(compiled: Compiled, scores: Array, found: Solution) -> Tight:
    """(mentors, mentees, scores) of the pairs that optimal plans can be made of."""
    need: Array = found.u - np.where(compiled.first, found.bonus + compiled.priority, 0)
    narrow = max(int(np.abs(need).max(initial=0)), int(found.v.max(initial=0))) < 1 << 29
    width = np.int32 if narrow else np.int64
    price: Array = need.astype(width) + found.v.astype(width)[:, None]  # type: ignore[operator]
    at = np.flatnonzero(scores == price)
    i, j = np.divmod(at, max(1, compiled.shape[1]))
    points = scores[i, j]
    allowed = points >= 0
    return i[allowed], j[allowed], points[allowed]
