"""What a certificate proves: a bound on every plan there could be, added up over all pairs, in whole numbers.

The bound is the weak duality of linear programming, written out in compiled.Solution: whatever prices u, v >= 0 somebody
names, no plan is worth more than they say. So nothing has to be believed: prices that are wrong prove less, never more.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from ithaca.pairing import cover
from ithaca.pairing.compiled import Compiled
from ithaca.pairing.plan import Certificate, Cover
from ithaca.pairing.points import POINTS, VETO, Array, roots
from ithaca.pairing.primitives.room import Room
from ithaca.pairing.problem import IdPair, Problem

NARROW = 1 << 28
"""Sums of three numbers below this fit 32 bits, also with CLOSED in the place of two of them."""
CLOSED = 2 * NARROW - 1
"""More than two numbers below NARROW together: a pair's points and the bonus do not reach it."""
FAIR = 1 << 40
"""So many of a tile's numbers below this fit a sum of 64 bits."""
WIDE = 1 << 60
"""Larger prices prove nothing that smaller ones could not. Points and bonus together stay below it (`nonsense`)."""


class Bound:
    """A look at all pairs that adds up the bound on all plans of pairs of at least `floor` points."""

    def __init__(self, problem: Problem, compiled: Compiled, proof: Certificate, floor: int) -> None:
        self.compiled, self.proof, self.floor = compiled, proof, max(floor, compiled.floor)
        self.scale = proof.keeping.scale if proof.keeping else 1
        self.former = _former(problem, compiled, proof, self.floor)
        self.u, self.v = np.array(proof.mentee_prices, np.int64), np.array(proof.mentor_prices, np.int64)
        extra = self.scale * np.where(compiled.first, proof.bonus + compiled.priority, 0)
        self.over = sum(self._prices(extra.tolist()))
        # What a pair's points must reach before it is worth more than both prices; out of reach for who has no place.
        need, price = self.u - extra, self.v.copy()
        highest = max(int(np.abs(side).max(initial=0)) for side in (need, price))
        narrow = max(highest, self.scale * POINTS) < NARROW
        self.dtype = np.int32 if narrow else np.int64
        need[compiled.mentee_capacity <= 0] = price[compiled.mentor_capacity <= 0] = CLOSED if narrow else WIDE
        self.need, self.price = need.astype(self.dtype), price.astype(self.dtype)
        self.over += self._rewards()

    def _prices(self, extra: list[int]) -> list[int]:
        """The parts of the bound that are about single people."""
        wanted, places = self.compiled.mentee_capacity.tolist(), self.compiled.mentor_capacity.tolist()
        mentees = [
            u + (wants - 1) * max(0, u - b)
            for u, b, wants in zip(self.proof.mentee_prices, extra, wanted, strict=True)
            if wants > 0
        ]
        return mentees + [price * has for price, has in zip(self.proof.mentor_prices, places, strict=True)]

    def _rewards(self) -> int:
        """What former pairs are beyond their prices with the reward, less what they are without it."""
        if self.proof.keeping is None or not len(self.former[0]):
            return 0
        i, j = self.former
        beyond = self._worth(self.compiled.at(i, j)) - self.need[j] - self.price[i]
        with_reward = np.maximum(beyond + self.proof.keeping.reward, 0)
        more, less = sum(with_reward.tolist()), sum(np.maximum(beyond, 0).tolist())
        return int(more - less)

    def see(self, rows: Array, columns: Array, scores: Array, room: Room) -> int:
        worth = self._worth(scores) if self.proof.kind == "even" or self.scale > 1 else scores
        beyond = room.take("beyond", scores.shape, self.dtype)
        np.subtract(worth, self.price[rows][:, None], out=beyond, casting="unsafe")
        beyond -= self.need[columns][None, :]
        most = int(beyond.max(initial=0))
        if most == 0:
            return 0
        more = beyond[(beyond > 0) & (scores >= self.floor)]
        return int(more.sum(dtype=np.int64)) if most < FAIR else sum(more.tolist())

    def keep(self, seen: int) -> None:
        self.over += seen

    def _worth(self, scores: Array) -> Array:
        counted = roots(scores) if self.proof.kind == "even" else scores.astype(np.int64)
        return np.where(scores >= 0, counted * self.scale, VETO)

    def of(self, rows: Array, columns: Array) -> "Worth":
        """What a plan of these free pairs is worth, in what the certificate counts."""
        earned = self.compiled.earned(rows, columns)
        first = np.unique(columns[self.compiled.first[columns]])
        kept = set(zip(*(side.tolist() for side in self.former), strict=True))
        return Worth(
            int((roots(earned) if self.proof.kind == "even" else earned).sum(dtype=np.int64)),
            len(first),
            int(self.compiled.priority[first].sum()),
            len(kept & set(zip(rows.tolist(), columns.tolist(), strict=True))) if kept else 0,
        )

    def gap(self, plan: "Worth") -> int:
        """No plan is worth more than this above it. Asked after the look."""
        worth = self.scale * (plan.points + self.proof.bonus * plan.served + plan.priority)
        reward = self.proof.keeping.reward if self.proof.keeping else 0
        return (self.over - worth - reward * plan.kept) // self.scale

    def outweighs(self, plan: "Worth", gap: int = 0) -> bool:
        """Whether serving one more mentee would count for more than all the points and waiting of this plan and its gap together,
        and serving one who comes before another for more than its points and its gap.

        A plan that serves more, or does better by those who come first, would then have to be worth more than the bound: there is
        none.
        """
        steps = np.diff(cover.levels(self.compiled))
        first = not len(steps) or int(steps.min()) > plan.points + gap
        return first and self.proof.bonus > plan.points + plan.priority + gap


