"""Raising the worst, then the next worst: against every plan of tiny problems, and within what it may cost."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ithaca.pairing import proven, solve
from ithaca.pairing.check import check
from ithaca.pairing.compiled import Compiled
from ithaca.pairing.problem import Objective
from ithaca.pairing.side import ProblemError
from ithaca.pairing.solvers import leximin
from ithaca.pairing.tests import people, worlds

Plan = tuple[tuple[int, int], ...]


def best_served(problem: Compiled) -> list[Plan]:
    """All plans that serve as many, those who waited first."""

    def served(plan: Plan) -> tuple[int, int]:
        return len(plan), sum(int(problem.priority[j]) for _, j in plan)

    plans = worlds.all_plans(problem)
    most = max(map(served, plans))
    return [plan for plan in plans if served(plan) == most]


@settings(max_examples=60, deadline=None)
@given(worlds.matrices(most=3, several=False), st.sampled_from([0, 1, 5, 20, 100]))
def test_no_plan_within_the_cost_has_a_better_worst_pair(problem: Compiled, cost: int) -> None:
    scores = problem.matrix()
    floor, pairs = leximin.raised(problem, scores, cost, lambda: False)
    plans = [plan for plan in best_served(problem) if plan]
    if not plans:
        assert not len(pairs[0])
        return

    def vector(plan: Plan) -> list[int]:
        return sorted(int(scores[pair]) for pair in plan)

    highest = max(sum(vector(plan)) for plan in plans)
    affordable = [vector(plan) for plan in plans if sum(vector(plan)) * 100 >= highest * (100 - cost)]
    mine = vector(tuple(zip(pairs[0].tolist(), pairs[1].tolist(), strict=True)))
    assert mine in affordable
    assert mine[0] == max(vector[0] for vector in affordable) >= floor
    if cost == 100:
        assert mine == max(affordable)
    if cost == 0:
        assert sum(mine) == highest


@settings(max_examples=8, deadline=None)
@given(st.integers(0, 10_000))
def test_a_plan_says_what_its_evenness_costs(seed: int) -> None:
    problem = people.problem(9, 10, seed, capacity=(1, 1, 2))
    total = solve.solve(problem)
    asked = replace(problem, objective=Objective("worst_first", cost=4))
    even = solve.solve(asked)
    verdict = check(asked, even)
    assert not verdict.findings
    assert verdict.gap == (even.certificate.gap if even.certificate else None)
    assert even.served == total.served
    assert (even.worst or 0) >= (total.worst or 0)
    assert even.total * 100 >= total.total * 96


@pytest.mark.parametrize("wanted", [(1,), (1, 2)])
def test_the_large_solver_raises_the_worst_pair_within_the_cost(
    monkeypatch: pytest.MonkeyPatch, wanted: tuple[int, ...]
) -> None:
    for cost in (0, 3, 100):
        asked = people.problem(24, 24, 5, wanted=wanted, objective=Objective("worst_first", cost=cost))
        dense = solve.solve(asked)
        with monkeypatch.context() as patch:
            patch.setattr(proven, "DENSE_CELLS", 0)
            large = solve.solve(asked)
        assert not check(asked, large).findings
        assert (large.floor, large.worst, large.served) == (dense.floor, dense.worst, dense.served)


def test_what_it_may_cost_is_said_in_words_and_kept_with_the_problem() -> None:
    objective = Objective("worst_first", cost=2)
    assert "no more than 2 % of the highest total" in objective.words()
    plain = people.problem(4, 4, 1, objective=Objective("worst_first"))
    assert plain.digest != replace(plain, objective=objective).digest


def test_of_the_worst_pairs_no_more_is_promised_than_holds_with_second_mentors() -> None:
    promised = "then, among mentees who take one mentor, the worst pair as good as that total allows"
    one, two = (solve.solve(people.problem(4, 4, 1, wanted=wanted)) for wanted in ((1,), (1, 2)))
    assert "then the worst pair as good as that total allows" in one.objective
    assert promised in two.objective
    raised = Objective("worst_first", cost=2)
    assert "then the next worst" in raised.words()
    assert "then the next worst" not in raised.words(several=True)


@pytest.mark.parametrize(
    "objective, said",
    [
        (Objective("worst_first", cost=101), "it is a whole number from 0 to 100"),
        (Objective("total", cost=2), "only an objective that raises the worst first"),
    ],
)
def test_a_cost_that_makes_no_sense_is_refused(objective: Objective, said: str) -> None:
    with pytest.raises(ProblemError, match=said):
        people.problem(3, 3, 1, objective=objective)


def test_it_ends_when_it_is_stopped() -> None:
    problem = worlds.from_matrix(np.arange(16).reshape(4, 4), np.ones(4, int), np.ones(4, int))
    _, pairs = leximin.raised(problem, problem.matrix(), 100, lambda: True)
    assert len(pairs[0]) == 4
