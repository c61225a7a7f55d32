"""What certificates prove, against all plans of tiny problems."""

from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ithaca.pairing import cover, repair, scoring, solve, stability
from ithaca.pairing.check import check
from ithaca.pairing.compiled import Compiled, Stopped
from ithaca.pairing.plan import STABLE, Certificate, Cover, Pair, Plan, from_dict
from ithaca.pairing.points import Array, roots
from ithaca.pairing.problem import Constraints, Objective, Problem, Weighted
from ithaca.pairing.side import Side, from_table
from ithaca.pairing.solvers import assignment
from ithaca.pairing.tests import people, worlds
from ithaca.pairing.tests.worlds import proven, small


@given(seed=st.integers(0, 1 << 20))
@settings(max_examples=25, deadline=None)
def test_a_gap_is_never_smaller_than_what_is_missing(seed: int) -> None:
    """Any prices, any plan: the proven distance is at least the true one (all plans of a tiny problem)."""
    chance = np.random.default_rng(seed)
    problem = small(seed, 3, mentees=4, capacity=(1, 2), wanted=(1, 1, 2))
    compiled = scoring.compiled(problem)
    scores, plans = compiled.matrix(), worlds.all_plans(compiled)
    named = [tuple((problem.mentors.ids[i], problem.mentees.ids[j]) for i, j in plan) for plan in plans]
    u, v = (tuple(chance.integers(0, 9_000, size).tolist()) for size in reversed(compiled.shape))
    bonus = int(chance.choice([0, 500, 90_000]))
    proof = Certificate(u, v, bonus, 0)
    extra = bonus + compiled.priority
    worth = [
        sum(int(scores[i, j]) for i, j in plan) + sum(int(extra[j]) for j in {j for _, j in plan if compiled.first[j]})
        for plan in plans
    ]
    at = int(chance.integers(0, len(plans)))
    verdict = check(problem, solve.by_hand(problem, named[at]), proof)
    assert verdict.gap is not None
    assert verdict.gap >= max(worth) - worth[at]
    assert verdict.findings == ()

    def rank(plan: tuple[tuple[int, int], ...]) -> tuple[int, int]:
        first = {j for _, j in plan if compiled.first[j]}
        return len(first), sum(int(compiled.priority[j]) for j in first)

    def points(plan: tuple[tuple[int, int], ...]) -> int:
        return sum(int(scores[i, j]) for i, j in plan)

    assert (verdict.below is None) == bool(verdict.unproven)
    if verdict.below is not None:
        assert rank(plans[at]) == max(map(rank, plans))
        assert verdict.below >= max(points(plan) for plan in plans if rank(plan) == rank(plans[at])) - points(plans[at])


@given(seed=st.integers(0, 1 << 20))
@settings(max_examples=25, deadline=None)
def test_optimal_means_that_no_plan_at_all_is_better(seed: int) -> None:
    problem = small(seed, 3, mentees=4, capacity=(1, 2), wanted=(1, 1, 2), kind=("total", "worst_first")[seed % 2])
    compiled = scoring.compiled(problem)
    scores = compiled.matrix()
    plan = solve.solve(problem)
    assert check(problem, plan).optimal

    def merit(pairs: tuple[tuple[int, int], ...]) -> tuple[Any, ...]:
        first = sorted({j for _, j in pairs if compiled.first[j]})
        waited = [sum(compiled.priority[j] >= level for j in first) for level in cover.levels(compiled)]
        points = [int(scores[i, j]) for i, j in pairs]
        worst = min(points, default=0) if problem.objective.kind == "worst_first" else 0
        return (*waited, sum(int(compiled.priority[j]) for j in first), worst, sum(points))

    mine = merit(tuple((problem.mentors.position[p.mentor], problem.mentees.position[p.mentee]) for p in plan.pairs))
    assert mine == max(merit(pairs) for pairs in worlds.all_plans(compiled))


