"""People who are mentor and mentee at once: nobody mentors the one who mentors them."""

from dataclasses import replace

from ithaca.pairing import solve
from ithaca.pairing.plan import Plan
from ithaca.pairing.problem import Constraints, IdPair, Problem


def mutual(plan: Plan) -> tuple[tuple[IdPair, IdPair], ...]:
    """Pairs of pairs in which two people mentor each other."""
    pairs = {(pair.mentor, pair.mentee) for pair in plan.pairs}
    return tuple((pair, pair[::-1]) for pair in sorted(pairs) if pair[::-1] in pairs and pair[0] < pair[1])


def solve_apart(problem: Problem) -> tuple[Plan, int]:
    """(a plan without two people who mentor each other, points it may be below the best such plan).

    The best plan of all comes first; while two people mentor each other in it, the weaker of their two pairs is
    forbidden and it is solved again. The first plan bounds every other, so the second number is honest.
    """
    first = plan = solve.solve(problem)
    asked = problem
    while circles := mutual(plan):
        weaker = {min(circle, key=lambda pair: (_points(plan, pair), pair)) for circle in circles}
        weaker -= set(problem.constraints.held)
        if not weaker:
            break
        forbidden: Constraints = replace(asked.constraints, forbidden=asked.constraints.forbidden | weaker)
        asked = replace(asked, constraints=forbidden)
        plan = solve.solve(asked)
    below = first.total - plan.total if first.served == plan.served else first.total
    return replace(plan, digest=problem.digest, certificate=first.certificate if plan is first else None), below


def _points(plan: Plan, ids: IdPair) -> int:
    found = plan.pair(*ids)
    return found.points if found else 0
