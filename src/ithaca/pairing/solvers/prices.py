"""Prices of the dense solver: good guesses before the pairs are known, and the exact ones that prove them afterwards.

A guess makes SciPy's assignment several times faster: with the mentees' prices taken off beforehand, nearly everyone's
best partner is free. It cannot make an answer wrong, only slow.
"""

from collections.abc import Iterator

import numpy as np

from ithaca.pairing.points import POINTS, VETO, Array

STEP = 100
"""Points by which a bid goes over the second best: small enough to be close, large enough to be quick."""
ROUNDS = 60
NEAR = 300
"""Points below the best at the guessed prices within which a pair may set an exact price."""
FULL = 8
"""Pairs a person that one look at all pairs lets the search know at most."""


def guess(scores: Array) -> Array:
    """float32[columns]: prices at which rows would share the columns nearly without dispute; scores <= 0 are nothing.

    An auction in rounds, everybody bidding at once (Bertsekas 1988), broken off when few rows are without a column.
    """
    table = np.maximum(scores, 0).astype(np.float32)
    rows, columns = table.shape
    price, holder = np.zeros(columns, np.float32), np.full(columns, -1)
    without = np.arange(rows)
    for _ in range(ROUNDS):
        if len(without) <= rows // 50:
            break
        gain = (table if len(without) == rows else table[without]) - price
        everyone = np.arange(len(without))
        best = gain.argmax(axis=1)
        top = gain[everyone, best]
        gain[everyone, best] = 0
        bid = price[best] + top - np.maximum(gain.max(axis=1), 0) + STEP
        bidding = top > 0
        without, best, bid = without[bidding], best[bidding], bid[bidding]
        order = np.argsort(bid, kind="stable")
        winner = np.full(columns, -1)
        winner[best[order]] = order
        sold = np.flatnonzero(winner >= 0)
        won = winner[sold]
        outbid = holder[sold]
        holder[sold], price[sold] = without[won], bid[won]
        lost = np.ones(len(without), bool)
        lost[won] = False
        without = np.concatenate([without[lost], outbid[outbid >= 0]])
    return price


def least(
    scores: Array, extra: Array, capacity: Array, pairs: tuple[Array, Array], guessed: Array
) -> tuple[Array, Array] | None:
    """(u int64[N], v int64[M]): the lowest mentor prices that prove best pairs, where each mentee takes one mentor.

    None if no prices do: the pairs are not the best for these `extra` worths of serving a mentee. `scores` below zero
    exclude; `guessed` are the mentees' prices without their extra. A place costs what anybody would gain by taking it,
    v = max(0, max_j s - (u - extra)), where a mentee with a mentor keeps what they have beyond its price. From v = 0
    this rises to its least fixed point: along few pairs first, and then along whatever a look at all of them finds.
    """
    mentors, mentees = scores.shape
    i, j = pairs
    mate = np.full(mentees, mentors)
    mate[j] = i
    kept = -extra
    kept[j] = scores[i, j]
    ceiling = np.where(np.bincount(i, minlength=mentors) < capacity, 0, np.iinfo(np.int64).max)
    np.minimum.at(ceiling, i, (kept + extra)[j])
    v = np.zeros(mentors + 1, np.int64)
    worth = _roomy(scores, extra)
    over = worth - np.rint(guessed).astype(worth.dtype)
    known = np.flatnonzero(over >= np.maximum(over.max(axis=1, initial=VETO), -POINTS)[:, None] - NEAR)
    while True:
        row, column = np.divmod(known, mentees)
        for rising in _rise(v, row, mate[column], worth[row, column] - kept[column]):
            if (v[rising] > ceiling[rising]).any():
                return None
        u = kept - v[mate]
        np.subtract(worth, u.astype(worth.dtype), out=over)
        np.subtract(over, v[:-1, None].astype(worth.dtype), out=over)
        high = over.max(axis=1, initial=0)
        rows = np.flatnonzero(high)
        if not len(rows):
            return u + extra, v[:-1]
        some = over[rows]
        found = some > 0
        if np.count_nonzero(found) > FULL * (mentors + mentees):
            found = some == high[rows, None]
        row, column = np.divmod(np.flatnonzero(found), mentees)
        known = np.union1d(known, rows[row] * mentees + column)


def _roomy(scores: Array, extra: Array) -> Array:
    """The scores in whole numbers wide enough for the prices; what is excluded lies below all of them."""
    if not extra.any():
        return scores
    if int(extra.max()) + int(scores.max(initial=0)) < 1 << 28:
        return np.where(scores >= 0, scores, np.int32(-(1 << 30)))
    return np.where(scores >= 0, scores, np.int64(-(1 << 60)))


def _rise(v: Array, row: Array, mate: Array, length: Array) -> Iterator[Array]:
    """Raise v[row] to v[mate] + length wherever it is lower, until it is nowhere; yields whose price has risen."""
    if not len(row):
        return
    start = np.flatnonzero(np.diff(row, prepend=-1))
    who = row[start]
    while True:
        asked = np.maximum.reduceat(v[mate] + length, start)
        rising = asked > v[who]
        if not rising.any():
            return
        v[who[rising]] = asked[rising]
        yield who[rising]
