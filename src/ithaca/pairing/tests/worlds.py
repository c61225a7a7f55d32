"""Small worlds for the engine's tests: random ones for Hypothesis, and an independent solver to compare with."""

from itertools import product
from typing import Any

import numpy as np
from hypothesis import strategies as st
from scipy.optimize import Bounds, LinearConstraint, milp

from ithaca.pairing.compiled import Compiled, Part
from ithaca.pairing.plan import Certificate, Plan
from ithaca.pairing.points import POINTS, VETO, Array
from ithaca.pairing.primitives.pairs import Pairs
from ithaca.pairing.problem import Objective, Problem
from ithaca.pairing.tests import people


def from_matrix(scores: Array, mentor_capacity: Array, mentee_capacity: Array, **more: Any) -> Compiled:
    """A problem with exactly these scores; below zero is excluded."""
    rows = ((i, j, VETO if scores[i, j] < 0 else int(scores[i, j])) for i, j in np.ndindex(*scores.shape))
    part = Part("all", POINTS, (Pairs.of(scores.shape, rows, "excluded"),))
    return Compiled((part,), mentor_capacity, mentee_capacity, **more)


@st.composite
def matrices(draw: st.DrawFn, most: int = 6, several: bool = True) -> Compiled:
    """Problems of up to `most` × `most` with vetoes, ties, capacities, priorities and mentees already served."""
    mentors, mentees = draw(st.integers(1, most)), draw(st.integers(1, most))
    score = st.one_of(st.just(-1), st.integers(0, 5), st.integers(0, POINTS))
    scores = np.array(draw(st.lists(score, min_size=mentors * mentees, max_size=mentors * mentees)))
    places = st.lists(st.integers(0, 3), min_size=mentors, max_size=mentors)
    wanted = st.lists(st.integers(0, 3 if several else 1), min_size=mentees, max_size=mentees)
    flags = st.lists(st.booleans(), min_size=mentees, max_size=mentees)
    capacity = np.array(draw(places)), np.array(draw(wanted))
    first = np.array(draw(flags)) if several and draw(st.booleans()) else np.ones(mentees, bool)
    waited = np.array(draw(flags)) * (POINTS * 40 + 1) if draw(st.booleans()) else np.zeros(mentees, int)
    floor = draw(st.sampled_from([0, 0, 0, 3, 500]))
    return from_matrix(scores.reshape(mentors, mentees), *capacity, first=first, priority=waited, floor=floor)


def worth_by_milp(problem: Compiled, bonus: int) -> int:
    """The best worth by an independent solver (HiGHS): points, and the bonus of everyone's first mentor."""
    scores = problem.matrix()
    mentors, mentees = scores.shape
    extra = np.where(problem.first, bonus + problem.priority, 0)
    cost = -np.concatenate([np.maximum(scores, 0).ravel(), extra]).astype(float)
    pair = np.arange(mentors * mentees).reshape(mentors, mentees)
    size = mentors * mentees + mentees
    rows, low, high = [], [], []
    capacities = np.concatenate([problem.mentor_capacity, problem.mentee_capacity])
    for cells, most in zip([*pair, *pair.T], capacities, strict=True):
        rows.append(np.isin(np.arange(size), cells).astype(float))
        low.append(0)
        high.append(most)
    for j in range(mentees):
        row = np.isin(np.arange(size), pair[:, j]).astype(float)
        row[mentors * mentees + j] = -1
        rows.append(row)
        low.append(0)
        high.append(np.inf)
    upper = np.concatenate([(scores >= 0).ravel(), np.ones(mentees)]).astype(float)
    scale = max(1.0, float(-cost.min()))
    found = milp(
        cost / scale,
        constraints=LinearConstraint(np.array(rows), low, high),
        bounds=Bounds(0, upper),
        integrality=np.ones(size),
        options={"mip_rel_gap": 0},
    )
    return round(float(-cost @ np.round(found.x)))


def all_plans(problem: Compiled) -> list[tuple[tuple[int, int], ...]]:
    """Every feasible plan: only for tiny problems."""
    scores = problem.matrix()
    allowed = [(int(i), int(j)) for i, j in zip(*np.nonzero(scores >= 0), strict=True)]
    plans = []
    for chosen in product((False, True), repeat=len(allowed)):
        pairs = tuple(pair for pair, taken in zip(allowed, chosen, strict=True) if taken)
        by_mentor = np.bincount([i for i, _ in pairs], minlength=scores.shape[0])
        by_mentee = np.bincount([j for _, j in pairs], minlength=scores.shape[1])
        if (by_mentor <= problem.mentor_capacity).all() and (by_mentee <= problem.mentee_capacity).all():
            plans.append(pairs)
    return plans


def small(seed: int, size: int = 9, **more: Any) -> Problem:
    """A believable problem of `size` mentors, some without places, and a few more mentees, some wanting two mentors."""
    objective, mentees = Objective(more.pop("kind", "total")), more.pop("mentees", size + seed % 5)
    places = {"capacity": (0, 1, 1, 2), "wanted": (0, 1, 1, 1, 2)}
    return people.problem(size, mentees, seed, objective=objective, **(places | more))


def proven(plan: Plan) -> Certificate:
    """The plan's certificate, which it has."""
    assert plan.certificate is not None
    return plan.certificate
