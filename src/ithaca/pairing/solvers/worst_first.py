"""Raise the worst pair: the highest floor under which as many mentees, and the same who waited, can still be served."""

from dataclasses import replace

import numpy as np

from ithaca.pairing.compiled import Compiled
from ithaca.pairing.points import VETO, Array
from ithaca.pairing.solvers import assignment
from ithaca.pairing.solvers.lsa import linear_sum_assignment


def highest_floor(problem: Compiled, scores: Array) -> int:
    """The largest score t such that pairs of t or more serve as well as all allowed pairs do.

    Mentees who can be served together form a matroid, so serving well means: of those who waited k rounds or longer,
    as many as could be, for every k. Each such number is a largest matching.
    """
    wanting = np.flatnonzero((problem.mentee_capacity > 0) & problem.first)
    places = np.repeat(np.arange(len(scores)), np.minimum(problem.mentor_capacity, len(wanting)))
    if not len(wanting) or not len(places):
        return problem.floor
    priority = problem.priority[wanting]
    table = scores[np.ix_(places, wanting)]

    def served(floor: int) -> list[int]:
        return [_most(table[:, priority >= waited] >= floor) for waited in np.unique(priority)]

    levels = np.unique(table[table >= problem.floor])
    if not len(levels):
        return problem.floor
    target = served(int(levels[0]))
    low, high = 0, int(np.searchsorted(levels, _hope(table, target[0]), side="right")) - 1
    middle = high  # more often than not everyone can have what the one with the least to hope for can
    while low < high:
        low, high = (middle, high) if served(int(levels[middle])) == target else (low, middle - 1)
        middle = (low + high + 1) // 2
    return int(levels[low])


def floor_within(problem: Compiled, scores: Array, cost: int) -> int:
    """The highest floor that serves as well and leaves 100 - `cost` percent of the highest total."""
    levels = np.unique(scores[(scores >= problem.floor) & (scores <= highest_floor(problem, scores))])
    if not len(levels):
        return problem.floor

    def total(floor: int) -> int:
        raised = np.where(scores < floor, VETO, scores)
        found = assignment.solve(replace(problem, floor=floor), raised)
        return int(scores[found.mentor, found.mentee].sum(dtype=np.int64))

    least = -(-total(int(levels[0])) * (100 - cost) // 100)
    low, high = 0, len(levels) - 1
    while low < high:
        middle = (low + high + 1) // 2
        low, high = (middle, high) if total(int(levels[middle])) >= least else (low, middle - 1)
    return int(levels[low])


def _hope(table: Array, served: int) -> int:
    """No floor above this serves as many: what is best for the one who has the least to hope for."""
    best = [table.max(axis=side, initial=-1) for side in (0, 1)]
    certain = [int(side[side >= 0].min()) for side in best if np.count_nonzero(side >= 0) == served]
    return min(certain, default=int(table.max()))


def _most(allowed: Array) -> int:
    """The size of a largest matching."""
    row, column = linear_sum_assignment(allowed, maximize=True)
    return int(np.count_nonzero(allowed[row, column]))
