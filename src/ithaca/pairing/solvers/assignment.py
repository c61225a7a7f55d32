"""The dense solver: the whole matrix through SciPy's assignment (Jonker and Volgenant, as in Crouse 2016).

Exact up to a few thousand a side. SciPy keeps its prices to itself; they are found again from the pairs, in integers.
"""

import numpy as np
from scipy.optimize import linear_sum_assignment

from ithaca.pairing.compiled import Compiled, Solution
from ithaca.pairing.points import POINTS, Array
from ithaca.pairing.solvers import further
from ithaca.pairing.solvers.standing import Standing


def solve(problem: Compiled, scores: Array | None = None) -> Solution:
    """The best plan with its proof. `scores` is `problem.matrix()`, if the caller has it already."""
    scores = problem.matrix() if scores is None else scores
    open_to_all = (problem.mentor_capacity > 0)[:, None] & (problem.mentee_capacity > 0)[None, :]
    allowed = (scores >= 0) & open_to_all
    if not allowed.any():
        nobody, free = np.zeros(0, np.int64), [np.zeros(size, np.int64) for size in reversed(problem.shape)]
        return Solution(nobody, nobody, free[0], free[1], 0, 0)
    if not problem.priority.any():
        # Without a bonus the prices are plain points; it proves the order of the objective if everyone is served.
        found = _with_bonus(problem, scores, allowed, 0)
        if len(np.unique(found.mentee[problem.first[found.mentee]])) == _most_served(problem, allowed):
            return found
    return _with_bonus(problem, scores, allowed, overriding(problem))


def overriding(problem: Compiled) -> int:
    """A bonus so large that one more mentee served outweighs all points and all priority."""
    pairs = int(min(problem.mentor_capacity.sum(), problem.mentee_capacity.sum()))
    return POINTS * pairs + int(problem.priority.sum()) + 1


def stand(problem: Compiled, scores: Array, bonus: int) -> Standing:
    """The best plan under that bonus, dense, with its prices, for questions about other plans."""
    open_to_all = (problem.mentor_capacity > 0)[:, None] & (problem.mentee_capacity > 0)[None, :]
    return _stand(problem, scores, (scores >= 0) & open_to_all, bonus)


def _most_served(problem: Compiled, allowed: Array) -> int:
    """An upper bound: mentees who could have someone, and places that could have someone."""
    open_mentees = (problem.mentee_capacity > 0) & problem.first
    mentees = int((allowed[problem.mentor_capacity > 0].any(axis=0) & open_mentees).sum())
    partners = allowed[:, open_mentees].sum(axis=1)
    return min(mentees, int(np.minimum(problem.mentor_capacity, partners).sum()))


def _with_bonus(problem: Compiled, scores: Array, allowed: Array, bonus: int) -> Solution:
    standing = _stand(problem, scores, allowed, bonus)
    mentee, mentor = np.nonzero(standing.pairs.T)
    return Solution(mentor, mentee, standing.u, standing.v, bonus, standing.gap())


def _stand(problem: Compiled, scores: Array, allowed: Array, bonus: int) -> Standing:
    extra = np.where(problem.first, bonus + problem.priority, 0)
    worth = np.where(allowed, scores.astype(np.int64) + extra[None, :], -1)
    pairs = _first_mentors(problem, worth)
    v = mentor_prices(np.where(problem.first, worth, -1), pairs, problem.mentor_capacity)
    u = np.zeros(worth.shape[1], np.int64)
    i, j = np.nonzero(pairs)
    u[j] = worth[i, j] - v[i]
    standing = Standing(problem, worth, extra, pairs, u, v)
    if (problem.mentee_capacity - problem.first > 0).any():
        further.add(standing)
    return standing


def _first_mentors(problem: Compiled, worth: Array) -> Array:
    """bool[M, N]: the most worth that first mentors alone can make."""
    columns = np.flatnonzero((problem.mentee_capacity > 0) & problem.first)
    partners = (worth[:, columns] >= 0).sum(axis=1)
    places = np.repeat(np.arange(len(worth)), np.minimum(problem.mentor_capacity, partners))
    pairs = np.zeros(worth.shape, bool)
    if len(columns) and len(places):
        table = np.maximum(worth[np.ix_(places, columns)], 0).astype(np.float64)
        row, column = linear_sum_assignment(table, maximize=True)
        i, j = places[row], columns[column]
        real = worth[i, j] >= 0
        pairs[i[real], j[real]] = True
    return pairs


def mentor_prices(worth: Array, pairs: Array, capacity: Array) -> Array:
    """int64[M]: the lowest prices that support optimal pairs, where each mentee has at most one mentor.

    A mentor's place must cost at least what any mentee would gain by taking it: v = max(0, max_j worth - u), where
    a mentee with a mentor keeps u = worth - v of that mentor. From v = 0 this rises to its least fixed point.
    """
    mentors, mentees = worth.shape
    v = np.zeros(mentors, np.int64)
    i, j = np.nonzero(pairs)
    mate = np.full(mentees, -1)
    mate[j] = i
    kept = np.zeros(mentees, np.int64)
    kept[j] = worth[i, j]
    open_to_all = np.flatnonzero(capacity > 0)
    changed = np.arange(mentees)
    while len(changed):
        u = kept[changed] - np.where(mate[changed] >= 0, v[mate[changed]], 0)
        asked = (worth[np.ix_(open_to_all, changed)] - u[None, :]).max(axis=1, initial=0)
        rising = open_to_all[asked > v[open_to_all]]
        v[open_to_all] = np.maximum(v[open_to_all], asked)
        changed = np.flatnonzero(np.isin(mate, rising))
    return v
