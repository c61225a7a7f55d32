"""Points by the product of two small vectors: texts turned into numbers."""

from dataclasses import dataclass

import numpy as np

from ithaca.pairing.points import Array, frozen


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

    def block(self, rows: Array, columns: Array) -> Array:
        left = self.mentor_vectors[rows].astype(np.float32)
        right = self.mentee_vectors[columns].astype(np.float32)
        product = np.maximum(left @ right.T, 0).astype(np.int64)  # exact: |sum| < 2**24
        out: Array = np.minimum((product * self.multiplier) >> self.shift, self.cap).astype(np.int32)
        return out

    def at(self, rows: Array, columns: Array) -> Array:
        left, right = self.mentor_vectors[rows].astype(np.int64), self.mentee_vectors[columns].astype(np.int64)
        product = np.maximum((left * right).sum(axis=1), 0)
        out: Array = np.minimum((product * self.multiplier) >> self.shift, self.cap).astype(np.int32)
        return out

    def bound(self, rows: Array, columns: Array) -> int:
        """By Cauchy and Schwarz: the longest mentor vector times the longest mentee vector."""
        left = np.square(self.mentor_vectors[rows].astype(np.int64)).sum(axis=1).max(initial=0)
        right = np.square(self.mentee_vectors[columns].astype(np.int64)).sum(axis=1).max(initial=0)
        most = int(np.ceil(np.sqrt(float(left) * float(right)))) + 1
        return min((most * self.multiplier) >> self.shift, self.cap)
