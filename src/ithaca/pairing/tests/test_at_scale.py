"""The solver for large problems gives the same settled plan as the dense one."""

import pytest

from ithaca.pairing import explain, proven, solve
from ithaca.pairing.check import check
from ithaca.pairing.explain import Explainer
from ithaca.pairing.problem import Objective
from ithaca.pairing.tests import people


@pytest.mark.parametrize("kind", ["total", "worst_first"])
@pytest.mark.parametrize("mentors, mentees, wanted", [(60, 60, (1,)), (30, 60, (1,)), (70, 40, (1, 2))])
def test_both_solvers_settle_on_the_same_plan(
    monkeypatch: pytest.MonkeyPatch, kind: str, mentors: int, mentees: int, wanted: tuple[int, ...]
) -> None:
    problem = people.problem(mentors, mentees, 8, wanted=wanted, objective=Objective(kind))
    dense = solve.solve(problem)
    monkeypatch.setattr(proven, "DENSE_CELLS", 0)
    large = solve.solve(problem)
    assert check(problem, large).optimal
    assert (large.floor, large.served, large.total, large.worst) == (
        dense.floor,
        dense.served,
        dense.total,
        dense.worst,
    )
    if wanted == (1,):
        assert large.pairs == dense.pairs


def test_costs_are_the_same_from_the_large_solver_and_bounded_by_prices(monkeypatch: pytest.MonkeyPatch) -> None:
    problem = people.problem(20, 24, 3)
    plan = solve.solve(problem)
    dense = Explainer(problem, plan)
    mentees = [pair.mentee for pair in plan.pairs[:6]]
    exact = [[dense.cost(mentor, mentee) for mentor in problem.mentors.ids] for mentee in mentees]
    monkeypatch.setattr(proven, "DENSE_CELLS", 0)
    large = Explainer(problem, plan)
    assert [[large.cost(mentor, mentee) for mentor in problem.mentors.ids] for mentee in mentees] == exact
    monkeypatch.setattr(explain, "COSTED_CELLS", 0)
    bounded = Explainer(problem, plan)
    for row, mentee in zip(exact, mentees, strict=True):
        for cost, mentor in zip(row, problem.mentors.ids, strict=True):
            least = bounded.cost(mentor, mentee)
            assert (least is None) == (cost is None)
            if cost and least and not cost.fewer_served:
                assert least.points <= cost.points
    assert all(not other.cost.exact for other in bounded.second_choices(plan.pairs[0].mentee))
