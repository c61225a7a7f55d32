"""What holds for every problem and whichever solver: nothing better exists, no rule is broken, and nothing else matters."""

from collections import Counter
from dataclasses import replace
from typing import Any

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from ithaca.pairing import plan as plans
from ithaca.pairing import proven, scoring, solve, without
from ithaca.pairing.check import check
from ithaca.pairing.compiled import Compiled
from ithaca.pairing.explain import Explainer
from ithaca.pairing.plan import Plan
from ithaca.pairing.problem import Constraints, Objective, Problem, default_criteria
from ithaca.pairing.side import from_table
from ithaca.pairing.solvers.priced import solver as priced
from ithaca.pairing.tests import people, worlds
from ithaca.pairing.tests.oracles import BOTH, best_by_milp, figures, forced

SEEDS = st.integers(0, 10_000)
SHARED = {"goals", "preferences", "style"}
"""Criteria for which what a pair is worth depends on who else is there."""


@st.composite
def problems(draw: st.DrawFn, most: int = 12, wanted: tuple[int, ...] = (0, 1, 1, 2), kind: str = "") -> Problem:
    """Whole problems: believable people with blanks, any capacities, weights, rounds waited, decisions by hand, a floor."""
    seed, mentors, mentees = draw(SEEDS), draw(st.integers(0, most)), draw(st.integers(0, most))
    rows = people.rows("mentor", mentors, seed, (0, 1, 1, 2, 3, 10**9)), people.rows("mentee", mentees, seed, wanted)
    for row, waited in zip(rows[1], draw(st.lists(st.sampled_from([0, 0, 1, 2]), max_size=mentees)), strict=False):
        row["waited_rounds"] = waited
    weights = draw(st.lists(st.sampled_from([0, 1, 7.5]), max_size=3))
    criteria = tuple(
        replace(standard, weight=weights[at] if at < len(weights) else standard.weight)
        for at, standard in enumerate(default_criteria())
    )
    objective = Objective(kind or draw(st.sampled_from(["total", "worst_first"])), draw(st.sampled_from([0, 0, 2500])))
    sides = from_table("mentor", rows[0]), from_table("mentee", rows[1])
    return Problem(*sides, criteria, draw(decisions(*rows)), objective)


@st.composite
def decisions(draw: st.DrawFn, mentors: list[dict[str, Any]], mentees: list[dict[str, Any]]) -> Constraints:
    """Pairs fixed within everybody's places, also against rules, and pairs kept apart."""
    every = [(mentor["id"], mentee["id"]) for mentor in mentors for mentee in mentees]
    if not every:
        return Constraints()
    left = {row["id"]: row["capacity"] for row in (*mentors, *mentees)}
    fixed = set()
    for pair in draw(st.lists(st.sampled_from(every), max_size=2, unique=True)):
        if min(left[person] for person in pair) > 0:
            fixed.add(pair)
            for person in pair:
                left[person] -= 1
    apart = draw(st.frozensets(st.sampled_from(every), max_size=4))
    return Constraints(frozenset(fixed), forbidden=apart - fixed)


@BOTH
@settings(max_examples=25, deadline=None)
@given(problems())
def test_nothing_better_exists_by_an_independent_solver(solver: str, problem: Problem) -> None:
    with forced(solver):
        plan = solve.solve(problem)
    verdict = check(problem, plan)
    assert verdict.findings == ()
    compiled = scoring.compiled(problem, plan.floor)
    served = figures(compiled, *rows_of(problem, plan))
    assert served == best_by_milp(compiled)
    assert verdict.optimal
    if problem.objective.kind == "worst_first" and plan.floor > problem.objective.floor:
        lower = best_by_milp(scoring.compiled(problem))
        higher = best_by_milp(scoring.compiled(problem, plan.floor + 1))
        assert best_by_milp(compiled)[:2] == lower[:2] != higher[:2]


@BOTH
@settings(max_examples=15, deadline=None)
@given(problems())
def test_no_rule_is_broken_nobody_has_too_many_and_everyone_without_has_a_reason(solver: str, problem: Problem) -> None:
    with forced(solver):
        plan = solve.solve(problem)
        assert plans.from_dict(plan.to_dict()) == plan
        explainer = Explainer(problem, plan)
        for person in plan.unmatched_mentees:
            found = without.mentee(explainer, person)
            assert found.allowed or found.rules or not found.others
            assert found.sentence("mentee")
        for person in plan.unmatched_mentors:
            assert without.mentor(explainer, person).sentence("mentor")
    held, apart = set(problem.constraints.held), problem.constraints.forbidden
    pairs = {(pair.mentor, pair.mentee) for pair in plan.pairs}
    assert held <= pairs
    assert not apart & pairs
    assert len(pairs) == len(plan.pairs)
    for pair in plan.pairs:
        reason = explainer.reason(pair.mentor, pair.mentee)
        assert pair.fixed == ((pair.mentor, pair.mentee) in held)
        assert pair.fixed or (reason.excluded == () and pair.points >= problem.objective.floor)
        assert sum(points for _, points in pair.parts) == pair.points == sum(part.points for part in reason.parts)
    for side, taken in (
        (problem.mentors, Counter(m for m, _ in pairs)),
        (problem.mentees, Counter(n for _, n in pairs)),
    ):
        assert all(taken[person] <= places for person, places in zip(side.ids, side.capacity, strict=True))


