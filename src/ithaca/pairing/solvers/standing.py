"""Where a dense solver stands: the worth of every pair, the pairs so far, and the prices."""

from dataclasses import dataclass

import numpy as np

from ithaca.pairing.compiled import Compiled
from ithaca.pairing.points import Array, total


@dataclass
class Standing:
    """M mentors × N mentees, dense.

    worth  int64[M, N]: s + extra where allowed, -1 where not
    extra  int64[N]: what a mentee's first mentor adds to the points
    pairs  bool[M, N];  u int64[N] and v int64[M]: prices, see compiled.Solution
    """

    problem: Compiled
    worth: Array
    extra: Array
    pairs: Array
    u: Array
    v: Array

    def gap(self) -> int:
        """The bound of compiled.Solution minus what the pairs are worth; 0 is a proof."""
        over = np.where(self.worth >= 0, self.worth - self.u[None, :] - self.v[:, None], 0)
        return self._bound() + total(np.maximum(over, 0)) - self._value()

    def _bound(self) -> int:
        places, wanted = self.problem.mentor_capacity.tolist(), self.problem.mentee_capacity.tolist()
        more = np.maximum(self.u - self.extra, 0).tolist()
        mentees = zip(self.u.tolist(), more, wanted, strict=True)
        by_mentees: int = sum(u + (wants - 1) * further for u, further, wants in mentees if wants > 0)
        by_mentors: int = sum(v * has for v, has in zip(self.v.tolist(), places, strict=True))
        return by_mentees + by_mentors

    def _value(self) -> int:
        i, j = np.nonzero(self.pairs)
        return total(self.worth[i, j] - self.extra[j]) + total(self.extra[np.unique(j)])
