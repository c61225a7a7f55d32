"""A best plan with prices that keep those served, the rounds they waited, and points apart: where every question starts."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from ithaca.pairing.compiled import Compiled
from ithaca.pairing.plan import Plan
from ithaca.pairing.points import Array
from ithaca.pairing.problem import Problem
from ithaca.pairing.solvers import assignment
from ithaca.pairing.solvers.konig import smallest_cover
from ithaca.pairing.solvers.looks import Looks
from ithaca.pairing.solvers.standing import Standing

if TYPE_CHECKING:
    from ithaca.pairing.solvers.priced.again import Memory

DENSE_CELLS = 1_000_000
"""Numbers in the dense solver's table up to which it is taken."""
BATCH = 64
MOST_CELLS = 500_000_000
"""Pairs looked at, at most, to see that nobody more could be served."""


@dataclass(frozen=True, eq=False)
class Optimum:
    """Pairs by row and column numbers, and the prices that prove them; see compiled.Solution.

    mentor, mentee  int64[K];  u int64[N], v int64[M], with the bonus in them
    """

    problem: Compiled
    mentor: Array
    mentee: Array
    u: Array
    v: Array
    bonus: int

    @property
    def extra(self) -> Array:
        """int64[N]: what a mentee's first mentor is worth beside the points."""
        extra: Array = np.where(self.problem.first, self.bonus + self.problem.priority, 0)
        return extra

    @property
    def served(self) -> Array:
        """Mentees whose first mentor is among the pairs."""
        some = np.unique(self.mentee)
        first: Array = some[self.problem.first[some]]
        return first


def of_standing(standing: Standing, bonus: int) -> Optimum:
    """From the dense solver's."""
    mentee, mentor = np.nonzero(standing.pairs.T)
    return Optimum(standing.problem, mentor, mentee, standing.u, standing.v, bonus)


class Solver:
    """Best plans under one bonus: the first from nothing, each next one from the pairs and prices before.

    The problems have the same people and criteria; only their places differ.
    """

    def __init__(self, bonus: int) -> None:
        self.bonus = bonus
        self.memory: Memory | None = None

    def best(self, problem: Compiled) -> Optimum:
        """The best plan of these people under the bonus."""
        mentors, mentees = problem.shape
        if assignment.cells(problem) <= DENSE_CELLS:
            return of_standing(assignment.stand(problem, problem.matrix(), self.bonus), self.bonus)
        from ithaca.pairing.solvers.priced import solver  # here, so that small problems never wait for Numba
        from ithaca.pairing.solvers.priced.again import Change

        extra = np.where(problem.first, self.bonus + problem.priority, 0)
        same = np.arange(mentors), np.arange(mentees)
        change = Change(self.memory, *same) if self.memory is not None else None
        found, self.memory = solver.solve_and_remember(replace(problem, priority=extra), change, serve_most=False)
        return Optimum(problem, found.mentor, found.mentee, found.u, found.v, self.bonus)


def solved(problem: Compiled, bonus: int) -> Optimum:
    """From nothing: the best plan under that bonus."""
    return Solver(bonus).best(problem)


def raised_plan(problem: Problem, compiled: Compiled, plan: Plan, bonus: int, looks: Looks) -> Optimum | None:
    """A plan that proves to be the best of this very problem, under a larger bonus; None where its proof does not say so."""
    proof = plan.certificate
    if proof is None or proof.gap or proof.kind != "best" or proof.keeping or plan.digest != problem.digest:
        return None
    free = [pair for pair in plan.pairs if not pair.fixed]
    mentor = np.array([problem.mentors.position[pair.mentor] for pair in free], np.int64)
    mentee = np.array([problem.mentees.position[pair.mentee] for pair in free], np.int64)
    u, v = np.array(proof.mentee_prices, np.int64), np.array(proof.mentor_prices, np.int64)
    return raised(Optimum(compiled, mentor, mentee, u, v, proof.bonus), bonus, looks)


def raised(found: Optimum, bonus: int, looks: Looks) -> Optimum | None:
    """The same plan proven under a larger bonus, without solving again; None where these prices do not show how.

    König: a set of mentees and places that touches every pair that could serve somebody, no larger than the number
    served, proves that nobody more can be. The prices of such a set may rise with the bonus.
    """
    more = bonus - found.bonus
    if more <= 0:
        return found if more == 0 else None
    cover = _cover_by_prices(found) if found.bonus else _cover_without_bonus(found, looks)
    if cover is None or _size(found.problem, cover) != len(found.served):
        return None
    mentees, mentors = cover
    return Optimum(found.problem, found.mentor, found.mentee, found.u + more * mentees, found.v + more * mentors, bonus)


def _wanting(problem: Compiled) -> Array:
    wanting: Array = problem.first & (problem.mentee_capacity > 0)
    return wanting


def _cover_by_prices(found: Optimum) -> tuple[Array, Array]:
    """(bool[N], bool[M]): mentees who cost at least x and mentors who cost more than the bonus less x, for the best x."""
    bonus, wanting = found.bonus, _wanting(found.problem)
    places = np.where(found.problem.mentor_capacity > 0, np.minimum(found.v, bonus), 0)
    at, _ = smallest_cover(np.clip(found.u[wanting], 0, bonus), places, found.problem.mentor_capacity, bonus)
    return wanting & (found.u >= at), places >= bonus + 1 - at


def _cover_without_bonus(found: Optimum, looks: Looks) -> tuple[Array, Array] | None:
    """Everyone whom anybody could serve is served; or every place that anybody could fill serves somebody."""
    problem, wanting = found.problem, _wanting(found.problem)
    served = np.zeros(len(wanting), bool)
    served[found.served] = True
    filled = np.bincount(found.mentor[served[found.mentee]], minlength=problem.shape[0])
    short = np.flatnonzero(filled < problem.mentor_capacity)
    left = np.flatnonzero(wanting & ~served)
    quicker = [(len(left) * problem.shape[0], True), (len(short) * problem.shape[1], False)]
    for cells, from_mentees in sorted(quicker):
        if cells <= MOST_CELLS:
            cover = (
                _by_mentees(found, looks, left, served)
                if from_mentees
                else _by_places(found, looks, short, served, filled)
            )
            if cover is not None and _size(problem, cover) == len(found.served):
                return cover
    return None


def _size(problem: Compiled, cover: tuple[Array, Array]) -> int:
    return int(cover[0].sum()) + int(problem.mentor_capacity[cover[1]].sum())


def _by_mentees(found: Optimum, looks: Looks, left: Array, served: Array) -> tuple[Array, Array] | None:
    open_to = (found.problem.mentor_capacity > 0)[None, :]
    for at in range(0, len(left), BATCH):
        if ((looks.of_mentees(left[at : at + BATCH]) >= 0) & open_to).any():
            return None
    return served, np.zeros(found.problem.shape[0], bool)


def _by_places(found: Optimum, looks: Looks, short: Array, served: Array, filled: Array) -> tuple[Array, Array] | None:
    wanting = _wanting(found.problem)[None, :]
    for at in range(0, len(short), BATCH):
        rows = short[at : at + BATCH]
        if (filled[rows] < ((looks.of_mentors(rows) >= 0) & wanting).sum(axis=1)).any():
            return None
    full = found.problem.mentor_capacity > 0
    full[short] = False
    theirs = np.zeros(len(served), bool)
    theirs[found.mentee[np.isin(found.mentor, short)]] = True
    return theirs & served, full
