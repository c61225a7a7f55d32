"""What it would cost everyone to force one more pair: the cheapest chain of changes that makes room for it, exactly.

Forcing mentor i on mentee j pushes one unit around a circle of the residual network: j takes i, and a shortest path
from i back to j undoes what stands in the way. Lengths are prices, never negative, so Dijkstra finds it (SciPy's).
"""

import numpy as np
from scipy.sparse import csr_array
from scipy.sparse.csgraph import csgraph_from_dense, dijkstra, floyd_warshall

from ithaca.pairing.points import Array
from ithaca.pairing.solvers.standing import Standing

IMPOSSIBLE = -1


class Residual:
    """The changes open to an optimal plan, as a graph of mentors and one ground (nobody)."""

    def __init__(self, standing: Standing) -> None:
        self.standing = standing
        mentors, mentees = standing.worth.shape
        self.ground = mentors
        self.open_to = (standing.worth >= 0) & ~standing.pairs
        slack = (standing.u[None, :] + standing.v[:, None] - standing.worth).astype(np.float64)
        self.slack = np.where(self.open_to, slack, np.inf)
        taken = standing.pairs.sum(axis=0)
        problem = standing.problem
        above = np.maximum(standing.u - standing.extra, 0)
        self.leaving = np.where(problem.first & (taken == 1), standing.u, above)
        below = np.where(problem.first & (taken == 0), 0, np.maximum(standing.extra - standing.u, 0))
        self.entering = np.where(taken < problem.mentee_capacity, below, np.inf)
        self._lengths = self._graph(mentors, mentees)
        self._every: Array | None = None

    def _graph(self, mentors: int, mentees: int) -> Array:
        """float64[M+1, M+1]: the cheapest single step from one mentor to another, or to and from nobody."""
        standing = self.standing
        lengths = np.full((mentors + 1, mentors + 1), np.inf)
        i, j = np.nonzero(standing.pairs)
        over = self._over(i, j)
        for mentor, mentee, more in zip(i.tolist(), j.tolist(), over.tolist(), strict=True):
            np.minimum(lengths[mentor, :-1], self.slack[:, mentee] + more, out=lengths[mentor, :-1])
        np.minimum.at(lengths[:, self.ground], i, over + self.leaving[j])
        used = standing.pairs.sum(axis=1)
        capacity = standing.problem.mentor_capacity
        lengths[:-1, self.ground] = np.where(used < capacity, 0, lengths[:-1, self.ground])
        lengths[self.ground, :-1] = np.where(used > 0, standing.v, np.inf)
        if mentees:
            enter = (self.slack + self.entering[None, :]).min(axis=1)
            lengths[self.ground, :-1] = np.minimum(lengths[self.ground, :-1], enter)
        return lengths

    def _over(self, i: Array, j: Array) -> Array:
        standing = self.standing
        over: Array = (standing.worth[i, j] - standing.u[j] - standing.v[i]).astype(np.float64)
        return over

    def costs(self, j: int) -> Array:
        """int64[M]: worth lost by the best plan in which mentee j (also) has mentor i; 0 for their own mentors.

        IMPOSSIBLE where a rule excludes the pair or either of them has no place.
        """
        if self._every is not None:
            return self._cost_of(j, self._every)
        back = self._reversed()
        distances = np.full((len(self._lengths), len(self._lengths)), np.inf)
        targets = [*np.flatnonzero(self.standing.pairs[:, j]).tolist(), self.ground]
        distances[:, targets] = dijkstra(back, indices=targets).T
        return self._cost_of(j, distances)

    def prepare_all(self) -> None:
        """Make `costs` fast for everybody: all distances at once. Time grows with the cube of the mentors."""
        self._every = floyd_warshall(csgraph_from_dense(self._lengths, null_value=np.inf))

    def _reversed(self) -> csr_array:
        return csr_array(csgraph_from_dense(self._lengths.T, null_value=np.inf))

    def _cost_of(self, j: int, distances: Array) -> Array:
        own = np.flatnonzero(self.standing.pairs[:, j])
        back = distances[:-1, self.ground] + self.entering[j]
        if len(own):
            over = self._over(own, np.full(len(own), j))
            back = np.minimum(back, (distances[:-1][:, own] + over[None, :]).min(axis=1))
        costs = self.slack[:, j] + back
        out = np.where(np.isfinite(costs), costs, IMPOSSIBLE).astype(np.int64)
        out[own] = 0
        return out
