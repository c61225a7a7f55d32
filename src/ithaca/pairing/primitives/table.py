"""Points by pair of small classes: seniority level × level, time zone × time zone, answer × answer."""

from dataclasses import dataclass

import numpy as np

from ithaca.pairing.points import Array, frozen


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

    def __post_init__(self) -> None:
        put = object.__setattr__
        put(self, "mentor_class", frozen(self.mentor_class, np.int16))
        put(self, "mentee_class", frozen(self.mentee_class, np.int16))
        put(self, "points", frozen(self.points, np.int32))
        for classes, width in zip((self.mentor_class, self.mentee_class), self.points.shape, strict=True):
            if len(classes) and not (classes.min() >= 0 and classes.max() < width):
                raise ValueError("a class of a table lies outside its points")

    @property
    def shape(self) -> tuple[int, int]:
        return len(self.mentor_class), len(self.mentee_class)

    def block(self, rows: Array, columns: Array) -> Array:
        out: Array = self.points[:, self.mentee_class[columns]][self.mentor_class[rows]]
        return out

    def at(self, rows: Array, columns: Array) -> Array:
        out: Array = self.points[self.mentor_class[rows], self.mentee_class[columns]]
        return out

    def bound(self, rows: Array, columns: Array) -> int:
        some = self.points[np.unique(self.mentor_class[rows])][:, np.unique(self.mentee_class[columns])]
        return int(some.max(initial=np.iinfo(np.int32).min)) if some.size else 0
