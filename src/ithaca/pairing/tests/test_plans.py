"""From problem to plan: invariants over believable people, and defined answers where there is no good one."""

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from ithaca.pairing import plan as plans
from ithaca.pairing import solve, summary
from ithaca.pairing.check import check
from ithaca.pairing.compiled import Stopped
from ithaca.pairing.problem import Constraints, Objective, Problem, Weighted, default_criteria
from ithaca.pairing.side import ProblemError, from_table
from ithaca.pairing.tests import people

SEEDS = st.integers(0, 10_000)


@settings(max_examples=25, deadline=None)
@given(SEEDS, st.integers(1, 14), st.integers(1, 14), st.booleans())
def test_every_plan_passes_the_check_and_is_proven(seed: int, mentors: int, mentees: int, several: bool) -> None:
    problem = people.problem(mentors, mentees, seed, wanted=(0, 1, 2) if several else (1,))
    plan = solve.solve(problem)
    verdict = check(problem, plan)
    assert verdict.findings == ()
    assert verdict.optimal
    assert plans.from_dict(plan.to_dict()) == plan
    assert all(sum(points for _, points in pair.parts) == pair.points for pair in plan.pairs)


@settings(max_examples=15, deadline=None)
@given(SEEDS, st.randoms(use_true_random=False))
def test_the_order_of_rows_never_matters(seed: int, chance: Any) -> None:
    rows = [people.rows(role, 10, seed) for role in ("mentor", "mentee")]
    ordered = Problem(from_table("mentor", rows[0]), from_table("mentee", rows[1]))
    for side in rows:
        chance.shuffle(side)
    shuffled = Problem(from_table("mentor", rows[0]), from_table("mentee", rows[1]))
    assert shuffled.digest == ordered.digest
    assert solve.solve(shuffled) == solve.solve(ordered)


@settings(max_examples=15, deadline=None)
@given(SEEDS, st.sampled_from([0.5, 3, 1000]))
def test_scaling_all_weights_changes_nothing(seed: int, factor: float) -> None:
    problem = people.problem(8, 9, seed)
    scaled = tuple(replace(weighted, weight=weighted.weight * factor) for weighted in problem.criteria)
    assert solve.solve(replace(problem, criteria=scaled)).pairs == solve.solve(problem).pairs


@settings(max_examples=15, deadline=None)
@given(SEEDS)
def test_a_useless_person_and_an_unmatched_one_change_nothing(seed: int) -> None:
    shared = {"goals", "preferences", "style"}  # what these are worth depends on who else is there
    criteria = tuple(weighted for weighted in default_criteria() if weighted.key not in shared)
    mentors, mentees = people.rows("mentor", 9, seed), people.rows("mentee", 7, seed)
    problem = Problem(from_table("mentor", mentors), from_table("mentee", mentees), criteria)
    plan = solve.solve(problem)
    useless = {"id": "zz", "capacity": 1, "avoids": [row["id"] for row in mentees]}
    more = replace(problem, mentors=from_table("mentor", [*mentors, useless]))
    assert solve.solve(more).pairs == plan.pairs
    paired = [row for row in mentors if row["id"] not in plan.unmatched_mentors]
    fewer = replace(problem, mentors=from_table("mentor", paired)) if paired else problem
    without = solve.solve(fewer)
    assume(_counted(without) == _counted(plan))  # a criterion on which nobody is left who said anything drops out
    assert (without.total, without.served) == (plan.total, plan.served)


@settings(max_examples=15, deadline=None)
@given(SEEDS, st.integers(0, 7))
def test_one_more_place_never_serves_fewer(seed: int, who: int) -> None:
    rows = people.rows("mentor", 8, seed)
    problem = Problem(from_table("mentor", rows), people.side("mentee", 10, seed))
    rows[who]["capacity"] += 1
    before, after = solve.solve(problem), solve.solve(replace(problem, mentors=from_table("mentor", rows)))
    assert after.served >= before.served
    assert after.served > before.served or after.total >= before.total


@settings(max_examples=15, deadline=None)
@given(SEEDS)
def test_locks_hold_forbidden_pairs_stay_apart_and_nothing_better_exists_around_them(seed: int) -> None:
    problem = people.problem(8, 9, seed)
    free = solve.solve(problem)
    lock = (problem.mentors.ids[0], problem.mentees.ids[-1])
    forbidden = frozenset((pair.mentor, pair.mentee) for pair in free.pairs[:2]) - {lock}
    bound = replace(problem, constraints=Constraints(frozenset({lock}), forbidden=forbidden))
    plan = solve.solve(bound)
    assert check(bound, plan).optimal
    assert plan.pair(*lock) is not None
    assert not {(pair.mentor, pair.mentee) for pair in plan.pairs} & forbidden


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


