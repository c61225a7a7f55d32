"""Round after round: solve what is known, look for pairs that the prices leave unproven, let them be known, until there are none."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from ithaca.pairing.solvers.priced.level import (
    NO_THRESHOLD,
    UNKNOWN,
    Level,
    Pairs,
    pairs_of_mentees,
    pairs_of_mentors,
)
from ithaca.pairing.solvers.priced.repair import scores_of
from ithaca.pairing.solvers.priced.sparse import Int64

MARGIN = 150  # points below the proof's need at which a pair is still worth knowing
EACH = 8  # pairs a person and round
AROUND = 16  # pairs a person, for those left without
FEW = 0.12  # share of a side that counts as few
MOST_FILLS = 12
CHEAPER = 300  # points by which a mentor has become cheaper since everyone last looked
MOST_COLUMNS = 8
REPAIR_SHARE, REPAIR_ROWS = 0.01, 100  # with fewer rows to mend, repair alone is cheaper than an auction
STEPS = (0, 1, 3, 10, 20, 40, 80, 120, 150, 200, 300, 500, 1000)


@dataclass
class Proof:
    """What one look at all pairs said: how far each mentee's price is from right, and by how much the plan may miss the best."""

    short: Int64
    pairs: Pairs
    bound: int


def improve(level: Level, target: float, change: int | None, keep: object = None) -> Proof:
    """Rounds until nothing is left to gain, or the proven gap is at most `target` of the worth."""
    fills = columns = number = 0
    while True:
        level.means.pause()
        level.solve(change)
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
            keep(level, proof, worth)  # type: ignore[operator]
        level.means.tell(
            f"round {number}: {rows:,} people could still gain; gap at most {proof.bound - worth:,} points"
        )
        worst = _add(level, proof.pairs)  # also at the end: `limit` speaks of pairs that are not known
        if rows == 0 or proof.bound - worth <= target * worth:
            return proof
        if not worst:
            raise AssertionError("the scan found nothing new, but the prices do not prove the plan")
        change = 0 if rows < max(REPAIR_ROWS, REPAIR_SHARE * len(proof.short)) else worst


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
    if (level.limit == UNKNOWN).any() or not 0 < len(cheaper) < 0.15 * len(level.reference):
        return None
    best = level.best_mentees(cheaper, level.duals.mentee, level.duals.mentor[cheaper], AROUND)
    pairs = pairs_of_mentors(cheaper, best, level.duals.mentee)
    gaining = int((_shortfall(level, pairs) > 0).sum())
    return pairs if gaining > 0.01 * len(level.limit) else None


def price_out(level: Level) -> Proof:
    """Every pair that the prices do not exclude, and what they miss by.

    Only mentees whose limit does not exclude all, and mentors who became cheaper, need to be looked at.
    """
    price, need = level.duals.mentor, level.duals.mentee
    rows, cheaper = _to_look_at(level)
    found = []
    each = EACH + int(level.instance.mentee_capacity.max()) - 1  # chosen pairs must not hide others
    if len(rows):
        threshold = need[rows] - MARGIN
        best = level.best_mentors(rows, price, threshold, each)
        found.append(pairs_of_mentees(rows, best, price))
        level.limit[rows] = np.where((best.who >= 0).all(axis=1), best.profit[:, 0], threshold)
    if len(cheaper):
        others = np.setdiff1d(np.arange(len(need)), rows, assume_unique=True)
        threshold = need[others] - MARGIN
        best = level.best_mentors(others, price, threshold, each, cheaper)
        found.append(pairs_of_mentees(others, best, price))
        seen = np.where((best.who >= 0).all(axis=1), best.profit[:, 0], threshold)
        level.limit[others] = np.maximum(level.limit[others], seen)
    if len(rows) == len(need):
        level.reference[:] = price
    else:
        level.reference[cheaper] = price[cheaper]
        level.reference[:] = np.maximum(level.reference, price)
    pairs = Pairs.of(*found) if found else Pairs(*(np.zeros(0, np.int64) for _ in range(3)))
    short = np.zeros(len(need), np.int64)
    np.maximum.at(short, pairs.mentee, _shortfall(level, pairs))
    return Proof(short, pairs, level.bound() + _raise(level, short))


def _raise(level: Level, short: Int64) -> int:
    """What it adds to the bound to raise every mentee's price by what it is short of."""
    further = np.diff(level.seats.place_ptr) - 1
    need = level.duals.mentee
    return int(short.sum() + (further * (np.maximum(0, need + short) - np.maximum(0, need))).sum())


def _to_look_at(level: Level) -> tuple[Int64, Int64]:
    """(mentees to look at all mentors, mentors to be looked at by all other mentees): the cheapest choice that proves all."""
    price, need = level.duals.mentor, level.duals.mentee
    if (level.limit == NO_THRESHOLD).all():
        return np.zeros(0, np.int64), np.zeros(0, np.int64)
    drop = level.reference - price
    slack = need - level.limit
    mentors, mentees = len(price), len(need)
    costs = []
    for step in STEPS:
        rows, columns = int((slack < step).sum()), int((drop > step).sum())
        costs.append(rows * mentors + (mentees - rows) * columns)
    step = STEPS[int(np.argmin(costs))]
    return np.flatnonzero(slack < step), np.flatnonzero(drop > step)


__all__ = ["NO_THRESHOLD", "Proof", "improve", "price_out"]