@given(worlds.matrices(several=False), st.integers(0, 10_000))
@settings(max_examples=60, deadline=None)
def test_a_cover_proves_what_hopcroft_and_karp_find(compiled: Compiled, floor: int) -> None:
    nobody = np.zeros(0, np.int64)
    for priority in cover.levels(compiled):
        mate, found = cover.most_served(compiled, nobody, nobody, floor, priority)
        served = np.flatnonzero(mate >= 0)
        assert (compiled.at(mate[served], served) >= max(floor, compiled.floor)).all()
        assert (np.bincount(mate[served], minlength=compiled.shape[0]) <= compiled.mentor_capacity).all()
        assert cover.size(compiled, found) == len(served)
        mentors, mentees = cover.uncovered(compiled, found)
        assert not (compiled.matrix()[np.ix_(mentors, mentees)] >= found.floor).any()


@given(seed=st.integers(0, 300))
@settings(max_examples=15, deadline=None)
def test_a_raised_floor_is_proven_by_covers_and_a_wrong_one_is_not(seed: int) -> None:
    problem = small(seed, kind="worst_first")
    plan = solve.solve(problem)
    compiled = scoring.compiled(problem)
    rows, columns = rows_of(problem, plan)
    covers = cover.proof_of_raising(compiled, rows, columns, plan.floor)
    with_covers = replace(plan, certificate=replace(proven(plan), covers=covers))
    without = replace(plan, certificate=replace(proven(plan), covers=()))
    assert covers
    assert plan == with_covers
    assert check(problem, without).optimal  # the judge looks for covers itself
    assert check(problem, with_covers).optimal
    assert from_dict(with_covers.to_dict()) == with_covers
    lower = replace(with_covers, floor=plan.floor - 1)
    assert not check(problem, lower).optimal or plan.floor == 0
    one = covers[-1]
    shortened = [replace(one, mentees=one.mentees[1:]), replace(one, mentors=one.mentors[1:])]
    for wrong in shortened:
        if wrong != one:
            claimed = replace(plan, certificate=replace(proven(plan), covers=(*covers[:-1], wrong)))
            assert any("leaves out a pair" in said for said in check(problem, claimed).findings)
    total = solve.solve(replace(problem, objective=Objective("total")))
    if min(pair.points for pair in total.pairs) < min(pair.points for pair in plan.pairs):
        assert not check(problem, replace(total, digest=problem.digest)).optimal


def rows_of(problem: Problem, plan: Plan) -> tuple[Array, Array]:
    free = [pair for pair in plan.pairs if not pair.fixed]
    rows = np.array([problem.mentors.position[pair.mentor] for pair in free], np.int64)
    return rows, np.array([problem.mentees.position[pair.mentee] for pair in free], np.int64)


@given(seed=st.integers(0, 300))
@settings(max_examples=15, deadline=None)
def test_an_even_plan_is_proven_by_roots(seed: int) -> None:
    problem = small(seed, wanted=(1,))
    compiled = scoring.compiled(problem)
    bonus = assignment.overriding(compiled)
    standing = assignment.stand(compiled, roots(compiled.matrix()), bonus)
    pairs = [(problem.mentors.ids[i], problem.mentees.ids[j]) for i, j in np.argwhere(standing.pairs).tolist()]
    proof = Certificate(tuple(standing.u.tolist()), tuple(standing.v.tolist()), bonus, 0, "even")
    even = replace(solve.by_hand(problem, pairs), certificate=proof)
    verdict = check(problem, even)
    assert (verdict.findings, verdict.gap, verdict.optimal) == ((), 0, True)
    assert "even" in verdict.proven
    assert from_dict(even.to_dict()) == even
    assert check(problem, replace(even, certificate=replace(proof, kind="best"))).gap != 0
    best = solve.solve(problem)
    gap = check(problem, best, proof).gap
    assert gap is not None
    assert gap == standing_roots(compiled, *rows_of(problem, even)) - standing_roots(compiled, *rows_of(problem, best))


def standing_roots(compiled: Compiled, rows: Array, columns: Array) -> int:
    return int(roots(compiled.at(rows, columns)).sum())