@dataclass(frozen=True)
class Worth:
    """Points (or roots) of a plan's pairs, mentees served a first time, their priority, former pairs kept."""

    points: int
    served: int
    priority: int
    kept: int


class Covers:
    """A look at all pairs for one that a cover has left out."""

    def __init__(self, compiled: Compiled, covers: Sequence[Cover]) -> None:
        self.compiled = compiled
        self.covers = covers
        self._uncovered = [cover.uncovered(compiled, one) for one in covers]
        self.wrong = np.zeros(len(covers), bool)

    def see(self, rows: Array, columns: Array, scores: Array, room: Room) -> list[bool]:
        found = []
        for one, (mentors, mentees) in zip(self.covers, self._uncovered, strict=True):
            left = scores[np.ix_(np.flatnonzero(mentors[rows]), np.flatnonzero(mentees[columns]))]
            found.append(bool((left >= max(one.floor, 0)).any()))
        return found

    def keep(self, seen: list[bool]) -> None:
        self.wrong |= np.array(seen, bool)

    def most_are_served(self, mentee: Array) -> bool:
        """Whether no plan serves more, of all or of those who waited longer, than pairs with these mentees do."""
        return all(
            cover.served(self.compiled, mentee, priority) == cover.limit(self.compiled, priority)
            or any(
                one.floor <= self.compiled.floor
                and one.priority <= priority
                and cover.size(self.compiled, one) == cover.served(self.compiled, mentee, priority)
                for one in self._true()
            )
            for priority in cover.levels(self.compiled)
        )

    def fewer_above(self, mentee: Array, floor: int) -> bool:
        """Whether pairs above this floor alone could not serve as well, or nobody is served anyway."""
        nobody = not any(cover.served(self.compiled, mentee, priority) for priority in cover.levels(self.compiled))
        return nobody or any(
            one.floor <= floor + 1
            and cover.size(self.compiled, one) < cover.served(self.compiled, mentee, one.priority)
            for one in self._true()
        )

    def _true(self) -> list[Cover]:
        return [one for one, wrong in zip(self.covers, self.wrong, strict=True) if not wrong]


def nonsense(compiled: Compiled, proof: Certificate) -> str:
    """Why the certificate is none at all, or nothing."""
    mentors, mentees = compiled.shape
    if (len(proof.mentor_prices), len(proof.mentee_prices)) != (mentors, mentees):
        return f"the certificate has prices for {len(proof.mentor_prices):,} mentors and {len(proof.mentee_prices):,} mentees"
    scale = proof.keeping.scale if proof.keeping else 1
    worth = scale * (POINTS + proof.bonus + int(compiled.priority.max(initial=0)))
    numbers = [proof.bonus, scale - 1, worth, *proof.mentor_prices, *proof.mentee_prices]
    if proof.keeping is not None:
        numbers.append(proof.keeping.reward)
    if not all(isinstance(number, int) and 0 <= number < WIDE for number in numbers):
        return "the certificate has prices that are below zero, too large or no whole numbers"
    people = [(one.mentees, mentees) for one in proof.covers] + [(one.mentors, mentors) for one in proof.covers]
    if not all(list(rows) == sorted({row for row in rows if 0 <= row < many}) for rows, many in people):
        return "a cover of the certificate names people whom the problem does not have"
    return ""


def _former(problem: Problem, compiled: Compiled, proof: Certificate, floor: int) -> tuple[Array, Array]:
    """(rows, columns) of the former pairs that could still be, each once."""
    named: set[IdPair] = set(proof.keeping.former) if proof.keeping else set()
    mentors, mentees = problem.mentors.position, problem.mentees.position
    known = sorted((mentors[a], mentees[b]) for a, b in named if a in mentors and b in mentees)
    rows, columns = np.array(known, np.int64).reshape(-1, 2).T
    open_to = (compiled.mentor_capacity[rows] > 0) & (compiled.mentee_capacity[columns] > 0)
    still = open_to & (compiled.at(rows, columns) >= floor)
    return rows[still], columns[still]
