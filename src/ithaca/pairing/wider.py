"""What could be asked otherwise so that more people sit in peer circles. Each is tried by drawing them again."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from ithaca.pairing import groups
from ithaca.pairing.groups import Circles
from ithaca.pairing.side import Side
from ithaca.pairing.solvers import circles

MOST_PEOPLE = 3_000
"""For more nothing is tried: every draw takes as long as the first."""


@dataclass(frozen=True)
class Asked:
    """What a coordinator decides about peer circles."""

    smallest: int = 4
    largest: int = 6
    levels_apart: int = 1
    across_employers: bool = True

    def drawn(self, people: Side, tell: circles.Tell = circles.untold) -> Circles:
        """Circles of these people. Raises ProblemError and what `tell` raises, as `groups.peer_circles` does."""
        criteria = groups.peer_criteria(self.levels_apart, self.across_employers)
        return groups.peer_circles(people, criteria, self.smallest, self.largest, tell)


@dataclass(frozen=True)
class Wider:
    """The same asked otherwise in one thing, and how many people that seats."""

    changed: str
    """A field of `Asked`."""
    asked: Asked
    seated: int

    @property
    def value(self) -> int:
        """What is asked instead; 0 for a rule that is set aside."""
        return int(getattr(self.asked, self.changed))


def seat_more(
    people: Side,
    found: Circles,
    asked: Asked,
    *,
    least: int = groups.SMALLEST_OFFERED,
    most_apart: int,
    tell: circles.Tell = circles.untold,
) -> list[Wider]:
    """Each single change that seats more people than `found` does, which was drawn as `asked`.

    least, most_apart  the smallest circles and the most levels apart that can be asked for.
    """
    if not found.left_over or len(people) > MOST_PEOPLE:
        return []
    seated = len(people) - len(found.left_over)
    more: dict[str, Wider] = {}
    changes = list(_changes(asked, least, most_apart))
    if all(len(members) < asked.smallest for members in found.groups):  # so threes were looked for from the start
        changes = [change for change in changes if change[1].smallest in (asked.smallest, 2)]
    for at, (changed, other) in enumerate(changes):
        if changed not in more:
            told = circles.part_of(tell, at / len(changes), 1 / len(changes))
            now = len(people) - len(other.drawn(people, told).left_over)
            if now > seated:
                more[changed] = Wider(changed, other, now)
    return list(more.values())


def _changes(asked: Asked, least: int, most_apart: int) -> Iterator[tuple[str, Asked]]:
    if asked.levels_apart < most_apart:
        yield "levels_apart", replace(asked, levels_apart=asked.levels_apart + 1)
    if asked.across_employers:
        yield "across_employers", replace(asked, across_employers=False)
    # Threes come first: who can be helped with them is not told of twos.
    for smallest in range(min(groups.SMALLEST_OFFERED, asked.smallest - 1), least - 1, -1):
        yield "smallest", replace(asked, smallest=smallest)
