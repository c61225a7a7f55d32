"""Where the worst pair is raised first, explanations are true of the floor that was set, and of solving again."""

import random
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ithaca.pairing import scoring, solve, without
from ithaca.pairing.cost import Cost, Fall
from ithaca.pairing.explain import Explainer
from ithaca.pairing.outlook import Shown
from ithaca.pairing.plan import Plan
from ithaca.pairing.problem import Constraints, IdPair, Objective, Problem, Weighted
from ithaca.pairing.side import from_table
from ithaca.pairing.tests import people


@st.composite
def scarce(draw: st.DrawFn, costs: tuple[int | None, ...] = (None, None, 2, 10)) -> Problem:
    """Too few places, one mentor a mentee; with and without a floor that was set and people who waited."""
    seed, floor = draw(st.integers(0, 10_000)), draw(st.sampled_from([0, 0, 1500, 2500]))
    chance = random.Random(seed)
    mentees = people.rows("mentee", chance.randint(4, 9), seed)
    if draw(st.booleans()):
        mentees = [row | {"waited_rounds": chance.choice([0, 0, 1])} for row in mentees]
    mentors = people.side("mentor", chance.randint(3, 6), seed, (0, 1, 1, 2))
    objective = Objective("worst_first", floor, draw(st.sampled_from(costs)))
    return Problem(mentors, from_table("mentee", mentees), objective=objective)


def with_a_place(problem: Problem, mentor: str) -> Problem:
    places = problem.mentors.capacity.copy()
    places[problem.mentors.position[mentor]] += 1
    return replace(problem, mentors=replace(problem.mentors, capacity=places))


def with_a_pair(problem: Problem, pair: IdPair) -> Problem:
    return replace(problem, constraints=Constraints(locked=problem.constraints.locked | {pair}))


def served(plan: Plan) -> set[str]:
    return {pair.mentee for pair in plan.pairs}


@settings(max_examples=12, deadline=None)
@given(scarce())
def test_who_is_excluded_is_said_by_the_rules_and_the_floor_that_was_set(problem: Problem) -> None:
    plan, scores = solve.solve(problem), scoring.compiled(problem).matrix()
    explainer, has_places = Explainer(problem, plan), problem.mentors.capacity > 0
    for person in plan.unmatched_mentees:
        mine = scores[:, problem.mentees.position[person]]
        found = without.mentee(explainer, person)
        assert found.allowed == int((mine[has_places] >= 0).sum())
        assert found.weaker == int(((mine >= 0) & (mine < plan.floor))[has_places].sum())
        below = next((rule.excluded for rule in found.rules if rule.reason == without.BELOW_FLOOR), 0)
        assert bool(below) <= bool(problem.objective.floor)
        others = explainer.second_choices(person, len(problem.mentors))
        assert {other.mentor for other in others} == {
            mentor for i, mentor in enumerate(problem.mentors.ids) if mine[i] >= 0 and has_places[i]
        }
    for person in plan.unmatched_mentors:
        assert without.mentor(explainer, person).allowed == int((scores[problem.mentors.position[person]] >= 0).sum())


@settings(max_examples=12, deadline=None)
@given(scarce())
def test_each_change_serves_them_when_solved_again_and_nobody_else_goes_without(problem: Problem) -> None:
    plan, scores = solve.solve(problem), scoring.compiled(problem).matrix()
    explainer = Explainer(problem, plan)
    for person in plan.unmatched_mentees:
        changes = without.mentee(explainer, person).changes
        for change in changes:
            wider = with_a_place(problem, change.other) if change.kind == "place" else problem
            if change.kind == "waive" or "kept" in change.words:
                wider = with_a_pair(wider, (change.other, person))
            again = solve.solve(wider)
            assert again.served == plan.served + 1
            assert person in served(again)
            moved = problem.objective.cost is not None and ("kept" in change.words or "another’s stead" in change.words)
            assert moved or served(plan) < served(again)
            assert ("weaker than any" in change.words) == (change.points < explainer.raised)
        j = problem.mentees.position[person]
        assert any(change.kind == "place" for change in changes) == bool((scores[:, j] >= 0).any())
        for mentor in () if changes else problem.mentors.ids:
            assert person not in served(solve.solve(with_a_place(problem, mentor)))


@settings(max_examples=12, deadline=None)
@given(scarce())
def test_what_forcing_a_pair_costs_is_what_solving_again_shows(problem: Problem) -> None:
    plan, scores = solve.solve(problem), scoring.compiled(problem).matrix()
    explainer = Explainer(problem, plan)
    for i, j in zip(*np.nonzero(scores >= 0), strict=True):
        pair = problem.mentors.ids[i], problem.mentees.ids[j]
        cost = explainer.cost(*pair)
        if not problem.mentors.capacity[i]:
            assert cost is None
            continue
        assert cost is not None
        if plan.pair(*pair):
            assert cost == Cost(0)
            continue
        again = solve.solve(with_a_pair(problem, pair))
        assert plan.served - again.served == cost.fewer_served
        if cost.fewer_served or cost.rounds_passed_over:
            continue
        if cost.fall:
            assert cost.fall.before == plan.floor > cost.fall.to
            assert cost.fall.to == again.worst if cost.fall.exact else (again.worst or 0) <= cost.fall.to
        elif problem.objective.cost is None:
            assert (again.worst or 0) >= plan.floor
            assert plan.total - again.total == cost.points
        else:
            assert cost.highest
            floored = replace(problem, objective=Objective(floor=max(plan.floor, problem.objective.floor)))
            assert solve.solve(floored).total - solve.solve(with_a_pair(floored, pair)).total == cost.points


