"""How evenly a plan treats people: the figures of the fairness sheet."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from ithaca.pairing import scan
from ithaca.pairing.compiled import Compiled
from ithaca.pairing.points import Array
from ithaca.pairing.primitives.room import Room
from ithaca.pairing.problem import Problem


@dataclass(frozen=True)
class Fairness:
    """Figures about mentees with a mentor; points are of 10,000, None where nobody has one."""

    worst: int | None
    tenth: int | None
    """One pair in ten scores this or less."""
    median: int | None
    best: int | None
    with_their_best: int
    """Mentees whose (best) mentor is one of those who score highest for them of all that the rules allow."""
    below_their_best: int | None
    """Points that a mentee is below the mentor who scores highest for them, on average, rounded down."""
    envious: int
    """Mentees for whom some other mentee's mentor would score higher than their own best one, rules allowing."""
    load: tuple[tuple[int, int], ...]
    """(mentees, how many mentors with places have that many), rising."""


def fairness_of(problem: Problem, compiled: Compiled, pairs: Sequence[tuple[int, int]]) -> Fairness:
    """The figures for pairs of (mentor row, mentee column)."""
    look = Evenness(problem, compiled, pairs)
    scan.scan(compiled, [look], look.rows)
    return look.figures()


class Evenness:
    """A look at all pairs for the best mentor each mentee could have, and the best of those whom somebody has."""

    def __init__(self, problem: Problem, compiled: Compiled, pairs: Sequence[tuple[int, int]]) -> None:
        used = Counter(i for i, _ in pairs)
        opened = np.flatnonzero(problem.mentors.capacity > 0)
        self.load = Counter(used.get(i, 0) for i in opened.tolist())
        mentor, self.mentee = np.array(pairs, np.int64).reshape(-1, 2).T
        self.taken = np.zeros(len(problem.mentors), bool)
        self.taken[mentor] = True
        self.rows: Array = np.concatenate([np.flatnonzero(self.taken), opened[~self.taken[opened]]])
        """All mentors who could have somebody; those who have come first."""
        self.points = compiled.earned(mentor, self.mentee)
        self.best, self.envied = np.full((2, len(problem.mentees)), -1, np.int64)

    def see(self, rows: Array, columns: Array, scores: Array, room: Room) -> tuple[Array, Array, Array]:
        taken = int(self.taken[rows].sum())
        return columns, scores[:taken].max(axis=0, initial=-1), scores[taken:].max(axis=0, initial=-1)

    def keep(self, seen: tuple[Array, Array, Array]) -> None:
        columns, with_somebody, others = seen
        self.envied[columns] = np.maximum(self.envied[columns], with_somebody)
        self.best[columns] = np.maximum(self.best[columns], np.maximum(with_somebody, others))

    def figures(self) -> Fairness:
        own = np.full(len(self.best), -1, np.int64)
        np.maximum.at(own, self.mentee, self.points)
        served = np.unique(self.mentee)
        behind = np.maximum(self.best[served] - own[served], 0)
        ordered = np.sort(self.points)
        worst, tenth, median, best = (int(ordered[at]) if len(ordered) else None for at in _places(len(ordered)))
        return Fairness(
            worst,
            tenth,
            median,
            best,
            with_their_best=int((behind == 0).sum()),
            below_their_best=int(behind.mean()) if len(behind) else None,
            envious=int((self.envied[served] > own[served]).sum()),
            load=tuple(sorted(self.load.items())),
        )


def _places(size: int) -> tuple[int, int, int, int]:
    """Where the worst, the tenth part, the middle and the best stand in a sorted list."""
    return 0, (size - 1) // 10, (size - 1) // 2, size - 1
