"""Round after round: solve what is known, look for pairs that the prices leave unproven, let them be known, until there are none."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from ithaca.pairing.solvers.priced.blocks import PEOPLE
from ithaca.pairing.solvers.priced.level import (
    NO_THRESHOLD,
    UNKNOWN,
    Level,
    Pairs,
    pairs_of_mentees,
    pairs_of_mentors,
)
from ithaca.pairing.solvers.priced.repair import scores_of
from ithaca.pairing.solvers.priced.sparse import Int64, total

# None of these can make an answer wrong: they trade pairs known (memory, and time to solve them) against looks at all pairs.
# They are judged: no series of measurements stands behind them, and `python -m bench scale` says what another value does.
MARGIN = 150  # points below the proof's need at which a pair is still worth knowing: more spares rounds, for more pairs
EACH = 8  # pairs a person and round: with fewer there are more rounds, with more the known pairs grow
AROUND = 16  # pairs a person, for those left without: more, since many want the same few
FEW = 0.12  # share of a side that counts as few: for more, a look for them alone is hardly cheaper than one for all
MOST_FILLS = 12  # such looks at most; then a whole round has to say what is missing
CHEAPER = 300  # points by which a mentor has become cheaper since everyone last looked: less moves in every round
FEW_CHEAPER, WORTH_IT = 0.15, 0.01  # share of mentors who may look so, and of mentees who must gain for it to count
MOST_COLUMNS = 8  # such looks at most, as above
REPAIR_SHARE, REPAIR_ROWS = 0.01, 100  # with fewer rows to mend, repair alone is cheaper than an auction of everyone
AT_ALL = 1  # with less slack than this a mentee looks at all mentors: a whole point is the least that prices move by
MOST_STEPS = 24  # of a staircase: more leave fewer pairs to look at, and choosing them grows as their square
PER_ROW, PER_BLOCK, PER_LOOK = 2, 100, 6_000  # what getting ready a row, a block, a look costs: in rows of a block


@dataclass
class Proof:
    """What one look at all pairs said: how far each mentee's price is from right, and by how much the plan may miss the best."""

    short: Int64
    pairs: Pairs
    bound: int


def improve(
    level: Level,
    target: float,
    change: int | None,
    keep: Callable[[Level, Proof, int], None] | None = None,
    solve: Callable[[Level], None] | None = None,
) -> Proof:
    """Rounds until nothing is left to gain, or the proven gap is at most `target` of the points.

    Of the points, not of the worth: who is served, and who waited longer, is worth more than all points there are, so a plan
    that is so near the best serves them all.

    `change`: by how many points prices may be wrong (None: nothing is known; 0: next to nothing). `keep` is told of each round's plan.
    `solve` may do each time what else the level's own solution does for such a change.
    """
    fills = columns = number = 0
    while True:
        level.means.pause()
        if solve is None:
            level.solve(change)
        else:
            solve(level)
        if change != 0 and fills < MOST_FILLS and (found := _around_those_left(level)) is not None:
            fills += 1
            change = _add(level, found) or 1
            level.means.tell(f"looking around those left without ({fills})")
            continue
        if change != 0 and columns < MOST_COLUMNS and (found := _around_the_cheaper(level)) is not None:
            columns += 1
            change = _add(level, found) or 1
            continue
        proof = price_out(level)
        number += 1
        worth = level.worth()
        rows = int((proof.short > 0).sum())
        if keep is not None:
            keep(level, proof, worth)
        level.means.tell(
            f"round {number}: {rows:,} people could still gain; gap at most {proof.bound - worth:,} points"
        )
        worst = _add(level, proof.pairs)  # also at the end: `limit` speaks of pairs that are not known
        if rows == 0 or proof.bound - worth <= target * level.points():
            return proof
        if not worst:
            raise AssertionError("the scan found nothing new, but the prices do not prove the plan")
        change = 0 if solve is not None or rows < max(REPAIR_ROWS, REPAIR_SHARE * len(proof.short)) else worst