@settings(max_examples=12, deadline=None)
@given(scarce(), st.integers(2, 4))
def test_of_mentors_without_a_mentee_it_is_said_what_solving_again_shows(problem: Problem, places: int) -> None:
    capacity = np.full(len(problem.mentors), places)
    problem = replace(problem, mentors=replace(problem.mentors, capacity=capacity))
    plan = solve.solve(problem)
    explainer = Explainer(problem, plan)
    highest = solve.solve(replace(problem, objective=Objective(floor=plan.floor)))
    assert (highest.served, highest.total) >= (plan.served, plan.total)
    for person in plan.unmatched_mentors:
        found = without.mentor(explainer, person)
        assert found.outlook.best == (highest.total == plan.total)
        if found.allowed and found.outlook.best and explainer.raised:
            assert f", or raise the total with no pair below {plan.floor / 100:g} %." in found.sentence("mentor")
        for change in found.changes:
            again = solve.solve(with_a_pair(problem, (person, change.other)))
            assert again.served == plan.served
            if problem.objective.cost is None:
                assert ("weakest pair would fall" in change.words) == ((again.worst or 0) < plan.floor)


def skilled(*wanted: str, **objective: int) -> Problem:
    """Ada knows Python, Ben writing; a mentee for each skill, who has half a match with them and nothing else in common."""
    mentors = from_table("mentor", [{"id": "Ada", "offers": ["Python"]}, {"id": "Ben", "offers": ["writing"]}])
    mentees = from_table("mentee", [{"id": f"wants {skill}", "needs": [skill]} for skill in wanted])
    return Problem(mentors, mentees, (Weighted("expertise", 1),), objective=Objective("worst_first", **objective))


def test_too_few_places_are_called_that_and_no_rule_stands_in_the_way() -> None:
    problem = skilled("Python", "writing", "sales")
    explainer = Explainer(problem, solve.solve(problem))
    assert explainer.raised == 5000
    found = without.mentee(explainer, "wants sales")
    assert found.sentence("mentee") == (
        "Of 2 mentors with a place, rules exclude 0. All places with the other 2 mentors are taken, and no exchange would "
        "serve more mentees. With each of them the pair would be below 50 %, the weakest that the best plan has to make."
    )
    assert [change.words for change in found.changes] == [
        "One more place with Ada. Their pair, 0 %, would be weaker than any the best plan has to make (50 %)."
    ]
    other = explainer.pair("Ben", "wants Python")
    assert not other.excluded
    assert other.cost is not None
    assert other.cost.words() == "the weakest pair would fall from 50 % to 0 %"


def test_a_floor_that_was_set_is_a_rule_all_the_same() -> None:
    problem = skilled("Python", "writing", "sales", floor=1000)
    found = without.mentee(Explainer(problem, solve.solve(problem)), "wants sales")
    assert found.sentence("mentee") == "Of 2 mentors with a place, rules exclude 2: below the lowest score allowed (2)."


def test_a_board_with_a_weaker_pair_keeps_the_rules_and_is_not_the_best() -> None:
    problem = skilled("Python", "writing")
    explainer = Explainer(problem, solve.solve(problem))
    crossed = Shown(explainer, [("Ada", "wants writing"), ("Ben", "wants Python")])
    assert crossed.keeps_the_rules
    assert crossed.is_as_good(points=False)
    assert not crossed.is_as_good(points=True)


def test_where_so_many_people_are_not_solved_for_anew_a_kept_place_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(without, "SOLVED_CELLS", 0)
    problem = skilled("Python", "writing", "sales")
    (change,) = without.mentee(Explainer(problem, solve.solve(problem)), "wants sales").changes
    assert change.words.startswith(
        "One more place with Ada, kept for this mentee; left open, somebody else might get it."
    )


@pytest.mark.parametrize(
    "cost, words",
    [
        (Cost(0, fall=Fall(5000, 200)), "the weakest pair would fall from 50 % to 2 %"),
        (Cost(0, fall=Fall(5000, 200, exact=False)), "the weakest pair would fall from 50 % to 2 % or less"),
        (Cost(0, fall=Fall(5000, 4990)), "the weakest pair would fall from 50 % to 49.9 %"),
        (Cost(0, fall=Fall(5000, 5000, exact=False)), "the weakest pair would fall below 50 %"),
        (
            Cost(0, fall=Fall(5000, 200, fixed_weaker=True)),
            "the weakest pair that is not fixed would fall from 50 % to 2 %",
        ),
        (Cost(0, 1, fall=Fall(5000, 200)), "1 mentee more would stay without a mentor"),
        (Cost(0, highest=True), "the highest total would stay the same"),
        (
            Cost(300, highest=True, above=5000),
            "with no pair below 50 %, the highest total would fall by 3 % of a perfect pair",
        ),
        (Cost(0, 2, above=5000), "with no pair below 50 %, 2 mentees more would stay without a mentor"),
    ],
)
def test_costs_are_told_in_the_order_of_the_objective(cost: Cost, words: str) -> None:
    assert cost.words() == words
