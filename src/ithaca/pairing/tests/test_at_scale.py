"""The solver for large problems gives the same settled plan as the dense one."""

import pytest

from ithaca.pairing import proven, solve
from ithaca.pairing.check import check
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