def _shortfall(level: Level, pairs: Pairs) -> Int64:
    """By how much the prices miss these pairs; nothing where a pair is known already (chosen ones may be worth more)."""
    short = pairs.score - level.duals.mentee[pairs.mentee] - level.duals.mentor[pairs.mentor]
    missed = np.flatnonzero(short > 0)
    known = scores_of(level.graph, pairs.mentee[missed], pairs.mentor[missed]) >= 0
    short[missed[known]] = 0
    return short


def _add(level: Level, pairs: Pairs) -> int:
    """Let the pairs be known; returns by how many points prices may have to move, 0 if nothing was new."""
    worst = max(1, int(_shortfall(level, pairs).max(initial=0)) + 1)
    return worst if level.add(pairs) else 0


def _around_those_left(level: Level) -> Pairs | None:
    """Mentors with a free seat and mentees without anyone, if both remain and one kind is few: their best partners now.

    Without this everyone would be told of the same free mentors at once.
    """
    mentees = len(level.limit)
    seats = level.seats
    free = np.unique(seats.seat_mentor[seats.place_of < 0])
    left = np.setdiff1d(np.arange(mentees), seats.place_mentee[seats.seat_of >= 0])
    most = max(50, int(FEW * mentees))
    if not (len(free) > 0 and len(left) > 0 and min(len(free), len(left)) < most):
        return None
    found = []
    if len(free) < most:
        best = level.best_mentees(free, level.duals.mentee, level.duals.mentor[free], AROUND)
        found.append(pairs_of_mentors(free, best, level.duals.mentee))
    if len(left) < most:
        best = level.best_mentors(left, level.duals.mentor, level.duals.mentee[left], AROUND)
        found.append(pairs_of_mentees(left, best, level.duals.mentor))
    pairs = Pairs.of(*found)
    return pairs if _news(level, pairs) else None


def _news(level: Level, pairs: Pairs) -> bool:
    return bool((_shortfall(level, pairs) > 0).any())


def _around_the_cheaper(level: Level) -> Pairs | None:
    """Mentors much cheaper than when everyone last looked, if they are few: who would come to them now."""
    cheaper = np.flatnonzero(level.reference - level.duals.mentor > CHEAPER)
    if (level.limit == UNKNOWN).any() or not 0 < len(cheaper) < FEW_CHEAPER * len(level.reference):
        return None
    best = level.best_mentees(cheaper, level.duals.mentee, level.duals.mentor[cheaper], AROUND)
    pairs = pairs_of_mentors(cheaper, best, level.duals.mentee)
    gaining = int((_shortfall(level, pairs) > 0).sum())
    return pairs if gaining > WORTH_IT * len(level.limit) else None


def price_out(level: Level) -> Proof:
    """Every pair that the prices do not exclude, and what they miss by.

    What was proven at the last look stays so for two people whose prices have not fallen since. For all others the limits decide
    who need look at whom.
    """
    claim, price = level.claim, level.duals.mentor
    rows, columns = level.duals.mentee < claim.mentee, price < claim.mentor
    claim.mentee[:] = np.maximum(-level.bonus, level.duals.mentee)
    claim.mentor[:] = price
    slack, drop = claim.mentee - level.limit, level.reference - price
    look = _Look(level)
    at_all = rows & (slack < AT_ALL)
    look.at_all(np.flatnonzero(at_all))
    everyone = np.ones(len(price), bool)
    for mine, theirs in ((rows & ~at_all, everyone), (~rows, columns)):
        for some, among in staircase(slack, drop, np.flatnonzero(mine), np.flatnonzero(theirs)):
            look.at(some, among)
    np.maximum(level.reference, price, out=level.reference)
    for some in look.unproven:  # only now: where they look at other mentors, they look at this price
        claim.mentee[some] = UNKNOWN
    return Proof(look.short, look.pairs(), level.bound() + _raise(level, look.short))


