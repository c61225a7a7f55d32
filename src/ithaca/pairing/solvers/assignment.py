"""The dense solver: the whole matrix through SciPy's assignment (Jonker and Volgenant, as in Crouse 2016).

Exact up to a few thousand a side. SciPy keeps its prices to itself; they are found again from the pairs, in integers.
"""

import numpy as np

from ithaca.pairing.compiled import Compiled, Solution
from ithaca.pairing.points import POINTS, VETO, Array
from ithaca.pairing.solvers import further, prices
from ithaca.pairing.solvers.lsa import linear_sum_assignment
from ithaca.pairing.solvers.standing import Standing

GUESSED = 200
"""Places from which guessing at prices first is quicker, if there are about as many mentees."""


def cells(problem: Compiled) -> int:
    """How large the table is that would be made: a row for every place of a mentor who has several."""
    mentors, mentees = problem.shape
    return max(mentors, int(np.minimum(problem.mentor_capacity, mentees).sum())) * mentees


def solve(problem: Compiled, scores: Array | None = None) -> Solution:
    """The best plan with its proof. `scores` is `problem.matrix()`, if the caller has it already."""
    scores = opened(problem, problem.matrix() if scores is None else scores)
    allowed = scores >= 0
    if not allowed.any():
        nobody, free = np.zeros(0, np.int64), [np.zeros(size, np.int64) for size in reversed(problem.shape)]
        return Solution(nobody, nobody, free[0], free[1], 0, 0)
    most = _most_served(problem, allowed)
    if (problem.mentee_capacity > 1).any():
        return _with_several(problem, scores, most)
    bonus = overriding(problem)
    pairs, guessed = pairs_of(problem, scores, np.where(problem.first, bonus + problem.priority, 0))
    if not problem.priority.any() and np.count_nonzero(problem.first[pairs[1]]) == most:
        # Without a bonus the prices are plain points; it proves the order of the objective if everyone is served.
        plain = prices.least(scores, np.zeros(len(problem.first), np.int64), problem.mentor_capacity, pairs, guessed)
        if plain is not None:
            return _solution(problem, scores, pairs, plain, 0)
    extra = np.where(problem.first, bonus + problem.priority, 0)
    found = prices.least(scores, extra, problem.mentor_capacity, pairs, guessed)
    if found is None:
        raise AssertionError("no prices prove the pairs that the assignment found")
    return _solution(problem, scores, pairs, found, bonus)


def opened(problem: Compiled, scores: Array) -> Array:
    """The scores, with everything excluded for people without a place."""
    shut = problem.mentor_capacity <= 0, problem.mentee_capacity <= 0
    if shut[0].any() or shut[1].any():
        scores = scores.copy()
        scores[shut[0]] = VETO
        scores[:, shut[1]] = VETO
    return scores


def pairs_of(problem: Compiled, scores: Array, extra: Array) -> tuple[tuple[Array, Array], Array]:
    """((mentors, mentees) with the most worth, at most one mentor a mentee; a guess at the mentees' prices)."""
    most = np.minimum(problem.mentor_capacity, scores.shape[1])
    places = np.repeat(np.arange(len(scores)), most)
    seats = scores if (most == 1).all() else scores[places]
    guessed = np.zeros(scores.shape[1], np.float32)
    missing = seats.shape[1] - len(seats)
    if len(seats) >= GUESSED and 0 <= missing <= len(seats) // 8 and not prices.alike(seats):
        guessed = prices.guess(seats)
        # Everyone is in every full assignment of a square, so what all pay for a mentee changes none of them.
        cost = np.empty((seats.shape[1], seats.shape[1]))
        cost[len(seats) :] = 0
    else:
        cost = np.empty(seats.shape)
    worth = cost[: len(seats)]
    np.add(seats, extra.astype(np.float64), out=worth)
    worth *= seats >= 0
    np.subtract(guessed, cost, out=cost)
    place, mentee = linear_sum_assignment(cost)
    place, mentee = place[: len(seats)], mentee[: len(seats)]
    real = seats[place, mentee] >= 0
    mentor, mentee = places[place[real]], mentee[real]
    order = np.lexsort((mentor, mentee))
    return (mentor[order], mentee[order]), guessed


def _solution(
    problem: Compiled, scores: Array, pairs: tuple[Array, Array], found: tuple[Array, Array], bonus: int
) -> Solution:
    """The pairs with these prices, under which no pair is worth more than both."""
    (mentor, mentee), (u, v) = pairs, found
    worth = int(scores[mentor, mentee].sum(dtype=np.int64))
    worth += int((bonus + problem.priority)[mentee[problem.first[mentee]]].sum())
    bound = int(u.sum()) + int((problem.mentor_capacity * v).sum())
    return Solution(mentor, mentee, u, v, bonus, bound - worth)


def _with_several(problem: Compiled, scores: Array, most: int) -> Solution:
    """Where somebody takes more than one mentor."""
    if not problem.priority.any():
        found = _with_bonus(problem, scores, 0)
        if len(np.unique(found.mentee[problem.first[found.mentee]])) == most:
            return found
    return _with_bonus(problem, scores, overriding(problem))


def _with_bonus(problem: Compiled, scores: Array, bonus: int) -> Solution:
    standing = stand(problem, scores, bonus)
    mentee, mentor = np.nonzero(standing.pairs.T)
    return Solution(mentor, mentee, standing.u, standing.v, bonus, standing.gap())


def overriding(problem: Compiled) -> int:
    """A bonus so large that one more mentee served outweighs all points and all priority."""
    pairs = int(min(problem.mentor_capacity.sum(), problem.mentee_capacity.sum()))
    return POINTS * pairs + int(problem.priority.sum()) + 1


def stand(problem: Compiled, scores: Array, bonus: int) -> Standing:
    """The best plan under that bonus, dense, with its prices, for questions about other plans."""
    scores = opened(problem, scores)
    extra = np.where(problem.first, bonus + problem.priority, 0)
    (i, j), guessed = pairs_of(problem, scores, extra)
    found = prices.least(scores, extra, problem.mentor_capacity, (i, j), guessed)
    if found is None:
        raise AssertionError("no prices prove the pairs that the assignment found")
    pairs = np.zeros(scores.shape, bool)
    pairs[i, j] = True
    standing = Standing(problem, np.where(scores >= 0, scores + extra[None, :], -1), extra, pairs, *found)
    if (problem.mentee_capacity > 1).any():
        further.add(standing)
    return standing


def _most_served(problem: Compiled, allowed: Array) -> int:
    """An upper bound: mentees who could have someone, and places that could have someone."""
    open_mentees = (problem.mentee_capacity > 0) & problem.first
    mentees = int((allowed[problem.mentor_capacity > 0].any(axis=0) & open_mentees).sum())
    partners = allowed[:, open_mentees].sum(axis=1)
    return min(mentees, int(np.minimum(problem.mentor_capacity, partners).sum()))
