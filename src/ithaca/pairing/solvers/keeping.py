"""The best plan when every former pair that stays earns a reward: for one reward after another, each from the answer before."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING, Protocol

import numpy as np

from ithaca.pairing.compiled import Compiled, Part
from ithaca.pairing.points import POINTS, VETO, Array
from ithaca.pairing.primitives.pairs import Pairs
from ithaca.pairing.solvers import assignment

if TYPE_CHECKING:
    from ithaca.pairing.solvers.priced.level import Level

MOST_REWARD = 1 << 30
"""Of one pair, in the large solver's graph."""
EXACT = 1 << 50
"""Of numbers below this SciPy's assignment makes sums without rounding them."""


@dataclass(frozen=True, eq=False)
class Kept:
    """A plan by row numbers, ordered by (mentee, mentor), with the prices that prove it under `reward / scale` points a pair.

    The prices are in points times `scale`.
    """

    mentor: Array
    mentee: Array
    u: Array
    v: Array
    reward: int
    scale: int
    gap: int
    """In points, rounded up."""


def above_all(bonus: int) -> int:
    """A reward for which no pair is given up that could stay: what that gains is one more served and all points, at most."""
    return 2 * (bonus + POINTS)


class Keeper(Protocol):
    """Solves one problem for several rewards."""

    finest: int
    """The largest scale it can work with."""

    def best(self, reward: int, scale: int) -> Kept:
        """The best plan if every former pair that stays is worth `reward / scale` points."""


