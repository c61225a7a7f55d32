"""Among all plans of the same best worth: the one whose worst pair is best, and then always the same one.

By complementary slackness those plans are exactly the ones that use tight pairs only (u + v = worth), serve every
mentee with a price and fill every mentor with a price. They are the perfect matchings of a small graph in which
everyone who may stay without has a stand-in of their own.
"""

import zlib
from dataclasses import replace

import numpy as np
from scipy.optimize import linear_sum_assignment
from scipy.sparse import csr_array
from scipy.sparse.csgraph import maximum_bipartite_matching, min_weight_full_bipartite_matching

from ithaca.pairing.compiled import Compiled, Solution
from ithaca.pairing.points import Array

Tight = tuple[Array, Array, Array]
"""(mentors, mentees, scores) of every allowed pair with u + v = s + bonus, the pairs of the plan among them."""
Ids = tuple[tuple[str, ...], tuple[str, ...]]
"""Ids of the mentors, ids of the mentees."""

MOST_TIGHT = 400_000
"""With more tight pairs than this (near-equal scores everywhere) the solver's own plan stands: also always the same."""
MANY_EACH = 3
"""Tight pairs a person from which a dense table is quicker, where it has at most DENSE_CELLS."""
DENSE_CELLS = 1_000 * 1_000


def settle(problem: Compiled, found: Solution, tight: Tight, ids: Ids) -> Solution:
    """`found` with its pairs exchanged for the settled ones; prices and gap stay true.

    Mentees with more than one place keep the mentors they have.
    """
    if found.gap or not len(found.mentor) or len(tight[0]) > MOST_TIGHT:
        return found
    several = (problem.mentee_capacity > 1) | ~problem.first
    single = ~several & (problem.mentee_capacity > 0)
    kept = several[found.mentee]
    left = problem.mentor_capacity - np.bincount(found.mentor[kept], minlength=len(problem.mentor_capacity))
    choice = single[tight[1]] & (left[tight[0]] > 0)
    if not choice.any():
        return found
    graph = _Graph((tight[0][choice], tight[1][choice], tight[2][choice]), found, left, np.flatnonzero(single))
    i, j = graph.best(ids)
    mentor, mentee = np.concatenate([found.mentor[kept], i]), np.concatenate([found.mentee[kept], j])
    order = np.lexsort((mentor, mentee))
    return replace(found, mentor=mentor[order], mentee=mentee[order])


class _Graph:
    """Rows: mentees, then a stand-in a mentor place. Columns: mentor places, then a stand-in a mentee."""

    def __init__(self, tight: Tight, found: Solution, left: Array, mentees: Array) -> None:
        i, j, scores = tight
        copies = np.minimum(left, np.bincount(i, minlength=len(left)))
        self.place_of = np.repeat(np.arange(len(left)), copies)
        self.mentees = mentees
        starts = np.concatenate(([0], np.cumsum(copies)))
        edge = np.repeat(np.arange(len(i)), copies[i])
        within = np.arange(len(edge)) - np.repeat(np.concatenate(([0], np.cumsum(copies[i])))[:-1], copies[i])
        self.column = starts[i[edge]] + within
        self.row = np.searchsorted(mentees, j)[edge]
        self.scores = scores[edge]
        may_stay, may_empty = found.u[mentees] == 0, found.v[self.place_of] == 0
        if found.bonus == 0:  # as many are served as could be; without a bonus the prices do not say so
            served = np.isin(mentees, found.mentee)
            if served.sum() == len(may_empty):
                may_empty = np.zeros(len(may_empty), bool)
            else:
                may_stay = ~served
        self.may_stay, self.may_empty = np.flatnonzero(may_stay), np.flatnonzero(may_empty)

    def best(self, ids: Ids) -> tuple[Array, Array]:
        """(mentors, mentees) of the settled plan."""
        levels = np.unique(self.scores)
        levels = levels[levels <= self._hope()]
        low, high = 0, len(levels) - 1
        while low < high:
            middle = (low + high + 1) // 2
            graph = self._biadjacency(self.scores >= levels[middle], None)
            if (maximum_bipartite_matching(graph, perm_type="column") >= 0).all():
                low = middle
            else:
                high = middle - 1
        keep = self.scores >= levels[low]
        tie = _shuffled(ids[0])[self.place_of[self.column]] ^ _shuffled(ids[1])[self.mentees[self.row]]
        row, column = self._heaviest(keep, _mixed(tie))
        return self.place_of[column], self.mentees[row]

    def _hope(self) -> int:
        """No plan lifts its worst pair above this: the best that is left for the one who has the least to hope for."""
        most = int(self.scores.max())
        for person, optional, size in (
            (self.row, self.may_stay, len(self.mentees)),
            (self.column, self.may_empty, len(self.place_of)),
        ):
            best = np.zeros(size, np.int64)
            np.maximum.at(best, person, self.scores)
            best[optional] = most
            most = min(most, int(best.min(initial=most)))
        return most

    def _heaviest(self, keep: Array, weight: Array) -> tuple[Array, Array]:
        """(rows, columns) of the tight pairs of the plan with the most weight: only one plan has it."""
        mentees, places = len(self.mentees), len(self.place_of)
        if len(keep) <= MANY_EACH * (mentees + places) or mentees * places > DENSE_CELLS:
            row, column = min_weight_full_bipartite_matching(self._biadjacency(keep, -weight))
            real = (row < mentees) & (column < places)
            return row[real], column[real]
        # Ties without number: a dense table is quicker, in which whoever must be served or filled outweighs the rest.
        must = float(1 << 28) * (min(mentees, places) + 1)
        table = np.zeros((mentees, places))
        row, column = self.row[keep], self.column[keep]
        row_must, column_must = np.full(mentees, must), np.full(places, must)
        row_must[self.may_stay], column_must[self.may_empty] = 0, 0
        table[row, column] = weight[keep] + row_must[row] + column_must[column]
        row, column = linear_sum_assignment(table, maximize=True)
        real = table[row, column] > 0
        return row[real], column[real]

    def _biadjacency(self, keep: Array, weight: Array | None) -> csr_array:
        mentees, places = len(self.mentees), len(self.place_of)
        row, column = self.row[keep], self.column[keep]
        rows = np.concatenate([row, self.may_stay, mentees + self.may_empty, mentees + column])
        columns = np.concatenate([column, places + self.may_stay, self.may_empty, places + row])
        values = np.ones(len(rows), np.int8) if weight is None else np.full(len(rows), -1.0)
        if weight is not None:
            values[: len(row)] += weight[keep]
        size = mentees + places
        return csr_array((values, (rows, columns)), shape=(size, size))


def _shuffled(ids: tuple[str, ...]) -> Array:
    """int64[n]: a fixed number for every id, without any order in it."""
    return np.array([zlib.crc32(person.encode()) * 0x9E3779B1 & 0xFFFFFFFF for person in ids], np.int64)


def _mixed(numbers: Array) -> Array:
    """Whole numbers from 1 to 2**28 as floats, spread evenly."""
    mixed = numbers.astype(np.uint64) * np.uint64(0xBF58476D1CE4E5B9)
    mixed ^= mixed >> np.uint64(29)
    mixed *= np.uint64(0x94D049BB133111EB)
    return (mixed >> np.uint64(36)).astype(np.float64) + 1
