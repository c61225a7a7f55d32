"""Second and further mentors for mentees who take more than one: one cheapest change of the plan after another.

Successive shortest paths in the residual network (Dijkstra with prices). Each place is added where the plan as a whole
gains most; prices stay exact throughout, and no mentee gets one mentor twice.
"""

import numpy as np

from ithaca.pairing.points import Array
from ithaca.pairing.solvers.standing import Standing

FAR = np.iinfo(np.int64).max // 4


class _Search:
    """Distances from one mentee's new place, in prices: how much worth each chain of changes costs."""

    def __init__(self, standing: Standing, start: int) -> None:
        mentors, mentees = standing.worth.shape
        self.standing = standing
        self.to_mentor, self.to_mentee = np.full(mentors, FAR), np.full(mentees, FAR)
        self.via_mentee, self.via_mentor = np.full(mentors, -1), np.full(mentees, -1)
        self.to_mentee[start] = 0
        self.relax(start)

    def relax(self, j: int) -> None:
        """Mentee j looks at every mentor they do not have."""
        standing = self.standing
        length = self.to_mentee[j] + standing.u[j] + standing.v - standing.worth[:, j]
        shorter = (standing.worth[:, j] >= 0) & ~standing.pairs[:, j] & (length < self.to_mentor)
        self.to_mentor[shorter] = length[shorter]
        self.via_mentee[shorter] = j

    def leaving(self, j: int) -> int:
        """What is lost when mentee j has one mentor fewer: all that serving them is worth, if it is the only one."""
        standing = self.standing
        if standing.problem.first[j] and standing.pairs[:, j].sum() == 1:
            return int(standing.u[j])
        return max(0, int(standing.u[j] - standing.extra[j]))


def add(standing: Standing) -> None:
    """Fill every place beyond the first where that gains; pairs and prices of `standing` move."""
    problem = standing.problem
    free = problem.mentor_capacity - standing.pairs.sum(axis=1)
    more = np.maximum(problem.mentee_capacity - 1, 0)
    for j in np.repeat(np.arange(len(more)), more):
        _add_one(standing, free, int(j))


def _add_one(standing: Standing, free: Array, start: int) -> None:
    """One more place for mentee `start`: find the cheapest end of a chain of changes, make them, move the prices."""
    search = _Search(standing, start)
    done = np.zeros(len(free), bool)
    best, end = max(0, int(standing.u[start] - standing.extra[start])), ("mentee", start)
    while len(free):
        i = int(np.argmin(np.where(done, FAR, search.to_mentor)))
        if done[i] or search.to_mentor[i] >= best:
            break
        done[i] = True
        if free[i] > 0:
            best, end = int(search.to_mentor[i]), ("mentor", i)
            break
        for j in np.flatnonzero(standing.pairs[i]).tolist():
            length = int(search.to_mentor[i] + standing.worth[i, j] - standing.u[j] - standing.v[i])
            if length < search.to_mentee[j]:
                search.to_mentee[j], search.via_mentor[j] = length, i
                if length + search.leaving(j) < best:
                    best, end = length + search.leaving(j), ("mentee", j)
                search.relax(j)
    _change(search, free, end, start)
    standing.u -= np.maximum(best - search.to_mentee, 0)
    standing.v += np.maximum(best - search.to_mentor, 0)


def _change(search: _Search, free: Array, end: tuple[str, int], start: int) -> None:
    """Walk back from the end: every mentee on the way swaps the mentor they came from for the one after."""
    pairs = search.standing.pairs
    kind, at = end
    if kind == "mentor":
        free[at] -= 1
    while kind == "mentor" or at != start:
        if kind == "mentor":
            pairs[at, search.via_mentee[at]] = True
            kind, at = "mentee", int(search.via_mentee[at])
        else:
            pairs[search.via_mentor[at], at] = False
            kind, at = "mentor", int(search.via_mentor[at])
