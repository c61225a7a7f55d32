"""Explanations are true: what they say about other choices is what solving again gives."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ithaca.pairing import solve, stability, without
from ithaca.pairing.cost import Cost
from ithaca.pairing.criteria import keep_apart
from ithaca.pairing.explain import Explainer
from ithaca.pairing.outlook import Shown
from ithaca.pairing.problem import Constraints, Objective, Problem, Weighted, default_criteria
from ithaca.pairing.side import from_table
from ithaca.pairing.tests import people


@settings(max_examples=12, deadline=None)
@given(st.integers(0, 10_000), st.booleans())
def test_the_cost_of_forcing_a_pair_is_what_solving_again_loses(seed: int, several: bool) -> None:
    problem = people.problem(6, 7, seed, wanted=(1, 2) if several else (1,))
    plan = solve.solve(problem)
    explainer = Explainer(problem, plan)
    for mentor in problem.mentors.ids:
        cost = explainer.cost(mentor, problem.mentees.ids[0])
        if cost is None:
            continue
        lock = Constraints(frozenset({(mentor, problem.mentees.ids[0])}))
        forced = solve.solve(replace(problem, constraints=lock))
        assert (plan.served - forced.served, plan.total - forced.total) == (cost.fewer_served, cost.points)


@settings(max_examples=15, deadline=None)
@given(st.integers(0, 10_000), st.sampled_from([(1,), (0, 1, 2)]), st.sampled_from([(0, 1, 1), (1, 2, 3)]))
def test_one_question_and_all_at_once_have_the_same_answer(
    seed: int, wanted: tuple[int, ...], places: tuple[int, ...]
) -> None:
    problem = people.problem(9, 11, seed, wanted=wanted, capacity=places)
    one, every = (Explainer(problem, solve.solve(problem)).residual for _ in range(2))
    assert one is not None
    assert every is not None
    every.prepare_all()
    for j in range(11):
        assert [one.forced(i, j) for i in range(9)] == [every.forced(i, j) for i in range(9)]


def test_a_pair_is_explained_in_parts_that_add_up() -> None:
    problem = people.problem(20, 20, 2)
    plan = solve.solve(problem)
    explainer = Explainer(problem, plan)
    for pair in plan.pairs:
        reason = explainer.pair(pair.mentor, pair.mentee)
        assert sum(part.points for part in reason.parts) == pair.points == reason.points
        assert all(0 <= part.points <= part.most for part in reason.parts)
        assert sum(part.most for part in reason.parts) == 10_000
        assert reason.sentence()
        for other in explainer.second_choices(pair.mentee):
            assert other.mentor != pair.mentor
            assert (other.cost.points, other.cost.fewer_served) != (0, 1)


def test_an_excluded_pair_says_which_rules() -> None:
    mentors = from_table("mentor", [{"id": "a", "languages": ["French"], "avoids": ["n"]}])
    mentees = from_table("mentee", [{"id": "n", "languages": ["German"]}])
    problem = Problem(mentors, mentees)
    reason = Explainer(problem, solve.solve(problem)).pair("a", "n")
    assert reason.excluded == ("no language in common", "asked not to be paired")
    assert reason.cost is None


@settings(max_examples=8, deadline=None)
@given(st.integers(0, 10_000))
def test_everyone_without_has_a_reason_and_the_changes_work_when_solved_again(seed: int) -> None:
    problem = people.problem(7, 11, seed, capacity=(0, 1))
    plan = solve.solve(problem)
    explainer = Explainer(problem, plan)
    for person in plan.unmatched_mentees:
        found = without.mentee(explainer, person)
        assert found.sentence("mentee")
        assert found.allowed or found.rules or not found.others
        for change in found.changes:
            wider = problem
            if change.kind == "place":
                rows = problem.mentors.capacity.copy()
                rows[problem.mentors.position[change.other]] += 1
                wider = replace(problem, mentors=replace(problem.mentors, capacity=rows))
            if change.kind == "waive" or "kept" in change.words:
                wider = replace(wider, constraints=Constraints(frozenset({(change.other, person)})))
            again = solve.solve(wider)
            assert again.served == plan.served + 1
            assert person not in again.unmatched_mentees
        if not any(change.kind == "waive" for change in found.changes):
            for mentor, places in zip(problem.mentors.ids, problem.mentors.capacity, strict=True):
                decided = {keep_apart.SAME_PERSON, keep_apart.ASKED} & set(explainer.reason(mentor, person).excluded)
                if places and not decided:
                    forced = replace(problem, constraints=Constraints(frozenset({(mentor, person)})))
                    assert solve.solve(forced).served <= plan.served
    for person in plan.unmatched_mentors:
        assert without.mentor(explainer, person).sentence("mentor")


def test_a_rule_set_aside_for_one_mentee_is_verified() -> None:
    mentors = from_table("mentor", [{"id": "a", "languages": ["French"], "name": "Ama"}])
    mentees = from_table("mentee", [{"id": "n", "languages": ["German"]}])
    problem = Problem(mentors, mentees)
    found = without.mentee(Explainer(problem, solve.solve(problem)), "n")
    assert found.sentence("mentee") == "Of 1 mentor with a place, rules exclude 1: no language in common (1)."
    assert [change.words for change in found.changes] == [
        "Set the rule “no language in common” aside for this mentee: they could meet Ama."
    ]


def spoken(*languages: str) -> Problem:
    """Ann speaks English, Bo French; as many mentees as are given, each with their languages."""
    mentors = [{"id": "Ann", "languages": ["English"]}, {"id": "Bo", "languages": ["French"]}]
    mentees = [{"id": f"n{k}", "languages": one.split()} for k, one in enumerate(languages)]
    mentees[0]["prefers"] = ["Ann"]
    return Problem(from_table("mentor", mentors), from_table("mentee", mentees))


def test_of_a_stable_plan_it_is_not_said_that_nobody_more_could_be_served() -> None:
    problem = spoken("English French", "English")
    plan = stability.stable_plan(problem)
    assert [(pair.mentor, pair.mentee) for pair in plan.pairs] == [("Ann", "n0")]
    explainer = Explainer(problem, plan)
    assert without.mentee(explainer, "n1").sentence("mentee") == (
        "Of 2 mentors with a place, rules exclude 1: no language in common (1). This plan does not serve all it could: "
        "1 mentee more could have a mentor. The plan with the highest total gives them Ann."
    )
    assert without.mentee(explainer, "n1").changes == ()
    assert without.mentor(explainer, "Bo").sentence("mentor") == (
        "Of 2 mentees looking for a mentor, rules exclude 1: no language in common (1). This plan does not serve all it could: "
        "1 mentee more could have a mentor. The plan with the highest total gives them n0."
    )
    assert without.reasons(explainer, "n1", "mentee").outlook == without.mentee(explainer, "n1").outlook


def test_of_pairs_changed_by_hand_it_is_said_what_is_true_of_them() -> None:
    problem = spoken("English French", "English")
    explainer = Explainer(problem, solve.solve(problem))
    unpaired = Shown(explainer, [("Bo", "n0")])
    assert (
        without.mentee(explainer, "n1", unpaired)
        .sentence("mentee")
        .endswith(
            "Ann has a free place. This plan does not serve all it could: 1 mentee more could have a mentor. The plan with "
            "the highest total gives them Ann."
        )
    )
    against_a_rule = Shown(explainer, [("Ann", "n0"), ("Bo", "gone")])
    assert not without.mentee(explainer, "n1", against_a_rule).outlook.best
    exchanged = spoken("English", "English")
    other = Explainer(exchanged, solve.solve(exchanged))
    (pair,), (alone,) = other.plan.pairs, other.plan.unmatched_mentees
    said = without.mentee(other, pair.mentee, Shown(other, [("Ann", alone)])).sentence("mentee")
    assert said.endswith("The plan with the highest total gives them Ann, and leaves somebody else without.")


@settings(max_examples=15, deadline=None)
@given(st.integers(0, 10_000), st.integers(0, 3), st.booleans())
def test_what_is_said_of_any_plan_is_what_solving_shows(seed: int, gone: int, stable: bool) -> None:
    problem = people.problem(6, 9, seed, capacity=(0, 1, 2), wanted=(1, 2))
    best = solve.solve(problem)
    made = stability.stable_plan(problem) if stable else best
    plan = solve.by_hand(problem, [(pair.mentor, pair.mentee) for pair in made.pairs[gone:]])
    explainer = Explainer(problem, plan)
    for person in plan.unmatched_mentees:
        found = without.mentee(explainer, person)
        assert found.outlook.best == (plan.served == best.served)
        assert found.outlook.best or found.outlook.more == best.served - plan.served
        assert not found.changes or plan.served == best.served
        assert "no exchange" not in found.sentence("mentee") or plan.served == best.served
    for person in plan.unmatched_mentors:
        found = without.mentor(explainer, person)
        assert found.outlook.best == ((plan.served, plan.total) == (best.served, best.total))
        assert not found.changes or found.outlook.best


@pytest.mark.parametrize("waited", [0, 2])
def test_costs_are_told_apart_in_people_rounds_and_points(waited: int) -> None:
    mentors = from_table("mentor", [{"id": "a", "offers": ["x", "y"]}])
    rows = [{"id": "k", "needs": ["x", "y"], "waited_rounds": waited}, {"id": "l", "needs": ["x", "z"]}]
    problem = Problem(mentors, from_table("mentee", rows), (Weighted("expertise", 1),))
    cost = Explainer(problem, solve.solve(problem)).cost("a", "l")
    assert cost is not None
    assert (cost.fewer_served, cost.rounds_passed_over, cost.points) == (0, waited, 5000)


@pytest.mark.parametrize(
    "points, words",
    [
        (0, "the total would stay the same"),
        (40, "the total would fall by less than 1 % of a perfect pair"),
        (1_130, "the total would fall by 11 % of a perfect pair"),
        (123_456, "the total would fall by 1,235 % of a perfect pair"),
    ],
)
def test_costs_are_told_in_per_cent_of_a_perfect_pair(points: int, words: str) -> None:
    assert Cost(points).words() == words


def test_the_weights_of_silent_criteria_go_to_the_others() -> None:
    mentors = from_table("mentor", [{"id": "a", "offers": ["x", "y"]}])
    mentees = from_table("mentee", [{"id": "n", "needs": ["x", "y"]}])
    problem = Problem(mentors, mentees, default_criteria())
    assert solve.solve(problem).total == 10_000


def test_nobody_is_advised_to_set_aside_what_somebody_asked_for_or_to_go_below_the_floor() -> None:
    mentors = from_table(
        "mentor",
        [
            {"id": "k", "languages": ["English"]},
            {"id": "b", "languages": ["English"], "avoids": ["k"]},
            {"id": "c", "languages": ["French"], "offers": ["tax"]},
        ],
    )
    mentees = from_table("mentee", [{"id": "k", "languages": ["English"], "needs": ["law"]}])
    criteria = (Weighted("expertise", 1), Weighted("languages", 0), Weighted("keep_apart", 0))
    problem = Problem(mentors, mentees, criteria, objective=Objective(floor=2000))
    found = without.mentee(Explainer(problem, solve.solve(problem)), "k")
    assert {rule.reason for rule in found.rules} >= {
        "the same person",
        "asked not to be paired",
        "no language in common",
    }
    (change,) = found.changes
    assert "“below the lowest score allowed” and “no language in common”" in change.words
    lowered = replace(problem, objective=Objective())
    (change,) = without.mentee(Explainer(lowered, solve.solve(lowered)), "k").changes
    assert change.other == "c"


def test_pairs_kept_apart_since_are_neither_free_nor_given() -> None:
    problem = spoken("English French", "English")
    explainer = Explainer(problem, solve.solve(problem))
    shown = Shown(explainer, [("Bo", "n0")], apart=[("Ann", "n1"), ("Bo", "n1"), ("Ann", "gone")])
    assert shown.overtaken
    assert without.mentee(explainer, "n1", shown).sentence("mentee") == (
        "Of 2 mentors with a place, rules exclude 1: no language in common (1). The best plan has a pair in it that is kept "
        "apart by hand since: solve again to see the best without it. Kept apart by hand on this board: Ann."
    )
    elsewhere = Shown(explainer, [("Bo", "n0")], apart=[("Ann", "n0")])
    assert not elsewhere.overtaken
    assert without.mentee(explainer, "n1", elsewhere).outlook.gives == ("Ann",)


def test_others_are_named_without_those_who_are_passed_over() -> None:
    problem = people.problem(12, 14, 5)
    explainer = Explainer(problem, solve.solve(problem))
    mentee = explainer.plan.pairs[0].mentee
    first, *rest = explainer.second_choices(mentee, 4)
    assert list(explainer.second_choices(mentee, 3, {first.mentor, "nobody"})) == rest
