"""Who the engine is compared with: an independent solver (HiGHS), asked in the order of the objective; and both own solvers."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import highspy
import numpy as np
import pytest

from ithaca.pairing import proven
from ithaca.pairing.compiled import Compiled
from ithaca.pairing.solvers.priced import solver as priced

BOTH = pytest.mark.parametrize("solver", ["dense", "priced"])


@contextmanager
def forced(solver: str) -> Iterator[None]:
    """Everything inside is solved by this solver; the priced one goes the way of large problems: sample, candidates, rounds."""
    before = proven.DENSE_CELLS, priced.SMALL
    proven.DENSE_CELLS, priced.SMALL = (10**12, before[1]) if solver == "dense" else (0, 8)
    try:
        yield
    finally:
        proven.DENSE_CELLS, priced.SMALL = before


def best_by_milp(problem: Compiled) -> tuple[int, int, int]:
    """(first mentors, their priority, points) of the best plan: three programs, each with the answers before it fixed."""
    scores = problem.matrix()
    model = highspy.Highs()
    model.silent()
    model.setOptionValue("mip_rel_gap", 0.0)
    allowed = [(int(i), int(j)) for i, j in zip(*np.nonzero(scores >= 0), strict=True)]
    pair = {at: model.addBinary() for at in allowed}
    first = {j: model.addBinary() for j in np.flatnonzero(problem.first & (problem.mentee_capacity > 0)).tolist()}
    for side, capacity in enumerate((problem.mentor_capacity, problem.mentee_capacity)):
        for row, places in enumerate(capacity.tolist()):
            mine = [x for at, x in pair.items() if at[side] == row]
            if mine:
                model.addConstr(model.qsum(mine) <= places)
    for j, served in first.items():
        model.addConstr(served <= model.qsum([x for at, x in pair.items() if at[1] == j]))
    unit = int(np.gcd.reduce(problem.priority)) or 1
    stages = (
        dict.fromkeys(first.values(), 1),
        {served: int(problem.priority[j]) // unit for j, served in first.items()},
        {x: int(scores[at]) for at, x in pair.items()},
    )
    found = []
    for weights in stages:
        terms = [weight * x for x, weight in weights.items() if weight]
        if not terms:
            found.append(0)
            continue
        model.maximize(model.qsum(terms))
        found.append(round(model.getObjectiveValue()))
        model.addConstr(model.qsum(terms) >= found[-1])
    return found[0], found[1] * unit, found[2]


def figures(problem: Compiled, mentor: Any, mentee: Any) -> tuple[int, int, int]:
    """The same three numbers of a plan's own pairs, by row; those decided by hand do not belong among them."""
    served = [j for j in sorted(set(np.asarray(mentee).tolist())) if problem.first[j]]
    points = problem.matrix()[np.asarray(mentor, np.int64), np.asarray(mentee, np.int64)]
    return len(served), sum(int(problem.priority[j]) for j in served), int(points.sum())
