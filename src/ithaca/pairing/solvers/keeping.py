"""The best plan when every former pair that stays earns a reward: for one reward after another, each from the answer before."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Protocol

import numpy as np

from ithaca.pairing.compiled import Compiled, Part
from ithaca.pairing.points import Array
from ithaca.pairing.primitives.pairs import Pairs
from ithaca.pairing.solvers import assignment

if TYPE_CHECKING:
    from ithaca.pairing.solvers.priced.level import Level

MOST_REWARD = 1 << 30


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


class Keeper(Protocol):
    """Solves one problem for several rewards."""

    finest: int
    """The largest scale it can work with."""

    def best(self, reward: int, scale: int) -> Kept:
        """The best plan if every former pair that stays is worth `reward / scale` points."""


class DenseKeeper:
    """Small problems. Among equal plans it takes one that keeps most: every pair that stays is worth a hair more."""

    finest = 1 << 20

    def __init__(self, problem: Compiled, former: tuple[Array, Array], bonus: int) -> None:
        self.problem, self.bonus = problem, bonus
        self.scores = problem.matrix().astype(np.int64)
        self.stays = np.zeros(problem.shape, np.int64)
        self.stays[former] = 1

    def best(self, reward: int, scale: int) -> Kept:
        hair = int(self.stays.sum()) + 1
        reward, scale = reward * hair + 1, scale * hair
        eased = np.where(self.scores >= 0, self.scores * scale + reward * self.stays, -1)
        scaled = replace(self.problem, priority=self.problem.priority * scale)
        standing = assignment.stand(scaled, eased, self.bonus * scale)
        mentee, mentor = np.nonzero(standing.pairs.T)
        return Kept(mentor, mentee, standing.u, standing.v, reward, scale, -(-standing.gap() // scale))


class LargeKeeper:
    """Large problems: whole points only. Pairs, prices and all that is proven stay from one reward to the next."""

    finest = 1

    def __init__(self, problem: Compiled, former: tuple[Array, Array], bonus: int) -> None:
        from ithaca.pairing.solvers.priced import bonus as bonuses  # here, so that small problems never wait for Numba
        from ithaca.pairing.solvers.priced import solver
        from ithaca.pairing.solvers.priced.flat import flatten
        from ithaca.pairing.solvers.priced.level import Means

        self.problem, self.former = problem, former
        known = Pairs.of(problem.shape, ((int(i), int(j), 0) for i, j in zip(*former, strict=True)))
        named = replace(problem, parts=(*problem.parts, Part("former", 0, (known,))))
        self.open = np.flatnonzero(problem.mentor_capacity > 0), np.flatnonzero(problem.mentee_capacity > 0)
        self.level: Level | None = None
        if len(self.open[0]) and len(self.open[1]):
            instance = flatten(named).part(*self.open)
            self.level = solver.start(instance, Means(), bonuses.of(instance, bonus), np.random.default_rng(0))
        self.change: int | None = None
        self.before = 0

    def best(self, reward: int, scale: int) -> Kept:
        from ithaca.pairing.solvers.priced.rounds import improve

        u, v = np.zeros(self.problem.shape[1], np.int64), np.zeros(self.problem.shape[0], np.int64)
        level, reward = self.level, min(reward, MOST_REWARD)
        if level is None:  # one side has no place left
            return Kept(v[:0], u[:0], u, v, reward, 1, 0)
        level.graph.score[self._entries(level)] += reward - self.before
        level.touched = None  # any pair that is known may be worth something else
        self.before = reward
        improve(level, 0.0, self.change)
        self.change = 0
        seats = level.seats
        sitting = np.flatnonzero(seats.seat_of >= 0)
        mentee = self.open[1][seats.place_mentee[sitting]]
        mentor = self.open[0][seats.seat_mentor[seats.seat_of[sitting]]]
        u[self.open[1]], v[self.open[0]] = level.duals.mentee + level.bonus, level.duals.mentor
        order = np.lexsort((mentor, mentee))
        return Kept(mentor[order], mentee[order], u, v, reward, 1, level.bound() - level.worth())

    def _entries(self, level: Level) -> Array:
        """Where the former pairs stand in the graph of known pairs, which grows."""
        graph, width = level.graph, len(self.open[0])
        rows = np.repeat(np.arange(len(graph.ptr) - 1, dtype=np.int64), np.diff(graph.ptr))
        place = [np.full(size, -1) for size in self.problem.shape]
        for numbers, side in zip(place, self.open, strict=True):
            numbers[side] = np.arange(len(side))
        wanted = place[1][self.former[1]] * width + place[0][self.former[0]]
        found: Array = np.flatnonzero(np.isin(rows * width + graph.mentor, wanted))
        return found
