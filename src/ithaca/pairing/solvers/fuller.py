"""Circles of given sizes that seat as many people as can be found: grown one by one, then rearranged for whoever is left.

Rules may keep most people from most others; then circles of equal size, filled one after another, stay incomplete and
are lost. Here a circle counts as soon as it has the least size, and whoever is left over joins one with room, has
somebody move for them, or begins a new one with members that larger circles can spare. Among few people seats are then
searched for in full (`packing.py`), among many in one part after another. Deterministic. To seat the most is a hard
problem (with circles of three and rules it contains the partition of a graph into triangles, in M. R. Garey and D. S.
Johnson, "Computers and Intractability", 1979), so nothing is claimed of the number but that it is at least what
`circles.form` seats.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from ithaca.pairing.points import Array
from ithaca.pairing.solvers import circles, packing

MOST_MOVES = 20
"""Rounds in which everybody left over is looked at."""
WORK, MOST_TRIES = 20_000, 200
"""How often circles are taken apart and made anew around somebody who is left: so many times, or so many divided by the people."""
MOST_SEATS = 3_000
"""… and so many times somebody is looked at who wants a seat."""
TAKEN_APART = 3
"""Circles at a time."""
FEW, WHOLE_WORK = 64, 5_000
"""People among whom seats are searched for in full, and the work of it."""
PART, PART_WORK, PARTS = 28, 200, 100
"""People of a part in which seats are searched for in full, the work of it, and how many parts are tried in vain."""


def form(value: Array, smallest: int, largest: int, tell: circles.Tell = circles.untold) -> Array:
    """int64[n]: the circle of each person, numbered from 0; -1 for who is left over. Every circle has `smallest` to
    `largest` members, any two of whom may meet (`value` as for `circles.form`)."""
    # Circles as equal in size as can be come first: that is what people expect where rules keep few apart.
    equal = circles.form(value, circles.sizes(len(value), smallest, largest), circles.part_of(tell, 0.0, 0.3))
    best = _Circles(value, equal, smallest, largest)
    for most in range(largest, smallest - 1, -1):
        if not best.left():
            break
        tell(0.3, f"circles of up to {most} people")
        other = _Circles(value, _grown(value, smallest, most), smallest, largest)
        best = min(best, other, key=lambda found: found.left())
    if best.left() and not best.settled():
        best.made_anew(circles.part_of(tell, 0.4, 0.15))
        best.searched(circles.part_of(tell, 0.55, 0.15))
    circles.improve(value, best.group, tell=circles.part_of(tell, 0.7, 0.3))
    return best.group


def _grown(value: Array, smallest: int, most: int) -> Array:
    """Circles of up to `most` people, begun by whoever has fewest others to meet."""
    may = value > circles.APART
    np.fill_diagonal(may, False)
    group = np.full(len(value), -1, np.int64)
    choice = may.sum(axis=1)
    number = 0
    for first in np.argsort(choice, kind="stable").tolist():
        if group[first] < 0:
            members = _around(value, may, choice, first, np.flatnonzero(group < 0), most)
            if len(members) >= smallest:
                group[members] = number
                number += 1
    return group


def _around(value: Array, may: Array, choice: Array, first: int, free: Array, most: int) -> list[int]:
    """A circle around `first` of people who are `free`, two of whom may always meet: whoever leaves most others open next."""
    members, open_to = [first], free[may[first, free]]
    worth = value[first, open_to]
    while len(members) < most and len(open_to):
        further = may[np.ix_(open_to, open_to)].sum(axis=1)
        best = int(np.lexsort((-worth, choice[open_to], -further))[0])
        person = int(open_to[best])
        members.append(person)
        stays = may[person, open_to]
        open_to, worth = open_to[stays], worth[stays] + value[person, open_to[stays]]
    return members


class _Circles:
    """Circles that change: their members, and how many of them each person may not meet."""

    def __init__(self, value: Array, group: Array, smallest: int, largest: int) -> None:
        self.value, self.smallest, self.largest = value, smallest, largest
        self.apart = value <= circles.APART
        self.members: list[list[int]] = []
        self.group = np.full(len(group), -1, np.int64)
        for number in range(int(group.max(initial=-1)) + 1):
            here = np.flatnonzero(group == number).tolist()
            if len(here) >= smallest:
                self._add(here)
        self.hopeless = (~self.apart).sum(axis=1) < smallest  # with themselves; in no circle ever
        self._seat_more()

    def left(self) -> int:
        """How many are left over."""
        return int(np.count_nonzero(self.group < 0))

    def _seat_more(self) -> None:
        """Until nobody who is left can be seated any more."""
        for _ in range(MOST_MOVES):
            left = np.flatnonzero((self.group < 0) & ~self.hopeless).tolist()
            seated = sum(self._seat(person) for person in left if self.group[person] < 0)
            if not seated:
                return

    def made_anew(self, tell: circles.Tell) -> None:
        """Take a few circles apart, let everybody who is left find seats in another order, and keep what seats no fewer.

        Source: P. Shaw, "Using constraint programming and local search methods to solve vehicle routing problems", CP 1998
        (large neighbourhood search).
        """
        chance = np.random.default_rng(0)
        tries = min(MOST_TRIES, WORK // max(1, len(self.group)))
        seats = 0
        for tried in range(tries):
            left = np.flatnonzero((self.group < 0) & ~self.hopeless)
            if not len(left) or not self.members or seats > MOST_SEATS:
                return
            seats += len(left) + TAKEN_APART * self.smallest
            tell(tried / tries, f"seats for {len(left):,} who are left over")
            before = self.group.copy(), [list(members) for members in self.members]
            against = self._against(int(chance.choice(left))) + 2 * chance.random(len(self.members))
            for number in np.argsort(against)[:TAKEN_APART].tolist():
                self.group[self.members[number]] = -1
                self.members[number] = []
            self._renumber()
            for person in chance.permutation(np.flatnonzero((self.group < 0) & ~self.hopeless)).tolist():
                if self.group[person] < 0:
                    self._seat(person)
            if np.count_nonzero((self.group < 0) & ~self.hopeless) > len(left):
                self.group, self.members = before

    def settled(self) -> bool:
        """Search for seats among few people, and tell whether more than now are known not to be."""
        if len(self.group) > FEW:
            return False
        search = packing.Search(self._may(range(len(self.group))), self.smallest, self.largest, WHOLE_WORK)
        while (found := search.all_but(self.left() - 1)) is not None:
            self._replace(range(len(self.group)), found)
        return search.settled

    def searched(self, tell: circles.Tell) -> None:
        """Search for seats for one more among somebody who is left and the members of a few circles, and take them."""
        chance = np.random.default_rng(0)
        tried = in_vain = 0
        while in_vain < PARTS:
            left = np.flatnonzero((self.group < 0) & ~self.hopeless)
            if not len(left):
                return
            tell(tried / (tried + PARTS), f"seats for {len(left):,} who are left over")
            part = self._part(chance, left)
            among = int(np.count_nonzero(self.group[part] < 0))
            found = packing.Search(self._may(part), self.smallest, self.largest, PART_WORK).all_but(among - 1)
            tried, in_vain = tried + 1, in_vain + 1
            if found is not None:
                self._replace(part, found)
                in_vain = 0

    def _part(self, chance: np.random.Generator, left: Array) -> list[int]:
        """Some who are left, and the members of circles that keep one of them from few."""
        person = int(chance.choice(left))
        others = chance.permutation(left[left != person]).tolist()
        part = [person, *sorted(others, key=lambda other: bool(self.apart[person, other]))[: PART // 4]]
        against = self._against(person) + 2 * chance.random(len(self.members))
        for number in np.argsort(against).tolist():
            if len(part) + len(self.members[number]) > PART:
                break
            part += self.members[number]
        return part

    def _may(self, part: Sequence[int]) -> Array:
        may = ~self.apart[np.ix_(part, part)]
        np.fill_diagonal(may, False)
        return may

    def _replace(self, part: Sequence[int], found: list[list[int]]) -> None:
        """The circles of these people by others, in which they have numbers from 0."""
        for number in {int(self.group[person]) for person in part} - {-1}:
            self.group[self.members[number]] = -1
            self.members[number] = []
        self._renumber()
        for circle in found:
            self._add([part[row] for row in circle])

    def _renumber(self) -> None:
        """Forget circles without members."""
        self.members = [members for members in self.members if members]
        for number, members in enumerate(self.members):
            self.group[members] = number

    def _seat(self, person: int) -> bool:
        return self._join(person) or self._displace(person) or self._begin(person)

    def _against(self, person: int) -> Array:
        """int[circles]: members of each circle whom the person may not meet."""
        seated = np.flatnonzero(self.apart[person] & (self.group >= 0))
        return np.bincount(self.group[seated], minlength=len(self.members))

    def _sizes(self) -> Array:
        return np.array([len(members) for members in self.members], np.int64)

    def _join(self, person: int, but: int = -1) -> bool:
        """Take a seat in a circle with room, where it is worth most."""
        if not self.members:
            return False
        open_to = np.flatnonzero((self._against(person) == 0) & (self._sizes() < self.largest))
        open_to = open_to[open_to != but]
        if not len(open_to):
            return False
        worth = [int(self.value[person, self.members[number]].sum()) for number in open_to]
        self._put(person, int(open_to[int(np.argmax(worth))]))
        return True

    def _displace(self, person: int) -> bool:
        """Take the seat of somebody who finds another one."""
        if not self.members:
            return False
        against = self._against(person)
        for number in np.flatnonzero(against <= 1).tolist():
            for other in list(self.members[number]):
                if against[number] == 1 and not self.apart[person, other]:
                    continue
                if self._join_elsewhere(other, number):
                    self._put(person, number)
                    return True
        return False

    def _join_elsewhere(self, person: int, number: int) -> bool:
        self.members[number].remove(person)
        self.group[person] = -1
        if self._join(person, but=number):
            return True
        self._put(person, number)
        return False

    def _begin(self, person: int) -> bool:
        """A new circle with others who are left, and with members whom larger circles can spare."""
        spare = {number: len(members) - self.smallest for number, members in enumerate(self.members)}
        open_to = np.flatnonzero(
            ~self.apart[person] & ~self.hopeless
        )  # one who is in no circle ever would end this one
        open_to = open_to[open_to != person]
        circle = [person]
        while len(circle) < self.smallest:
            left_first = [other for other in open_to.tolist() if self.group[other] < 0]
            others = left_first or [other for other in open_to.tolist() if spare[int(self.group[other])] > 0]
            if not others:
                return False
            further = (~self.apart[np.ix_(others, open_to)]).sum(axis=1)
            other = others[int(np.argmax(further))]
            if self.group[other] >= 0:
                spare[int(self.group[other])] -= 1
            circle.append(other)
            open_to = open_to[~self.apart[other, open_to] & (open_to != other)]
        for other in circle:
            if self.group[other] >= 0:
                self.members[int(self.group[other])].remove(other)
        self._add(circle)
        return True

    def _add(self, people: list[int]) -> None:
        self.members.append([])
        for person in people:
            self._put(person, len(self.members) - 1)

    def _put(self, person: int, number: int) -> None:
        self.members[number].append(person)
        self.group[person] = number
