"""The whole priced-out solver against the dense one and an independent reckoning of the proof."""

from __future__ import annotations

import dataclasses
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ithaca.pairing.compiled import Compiled, Part, Solution, Stopped
from ithaca.pairing.points import VETO
from ithaca.pairing.solvers import assignment
from ithaca.pairing.solvers.priced import solver
from ithaca.pairing.solvers.priced.tests import problems


@pytest.fixture(autouse=True)
def _small_samples(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let small problems take the way of large ones: a sample, candidates, rounds."""
    monkeypatch.setattr(solver, "SMALL", 12)


def reckon(problem: Compiled, found: Solution) -> dict[str, int]:
    """Everything from the whole matrix; fails if the plan breaks a rule."""
    matrix = problem.matrix().astype(np.int64)
    i, j = found.mentor, found.mentee
    assert (matrix[i, j] >= 0).all()
    assert len(set(zip(i.tolist(), j.tolist(), strict=True))) == len(i)
    assert (np.bincount(i, minlength=matrix.shape[0]) <= problem.mentor_capacity).all()
    assert (np.bincount(j, minlength=matrix.shape[1]) <= problem.mentee_capacity).all()
    assert found.u.min(initial=0) >= 0 and found.v.min(initial=0) >= 0
    extra = np.where(problem.first, found.bonus + problem.priority, 0)
    open_to = (problem.mentor_capacity > 0)[:, None] & (problem.mentee_capacity > 0)[None, :] & (matrix >= 0)
    over = np.where(open_to, np.maximum(0, matrix + extra - found.u - found.v[:, None]), 0)
    further = np.maximum(problem.mentee_capacity - 1, 0) * np.maximum(0, found.u - extra)
    bound = found.u[problem.mentee_capacity > 0].sum() + further.sum() + (problem.mentor_capacity * found.v).sum()
    served = np.unique(j)
    return {
        "gap": int(bound + over.sum() - matrix[i, j].sum() - extra[served].sum()),
        "served": int(problem.first[served].sum()),
        "points": int(matrix[i, j].sum() + problem.priority[served][problem.first[served]].sum()),
    }


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 2**32))
def test_it_serves_as_many_for_as_many_points_as_the_dense_solver_and_proves_it(seed: int) -> None:
    rng = np.random.default_rng(seed)
    mentors, mentees = rng.integers(1, 70, 2)
    problem = problems.mixed(
        seed, mentors, mentees, capacity=int(rng.integers(1, 4)), places=int(rng.integers(1, 4)), floor=seed % 3 * 400
    )
    found = solver.solve(problem)
    assert found.gap == 0
    assert reckon(problem, found) == reckon(problem, assignment.solve(problem))


@settings(max_examples=20, deadline=None)
@given(st.integers(0, 2**32), st.sampled_from([0.01, 0.2]))
def test_good_enough_serves_as_many_and_proves_how_good_it_is(seed: int, good_enough: float) -> None:
    problem = problems.mixed(seed, 60, 80, capacity=seed % 2 + 1)
    found = solver.solve(problem, good_enough=good_enough)
    reckoned, best = reckon(problem, found), reckon(problem, solver.solve(problem))
    assert reckoned["gap"] == found.gap <= good_enough * best["points"]
    assert reckoned["served"] == best["served"]
    assert reckoned["points"] >= best["points"] - found.gap


def test_good_enough_is_enough_also_where_serving_most_takes_a_bonus() -> None:
    problem = problems.mixed(2, 90, 90)
    rounds: dict[float, int] = {}
    for good_enough in (0.0, 0.1):
        told: list[str] = []
        found = solver.solve(problem, good_enough=good_enough, progress=lambda share, words: told.append(words))
        rounds[good_enough] = sum(words.startswith("round") for words in told[told.index(SERVING) :])
        points = reckon(problem, found)["points"]
        assert reckon(problem, found)["gap"] == found.gap <= good_enough * points
        assert reckon(problem, found)["served"] == reckon(problem, solver.solve(problem))["served"]
    assert rounds[0.1] < rounds[0.0]


SERVING = "serving as many as possible"


def test_threads_and_repetition_change_nothing() -> None:
    problem = problems.mixed(11, 200, 220)
    plans = [solver.solve(problem, threads=threads) for threads in (1, 2, 3, 1)]
    for plan in plans[1:]:
        for name in ("mentor", "mentee", "u", "v", "bonus", "gap"):
            assert np.array_equal(getattr(plan, name), getattr(plans[0], name))


@pytest.mark.parametrize("break_it", ["swap", "price", "miss"])
def test_a_planted_error_opens_the_gap(break_it: str) -> None:
    problem = Compiled(
        (Part("t", 0, (problems.table(np.random.default_rng(3), 30, 40, 9, 9, 900),)),), np.ones(30), np.ones(40)
    )
    found = solver.solve(problem)
    assert reckon(problem, found)["gap"] == 0
    mentor, mentee, v = found.mentor.copy(), found.mentee, found.v.copy()
    if break_it == "swap":
        matrix = problem.matrix()
        a, b = next(
            (a, b)
            for a in range(len(mentor))
            for b in range(a)
            if 0 <= matrix[mentor[a], mentee[b]]
            and 0 <= matrix[mentor[b], mentee[a]]
            and matrix[mentor[a], mentee[b]] + matrix[mentor[b], mentee[a]]
            != matrix[mentor[a], mentee[a]] + matrix[mentor[b], mentee[b]]
        )
        mentor[[a, b]] = mentor[[b, a]]
    elif break_it == "price":
        v[np.argmax(v)] += 7
    else:
        mentor, mentee = mentor[1:], mentee[1:]
    assert reckon(problem, Solution(mentor, mentee, found.u, v, found.bonus, 0))["gap"] > 0


@pytest.mark.parametrize(
    ("mentors", "mentees", "points"),
    [(np.ones(20), np.ones(30), VETO), (np.zeros(20), np.ones(30), 5), (np.ones(20), np.zeros(30), 5)],
)
def test_where_nobody_can_be_paired_the_plan_is_empty_and_proven(mentors: Any, mentees: Any, points: int) -> None:
    nothing = problems.Table(np.zeros(20, int), np.zeros(30, int), np.array([[points]]), "no")
    problem = Compiled((Part("t", 0, (nothing,)),), mentors, mentees)
    found = solver.solve(problem)
    assert len(found.mentor) == 0
    assert found.gap == reckon(problem, found)["gap"] == 0


@pytest.mark.parametrize("points", [0, 700])
def test_equal_scores_everywhere_serve_everyone(points: int) -> None:
    same = problems.Table(np.zeros(50, int), np.zeros(60, int), np.array([[points]]), "")
    problem = Compiled((Part("t", 0, (same,)),), np.ones(50), np.ones(60))
    found = solver.solve(problem)
    assert reckon(problem, found) == {"gap": 0, "served": 50, "points": 50 * points}


def test_no_criteria_and_no_people() -> None:
    assert len(solver.solve(Compiled((), np.ones(30), np.ones(20))).mentor) == 20
    assert len(solver.solve(Compiled((), np.ones(0), np.ones(20))).mentor) == 0


def test_served_first_even_where_fewer_pairs_would_earn_more() -> None:
    scores = np.full((30, 30), VETO)
    for k in range(30):  # a chain: each mentee knows two mentors; the good pair of each blocks the next
        scores[k, k] = 1
        scores[k, (k + 1) % 30] = 10_000 if k % 2 else 1
    problem = Compiled(
        (Part("t", 0, (problems.Table(np.arange(30), np.arange(30), scores, "far"),)),), np.ones(30), np.ones(30)
    )
    found = solver.solve(problem)
    assert reckon(problem, found) == reckon(problem, assignment.solve(problem))
    assert reckon(problem, found)["served"] == 30


def test_stopping_early_gives_the_plan_so_far_with_a_true_gap() -> None:
    problem = problems.mixed(5, 300, 320)
    whole = reckon(problem, solver.solve(problem))
    stopped = []
    for patience in (0, 1, 5, 10, 20, 40, 60, 80):
        asked = iter(range(patience))
        try:
            found = solver.solve(problem, should_stop=lambda asked=asked: next(asked, None) is None)
        except Stopped:
            stopped.append(patience)
            continue
        truth = reckon(problem, found)
        assert truth["gap"] == found.gap
        assert truth["points"] + found.gap >= whole["points"]
    assert stopped[0] == 0
    assert len(stopped) < 8


def test_the_first_plan_is_waited_for_where_that_is_asked_for() -> None:
    problem = problems.mixed(5, 300, 320)
    told: list[bool] = []
    found = solver.solve(problem, should_stop=lambda: True, too_soon=lambda: told.append(True))
    assert told
    assert reckon(problem, found)["gap"] == found.gap


def test_progress_is_told_in_words_and_never_falls() -> None:
    told: list[tuple[float, str]] = []
    solver.solve(problems.mixed(2, 120, 130), progress=lambda share, words: told.append((share, words)))
    shares = [share for share, _ in told]
    assert shares == sorted(shares) and 0 < shares[0] and shares[-1] < 1
    assert all(words for _, words in told)


@pytest.mark.parametrize("unit", [10**13, 10**16])
def test_priorities_beyond_64_bits_in_all_are_added_up_or_refused(unit: int) -> None:
    plain = problems.mixed(3, 70, 1_000)
    problem = dataclasses.replace(plain, priority=np.arange(1_000) % 3 * unit)
    found, _ = solver.solve_and_remember(problem, serve_most=False)
    served = np.unique(found.mentee)
    best = assignment.solve(dataclasses.replace(plain, priority=np.arange(1_000) % 3 * 10**6))
    assert found.gap == 0
    assert problem.priority[served].sum() == problem.priority[np.unique(best.mentee)].sum()
    if unit == 10**16:
        with pytest.raises(OverflowError, match="1,000 mentees add up"):
            solver.solve(problem)
