"""What the solvers see: primitives, capacities, and nothing about people; people stand in the order of their ids."""

from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field

import numpy as np

from ithaca.pairing import tiles
from ithaca.pairing.points import VETO, Array, frozen
from ithaca.pairing.primitives.base import Primitive
from ithaca.pairing.primitives.room import Room


@dataclass(frozen=True)
class Part:
    """One criterion at work: its key, the points it may give at most, and the primitives that give them."""

    key: str
    points: int
    primitives: tuple[Primitive, ...]


@dataclass(frozen=True, eq=False)
class Compiled:
    """M mentors × N mentees; s[i, j] = sum of all primitives; a pair is allowed if s[i, j] >= floor (floor >= 0).

    The capacities are what is left after the locked pairs, which are excluded by a primitive of their own part.
    A mentee's first mentor (where `first[j]`) is worth s + B + priority[j]; a further mentor is worth s.
    """

    parts: tuple[Part, ...]
    mentor_capacity: Array
    """int64[M] >= 0"""
    mentee_capacity: Array
    """int64[N] >= 0"""
    first: Array = field(default_factory=lambda: np.zeros(0, bool))
    """bool[N]: the next mentor of this mentee would be the first one. Empty: true for all."""
    priority: Array = field(default_factory=lambda: np.zeros(0, np.int64))
    """int64[N] >= 0: extra worth of serving this mentee at all (left out last round). Empty: 0 for all."""
    floor: int = 0
    """Pairs below this score are not made."""

    def __post_init__(self) -> None:
        put = object.__setattr__
        put(self, "mentor_capacity", frozen(self.mentor_capacity, np.int64))
        put(self, "mentee_capacity", frozen(self.mentee_capacity, np.int64))
        mentors, mentees = self.shape
        put(self, "first", frozen(self.first if len(self.first) else np.ones(mentees, bool), bool))
        put(self, "priority", frozen(self.priority if len(self.priority) else np.zeros(mentees), np.int64))
        for primitive in self.primitives:
            if primitive.shape != (mentors, mentees):
                raise ValueError(f"a primitive is {primitive.shape}, the problem {(mentors, mentees)}")

    @property
    def shape(self) -> tuple[int, int]:
        """(number of mentors M, number of mentees N)."""
        return len(self.mentor_capacity), len(self.mentee_capacity)

    @property
    def primitives(self) -> tuple[Primitive, ...]:
        """The primitives of all parts, in order."""
        return tuple(primitive for part in self.parts for primitive in part.primitives)

    def tile(self, rows: Array, columns: Array, room: Room) -> Array:
        """`block` for few pairs, in memory of `room` that the next tile will use again."""
        total = room.take("total", (len(rows), len(columns)), np.int32)
        total[...] = 0
        for primitive in self.primitives:
            primitive.add(total, rows, columns, room)
        # What is below the floor becomes VETO, without branches: the sign of (total - floor) in every bit is a mask.
        below = room.take("part", total.shape, np.int32)
        np.right_shift(np.subtract(total, max(self.floor, 0), out=below), 31, out=below)
        np.bitwise_and(total, np.invert(below, out=below), out=total)
        total |= np.bitwise_and(np.invert(below, out=below), VETO, out=below)
        return total

    def block(self, rows: Array, columns: Array) -> Array:
        """int32[len(rows), len(columns)] of s; everything below the floor is VETO."""
        out = np.empty((len(rows), len(columns)), np.int32)

        def write(at: tiles.Tile, room: Room) -> None:
            out[at[0][0] : at[0][-1] + 1, at[1][0] : at[1][-1] + 1] = self.tile(rows[at[0]], columns[at[1]], room)

        deque(tiles.each(write, tiles.of(np.arange(len(rows)), np.arange(len(columns)))), maxlen=0)
        return out

    def matrix(self) -> Array:
        """All of s at once, int32[M, N]: only for problems whose matrix is small."""
        return self.block(np.arange(self.shape[0]), np.arange(self.shape[1]))

    def at(self, rows: Array, columns: Array) -> Array:
        """int32[K] of s of K single pairs; everything below the floor is VETO."""
        total = np.zeros(len(rows), np.int32)
        for primitive in self.primitives:
            total += primitive.at(rows, columns)
        return np.where(total < max(self.floor, 0), VETO, total)

    def earned(self, rows: Array, columns: Array) -> Array:
        """int32[K]: the points of K single pairs, rules or not; what a rule excludes adds nothing."""
        total = np.zeros(len(rows), np.int32)
        for primitive in self.primitives:
            total += np.maximum(primitive.at(rows, columns), 0)
        return total

    def value(self, i: int, j: int) -> int:
        """s of one pair; below zero if it is not allowed."""
        return int(self.at(np.array([i]), np.array([j]))[0])


@dataclass(frozen=True, eq=False)
class Solution:
    """A solver's answer, by row and column numbers, with the prices that prove it.

    For any u >= 0 and v >= 0, no set of pairs is worth more than

        sum_j u[j] + sum_j (mentee_capacity[j] - 1) * max(0, u[j] - b[j])   (mentees with capacity > 0)
      + sum_i mentor_capacity[i] * v[i]
      + sum over allowed pairs of max(0, s[i, j] + b[j] - u[j] - v[i])      (both with capacity > 0)

    where b[j] = B + priority[j] if first[j], else 0. `gap` = that bound minus what the pairs are worth; 0 is a proof.
    When every mentee takes one mentor, optimal prices satisfy u[j] + v[i] >= s[i, j] + b[j], with equality on pairs.
    """

    mentor: Array
    """int64[K]: row of each pair"""
    mentee: Array
    """int64[K]: column of each pair; pairs are ordered by (mentee, mentor)"""
    u: Array
    """int64[N] >= 0: what a mentee's place in the plan is worth"""
    v: Array
    """int64[M] >= 0: what one more place of this mentor would be worth"""
    bonus: int
    """B, the worth of serving one more mentee: above all the plan's points and priority, or nobody more could be."""
    gap: int
    """Proven distance to the best possible worth; 0 is optimal."""


class Stopped(Exception):
    """`should_stop` said yes before there was any plan to give."""


TooSoon = Callable[[], None]
"""Told where `should_stop` says yes before there is any plan: then the search goes on to the first one."""


def stopped(stop: Callable[[], bool], too_soon: TooSoon | None) -> None:
    """Asked where there is no plan yet. Raises Stopped if `stop` says yes and nobody is to be told that it is too soon."""
    if not stop():
        return
    if too_soon is None:
        raise Stopped
    too_soon()
