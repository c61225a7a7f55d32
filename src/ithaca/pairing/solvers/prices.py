"""Prices of the dense solver: good guesses before the pairs are known, and the exact ones that prove them afterwards.

A guess makes SciPy's assignment several times faster: with the mentees' prices taken off beforehand, nearly everyone's
best partner is free. It cannot make an answer wrong, only slow.
"""

from collections.abc import Iterator

import numpy as np

from ithaca.pairing.points import POINTS, VETO, Array

STEPS = (300, 30, 3)
"""Points by which a bid goes over the second best: first large, to be quick, and then from those prices on small, to be close."""
ONE_STEP = (30,)
"""Where columns stay unsold: those must cost nothing, so there is no going on from other prices."""
ROUNDS = 60
"""Of bidding with one step."""
LOOK = 64
"""Rows that are looked at to see whether a guess is worth it."""
NEAR = 300
"""Points below the best at the guessed prices within which a pair may set an exact price; fewer if 10,000 are not the most."""
FULL = 8
"""Pairs a person that one look at all pairs lets the search know at most."""


def alike(scores: Array) -> bool:
    """Whether rows mostly have several best columns: then bids would be about nothing, and no guess is quicker."""
    some = scores[:: max(1, len(scores) // LOOK)]
    return bool(np.count_nonzero(some == some.max(axis=1)[:, None]) > 2 * len(some))


def guess(scores: Array) -> Array:
    """float32[columns]: prices at which rows would share the columns nearly without dispute; scores <= 0 are nothing.

    Auctions in rounds, everybody bidding at once, each from the prices of the one before (Bertsekas 1988), and each broken
    off when few rows are without a column.
    """
    table = np.maximum(scores, 0, dtype=np.float32)
    price = np.zeros(table.shape[1], np.float32)
    gains = np.empty_like(table)
    for step in STEPS if len(table) == len(price) else ONE_STEP:
        _auction(table, price, step, gains)
    return price


def _auction(table: Array, price: Array, step: int, gains: Array) -> None:
    """Raise `price` until nearly every row holds a column, or wants none; `gains` is memory as large as `table`."""
    rows, columns = table.shape
    holder, without = np.full(columns, -1), np.arange(rows)
    for _ in range(ROUNDS):
        if len(without) <= rows // 50:
            return
        gain = gains[: len(without)]
        np.subtract(table if len(without) == rows else table[without], price, out=gain)
        everyone = np.arange(len(without))
        best = gain.argmax(axis=1)
        top = gain[everyone, best]
        gain[everyone, best] = 0
        bid = price[best] + top - np.maximum(gain.max(axis=1), 0) + step
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
    near = min(NEAR, NEAR * int(scores.max(initial=0)) // POINTS)
    known = np.flatnonzero(over >= np.maximum(over.max(axis=1, initial=VETO), -POINTS)[:, None] - near)
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
        known = np.sort(np.concatenate([known, rows[row] * mentees + column]), kind="stable")  # two runs, nothing twice


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