@given(seed=st.integers(0, 300))
@settings(max_examples=12, deadline=None)
def test_a_repair_is_proven_for_the_pairs_it_keeps(seed: int) -> None:
    before = small(seed, 7, wanted=(1,))
    former = [(pair.mentor, pair.mentee) for pair in solve.solve(before).pairs]
    today = replace(before, constraints=Constraints(forbidden=frozenset(former[:2])))
    for one in repair.repairs(today, former):
        verdict = check(today, one.plan)
        assert (verdict.findings, verdict.gap) == ((), proven(one.plan).gap)
        if verdict.gap:  # found by search: its prices leave more open than there is
            continue
        assert (verdict.findings, verdict.gap, verdict.optimal) == ((), 0, True)
        assert "former pairs" in verdict.proven
        assert from_dict(one.plan.to_dict()) == one.plan
        keeping = proven(one.plan).keeping
        assert keeping is not None
        richer = replace(keeping, reward=keeping.reward + 3 * keeping.scale)
        claimed = replace(one.plan, certificate=replace(proven(one.plan), keeping=richer))
        kept = {(pair.mentor, pair.mentee) for pair in one.plan.pairs} & set(keeping.former)
        gap = check(today, claimed).gap
        assert gap is not None
        assert gap >= 0 or kept


@given(seed=st.integers(0, 300), at=st.integers(0, 100))
@settings(max_examples=15, deadline=None)
def test_a_stable_plan_is_stable_and_one_without_a_pair_is_not(seed: int, at: int) -> None:
    problem = small(seed)
    plan = stability.stable_plan(problem)
    verdict = check(problem, plan)
    assert (verdict.findings, verdict.stable, verdict.blocking, verdict.gap) == ((), True, (), None)
    assert not verdict.optimal
    named = [(pair.mentor, pair.mentee) for pair in plan.pairs]
    gone = named.pop(at % len(named))
    shorter = check(problem, replace(solve.by_hand(problem, named), certificate=STABLE))
    assert shorter.stable is False
    assert gone in shorter.blocking
    assert any("would rather have each other" in said for said in shorter.findings)
    assert check(problem, solve.by_hand(problem, named)).stable is None


@given(seed=st.integers(0, 300))
@settings(max_examples=10, deadline=None)
def test_blocking_pairs_are_those_of_the_definition(seed: int) -> None:
    problem = small(seed, 5)
    compiled, best = scoring.compiled(problem), solve.solve(problem)
    claimed = replace(best, certificate=STABLE)
    scores = compiled.matrix().astype(np.int64)
    rows, columns = rows_of(problem, best)
    pairs = np.zeros(scores.shape, bool)
    pairs[rows, columns] = True
    wants = [scores.copy(), scores.copy()]
    for at, (side, others) in enumerate(((problem.mentors, problem.mentees), (problem.mentees, problem.mentors))):
        for row, ranked in enumerate(side.column("prefers")):
            for rank, tied in enumerate(ranked):
                for other in tied:
                    if other in others.position:
                        cell = (row, others.position[other]) if at == 0 else (others.position[other], row)
                        wants[at][cell] += (len(ranked) - rank) * 10_001
    expected = set()
    for i, j in np.argwhere((scores >= 0) & ~pairs).tolist():
        his = wants[0][i][pairs[i]].tolist()
        hers = wants[1][:, j][pairs[:, j]].tolist()
        he = compiled.mentor_capacity[i] > len(his) or any(wants[0][i, j] > held for held in his)
        she = compiled.mentee_capacity[j] > len(hers) or any(wants[1][i, j] > held for held in hers)
        if he and she:
            expected.add((problem.mentors.ids[i], problem.mentees.ids[j]))
    assert set(check(problem, claimed).blocking) == expected


@pytest.mark.parametrize("places", [0, 1])
def test_a_wish_at_the_head_of_a_very_long_list_is_weighed_in_full(places: int) -> None:
    """So many wishes count more than 32 bits hold, also for somebody without a place; most of them name nobody here."""
    wishes = (("k",), ("l",), *((f"nobody {rank}",) for rank in range(220_000)))
    columns = {"prefers": (wishes, ()), "offers": (("law", "tax"), ("art",))}
    mentors = Side("mentor", ("a", "b"), [places, 1], columns)
    mentees = from_table("mentee", [{"id": "k"}, {"id": "l", "needs": ["art", "law", "tax"]}])
    problem = Problem(mentors, mentees, (Weighted("expertise", 1),))
    plan = stability.stable_plan(problem)
    assert [pair.mentee for pair in plan.pairs if pair.mentor == "a"] == ["k"] * places
    verdict = check(problem, plan)
    assert (verdict.findings, verdict.stable, verdict.blocking) == ((), True, ())


