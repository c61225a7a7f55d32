"""Both exact solvers behind one door: the dense one for small problems, the priced-out one for the rest."""

from collections.abc import Callable
from dataclasses import replace

import numpy as np

from ithaca.pairing.compiled import Compiled, Solution, Stopped
from ithaca.pairing.points import VETO, Array
from ithaca.pairing.solvers import assignment, worst_first
from ithaca.pairing.solvers.settle import Ids, Tight, settle
from ithaca.pairing.solvers.standing import Standing

DENSE_CELLS = 2_000 * 2_000
"""Pairs up to which the dense solver is taken. It needs at most a second or two and never has to compile anything first;
from about 700 × 700 on the other is quicker once it is compiled (bench/matching.py)."""


def best(
    compiled: Compiled, ids: Ids, tell: Callable[[float, str], None], stop: Callable[[], bool], raise_worst: bool
) -> tuple[Compiled, Solution]:
    """The settled best plan, and the problem with its floor raised where that was asked for. May raise Stopped."""
    if is_dense(compiled):
        return _dense(compiled, ids, tell, stop, raise_worst)
    from ithaca.pairing.solvers import at_scale  # here, so that small problems never wait for Numba

    if raise_worst:
        compiled = replace(compiled, floor=at_scale.highest_floor(compiled, tell, stop))
    return compiled, at_scale.solve(compiled, ids, tell, stop)


def again(compiled: Compiled, ids: Ids, scores: Array | None = None) -> Solution:
    """The settled best plan of a changed problem; dense if its `scores` are given."""
    if scores is not None:
        found = assignment.solve(compiled, scores)
        return settle(compiled, found, tight_pairs(compiled, scores, found), ids)
    return best(compiled, ids, lambda fraction, words: None, lambda: False, False)[1]


def stand(compiled: Compiled, scores: Array, bonus: int) -> Standing:
    """A best plan under that bonus with its prices, dense, for questions about other plans."""
    if is_dense(compiled):
        return assignment.stand(compiled, scores, bonus)
    from ithaca.pairing.solvers import at_scale

    return at_scale.stand(compiled, scores, bonus)


def is_dense(compiled: Compiled) -> bool:
    """Whether the problem is small enough for its matrix."""
    return compiled.shape[0] * compiled.shape[1] <= DENSE_CELLS


def _dense(
    compiled: Compiled, ids: Ids, tell: Callable[[float, str], None], stop: Callable[[], bool], raise_worst: bool
) -> tuple[Compiled, Solution]:
    tell(0.1, f"scoring {compiled.shape[0]:,} mentors with {compiled.shape[1]:,} mentees")
    scores = compiled.matrix()
    _pause(stop)
    if raise_worst:
        tell(0.2, "raising the worst pair")
        compiled = replace(compiled, floor=worst_first.highest_floor(compiled, scores))
        scores[scores < compiled.floor] = VETO
    tell(0.3, "looking for the best pairs")
    found = assignment.solve(compiled, scores)
    _pause(stop)
    tell(0.8, "settling ties")
    return compiled, settle(compiled, found, tight_pairs(compiled, scores, found), ids)


def tight_pairs(compiled: Compiled, scores: Array, found: Solution) -> Tight:
    """(mentors, mentees, scores) of the pairs that optimal plans can be made of."""
    extra = np.where(compiled.first, found.bonus + compiled.priority, 0)
    tight = (scores >= 0) & (scores + extra[None, :] == found.u[None, :] + found.v[:, None])
    i, j = np.nonzero(tight)
    return i, j, scores[i, j]


def _pause(stop: Callable[[], bool]) -> None:
    if stop():
        raise Stopped
