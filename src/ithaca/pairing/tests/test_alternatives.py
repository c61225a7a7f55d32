"""Several plans to choose between, and plans by stated preferences alone."""

from dataclasses import replace
from typing import Literal

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ithaca.pairing import both_roles, proven, repair, scoring, solve, stability
from ithaca.pairing.alternatives import Alternative, frontier
from ithaca.pairing.check import check
from ithaca.pairing.points import roots
from ithaca.pairing.problem import Constraints, Problem, Weighted
from ithaca.pairing.side import ProblemError, Role, from_table
from ithaca.pairing.solvers import looks, on_demand, stable
from ithaca.pairing.stability import stable_plan
from ithaca.pairing.tests import people, worlds


@settings(max_examples=8, deadline=None)
@given(st.integers(0, 10_000))
def test_every_alternative_keeps_the_rules_and_trades_what_it_says(seed: int) -> None:
    problem = people.problem(9, 12, seed)
    found = {alternative.key: alternative for alternative in frontier(problem)}
    total = found["total"]
    assert total.plan.total == solve.solve(problem).total
    for key, alternative in found.items():
        assert check(alternative.problem, alternative.plan).findings == ()
        assert alternative.cost(total)
        if key in ("even", "worst_first"):
            assert alternative.plan.served == total.plan.served
            assert alternative.plan.total <= total.plan.total
        if key == "worst_first":
            same = [other for other in found.values() if other.plan.served == total.plan.served]
            assert all((alternative.plan.worst or 0) >= (other.plan.worst or 0) for other in same)
        if key == "load":
            assert max(mentees for mentees, _ in alternative.fairness.load) < max(m for m, _ in total.fairness.load)


@pytest.mark.parametrize("mentors, mentees, wanted", [(40, 40, (1,)), (30, 44, (1, 2))])
def test_the_frontier_is_the_same_for_large_problems(
    monkeypatch: pytest.MonkeyPatch, mentors: int, mentees: int, wanted: tuple[int, ...]
) -> None:
    problem = people.problem(mentors, mentees, 5, wanted=wanted)
    dense = frontier(problem)
    monkeypatch.setattr(proven, "DENSE_CELLS", 0)
    monkeypatch.setattr(looks, "READY_CELLS", 0)
    large = frontier(problem, best=dense[0].plan)
    assert large[0].plan is dense[0].plan
    assert [(one.key, _worth(one)) for one in large] == [(one.key, _worth(one)) for one in dense]
    for one in (*dense, *large):
        assert one.plan.certificate is not None
        assert one.plan.certificate.gap == 0
        verdict = check(one.problem, one.plan)
        assert verdict.findings == ()
        assert verdict.stable if one.key == "wishes" else verdict.optimal


@settings(max_examples=15, deadline=None)
@given(st.integers(0, 10_000))
def test_no_plan_that_serves_as_many_is_more_even(seed: int) -> None:
    problem = people.problem(3, 4, seed, capacity=(1, 2))
    even = next((one for one in frontier(problem) if one.key == "even"), frontier(problem)[0])
    compiled = scoring.compiled(problem)
    root = roots(compiled.matrix())
    best = max(
        (len({j for _, j in pairs}), sum(int(root[pair]) for pair in pairs)) for pairs in worlds.all_plans(compiled)
    )
    assert (even.plan.served, _roots(even)) == best


def _roots(one: Alternative) -> int:
    return int(roots(np.array([pair.points for pair in one.plan.pairs], np.int64)).sum())


def _worth(one: Alternative) -> tuple[int, int, int | None]:
    return one.plan.served, _roots(one) if one.key == "even" else one.plan.total, one.plan.worst


def test_a_plan_without_weak_pairs_says_that_those_held_by_hand_may_be_weak() -> None:
    problem = people.problem(30, 30, 5)
    plain = next(one for one in frontier(problem) if one.key == "floor")
    assert "by hand" not in plain.words
    scores = scoring.compiled(problem).matrix()
    i, j = min(np.argwhere(scores >= 0).tolist(), key=lambda at: int(scores[tuple(at)]))
    weak = problem.mentors.ids[i], problem.mentees.ids[j]
    found = frontier(replace(problem, constraints=Constraints(locked=frozenset({weak}))))
    floored = next(one for one in found if one.key == "floor")
    assert floored.plan.worst is not None
    assert floored.plan.worst < floored.problem.objective.floor
    assert " but those held by hand, even if somebody goes without." in floored.words
    assert check(floored.problem, floored.plan).findings == ()


def test_a_hopeless_problem_has_one_alternative() -> None:
    assert [a.key for a in frontier(Problem(from_table("mentor", []), from_table("mentee", [{"id": "a"}])))] == [
        "total"
    ]