class DenseKeeper:
    """Small problems. Among equal plans it takes one that keeps most: every pair that stays is worth a hair more."""

    def __init__(self, problem: Compiled, former: tuple[Array, Array], bonus: int) -> None:
        self.problem, self.bonus = problem, bonus
        self.scores = problem.matrix().astype(np.int64)
        self.stays = np.zeros(problem.shape, np.int64)
        self.stays[former] = 1
        self.hairs = len(former[0]) + 1
        self.finest = max(1, EXACT // (self.hairs * bonus))

    def best(self, reward: int, scale: int) -> Kept:
        reward, scale = reward * self.hairs + 1, scale * self.hairs
        eased = np.where(self.scores >= 0, self.scores * scale + reward * self.stays, -1)
        scaled = replace(self.problem, priority=self.problem.priority * scale)
        standing = assignment.stand(scaled, eased, self.bonus * scale)
        mentee, mentor = np.nonzero(standing.pairs.T)
        return Kept(mentor, mentee, standing.u, standing.v, reward, scale, -(-standing.gap() // scale))


class LargeKeeper:
    """Large problems: whole points only. Pairs, prices and all that is proven stay from one reward to the next."""

    finest = 1

    def __init__(self, problem: Compiled, former: tuple[Array, Array], bonus: int) -> None:
        self.problem, self.former, self.bonus = problem, former, bonus
        self.change: int | None = None
        self.before = 0

    def best(self, reward: int, scale: int) -> Kept:
        kept = _all_stay(self.problem, self.former, self.bonus, reward) if reward >= above_all(self.bonus) else None
        return self._rewarded(min(reward, MOST_REWARD)) if kept is None else kept

    def _rewarded(self, reward: int) -> Kept:
        from ithaca.pairing.solvers.priced.rounds import improve  # here, so that small problems never wait for Numba

        found = self._found
        if found.level is not None:
            found.level.revalue(*found.inside(self.former), reward - self.before)
            self.before = reward
            improve(found.level, 0.0, self.change)
            self.change = 0
        return Kept(*found.pairs(), *found.prices(), reward, 1, found.gap())

    @cached_property
    def _found(self) -> _Found:
        known = Pairs.of(self.problem.shape, ((int(i), int(j), 0) for i, j in zip(*self.former, strict=True)))
        return _Found(replace(self.problem, parts=(*self.problem.parts, Part("former", 0, (known,)))), self.bonus)


class _Found:
    """What the large solver knows of a problem under one bonus, in the problem's own numbers; without a level, nobody has a place."""

    def __init__(self, problem: Compiled, bonus: int) -> None:
        from ithaca.pairing.solvers.priced import bonus as bonuses
        from ithaca.pairing.solvers.priced import solver
        from ithaca.pairing.solvers.priced.flat import flatten
        from ithaca.pairing.solvers.priced.level import Means

        self.shape = problem.shape
        self.open = np.flatnonzero(problem.mentor_capacity > 0), np.flatnonzero(problem.mentee_capacity > 0)
        self.level: Level | None = None
        if len(self.open[0]) and len(self.open[1]):
            instance = flatten(problem).part(*self.open)
            self.level = solver.start(instance, Means(), bonuses.of(instance, bonus), np.random.default_rng(0))

    def inside(self, pairs: tuple[Array, Array]) -> tuple[Array, Array]:
        """(mentees, mentors) of such (mentors, mentees) in the level's numbers; who has no place is in no pair of it."""
        number = [np.full(size, -1) for size in self.shape]
        for numbers, side in zip(number, self.open, strict=True):
            numbers[side] = np.arange(len(side))
        mentor, mentee = number[0][pairs[0]], number[1][pairs[1]]
        there = (mentor >= 0) & (mentee >= 0)
        return mentee[there], mentor[there]

    def pairs(self) -> tuple[Array, Array]:
        """(mentors, mentees), ordered by (mentee, mentor)."""
        if self.level is None:
            return np.zeros(0, np.int64), np.zeros(0, np.int64)
        seats = self.level.seats
        sitting = np.flatnonzero(seats.seat_of >= 0)
        mentee = self.open[1][seats.place_mentee[sitting]]
        mentor = self.open[0][seats.seat_mentor[seats.seat_of[sitting]]]
        order = np.lexsort((mentor, mentee))
        return mentor[order], mentee[order]

    def prices(self) -> tuple[Array, Array]:
        """(u, v), with the bonus in them."""
        u, v = np.zeros(self.shape[1], np.int64), np.zeros(self.shape[0], np.int64)
        if self.level is not None:
            u[self.open[1]], v[self.open[0]] = self.level.duals.mentee + self.level.bonus, self.level.duals.mentor
        return u, v

    def gap(self) -> int:
        return 0 if self.level is None else self.level.bound() - self.level.worth()


def _all_stay(problem: Compiled, former: tuple[Array, Array], bonus: int, reward: int) -> Kept | None:
    """The best plan with all former pairs, for a reward above all else; None if they do not have places together.

    Only what they leave is solved. The prices of that prove the whole: whoever took part keeps theirs (a mentee who is
    served already adds what the first mentor is worth), and who has no place left costs more than any pair gains.
    """
    from ithaca.pairing.solvers.priced.rounds import improve

    taken = [np.bincount(who, minlength=size) for who, size in zip(former, problem.shape, strict=True)]
    left = problem.mentor_capacity - taken[0], problem.mentee_capacity - taken[1]
    if min(int(side.min(initial=0)) for side in left) < 0:
        return None
    apart = Pairs.of(problem.shape, ((int(i), int(j), VETO) for i, j in zip(*former, strict=True)))
    rest = replace(
        problem,
        parts=(*problem.parts, Part("former", 0, (apart,))),
        mentor_capacity=left[0],
        mentee_capacity=left[1],
        first=problem.first & (taken[1] == 0),
    )
    found = _Found(rest, bonus)
    if found.level is not None:
        improve(found.level, 0.0, None)
    (mentor, mentee), (u, v) = found.pairs(), found.prices()
    extra = np.where(problem.first, bonus + problem.priority, 0)
    full = [(some > 0) & (none == 0) for some, none in zip(taken, left, strict=True)]
    u += np.where(taken[1] > 0, extra, 0) + POINTS * full[1]
    v += (int(extra.max(initial=0)) + POINTS) * full[0]
    mentor, mentee = np.concatenate([former[0], mentor]), np.concatenate([former[1], mentee])
    order = np.lexsort((mentor, mentee))
    return Kept(mentor[order], mentee[order], u, v, reward, 1, found.gap())
