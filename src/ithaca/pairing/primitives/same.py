"""Points by whether two people share one category, of any number of categories: place, department, employer."""

from dataclasses import dataclass, field

import numpy as np

from ithaca.pairing.points import Array, frozen
from ithaca.pairing.primitives.base import block_of
from ithaca.pairing.primitives.room import Room
from ithaca.pairing.primitives.table import Table

FEW = 64
"""Up to so many classes the points are read from a table of classes."""


@dataclass(frozen=True, eq=False)
class Same:
    """`same` if both classes are equal, `different` if not, `blank` if either class is 0.

    mentor_class  int32[M], 0 is a blank
    mentee_class  int32[N], 0 is a blank
    same, different, blank  each >= 0 or VETO
    """

    mentor_class: Array
    mentee_class: Array
    same: int
    different: int
    blank: int = 0
    reason: str = ""
    _table: Table | None = field(init=False, repr=False)
    """The same as a table, where there are few classes."""

    def __post_init__(self) -> None:
        put = object.__setattr__
        put(self, "mentor_class", frozen(self.mentor_class, np.int32))
        put(self, "mentee_class", frozen(self.mentee_class, np.int32))
        classes = 1 + int(max(self.mentor_class.max(initial=0), self.mentee_class.max(initial=0)))
        put(self, "_table", self._as_table(classes) if classes <= FEW else None)

    def _as_table(self, classes: int) -> Table:
        points = np.full((classes, classes), self.different)
        np.fill_diagonal(points, self.same)
        points[0, :] = points[:, 0] = self.blank
        return Table(self.mentor_class, self.mentee_class, points)

    @property
    def shape(self) -> tuple[int, int]:
        return len(self.mentor_class), len(self.mentee_class)

    def add(self, total: Array, rows: Array, columns: Array, room: Room) -> None:
        if self._table is not None:
            self._table.add(total, rows, columns, room)
            return
        left, right = self.mentor_class[rows], self.mentee_class[columns]
        blank = right == 0
        equal = room.take("equal", total.shape, np.bool_)
        np.equal(left[:, None], np.where(blank, -1, right)[None, :], out=equal)
        part = room.take("part", total.shape, np.int32)
        np.multiply(equal, np.int32(self.same - self.different), out=part)
        if self.different or self.blank:
            part += np.where(blank, np.int32(self.blank), np.int32(self.different))[None, :]
        part[np.flatnonzero(left == 0)] = self.blank
        total += part

    def block(self, rows: Array, columns: Array) -> Array:
        return block_of(self, rows, columns)

    def at(self, rows: Array, columns: Array) -> Array:
        left, right = self.mentor_class[rows], self.mentee_class[columns]
        out = np.where(left == right, np.int32(self.same), np.int32(self.different))
        out[(left == 0) | (right == 0)] = self.blank
        return out
