"""Plans by stated preferences alone: nobody has a reason to look past their partner.

Each person wants those they named, in their order, before all others; the others in the order of compatibility. The
hard rules hold; fixed pairs stay. Two plans come out: of all stable plans the best for every mentee, and the best for
every mentor.
"""

from typing import Literal

import numpy as np

from ithaca.pairing import scoring, solve
from ithaca.pairing.plan import Plan
from ithaca.pairing.points import POINTS, Array
from ithaca.pairing.problem import Problem
from ithaca.pairing.side import Side
from ithaca.pairing.solvers import stable


def stable_plan(problem: Problem, best_for: Literal["mentee", "mentor"] = "mentee") -> Plan:
    """The stable plan that every person of one side likes best of all stable plans. It carries no certificate."""
    compiled = scoring.compiled(problem)
    scores = compiled.matrix()
    by_mentor = np.where(scores >= 0, _wants(problem.mentors, problem.mentees, scores), -1)
    by_mentee = np.where(scores >= 0, _wants(problem.mentees, problem.mentors, scores.T).T, -1)
    if best_for == "mentor":
        pairs = stable.match(by_mentor, by_mentee, compiled.mentor_capacity, compiled.mentee_capacity)
    else:
        pairs = stable.match(by_mentee.T, by_mentor.T, compiled.mentee_capacity, compiled.mentor_capacity).T
    mentee, mentor = np.nonzero(pairs.T)
    held = scoring.held_rows(problem)
    rows, columns = np.concatenate([held[0], mentor]), np.concatenate([held[1], mentee])
    return solve.write(problem, compiled, rows, columns, None)


def _wants(side: Side, others: Side, scores: Array) -> Array:
    """int64[len(side), len(others)]: earlier wishes above later ones, all wishes above the rest, by score within."""
    wants = scores.astype(np.int64)
    for row, ranked in enumerate(side.column("prefers")):
        for rank, tied in enumerate(ranked):
            for other in tied:
                column = others.position.get(other)
                if column is not None:
                    wants[row, column] += (len(ranked) - rank) * (POINTS + 1)
    return wants
