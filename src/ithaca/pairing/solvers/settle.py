"""Among all plans of the same best worth: the one whose worst pair is best, and then always the same one.

By complementary slackness those plans are exactly the ones that use tight pairs only (u + v = worth), serve every
mentee with a price and fill every mentor with a price. One of them becomes another by circles of exchanges; whoever is
in no circle stays as they are, and that is nearly everybody unless scores are often equal. The others are the perfect
matchings of a small graph in which everyone who may stay without has a stand-in of their own.
"""

import zlib
from dataclasses import replace

import numpy as np

from ithaca.pairing.compiled import Compiled, Solution
from ithaca.pairing.points import Array
from ithaca.pairing.solvers import exchanges, largest
from ithaca.pairing.solvers.lsa import linear_sum_assignment

Tight = tuple[Array, Array, Array]
"""(mentors, mentees, scores) of every allowed pair with u + v = s + bonus, the pairs of the plan among them."""
Ids = tuple[tuple[str, ...], tuple[str, ...]]
"""Ids of the mentors, ids of the mentees."""
Plan = tuple[Array, Array]
"""(mentors, mentees) of the pairs of a plan."""

MOST_TIGHT = 4_000_000
"""With more tight pairs than this (near-equal scores everywhere) the solver's own plan stands: also always the same."""
MOST_OPEN = 30_000
"""With more mentees in circles than this too."""
MOST_WORK = 2_000_000_000
"""And with more than this, mentees in circles times the places in their tight pairs, where no dense table is made: it would
take minutes."""
MANY_EACH = 3
"""Tight pairs a person from which a dense table is quicker, where it has at most DENSE_CELLS."""
DENSE_CELLS = 2_000 * 2_000
FEW_CELLS = 500 * 500
"""Up to here a dense table is quicker anyway."""


def settle(problem: Compiled, found: Solution, tight: Tight, ids: Ids) -> Solution:
    """`found` with its pairs exchanged for the settled ones; prices and gap stay true.

    Mentees with more than one place keep the mentors they have.
    """
    if found.gap or not len(found.mentor) or len(tight[0]) > MOST_TIGHT:
        return found
    single = problem.mentee_capacity == 1
    if problem.first.any():
        single &= problem.first
    moving = single[found.mentee]
    left = problem.mentor_capacity - np.bincount(found.mentor[~moving], minlength=len(problem.mentor_capacity))
    if not single.all() or not left.all():
        possible = single[tight[1]] & (left[tight[0]] > 0)
        tight = tight[0][possible], tight[1][possible], tight[2][possible]
    left = np.minimum(left, np.bincount(tight[0], minlength=len(left)))
    plan = found.mentor[moving], found.mentee[moving]
    free = found.v == 0, found.u == 0
    if found.bonus == 0 and problem.first.any():
        # As many are served as could be; without a bonus the prices do not say so.
        if len(plan[1]) == left.sum():
            free = np.zeros(len(left), bool), free[1]
        else:
            free = free[0], ~np.isin(np.arange(len(single)), plan[1])
    settled = _settled(tight, plan, left, free, ids)
    mentor = np.concatenate([found.mentor[~moving], settled[0]])
    mentee = np.concatenate([found.mentee[~moving], settled[1]])
    order = np.lexsort((mentor, mentee))
    return replace(found, mentor=mentor[order], mentee=mentee[order])


def _settled(tight: Tight, plan: Plan, left: Array, free: tuple[Array, Array], ids: Ids) -> Plan:
    """Who is in no circle of exchanges stays; of the others the best of all plans.

    left  int64[M]: places;  free  (bool[M], bool[N]): who may have an empty place, who may stay without
    """
    i, j, scores = tight
    mate, worth = np.full(len(free[1]), -1), np.zeros(len(free[1]), np.int64)
    mate[plan[1]] = plan[0]
    paired = mate[j] == i
    worth[j[paired]] = scores[paired]
    group = _groups(i, j, paired, left, free)
    open_to = group[i] == group[len(left) + j]
    # Nor does anybody else change between being paired and not: whatever the prices say, this is the same for every plan.
    free = free[0] & (group[: len(left)] == group[-1]), free[1] & (group[len(left) : -1] == group[-1])
    mentees = np.unique(j[open_to])
    if not len(mentees) or len(mentees) > MOST_OPEN:
        return plan
    stays = ~np.isin(plan[1], mentees)
    least = int(worth[plan[1][stays]].min(initial=scores.max()))
    now = int(worth[plan[1][~stays]].min(initial=least))
    left = left - np.bincount(plan[0][stays], minlength=len(left))
    places = np.minimum(left, np.bincount(i[open_to], minlength=len(left)))
    work = len(mentees) * int(places[i[open_to]].sum())
    if len(mentees) * int(places.sum()) > DENSE_CELLS and work > MOST_WORK:
        return plan
    graph = _Graph((i[open_to], j[open_to], scores[open_to]), mentees, left, free)
    mentor, mentee = graph.best(ids, now, least)
    return np.concatenate([plan[0][stays], mentor]), np.concatenate([plan[1][stays], mentee])


