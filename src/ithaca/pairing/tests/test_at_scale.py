"""The solver for large problems gives the same settled plan as the dense one."""

import numpy as np
import pytest

from ithaca.pairing import proven, solve, tiles
from ithaca.pairing.check import check
from ithaca.pairing.compiled import Compiled, Part
from ithaca.pairing.points import VETO
from ithaca.pairing.primitives.same import Same
from ithaca.pairing.primitives.table import Table
from ithaca.pairing.problem import Objective, Problem
from ithaca.pairing.side import from_table
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


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize("cost", [None, 3])
def test_how_far_it_is_never_falls(monkeypatch: pytest.MonkeyPatch, seed: int, cost: int | None) -> None:
    monkeypatch.setattr(proven, "DENSE_CELLS", 0)
    told: list[float] = []
    solve.solve(
        people.problem(50, 50, seed, objective=Objective("worst_first", cost=cost)),
        lambda done, words: told.append(done),
    )
    assert told == sorted(told)
    assert told[-1] == 1.0


@pytest.mark.parametrize("seed", range(12))
def test_both_settle_alike_where_thousands_of_pairs_are_worth_the_same(
    monkeypatch: pytest.MonkeyPatch, seed: int
) -> None:
    chance = np.random.default_rng(seed)
    mentors, mentees = chance.integers(20, 120, 2)
    classes = chance.integers(0, 4, mentors), chance.integers(0, 4, mentees)
    points = np.where(chance.random((4, 4)) < 0.2, VETO, chance.integers(0, 4, (4, 4)))
    department = chance.integers(1, 6, mentors), chance.integers(1, 6, mentees)
    parts = Part("table", 4, (Table(*classes, points, "no"),)), Part("same", 0, (Same(*department, VETO, 0, 0, "no"),))
    capacity = chance.integers(0, 3, mentors) if seed % 2 else np.ones(mentors, int)
    compiled = Compiled(parts, capacity, np.ones(mentees, int))
    ids = tuple(f"mentor {k:03}" for k in range(mentors)), tuple(f"mentee {k:03}" for k in range(mentees))
    plans = []
    for cells in (proven.DENSE_CELLS, 0):
        monkeypatch.setattr(proven, "DENSE_CELLS", cells)
        for raise_worst in (False, True):
            raised, found = proven.best(compiled, ids, lambda fraction, words: None, lambda: False, raise_worst)
            assert found.gap == 0
            plans.append((raised.floor, found.mentor.tolist(), found.mentee.tolist()))
    assert plans[:2] == plans[2:]


def test_thousands_who_are_alike_for_one_mentor_are_left_to_the_solver() -> None:
    mentors = from_table("mentor", [{"id": "m", "capacity": 5_000, "languages": ["x"]}])
    mentees = from_table("mentee", [{"id": f"n{k}", "languages": ["x"]} for k in range(6_000)])
    plan = solve.solve(Problem(mentors, mentees))  # settling who of them it is would take minutes
    assert (plan.served, plan.optimal) == (5_000, True)


def test_a_mentor_with_thousands_of_places_makes_a_problem_large() -> None:
    assert proven.is_dense(Compiled((), np.array([10**9]), np.ones(2_000)))  # nobody takes more than there are
    assert not proven.is_dense(Compiled((), np.full(10, 3_000), np.ones(3_000)))
    assert not proven.is_dense(Compiled((), np.zeros(3_000), np.ones(3_000)))


def test_rows_and_threads_do_not_change_the_large_plan(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(proven, "DENSE_CELLS", 0)
    mentors, mentees = people.rows("mentor", 60, 4), people.rows("mentee", 60, 4)
    plans = []
    for threads, step in ((1, 1), (2, -1)):
        monkeypatch.setattr(tiles, "processors", lambda threads=threads: threads)
        problem = Problem(from_table("mentor", mentors[::step]), from_table("mentee", mentees[::step]))
        plans.append(solve.solve(problem))
    assert plans[0] == plans[1]
