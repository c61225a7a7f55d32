"""People who are mentor and mentee at once: nobody mentors the one who mentors them, unless both ways are fixed by hand."""

from collections.abc import Callable, Iterable
from dataclasses import replace

from ithaca.pairing import scoring, solve
from ithaca.pairing.plan import Plan
from ithaca.pairing.problem import Constraints, IdPair, Problem


def mutual(plan: Plan) -> tuple[tuple[IdPair, IdPair], ...]:
    """Pairs of pairs in which two people mentor each other."""
    return mutual_of((pair.mentor, pair.mentee) for pair in plan.pairs)


def mutual_of(pairs: Iterable[IdPair]) -> tuple[tuple[IdPair, IdPair], ...]:
    """As `mutual`, of pairs that are no plan any more, such as kept ones."""
    known = set(pairs)
    return tuple((pair, pair[::-1]) for pair in sorted(known) if pair[::-1] in known and pair[0] < pair[1])


def one_way(
    problem: Problem, progress: solve.Progress | None = None, should_stop: solve.ShouldStop | None = None
) -> tuple[Problem, Plan]:
    """(the problem with pairs forbidden until no two people mentor each other, its best plan with its proof).

    The best plan of all comes first; while two people mentor each other in it, the weaker of their two pairs that is not
    fixed by hand is forbidden and it is solved again. Nothing is forbidden where nobody does.
    """
    first = solve.solve(problem, progress, should_stop)
    return untied(problem, first, lambda asked: solve.solve(asked, progress, should_stop))


def solve_apart(problem: Problem, progress: solve.Progress | None = None) -> tuple[Plan, int | None]:
    """(a plan in which `mutual` finds nobody but those fixed by hand both ways, points it may be below the best such plan).

    The best plan of all bounds every other, so the second number is honest; None where the answer serves fewer or others, or
    has a lower floor: points alone say nothing then.
    """
    first = solve.solve(problem, progress)
    asked, plan = untied(problem, first, lambda asked: solve.solve(asked, progress))
    if asked is problem:
        return plan, 0
    below = first.total - plan.total if _standing(problem, first) == _standing(problem, plan) else None
    return replace(plan, digest=problem.digest, certificate=None), below


def untied(asked: Problem, plan: Plan, again: Callable[[Problem], Plan]) -> tuple[Problem, Plan]:
    """As `one_way`, for a plan of another kind than `solve` gives: `again` finds the plan of that kind for a problem.

    Each variant of a plan is proven with the pairs that it keeps apart itself, so none pays for another's.
    """
    fixed = set(asked.constraints.held)
    while free := [open_to for circle in mutual(plan) if (open_to := [pair for pair in circle if pair not in fixed])]:
        weaker = {min(pairs, key=lambda pair: (_points(plan, pair), pair)) for pairs in free}
        forbidden: Constraints = replace(asked.constraints, forbidden=asked.constraints.forbidden | weaker)
        asked = replace(asked, constraints=forbidden)
        plan = again(asked)
    return asked, plan


def _standing(problem: Problem, plan: Plan) -> tuple[int, int, int]:
    """What comes before points: how many are served, how long they waited, and the floor."""
    served = sorted({problem.mentees.position[pair.mentee] for pair in plan.pairs})
    return len(served), int(scoring.priorities(problem)[served].sum()), plan.floor


def _points(plan: Plan, ids: IdPair) -> int:
    found = plan.pair(*ids)
    return found.points if found else 0
