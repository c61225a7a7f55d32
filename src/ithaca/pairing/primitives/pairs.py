"""Points for named pairs, and none for all others: stated preferences, blocked pairs, earlier pairs."""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from ithaca.pairing.points import VETO, Array, frozen


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

    def block(self, rows: Array, columns: Array) -> Array:
        whole = np.zeros((self.mentors, len(columns)), np.int32)
        for at, j in enumerate(columns.tolist()):
            mine = self.of_mentee(j)
            whole[self.mentor_idx[mine], at] = self.points[mine]
        return whole[rows]

    def at(self, rows: Array, columns: Array) -> Array:
        out = np.zeros(len(rows), np.int32)
        for at, (i, j) in enumerate(zip(rows.tolist(), columns.tolist(), strict=True)):
            mine = self.of_mentee(j)
            found = int(np.searchsorted(self.mentor_idx[mine], i))
            if found < mine.stop - mine.start and self.mentor_idx[mine][found] == i:
                out[at] = self.points[mine][found]
        return out

    def bound(self, rows: Array, columns: Array) -> int:
        most = 0
        for j in columns.tolist():
            most = max(most, int(self.points[self.of_mentee(j)].max(initial=0)))
        return most
