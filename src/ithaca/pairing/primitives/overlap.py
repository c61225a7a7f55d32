"""Points by how many elements two sets share: skills, languages, interests, free hours."""

from dataclasses import dataclass, field

import numpy as np

from ithaca.pairing.points import VETO, Array, frozen
from ithaca.pairing.primitives.base import block_of
from ithaca.pairing.primitives.room import Room

MANY_BYTES = 6
"""With more live bytes than this a word of 64 bits is counted at once, otherwise byte by byte."""


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
    _words: tuple[tuple[Array, Array], ...] = field(init=False, repr=False)
    """Both bitmaps column by column, without what nobody shares: uint64 or uint8, [M] and [N]."""
    _table: Array = field(init=False, repr=False)
    """int32[sizes, counts], flat: the points by size of the mentee's set and number of shared elements."""
    _start: Array = field(init=False, repr=False)
    """int[N]: where the counts of this mentee's size start in `_table`; 0 for a blank."""

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

        put(self, "_words", tuple(_live_words(self.mentor_bits, self.mentee_bits)))
        sizes = np.minimum(self.mentee_size, self.points.shape[0] - 1)
        most = min(int(self.mentor_size.max(initial=0)), int(self.mentee_size.max(initial=0)))
        table = self.points[: int(sizes.max(initial=0)) + 1, np.minimum(np.arange(most + 1), self.points.shape[1] - 1)]
        table[:, : self.at_least] = VETO
        # A set with elements that is too large for the points has a row; only the row of the blanks is theirs alone.
        row = np.where(self.mentee_size > 0, sizes + 1, 0)
        table = np.vstack([np.full((1, most + 1), self.points[0, 0]), table])
        put(self, "_table", frozen(table.ravel(), np.int32))
        put(self, "_start", frozen(row * (most + 1), np.min_scalar_type(table.size)))

    @property
    def shape(self) -> tuple[int, int]:
        return len(self.mentor_bits), len(self.mentee_bits)

    def add(self, total: Array, rows: Array, columns: Array, room: Room) -> None:
        if not self._table.any():
            return
        index = room.take("index", total.shape, self._start.dtype)
        index[...] = self._start[columns][None, :]
        self._count(index, rows, columns, room)
        blank = np.flatnonzero(self.mentor_size[rows] == 0)
        if len(blank):
            index[blank] = 0
        wide = room.take("wide", total.shape, np.intp)
        np.copyto(wide, index)
        found = room.take("part", total.shape, np.int32)
        np.take(self._table, wide, out=found, mode="wrap")
        total += found

    def _count(self, index: Array, rows: Array, columns: Array, room: Room) -> None:
        """Add the number of shared elements."""
        count = room.take("count", index.shape, np.uint8)
        for mentor_word, mentee_word in self._words:
            both = room.take("word", index.shape, mentor_word.dtype)
            np.bitwise_and(mentor_word[rows][:, None], mentee_word[columns][None, :], out=both)
            np.bitwise_count(both, out=count)
            index += count

    def block(self, rows: Array, columns: Array) -> Array:
        return block_of(self, rows, columns)

    def at(self, rows: Array, columns: Array) -> Array:
        both = self.mentor_bits[rows] & self.mentee_bits[columns]
        shared = np.bitwise_count(both).sum(axis=1, dtype=np.int64)
        size = np.minimum(self.mentee_size[columns], self.points.shape[0] - 1)
        out: Array = self.points[size, np.minimum(shared, self.points.shape[1] - 1)]
        out[shared < self.at_least] = VETO
        out[(self.mentor_size[rows] == 0) | (self.mentee_size[columns] == 0)] = self.points[0, 0]
        return out


def _live_words(mentor_bits: Array, mentee_bits: Array) -> list[tuple[Array, Array]]:
    """The columns of both bitmaps in which somebody of either side has an element of the other."""
    out = []
    for left, right in zip(mentor_bits.T, mentee_bits.T, strict=True):
        live = np.bitwise_or.reduce(left) & np.bitwise_or.reduce(right)
        at = np.flatnonzero(np.array([live]).view(np.uint8))
        if len(at) > MANY_BYTES:
            out.append((np.ascontiguousarray(left), np.ascontiguousarray(right)))
            continue
        mine, theirs = (np.ascontiguousarray(side).view(np.uint8).reshape(-1, 8) for side in (left, right))
        out += [(np.ascontiguousarray(mine[:, byte]), np.ascontiguousarray(theirs[:, byte])) for byte in at]
    return out
