"""Points for named pairs, and none for all others: stated preferences, blocked pairs, earlier pairs."""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from ithaca.pairing.points import VETO, Array, frozen
from ithaca.pairing.primitives.base import block_of
from ithaca.pairing.primitives.room import Room


@dataclass(frozen=True, eq=False)
class Pairs:
    """A sparse list by mentee: mentors `mentor_idx[mentee_ptr[j]:mentee_ptr[j+1]]` earn `points[...]` with j.

    mentors     M, the number of mentors
    mentee_ptr  int64[N+1], rising
    mentor_idx  int32[nnz], rising within each mentee, no mentor twice
    points      int32[nnz], each >= 0 or VETO
    """

    mentors: int
    mentee_ptr: Array
    mentor_idx: Array
    points: Array
    reason: str = ""

    def __post_init__(self) -> None:
        put = object.__setattr__
        put(self, "mentee_ptr", frozen(self.mentee_ptr, np.int64))
        put(self, "mentor_idx", frozen(self.mentor_idx, np.int32))
        put(self, "points", frozen(self.points, np.int32))
        if len(self.mentor_idx) and not (self.mentor_idx.min() >= 0 and self.mentor_idx.max() < self.mentors):
            raise ValueError("a named pair has a mentor outside the problem")
        if self.mentee_ptr[-1] != len(self.mentor_idx) or len(self.points) != len(self.mentor_idx):
            raise ValueError("the lists of named pairs do not fit together")

    @classmethod
    def of(cls, shape: tuple[int, int], named: Iterable[tuple[int, int, int]], reason: str = "") -> "Pairs":
        """From (mentor, mentee, points) triples; where a pair comes twice its points add up, and VETO wins."""
        sums: dict[tuple[int, int], int] = {}
        for i, j, points in named:
            before = sums.get((j, i), 0)
            sums[j, i] = VETO if min(before, points) < 0 else before + points
        ordered = sorted(sums)
        counts = np.bincount([j for j, _ in ordered], minlength=shape[1]) if ordered else np.zeros(shape[1], np.int64)
        pointer = np.concatenate(([0], np.cumsum(counts)))
        mentor_idx = np.array([i for _, i in ordered], np.int32)
        return cls(shape[0], pointer, mentor_idx, np.array([sums[pair] for pair in ordered], np.int32), reason)

    @property
    def shape(self) -> tuple[int, int]:
        return self.mentors, len(self.mentee_ptr) - 1

    def of_mentee(self, j: int) -> slice:
        """Where the mentors named with mentee j stand in `mentor_idx` and `points`."""
        return slice(int(self.mentee_ptr[j]), int(self.mentee_ptr[j + 1]))

    def add(self, total: Array, rows: Array, columns: Array, room: Room) -> None:
        entry, column = self._entries(columns)
        order = np.argsort(rows, kind="stable")
        mentor = self.mentor_idx[entry]
        first, last = (np.searchsorted(rows[order], mentor, side) for side in ("left", "right"))
        again = last - first  # how often the mentor is among the rows: once or not at all, as a rule
        each = np.repeat(np.arange(len(entry)), again)
        row = order[first[each] + np.arange(len(each)) - np.repeat(np.cumsum(again) - again, again)]
        total[row, column[each]] += self.points[entry[each]]

    def _entries(self, columns: Array) -> tuple[Array, Array]:
        """(where in `mentor_idx`, which of `columns`) of every pair named with these mentees."""
        start = self.mentee_ptr[columns]
        count = self.mentee_ptr[columns + 1] - start
        column = np.repeat(np.arange(len(columns)), count)
        return start[column] + np.arange(len(column)) - np.repeat(np.cumsum(count) - count, count), column

    def block(self, rows: Array, columns: Array) -> Array:
        return block_of(self, rows, columns)

    def at(self, rows: Array, columns: Array) -> Array:
        entry, which = self._entries(columns)
        named = self.mentor_idx[entry] == rows[which]
        out = np.zeros(len(rows), np.int32)
        out[which[named]] = self.points[entry[named]]
        return out
