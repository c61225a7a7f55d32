"""How many mentees can be served at all, with the proof that nobody serves more: König's theorem, on pairs scored on demand.

Start from whoever has nobody and go to every mentor they may have, from there to those whom that mentor has, and so on.
If a mentor with a free place is met, everyone on the way moves over and one more is served. If none is, the mentors
met (all full) and the mentees not met (all served) have a part in every pair there is: a cover as large as the plan.
"""

from collections.abc import Iterator

import numpy as np

from ithaca.pairing.compiled import Compiled
from ithaca.pairing.plan import Cover
from ithaca.pairing.points import Array

CELLS = 1 << 22
"""Pairs that are scored at once."""


def most_served(compiled: Compiled, mentor: Array, mentee: Array, floor: int, priority: int = 0) -> tuple[Array, Cover]:
    """(int64[N]: the mentor of each mentee or -1, the proof that no plan serves more of them).

    Only pairs of `floor` points or more count, and mentees of at least this priority who have nobody yet. The pairs
    given keep to the places; the more of them count, the quicker it is.
    """
    search = _Search(compiled, mentor, mentee, floor, priority)
    while search.serves_one_more():
        pass
    return search.mate, search.cover()


def proof_of_most(compiled: Compiled, mentor: Array, mentee: Array) -> tuple[Cover, ...]:
    """That these pairs serve as many as can be, of all and of those who waited longer; nothing if they do not."""
    found = []
    for priority in levels(compiled):
        search = _Search(compiled, mentor, mentee, compiled.floor, priority)
        if search.serves_one_more():
            return ()
        found.append(search.cover())
    return tuple(found)


def proof_of_raising(compiled: Compiled, mentor: Array, mentee: Array, floor: int) -> tuple[Cover, ...]:
    """For Certificate.covers: that these pairs of `floor` or more serve as well as any, and a point more would not.

    `compiled` has the floor of the problem itself. Nothing where it is not so.
    """
    most = proof_of_most(compiled, mentor, mentee)
    for priority in levels(compiled) if most else ():
        mate, above = most_served(compiled, mentor, mentee, floor + 1, priority)
        if (mate >= 0).sum() < served(compiled, mentee, priority):
            return (*most, above)
    return () if any(served(compiled, mentee, priority) for priority in levels(compiled)) else most


def levels(compiled: Compiled) -> list[int]:
    """The priorities there are among mentees who could be served a first time, rising."""
    found: list[int] = np.unique(compiled.priority[_wanting(compiled, 0)]).tolist()
    return found


def served(compiled: Compiled, mentee: Array, priority: int) -> int:
    """How many mentees of at least this priority have their first mentor in pairs with these mentees."""
    return int(_wanting(compiled, priority)[np.unique(mentee)].sum())


def limit(compiled: Compiled, priority: int) -> int:
    """No plan serves more mentees of at least this priority: there are no more of them, or no more places."""
    return min(int(_wanting(compiled, priority).sum()), int(compiled.mentor_capacity.sum()))


def size(compiled: Compiled, cover: Cover) -> int:
    """No plan serves more, if the cover is true."""
    return len(cover.mentees) + int(compiled.mentor_capacity[list(cover.mentors)].sum())


def uncovered(compiled: Compiled, cover: Cover) -> tuple[Array, Array]:
    """(bool[M], bool[N]): who must have no allowed pair of `cover.floor` points among each other."""
    mentors, mentees = compiled.mentor_capacity > 0, _wanting(compiled, cover.priority)
    mentors[list(cover.mentors)], mentees[list(cover.mentees)] = False, False
    return mentors, mentees


def _wanting(compiled: Compiled, priority: int) -> Array:
    wanting: Array = (compiled.mentee_capacity > 0) & compiled.first & (compiled.priority >= priority)
    return wanting


class _Search:
    def __init__(self, compiled: Compiled, mentor: Array, mentee: Array, floor: int, priority: int) -> None:
        self.compiled, self.floor, self.priority = compiled, max(floor, compiled.floor), priority
        self.wanting = _wanting(compiled, priority)
        counts = self.wanting[mentee] & (compiled.at(mentor, mentee) >= self.floor)
        self.mate = np.full(compiled.shape[1], -1)
        self.mate[mentee[counts]] = mentor[counts]
        self.free = compiled.mentor_capacity - np.bincount(self.mate[self.mate >= 0], minlength=compiled.shape[0])

    def serves_one_more(self) -> bool:
        """Look for a free place that somebody could have if others moved over, and let them."""
        self.via = np.full(len(self.free), -1)
        self.met = self.wanting & (self.mate < 0)
        for mentors in self._meet():
            spare = mentors[self.free[mentors] > 0]
            if len(spare):
                self._move_over(int(spare[0]))
                return True
        return False

    def cover(self) -> Cover:
        """After a look that found nothing."""
        unmet = np.flatnonzero(self.wanting & ~self.met)
        return Cover(self.floor, self.priority, tuple(unmet.tolist()), tuple(np.flatnonzero(self.via >= 0).tolist()))

    def _meet(self) -> Iterator[Array]:
        """Mentors who were not met before, some at a time."""
        unseen = np.flatnonzero(self.compiled.mentor_capacity > 0)
        queue = np.flatnonzero(self.met)
        by_mentor = np.argsort(self.mate, kind="stable")
        starts = np.searchsorted(self.mate[by_mentor], np.arange(len(self.free) + 1))
        some = 8
        while len(queue) and len(unseen):
            some = max(1, min(2 * some, CELLS // len(unseen)))
            mentees, queue = queue[:some], queue[some:]
            allowed = self.compiled.block(unseen, mentees) >= self.floor
            found = allowed.any(axis=1)
            mentors = unseen[found]
            self.via[mentors] = mentees[allowed[found].argmax(axis=1)]
            yield mentors
            unseen = unseen[~found]
            theirs = [by_mentor[starts[i] : starts[i + 1]] for i in mentors.tolist()]
            met = np.concatenate([queue[:0], *theirs])
            self.met[met] = True
            queue = np.concatenate([queue, met])

    def _move_over(self, mentor: int) -> None:
        self.free[mentor] -= 1
        while mentor >= 0:
            mentee = self.via[mentor]
            mentor, self.mate[mentee] = int(self.mate[mentee]), mentor
