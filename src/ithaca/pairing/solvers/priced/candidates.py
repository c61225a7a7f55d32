"""Where to begin: all pairs of a small problem; of a large one, each person's best partners at the prices of a sample.

The best at those prices, not the best by score: prices are what makes other people's choices count.
"""

from __future__ import annotations

import numpy as np

from ithaca.pairing.solvers.priced.level import NO_THRESHOLD, Level, Pairs, pairs_of_mentees, pairs_of_mentors
from ithaca.pairing.solvers.priced.sparse import Int64

# None of these can make an answer wrong: they trade pairs known at the start against rounds.
# They are judged: no series of measurements stands behind them.
EACH = 16  # partners to begin with: fewer leave many without at first, more make the first solution longer
OVER = 1.6  # so many times EACH are expected above the k-th best of a sample, so that most find their EACH and few look twice
THIN = 4  # a mentor known to fewer mentees than this looks for some as well, or would stand free at any price
SLACK = 200  # points below the k-th best of a sample that a mentor's candidates may be: they are few, so it is wide


def all_pairs(level: Level) -> None:
    """Every allowed pair becomes known: nothing is left to prove."""
    mentors, mentees = level.instance.shape
    free = np.zeros(mentors, np.int64)
    best = level.best_mentors(np.arange(mentees), free, np.full(mentees, NO_THRESHOLD), mentors)
    level.add(pairs_of_mentees(np.arange(mentees), best, free))
    level.limit[:] = NO_THRESHOLD


def from_sample(level: Level, mentors: Int64, mentees: Int64, prices: tuple[Int64, Int64], ratio: int) -> None:
    """Candidates at the prices (mentors', mentees') of a solved sample of these mentors and mentees; leaves prices for all."""
    count = level.instance.shape
    k = max(2, round(OVER * EACH / ratio))
    everyone = np.arange(count[0]), np.arange(count[1])
    mentee_price = np.zeros(count[1], np.int64)
    mentee_price[mentees] = prices[1]
    coarse = level.best_mentees(everyone[0], mentee_price, np.full(count[0], NO_THRESHOLD), k, mentees)
    mentor_price = np.maximum(0, coarse.profit.max(axis=1))
    mentor_price[mentors] = prices[0]
    mentor_threshold = coarse.profit[:, 0] - SLACK
    coarse = level.best_mentors(everyone[1], mentor_price, np.full(count[1], NO_THRESHOLD), k, mentors)
    threshold = coarse.profit[:, 0]
    best = level.best_mentors(everyone[1], mentor_price, threshold, EACH)
    level.limit[:] = np.where((best.who >= 0).all(axis=1), best.profit[:, 0], threshold)
    level.reference[:] = mentor_price
    level.duals.mentor[:] = mentor_price
    found = pairs_of_mentees(everyone[1], best, mentor_price)
    level.duals.mentee[:] = np.maximum(-level.bonus, best.profit.max(axis=1))
    price = np.maximum(level.duals.mentee, 0)
    few = np.flatnonzero(np.bincount(found.mentor, minlength=count[0]) < THIN)
    best = level.best_mentees(few, price, mentor_threshold[few], EACH)
    level.add(Pairs.of(found, pairs_of_mentors(few, best, price)))