@pytest.mark.parametrize("tied, seed", [("total", 7), ("even", 45), ("worst_first", 14), ("load", 0), ("floor", 3)])
def test_one_way_holds_in_every_plan_which_is_the_best_of_its_kind_with_it(tied: str, seed: int) -> None:
    roles: dict[Role, tuple[int, ...]] = {"mentor": (1, 2), "mentee": (1,)}
    rows = {role: people.rows(role, 8, seed, places) for role, places in roles.items()}
    sides = [from_table(role, [row | {"id": row["id"].split()[1]} for row in rows[role]]) for role in roles]
    problem = Problem(*sides)
    assert tied in [one.key for one in frontier(problem) if both_roles.mutual(one.plan)]
    for one in frontier(problem, one_way=True):
        assert both_roles.mutual(one.plan) == ()
        verdict = check(one.problem, one.plan)
        assert (verdict.findings, verdict.stable if one.key == "wishes" else verdict.optimal) == ((), True)


def test_a_plan_with_another_aim_is_not_taken_for_the_highest_total() -> None:
    problem = people.problem(30, 40, 11, capacity=(1, 2, 3))
    found = {one.key: one.plan for one in frontier(problem)}
    former = [(pair.mentor, pair.mentee) for pair in found["worst_first"].pairs]
    for other in (found["even"], repair.repairs(problem, former)[0].plan):
        assert other.digest == found["total"].digest
        assert other.total < found["total"].total
        assert frontier(problem, best=other)[0].plan == found["total"]


def test_the_frontier_shows_even_worst_and_lighter_plans_and_one_by_wishes_where_there_are_any() -> None:
    problem = people.problem(30, 40, 11, capacity=(1, 2, 3))
    assert {"total", "even", "worst_first", "load", "wishes"} <= {one.key for one in frontier(problem)}
    sides = (
        replace(side, columns={**side.columns, "prefers": ((),) * len(side)})
        for side in (problem.mentors, problem.mentees)
    )
    silent = replace(problem, **dict(zip(("mentors", "mentees"), sides, strict=True)))
    assert "wishes" not in {one.key for one in frontier(silent)}


wants = st.integers(1, 5).flatmap(
    lambda size: st.tuples(
        *(
            st.lists(st.lists(st.integers(-1, 4), min_size=size, max_size=size), min_size=4, max_size=4)
            for _ in range(2)
        ),
        st.lists(st.integers(0, 2), min_size=4, max_size=4),
        st.lists(st.integers(0, 2), min_size=size, max_size=size),
    )
)


@settings(max_examples=150, deadline=None)
@given(wants)
def test_nobody_would_rather_have_each_other(given_wants: tuple[list[list[int]], ...]) -> None:
    proposer, receiver, places, others = (np.array(part) for part in given_wants)
    pairs = stable.match(proposer, receiver, places, others)
    assert (pairs.sum(axis=1) <= places).all()
    assert (pairs.sum(axis=0) <= others).all()
    for p, r in np.ndindex(*proposer.shape):
        if pairs[p, r]:
            assert proposer[p, r] >= 0
            assert receiver[p, r] >= 0
        elif proposer[p, r] >= 0 and receiver[p, r] >= 0 and places[p] and others[r]:
            content = pairs[p].sum() == places[p] and proposer[p][pairs[p]].min() >= proposer[p, r]
            taken = pairs[:, r].sum() == others[r] and receiver[:, r][pairs[:, r]].min() >= receiver[p, r]
            assert content or taken


def test_each_side_has_its_own_best_stable_plan() -> None:
    mentors = from_table("mentor", [{"id": "a", "prefers": ["l", "k"]}, {"id": "b", "prefers": ["k", "l"]}])
    mentees = from_table("mentee", [{"id": "k", "prefers": ["a", "b"]}, {"id": "l", "prefers": ["b", "a"]}])
    problem = Problem(mentors, mentees, (Weighted("preferences", 1),))
    assert {(p.mentor, p.mentee) for p in stable_plan(problem, "mentee").pairs} == {("a", "k"), ("b", "l")}
    assert {(p.mentor, p.mentee) for p in stable_plan(problem, "mentor").pairs} == {("a", "l"), ("b", "k")}


@settings(max_examples=25, deadline=None)
@given(st.integers(0, 10_000), st.sampled_from(["mentee", "mentor"]), st.sampled_from([(1,), (0, 1, 2)]))
def test_stable_plans_are_the_same_without_tables(
    seed: int, side: Literal["mentee", "mentor"], wanted: tuple[int, ...]
) -> None:
    problem = people.problem(9, 12, seed, wanted=wanted, capacity=(0, 1, 2))
    dense = stable_plan(problem, side)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(proven, "DENSE_CELLS", 0)
        patch.setattr(looks, "READY_CELLS", 0)
        patch.setattr(on_demand, "PIECE", 2)
        assert stable_plan(problem, side) == dense


def test_a_stable_plan_for_too_many_is_refused_with_numbers(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(stability, "MOST_CELLS", 11)
    with pytest.raises(ProblemError, match=r"3 mentors with 4 mentees are 12 pairs; .* up to 11"):
        stable_plan(people.problem(3, 4))


@settings(max_examples=15, deadline=None)
@given(st.integers(0, 10_000))
def test_a_stable_plan_keeps_the_rules_and_has_no_blocking_pair(seed: int) -> None:
    problem = people.problem(8, 10, seed, wanted=(1, 2))
    for side in ("mentee", "mentor"):
        verdict = check(problem, stable_plan(problem, side))
        assert verdict.findings == ()
        assert verdict.blocking == ()
        assert verdict.stable
