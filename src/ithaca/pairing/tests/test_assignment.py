"""The dense solver against every possible plan, and against an independent solver."""

import numpy as np
import pytest
from hypothesis import assume, given, settings

from ithaca.pairing.compiled import Compiled, Solution
from ithaca.pairing.proven import tight_pairs
from ithaca.pairing.solvers import assignment
from ithaca.pairing.solvers.settle import settle
from ithaca.pairing.solvers.standing import Standing
from ithaca.pairing.tests import worlds


def rank(problem: Compiled, pairs: tuple[tuple[int, int], ...], scores: np.ndarray) -> tuple[int, int, int]:
    """The objective in its order: first mentors, then priority among them, then points."""
    served = {j for _, j in pairs if problem.first[j]}
    return len(served), sum(int(problem.priority[j]) for j in served), sum(int(scores[i, j]) for i, j in pairs)


def pairs_of(found: Solution) -> tuple[tuple[int, int], ...]:
    return tuple(zip(found.mentor.tolist(), found.mentee.tolist(), strict=True))


def settled(problem: Compiled, found: Solution) -> Solution:
    ids = tuple(tuple(f"{letter}{k}" for k in range(size)) for letter, size in zip("mn", problem.shape, strict=True))
    return settle(problem, found, tight_pairs(problem, problem.matrix(), found), (ids[0], ids[1]))


@settings(max_examples=150, deadline=None)
@given(worlds.matrices(most=3))
def test_it_is_the_best_of_all_plans(problem: Compiled) -> None:
    scores = problem.matrix()
    found = settled(problem, assignment.solve(problem))
    best = max(rank(problem, plan, scores) for plan in worlds.all_plans(problem))
    assert found.gap == 0
    assert rank(problem, pairs_of(found), scores) == best


@settings(max_examples=60, deadline=None)
@given(worlds.matrices(most=7))
def test_it_agrees_with_an_independent_solver_and_proves_it(problem: Compiled) -> None:
    found = assignment.solve(problem)
    scores, pairs = problem.matrix(), pairs_of(found)
    first = {j for _, j in pairs if problem.first[j]}
    worth = sum(int(scores[i, j]) for i, j in pairs) + sum(found.bonus + int(problem.priority[j]) for j in first)
    assert found.gap == 0
    assume(found.bonus < 10**7)  # beyond that HiGHS's own tolerance is coarser than a point
    assert worth == worlds.worth_by_milp(problem, found.bonus)


@settings(max_examples=150, deadline=None)
@given(worlds.matrices(most=3, several=False))
def test_the_worst_pair_is_as_good_as_the_total_allows(problem: Compiled) -> None:
    scores = problem.matrix()
    plans = worlds.all_plans(problem)
    best = max(rank(problem, plan, scores) for plan in plans)
    equal = [plan for plan in plans if rank(problem, plan, scores) == best]
    worst = max(min((scores[pair] for pair in plan), default=0) for plan in equal)
    found = settled(problem, assignment.solve(problem))
    assert min((scores[pair] for pair in pairs_of(found)), default=0) == worst


@settings(max_examples=60, deadline=None)
@given(worlds.matrices(most=6))
def test_prices_are_never_negative_and_pairs_are_feasible(problem: Compiled) -> None:
    found = settled(problem, assignment.solve(problem))
    pairs = pairs_of(found)
    assert (found.u >= 0).all()
    assert (found.v >= 0).all()
    assert len(set(pairs)) == len(pairs)
    assert (np.bincount(found.mentor, minlength=problem.shape[0]) <= problem.mentor_capacity).all()
    assert (np.bincount(found.mentee, minlength=problem.shape[1]) <= problem.mentee_capacity).all()
    assert (problem.matrix()[found.mentor, found.mentee] >= problem.floor).all()


@pytest.mark.filterwarnings("error")
@pytest.mark.parametrize("wanted", [1, 2])
def test_a_gap_is_right_where_the_sums_are_beyond_64_bits(wanted: int) -> None:
    """Rewards and rounds waited of a large repair, each within 64 bits, all together not."""
    size, large = 16, 1 << 60
    problem = worlds.from_matrix(np.full((size, size), 7), np.ones(size), np.full(size, wanted))
    extra, pairs = np.full(size, large), np.eye(size, dtype=bool)
    worth = np.full((size, size), 7) + extra
    dear = Standing(problem, worth, extra, pairs, extra + 7, np.zeros(size, np.int64))
    assert dear.gap() == size * (wanted - 1) * 7
    free = Standing(problem, worth, extra, pairs, np.zeros(size, np.int64), np.zeros(size, np.int64))
    assert free.gap() == (size * size - size) * (large + 7)
