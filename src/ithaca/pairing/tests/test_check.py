"""The check refuses planted errors, and judges plans it has never seen."""

from dataclasses import replace
from typing import Any

import pytest

from ithaca.pairing import repair, solve
from ithaca.pairing.check import check
from ithaca.pairing.plan import Certificate, Pair, Plan
from ithaca.pairing.points import POINTS
from ithaca.pairing.problem import Objective, Problem, Weighted
from ithaca.pairing.side import from_table
from ithaca.pairing.tests import people

PROBLEM = people.problem(12, 14, 5)
PLAN = solve.solve(PROBLEM)


def changed(number: int, **fields: Any) -> Plan:
    pairs = list(PLAN.pairs)
    pairs[number] = replace(pairs[number], **fields)
    return replace(PLAN, pairs=tuple(pairs))


def test_the_true_plan_passes() -> None:
    verdict = check(PROBLEM, PLAN)
    assert verdict.findings == ()
    assert (verdict.gap, verdict.optimal, verdict.served, verdict.total) == (0, True, PLAN.served, PLAN.total)


@pytest.mark.parametrize(
    "plan, said",
    [
        (changed(0, points=PLAN.pairs[0].points + 1), "points in other parts than the plan says"),
        (changed(0, mentor="nobody"), "“nobody” is not a mentor of this problem"),
        (changed(0, mentee="nobody"), "“nobody” is not a mentee of this problem"),
        (changed(0, fixed=True), "is not fixed by the coordinator"),
        (changed(1, mentee=PLAN.pairs[0].mentee), "is in 2 pairs and has 1 places"),
        (replace(PLAN, pairs=(*PLAN.pairs, PLAN.pairs[0])), "is there 2 times"),
        (replace(PLAN, pairs=PLAN.pairs[1:]), "is not listed as without a pair"),
        (replace(PLAN, unmatched_mentees=(PLAN.pairs[0].mentee,)), "is listed as without a pair"),
        (replace(PLAN, digest="0" * 64), "answers another problem"),
        (replace(PLAN, floor=9000), "%, below the floor of 90 %"),
    ],
)
def test_a_planted_error_is_found(plan: Plan, said: str) -> None:
    verdict = check(PROBLEM, plan)
    assert any(said in finding for finding in verdict.findings), verdict.findings
    assert not verdict.optimal


def test_a_plan_worth_too_much_says_so_only_where_nothing_else_explains_it() -> None:
    doubled = check(PROBLEM, replace(PLAN, pairs=(*PLAN.pairs, PLAN.pairs[0]), certificate=None), PLAN.certificate)
    assert doubled.gap is not None
    assert doubled.gap < 0
    assert not any("worth more" in finding for finding in doubled.findings)


@pytest.mark.parametrize("side", ["mentee_prices", "mentor_prices"])
@pytest.mark.parametrize("by", [-7, 7])
def test_a_wrong_price_proves_less_or_nothing(side: str, by: int) -> None:
    assert PLAN.certificate is not None
    prices = list(getattr(PLAN.certificate, side))
    at = max(range(len(prices)), key=lambda k: prices[k])
    prices[at] += by
    proof = replace(PLAN.certificate, **{side: tuple(prices)})
    verdict = check(PROBLEM, replace(PLAN, certificate=proof))
    assert verdict.gap is not None
    assert verdict.gap != 0 or by < 0
    assert verdict.optimal == (verdict.gap == 0)
    nonsense = replace(PLAN.certificate, **{side: tuple(-1 for _ in prices)})
    assert not check(PROBLEM, replace(PLAN, certificate=nonsense)).optimal


def test_a_swapped_pair_shows_its_true_gap() -> None:
    sides = (
        from_table("mentor", [{"id": k, "offers": [k, "q"]} for k in "ab"]),
        [{"id": f"n{k}", "needs": [k, "q"]} for k in "ab"],
    )
    problem = Problem(sides[0], from_table("mentee", sides[1]), (Weighted("expertise", 1),))
    plan = solve.solve(problem)
    crossed = tuple(Pair(m, n, 5000, (("expertise", 5000),)) for m, n in (("b", "na"), ("a", "nb")))
    verdict = check(problem, replace(plan, pairs=crossed, certificate=None), plan.certificate)
    assert (plan.total, verdict.total, verdict.gap) == (20_000, 10_000, 10_000)
    assert verdict.findings == ()
    assert not verdict.optimal


