"""The priced-out solver as the engine uses it: settled ties, and the worst pair raised. Importing this loads Numba."""

from collections.abc import Callable
from dataclasses import replace

import numpy as np

from ithaca.pairing.compiled import Compiled, Solution
from ithaca.pairing.points import POINTS, Array
from ithaca.pairing.solvers.priced import bonus as bonuses
from ithaca.pairing.solvers.priced import solver
from ithaca.pairing.solvers.priced.flat import flatten
from ithaca.pairing.solvers.priced.level import Level, Means, pairs_of_mentees
from ithaca.pairing.solvers.settle import Ids, Tight, settle
from ithaca.pairing.solvers.standing import Standing

EACH = 32
"""With more tight partners than this for one person the scores hardly differ, and the solver's own plan stands."""
MOST_SETTLED = 30_000
"""Mentees up to which ties are settled: the solver's own plan is the same on every machine too."""

Tell = Callable[[float, str], None]
Stop = Callable[[], bool]


def solve(compiled: Compiled, ids: Ids, tell: Tell, stop: Stop) -> Solution:
    """The best plan with its proof; if `stop` says so, the best so far with its proven gap."""
    found = solver.solve(compiled, progress=lambda done, words: tell(0.1 + 0.7 * done, words), should_stop=stop)
    if found.gap or len(ids[1]) > MOST_SETTLED or stop():
        return found
    tell(0.85, "settling ties")
    tight = tight_pairs(compiled, found)
    return found if tight is None else settle(compiled, found, tight, ids)


def stand(compiled: Compiled, scores: Array, bonus: int) -> Standing:
    """The best plan under that bonus with its prices, in the dense form of `assignment.stand`."""
    extra = np.where(compiled.first, bonus + compiled.priority, 0)
    raised = replace(compiled, priority=np.where(compiled.first, bonus + compiled.priority, 0))
    found = solver.solve(raised)
    open_to = (compiled.mentor_capacity > 0)[:, None] & (compiled.mentee_capacity > 0)[None, :]
    worth = np.where((scores >= 0) & open_to, scores.astype(np.int64) + extra[None, :], -1)
    pairs = np.zeros(compiled.shape, bool)
    pairs[found.mentor, found.mentee] = True
    return Standing(compiled, worth, extra, pairs, found.u, found.v)


def tight_pairs(compiled: Compiled, found: Solution) -> Tight | None:
    """Every pair that optimal plans can be made of, by one more scan; None if there are too many."""
    open_to = np.flatnonzero(compiled.mentor_capacity > 0), np.flatnonzero(compiled.mentee_capacity > 0)
    instance = flatten(compiled).part(*open_to)
    level = Level(instance, Means(), bonuses.of(instance, found.bonus))
    need = (found.u[open_to[1]] - level.bonus).astype(np.int64)
    price = np.ascontiguousarray(found.v[open_to[0]], np.int64)
    best = level.best_mentors(np.arange(len(need)), price, need - 1, EACH)
    if (best.who >= 0).all(axis=1).any():
        return None
    level.add(pairs_of_mentees(np.arange(len(need)), best, price))
    mentee = np.repeat(np.arange(len(need)), np.diff(level.graph.ptr))
    tight = level.graph.score == need[mentee] + price[level.graph.mentor]
    mentor, mentee = open_to[0][level.graph.mentor[tight]], open_to[1][mentee[tight]]
    return mentor, mentee, level.graph.score[tight].astype(np.int64)


def highest_floor(compiled: Compiled, tell: Tell, stop: Stop) -> int:
    """The highest floor that serves as many, and the same who waited, by halving; one solution a step."""
    target = _served(compiled, compiled.floor, stop)
    if not any(target):
        return compiled.floor
    low, high = compiled.floor, POINTS
    while low < high:
        middle = (low + high + 1) // 2
        tell(0.05, f"raising the worst pair: {middle / 100:.0f} %?")
        low, high = (middle, high) if _served(compiled, middle, stop) == target else (low, middle - 1)
    return low


def _served(compiled: Compiled, floor: int, stop: Stop) -> list[int]:
    """How many of those who waited k rounds or longer are served, for each k."""
    found = solver.solve(replace(compiled, floor=floor), should_stop=stop)
    served: Array = np.unique(found.mentee[compiled.first[found.mentee]])
    waited = np.unique(compiled.priority[compiled.first & (compiled.mentee_capacity > 0)])
    return [int((compiled.priority[served] >= rounds).sum()) for rounds in waited]