def _groups(i: Array, j: Array, paired: Array, left: Array, free: tuple[Array, Array]) -> Array:
    """int[M + N]: a number for every mentor and mentee; only pairs within one number can be made or undone.

    Those are the strongly connected parts of the graph of exchanges, in which a mentor takes a mentee by a tight pair,
    a mentee leaves the mentor of the plan, and one node stands for an empty place and for being without.
    """
    may_empty, may_stay = free
    mentors, mentees = len(left), len(may_stay)
    nobody = mentors + mentees
    alone = np.ones(mentees, bool)
    alone[j[paired]] = False
    room = np.flatnonzero(left > np.bincount(i[paired], minlength=mentors))
    steps = [
        (i[~paired], mentors + j[~paired]),
        (mentors + j[paired], i[paired]),
        (np.full(len(room), nobody), room),
        _to(np.flatnonzero(may_empty), nobody),
        _to(mentors + np.flatnonzero(alone), nobody),
        _to(mentors + np.flatnonzero(may_stay & ~alone), nobody)[::-1],
    ]
    start, end = (np.concatenate([step[side] for step in steps]) for side in (0, 1))
    return exchanges.groups(start, end, nobody + 1)


def _to(people: Array, node: int) -> tuple[Array, Array]:
    return people, np.full(len(people), node)


