"""Questions about other plans at any size: the same answers without a matrix, and honest bounds where looking ends."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings

from ithaca.pairing import explain, proven, solve, without
from ithaca.pairing.compiled import Compiled
from ithaca.pairing.explain import Explainer
from ithaca.pairing.plan import Plan
from ithaca.pairing.points import Array
from ithaca.pairing.problem import Problem
from ithaca.pairing.solvers import assignment, looks, optimum
from ithaca.pairing.solvers.residual import Residual
from ithaca.pairing.tests import people, worlds


def answers(problem: Problem, plan: Plan) -> list[object]:
    explainer = Explainer(problem, plan)
    said: list[object] = [explainer.second_choices(pair.mentee) for pair in plan.pairs[:6]]
    said += [explainer.pair(mentor, pair.mentee) for pair in plan.pairs[:4] for mentor in problem.mentors.ids]
    said += [without.mentee(explainer, person) for person in plan.unmatched_mentees[:4]]
    return said + [without.mentor(explainer, person) for person in plan.unmatched_mentors[:4]]


@pytest.mark.parametrize("mentors, mentees, wanted", [(20, 20, (1,)), (12, 20, (1, 2)), (25, 15, (1,))])
def test_large_problems_get_the_same_answers_without_a_matrix(
    monkeypatch: pytest.MonkeyPatch, mentors: int, mentees: int, wanted: tuple[int, ...]
) -> None:
    problem = people.problem(mentors, mentees, 8, wanted=wanted)
    plan = solve.solve(problem)
    dense = answers(problem, plan)
    monkeypatch.setattr(looks, "READY_CELLS", 0)
    monkeypatch.setattr(proven, "DENSE_CELLS", 0)
    assert answers(problem, plan) == dense
    assert answers(problem, solve.solve(problem)) == dense
    assert answers(problem, replace(plan, certificate=None)) == dense


def test_where_looking_ends_the_cost_is_a_bound_from_below(monkeypatch: pytest.MonkeyPatch) -> None:
    problem = people.problem(30, 34, 3)
    plan = solve.solve(problem)
    whole, short = Explainer(problem, plan), Explainer(problem, plan)
    assert whole.residual is not None
    assert short.residual is not None
    short.residual.budget = 34 * 4
    monkeypatch.setattr(explain, "SOLVED_CELLS", 0)
    prices = Explainer(problem, plan)
    prices.__dict__["optimum"] = None
    bounded = 0
    for pair in plan.pairs:
        for mentor in problem.mentors.ids[:10]:
            costs = [explainer.cost(mentor, pair.mentee) for explainer in (whole, short, prices)]
            if costs[0] is None:
                assert costs == [None, None, None]
                continue
            for cost in costs[1:]:
                assert cost is not None
                assert cost.exact or "least" in cost.words() or "may" in cost.words() or cost.fewer_served
                assert (cost.fewer_served, cost.points) <= (costs[0].fewer_served, costs[0].points)
                bounded += not cost.exact
    assert bounded


@settings(max_examples=150, deadline=None)
@given(worlds.matrices())
def test_the_best_plan_is_proven_under_any_larger_bonus_without_solving_again(problem: Compiled) -> None:
    scores = problem.matrix()
    found, large = assignment.solve(problem), 2 * assignment.overriding(problem)
    start = optimum.Optimum(problem, found.mentor, found.mentee, found.u, found.v, found.bonus)
    raised = optimum.raised(start, large, looks.Looks(problem))
    assert raised is not None
    expected = assignment.stand(problem, scores, large)
    assert _gap(raised, scores) == 0
    one, other = (Residual(way, looks.Looks(problem)) for way in (raised, optimum.of_standing(expected, large)))
    if _pairs(raised) != _pairs(optimum.of_standing(expected, large)):
        return
    for i, j in np.ndindex(problem.shape):
        assert one.forced(i, j) == other.forced(i, j)


def _gap(found: optimum.Optimum, scores: Array) -> int:
    """Bound less worth, written out anew."""
    problem, extra = found.problem, found.extra
    wanted, places = problem.mentee_capacity, problem.mentor_capacity
    bound = int(found.u[wanted > 0].sum() + (np.maximum(wanted - 1, 0) * np.maximum(found.u - extra, 0)).sum())
    over = np.maximum(scores + extra - found.u - found.v[:, None], 0)
    over[(scores < 0) | (places == 0)[:, None] | (wanted == 0)] = 0
    worth = int(scores[found.mentor, found.mentee].sum() + extra[np.unique(found.mentee)].sum())
    return bound + int((places * found.v).sum() + over.sum()) - worth


def _pairs(found: optimum.Optimum) -> set[tuple[int, int]]:
    return set(zip(found.mentor.tolist(), found.mentee.tolist(), strict=True))


def test_the_lookups_agree_with_the_matrix(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(looks, "READY_CELLS", 0)
    explainer = Explainer(problem := people.problem(20, 25, 5), solve.solve(problem))
    scores, rows, columns = explainer.compiled.matrix(), np.array([3, 19, 0]), np.array([24, 7])
    assert (explainer.looks.of_mentors(rows) == scores[rows]).all()
    assert (explainer.looks.of_mentees(columns) == scores[:, columns].T).all()
    i, j = np.indices(scores.shape)
    single = explainer.looks.at(i.ravel(), j.ravel())
    assert (np.maximum(single, -1) == np.maximum(scores.ravel(), -1)).all()
