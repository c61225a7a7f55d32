"""Where there is no good answer, or no right question: a defined answer with numbers in it, from either solver."""

from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from ithaca.pairing import solve, stability, summary, without
from ithaca.pairing.alternatives import frontier
from ithaca.pairing.check import check
from ithaca.pairing.explain import Explainer
from ithaca.pairing.groups import mentor_groups
from ithaca.pairing.plan import Plan
from ithaca.pairing.problem import Constraints, Objective, Problem, Weighted, default_criteria
from ithaca.pairing.recruits import brief
from ithaca.pairing.repair import repairs
from ithaca.pairing.side import ProblemError, from_table
from ithaca.pairing.tests import people
from ithaca.pairing.tests.oracles import BOTH, forced


def answer(solver: str, problem: Problem) -> tuple[Plan, tuple[str, ...]]:
    """The proven plan and what is said of it."""
    with forced(solver):
        plan = solve.solve(problem)
    assert check(problem, plan).optimal
    return plan, summary.sentences(problem, plan)


def many(role: str, number: int, **known: Any) -> list[dict[str, Any]]:
    return [{"id": f"{role} {k}"} | known for k in range(number)]


@BOTH
@pytest.mark.parametrize(
    "mentors, mentees, said",
    [
        ([], many("n", 1), "0 mentors and 1 mentee: without any mentor there is no pair."),
        (many("m", 1), [], "1 mentor and 0 mentees: without any mentee there is no pair."),
        ([], [], "0 mentors and 0 mentees: without any mentor there is no pair."),
        (many("m", 2, capacity=0), many("n", 1), "1 mentee, 0 places: nobody has a place, so there is no pair."),
        (many("m", 1), many("n", 2, capacity=0), "0 mentees, 1 place: nobody has a place, so there is no pair."),
        (
            many("m", 3, languages=["x"]),
            many("n", 2, languages=["y"]),
            "2 mentees, 3 places: the rules exclude every pair, so there is no pair.",
        ),
        (
            many("m", 48),
            many("n", 60),
            "60 mentees, 48 places: 48 of 60 mentees have a mentor, and every place is taken.",
        ),
        (
            many("m", 2, capacity=10**9),
            many("n", 3, capacity=10**9),
            "3 mentees, 2,000,000,000 places: 3 of 3 mentees have a mentor.",
        ),
        (
            [*many("m", 3, languages=["x"]), {"id": "w", "languages": ["y"]}],
            many("n", 5, languages=["x"]),
            "5 mentees, 4 places: 3 of 5 mentees have a mentor; more cannot be served under the rules.",
        ),
    ],
)
def test_the_answer_has_numbers_in_it(solver: str, mentors: Any, mentees: Any, said: str) -> None:
    problem = Problem(from_table("mentor", mentors), from_table("mentee", mentees))
    plan, sentences = answer(solver, problem)
    assert sentences[0] == said
    with forced(solver):
        explainer = Explainer(problem, plan)
        assert all(without.mentee(explainer, person).sentence("mentee") for person in plan.unmatched_mentees[:3])
        assert all(without.mentor(explainer, person).sentence("mentor") for person in plan.unmatched_mentors[:3])


@BOTH
@pytest.mark.parametrize(
    "mentors, mentees, held",
    [
        ([], many("n", 2), []),
        (many("m", 2), [], []),
        (many("m", 2, capacity=0), many("n", 2), []),
        (many("m", 2), many("n", 2, capacity=0), []),
        (many("m", 1), many("n", 1), [("m 0", "n 0")]),
    ],
)
def test_every_question_has_an_answer_where_no_place_is_left(
    solver: str, mentors: Any, mentees: Any, held: Any
) -> None:
    sides = from_table("mentor", mentors), from_table("mentee", mentees)
    problem = Problem(*sides, constraints=Constraints(frozenset(held)))
    gradual = replace(problem, objective=Objective("worst_first", cost=2))
    with forced(solver):
        plans = [solve.solve(gradual), stability.stable_plan(problem, "mentor"), mentor_groups(problem).plan]
        plans += [repair.plan for repair in repairs(problem, [("m 0", "n 0")])]
        plans += [other.plan for other in frontier(problem)]
    assert all([(pair.mentor, pair.mentee) for pair in plan.pairs] == held for plan in plans)
    assert all(check(gradual if plan is plans[0] else problem, plan).findings == () for plan in plans)


@pytest.mark.parametrize("solver, number", [("dense", 60), ("priced", 600)])
def test_many_copies_of_one_person_are_served_and_said_to_be_equal(solver: str, number: int) -> None:
    same: dict[str, Any] = {"offers": ["x"], "needs": ["x"], "languages": ["Welsh"], "goals": "to lead"}
    problem = Problem(
        from_table("mentor", many("m", number - 7, **same)), from_table("mentee", many("n", number, **same))
    )
    rounds: list[str] = []
    with forced(solver):
        solve.solve(problem, lambda done, words: rounds.append(words))
    assert len(rounds) < 30  # all of them being told of the same few, it would be hundreds
    plan, sentences = answer(solver, problem)
    assert plan.served == number - 7
    assert sentences[-1] == f"All {number - 7:,} pairs score the same."
    with forced(solver):
        explainer = Explainer(problem, plan)
        pair = plan.pairs[0]
        assert explainer.reason(pair.mentor, pair.mentee).rank_for_mentee == 1
        assert all(other.cost.points == 0 for other in explainer.second_choices(pair.mentee))
        found = without.reasons(explainer, plan.unmatched_mentees[0], "mentee")
    assert (found.others, found.allowed) == (number - 7, number - 7)