class _Graph:
    """Rows: mentees, then a stand-in a mentor place. Columns: mentor places, then a stand-in a mentee."""

    def __init__(self, tight: Tight, mentees: Array, left: Array, free: tuple[Array, Array]) -> None:
        i, j, scores = tight
        copies = np.minimum(left, np.bincount(i, minlength=len(left)))
        self.place_of, self.mentees = np.repeat(np.arange(len(left)), copies), mentees
        starts = np.concatenate(([0], np.cumsum(copies)))
        row = np.zeros(len(free[1]), np.int64)
        row[mentees] = np.arange(len(mentees))
        self.column, self.row, self.scores = starts[i], row[j], scores
        if copies.max(initial=0) > 1:
            edge = np.repeat(np.arange(len(i)), copies[i])
            within = np.arange(len(edge)) - np.repeat(np.concatenate(([0], np.cumsum(copies[i])))[:-1], copies[i])
            self.column, self.row, self.scores = self.column[edge] + within, self.row[edge], scores[edge]
        self.may_empty, self.may_stay = np.flatnonzero(free[0][self.place_of]), np.flatnonzero(free[1][mentees])

    def best(self, ids: Ids, now: int, most: int) -> Plan:
        """The settled plan. Its worst pair is `now` so far, and nothing is gained by raising it above `most`."""
        most = min(most, self._hope())
        level = min(now, most)
        levels = np.unique(self.scores[(self.scores > level) & (self.scores <= most)])
        levels = np.concatenate([[level], levels])
        low, high = 0, len(levels) - 1
        while low < high:
            middle = (low + high + 1) // 2
            enough = self._is_enough(np.flatnonzero(self.scores >= levels[middle]))
            low, high = (middle, high) if enough else (low, middle - 1)
        keep = np.flatnonzero(self.scores >= levels[low])
        place, mentee = _shuffled(ids[0], self.place_of), _shuffled(ids[1], self.mentees)
        if self._is_sparse(keep):
            row, column = self._heaviest(keep, _mixed(place[self.column[keep]] ^ mentee[self.row[keep]]))
        else:
            row, column = self._dense(keep, mentee, place)
        return self.place_of[column], self.mentees[row]

    def _hope(self) -> int:
        """No plan lifts its worst pair above this: the best that is left for the one who has the least to hope for."""
        most = int(self.scores.max())
        for person, optional, size in (
            (self.row, self.may_stay, len(self.mentees)),
            (self.column, self.may_empty, len(self.place_of)),
        ):
            best = np.zeros(size, self.scores.dtype)
            np.maximum.at(best, person, self.scores)
            best[optional] = most
            most = min(most, int(best.min(initial=most)))
        return most

    def _is_enough(self, keep: Array) -> bool:
        """Whether the pairs `keep` serve and fill everyone who must be."""
        if self._is_sparse(keep):
            everyone = np.ones(len(self.mentees) + len(self.place_of), np.int32)
            return largest.size(*self._edges(keep), everyone, everyone) == len(everyone)
        row, column = self._dense(keep, np.arange(len(self.mentees)), np.arange(len(self.place_of)))
        unserved, unfilled = np.ones(len(self.mentees), bool), np.ones(len(self.place_of), bool)
        unserved[row], unfilled[column] = False, False
        unserved[self.may_stay], unfilled[self.may_empty] = False, False
        return not (unserved.any() or unfilled.any())

    def _is_sparse(self, keep: Array) -> bool:
        """Whether a table of all pairs would be mostly empty, or too large."""
        mentees, places = len(self.mentees), len(self.place_of)
        cells = mentees * places
        return cells > DENSE_CELLS or (cells > FEW_CELLS and len(keep) <= MANY_EACH * (mentees + places))

    def _dense(self, keep: Array, mentee_order: Array, place_order: Array) -> tuple[Array, Array]:
        """(rows, columns) of as many of the pairs `keep` as can be, above all for whoever must be served or filled.

        Who has the least choice comes first, then by the given orders: so nearly everybody finds somebody free at once.
        """
        mentees, places = len(self.mentees), len(self.place_of)
        row, column = self.row[keep], self.column[keep]
        rows = np.lexsort((mentee_order, np.bincount(row, minlength=mentees)))
        columns = np.lexsort((place_order, np.bincount(column, minlength=places)))
        must = np.full(mentees, min(mentees, places) + 1), np.full(places, min(mentees, places) + 1)
        must[0][self.may_stay], must[1][self.may_empty] = 0, 0
        table = np.zeros((mentees, places))
        table[np.argsort(rows)[row], np.argsort(columns)[column]] = -1 - must[0][row] - must[1][column]
        at, other = linear_sum_assignment(table)
        real = table[at, other] < 0
        return rows[at[real]], columns[other[real]]

    def _heaviest(self, keep: Array, weight: Array) -> tuple[Array, Array]:
        """(rows, columns) of those of the pairs `keep` that have the most weight together: only one plan has it."""
        from scipy.sparse import csr_array  # here, so that a small programme's first plan does not wait for it
        from scipy.sparse.csgraph import min_weight_full_bipartite_matching

        mentees, places = len(self.mentees), len(self.place_of)
        values = np.full(len(keep) + len(self.may_stay) + len(self.may_empty) + len(keep), -1.0)
        values[: len(keep)] -= weight
        table = csr_array((values, self._edges(keep)), shape=(mentees + places, mentees + places))
        row, column = min_weight_full_bipartite_matching(table)
        real = (row < mentees) & (column < places)
        return row[real], column[real]

    def _edges(self, keep: Array) -> tuple[Array, Array]:
        """(rows, columns) of the pairs `keep`, and of what the stand-ins are for."""
        mentees, places = len(self.mentees), len(self.place_of)
        row, column = self.row[keep], self.column[keep]
        return (
            np.concatenate([row, self.may_stay, mentees + self.may_empty, mentees + column]),
            np.concatenate([column, places + self.may_stay, self.may_empty, places + row]),
        )


def _shuffled(ids: tuple[str, ...], people: Array) -> Array:
    """int64[len(people)]: a fixed number for every id, without any order in it."""
    return np.array([zlib.crc32(ids[k].encode()) * 0x9E3779B1 & 0xFFFFFFFF for k in people.tolist()], np.int64)


def _mixed(numbers: Array) -> Array:
    """Whole numbers from 1 to 2**28 as floats, spread evenly."""
    mixed = numbers.astype(np.uint64) * np.uint64(0xBF58476D1CE4E5B9)
    mixed ^= mixed >> np.uint64(29)
    mixed *= np.uint64(0x94D049BB133111EB)
    return (mixed >> np.uint64(36)).astype(np.float64) + 1
