"""Plans by stated preferences alone: nobody has a reason to look past their partner.

Each person wants those they named, in their order, before all others; the others in the order of compatibility. The
hard rules hold; fixed pairs stay. Two plans come out: of all stable plans the best for every mentee, and the best for
every mentor. Their certificate says that they are stable; `check` looks at all pairs to see whether it is so.
"""

from typing import Literal

import numpy as np

from ithaca.pairing import proven, scoring, solve
from ithaca.pairing.compiled import Compiled
from ithaca.pairing.plan import STABLE, Plan
from ithaca.pairing.points import POINTS, Array
from ithaca.pairing.problem import Problem
from ithaca.pairing.side import ProblemError, Side
from ithaca.pairing.solvers import on_demand, stable
from ithaca.pairing.solvers.looks import Looks

MOST_CELLS = 25_000 * 25_000
"""Mentors times mentees up to which a stable plan is worked out: everyone looks at the scores of everyone once."""


def stable_plan(problem: Problem, best_for: Literal["mentee", "mentor"] = "mentee") -> Plan:
    """The stable plan that every person of one side likes best of all stable plans.

    Raises ProblemError for more than MOST_CELLS pairs of people.
    """
    mentors, mentees = len(problem.mentors), len(problem.mentees)
    if mentors * mentees > MOST_CELLS:
        many = f"{mentors:,} mentors with {mentees:,} mentees are {mentors * mentees:,} pairs"
        raise ProblemError([f"{many}; a plan by preferences alone is worked out for up to {MOST_CELLS:,}"])
    compiled = scoring.compiled(problem)
    solver = _dense if proven.is_dense(compiled) else _large
    mentor, mentee = solver(problem, compiled, best_for == "mentor")
    objective = (
        "Everybody wants those they named, in their order, before all others, and the others by compatibility. No two people would "
        f"both rather have each other than whom they have; of all such plans this is the best for every {best_for}. It may serve "
        f"fewer, and have a lower total, than another plan.{problem.objective.no_lower}"
    )
    return solve.with_held(problem, compiled, mentor, mentee, STABLE, objective)


def _dense(problem: Problem, compiled: Compiled, mentors_propose: bool) -> tuple[Array, Array]:
    scores = compiled.matrix()
    by_mentor, by_mentee = scores.astype(np.int64), scores.astype(np.int64)
    for i, j, extra in _wishes(problem.mentors, problem.mentees):
        by_mentor[i, j] += extra
    for j, i, extra in _wishes(problem.mentees, problem.mentors):
        by_mentee[i, j] += extra
    by_mentor[scores < 0], by_mentee[scores < 0] = -1, -1
    if mentors_propose:
        pairs = stable.match(by_mentor, by_mentee, compiled.mentor_capacity, compiled.mentee_capacity)
    else:
        pairs = stable.match(by_mentee.T, by_mentor.T, compiled.mentee_capacity, compiled.mentor_capacity).T
    mentee, mentor = np.nonzero(pairs.T)
    return mentor, mentee


def _large(problem: Problem, compiled: Compiled, mentors_propose: bool) -> tuple[Array, Array]:
    looks = Looks(compiled)
    sides = (problem.mentors, problem.mentees) if mentors_propose else (problem.mentees, problem.mentors)
    places = (compiled.mentor_capacity, compiled.mentee_capacity)
    places = places if mentors_propose else places[::-1]
    wishes = on_demand.Wishes.of(len(sides[0]), _wishes(*sides))
    of_receivers = on_demand.Wishes.of(len(sides[1]), _wishes(*sides[::-1]))

    def scores(some: Array) -> Array:
        found = looks.of_mentors(some) if mentors_propose else looks.of_mentees(some)
        return np.where(places[1] > 0, found, -1)

    lists = on_demand.Lists(scores, wishes, of_receivers, len(sides[0]))
    proposers, receivers = on_demand.match(lists, *places)
    return (proposers, receivers) if mentors_propose else (receivers, proposers)


def _wishes(side: Side, others: Side) -> list[tuple[int, int, int]]:
    """(row, row of whom they named, by how much that is above all scores): earlier wishes above later ones."""
    return [
        (row, others.position[other], (len(ranked) - rank) * (POINTS + 1))
        for row, ranked in enumerate(side.column("prefers"))
        for rank, tied in enumerate(ranked)
        for other in tied
        if other in others.position
    ]
