"""Points by the product of two small vectors: texts turned into numbers."""

from dataclasses import dataclass

import numpy as np

from ithaca.pairing.points import Array, frozen
from ithaca.pairing.primitives.base import block_of
from ithaca.pairing.primitives.room import Room

PATCH = 64
"""Products are made in patches of 64 × 64 pairs and 64 dimensions: so small that BLAS does not start threads of its own,
which would stand in the way of ours."""
LARGEST = 1 << 24
"""No product of 1,024 dimensions is larger."""
AT_ONCE = 8_192
"""Single pairs whose vectors are held at once."""
FEW = 4
"""With fewer people than this a patch would be mostly empty."""


@dataclass(frozen=True, eq=False)
class Dot:
    """`min(cap, (max(0, mentor_vectors[i] · mentee_vectors[j]) * multiplier) >> shift)`. It never excludes.

    mentor_vectors  int8[M, d]
    mentee_vectors  int8[N, d]; d <= 1024, so that a product fits 24 bits and is exact in float32 and int32
    """

    mentor_vectors: Array
    mentee_vectors: Array
    multiplier: int
    shift: int
    cap: int
    reason: str = ""

    def __post_init__(self) -> None:
        put = object.__setattr__
        put(self, "mentor_vectors", frozen(self.mentor_vectors, np.int8))
        put(self, "mentee_vectors", frozen(self.mentee_vectors, np.int8))
        if self.mentor_vectors.ndim != 2 or self.mentor_vectors.shape[1:] != self.mentee_vectors.shape[1:]:
            raise ValueError("both sides of a dot product need vectors of one length")
        if self.mentor_vectors.shape[1] > 1024:
            raise ValueError("a dot product takes at most 1,024 dimensions")
        if min(self.multiplier, self.shift, self.cap) < 0:
            raise ValueError("multiplier, shift and cap of a dot product are >= 0")

    @property
    def shape(self) -> tuple[int, int]:
        return len(self.mentor_vectors), len(self.mentee_vectors)

    def add(self, total: Array, rows: Array, columns: Array, room: Room) -> None:
        if not self.multiplier or not self.cap:
            return
        # A product of `enough` or more earns the cap, so nothing beyond has to be carried into whole numbers.
        enough = min(LARGEST, -(-(self.cap << self.shift) // self.multiplier))
        product = self._products(rows, columns, room)[: len(rows), : len(columns)]
        np.clip(product, 0, enough, out=product)
        narrow = enough * self.multiplier < 1 << 31
        part = room.take("part" if narrow else "wide", total.shape, np.int32 if narrow else np.int64)
        np.copyto(part, product, casting="unsafe")
        part *= self.multiplier
        part >>= self.shift
        np.clip(part, 0, self.cap, out=part)
        np.add(total, part, out=total, casting="unsafe")

    def _products(self, rows: Array, columns: Array, room: Room) -> Array:
        """float32, at least [len(rows), len(columns)]: whole numbers below 2**24, so exact."""
        if min(len(rows), len(columns)) < FEW or not self.mentor_vectors.shape[1]:
            few: Array = self.mentor_vectors[rows].astype(np.float32) @ self.mentee_vectors[columns].T.astype(
                np.float32
            )
            return few
        down, across = (-(-len(people) // PATCH) * PATCH for people in (rows, columns))
        left, right = _padded(self.mentor_vectors[rows], down), _padded(self.mentee_vectors[columns], across)
        out, further = (room.take(use, (down, across), np.float32) for use in ("product", "further"))
        for start in range(0, left.shape[1], PATCH):
            mentors = left[:, start : start + PATCH].reshape(down // PATCH, 1, PATCH, -1)
            mentees = right[:, start : start + PATCH].reshape(1, across // PATCH, PATCH, -1).swapaxes(2, 3)
            into = further if start else out
            np.matmul(mentors, mentees, out=into.reshape(down // PATCH, PATCH, across // PATCH, PATCH).swapaxes(1, 2))
            if start:
                out += further
        return out

    def block(self, rows: Array, columns: Array) -> Array:
        return block_of(self, rows, columns)

    def at(self, rows: Array, columns: Array) -> Array:
        out = np.zeros(len(rows), np.int32)
        for start in range(0, len(rows), AT_ONCE):
            some = slice(start, start + AT_ONCE)
            left = self.mentor_vectors[rows[some]].astype(np.int64)
            product = np.einsum("kd,kd->k", left, self.mentee_vectors[columns[some]].astype(np.int64))
            out[some] = np.minimum((np.maximum(product, 0) * self.multiplier) >> self.shift, self.cap)
        return out


def _padded(vectors: Array, size: int) -> Array:
    """float32[size, d]: with zeros below."""
    out = np.zeros((size, vectors.shape[1]), np.float32)
    out[: len(vectors)] = vectors
    return out
