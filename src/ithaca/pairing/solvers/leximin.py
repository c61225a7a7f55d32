"""Raise the worst pair, then the next worst, and so on, while the total stays within what that may cost.

Every step leaves only plans that are best so far: first those that serve as well as can be, then of those the ones whose
worst pairs are no fewer points than could be and as few as could be, and so on (a leximin order). By complementary
slackness the plans of a step are the ones made of its tight pairs alone that serve whoever has a price. Among the plans
that are left in the end the highest total is taken.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from ithaca.pairing.compiled import Compiled
from ithaca.pairing.points import POINTS, VETO, Array
from ithaca.pairing.solvers import assignment, prices

MOST_STEPS = 32
"""Levels that are raised at most, up to a million pairs; fewer beyond."""
MANY_CELLS = 1_000_000


@dataclass(frozen=True)
class _Plans:
    """All plans of pairs with `scores` >= 0 that fill every place of the needed mentors and serve the needed mentees."""

    problem: Compiled
    scores: Array
    needed_mentors: Array
    needed_mentees: Array

    def most(self, points: Array) -> tuple[int, tuple[Array, Array]] | None:
        """(points, pairs) of those with the most points of their own; None if there is no such plan."""
        weights, extra = self._weights(points)
        (mentor, mentee), _ = assignment.pairs_of(self.problem, weights, extra)
        filled = np.bincount(mentor, minlength=len(self.needed_mentors)) == self.problem.mentor_capacity
        served = np.bincount(mentee, minlength=len(self.needed_mentees)) > 0
        if not filled[self.needed_mentors].all() or not served[self.needed_mentees].all():
            return None
        return int(points[mentor, mentee].sum(dtype=np.int64)), (mentor, mentee)

    def best(self, points: Array, extra: Array) -> "_Plans":
        """Only those among them with the most points, and the extra of whom they serve."""
        weights, more = self._weights(points)
        extra = extra + more
        pairs, guessed = assignment.pairs_of(self.problem, weights, extra)
        found = prices.least(weights, extra, self.problem.mentor_capacity, pairs, guessed)
        if found is None:
            raise AssertionError("no prices prove the pairs that the assignment found")
        u, v = found
        tight = (weights >= 0) & (weights + extra == u + v[:, None])
        return _Plans(self.problem, np.where(tight, self.scores, VETO), v > 0, u > 0)

    def without(self, above: int, below: int) -> "_Plans":
        """Only those without a pair of more than `above` and less than `below` points."""
        low = (self.scores > above) & (self.scores < below)
        return _Plans(self.problem, np.where(low, VETO, self.scores), self.needed_mentors, self.needed_mentees)

    def _weights(self, points: Array) -> tuple[Array, Array]:
        """(the points, and for a needed mentor more than all points together; the same for a needed mentee)."""
        outweighing = (POINTS + 1) * (1 + int(min(self.problem.mentor_capacity.sum(), len(self.needed_mentees))))
        worth = points + np.where(self.needed_mentors, outweighing, 0)[:, None]
        return np.where(self.scores >= 0, worth, VETO), np.where(self.needed_mentees, outweighing, 0)


def raised(problem: Compiled, scores: Array, cost: int, stop: Callable[[], bool]) -> tuple[int, tuple[Array, Array]]:
    """(the floor that was reached, (mentors, mentees) of the plan); at least 100 - `cost` percent of the best total.

    For mentees who take one mentor each. `stop` ends it early with what has been reached.
    """
    nobody = np.zeros(problem.shape[0], bool), np.zeros(problem.shape[1], bool)
    everyone = _Plans(problem, assignment.opened(problem, scores), *nobody)
    extra = np.where(problem.first, assignment.overriding(problem) + problem.priority, 0)
    plans = everyone.best(np.zeros_like(scores), extra)
    answer = plans.most(scores)
    if answer is None or not len(answer[1][0]):
        return problem.floor, (np.zeros(0, np.int64), np.zeros(0, np.int64))
    least = -(-answer[0] * (100 - cost) // 100)
    above, floor = -1, problem.floor
    for step in range(MOST_STEPS if scores.size <= MANY_CELLS else MOST_STEPS // 4):
        at = scores[answer[1]]
        if stop() or not (at > above).any():
            break
        plans, level, answer = _highest(plans, above, int(at[at > above].min()), least, answer)
        floor = level if step == 0 else floor
        fewest = plans.best((scores != level).astype(scores.dtype), np.zeros_like(extra))
        fewer = fewest.most(scores)
        if fewer is None or fewer[0] < least:
            break
        plans, answer, above = fewest, fewer, level
    return floor, answer[1]


def _highest(
    plans: _Plans, above: int, now: int, least: int, answer: tuple[int, tuple[Array, Array]]
) -> tuple[_Plans, int, tuple[int, tuple[Array, Array]]]:
    """The plans without pairs between `above` and the highest level that costs no more than it may; `now` does not."""
    levels = np.unique(plans.scores[plans.scores >= now])
    low, high = 0, len(levels) - 1
    while low < high:
        middle = (low + high + 1) // 2
        found = plans.without(above, int(levels[middle])).most(plans.scores)
        if found is not None and found[0] >= least:
            low, answer = middle, found
        else:
            high = middle - 1
    level = int(levels[low])
    return plans.without(above, level), level, answer
