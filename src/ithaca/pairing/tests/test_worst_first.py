"""Raising the worst first, and comparing two plans."""

from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from ithaca.pairing import solve
from ithaca.pairing.check import check
from ithaca.pairing.compiled import Compiled
from ithaca.pairing.problem import Objective
from ithaca.pairing.solvers import assignment, worst_first
from ithaca.pairing.tests import people, worlds


@settings(max_examples=40, deadline=None)
@given(worlds.matrices(most=3, several=False))
def test_the_floor_is_the_best_worst_pair_of_all_plans_that_serve_best(problem: Compiled) -> None:
    scores = problem.matrix()
    plans = [plan for plan in worlds.all_plans(problem) if plan]

    def served(plan: tuple[tuple[int, int], ...]) -> tuple[int, int]:
        mentees = {j for _, j in plan}
        return len(mentees), sum(int(problem.priority[j]) for j in mentees)

    if not plans:
        return
    best = max(map(served, plans))
    expected = max(min(int(scores[pair]) for pair in plan) for plan in plans if served(plan) == best)
    floor = worst_first.highest_floor(problem, scores)
    raised = replace(problem, floor=floor)
    found = assignment.solve(raised)
    assert floor == expected
    assert served(tuple(zip(found.mentor.tolist(), found.mentee.tolist(), strict=True))) == best


@settings(max_examples=12, deadline=None)
@given(st.integers(0, 10_000))
def test_the_plan_is_checked_and_costs_no_place(seed: int) -> None:
    problem = people.problem(9, 10, seed)
    total = solve.solve(problem)
    even_problem = replace(problem, objective=Objective("worst_first"))
    even = solve.solve(even_problem)
    assert check(even_problem, even).optimal
    assert even.served == total.served
    assert (even.worst or 0) >= (total.worst or 0)
    assert even.total <= total.total
    assert not check(problem, replace(even, digest=problem.digest)).findings
