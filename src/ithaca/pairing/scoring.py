"""From a problem to scores: every criterion compiled into primitives, with the points each may give."""

import json
from weakref import WeakKeyDictionary

import numpy as np

from ithaca.pairing.compiled import Compiled, Part
from ithaca.pairing.points import POINTS, VETO, Array, share_out
from ithaca.pairing.primitives.pairs import Pairs
from ithaca.pairing.problem import Problem, Weighted
from ithaca.pairing.side import Side

BY_HAND = "constraints"
"""Key of the part that keeps forbidden pairs apart and locked pairs out of the solver's hands."""
FORBIDDEN = "kept apart"
HELD = "fixed by the coordinator"


def at_work(problem: Problem) -> tuple[Weighted, ...]:
    """The criteria about which something is known on both sides; the others leave their points to these."""
    return tuple(w for w in problem.criteria if w.criterion.applies(problem.mentors, problem.mentees))


def compiled(problem: Problem, floor: int = 0) -> Compiled:
    """What the solvers see. Capacities are what the fixed pairs leave; the floor is the higher of both floors."""
    mentors, mentees = problem.mentors, problem.mentees
    parts = [*_parts(problem)]
    held_mentors, held_mentees = held_rows(problem)
    parts.append(Part(BY_HAND, 0, _by_hand(problem)))
    taken = np.bincount(held_mentees, minlength=len(mentees))
    return Compiled(
        tuple(parts),
        _usable(mentors, mentees) - np.bincount(held_mentors, minlength=len(mentors)),
        _usable(mentees, mentors) - taken,
        taken == 0,
        priorities(problem),
        max(floor, problem.objective.floor),
    )


_kept: WeakKeyDictionary[Side, WeakKeyDictionary[Side, tuple[str, tuple[Part, ...]]]] = WeakKeyDictionary()
"""The last parts of two sides, for as long as both live: solving, checking and explaining ask for the same."""


def _parts(problem: Problem) -> tuple[Part, ...]:
    mentors, mentees = problem.mentors, problem.mentees
    used = at_work(problem)
    wanted = json.dumps([[w.key, w.weight, w.chosen] for w in used], sort_keys=True)
    known = _kept.setdefault(mentors, WeakKeyDictionary())
    if mentees not in known or known[mentees][0] != wanted:
        parts = tuple(
            Part(w.key, points, w.criterion.compile(mentors, mentees, points, w.chosen))
            for w, points in zip(used, share_out([w.weight for w in used]), strict=True)
        )
        known[mentees] = wanted, parts
        return parts
    return known[mentees][1]


MOST_ROUNDS = 9
"""Rounds waited, or not followed through, that count."""


def held_rows(problem: Problem) -> tuple[Array, Array]:
    """(rows, columns) of the pairs fixed by hand, ordered by column."""
    held = problem.constraints.held
    rows = np.array([problem.mentors.position[mentor] for mentor, _ in held], np.int64)
    return rows, np.array([problem.mentees.position[mentee] for _, mentee in held], np.int64)


def priorities(problem: Problem) -> Array:
    """int64[N]: each round waited outweighs all the points a plan could have.

    Who did not follow through in an earlier round comes after all others, however long they waited.
    """
    waited, lapsed = (
        np.minimum(np.array(problem.mentees.column(key), np.int64), MOST_ROUNDS)
        for key in ("waited_rounds", "lapsed_rounds")
    )
    standing = np.where(lapsed > 0, -lapsed, waited)
    return (standing - min(0, int(standing.min(initial=0)))) * worth_of_a_round(problem)


def worth_of_a_round(problem: Problem) -> int:
    """More than twice all the points a plan could have, so that rounds and points can be told apart in a sum."""
    mentors, mentees = problem.mentors, problem.mentees
    pairs = min(int(_usable(mentors, mentees).sum()), int(_usable(mentees, mentors).sum()))
    return 2 * POINTS * max(1, pairs) + 1


def _usable(side: Side, others: Side) -> Array:
    """int64[n]: places that can be taken: nobody meets the same person twice, so never more than there are others."""
    usable: Array = np.minimum(side.capacity, len(others))
    return usable


def parts_at(problem: Compiled, rows: Array, columns: Array) -> Array:
    """int32[parts, K]: the points each part gives each of K single pairs; what a rule excludes gives 0."""
    out = np.zeros((len(problem.parts), len(rows)), np.int32)
    for at, part in enumerate(problem.parts):
        for primitive in part.primitives:
            out[at] += np.maximum(primitive.at(rows, columns), 0)
    return out


def excluded_at(problem: Compiled, rows: Array, columns: Array) -> list[list[str]]:
    """For each of K single pairs, in words, the rules that exclude it."""
    out: list[list[str]] = [[] for _ in rows]
    for primitive in problem.primitives:
        for at in np.flatnonzero(primitive.at(rows, columns) < 0):
            out[at].append(primitive.reason)
    return out


def _by_hand(problem: Problem) -> tuple[Pairs, ...]:
    shape = (len(problem.mentors), len(problem.mentees))
    found = []
    for pairs, reason in ((problem.constraints.forbidden, FORBIDDEN), (problem.constraints.held, HELD)):
        named = [(problem.mentors.position[a], problem.mentees.position[b], VETO) for a, b in pairs]
        if named:
            found.append(Pairs.of(shape, named, reason))
    return tuple(found)
