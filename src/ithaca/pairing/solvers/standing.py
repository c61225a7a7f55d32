"""Where a dense solver stands: the worth of every pair, the pairs so far, and the prices."""

from dataclasses import dataclass

import numpy as np

from ithaca.pairing.compiled import Compiled
from ithaca.pairing.points import Array


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
        return self._bound() + int(np.maximum(over, 0).sum()) - self._value()

    def _bound(self) -> int:
        wanted = self.problem.mentee_capacity
        more = np.maximum(wanted - 1, 0) * np.maximum(self.u - self.extra, 0)
        return int(self.u[wanted > 0].sum() + more.sum() + (self.problem.mentor_capacity * self.v).sum())

    def _value(self) -> int:
        i, j = np.nonzero(self.pairs)
        return int((self.worth[i, j] - self.extra[j]).sum() + self.extra[np.unique(j)].sum())
