"""Pairs who would both rather have each other than what a plan gives them."""

import numpy as np

from ithaca.pairing.compiled import Compiled
from ithaca.pairing.plan import Plan
from ithaca.pairing.points import POINTS, Array
from ithaca.pairing.primitives.room import Room
from ithaca.pairing.problem import IdPair, Problem
from ithaca.pairing.side import Side

NEVER = 1 << 60
"""More than anybody wants anybody, however long their list."""
LISTED = 1_000
"""Found in a plan that is not stable, at most so many are listed."""


def by_wishes(problem: Problem, compiled: Compiled, plan: Plan) -> tuple[IdPair, ...]:
    """Pairs with at least one stated wish between them who would both gain, among those no rule excludes.

    Whoever is listed is better than whoever is not, and the earlier the better. Someone without a list is content with
    anybody and gains only by filling a free place; someone with a list does not want anybody outside it.
    """
    mentors, mentees = problem.mentors, problem.mentees
    has = [(mentors.position[p.mentor], mentees.position[p.mentee]) for p in plan.pairs]
    rows, columns = np.array(has, np.int64).reshape(-1, 2).T
    of_mentors, of_mentees = Wishes(mentors, mentees), Wishes(mentees, mentors)
    named = np.union1d(of_mentors.pairs, _turned(of_mentees.pairs, len(mentors), len(mentees)))
    named = np.setdiff1d(named, rows * len(mentees) + columns)
    i, j = np.divmod(named, max(1, len(mentees)))
    gains = of_mentors.gains(i, j, rows, columns) & of_mentees.gains(j, i, columns, rows)
    i, j = i[gains], j[gains]
    allowed = compiled.at(i, j) >= 0
    return tuple(
        (mentors.ids[a], mentees.ids[b]) for a, b in zip(i[allowed].tolist(), j[allowed].tolist(), strict=True)
    )


class Wishes:
    """The ranked lists of one side as arrays, by (person, other) as one number."""

    def __init__(self, side: Side, others: Side) -> None:
        self.side, self.others = side, others
        lists = side.column("prefers")
        stated = {
            row * len(others) + others.position[other]: (rank, len(ranked) - rank)
            for row, ranked in enumerate(lists)
            for rank, tied in reversed(tuple(enumerate(ranked)))
            for other in tied
            if other in others.position
        }
        self.pairs: Array = np.array(sorted(stated), np.int64)
        self._rank, self._from_end = np.array([stated[at] for at in self.pairs.tolist()], np.int64).reshape(-1, 2).T
        self._listless = np.array([not ranked for ranked in lists], bool)

    def rank(self, person: Array, other: Array) -> Array:
        """int64[K]: 0 for the first wish; -1 for who is not listed."""
        return self._look_up(self._rank, person, other, -1)

    def in_points(self, person: Array, other: Array) -> Array:
        """int64[K]: what a wish counts in points: earlier ones above later ones, all of them above any other pair."""
        return self._look_up(self._from_end, person, other, 0) * (POINTS + 1)

    def _look_up(self, values: Array, person: Array, other: Array, unlisted: int) -> Array:
        key = person * len(self.others) + other
        at = np.minimum(np.searchsorted(self.pairs, key), len(self.pairs) - 1)
        if not len(self.pairs):
            return np.full(len(key), unlisted, np.int64)
        return np.where(self.pairs[at] == key, values[at], unlisted)

    def gains(self, person: Array, other: Array, has: Array, partner: Array) -> Array:
        """bool[K]: whether each would rather have this other; (has, partner) are the pairs of the plan."""
        full = np.bincount(has, minlength=len(self.side)) >= self.side.capacity
        held = self.rank(has, partner)
        worst = np.full(len(self.side), -1, np.int64)
        np.maximum.at(worst, has, np.where(held < 0, NEVER, held))
        rank = self.rank(person, other)
        with_place = (rank >= 0) | self._listless[person]
        return np.where(full[person], (rank >= 0) & (worst[person] > rank), with_place)


def _turned(pairs: Array, rows: int, columns: int) -> Array:
    """Numbers of (column, row) as numbers of (row, column)."""
    column, row = np.divmod(pairs, max(1, rows))
    return row * columns + column


class Unrest:
    """A look at all pairs for those who block a stable plan: earlier wishes come first, then all others by points.

    Somebody with a free place gains by anybody whom the rules allow. Places of pairs fixed by hand are out of reach.
    """

    def __init__(self, problem: Problem, compiled: Compiled, rows: Array, columns: Array) -> None:
        """(rows, columns): the plan's free pairs."""
        mentors, mentees = problem.mentors, problem.mentees
        of_mentors, of_mentees = Wishes(mentors, mentees), Wishes(mentees, mentors)
        self.ids = mentors.ids, mentees.ids
        self.width = len(mentees)
        self.pairs = rows * self.width + columns
        points = compiled.earned(rows, columns)
        self.mentor = _worst(rows, points + of_mentors.in_points(rows, columns), compiled.mentor_capacity)
        self.mentee = _worst(columns, points + of_mentees.in_points(columns, rows), compiled.mentee_capacity)
        self.count = 0
        self.found: list[tuple[int, int]] = []
        # Whoever is named may block by a wish; `see` finds everyone who blocks by points alone.
        named = np.union1d(of_mentors.pairs, _turned(of_mentees.pairs, len(mentors), len(mentees)))
        i, j = np.divmod(named, max(1, self.width))
        points = compiled.at(i, j)
        both = (points + of_mentors.in_points(i, j) > self.mentor[i]) & (
            points + of_mentees.in_points(j, i) > self.mentee[j]
        )
        by_wish = (points >= 0) & both & (points <= np.maximum(self.mentor[i], self.mentee[j]))
        self.keep((i[by_wish], j[by_wish]))

    def see(self, rows: Array, columns: Array, scores: Array, room: Room) -> tuple[Array, Array]:
        content = room.take("content", scores.shape, np.int64)
        np.maximum(self.mentor[rows][:, None], self.mentee[columns][None, :], out=content)
        i, j = np.nonzero(scores > content)
        return rows[i], columns[j]

    def keep(self, seen: tuple[Array, Array]) -> None:
        rows, columns = seen
        new = ~np.isin(rows * self.width + columns, self.pairs)
        self.count += int(new.sum())
        most = LISTED - len(self.found)
        self.found += zip(rows[new][:most].tolist(), columns[new][:most].tolist(), strict=True)

    def blocking(self) -> tuple[IdPair, ...]:
        """The first of them, by ids."""
        return tuple(sorted((self.ids[0][i], self.ids[1][j]) for i, j in self.found))


def _worst(person: Array, wants: Array, places: Array) -> Array:
    """int64[n]: how much each wants the one of theirs they want least; -1 with a place free, NEVER without places."""
    worst = np.full(len(places), NEVER, np.int64)
    np.minimum.at(worst, person, wants)
    worst[np.bincount(person, minlength=len(places)) < places] = -1
    return worst
