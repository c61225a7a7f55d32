"""Points by whether two people share one category, of any number of categories: place, department, employer."""

from dataclasses import dataclass

import numpy as np

from ithaca.pairing.points import Array, frozen


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

    def __post_init__(self) -> None:
        put = object.__setattr__
        put(self, "mentor_class", frozen(self.mentor_class, np.int32))
        put(self, "mentee_class", frozen(self.mentee_class, np.int32))

    @property
    def shape(self) -> tuple[int, int]:
        return len(self.mentor_class), len(self.mentee_class)

    def block(self, rows: Array, columns: Array) -> Array:
        left, right = self.mentor_class[rows][:, None], self.mentee_class[columns][None, :]
        out = np.where(left == right, np.int32(self.same), np.int32(self.different))
        out[self.mentor_class[rows] == 0, :] = self.blank
        out[:, self.mentee_class[columns] == 0] = self.blank
        return out

    def at(self, rows: Array, columns: Array) -> Array:
        left, right = self.mentor_class[rows], self.mentee_class[columns]
        out = np.where(left == right, np.int32(self.same), np.int32(self.different))
        out[(left == 0) | (right == 0)] = self.blank
        return out

    def bound(self, rows: Array, columns: Array) -> int:
        return max(self.same, self.different, self.blank)