def test_no_pair_below_the_floor_is_made() -> None:
    mentors = from_table("mentor", [{"id": "m", "offers": ["x", "y"]}])
    mentees = from_table("mentee", [{"id": "a", "needs": ["x", "q"]}])
    criteria = (Weighted("expertise", 1),)
    assert solve.solve(Problem(mentors, mentees, criteria, objective=Objective(floor=5000))).served == 1
    assert solve.solve(Problem(mentors, mentees, criteria, objective=Objective(floor=5001))).served == 0


def nobody(role: Any) -> Any:
    return from_table(role, [])


@pytest.mark.parametrize(
    "mentors, mentees, said",
    [
        ([], [{"id": "a"}] * 1, "0 mentors and 1 mentee: without any mentor there is no pair."),
        ([{"id": "a"}], [], "1 mentor and 0 mentees: without any mentee there is no pair."),
        ([], [], "0 mentors and 0 mentees: without any mentor there is no pair."),
        ([{"id": "a", "capacity": 0}], [{"id": "b"}], "1 mentee, 0 places: nobody has a place, so there is no pair."),
        (
            [{"id": "a", "languages": ["x"]}],
            [{"id": "b", "languages": ["y"]}],
            "1 mentee, 1 place: the rules exclude every pair, so there is no pair.",
        ),
        (
            [{"id": f"m{k}"} for k in range(4)],
            [{"id": f"n{k}"} for k in range(6)],
            "6 mentees, 4 places: 4 of 6 mentees have a mentor, and every place is taken.",
        ),
    ],
)
def test_a_degenerate_problem_has_an_answer_with_numbers(mentors: Any, mentees: Any, said: str) -> None:
    problem = Problem(from_table("mentor", mentors), from_table("mentee", mentees))
    plan = solve.solve(problem)
    assert summary.sentences(problem, plan)[0] == said
    assert check(problem, plan).optimal


def test_many_copies_of_one_person_are_served_and_said_to_be_equal() -> None:
    same = {"offers": ["x"], "needs": ["x"], "languages": ["Welsh"]}
    mentors = from_table("mentor", [same | {"id": f"m{k}"} for k in range(300)])
    mentees = from_table("mentee", [same | {"id": f"n{k}"} for k in range(300)])
    problem = Problem(mentors, mentees)
    plan = solve.solve(problem)
    assert plan.served == 300
    assert "All 300 pairs score the same." in summary.sentences(problem, plan)
    assert check(problem, plan).optimal


def test_all_weights_zero_leaves_the_rules_to_decide() -> None:
    criteria = tuple(Weighted(weighted.key, 0) for weighted in default_criteria())
    problem = people.problem(6, 6, 3, criteria=criteria)
    plan = solve.solve(problem)
    assert plan.total == 0
    assert "No criterion with a weight says anything here, so only the rules decide." in summary.sentences(
        problem, plan
    )
    assert check(problem, plan).optimal


def test_a_wrong_problem_cannot_be_made_and_every_finding_is_named() -> None:
    constraints = Constraints(frozenset({("m", "n"), ("m", "o")}), forbidden=frozenset({("m", "n"), ("q", "n")}))
    with pytest.raises(ProblemError) as caught:
        Problem(
            from_table("mentor", [{"id": "m"}]),
            from_table("mentee", [{"id": "n"}, {"id": "o"}]),
            (
                Weighted("expertise", -1),
                Weighted("astrology", 1),
                Weighted("hours", float("nan")),
                Weighted("hours", 1),
            ),
            constraints,
            Objective(floor=-1),
        )
    text = "\n".join(caught.value.findings)
    for said in (
        "“expertise” is -1",
        "“astrology”",
        "“hours” is nan",
        "listed 2 times",
        "“q”, who is not among",
        "both fixed and forbidden",
        "is in 2 fixed pairs and has 1 places",
        "the floor is -1",
    ):
        assert said in text


def test_it_stops_when_asked_and_tells_how_far_it_is() -> None:
    problem = people.problem(6, 6)
    told: list[tuple[float, str]] = []
    solve.solve(problem, lambda fraction, words: told.append((fraction, words)))
    fractions = [fraction for fraction, _ in told]
    assert fractions == sorted(fractions)
    assert fractions[-1] == 1.0
    with pytest.raises(Stopped):
        solve.solve(problem, should_stop=lambda: True)


def _counted(plan: plans.Plan) -> set[str]:
    """Keys of the criteria that took part in a plan."""
    return {key for pair in plan.pairs for key, _ in pair.parts}
