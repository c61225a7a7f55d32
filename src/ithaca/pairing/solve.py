"""From a problem to its plan: compile, solve, settle ties, write the plan with its parts and its proof."""

from collections.abc import Callable, Iterable
from dataclasses import replace

import numpy as np

from ithaca.pairing import cover, proven, scoring
from ithaca.pairing.compiled import Compiled, Solution, TooSoon, stopped
from ithaca.pairing.plan import Certificate, Cover, Pair, Plan
from ithaca.pairing.points import Array
from ithaca.pairing.problem import IdPair, Problem

Progress = Callable[[float, str], None]
"""Told now and then: the fraction done (0 to 1) and what is being done, in words."""
ShouldStop = Callable[[], bool]


def solve(
    problem: Problem,
    progress: Progress | None = None,
    should_stop: ShouldStop | None = None,
    good_enough: float = 0.0,
    too_soon: TooSoon | None = None,
) -> Plan:
    """The best plan in the order of the objective, with its proof.

    If `should_stop` says so, the best plan so far with its proven gap, or Stopped where there is none yet. `good_enough`: share
    of its points that a plan may be short of the best, for so many people that the last per cent would take an hour; as many
    are served all the same, and up to 2,000 × 2,000 it is the best plan anyway. `too_soon`: instead of Stopped it is told, and the
    first plan is waited for.
    """
    tell = progress or (lambda fraction, words: None)
    stop = should_stop or (lambda: False)
    tell(0.0, "reading the answers")
    compiled = scoring.compiled(problem)
    stopped(stop, too_soon)
    ids = (problem.mentors.ids, problem.mentees.ids)
    objective = problem.objective
    raise_worst = objective.kind == "worst_first"
    compiled, found = proven.best(compiled, ids, tell, stop, raise_worst, objective.cost, good_enough, too_soon)
    tell(1.0, "done")
    return plan_of(problem, compiled, found)


def by_hand(problem: Problem, pairs: Iterable[IdPair]) -> Plan:
    """A plan of exactly these pairs, right or wrong, for `check` to judge. Ids must be known."""
    ordered = sorted(pairs, key=lambda pair: (pair[1], pair[0]))
    mentor = np.array([problem.mentors.position[mentor] for mentor, _ in ordered], np.int64)
    mentee = np.array([problem.mentees.position[mentee] for _, mentee in ordered], np.int64)
    return write(problem, scoring.compiled(problem), mentor, mentee, None, "These pairs were made by hand.")


def plan_of(problem: Problem, compiled: Compiled, found: Solution) -> Plan:
    """The solver's answer and the fixed pairs as one plan."""
    prices = tuple(found.u.tolist()), tuple(found.v.tolist())
    certificate = Certificate(*prices, found.bonus, found.gap, covers=_covers(problem, compiled, found))
    return with_held(problem, compiled, found.mentor, found.mentee, certificate)


def _covers(problem: Problem, compiled: Compiled, found: Solution) -> tuple[Cover, ...]:
    """That the worst pair cannot be raised further, where that was asked for at any price."""
    if problem.objective.kind != "worst_first" or problem.objective.cost is not None or found.gap:
        return ()
    lowered = replace(compiled, floor=problem.objective.floor)
    return cover.proof_of_raising(lowered, found.mentor, found.mentee, compiled.floor)


def with_held(
    problem: Problem,
    compiled: Compiled,
    mentor: Array,
    mentee: Array,
    certificate: Certificate | None,
    objective: str = "",
) -> Plan:
    """A plan of the pairs that a solver found (by row numbers) and of those fixed by hand."""
    held_mentor, held_mentee = scoring.held_rows(problem)
    mentor, mentee = np.concatenate([held_mentor, mentor]), np.concatenate([held_mentee, mentee])
    return write(problem, compiled, mentor.astype(np.int64), mentee.astype(np.int64), certificate, objective)


def write(
    problem: Problem,
    compiled: Compiled,
    mentor: Array,
    mentee: Array,
    certificate: Certificate | None,
    objective: str = "",
) -> Plan:
    """A plan of exactly these pairs (by row numbers), with the part of every criterion.

    `objective`: what it is the best for, in words, where that is not what the problem calls best.
    """
    if not objective and certificate is not None and certificate.keeping is not None:
        objective = f"Of all plans that keep so many of the former pairs: {problem.best()}"
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
        objective or problem.best(),
        compiled.floor,
    )


def _without(ids: tuple[str, ...], used: Array, capacity: Array) -> tuple[str, ...]:
    """Who wanted somebody and has nobody."""
    alone = (np.bincount(used.astype(np.int64), minlength=len(ids)) == 0) & (capacity > 0)
    return tuple(ids[row] for row in np.flatnonzero(alone))
