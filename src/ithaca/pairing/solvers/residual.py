"""What it would cost everyone to change one thing in the best plan: shortest paths through the changes that are open.

A change pushes one unit through the residual network: somebody takes a mentor, who gives up a mentee, who takes another
mentor … until a place is found or somebody stays without. Lengths are prices and never negative, so Dijkstra finds the
cheapest such chain. Nodes are mentors (who have one mentee too many) and one ground (nothing is left to mend). Only the
people on the way are looked at: settling a mentor looks up the scores of their mentees (forward), or their own (backward).
"""

from abc import ABC, abstractmethod
from dataclasses import dataclass

import numpy as np
from scipy.sparse.csgraph import csgraph_from_dense, floyd_warshall

from ithaca.pairing.points import Array
from ithaca.pairing.solvers.looks import Looks
from ithaca.pairing.solvers.optimum import Optimum

FAR = 1 << 60
BUDGET = 50_000_000
"""Pairs looked up for one question, at most; what is known then is a bound from below."""
MOST_AHEAD = 32
AHEAD_CELLS = 1_000_000


@dataclass(frozen=True)
class Length:
    """Of a shortest path, in worth; if not exact, none is shorter."""

    worth: int
    exact: bool = True


class Residual:
    """The changes that are open to an optimum."""

    def __init__(self, optimum: Optimum, looks: Looks, budget: int = BUDGET) -> None:
        problem = optimum.problem
        self.optimum, self.looks, self.budget = optimum, looks, budget
        self.mentors, self.ground = problem.shape[0], problem.shape[0]
        order = np.lexsort((optimum.mentee, optimum.mentor))
        self.mentor, self.mentee = optimum.mentor[order], optimum.mentee[order]
        self.extra, self.u, self.v = optimum.extra, optimum.u.astype(np.int64), optimum.v.astype(np.int64)
        used = np.bincount(self.mentor, minlength=self.mentors)
        taken = np.bincount(self.mentee, minlength=len(self.u))
        self.start = np.concatenate(([0], np.cumsum(used)))
        self._by_mentee = np.lexsort((self.mentor, self.mentee))
        self._start_of_mentee = np.concatenate(([0], np.cumsum(taken)))
        score = looks.at(self.mentor, self.mentee)
        self.over = score + self.extra[self.mentee] - self.u[self.mentee] - self.v[self.mentor]
        only = problem.first & (taken == 1)
        leaving = np.where(only, self.u, np.maximum(self.u - self.extra, 0))
        below = np.where(problem.first & (taken == 0), 0, np.maximum(self.extra - self.u, 0))
        self.entering = np.where(taken < problem.mentee_capacity, below, FAR)
        """int64[N]: what it costs to give each mentee one more mentor, beside the pair itself."""
        self.empty = np.where(used > 0, self.v, FAR)
        """int64[M]: what it costs to leave a place empty."""
        self.exit = np.full(self.mentors, FAR)
        """int64[M]: the cheapest way to have one mentee less, whom nobody takes."""
        np.minimum.at(self.exit, self.mentor, self.over + leaving[self.mentee])
        self.exit[used < problem.mentor_capacity] = 0

        self._every: Array | None = None

    def prepare_all(self) -> None:
        """Make `forced` fast for everybody, by all distances at once. Time grows with the cube of the mentors."""
        nobody = np.zeros(0, np.int64)
        search, size = Backward(self, nobody, nobody), self.mentors + 1
        lengths = np.full((size, size), np.inf)
        for at in range(0, self.mentors, MOST_AHEAD):
            nodes = np.arange(at, min(at + MOST_AHEAD, self.mentors))
            lengths[:, nodes] = search.looked_up(nodes).T
        lengths[:, self.ground] = search.steps(self.ground)
        lengths[lengths >= FAR] = np.inf
        every = floyd_warshall(csgraph_from_dense(lengths, null_value=np.inf))
        self._every = np.where(np.isfinite(every), every, FAR).astype(np.int64)

    def pairs_of(self, mentor: int) -> slice:
        """Where a mentor's pairs stand."""
        return slice(int(self.start[mentor]), int(self.start[mentor + 1]))

    def held_by(self, mentee: int) -> Array:
        """Numbers of the pairs that a mentee has."""
        found: Array = self._by_mentee[self._start_of_mentee[mentee] : self._start_of_mentee[mentee + 1]]
        return found

    def slack_of_mentees(self, columns: Array) -> Array:
        """int64[len(columns), M]: by how much each pair is worth less than its prices; FAR where it cannot be made."""
        problem, scores = self.optimum.problem, self.looks.of_mentees(columns)
        slack = (self.u - self.extra)[columns][:, None] + self.v[None, :] - scores
        slack[scores < 0] = FAR
        slack[:, problem.mentor_capacity == 0] = FAR
        slack[problem.mentee_capacity[columns] == 0] = FAR
        for at, j in enumerate(columns.tolist()):
            slack[at, self.mentor[self.held_by(j)]] = FAR
        return slack

    def slack_of_mentors(self, rows: Array) -> Array:
        """int64[len(rows), N]: the same for some mentors."""
        problem, scores = self.optimum.problem, self.looks.of_mentors(rows)
        slack = (self.u - self.extra)[None, :] + self.v[rows][:, None] - scores
        slack[scores < 0] = FAR
        slack[:, problem.mentee_capacity == 0] = FAR
        slack[problem.mentor_capacity[rows] == 0] = FAR
        for at, i in enumerate(rows.tolist()):
            slack[at, self.mentee[self.pairs_of(i)]] = FAR
        return slack

    def place_at(self, i: int) -> tuple[int, Array]:
        """(price of one more place of mentor i, int64[N]: by how much each pair with it is worth less than its prices)."""
        if self.optimum.problem.mentor_capacity[i]:
            return int(self.v[i]), self.slack_of_mentors(np.array([i]))[0]
        return self.newcomer(self.looks.of_mentors(np.array([i]))[0])

    def newcomer(self, scores: Array) -> tuple[int, Array]:
        """The same for a mentor who had no place so far, by their scores with all mentees."""
        wanted = (scores >= 0) & (self.optimum.problem.mentee_capacity > 0)
        short = np.where(wanted, self.u - self.extra - scores, FAR)
        price = max(0, -int(short.min(initial=0)))
        return price, np.where(wanted, short + price, FAR)

    def highest(self) -> Array:
        """int64[N]: the highest prices of mentees that prove the plan: what it would lose without each of them.

        One more place of a mentor is worth exactly the best of "worth of their pair less this price". It takes a look at
        every pair: from nobody to every mentor, what it costs to have their place filled again.
        """
        distances = self.empty.copy()
        coming = np.flatnonzero(self.entering < FAR)
        for at in range(0, len(coming), MOST_AHEAD):
            some = coming[at : at + MOST_AHEAD]
            slack = self.slack_of_mentees(some) + self.entering[some][:, None]
            distances = np.minimum(distances, slack.min(axis=0))
        search = Forward(self, np.arange(self.mentors), distances)
        while search.nearest() < FAR:
            search.settle()
        lost = self.entering.copy()
        np.minimum.at(lost, self.mentee, self.over + search.distance[self.mentor])
        highest: Array = self.u + np.where(lost < FAR, lost, 0)
        return highest

    def filled_from(self, slack: Array, without: int | None = None) -> "Backward":
        """The search for whoever could fill a place, by their `slack` with it; not from nobody by mentee `without`."""
        nobody = np.zeros(0, np.int64)
        search = Backward(self, nobody, nobody)
        search.through_ground, search.without = False, without
        search.begin(slack[None, :])
        return search

    def forced(self, i: int, j: int, score: int | None = None) -> Length | None:
        """Worth lost by the best plan in which mentee j (also) has mentor i; None where that cannot be.

        With a `score`: of two who have places, whose pair is below the problem's floor and is made all the same.
        """
        if i in self.mentor[self.held_by(j)]:
            return Length(0)
        slack = int(self.slack_of_mentees(np.array([j]))[0, i])
        if score is not None:
            slack = int(self.u[j] - self.extra[j] + self.v[i]) - score
        if slack >= FAR:
            return None
        if self._every is not None:
            starts = self.back_from(j).distance
            return Length(slack + int((self._every[i] + starts).min()))
        way = meet(self, Forward(self, np.array([i]), np.array([0])), self.back_from(j))
        return Length(slack + way.worth, way.exact)

    def back_from(self, j: int) -> "Backward":
        """The search for whoever can make room for one more mentor of mentee j."""
        held = self.held_by(j)
        nodes = np.append(self.mentor[held], self.ground)
        return Backward(self, nodes, np.append(self.over[held], self.entering[j]))