class _Look:
    """Scans of mentees against mentors, and what they find."""

    def __init__(self, level: Level) -> None:
        self.level = level
        self.each = EACH + int(level.instance.mentee_capacity.max(initial=1)) - 1  # chosen pairs must not hide others
        self.short = np.zeros(len(level.limit), np.int64)
        self.unproven: list[Int64] = []
        self.found: list[Pairs] = []

    def at_all(self, rows: Int64) -> None:
        """At all mentors, so that their limits are new."""
        if len(rows):
            self.level.limit[rows] = self._at_claim(rows, None)

    def at(self, rows: Int64, among: Int64) -> None:
        """At these mentors."""
        if len(rows) and len(among):
            self._at_claim(rows, among)

    def _at_claim(self, rows: Int64, among: Int64 | None) -> Int64:
        """Proves the prices claimed; returns by how much at most anybody left out beats those of the mentors.

        Who has too many good partners for that is `unproven`.
        """
        claim = self.level.claim
        left_out = self._scan(rows, claim.mentee[rows], claim.mentor, among)
        further = left_out - claim.mentee[rows]
        unproven = rows[further > 0]
        self.short[unproven] = np.maximum(self.short[unproven], further[further > 0])
        self.unproven.append(unproven)
        return left_out

    def _scan(self, rows: Int64, need: Int64, price: Int64, among: Int64 | None) -> Int64:
        best = self.level.best_mentors(rows, price, need - MARGIN, self.each, among)
        pairs = pairs_of_mentees(rows, best, price)
        self.found.append(pairs)
        np.maximum.at(self.short, pairs.mentee, _shortfall(self.level, pairs))
        left_out: Int64 = np.where((best.who >= 0).all(axis=1), best.profit[:, 0], need - MARGIN)
        return left_out

    def pairs(self) -> Pairs:
        return Pairs.of(*self.found) if self.found else Pairs(*(np.zeros(0, np.int64) for _ in range(3)))


def staircase(slack: Int64, drop: Int64, rows: Int64, columns: Int64) -> list[tuple[Int64, Int64]]:
    """Few rectangles that hold every pair of these rows and columns with slack < drop: the cheapest that a few steps give."""
    if not len(rows) or not len(columns):
        return []
    columns = columns[drop[columns] > slack[rows].min()]
    rows = rows[slack[rows] < drop[columns].max(initial=NO_THRESHOLD)]
    if not len(rows) or not len(columns):
        return []
    steep = np.sort(drop[columns])
    cuts = np.unique(steep[np.linspace(0, len(steep) - 1, MOST_STEPS).astype(np.int64)])
    wide = np.searchsorted(steep, cuts, side="right")  # columns up to each cut
    high = np.searchsorted(np.sort(slack[rows]), cuts)  # rows that must look at them
    cost, come_from = [0.0], [0]
    for b in range(len(cuts)):
        before = np.concatenate([[0], wide[:b]]).astype(np.int64)
        blocks = -(-(wide[b] - before) // PEOPLE) + PER_ROW
        whole = np.array(cost) + blocks * (high[b] + PER_BLOCK) + PER_LOOK
        come_from.append(int(whole.argmin()))
        cost.append(float(whole.min()))
    out = []
    b = len(cuts)
    while b > 0:
        a = come_from[b]
        inside = (drop[columns] <= cuts[b - 1]) & (drop[columns] > (cuts[a - 1] if a else NO_THRESHOLD))
        out.append((rows[slack[rows] < cuts[b - 1]], columns[inside]))
        b = a
    return out


def _raise(level: Level, short: Int64) -> int:
    """What it adds to the bound to raise every mentee's price by what it is short of."""
    further = np.diff(level.seats.place_ptr) - 1
    need = level.duals.mentee
    return total(short) + total(further * (np.maximum(0, need + short) - np.maximum(0, need)))