@settings(max_examples=25, deadline=None)
@given(worlds.matrices(most=3), st.booleans())
def test_the_large_solver_too_finds_the_best_of_all_plans(problem: Compiled, raise_worst: bool) -> None:
    plans_there_are = worlds.all_plans(problem)
    ids = tuple(tuple(f"{letter}{k}" for k in range(size)) for letter, size in zip("mn", problem.shape, strict=True))
    with forced("priced"):
        raised, found = proven.best(problem, (ids[0], ids[1]), lambda done, words: None, lambda: False, raise_worst)
    best = max(figures(problem, *zip(*plan, strict=True)) if plan else (0, 0, 0) for plan in plans_there_are)
    mine = figures(problem, found.mentor, found.mentee)
    assert found.gap == 0
    assert mine[:2] == best[:2]
    assert mine == best or raised.floor > problem.floor


@settings(max_examples=20, deadline=None)
@given(problems(wanted=(0, 1)))
def test_both_solvers_give_the_same_plan(problem: Problem) -> None:
    found = []
    for solver in ("dense", "priced"):
        with forced(solver):
            found.append(solve.solve(problem))
    assert found[0].pairs == found[1].pairs
    assert found[0].floor == found[1].floor


def test_any_number_of_threads_gives_the_same_plan() -> None:
    same = {"languages": ["Welsh"], "offers": ["x"], "needs": ["x"]}
    rows = [[*people.rows(role, 90, 4), *(same | {"id": f"{role} z{k}"} for k in range(90))] for role in ROLES]
    for row in (*rows[0], *rows[1]):
        row.pop("offers" if row["id"].startswith("mentee") else "needs", None)
    compiled = scoring.compiled(Problem(from_table("mentor", rows[0]), from_table("mentee", rows[1])))
    with forced("priced"):
        found = [priced.solve(compiled, threads=threads) for threads in (1, 2, 3, 7)]
    for other in found[1:]:
        assert all((getattr(other, name) == getattr(found[0], name)).all() for name in ("mentor", "mentee", "u", "v"))


@BOTH
@settings(max_examples=8, deadline=None)
@given(SEEDS, st.randoms(use_true_random=False))
def test_the_order_of_rows_never_matters(solver: str, seed: int, chance: Any) -> None:
    rows = [people.rows(role, 10, seed) for role in ROLES]
    ordered = Problem(from_table("mentor", rows[0]), from_table("mentee", rows[1]))
    for side in rows:
        chance.shuffle(side)
    shuffled = Problem(from_table("mentor", rows[0]), from_table("mentee", rows[1]))
    assert shuffled.digest == ordered.digest
    with forced(solver):
        assert solve.solve(shuffled) == solve.solve(ordered)


@BOTH
@settings(max_examples=8, deadline=None)
@given(problems(wanted=(1,)), st.sampled_from([0.5, 3, 1000]))
def test_scaling_all_weights_changes_nothing(solver: str, problem: Problem, factor: float) -> None:
    scaled = tuple(replace(weighted, weight=weighted.weight * factor) for weighted in problem.criteria)
    with forced(solver):
        assert solve.solve(replace(problem, criteria=scaled)).pairs == solve.solve(problem).pairs


@BOTH
@settings(max_examples=8, deadline=None)
@given(SEEDS)
def test_a_useless_person_and_an_unmatched_one_change_nothing(solver: str, seed: int) -> None:
    criteria = tuple(weighted for weighted in default_criteria() if weighted.key not in SHARED)
    mentors, mentees = people.rows("mentor", 9, seed), people.rows("mentee", 7, seed)
    problem = Problem(from_table("mentor", mentors), from_table("mentee", mentees), criteria)
    with forced(solver):
        plan = solve.solve(problem)
        mentor = {"id": "zz", "capacity": 3, "avoids": [row["id"] for row in mentees]}
        mentee = {"id": "zz", "avoids": [row["id"] for row in mentors]}
        assert solve.solve(replace(problem, mentors=from_table("mentor", [*mentors, mentor]))).pairs == plan.pairs
        assert solve.solve(replace(problem, mentees=from_table("mentee", [*mentees, mentee]))).pairs == plan.pairs
        paired = [row for row in mentors if row["id"] not in plan.unmatched_mentors]
        fewer = solve.solve(replace(problem, mentors=from_table("mentor", paired)))
    assume(_counted(fewer) == _counted(plan))  # a criterion on which nobody is left who said anything drops out
    assert (fewer.total, fewer.served) == (plan.total, plan.served)


@BOTH
@settings(max_examples=8, deadline=None)
@given(SEEDS, st.sampled_from(["mentor", "mentee"]), st.integers(0, 7))
def test_one_more_place_never_serves_fewer(solver: str, seed: int, role: Any, who: int) -> None:
    rows = {each: people.rows(each, 8, seed, (0, 1, 2)) for each in ROLES}
    before = Problem(from_table("mentor", rows["mentor"]), from_table("mentee", rows["mentee"]))
    rows[role][who]["capacity"] += 1
    after = Problem(from_table("mentor", rows["mentor"]), from_table("mentee", rows["mentee"]))
    with forced(solver):
        fewer, more = solve.solve(before), solve.solve(after)
    assert more.served >= fewer.served
    assert more.served > fewer.served or more.total >= fewer.total


ROLES = ("mentor", "mentee")


def rows_of(problem: Problem, plan: Plan) -> tuple[list[int], list[int]]:
    """(mentor rows, mentee rows) of the pairs that were not decided by hand."""
    free = [pair for pair in plan.pairs if not pair.fixed]
    mentors, mentees = problem.mentors.position, problem.mentees.position
    return [mentors[pair.mentor] for pair in free], [mentees[pair.mentee] for pair in free]


def _counted(plan: Plan) -> set[str]:
    """Keys of the criteria that took part in a plan."""
    return {key for pair in plan.pairs for key, _ in pair.parts}
