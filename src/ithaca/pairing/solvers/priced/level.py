"""Where the priced-out solver stands on one problem: pairs known, who sits where, prices, and what has been proven of the rest."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import InitVar, dataclass, field

import numpy as np

from ithaca.pairing.solvers.priced.blocks import Blocks, at_prices, lay_out
from ithaca.pairing.solvers.priced.exact import solve_sparse
from ithaca.pairing.solvers.priced.flat import Array, Instance
from ithaca.pairing.solvers.priced.repair import Left, bound, points, worth
from ithaca.pairing.solvers.priced.scan import Best, scan
from ithaca.pairing.solvers.priced.score import named_pairs
from ithaca.pairing.solvers.priced.sparse import Duals, Graph, Int64, Seating, empty_graph, seating, with_pairs

UNKNOWN = 1 << 40
NO_THRESHOLD = -(1 << 40)


@dataclass(frozen=True)
class Means:
    """With what to work: threads, a call between batches that may raise to stop, and whom to tell how far it is."""

    threads: int = 2
    pause: Callable[[], None] = lambda: None
    tell: Callable[[str], None] = lambda words: None


@dataclass(frozen=True)
class Pairs:
    """Pairs found by a scan, with their whole scores."""

    mentee: Int64
    mentor: Int64
    score: Int64

    @classmethod
    def of(cls, *several: Pairs) -> Pairs:
        return cls(*(np.concatenate([getattr(one, name) for one in several]) for name in ("mentee", "mentor", "score")))


@dataclass
class Level:
    """One problem: the whole, or a sample of it.

    What is known of the pairs not in the graph: score - reference[mentor] <= limit[mentee], and once the prices `claim` have been
    proven, score <= claim.mentee[mentee] + claim.mentor[mentor].
    """

    instance: Instance
    means: Means
    bonus: Int64
    known: InitVar[Graph | None] = None
    graph: Graph = field(init=False)
    seats: Seating = field(init=False)
    duals: Duals = field(init=False)
    limit: Int64 = field(init=False)
    reference: Int64 = field(init=False)
    claim: Duals = field(init=False)
    touched: list[Int64] | None = None
    """Mentees who were told of pairs since the last solution; None: anything may have changed."""
    standing: tuple[Blocks, Blocks] | None = None
    """All mentors and all mentees laid out, to be used again at other prices."""
    looked_at: int = 0
    """Pairs that scans went through so far."""

    def __post_init__(self, known: Graph | None) -> None:
        mentors, mentees = self.instance.shape
        self.graph = empty_graph(mentees) if known is None else known
        self.seats = seating(self.instance.mentor_capacity, self.instance.mentee_capacity)
        self.duals = Duals(-self.bonus, np.zeros(mentors, np.int64))
        self.limit = np.full(mentees, UNKNOWN)
        self.reference = np.zeros(mentors, np.int64)
        self.claim = Duals(np.full(mentees, UNKNOWN), np.full(mentors, UNKNOWN))
        if known is None:
            self.add(Pairs(*named_pairs(self.instance)))

    def add(self, pairs: Pairs) -> int:
        """Let the sparse problem know these pairs; returns how many were new."""
        before = len(self.graph.mentor)
        if self.touched is not None:
            self.touched.append(pairs.mentee)
        self.graph = with_pairs(self.graph, pairs.mentee, pairs.mentor, pairs.score, self.instance.shape[0])
        return len(self.graph.mentor) - before

    def revalue(self, mentee: Int64, mentor: Int64, points: int) -> None:
        """Add points to known pairs: they may now be worth something else than prices say."""
        width = self.instance.shape[0]
        row = np.repeat(np.arange(len(self.graph.ptr) - 1, dtype=np.int64), np.diff(self.graph.ptr))
        self.graph.score[np.isin(row * width + self.graph.mentor, mentee * width + mentor)] += points
        self.touched = None

    def solve(self, expected_change: int | None, turns: int | None = None) -> Left:
        """The sparse problem, exactly; with `turns` as far as these go, and who is left."""
        told = np.ones(len(self.bonus), np.bool_)
        if self.touched is not None:
            told[:] = False
            for mentees in self.touched:
                told[mentees] = True
        rows = np.flatnonzero(told)
        left = solve_sparse(self.graph, self.seats, self.bonus, self.duals, expected_change, rows, turns)
        self.touched = []
        return left

    def shift(self, points: int) -> None:
        """State what is known at prices of mentors so much lower and of mentees so much higher: it says the same of every pair."""
        self.reference -= points
        self.limit += points
        self.claim.mentor[:] -= points
        self.claim.mentee[:] += points

    def worth(self) -> int:
        return worth(self.seats, self.bonus)

    def points(self) -> int:
        """The scores alone, without what it is worth to serve somebody at all."""
        return points(self.seats)

    def bound(self) -> int:
        return bound(self.seats, self.bonus, self.duals)

    def best_mentors(self, mentees: Array, price: Int64, threshold: Int64, k: int, among: Array | None = None) -> Best:
        """For these mentees the k best of the mentors `among` (all) above a threshold each."""
        return self._scan(self._side(True, price, among), self.instance.mentees, False, mentees, threshold, k)

    def best_mentees(self, mentors: Array, price: Int64, threshold: Int64, k: int, among: Array | None = None) -> Best:
        """For these mentors the k best of the mentees `among` (all) above a threshold each."""
        return self._scan(self._side(False, price, among), self.instance.mentors, True, mentors, threshold, k)

    def stand(self) -> None:
        """Lay everyone out for many looks to come."""
        self.standing = None
        self.standing = (self._side(True, self.duals.mentor, None), self._side(False, self.duals.mentee, None))

    def _side(self, mentors: bool, price: Int64, among: Array | None) -> Blocks:
        if among is None and self.standing is not None:
            return at_prices(self.standing[0 if mentors else 1], price)
        instance = self.instance
        who = np.arange(len(price)) if among is None else among
        people = instance.mentors if mentors else instance.mentees
        return lay_out(instance.rules, people, mentors, who.astype(np.int32), price)

    def _scan(self, blocks, people, mentors: bool, who: Array, threshold: Int64, k: int) -> Best:  # type: ignore[no-untyped-def]
        who = np.ascontiguousarray(who, np.int64)
        threshold = np.ascontiguousarray(threshold, np.int64)
        means = self.means
        self.looked_at += len(who) * len(blocks.who)
        return scan(
            self.instance.rules, blocks, people, mentors, who, threshold, k, threads=means.threads, pause=means.pause
        )


def pairs_of_mentees(mentees: Array, best: Best, price: Int64) -> Pairs:
    """The pairs that a scan for mentees found at these mentors' prices."""
    row, at = np.nonzero(best.who >= 0)
    mentor = best.who[row, at].astype(np.int64)
    return Pairs(np.asarray(mentees)[row].astype(np.int64), mentor, best.profit[row, at] + price[mentor])


def pairs_of_mentors(mentors: Array, best: Best, price: Int64) -> Pairs:
    """The pairs that a scan for mentors found at these mentees' prices."""
    row, at = np.nonzero(best.who >= 0)
    mentee = best.who[row, at].astype(np.int64)
    return Pairs(mentee, np.asarray(mentors)[row].astype(np.int64), best.profit[row, at] + price[mentee])