def test_a_bonus_too_small_does_not_prove_the_order_of_the_objective() -> None:
    mentors = from_table(
        "mentor", [{"id": "a", "offers": ["x"], "languages": ["p", "q"]}, {"id": "b", "languages": ["p"]}]
    )
    mentees = from_table("mentee", [{"id": "k", "needs": ["x"], "languages": ["p"]}, {"id": "l", "languages": ["q"]}])
    problem = Problem(mentors, mentees)
    plan = solve.solve(problem)
    assert plan.served == 2
    assert check(problem, plan).optimal
    worse = solve.solve(
        replace(problem, mentees=from_table("mentee", [{"id": "k", "needs": ["x"], "languages": ["p"]}]))
    )
    assert worse.served == 1


def test_two_who_would_rather_have_each_other_block() -> None:
    mentors = from_table("mentor", [{"id": "a", "prefers": ["k"]}, {"id": "b"}])
    mentees = from_table("mentee", [{"id": "k", "prefers": ["a", "b"]}, {"id": "l", "prefers": ["b"]}])
    problem = Problem(mentors, mentees)
    plan = solve.solve(problem)
    assert check(problem, plan).blocking == ()
    crossed = tuple(replace(pair, mentor="b" if pair.mentor == "a" else "a") for pair in plan.pairs)
    assert check(problem, replace(plan, pairs=crossed)).blocking == (("a", "k"),)


def test_fairness_figures_are_counted() -> None:
    mentors = from_table("mentor", [{"id": "a", "offers": ["x", "y"], "capacity": 3}, {"id": "b"}])
    mentees = from_table("mentee", [{"id": "k", "needs": ["x", "y"]}, {"id": "l", "needs": ["x", "z"]}])
    problem = Problem(mentors, mentees, (Weighted("expertise", 1),))
    fairness = check(problem, solve.solve(problem)).fairness
    assert (fairness.worst, fairness.best, fairness.with_their_best, fairness.envious) == (5000, 10_000, 2, 0)
    assert fairness.load == ((0, 1), (2, 1))


@pytest.mark.parametrize("key", ["waited_rounds", "lapsed_rounds"])
def test_what_is_proven_says_that_some_come_first(key: str) -> None:
    """The plan serves whoever comes first, though another would have the higher total."""
    mentors = from_table("mentor", [{"id": "a", "offers": ["x", "y"]}])
    mentees: list[dict[str, Any]] = [{"id": "kim", "needs": ["z", "w"]}, {"id": "lou", "needs": ["x", "y"]}]
    mentees[key == "lapsed_rounds"][key] = 1
    problem = Problem(mentors, from_table("mentee", mentees), (Weighted("expertise", 1),))
    plan, first = solve.solve(problem), "none that serves as many does better by those who come first"
    assert (plan.total, plan.unmatched_mentees) == (0, ("lou",))
    assert check(problem, plan).proven == (
        f"No plan serves more, {first}, and of those that do as well none has a higher total."
    )
    (repaired,) = repair.repairs(problem, [("a", "kim")])
    assert check(problem, repaired.plan).proven == (
        "No plan that keeps 1 or more of the former pairs serves more, or as many and does better by those who come "
        "first, or as well with a higher total."
    )
    raised = replace(problem, objective=Objective("worst_first"))
    assert first in check(raised, solve.solve(raised)).proven
    alike = Problem(mentors, from_table("mentee", [row | {key: 1} for row in mentees]), (Weighted("expertise", 1),))
    assert "come first" not in check(alike, solve.solve(alike)).proven


def test_what_serving_one_more_counts_is_never_told_as_points() -> None:
    """Of two mentees who could both have a mentor one is left out: the bonus for serving the other is in the gap."""
    side = from_table("mentor", [{"id": k, "offers": ["x"]} for k in "abc"])
    mentees = from_table("mentee", [{"id": k, "needs": ["x"]} for k in "kl"])
    problem = Problem(side, mentees, (Weighted("expertise", 1),))
    plan = solve.solve(problem)
    bonus, points = 1_000_000, plan.pairs[0].points
    proof = Certificate((bonus + points,) * 2, (0,) * 3, bonus, 0)
    assert check(problem, plan, proof).below == 0
    short = check(problem, solve.by_hand(problem, [(plan.pairs[0].mentor, plan.pairs[0].mentee)]), proof)
    assert (short.gap, short.below) == (bonus + points, None)
    assert short.unproven == "It is not proven that nobody more could be served."
    loose = replace(proof, mentee_prices=(2 * bonus,) * 2)
    assert check(problem, plan, loose).below == 2 * (POINTS - points)  # all are served, and no pair has more than 100 %
