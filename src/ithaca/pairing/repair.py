"""After somebody left or arrived: the best plans that touch few of the pairs that were there, and what each touch buys.

Every kept pair gets a reward; the larger the reward, the fewer pairs move. Each reward gives a plan that is proven best
for the number of pairs it touches. The plans found so are the corners of the curve of what touching buys; between two
corners no plan lies above the straight line from one to the other.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

import numpy as np

from ithaca.pairing import scoring, solve
from ithaca.pairing.compiled import Compiled
from ithaca.pairing.plan import Plan
from ithaca.pairing.points import Array
from ithaca.pairing.problem import IdPair, Problem
from ithaca.pairing.solvers import assignment

CORNERS = 12
"""At most so many plans: enough for a choice."""


@dataclass(frozen=True)
class Repair:
    """One plan, proven to be the best of all that touch no more of the former pairs."""

    touched: int
    """Former pairs that could stay and do not."""
    lost: tuple[IdPair, ...]
    """Which."""
    plan: Plan

    def buys(self, other: "Repair") -> tuple[int, int]:
        """(more mentees served, more points) than `other`."""
        return self.plan.served - other.plan.served, self.plan.total - other.plan.total


def repairs(problem: Problem, former: Iterable[IdPair]) -> tuple[Repair, ...]:
    """From touching nothing to the best plan of all. `former` are the pairs of before; who is gone is passed over.

    A former pair that a hard rule now excludes cannot stay and does not count as touched.
    """
    compiled = scoring.compiled(problem)
    scores = compiled.matrix()
    kept = np.zeros(compiled.shape, bool)
    for mentor, mentee in former:
        if mentor in problem.mentors.position and mentee in problem.mentees.position:
            kept[problem.mentors.position[mentor], problem.mentees.position[mentee]] = True
    kept &= scores >= 0
    bonus = assignment.overriding(compiled)
    most = _Point(compiled, scores, kept, bonus, 0, 1)
    none = _Point(compiled, scores, kept, bonus, bonus * (2 + min(compiled.shape)), 1)
    corners = [none, *_between(none, most, CORNERS), most]
    out: list[Repair] = []
    for corner in corners:
        if not out or corner.touched > out[-1].touched:
            out.append(_repair(problem, compiled, corner))
    return tuple(out)


class _Point:
    """The best plan when keeping a former pair is worth `reward / scale` points."""

    def __init__(self, compiled: Compiled, scores: Array, kept: Array, bonus: int, reward: int, scale: int) -> None:
        self.given = compiled, scores, kept, bonus
        eased = np.where(scores >= 0, scores.astype(np.int64) * scale + reward * kept, -1)
        scaled = replace(compiled, priority=compiled.priority * scale)
        # Among equals, the fewest touched: a hair's worth more for every pair that stays.
        hair = int(kept.sum()) + 1
        eased = np.where(eased >= 0, eased * hair + kept, -1)
        scaled = replace(scaled, priority=scaled.priority * hair)
        self.pairs = assignment.stand(scaled, eased, bonus * scale * hair).pairs
        self.touched = int((kept & ~self.pairs).sum())
        self.worth = self._worth()

    def _worth(self) -> int:
        compiled, scores, _, bonus = self.given
        served = self.pairs.any(axis=0) & compiled.first
        return int(scores[self.pairs].sum()) + int((bonus + compiled.priority[served]).sum())


def _between(few: _Point, many: _Point, most: int) -> Iterator[_Point]:
    """Corners strictly between two points, in order: where the line from one to the other is beaten."""
    if most <= 0 or many.touched - few.touched < 2:
        return
    scale, reward = many.touched - few.touched, many.worth - few.worth
    middle = _Point(*few.given, reward, scale)
    on_the_line = few.worth * scale + reward * (middle.touched - few.touched)
    if middle.worth * scale > on_the_line and few.touched < middle.touched < many.touched:
        yield from _between(few, middle, most // 2)
        yield middle
        yield from _between(middle, many, most // 2)


def _repair(problem: Problem, compiled: Compiled, corner: _Point) -> Repair:
    mentee, mentor = np.nonzero(corner.pairs.T)
    held_mentor, held_mentee = scoring.held_rows(problem)
    rows, columns = np.concatenate([held_mentor, mentor]), np.concatenate([held_mentee, mentee])
    plan = solve.write(problem, compiled, rows, columns, None)
    lost = np.nonzero(corner.given[2] & ~corner.pairs)
    ids = (problem.mentors.ids, problem.mentees.ids)
    return Repair(corner.touched, tuple((ids[0][i], ids[1][j]) for i, j in zip(*lost, strict=True)), plan)
