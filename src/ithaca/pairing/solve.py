"""From a problem to its plan: compile, solve, settle ties, write the plan with its parts and its proof."""

from collections.abc import Callable, Iterable

import numpy as np

from ithaca.pairing import scoring
from ithaca.pairing.compiled import Compiled, Solution, Stopped
from ithaca.pairing.plan import Certificate, Pair, Plan
from ithaca.pairing.points import VETO, Array
from ithaca.pairing.problem import IdPair, Problem
from ithaca.pairing.solvers import assignment, worst_first
from ithaca.pairing.solvers.settle import settle

Progress = Callable[[float, str], None]
"""Told now and then: the fraction done (0 to 1) and what is being done, in words."""
ShouldStop = Callable[[], bool]


def solve(problem: Problem, progress: Progress | None = None, should_stop: ShouldStop | None = None) -> Plan:
    """The best plan in the order of the objective, with its proof. Raises Stopped if `should_stop` says so in time."""
    tell = progress or (lambda fraction, words: None)
    stop = should_stop or (lambda: False)
    tell(0.0, "reading the answers")
    compiled = scoring.compiled(problem)
    if stop():
        raise Stopped
    tell(0.1, f"scoring {len(problem.mentors):,} mentors with {len(problem.mentees):,} mentees")
    scores = compiled.matrix()
    if stop():
        raise Stopped
    if problem.objective.kind == "worst_first":
        tell(0.2, "raising the worst pair")
        compiled = scoring.compiled(problem, worst_first.highest_floor(compiled, scores))
        scores[scores < compiled.floor] = VETO
    tell(0.3, "looking for the best pairs")
    found = assignment.solve(compiled, scores)
    if stop():
        raise Stopped
    tell(0.8, "settling ties")
    settled = settle(compiled, found, tight_pairs(compiled, scores, found), (problem.mentors.ids, problem.mentees.ids))
    tell(1.0, "done")
    return plan_of(problem, compiled, settled)


def by_hand(problem: Problem, pairs: Iterable[IdPair]) -> Plan:
    """A plan of exactly these pairs, right or wrong, for `check` to judge. Ids must be known."""
    ordered = sorted(pairs, key=lambda pair: (pair[1], pair[0]))
    mentor = np.array([problem.mentors.position[mentor] for mentor, _ in ordered], np.int64)
    mentee = np.array([problem.mentees.position[mentee] for _, mentee in ordered], np.int64)
    return write(problem, scoring.compiled(problem), mentor, mentee, None)


def tight_pairs(compiled: Compiled, scores: Array, found: Solution) -> tuple[Array, Array, Array]:
    """(mentors, mentees, scores) of the pairs that optimal plans can be made of."""
    extra = np.where(compiled.first, found.bonus + compiled.priority, 0)
    tight = (scores >= 0) & (scores + extra[None, :] == found.u[None, :] + found.v[:, None])
    i, j = np.nonzero(tight)
    return i, j, scores[i, j]


def plan_of(problem: Problem, compiled: Compiled, found: Solution) -> Plan:
    """The solver's answer and the fixed pairs as one plan."""
    certificate = Certificate(tuple(found.u.tolist()), tuple(found.v.tolist()), found.bonus, found.gap)
    held_mentor, held_mentee = scoring.held_rows(problem)
    mentor = np.concatenate([held_mentor, found.mentor]).astype(np.int64)
    mentee = np.concatenate([held_mentee, found.mentee]).astype(np.int64)
    return write(problem, compiled, mentor, mentee, certificate)


def write(problem: Problem, compiled: Compiled, mentor: Array, mentee: Array, certificate: Certificate | None) -> Plan:
    """A plan of these pairs (by row numbers), with the part of every criterion."""
    order = np.lexsort((mentor, mentee))
    mentor, mentee = mentor[order], mentee[order]
    keys = [part.key for part in compiled.parts]
    fixed = set(problem.constraints.held)
    pairs = []
    for i, j, parts in zip(mentor, mentee, scoring.parts_at(compiled, mentor, mentee).T.tolist(), strict=True):
        ids = problem.mentors.ids[i], problem.mentees.ids[j]
        by_key = tuple((key, part) for key, part in zip(keys, parts, strict=True) if key != scoring.BY_HAND)
        pairs.append(Pair(*ids, sum(parts), by_key, ids in fixed))
    return Plan(
        tuple(pairs),
        _without(problem.mentees.ids, mentee, problem.mentees.capacity),
        _without(problem.mentors.ids, mentor, problem.mentors.capacity),
        certificate,
        problem.digest,
        problem.objective.words(),
        compiled.floor,
    )


def _without(ids: tuple[str, ...], used: Array, capacity: Array) -> tuple[str, ...]:
    """Who wanted somebody and has nobody."""
    alone = (np.bincount(used.astype(np.int64), minlength=len(ids)) == 0) & (capacity > 0)
    return tuple(ids[row] for row in np.flatnonzero(alone))
