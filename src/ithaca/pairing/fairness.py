"""How evenly a plan treats people: the figures of the fairness sheet."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from ithaca.pairing.compiled import Compiled
from ithaca.pairing.problem import Problem


@dataclass(frozen=True)
class Fairness:
    """Figures about mentees with a mentor; points are of 10,000, None where nobody has one."""

    worst: int | None
    tenth: int | None
    """One pair in ten scores this or less."""
    median: int | None
    best: int | None
    with_their_best: int
    """Mentees whose (best) mentor is one of those who score highest for them of all that the rules allow."""
    below_their_best: int | None
    """Points that a mentee is below the mentor who scores highest for them, on average, rounded down."""
    envious: int
    """Mentees for whom some other mentee's mentor would score higher than their own best one, rules allowing."""
    load: tuple[tuple[int, int], ...]
    """(mentees, how many mentors with places have that many), rising."""


def fairness_of(problem: Problem, compiled: Compiled, pairs: Sequence[tuple[int, int]]) -> Fairness:
    """The figures for pairs of (mentor row, mentee column)."""
    used = Counter(i for i, _ in pairs)
    open_mentors = np.flatnonzero(problem.mentors.capacity > 0)
    load = Counter(used.get(int(i), 0) for i in open_mentors)
    best_of = np.full(len(problem.mentees), -1, np.int64)
    envied = np.full(len(problem.mentees), -1, np.int64)
    own = np.full(len(problem.mentees), -1, np.int64)
    rows, columns = np.array(pairs, np.int64).reshape(-1, 2).T
    taken = np.unique(rows)
    points = np.zeros(len(rows), np.int64)
    for primitive in compiled.primitives:
        points += np.maximum(primitive.at(rows, columns), 0)
    np.maximum.at(own, columns, points)
    for block, scores in compiled.blocks():
        best_of[block] = scores[open_mentors].max(axis=0, initial=-1)
        envied[block] = scores[taken].max(axis=0, initial=-1)
    served = np.unique(columns)
    behind = np.maximum(best_of[served] - own[served], 0)
    ordered = np.sort(points)
    quantiles = [int(ordered[at]) if len(ordered) else None for at in _places(len(ordered))]
    return Fairness(
        quantiles[0],
        quantiles[1],
        quantiles[2],
        quantiles[3],
        with_their_best=int((behind == 0).sum()),
        below_their_best=int(behind.mean()) if len(behind) else None,
        envious=int((envied[served] > own[served]).sum()),
        load=tuple(sorted(load.items())),
    )


def _places(size: int) -> tuple[int, int, int, int]:
    """Where the worst, the tenth part, the middle and the best stand in a sorted list."""
    return 0, (size - 1) // 10, (size - 1) // 2, size - 1