class Search(ABC):
    """Dijkstra from some nodes; distances are final once settled. `origin`: from which of the starts."""

    def __init__(self, residual: Residual, nodes: Array, distances: Array) -> None:
        self.residual = residual
        self.distance = np.full(residual.mentors + 1, FAR)
        self.origin = np.full(residual.mentors + 1, -1)
        self.distance[nodes] = np.minimum(distances, FAR)
        self.origin[nodes] = nodes
        self.open = self.distance.copy()
        self.is_settled = np.zeros(residual.mentors + 1, bool)
        self.ahead: dict[int, Array] = {}
        self.width, self.settled = 1, 0

    def nearest(self) -> int:
        """The distance of the next node to settle; FAR if none is left."""
        return int(self.open.min(initial=FAR))

    def settle(self) -> None:
        """Settle the nearest node and look at what lies behind it."""
        node = int(self.open.argmin())
        self.is_settled[node], self.open[node] = True, FAR
        self.settled += 1
        steps = self.steps(node)
        reached = np.where(steps < FAR, self.distance[node] + steps, FAR)
        better = reached < self.distance
        self.distance[better] = reached[better]
        self.origin[better] = self.origin[node]
        self.open[better] = reached[better]
        self._shut()

    def steps(self, node: int) -> Array:
        """int64[M+1]: the length of the step to every other node."""
        if node not in self.ahead:
            self._look_ahead(node)
        return self.ahead.pop(node)

    def _look_ahead(self, node: int) -> None:
        """Look up this node and those likely to come next: together is quicker than one by one."""
        most = max(1, min(self.width, MOST_AHEAD, AHEAD_CELLS // max(1, self.residual.mentors)))
        self.width *= 2
        waiting = np.flatnonzero(self.open[:-1] < FAR)
        if len(waiting) > most:
            waiting = waiting[np.argpartition(self.open[waiting], most - 1)[:most]]
        nodes = np.array(sorted({node, *(at for at in waiting.tolist() if at not in self.ahead)}))
        for at, steps in zip(nodes.tolist(), self.looked_up(nodes), strict=True):
            self.ahead[at] = steps

    def _shut(self) -> None:  # noqa: B027  not every search has something to keep out
        """Keep out of the queue what this search does not go through."""

    @abstractmethod
    def looked_up(self, nodes: Array) -> Array:
        """int64[len(nodes), M+1]: `steps` of several at once."""


class Forward(Search):
    """From mentors with one mentee too many. It ends at the ground and does not go on from there."""

    def _shut(self) -> None:
        self.open[-1] = FAR

    def looked_up(self, nodes: Array) -> Array:
        residual = self.residual
        at = np.concatenate([np.arange(residual.start[i], residual.start[i + 1]) for i in nodes.tolist()])
        slack = residual.slack_of_mentees(residual.mentee[at]) + residual.over[at][:, None]
        out = np.full((len(nodes), residual.mentors + 1), FAR)
        np.minimum.at(out[:, :-1], np.searchsorted(nodes, residual.mentor[at]), slack)
        out[:, -1] = residual.exit[nodes]
        return out


class Backward(Search):
    """Towards mentors who get a place back: from which others, or from nobody, it can be made good."""

    through_ground = True
    without: int | None = None
    """A mentee who may not be the one who comes in from nobody."""

    def steps(self, node: int) -> Array:
        if node == self.residual.ground:
            return np.append(self.residual.exit, FAR)
        return super().steps(node)

    def _shut(self) -> None:
        if not self.through_ground:
            self.open[-1] = FAR

    def begin(self, slack: Array) -> None:
        """Start with a place that is not in the network yet."""
        self.distance = self.through_pairs(slack, self.from_nobody(slack))[0]
        self.open = self.distance.copy()
        self._shut()

    def looked_up(self, nodes: Array) -> Array:
        slack = self.residual.slack_of_mentors(nodes)
        return self.through_pairs(slack, np.minimum(self.from_nobody(slack), self.residual.empty[nodes]))

    def from_nobody(self, slack: Array) -> Array:
        """int64[len(slack)]: the cheapest mentee with a place of their own left."""
        entering = self.residual.entering
        if self.without is not None:
            entering = entering.copy()
            entering[self.without] = FAR
        found: Array = (slack + entering).min(axis=1, initial=FAR)
        return found

    def through_pairs(self, slack: Array, ground: Array) -> Array:
        """int64[len(slack), M+1]: over the mentees who could take the place, to the mentors they would leave."""
        residual = self.residual
        out = np.full((len(slack), residual.mentors + 1), FAR)
        if len(residual.mentor):
            by_pair = slack[:, residual.mentee] + residual.over
            some = np.flatnonzero(np.diff(residual.start))
            out[:, some] = np.minimum.reduceat(by_pair, residual.start[some], axis=1)
        out[:, -1] = ground
        out[out > FAR] = FAR
        return out


def meet(residual: Residual, forward: Forward, backward: Backward) -> Length:
    """The shortest path from a start of `forward` to a start of `backward`: both go on until they have met."""
    ground, spent = residual.ground, residual.looks.cells
    while True:
        best = int((forward.distance + backward.distance).min())
        front, back = forward.nearest(), backward.nearest()
        left = front + back
        if not backward.is_settled[ground]:  # a path by the ground, which only `backward` goes through
            left = min(left, int(forward.distance[ground]) + back)
        if left >= best:
            return Length(best)
        if residual.looks.cells - spent > residual.budget:
            return Length(left, False)
        fewer = backward.settled <= forward.settled
        search: Search = backward if back < FAR and (fewer or front >= FAR) else forward
        search.settle()
