"""A few complete plans to choose between: the frontier of total, worst pair, coverage and mentors' load."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

import numpy as np

from ithaca.pairing import both_roles, proven, scoring, solve, stability, summary
from ithaca.pairing.compiled import Compiled
from ithaca.pairing.fairness import Fairness, fairness_of
from ithaca.pairing.plan import Certificate, Plan
from ithaca.pairing.points import roots
from ithaca.pairing.problem import Problem
from ithaca.pairing.solvers import assignment
from ithaca.pairing.solvers.looks import Looks
from ithaca.pairing.solvers.optimum import Optimum, of_standing, raised_plan, solved
from ithaca.pairing.without import counted

EVEN_CELLS = 25_000 * 25_000
"""Pairs of people up to which an even plan is looked for."""

Again = Callable[[Problem], Plan]


@dataclass(frozen=True)
class Alternative:
    """One plan of the frontier, with what it is and what it costs in words."""

    key: str
    label: str
    words: str
    plan: Plan
    fairness: Fairness
    problem: Problem
    """The problem it answers: the same people, with the objective, the places or the pairs kept apart that make it what it is."""

    def cost(self, best: "Alternative") -> str:
        """Beside the plan with the highest total."""
        return summary.difference(self.plan, best.plan)


def frontier(
    problem: Problem,
    progress: Callable[[float, str], None] | None = None,
    best: Plan | None = None,
    one_way: bool = False,
) -> tuple[Alternative, ...]:
    """The highest total first; then, where they differ from plans before them: even, worst first, a lighter load, a floor, and,
    where anybody named somebody, by wishes.

    Every plan is the proven best of its kind. `best` is the plan with the highest total, where it is known already. Above
    EVEN_CELLS pairs of people there is no even plan: roots cannot be added up from the parts of a score. `one_way`: nobody mentors
    the one who mentors them (`both_roles`); each plan is then the proven best of its kind with the pairs its problem forbids.
    """
    tell = progress or (lambda fraction, words: None)
    base = replace(problem, objective=replace(problem.objective, kind="total", cost=None))
    compiled = scoring.compiled(base)
    if best is None or not _is_highest(best, base):
        tell(0.0, "Highest total")
        best = solve.solve(base)
    found: list[Alternative] = []
    for step, (key, label, words, plan, answered) in enumerate(_candidates(base, compiled, best, one_way)):
        tell(min(0.95, step / 6), label)
        if all(_pairs(plan) != _pairs(other.plan) for other in found):
            pairs = [(problem.mentors.position[p.mentor], problem.mentees.position[p.mentee]) for p in plan.pairs]
            found.append(Alternative(key, label, words, plan, fairness_of(problem, compiled, pairs), answered))
    tell(1.0, "done")
    return tuple(found)


def _is_highest(plan: Plan, problem: Problem) -> bool:
    """Whether it is proven to be the highest total: an even plan and a repair answer the same problem, for another aim."""
    proof = plan.certificate
    is_so = plan.optimal and proof is not None and proof.kind == "best" and proof.keeping is None
    return is_so and plan.digest == problem.digest


def _candidates(
    problem: Problem, compiled: Compiled, first: Plan, one_way: bool
) -> Iterator[tuple[str, str, str, Plan, Problem]]:
    def settled(asked: Problem, plan: Plan, again: Again = solve.solve) -> tuple[Plan, Problem]:
        answered, plan = both_roles.untied(asked, plan, again) if one_way else (asked, plan)
        return plan, answered

    best, answered = settled(problem, first)
    yield "total", "Highest total", "The most compatibility for everyone together.", best, answered
    if not best.pairs:
        return
    if compiled.shape[0] * compiled.shape[1] <= EVEN_CELLS:
        words = (
            "Low pairs are lifted where it costs little: a point for a low pair counts more than one for a high pair."
        )
        yield "even", "More even", words, *settled(problem, _even(problem, compiled, first), _even_again)
    raised = replace(problem, objective=replace(problem.objective, kind="worst_first"))
    words = "The lowest pair is as good as it can be with as many served; then the highest total."
    worst_first, answered = settled(raised, solve.solve(raised))
    yield "worst_first", "Worst first", words, worst_first, answered
    lighter = _lighter(problem, best)
    if lighter is not None:
        load = int(lighter.mentors.capacity.max())
        words = f"No mentor has more than {counted(load, 'mentee')}."
        yield "load", "Lighter load", words, *settled(lighter, solve.solve(lighter))
    higher = _next_floor(best, worst_first.floor)
    if higher:
        held = any(pair.fixed and pair.points < higher for pair in best.pairs)
        but = " but those held by hand" if held else ""
        words = f"No pair below {higher / 100:.0f} %{but}, even if somebody goes without."
        floored = replace(problem, objective=replace(problem.objective, floor=higher))
        yield "floor", "No weak pairs", words, *settled(floored, solve.solve(floored))
    if _some_wished(problem) and compiled.shape[0] * compiled.shape[1] <= stability.MOST_CELLS:
        words = "Wishes come first: no two people would both rather have each other. Of all such plans, the best for mentees."
        yield "wishes", "By wishes", words, *settled(problem, stability.stable_plan(problem), stability.stable_plan)


def _some_wished(problem: Problem) -> bool:
    return any(side.knows("prefers") for side in (problem.mentors, problem.mentees))


def _even_again(problem: Problem) -> Plan:
    return _even(problem, scoring.compiled(problem), solve.solve(problem))


def _even(problem: Problem, compiled: Compiled, best: Plan) -> Plan:
    """The highest sum of roots: between the highest total and the worst first, at the same number served."""
    bonus = assignment.overriding(compiled)
    if proven.is_dense(compiled):
        standing = assignment.stand(compiled, roots(compiled.matrix()), bonus)
        found = of_standing(standing, bonus)
        gap = standing.gap()
    else:
        from ithaca.pairing.solvers import evened  # here, so that small problems never wait for Numba

        start = raised_plan(problem, compiled, best, bonus, Looks(compiled)) or solved(compiled, bonus)
        answer, bonus = evened.solve(compiled, start), start.bonus
        found = Optimum(compiled, answer.mentor, answer.mentee, answer.u, answer.v, bonus)
        gap = answer.gap
    proof = Certificate(tuple(found.u.tolist()), tuple(found.v.tolist()), bonus, gap, "even")
    return solve.with_held(problem, compiled, found.mentor, found.mentee, proof, problem.best(even=True))


def _lighter(problem: Problem, best: Plan) -> Problem | None:
    """The same with one mentee less for the busiest mentors, if anyone has several and nothing is fixed against it."""
    used = np.bincount([problem.mentors.position[p.mentor] for p in best.pairs], minlength=len(problem.mentors))
    held = np.bincount(scoring.held_rows(problem)[0], minlength=len(problem.mentors))
    most = int(used.max(initial=0)) - 1
    if most < 1 or (held > most).any():
        return None
    return replace(problem, mentors=replace(problem.mentors, capacity=np.minimum(problem.mentors.capacity, most)))


def _next_floor(best: Plan, reachable: int) -> int:
    """A round figure above what all could have: a quarter of the way to the middle pair, in steps of 5 %."""
    ordered = sorted(pair.points for pair in best.pairs)
    middle = ordered[len(ordered) // 2]
    floor = -(-max(reachable + 1, (reachable * 3 + middle) // 4) // 500) * 500
    return floor if reachable < floor <= middle else 0


def _pairs(plan: Plan) -> set[tuple[str, str]]:
    return {(pair.mentor, pair.mentee) for pair in plan.pairs}