@BOTH
def test_all_weights_zero_leaves_the_rules_to_decide(solver: str) -> None:
    criteria = tuple(Weighted(weighted.key, 0) for weighted in default_criteria())
    plan, sentences = answer(solver, people.problem(16, 16, 3, criteria=criteria))
    assert plan.total == 0
    assert "No criterion with a weight says anything here, so only the rules decide." in sentences
    assert answer(solver, people.problem(16, 16, 3, criteria=()))[0].total == 0


@BOTH
def test_people_of_whom_nothing_is_known_are_served(solver: str) -> None:
    blank = {"languages": "n/a", "seniority": float("nan"), "utc_offset": None, "prefers": float("nan"), "offers": "-"}
    problem = Problem(from_table("mentor", many("m", 12, **blank)), from_table("mentee", many("n", 12)))
    plan, sentences = answer(solver, problem)
    assert plan.served == 12
    assert "Nothing is known on both sides about “Need and expertise”" in sentences[1]


@BOTH
def test_names_and_ids_of_every_script_and_length_are_kept(solver: str) -> None:
    ids = ["Ω\u0301", "😀 smile", "\u202eright to left", "a\x00b", "x" * 5000, "=1+1", "\U0010ffff", "נועה", "1e9"]
    problem = Problem(
        from_table("mentor", [{"id": each} for each in ids]), from_table("mentee", [{"id": e} for e in ids])
    )
    plan, _ = answer(solver, problem)
    assert {pair.mentee for pair in plan.pairs} == set(problem.mentees.ids)
    assert all(pair.mentor != pair.mentee for pair in plan.pairs)
    crowded = Problem(from_table("mentor", [{"id": "😀"}]), problem.mentees)
    assert [recruit.served for recruit in brief(crowded, 2)] == [1, 1]


@pytest.mark.parametrize(
    "row, said",
    [
        ({"id": ""}, "mentor in row 2: id is missing"),
        ({"id": float("nan")}, "mentor in row 2: id is missing"),
        ({}, "mentor in row 2: id is missing"),
        ({"id": "first"}, "mentor “first”: the id is in row 1 and again in row 2"),
        ({"id": "half \ud800"}, r"mentor in row 2: the id 'half \ud800' holds half a character"),
        ({"id": "m", "capacity": -1}, "mentor “m”, capacity: “-1” is not a whole number of 0 or more"),
        ({"id": "m", "capacity": 1.5}, "mentor “m”, capacity: “1.5” is not a whole number of 0 or more"),
        ({"id": "m", "capacity": "many"}, "mentor “m”, capacity: “many” is not a number"),
        ({"id": "m", "capacity": 1e300}, "mentor “m”, capacity: “1e+300” is more than 1,000,000,000"),
        ({"id": "m", "seniority": float("inf")}, "mentor “m”, seniority: “inf” is not a finite number"),
        ({"id": "m", "availability": [168]}, "mentor “m”, availability: hours of the week are numbers from 0 to 167"),
        ({"id": "m", "shoe size": 43}, "mentor “m”: nothing called “shoe size” is known"),
    ],
)
def test_a_person_who_cannot_be_is_named_with_the_field(row: dict[str, Any], said: str) -> None:
    with pytest.raises(ProblemError) as caught:
        from_table("mentor", [{"id": "first"}, row])
    assert caught.value.findings == (said,)


def test_a_wrong_problem_cannot_be_made_and_every_finding_is_named() -> None:
    constraints = Constraints(frozenset({("m", "n"), ("m", "o")}), forbidden=frozenset({("m", "n"), ("q", "n")}))
    criteria = (
        Weighted("expertise", -1),
        Weighted("astrology", 1),
        Weighted("hours", float("nan")),
        Weighted("hours", 1),
        Weighted("goals", float("inf")),
        Weighted("style", 10**400),
        Weighted("languages", 1, {"required": "perhaps"}),
    )
    sides = from_table("mentor", [{"id": "m"}]), from_table("mentee", [{"id": "n"}, {"id": "o"}])
    with pytest.raises(ProblemError) as caught:
        Problem(*sides, criteria, constraints, Objective("luck", floor=-1))  # type: ignore[arg-type]
    text = "\n".join(caught.value.findings)
    for said in (
        "“expertise” is -1",
        "“astrology”",
        "“hours” is nan",
        "“goals” is inf",
        "must be a number from 0 to 1,000,000,000,000",
        "listed 2 times",
        "required",
        "“q”, who is not among",
        "both fixed and forbidden",
        "is in 2 fixed pairs and has 1 places",
        "the floor is -1",
        "the objective “luck” is not known",
    ):
        assert said in text


@pytest.mark.parametrize("floor", [0.5, float("nan"), True, 10_001])
def test_a_floor_is_a_whole_number_of_points(floor: Any) -> None:
    with pytest.raises(ProblemError, match="it is a whole number from 0 to 10,000"):
        Problem(
            from_table("mentor", many("m", 1)), from_table("mentee", many("n", 1)), objective=Objective(floor=floor)
        )


def test_two_sides_of_one_role_are_no_problem() -> None:
    side = from_table("mentor", [{"id": "a"}])
    with pytest.raises(ProblemError, match="mentors on one side and mentees on the other"):
        Problem(side, side)
    assert len(np.unique(side.capacity)) == 1
