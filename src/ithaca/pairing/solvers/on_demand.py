"""Stable matching without tables: people rank those they would ask next only when they come to them.

The same plan as `stable.match`. A proposer's list is the scores of one row, looked up in short pieces, best first.
"""

import heapq
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from ithaca.pairing.points import Array

PIECE = 48
"""Names looked up for a proposer at first; eight times as many whenever they are used up."""
BATCH = 32


@dataclass(frozen=True)
class Wishes:
    """How much more than by score people want those they named: `extra[k]` of `who[k]` for `other[k]`, sorted by `who`."""

    start: Array
    """int64[people + 1]: where each person's wishes begin."""
    other: Array
    extra: Array

    @classmethod
    def of(cls, people: int, named: list[tuple[int, int, int]]) -> "Wishes":
        """From (person, other, extra)."""
        who, other, extra = np.array(sorted(named), np.int64).reshape(-1, 3).T
        return cls(np.concatenate(([0], np.cumsum(np.bincount(who, minlength=people)))), other, extra)

    def add_to(self, person: int, values: Array) -> None:
        """Raise the values of everyone whom this person named and may have."""
        mine = slice(self.start[person], self.start[person + 1])
        others, extra = self.other[mine], self.extra[mine]
        open_to = values[others] >= 0
        values[others[open_to]] += extra[open_to]

    def turned(self, people: int) -> "Wishes":
        """By whom they are about instead of by whose they are."""
        who = np.repeat(np.arange(len(self.start) - 1), np.diff(self.start))
        return Wishes.of(people, list(zip(self.other.tolist(), who.tolist(), self.extra.tolist(), strict=True)))


class Lists:
    """For each proposer the next names on their list, with how much these want them.

    scores  for some proposers int32[…, receivers]; below zero where a rule excludes or the receiver has no place
    """

    def __init__(self, scores: Callable[[Array], Array], wishes: Wishes, of_receivers: Wishes, proposers: int) -> None:
        self.scores, self.wishes = scores, wishes
        self.about = of_receivers.turned(proposers)
        self.names: dict[int, tuple[list[int], list[int]]] = {}
        self.at = np.zeros(proposers, np.int64)
        self.piece = np.full(proposers, PIECE)

    def next(self, proposer: int) -> tuple[int, int]:
        """(receiver, how much they want the proposer), or (-1, 0) at the end of the list."""
        if proposer not in self.names:
            self._look_up(proposer)
        names, wanted = self.names[proposer]
        at = int(self.at[proposer])
        if at == len(names):
            if at < self.piece[proposer]:
                return -1, 0
            self.piece[proposer] *= 8
            self._look_up(proposer, alone=True)
            names, wanted = self.names[proposer]
            if at == len(names):
                return -1, 0
        self.at[proposer] += 1
        return names[at], wanted[at]

    def _look_up(self, proposer: int, alone: bool = False) -> None:
        """This proposer, and in the same look those after them who were not looked up yet."""
        most = 1 if alone else BATCH
        some = [p for p in range(proposer, min(len(self.at), proposer + most)) if alone or p not in self.names]
        for person, scores in zip(some, self.scores(np.array(some)), strict=True):
            mine, theirs = scores.astype(np.int64), scores.astype(np.int64)
            self.wishes.add_to(person, mine)
            self.about.add_to(person, theirs)
            names = _best(mine, int(self.piece[person]))
            self.names[person] = names.tolist(), theirs[names].tolist()


def _best(values: Array, most: int) -> Array:
    """The best so many of those not below zero, best first, equals by number."""
    open_to = np.flatnonzero(values >= 0)
    if len(open_to) > most:
        least = np.partition(values[open_to], len(open_to) - most)[len(open_to) - most]
        open_to = open_to[values[open_to] >= least]
    order = np.lexsort((open_to, -values[open_to]))
    best: Array = open_to[order][:most]
    return best


def match(lists: Lists, proposer_places: Array, receiver_places: Array) -> tuple[Array, Array]:
    """(proposers, receivers) of the stable plan that is best for every proposer."""
    held: dict[int, list[tuple[int, int]]] = {}
    waiting = [p for p in range(len(proposer_places) - 1, -1, -1) for _ in range(int(proposer_places[p]))]
    while waiting:
        p = waiting.pop()
        r, wanted = lists.next(p)
        if r < 0:
            continue
        theirs = held.setdefault(r, [])
        heapq.heappush(theirs, (wanted, -p))
        if len(theirs) > receiver_places[r]:
            waiting.append(-heapq.heappop(theirs)[1])
    found = sorted((-p, r) for r, theirs in held.items() for _, p in theirs)
    proposers, receivers = np.array(found, np.int64).reshape(-1, 2).T
    return proposers, receivers
