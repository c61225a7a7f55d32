"""Points by how many elements two sets share: skills, languages, interests, free hours."""

from dataclasses import dataclass, field

import numpy as np

from ithaca.pairing.points import VETO, Array, frozen


@dataclass(frozen=True, eq=False)
class Overlap:
    """`points[min(mentee_size[j], A), min(shared, C)]`, or VETO where fewer than `at_least` are shared.

    An empty set on either side is a blank: it is never excluded and earns `points[0, 0]`.

    mentor_bits   uint64[M, W]  the mentor's set as a bitmap
    mentee_bits   uint64[N, W]  the mentee's set as a bitmap, same universe
    points        int32[A+1, C+1], all >= 0
    at_least      fewer shared elements exclude the pair; 0 excludes nobody
    """

    mentor_bits: Array
    mentee_bits: Array
    points: Array
    at_least: int = 0
    reason: str = ""
    mentor_size: Array = field(init=False)
    """int32[M]: elements in the mentor's set; 0 is a blank."""
    mentee_size: Array = field(init=False)
    """int32[N]: elements in the mentee's set; 0 is a blank."""

    def __post_init__(self) -> None:
        put = object.__setattr__
        put(self, "mentor_bits", frozen(self.mentor_bits, np.uint64))
        put(self, "mentee_bits", frozen(self.mentee_bits, np.uint64))
        put(self, "points", frozen(self.points, np.int32))
        if self.mentor_bits.ndim != 2 or self.mentor_bits.shape[1:] != self.mentee_bits.shape[1:]:
            raise ValueError("both bitmaps of an overlap need the same number of words")
        if self.points.ndim != 2 or self.points.size == 0 or self.points.min() < 0:
            raise ValueError("points of an overlap are a table of numbers >= 0")
        put(self, "mentor_size", frozen(np.bitwise_count(self.mentor_bits).sum(axis=1), np.int32))
        put(self, "mentee_size", frozen(np.bitwise_count(self.mentee_bits).sum(axis=1), np.int32))

    @property
    def shape(self) -> tuple[int, int]:
        return len(self.mentor_bits), len(self.mentee_bits)

    def shared(self, rows: Array, columns: Array) -> Array:
        """int16[len(rows), len(columns)]: how many elements each pair has in common."""
        count = np.zeros((len(rows), len(columns)), np.int16)
        for word in range(self.mentor_bits.shape[1]):
            both = self.mentor_bits[rows, word][:, None] & self.mentee_bits[columns, word][None, :]
            count += np.bitwise_count(both)
        return count

    def block(self, rows: Array, columns: Array) -> Array:
        shared = self.shared(rows, columns)
        size = np.minimum(self.mentee_size[columns], self.points.shape[0] - 1)
        width = self.points.shape[1]
        clipped = np.minimum(shared, width - 1, dtype=np.int16).astype(np.int32)
        clipped += (size * width)[None, :]
        out: Array = self.points.ravel()[clipped]
        if self.at_least > 0:
            out[shared < self.at_least] = VETO
        out[self.mentor_size[rows] == 0, :] = self.points[0, 0]
        out[:, self.mentee_size[columns] == 0] = self.points[0, 0]
        return out

    def at(self, rows: Array, columns: Array) -> Array:
        both = self.mentor_bits[rows] & self.mentee_bits[columns]
        shared = np.bitwise_count(both).sum(axis=1, dtype=np.int64)
        size = np.minimum(self.mentee_size[columns], self.points.shape[0] - 1)
        out: Array = self.points[size, np.minimum(shared, self.points.shape[1] - 1)]
        out[shared < self.at_least] = VETO
        out[(self.mentor_size[rows] == 0) | (self.mentee_size[columns] == 0)] = self.points[0, 0]
        return out

    def bound(self, rows: Array, columns: Array) -> int:
        sizes = np.unique(np.minimum(self.mentee_size[columns], self.points.shape[0] - 1))
        most = int(min(self.mentor_size[rows].max(initial=0), self.mentee_size[columns].max(initial=0)))
        return max(int(self.points[0, 0]), int(self.points[sizes, : most + 1].max(initial=0)))