def test_a_certificate_must_be_one() -> None:
    problem = small(3)
    plan = solve.solve(problem)
    proof = proven(plan)
    outside = Cover(0, 0, (99,), ())
    for wrong, said in (
        (replace(proof, mentee_prices=proof.mentee_prices[1:]), "the certificate has prices for"),
        (replace(proof, mentor_prices=(1 << 70, *proof.mentor_prices[1:])), "too large"),
        (replace(proof, bonus=1 << 61), "too large"),
        (replace(proof, covers=(outside,)), "people whom the problem does not have"),
    ):
        verdict = check(problem, replace(plan, certificate=wrong))
        assert any(said in finding for finding in verdict.findings)
        assert (verdict.gap, verdict.optimal) == (None, False)


def test_certificates_of_old_plans_are_read() -> None:
    plan = solve.solve(small(4))
    old = plan.to_dict()
    for key in ("kind", "keeping", "covers"):
        del old["certificate"][key]
    assert from_dict(old) == plan


def test_a_bound_beyond_32_bits_is_the_same_bound() -> None:
    problem = small(5, wanted=(1,))
    plan = solve.solve(problem)
    proof, more = proven(plan), 1 << 40
    raised = replace(
        proof, mentor_prices=tuple(price + more for price in proof.mentor_prices), bonus=proof.bonus + more
    )
    verdict = check(problem, plan, raised)
    places = int(scoring.compiled(problem).mentor_capacity.sum())
    assert verdict.gap == more * (places - plan.served)


@pytest.mark.parametrize("bonus", [(1 << at) - 5_000 for at in (27, 28, 29, 30, 31, 59)])
def test_a_place_that_is_gone_is_out_of_reach_of_any_bonus(bonus: int) -> None:
    mentors = from_table("mentor", [{"id": "a", "offers": ["law", "tax"]}])
    mentees = from_table("mentee", [{"id": "k"}, {"id": "l", "needs": ["law", "tax"]}])
    fixed = Constraints(frozenset({("a", "k")}))
    problem = Problem(mentors, mentees, (Weighted("expertise", 1),), fixed)
    plan = replace(solve.solve(problem), certificate=Certificate((0, 0), (0,), bonus, 0))
    verdict = check(problem, plan)
    assert (verdict.findings, verdict.gap) == ((), 0)


def test_checking_tells_how_far_it_is_and_stops_on_request() -> None:
    problem = people.problem(600, 600, 1)
    plan = solve.by_hand(problem, [])
    told: list[float] = []
    check(problem, plan, progress=lambda fraction, words: told.append(fraction))
    assert told == sorted(told)
    assert told[-1] == 1
    with pytest.raises(Stopped):
        check(problem, plan, should_stop=lambda: True)


def test_the_judge_knows_nothing_of_the_solvers() -> None:
    import ast
    import pathlib

    from ithaca.pairing import check as judge

    folder = pathlib.Path(str(judge.__file__)).parent
    for name in ("check", "proof", "cover", "blocking", "scan", "tiles", "fairness", "compiled", "plan"):
        tree = ast.parse((folder / f"{name}.py").read_text(encoding="utf-8"))
        imported = [node for node in ast.walk(tree) if isinstance(node, ast.Import | ast.ImportFrom)]
        assert not [ast.unparse(node) for node in imported if "solve" in ast.unparse(node)], name


def test_a_hand_made_plan_is_judged_by_the_certificate_of_the_best() -> None:
    problem = people.problem(12, 14, 5)
    best = solve.solve(problem)
    pairs = [(pair.mentor, pair.mentee) for pair in best.pairs[:-2]]
    verdict = check(problem, solve.by_hand(problem, pairs), best.certificate)
    missing: list[Pair] = list(best.pairs[-2:])
    assert verdict.findings == ()
    assert verdict.gap == sum(pair.points for pair in missing) + 2 * proven(best).bonus
    assert not verdict.optimal


def test_where_nobody_can_be_served_the_empty_plan_is_the_best() -> None:
    for kind in ("total", "worst_first"):
        problem = small(7, 3, mentees=4, capacity=(0,), wanted=(1,), kind=kind)
        verdict = check(problem, solve.solve(problem))
        assert (verdict.findings, verdict.served, verdict.optimal) == ((), 0, True)
