"""The even plan of a large problem: the highest sum of roots, proven, without a matrix.

A root is no sum of parts, so the quick scan for sums does not serve here. Everything else is as in `priced`: solve the
pairs known so far, look at all others block by block for those that the prices do not exclude, add them, and repeat.
Importing this loads Numba.
"""

from collections.abc import Callable

import numpy as np

from ithaca.pairing.compiled import Compiled, Solution
from ithaca.pairing.points import POINTS, Array, roots
from ithaca.pairing.solvers.optimum import Optimum
from ithaca.pairing.solvers.priced.exact import solve_sparse
from ithaca.pairing.solvers.priced.repair import bound, worth
from ithaca.pairing.solvers.priced.sparse import Duals, Graph, empty_graph, seating, with_pairs

EACH = 12
"""Pairs a person and look."""
NEAR = 800
"""Points below the best plan's prices at which a pair is worth knowing from the start."""
FEW_ROWS = 100


class _Even:
    """People with places only, by new numbers."""

    def __init__(self, problem: Compiled, start: Optimum) -> None:
        self.problem, self.start = problem, start
        self.open = np.flatnonzero(problem.mentor_capacity > 0), np.flatnonzero(problem.mentee_capacity > 0)
        self.bonus = start.extra[self.open[1]].astype(np.int64)
        self.seats = seating(problem.mentor_capacity[self.open[0]], problem.mentee_capacity[self.open[1]])
        self.duals = Duals(-self.bonus, start.v[self.open[0]].astype(np.int64))
        self.graph: Graph = empty_graph(len(self.open[1]))

    def add(self, found: list[tuple[Array, Array, Array]]) -> None:
        """(mentors, mentees, roots) become known."""
        mentor, mentee, root = (np.concatenate(column) for column in zip(*found, strict=True))
        self.graph = with_pairs(self.graph, mentee, mentor, root, len(self.open[0]))

    def look(
        self, u: Array, v: Array, least: int, points: bool = False
    ) -> tuple[list[tuple[Array, Array, Array]], Array]:
        """(for each block the pairs that beat these prices by more than `least`, int64[mentees]: by how much at most).

        points  the prices are in points, not in roots
        """
        found, short = [], np.zeros(len(u), np.int64)
        chosen = self._chosen()
        for start in range(0, len(u), step := max(1, (1 << 22) // max(1, len(v)))):
            columns = np.arange(start, min(start + step, len(u)))
            scores = self.problem.block(self.open[0], self.open[1][columns])
            root = roots(scores).astype(np.int64)
            over = np.where(scores >= 0, (scores if points else root) - u[columns][None, :] - v[:, None], -(1 << 60))
            mine = slice(*np.searchsorted(chosen[1], [start, start + len(columns)]))
            over[chosen[0][mine], chosen[1][mine] - start] = -(1 << 60)
            short[columns] = np.maximum(over.max(axis=0, initial=0), 0)
            row, at = _highest(over, least)
            found.append((row, columns[at], root[row, at]))
        return found, short

    def _chosen(self) -> tuple[Array, Array]:
        sitting = np.flatnonzero(self.seats.seat_of >= 0)
        return self.seats.seat_mentor[self.seats.seat_of[sitting]], self.seats.place_mentee[sitting]

    def solution(self) -> Solution:
        """In the numbers of the whole problem."""
        u, v = np.zeros(self.problem.shape[1], np.int64), np.zeros(self.problem.shape[0], np.int64)
        u[self.open[1]], v[self.open[0]] = self.duals.mentee + self.bonus, self.duals.mentor
        mentor, mentee = (side[who] for side, who in zip(self.open, self._chosen(), strict=True))
        gap = bound(self.seats, self.bonus, self.duals) - worth(self.seats, self.bonus)
        order = np.lexsort((mentor, mentee))
        return Solution(mentor[order], mentee[order], u, v, self.start.bonus, gap)


def solve(problem: Compiled, start: Optimum, tell: Callable[[str], None] = lambda words: None) -> Solution:
    """The plan with the highest sum of roots under the bonus of `start`, the best plan by points and its prices."""
    even = _Even(problem, start)
    if not all(map(len, even.open)):  # one side has no place left
        return even.solution()
    u, v = start.u[even.open[1]] - even.bonus, start.v[even.open[0]]
    even.add(even.look(u, v, -NEAR, points=True)[0])
    mentor, mentee = np.searchsorted(even.open[0], start.mentor), np.searchsorted(even.open[1], start.mentee)
    even.add([(mentor, mentee, roots(problem.at(start.mentor, start.mentee)))])
    change: int | None = POINTS
    while True:
        solve_sparse(even.graph, even.seats, even.bonus, even.duals, change)
        found, short = even.look(even.duals.mentee, even.duals.mentor, 0)
        rows = int((short > 0).sum())
        tell(f"{rows:,} people could still gain")
        if not rows:
            return even.solution()
        even.add(found)
        change = 0 if rows < max(FEW_ROWS, len(short) // 100) else int(short.max()) + 1


def _highest(over: Array, least: int) -> tuple[Array, Array]:
    """(rows, columns) above `least`, of each column and of each row no more than the EACH highest."""
    row, column = np.nonzero(over > least)
    value = over[row, column]
    keep = np.zeros(len(row), bool)
    for who in (row, column):
        order = np.lexsort((row, column, -value, who))
        first = np.searchsorted(who[order], who[order])
        keep[order[np.arange(len(order)) - first < EACH]] = True
    return row[keep], column[keep]
