"""Pairs who would both rather have each other than what a plan gives them."""

from collections.abc import Iterator

import numpy as np

from ithaca.pairing.compiled import Compiled
from ithaca.pairing.criteria.preferences import rank_of
from ithaca.pairing.plan import Plan
from ithaca.pairing.points import POINTS, Array
from ithaca.pairing.primitives.room import Room
from ithaca.pairing.problem import IdPair, Problem
from ithaca.pairing.side import Side

NEVER = 1 << 30
"""More than anybody wants anybody."""
LISTED = 1_000
"""Found in a plan that is not stable, at most so many are listed."""


def by_wishes(problem: Problem, compiled: Compiled, plan: Plan) -> tuple[IdPair, ...]:
    """Pairs with at least one stated wish between them who would both gain, among those no rule excludes.

    Whoever is listed is better than whoever is not, and the earlier the better. Someone without a list is content with
    anybody and gains only by filling a free place; someone with a list does not want anybody outside it.
    """
    mentors, mentees = problem.mentors, problem.mentees
    of_mentor: dict[str, list[str]] = {}
    of_mentee: dict[str, list[str]] = {}
    for pair in plan.pairs:
        of_mentor.setdefault(pair.mentor, []).append(pair.mentee)
        of_mentee.setdefault(pair.mentee, []).append(pair.mentor)
    found = []
    for i, j in _named(problem):
        mentor, mentee = mentors.ids[i], mentees.ids[j]
        his, hers = of_mentor.get(mentor, []), of_mentee.get(mentee, [])
        if (
            mentee not in his
            and _gains(mentors.value(i, "prefers"), mentee, his, int(mentors.capacity[i]))
            and _gains(mentees.value(j, "prefers"), mentor, hers, int(mentees.capacity[j]))
        ):
            found.append((i, j))
    rows, columns = np.array(found, np.int64).reshape(-1, 2).T
    allowed = compiled.at(rows, columns) >= 0
    return tuple((mentors.ids[i], mentees.ids[j]) for i, j in np.array(found, np.int64).reshape(-1, 2)[allowed])


def _named(problem: Problem) -> list[tuple[int, int]]:
    """(row, column) of every pair of which one has named the other, in order."""
    mentors, mentees = problem.mentors, problem.mentees
    named = {(i, j) for i, j, _ in _ranks(mentors, mentees)} | {(i, j) for j, i, _ in _ranks(mentees, mentors)}
    return sorted(named)


def _ranks(side: Side, others: Side) -> Iterator[tuple[int, int, int]]:
    """(row, row of the other side, how many places from the end of the list) of every stated wish."""
    for row, ranked in enumerate(side.column("prefers")):
        for rank, tied in enumerate(ranked):
            for other in tied:
                if other in others.position:
                    yield row, others.position[other], len(ranked) - rank


def _gains(wishes: tuple[tuple[str, ...], ...], other: str, has: list[str], places: int) -> bool:
    rank = rank_of(wishes, other)
    if len(has) < places:
        return rank >= 0 or not wishes
    worse = (rank_of(wishes, partner) for partner in has)
    return rank >= 0 and any(held < 0 or held > rank for held in worse)


class Unrest:
    """A look at all pairs for those who block a stable plan: earlier wishes come first, then all others by points.

    Somebody with a free place gains by anybody whom the rules allow. Places of pairs fixed by hand are out of reach.
    """

    def __init__(self, problem: Problem, compiled: Compiled, rows: Array, columns: Array) -> None:
        """(rows, columns): the plan's free pairs."""
        self.ids = problem.mentors.ids, problem.mentees.ids
        shape = compiled.shape
        by_mentor = {(i, j): rank * (POINTS + 1) for i, j, rank in _ranks(problem.mentors, problem.mentees)}
        by_mentee = {(i, j): rank * (POINTS + 1) for j, i, rank in _ranks(problem.mentees, problem.mentors)}
        self.pairs = set(zip(rows.tolist(), columns.tolist(), strict=True))
        points = compiled.earned(rows, columns)
        both = list(zip(rows.tolist(), columns.tolist(), strict=True))
        wants = [
            points + np.array([wishes.get(pair, 0) for pair in both], np.int64) for wishes in (by_mentor, by_mentee)
        ]
        self.mentor = _worst(rows, wants[0], compiled.mentor_capacity, shape[0])
        self.mentee = _worst(columns, wants[1], compiled.mentee_capacity, shape[1])
        self.count = 0
        self.found: list[tuple[int, int]] = []
        named = sorted((by_mentor.keys() | by_mentee.keys()) - self.pairs)
        self._look_at_named(compiled, named, by_mentor, by_mentee)

    def _look_at_named(
        self,
        compiled: Compiled,
        named: list[tuple[int, int]],
        by_mentor: dict[tuple[int, int], int],
        by_mentee: dict[tuple[int, int], int],
    ) -> None:
        """Whoever is named may block by more than points; `see` finds those who block by points alone."""
        rows, columns = np.array(named, np.int64).reshape(-1, 2).T
        points = compiled.at(rows, columns)
        his = points + np.array([by_mentor.get(pair, 0) for pair in named], np.int64) > self.mentor[rows]
        hers = points + np.array([by_mentee.get(pair, 0) for pair in named], np.int64) > self.mentee[columns]
        only = np.maximum(self.mentor[rows], self.mentee[columns]) >= points
        self._block(rows[(points >= 0) & his & hers & only], columns[(points >= 0) & his & hers & only])

    def see(self, rows: Array, columns: Array, scores: Array, room: Room) -> tuple[Array, Array]:
        content = room.take("content", scores.shape, np.int32)
        np.maximum(self.mentor[rows][:, None], self.mentee[columns][None, :], out=content)
        i, j = np.nonzero(scores > content)
        return rows[i], columns[j]

    def keep(self, seen: tuple[Array, Array]) -> None:
        self._block(*seen)

    def _block(self, rows: Array, columns: Array) -> None:
        blocking = [pair for pair in zip(rows.tolist(), columns.tolist(), strict=True) if pair not in self.pairs]
        self.count += len(blocking)
        self.found += blocking[: LISTED - len(self.found)]

    def blocking(self) -> tuple[IdPair, ...]:
        """The first of them, by ids."""
        return tuple(sorted((self.ids[0][i], self.ids[1][j]) for i, j in self.found))


def _worst(person: Array, wants: Array, places: Array, size: int) -> Array:
    """int32[size]: how much each wants the one of theirs they want least; -1 with a place free, NEVER without places."""
    worst = np.full(size, NEVER, np.int64)
    np.minimum.at(worst, person, wants)
    worst[np.bincount(person, minlength=size) < places] = -1
    return worst.astype(np.int32)
