"""The judge finds an error wherever it is planted in a true plan or in its certificate."""

from collections.abc import Callable
from dataclasses import replace
from functools import cache
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ithaca.pairing import scoring, solve
from ithaca.pairing.check import check
from ithaca.pairing.plan import Certificate, Plan
from ithaca.pairing.problem import Problem
from ithaca.pairing.tests.worlds import proven, small

Planted = tuple[Plan, str]
"""A plan with one error, and words of the finding it must lead to; "" if the proof alone must fail."""


def with_pair(plan: Plan, at: int, **fields: Any) -> Plan:
    pairs = list(plan.pairs)
    pairs[at] = replace(pairs[at], **fields)
    return replace(plan, pairs=tuple(pairs))


def points_changed(problem: Problem, plan: Plan, at: int) -> Planted:
    return with_pair(plan, at, points=plan.pairs[at].points + 1), "in other parts than the plan says"


def parts_changed(problem: Problem, plan: Plan, at: int) -> Planted:
    parts = tuple((key, points + (1 if key == "goals" else 0)) for key, points in plan.pairs[at].parts)
    return with_pair(plan, at, parts=parts), "in other parts than the plan says"


def pair_missing(problem: Problem, plan: Plan, at: int) -> Planted:
    gone = plan.pairs[at]
    rest = plan.pairs[:at] + plan.pairs[at + 1 :]
    alone = {gone.mentee} - {pair.mentee for pair in rest}, {gone.mentor} - {pair.mentor for pair in rest}
    left = tuple(sorted(set(plan.unmatched_mentees) | alone[0])), tuple(sorted(set(plan.unmatched_mentors) | alone[1]))
    return replace(plan, pairs=rest, unmatched_mentees=left[0], unmatched_mentors=left[1]), "its prices prove"


def pair_twice(problem: Problem, plan: Plan, at: int) -> Planted:
    return replace(plan, pairs=(*plan.pairs, plan.pairs[at])), "is there 2 times"


def over_capacity(problem: Problem, plan: Plan, at: int) -> Planted:
    busy = plan.pairs[at].mentor
    row = problem.mentors.position[busy]
    used = sum(pair.mentor == busy for pair in plan.pairs)
    for mentee in problem.mentees.ids:
        if used <= problem.mentors.capacity[row] and plan.pair(busy, mentee) is None:
            plan, used = with_a_pair(problem, plan, busy, mentee), used + 1
    return plan, f"“{busy}” is in {used} pairs"


def with_a_pair(problem: Problem, plan: Plan, mentor: str, mentee: str) -> Plan:
    """The plan with one more pair, and nothing else wrong with it."""
    named = [(pair.mentor, pair.mentee) for pair in plan.pairs]
    return replace(solve.by_hand(problem, [*named, (mentor, mentee)]), certificate=plan.certificate, floor=plan.floor)


def vetoed_pair(problem: Problem, plan: Plan, at: int) -> Planted:
    scores = scoring.compiled(problem).matrix()
    excluded = [
        (i, j)
        for i, j in np.argwhere(scores < 0).tolist()
        if problem.mentors.capacity[i] and problem.mentees.capacity[j]
    ]
    i, j = excluded[at % len(excluded)]
    return with_a_pair(problem, plan, problem.mentors.ids[i], problem.mentees.ids[j]), "breaks a rule"


def partners_swapped(problem: Problem, plan: Plan, at: int) -> Planted:
    one, other = plan.pairs[at], plan.pairs[(at + 1) % len(plan.pairs)]
    swapped = {one: (one.mentor, other.mentee), other: (other.mentor, one.mentee)}
    made = solve.by_hand(problem, {swapped.get(pair, (pair.mentor, pair.mentee)) for pair in plan.pairs})
    return replace(made, certificate=plan.certificate, floor=plan.floor), ""


def price_wrong(side: str, by: int) -> Callable[[Problem, Plan, int], Planted]:
    def plant(problem: Problem, plan: Plan, at: int) -> Planted:
        prices = list(getattr(proven(plan), side))
        capacity = problem.mentors.capacity if side == "mentor_prices" else problem.mentees.capacity
        at = [k for k in range(len(prices)) if capacity[k] > 0][at % int((capacity > 0).sum())]
        prices[at] = max(-1, prices[at] + by)
        return replace(plan, certificate=from_prices(proven(plan), side, tuple(prices))), ""

    return plant


def from_prices(proof: Certificate, side: str, prices: tuple[int, ...]) -> Certificate:
    return replace(proof, mentor_prices=prices) if side == "mentor_prices" else replace(proof, mentee_prices=prices)


def gap_wrong(problem: Problem, plan: Plan, at: int) -> Planted:
    return replace(plan, certificate=replace(proven(plan), gap=at + 1)), "its prices prove 0"


def bonus_wrong(problem: Problem, plan: Plan, at: int) -> Planted:
    return replace(plan, certificate=replace(proven(plan), bonus=-1)), "below zero"


def floor_wrong(problem: Problem, plan: Plan, at: int) -> Planted:
    return replace(plan, floor=min(pair.points for pair in plan.pairs) + 1), "below the floor of"


def without_wrong(problem: Problem, plan: Plan, at: int) -> Planted:
    return replace(plan, unmatched_mentees=(*plan.unmatched_mentees, plan.pairs[at].mentee)), "listed as without a pair"


def digest_wrong(problem: Problem, plan: Plan, at: int) -> Planted:
    return replace(plan, digest="0" * 64), "answers another problem"


@cache
def solved(seed: int) -> tuple[Problem, Plan]:
    """A problem and its plan, found right once for all the errors that are planted in it."""
    problem = small(seed)
    plan = solve.solve(problem)
    assert check(problem, plan).optimal
    return problem, plan


ERRORS = {
    plant.__name__: plant
    for plant in (
        *(points_changed, parts_changed, pair_missing, pair_twice, over_capacity, vetoed_pair, partners_swapped),
        *(gap_wrong, bonus_wrong, floor_wrong, without_wrong, digest_wrong),
    )
} | {
    f"{side} {by:+}": price_wrong(side, by)
    for side in ("mentor_prices", "mentee_prices")
    for by in (-1, 1, 20_000, -20_000)
}


@pytest.mark.parametrize("error", ERRORS)
@given(seed=st.integers(0, 400), at=st.integers(0, 50))
@settings(max_examples=12, deadline=None)
def test_a_planted_error_is_always_found(error: str, seed: int, at: int) -> None:
    problem, plan = solved(seed)
    planted, said = ERRORS[error](problem, plan, at % len(plan.pairs))
    if planted == plan:
        return
    verdict = check(problem, planted)
    assert any(said in finding for finding in verdict.findings) or not said, verdict.findings
    if said or planted.total != plan.total or planted.served != plan.served:
        assert not verdict.optimal
        assert not verdict.proven
    if error.endswith(("+1", "+20000", "-1", "-20000")):  # other prices may prove the same, but never more
        assert verdict.gap is None or verdict.gap >= 0
        assert verdict.optimal == (verdict.gap == 0 and not verdict.findings)
