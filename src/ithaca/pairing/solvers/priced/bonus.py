"""Most mentees served before anything else: a bonus B for every first mentor, as small as proves it.

B = 0 often serves all that can be. If not, B grows until the prices also prove that nobody more can be served: a set of mentees and
seats that touches every pair and is no larger than the number served (König). Such a proof lifts to any larger B, also to one
above all points, without solving again.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from ithaca.pairing.solvers.konig import smallest_cover
from ithaca.pairing.solvers.priced.flat import Instance
from ithaca.pairing.solvers.priced.level import NO_THRESHOLD, Level, Pairs
from ithaca.pairing.solvers.priced.repair import with_a_mentor
from ithaca.pairing.solvers.priced.rounds import Proof, improve
from ithaca.pairing.solvers.priced.sparse import Duals, Int64, total

GROWTH = 16
LARGEST = 1 << 60  # so that prices and what is added to them stay within 64 bits


def of(instance: Instance, bonus: int) -> Int64:
    """What each mentee's first mentor is worth above the score."""
    out: Int64 = np.where(instance.first, bonus + instance.priority, 0).astype(np.int64)
    return out


def number(level: Level) -> int:
    """The bonus of a level, without anybody's priority."""
    return int((level.bonus - level.instance.priority)[level.instance.first].max(initial=0))


def raise_until_proven(level: Level, keep: Callable[..., None], target: float = 0.0) -> None:
    """From the plan found under the level's bonus (0, or that of before a change) to the one that serves most.

    The level keeps the smaller bonus under which that is proven, and the prices that go with it. `target`: share of its points that
    the gap may have. Raises OverflowError where priorities leave no room above them.
    """
    instance = level.instance
    if number(level) == 0 and serves_all_that_can_be(level):
        return
    most = level.bound() + total(instance.priority) + 1  # above all points of any plan
    if most > LARGEST:
        raise OverflowError(f"the priorities of {len(level.bonus):,} mentees add up to more than can be counted with")
    bonus = 2 * (int(level.graph.score.max(initial=0)) + int(instance.priority.max(initial=0))) + 1
    if number(level) > 0:
        if number(level) >= most or _keep_lifted(level, most, keep):
            return
        bonus = number(level) * GROWTH
    while True:
        bonus = min(bonus, most)
        level.means.tell("serving as many as possible")
        level.bonus = of(instance, bonus)
        proof = improve(level, target, bonus, lambda *state, bonus=bonus: keep(*state, bonus))
        level.duals.mentee[:] += proof.short
        if bonus == most or _keep_lifted(level, most, keep):
            return
        bonus *= GROWTH


def _keep_lifted(level: Level, most: int, keep: Callable[..., None]) -> bool:
    """Prove the plan under a bonus above all points, if the prices found under a smaller one can be lifted; leaves them as they are."""
    before = level.bonus, level.duals
    if not lift(level, most - number(level)):
        return False
    nothing = Pairs(*(np.zeros(0, np.int64) for _ in range(3)))
    keep(level, Proof(np.zeros(len(level.bonus), np.int64), nothing, level.bound()), level.worth(), most)
    level.bonus, level.duals = before
    return True


def served(level: Level) -> Int64:
    """Numbers of the mentees whose first mentor is in the plan."""
    some = with_a_mentor(level.seats)
    out: Int64 = some[level.instance.first[some]]
    return out


def serves_all_that_can_be(level: Level) -> bool:
    """Whether every mentee with an allowed partner is served, or every seat serves one."""
    count = served(level)
    if len(count) == len(level.seats.seat_mentor):
        return True
    without = np.setdiff1d(np.flatnonzero(level.instance.first), count)
    known = np.diff(level.graph.ptr)[without] > 0
    if known.any():
        return False
    free = np.zeros(level.instance.shape[0], np.int64)
    best = level.best_mentors(without, free, np.full(len(without), NO_THRESHOLD), 1)
    return not (best.who >= 0).any()


def lift(level: Level, more: int) -> bool:
    """Raise the bonus by `more` and the prices of a smallest cover with it, if that proves as much of the plan as before."""
    instance, bonus = level.instance, number(level)
    u, v = np.clip(level.duals.mentee + level.bonus, 0, bonus), np.minimum(level.duals.mentor, bonus)
    x, size = smallest_cover(u[instance.first], v, instance.mentor_capacity, bonus)
    if size > len(served(level)):
        return False
    before, gap = (level.bonus, level.duals), level.bound() - level.worth()
    level.bonus = level.bonus + np.where(instance.first, more, 0)
    level.duals = Duals(
        level.duals.mentee - np.where(instance.first & (u < x), more, 0),
        level.duals.mentor + np.where(v >= bonus + 1 - x, more, 0),
    )
    if level.bound() - level.worth() <= gap:
        return True
    level.bonus, level.duals = before
    return False
