"""Points by pair of small classes: seniority level × level, time zone × time zone, answer × answer."""

from dataclasses import dataclass, field

import numpy as np

from ithaca.pairing.points import Array, frozen
from ithaca.pairing.primitives.base import block_of
from ithaca.pairing.primitives.room import Room


@dataclass(frozen=True, eq=False)
class Table:
    """`points[mentor_class[i], mentee_class[j]]`.

    mentor_class  int16[M] in 0..A-1
    mentee_class  int16[N] in 0..B-1
    points        int32[A, B], each >= 0 or VETO
    """

    mentor_class: Array
    mentee_class: Array
    points: Array
    reason: str = ""
    _row: Array = field(init=False, repr=False)
    """int64[M]: the row of each mentor in `_used`."""
    _used: Array = field(init=False, repr=False)
    """`points` without the rows of classes that no mentor has."""

    def __post_init__(self) -> None:
        put = object.__setattr__
        put(self, "mentor_class", frozen(self.mentor_class, np.int16))
        put(self, "mentee_class", frozen(self.mentee_class, np.int16))
        put(self, "points", frozen(self.points, np.int32))
        for classes, width in zip((self.mentor_class, self.mentee_class), self.points.shape, strict=True):
            if len(classes) and not (classes.min() >= 0 and classes.max() < width):
                raise ValueError("a class of a table lies outside its points")
        used, row = np.unique(self.mentor_class, return_inverse=True)
        put(self, "_row", frozen(row, np.intp))
        put(self, "_used", frozen(self.points[used], np.int32))

    @property
    def shape(self) -> tuple[int, int]:
        return len(self.mentor_class), len(self.mentee_class)

    def add(self, total: Array, rows: Array, columns: Array, room: Room) -> None:
        if not self._used.any():
            return
        of_class = room.take("strip", (len(self._used), len(columns)), np.int32)
        np.take(self._used, self.mentee_class[columns], axis=1, out=of_class, mode="wrap")
        part = room.take("part", total.shape, np.int32)
        np.take(of_class, self._row[rows], axis=0, out=part, mode="wrap")
        total += part

    def block(self, rows: Array, columns: Array) -> Array:
        return block_of(self, rows, columns)

    def at(self, rows: Array, columns: Array) -> Array:
        out: Array = self.points[self.mentor_class[rows], self.mentee_class[columns]]
        return out
