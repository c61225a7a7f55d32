"""Seats for all but a few people, searched in full as far as the work allows.

Depth first: whoever has fewest others to sit with is seated next, in every way there is, or is left out. What was found
impossible once is not tried again. With few people that settles it; with more the work may end first, and nothing is known.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from ithaca.pairing.points import Array


class Search:
    """For circles of `smallest` to `largest` people, any two of whom may meet. Sets of people are bits of a number."""

    def __init__(self, may: Array, smallest: int, largest: int, work: int) -> None:
        """
        may   bool[n, n], symmetric, False on the diagonal.
        work  how many times at most somebody is looked at who wants a seat.
        """
        self.near = [sum(1 << int(other) for other in row.nonzero()[0]) for row in may]
        # Twice the least and more are two circles: larger ones seat nobody who could not be seated without.
        self.smallest, self.largest = smallest, min(largest, 2 * smallest - 1)
        self.work = work
        self.in_vain: dict[tuple[int, int], int] = {}
        """People who were free, those who were left out before, and how many more could be left out without success."""

    @property
    def settled(self) -> bool:
        """Whether what was not found does not exist: the work was enough."""
        return self.work > 0

    def all_but(
        self, most_left: int, among: int | None = None, suits: Callable[[int], bool] | None = None
    ) -> list[list[int]] | None:
        """Circles that leave out `most_left` people at most (`among` these people), if any are found.

        suits  told who is left out: whether that will do. What did not once must not do when asked for fewer.
        """
        circles: list[int] = []
        free = (1 << len(self.near)) - 1 if among is None else among
        if most_left < 0 or not self._seat(free, 0, most_left, circles, suits):
            return None
        return [list(_people(circle)) for circle in circles]

    def _seat(
        self, free: int, out: int, most_left: int, circles: list[int], suits: Callable[[int], bool] | None
    ) -> bool:
        """Seat all who are `free` but so many; `circles` grows by theirs."""
        known = free, out if suits else 0  # how many are out is in `most_left`; who they are matters to `suits` alone
        if self.in_vain.get(known, -1) >= most_left or not self.settled:
            return False
        self.work -= 1
        hopeful, person = self._fewest_to_meet(free)
        out |= free ^ hopeful
        left = most_left - (free ^ hopeful).bit_count()
        if self._can_be_divided(hopeful.bit_count(), left):
            if not hopeful:
                return suits is None or suits(out)
            for circle in self._around(1 << person, self.near[person] & hopeful, 1):
                circles.append(circle)
                if self._seat(hopeful & ~circle, out, left, circles, suits):
                    return True
                circles.pop()
                if not self.settled:
                    return False
            me = 1 << person
            if left and self._seat(hopeful & ~me, out | me, left - 1, circles, suits):
                return True
        if self.settled:
            self.in_vain[known] = most_left
        return False

    def _fewest_to_meet(self, free: int) -> tuple[int, int]:
        """(those who are free and have enough others for a circle; who of them has fewest)."""
        while free:
            fewest, person = min(((self.near[person] & free).bit_count(), person) for person in _people(free))
            if fewest >= self.smallest - 1:
                return free, person
            free ^= 1 << person
        return 0, -1

    def _can_be_divided(self, people: int, left: int) -> bool:
        """Whether the numbers work out for circles of these sizes."""
        seated = range(max(0, people - left), people + 1) if left >= 0 else ()
        return any(-(-number // self.largest) * self.smallest <= number for number in seated)

    def _around(self, circle: int, open_to: int, size: int) -> Iterator[int]:
        """Every circle with these and some of those, the larger ones first; of people with the same others only one is tried."""
        if size < self.largest and size + open_to.bit_count() >= self.smallest:
            alike: set[int] = set()
            for person in sorted(_people(open_to), key=lambda one: (self.near[one] & open_to).bit_count()):
                open_to ^= 1 << person
                apart, together = self.near[person], self.near[person] | 1 << person
                if apart not in alike and together not in alike:
                    alike |= {apart, together}
                    yield from self._around(circle | 1 << person, open_to & self.near[person], size + 1)
        if size >= self.smallest:
            yield circle


def _people(bits: int) -> Iterator[int]:
    while bits:
        lowest = bits & -bits
        yield lowest.bit_length() - 1
        bits ^= lowest
