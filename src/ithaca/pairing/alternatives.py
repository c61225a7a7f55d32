"""A few complete plans to choose between: the frontier of total, worst pair, coverage and mentors' load."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

import numpy as np

from ithaca.pairing import scoring, solve
from ithaca.pairing.compiled import Compiled
from ithaca.pairing.fairness import Fairness, fairness_of
from ithaca.pairing.plan import Plan
from ithaca.pairing.points import POINTS, Array
from ithaca.pairing.problem import Problem
from ithaca.pairing.solvers import assignment, worst_first
from ithaca.pairing.without import counted


@dataclass(frozen=True)
class Alternative:
    """One plan of the frontier, with what it is and what it costs in words."""

    key: str
    label: str
    words: str
    plan: Plan
    fairness: Fairness
    problem: Problem
    """The problem it answers: the same people, with the objective or the places that make it what it is."""

    def cost(self, best: "Alternative") -> str:
        """Beside the plan with the highest total."""
        fewer = best.plan.served - self.plan.served
        points = best.plan.total - self.plan.total
        said = [f"{counted(fewer, 'mentee')} fewer served"] if fewer else ["as many served"]
        said.append(f"{points:,} points less in total" if points > 0 else "no points lost")
        return ", ".join(said)


def frontier(problem: Problem, progress: Callable[[float, str], None] | None = None) -> tuple[Alternative, ...]:
    """The highest total first; then, where they differ from plans before them: even, worst first, a lighter load, a floor.

    Every plan but "even" is the proven best of its kind.
    """
    tell = progress or (lambda fraction, words: None)
    base = replace(problem, objective=replace(problem.objective, kind="total"))
    compiled = scoring.compiled(base)
    scores = compiled.matrix()
    found: list[Alternative] = []
    for step, (key, label, words, plan, solved) in enumerate(_candidates(base, compiled, scores)):
        tell(min(0.95, step / 5), label)
        if all(_pairs(plan) != _pairs(other.plan) for other in found):
            pairs = [(problem.mentors.position[p.mentor], problem.mentees.position[p.mentee]) for p in plan.pairs]
            found.append(Alternative(key, label, words, plan, fairness_of(problem, compiled, pairs), solved))
    tell(1.0, "done")
    return tuple(found)


def _candidates(problem: Problem, compiled: Compiled, scores: Array) -> Iterator[tuple[str, str, str, Plan, Problem]]:
    best = solve.solve(problem)
    yield "total", "Highest total", "The most compatibility for everyone together.", best, problem
    if not best.pairs:
        return
    words = "Low pairs are lifted where it costs little: a point for a low pair counts more than one for a high pair."
    yield "even", "More even", words, _even(problem, compiled, scores), problem
    raised = replace(problem, objective=replace(problem.objective, kind="worst_first"))
    words = "The lowest pair is as good as it can be with as many served; then the highest total."
    yield "worst_first", "Worst first", words, solve.solve(raised), raised
    lighter = _lighter(problem, best)
    if lighter is not None:
        load = int(lighter.mentors.capacity.max())
        words = f"No mentor has more than {counted(load, 'mentee')}."
        yield "load", "Lighter load", words, solve.solve(lighter), lighter
    floor = worst_first.highest_floor(compiled, scores)
    higher = _next_floor(best, floor)
    if higher:
        words = f"No pair below {higher / 100:.0f} %, even if somebody goes without."
        floored = replace(problem, objective=replace(problem.objective, floor=higher))
        yield "floor", "No weak pairs", words, solve.solve(floored), floored


def _even(problem: Problem, compiled: Compiled, scores: Array) -> Plan:
    """The highest sum of square roots: between the highest total and the worst first, at the same number served."""
    rooted = np.where(scores >= 0, np.sqrt(np.maximum(scores, 0) * POINTS).astype(np.int64), scores)
    standing = assignment.stand(compiled, rooted, assignment.overriding(compiled))
    mentee, mentor = np.nonzero(standing.pairs.T)
    held = scoring.held_rows(problem)
    rows, columns = np.concatenate([held[0], mentor]), np.concatenate([held[1], mentee])
    return solve.write(problem, compiled, rows, columns, None)


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
