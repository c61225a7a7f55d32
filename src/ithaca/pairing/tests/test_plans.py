"""The order of the objective: who is served first, by how many, and how low a pair may be; stopping and telling."""

from dataclasses import replace
from typing import Any

import pytest

from ithaca.pairing import solve, summary, without
from ithaca.pairing.check import check
from ithaca.pairing.compiled import Stopped
from ithaca.pairing.explain import Explainer
from ithaca.pairing.problem import Objective, Problem, Weighted
from ithaca.pairing.side import from_table
from ithaca.pairing.tests import people, worlds


def test_nobody_gets_a_second_mentor_while_someone_could_have_a_first() -> None:
    mentors = from_table("mentor", [{"id": "a", "offers": ["x"]}, {"id": "b", "offers": ["x"]}])
    rows = [{"id": "one", "needs": ["x", "y"], "capacity": 2}, {"id": "two", "needs": ["z"], "capacity": 2}]
    plan = solve.solve(Problem(mentors, from_table("mentee", rows)))
    assert plan.served == 2
    fewer = solve.solve(Problem(mentors, from_table("mentee", rows[:1])))
    assert [pair.mentor for pair in fewer.pairs] == ["a", "b"]


def test_who_was_left_out_last_round_comes_first() -> None:
    mentors = from_table("mentor", [{"id": "m", "offers": ["x", "y"]}])
    rows = [{"id": "a", "needs": ["x", "y"]}, {"id": "b", "needs": ["z"]}]
    assert solve.solve(Problem(mentors, from_table("mentee", rows))).unmatched_mentees == ("b",)
    rows[1]["waited_rounds"] = 1
    problem = Problem(mentors, from_table("mentee", rows))
    plan = solve.solve(problem)
    assert plan.unmatched_mentees == ("a",)
    assert check(problem, plan).optimal


def test_who_did_not_follow_through_comes_after_others_and_nobody_reads_of_it() -> None:
    mentors = from_table("mentor", [{"id": "m", "offers": ["x", "y"]}])
    rows: list[dict[str, Any]] = [{"id": "a", "needs": ["x", "y"], "waited_rounds": 5}, {"id": "b", "needs": ["z"]}]
    assert solve.solve(Problem(mentors, from_table("mentee", rows))).unmatched_mentees == ("b",)
    rows[0]["lapsed_rounds"] = 1
    problem = Problem(mentors, from_table("mentee", rows))
    plan = solve.solve(problem)
    assert plan.unmatched_mentees == ("a",)
    assert check(problem, plan).optimal
    wider = Problem(from_table("mentor", [{"id": "m", "offers": ["x", "y"], "capacity": 2}]), problem.mentees)
    assert solve.solve(wider).served == 2
    explainer = Explainer(problem, plan)
    cost = explainer.cost("m", "a")
    assert cost is not None
    assert cost.words() == "someone who comes first for a place would be left out"
    said = f"{explainer.pair('m', 'b')} {explainer.pair('m', 'a')} {without.mentee(explainer, 'a')} {plan}"
    assert "laps" not in said
    assert "follow" not in said


def test_no_pair_below_the_floor_is_made() -> None:
    mentors = from_table("mentor", [{"id": "m", "offers": ["x", "y"]}])
    mentees = from_table("mentee", [{"id": "a", "needs": ["x", "q"]}])
    criteria = (Weighted("expertise", 1),)
    assert solve.solve(Problem(mentors, mentees, criteria, objective=Objective(floor=5000))).served == 1
    assert solve.solve(Problem(mentors, mentees, criteria, objective=Objective(floor=5001))).served == 0


def test_it_stops_when_asked_and_tells_how_far_it_is() -> None:
    problem = people.problem(6, 6)
    told: list[tuple[float, str]] = []
    solve.solve(problem, lambda fraction, words: told.append((fraction, words)))
    fractions = [fraction for fraction, _ in told]
    assert fractions == sorted(fractions)
    assert fractions[-1] == 1.0
    with pytest.raises(Stopped):
        solve.solve(problem, should_stop=lambda: True)


@pytest.mark.parametrize("asked_before", [0, 1, 2])
def test_a_plan_that_was_found_before_the_stop_is_given(asked_before: int) -> None:
    problem = worlds.small(3)
    answers = iter([False] * asked_before)

    def stop() -> bool:  # asked after reading, scoring and solving
        return next(answers, True)

    if asked_before < 2:
        with pytest.raises(Stopped):
            solve.solve(problem, should_stop=stop)
    else:
        assert check(problem, solve.solve(problem, should_stop=stop)).optimal


def test_what_is_not_proven_is_not_said() -> None:
    mentors = [{"id": "a", "languages": ["x"]}, {"id": "b", "languages": ["y"]}]
    mentees = [{"id": person, "languages": ["x"]} for person in "no"]
    problem = Problem(from_table("mentor", mentors), from_table("mentee", mentees))
    plan = solve.solve(problem)
    stopped = replace(plan, certificate=replace(worlds.proven(plan), gap=20_000))
    said = "2 mentees, 2 places: 1 of 2 mentees has a mentor"
    assert summary.sentences(problem, plan)[0] == f"{said}; more cannot be served under the rules."
    assert summary.sentences(problem, stopped)[0] == f"{said}."
