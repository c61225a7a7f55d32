"""The order of the objective: who is served first, by how many, and how low a pair may be; stopping and telling."""

from dataclasses import replace
from typing import Any, Literal

import pytest

from ithaca.pairing import proven, solve, summary, without
from ithaca.pairing.check import check
from ithaca.pairing.compiled import Stopped
from ithaca.pairing.explain import Explainer
from ithaca.pairing.plan import Plan
from ithaca.pairing.problem import Objective, Problem, Weighted
from ithaca.pairing.side import from_table
from ithaca.pairing.solvers import at_scale
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


@pytest.mark.parametrize("cells", [proven.DENSE_CELLS, 0], ids=["dense", "at scale"])
@pytest.mark.parametrize("kind", ["total", "worst_first"])
def test_the_first_plan_is_given_where_the_stop_comes_too_soon(
    monkeypatch: pytest.MonkeyPatch, cells: int, kind: Literal["total", "worst_first"]
) -> None:
    monkeypatch.setattr(proven, "DENSE_CELLS", cells)
    problem = people.problem(40, 40, 10, objective=Objective(kind))
    told: list[bool] = []
    plan = solve.solve(problem, should_stop=lambda: True, too_soon=lambda: told.append(True))
    verdict = check(problem, plan)
    assert told
    assert plan.pairs
    assert verdict.findings == ()
    assert verdict.optimal or verdict.unproven or verdict.below is not None


def test_a_worst_pair_that_might_be_better_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    problem = people.problem(8, 8, 10, objective=Objective("worst_first"))
    best = solve.solve(problem)
    monkeypatch.setattr(proven, "DENSE_CELLS", 0)

    def late(*_: object) -> int:
        raise Stopped

    monkeypatch.setattr(at_scale, "highest_floor", late)
    with pytest.raises(Stopped):
        solve.solve(problem)
    plan = solve.solve(problem, too_soon=lambda: None)
    verdict = check(problem, plan)
    assert (plan.worst or 0) < (best.worst or 0)
    assert (verdict.findings, verdict.optimal, verdict.proven, verdict.below) == ((), False, "", None)
    assert verdict.unproven == "It is not proven that the lowest pair could not be better, with as many served."
    assert check(problem, best).optimal


def test_what_is_not_proven_is_not_said() -> None:
    mentors = [{"id": "a", "languages": ["x"]}, {"id": "b", "languages": ["y"]}]
    mentees = [{"id": person, "languages": ["x"]} for person in "no"]
    problem = Problem(from_table("mentor", mentors), from_table("mentee", mentees))
    plan = solve.solve(problem)
    stopped = replace(plan, certificate=replace(worlds.proven(plan), gap=20_000))
    said = "2 mentees, 2 places: 1 of 2 mentees has a mentor"
    assert summary.sentences(problem, plan)[0] == f"{said}; more cannot be served under the rules."
    assert summary.sentences(problem, stopped)[0] == f"{said}."


def by_hand(problem: Problem, *pairs: str) -> Plan:
    return solve.by_hand(problem, [(pair[0], pair[1]) for pair in pairs])


def test_a_plan_made_by_hand_is_told_how_far_it_is_from_the_best() -> None:
    mentors = from_table("mentor", [{"id": k, "offers": [k, "q"]} for k in "ab"])
    mentees = [{"id": "m", "needs": ["a", "q"]}, {"id": "n", "needs": ["b", "q"]}]
    problem = Problem(mentors, from_table("mentee", mentees), (Weighted("expertise", 1),))
    best = solve.solve(problem)
    assert (
        summary.against_the_best(problem, by_hand(problem, "am", "bn"), best, False) == "This is exactly the best plan."
    )
    crossed, fewer = by_hand(problem, "an", "bm"), by_hand(problem, "am")
    said = "Against the best: as many served, a total lower by 100 % of a perfect pair."
    assert summary.against_the_best(problem, crossed, best, False) == said
    said = "Against the best, findings apart: 1 mentee fewer served, a total lower by 100 % of a perfect pair."
    assert summary.against_the_best(problem, fewer, best, True) == said
    alike = replace(problem, mentees=from_table("mentee", [{"id": k, "needs": ["q"]} for k in "mn"]))
    said = "This is exactly as good as the best plan: as many are served, with the same total."
    assert {
        summary.against_the_best(alike, by_hand(alike, *pairs), solve.solve(alike), False)
        for pairs in (("am", "bn"), ("an", "bm"))
    } == {said, "This is exactly the best plan."}


def test_a_difference_too_small_for_a_per_cent_is_told() -> None:
    problem = people.problem(9, 9, 3)
    best = solve.solve(problem)
    near = replace(best, pairs=(replace(best.pairs[0], points=best.pairs[0].points - 1, mentor="x"), *best.pairs[1:]))
    assert summary.difference(near, best) == "as many served, a total lower by less than 1 % of a perfect pair"


def test_who_comes_first_and_the_worst_pair_are_told_where_they_count() -> None:
    mentors = from_table("mentor", [{"id": "a", "offers": ["x", "y"]}])
    mentees = from_table(
        "mentee", [{"id": "m", "needs": ["x", "y"]}, {"id": "n", "needs": ["x", "z"], "waited_rounds": 1}]
    )
    problem = Problem(mentors, mentees, (Weighted("expertise", 1),))
    told = summary.against_the_best(problem, by_hand(problem, "am"), solve.solve(problem), False)
    assert told == (
        "Against the best: as many served, a total higher by 50 % of a perfect pair, but not of those who come first."
    )
    raised = replace(people.problem(8, 8, 10), objective=Objective("worst_first"))
    best, total = solve.solve(raised), solve.solve(replace(raised, objective=Objective()))
    assert "the lowest pair lower by 4 % of a perfect pair" in summary.against_the_best(raised, total, best, False)
