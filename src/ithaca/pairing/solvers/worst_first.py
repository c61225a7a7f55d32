"""Raise the worst pair: the highest floor under which as many mentees, and the same who waited, can still be served."""

import numpy as np
from scipy.sparse import csr_array
from scipy.sparse.csgraph import maximum_bipartite_matching

from ithaca.pairing.compiled import Compiled
from ithaca.pairing.points import Array


def highest_floor(problem: Compiled, scores: Array) -> int:
    """The largest score t such that pairs of t or more serve as well as all allowed pairs do.

    Mentees who can be served together form a matroid, so serving well means: of those who waited k rounds or longer,
    as many as could be, for every k. Each such number is a largest matching (Hopcroft and Karp).
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
    low, high = 0, len(levels) - 1
    while low < high:
        middle = (low + high + 1) // 2
        low, high = (middle, high) if served(int(levels[middle])) == target else (low, middle - 1)
    return int(levels[low])


def _most(allowed: Array) -> int:
    """The size of a largest matching."""
    return int((maximum_bipartite_matching(csr_array(allowed), perm_type="column") >= 0).sum())
