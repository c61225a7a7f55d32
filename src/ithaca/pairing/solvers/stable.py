"""Stable matching with capacities: deferred acceptance of Gale and Shapley, either side proposing.

No two people would both rather have each other (or a free place for each other) than what they get. The plan is the
best stable one for every proposer at once.
"""

import heapq

import numpy as np

from ithaca.pairing.points import Array


def match(proposer: Array, receiver: Array, proposer_places: Array, receiver_places: Array) -> Array:
    """bool[P, R] of pairs.

    proposer  int64[P, R]: how much each proposer wants each receiver; below zero is not acceptable
    receiver  int64[P, R]: how much each receiver wants each proposer; below zero is not acceptable
    places    int64[P], int64[R]. Equal wants fall to the lower row number.
    """
    pairs = np.zeros(proposer.shape, bool)
    order = np.argsort(-proposer, axis=1, kind="stable")
    following = np.zeros(len(proposer), np.int64)
    held: list[list[tuple[int, int]]] = [[] for _ in range(proposer.shape[1])]
    waiting = [p for p in range(len(proposer) - 1, -1, -1) for _ in range(int(proposer_places[p]))]
    while waiting:
        p = waiting.pop()
        r = _next(p, order, following, proposer, receiver)
        if r < 0:
            continue
        heapq.heappush(held[r], (int(receiver[p, r]), -p))
        pairs[p, r] = True
        if len(held[r]) > receiver_places[r]:
            _, refused = heapq.heappop(held[r])
            pairs[-refused, r] = False
            waiting.append(-refused)
    return pairs


def _next(p: int, order: Array, following: Array, proposer: Array, receiver: Array) -> int:
    """The best receiver not asked yet who would take p at all; -1 at the end of the list."""
    while following[p] < order.shape[1]:
        r = int(order[p, following[p]])
        following[p] += 1
        if proposer[p, r] < 0:
            return -1
        if receiver[p, r] >= 0:
            return r
    return -1
