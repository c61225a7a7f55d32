"""How two sets of pairs differ, in the order a coordinator asks: who keeps whom, who changes, who gains or loses a partner."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from ithaca.matching.rules.board import Pair


@dataclass(frozen=True)
class Move:
    """What changes for one mentee: mentors before and after, by enrolment code, sorted."""

    mentee: str
    before: tuple[str, ...]
    after: tuple[str, ...]


@dataclass(frozen=True)
class Difference:
    """From one plan to another."""

    kept: frozenset[Pair]
    ended: frozenset[Pair]
    made: frozenset[Pair]
    moves: tuple[Move, ...]

    @property
    def newly_served(self) -> int:
        """Mentees who had nobody before."""
        return sum(not move.before for move in self.moves)

    @property
    def no_longer_served(self) -> int:
        """Mentees who have nobody after."""
        return sum(not move.after for move in self.moves)


def between(before: Iterable[Pair], after: Iterable[Pair]) -> Difference:
    """What is different in `after`; moves are sorted by mentee."""
    first, second = frozenset(before), frozenset(after)
    mentees = sorted({mentee for _, mentee in first ^ second})
    moves = tuple(
        Move(
            mentee,
            tuple(sorted(m for m, e in first if e == mentee)),
            tuple(sorted(m for m, e in second if e == mentee)),
        )
        for mentee in mentees
    )
    return Difference(first & second, first - second, second - first, moves)
