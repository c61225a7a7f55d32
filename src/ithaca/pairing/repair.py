"""After somebody left or arrived: the best plans that touch few of the pairs that were there, and what each touch buys.

Every kept pair gets a reward; the larger the reward, the fewer pairs move. Each reward gives a plan that is proven best
for the number of pairs it touches, and its certificate says so. The plans found so are the corners of the curve of what
touching buys; between two corners no plan lies above the straight line from one to the other. The best of those below the line
are found among the few pairs that its prices leave possible (`limited`). Large problems are solved
for whole rewards only, so corners that differ by less than a point a pair may be passed over; each next one starts from
the pairs and prices of the one before.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from scipy.sparse import csr_array
from scipy.sparse.csgraph import maximum_flow

from ithaca.pairing import proven, scoring, solve
from ithaca.pairing.compiled import Compiled
from ithaca.pairing.plan import Certificate, Keeping, Plan
from ithaca.pairing.points import Array
from ithaca.pairing.problem import IdPair, Problem
from ithaca.pairing.solvers import assignment, limited
from ithaca.pairing.solvers.keeping import DenseKeeper, Keeper, Kept, LargeKeeper, above_all
from ithaca.pairing.solvers.looks import Looks

CORNERS = 12
"""At most so many plans: enough for a choice."""
FEWEST = 3
"""Plans between these that are looked for in any case: of those that touch few, each is worth knowing."""
FIRST = 0.3
"""Share of the work that the two ends of the curve are told to be."""


@dataclass(frozen=True)
class Repair:
    """One plan, the best of all that touch no more of the former pairs: by its certificate or, where that has a gap, by search."""

    touched: int
    """Former pairs that could stay and do not."""
    lost: tuple[IdPair, ...]
    """Which."""
    plan: Plan

    def buys(self, other: "Repair") -> tuple[int, int]:
        """(more mentees served, more points) than `other`."""
        return self.plan.served - other.plan.served, self.plan.total - other.plan.total


def repairs(problem: Problem, former: Iterable[IdPair], progress: solve.Progress | None = None) -> tuple[Repair, ...]:
    """From touching nothing to the best plan of all. `former` are the pairs of before; who is gone is passed over.

    A former pair that a hard rule now excludes cannot stay and does not count as touched. The first plan touches as few
    as can be (`fewest`), but for large problems in which not all can stay and serving one more counts for more than
    keeping.MOST_REWARD (many waited): plans that touch fewer were not looked at then. `progress` is told before each
    plan that is solved; what it raises ends the search.
    """
    asked = _Asked(problem, former, progress)
    asked.tell(0.0, "the plan that takes no pair apart")
    none = asked.at(above_all(asked.bonus), 1)
    asked.tell(FIRST / 2, "the best plan of all")
    most = asked.at(0, 1)
    asked.done = FIRST
    corners = [none, *_between(asked, none, most, CORNERS, 1 - FIRST), most]
    chosen = [none]
    for corner in corners:
        if corner.touched > chosen[-1].touched and corner.worth > chosen[-1].worth:
            chosen.append(corner)
    return tuple(asked.repair(corner) for corner in _with_those_between(asked, chosen))


def at_most(problem: Problem, found: Sequence[Repair], touched: int) -> tuple[Repair, int | None]:
    """(the best plan that touches no more pairs than that, points that any other such plan could have more).

    `found` is all that `repairs` gave: the best of these that touches so few, or one that is searched for between two. The search
    is made up to 2,000 × 2,000, and where mentees have one mentor each; else the points are what the proofs leave open, or
    None where a plan might serve more, or others who come first. Raises ValueError if all of `found` touch more.
    """
    within = [repair for repair in found if repair.touched <= touched]
    if not within:
        raise ValueError(f"every one of these {len(found)} plans touches more than {touched} pairs")
    best, further = within[-1], found[len(within) : len(within) + 1]
    if not further:  # the last of all is the best plan of all
        return best, 0
    bounds = []
    for repair in found:  # a plan's reward bounds what touching one pair more, or not touching one, can change
        proof = repair.plan.certificate
        if proof and proof.keeping and repair.plan.unmatched_mentees == best.plan.unmatched_mentees:
            slope = proof.keeping.reward * (touched - repair.touched) // proof.keeping.scale
            bounds.append(repair.plan.total - best.plan.total + slope + proof.gap)
    least = min(bounds)
    if least > 0 and best.plan.certificate and best.plan.certificate.keeping:
        asked = _Asked(problem, best.plan.certificate.keeping.former, None)
        few, many = (_Corner(None, one.touched, _worth(asked, one.plan)) for one in (best, *further))
        try:
            better = asked.between(few, many, touched)
        except limited.Unknown:
            pass
        else:
            return (asked.repair(better) if better else best), 0
    return best, None if least >= _to_serve_more(problem, best.plan) else max(0, least)


def _worth(asked: "_Asked", plan: Plan) -> int:
    position = asked.problem.mentors.position, asked.problem.mentees.position
    free = [(position[0][pair.mentor], position[1][pair.mentee]) for pair in plan.pairs if not pair.fixed]
    return asked.worth(*np.array(free, np.int64).reshape(-1, 2).T)


def _to_serve_more(problem: Problem, plan: Plan) -> int:
    """By how much a plan is worth more than this one, at least, if it serves more or others who come first."""
    points = sum(pair.points for pair in plan.pairs if not pair.fixed)
    compiled, mentees = scoring.compiled(problem), {problem.mentees.position[pair.mentee] for pair in plan.pairs}
    first = [mentee for mentee in sorted(mentees) if compiled.first[mentee]]
    waited = int(compiled.priority[first].sum())
    return min(assignment.overriding(compiled) - waited, scoring.worth_of_a_round(problem)) - points


def fewest(problem: Problem, former: Iterable[IdPair]) -> int:
    """How many of the former pairs that could stay have to be taken apart in any plan, for want of places."""
    asked = _Asked(problem, former, None)
    (rows, columns), (mentors, mentees) = asked.former, asked.compiled.shape
    start, end = mentors + mentees, mentors + mentees + 1
    by_mentor, by_mentee = np.arange(mentors), mentors + np.arange(mentees)
    arcs = [  # from the start over mentors and their former mentees to the end: what flows can stay
        (np.full(mentors, start), by_mentor, asked.compiled.mentor_capacity),
        (rows, mentors + columns, np.ones(len(rows))),
        (by_mentee, np.full(mentees, end), asked.compiled.mentee_capacity),
    ]
    tails, heads, most = (np.concatenate(side) for side in zip(*arcs, strict=True))
    network = csr_array((most.astype(np.int32), (tails, heads)), shape=(end + 1, end + 1))
    return len(rows) - int(maximum_flow(network, start, end).flow_value)


@dataclass(frozen=True, eq=False)
class _Corner:
    kept: Kept | None
    touched: int
    worth: int


class _Asked:
    """One question: the problem of today and the pairs that could stay."""

    def __init__(self, problem: Problem, former: Iterable[IdPair], progress: solve.Progress | None) -> None:
        self.problem = problem
        self.tell = progress or (lambda fraction, words: None)
        self.done = 0.0
        self.compiled: Compiled = scoring.compiled(problem)
        self.looks = Looks(self.compiled)
        self.bonus = assignment.overriding(self.compiled)
        mentors, mentees = problem.mentors.position, problem.mentees.position
        known = sorted({(mentees[b], mentors[a]) for a, b in former if a in mentors and b in mentees})
        columns, rows = np.array(known, np.int64).reshape(-1, 2).T
        places = (self.compiled.mentor_capacity[rows] > 0) & (self.compiled.mentee_capacity[columns] > 0)
        could_stay = places & (self.looks.at(rows, columns) >= 0)
        self.former = rows[could_stay], columns[could_stay]

    @cached_property
    def keeper(self) -> Keeper:
        kind = DenseKeeper if proven.is_dense(self.compiled) else LargeKeeper
        return kind(self.compiled, self.former, self.bonus)

    def at(self, reward: int, scale: int) -> _Corner:
        """The best plan when keeping a former pair is worth `reward / scale` points."""
        return self.corner(self.keeper.best(reward, scale))

    def corner(self, kept: Kept) -> _Corner:
        return _Corner(kept, int((~self.stays(kept)).sum()), self.worth(kept.mentor, kept.mentee))

    def worth(self, mentor: Array, mentee: Array) -> int:
        """What these pairs are worth, without any reward."""
        served = np.unique(mentee)
        first = served[self.compiled.first[served]]
        points = int(self.looks.at(mentor, mentee).sum())
        return points + len(first) * self.bonus + int(self.compiled.priority[first].sum())

    def slope(self, few: _Corner, many: _Corner) -> _Corner:
        """The best plan under the reward for which both are worth the same: where their line is beaten, or its proof."""
        touched = many.touched - few.touched
        scale = min(touched, self.keeper.finest)
        return self.at((many.worth - few.worth) * scale // touched, scale)

    def between(self, few: _Corner, many: _Corner, touched: int) -> _Corner | None:
        """The best plan that touches no more than that and is worth more than `few`; None if none is. Raises limited.Unknown."""
        if not isinstance(self.keeper, DenseKeeper):
            raise limited.Unknown
        kept = self.slope(few, many).kept
        assert kept is not None
        keep = len(self.former[0]) - touched
        better = limited.best(self.compiled, self.keeper.scores, self.former, kept, self.bonus, keep, few.worth)
        return None if better is None else self.corner(better)

    def stays(self, kept: Kept) -> Array:
        """bool: which of the former pairs are in the plan."""
        width = len(self.problem.mentors)
        stays: Array = np.isin(self.former[1] * width + self.former[0], kept.mentee * width + kept.mentor)
        return stays

    def repair(self, corner: _Corner) -> Repair:
        kept, ids = corner.kept, (self.problem.mentors.ids, self.problem.mentees.ids)
        assert kept is not None
        pairs = tuple((ids[0][i], ids[1][j]) for i, j in zip(*self.former, strict=True))
        lost = tuple(pair for pair, stays in zip(pairs, self.stays(kept), strict=True) if not stays)
        proof = Certificate(
            tuple(kept.u.tolist()),
            tuple(kept.v.tolist()),
            self.bonus,
            kept.gap,
            keeping=Keeping(pairs, kept.reward, kept.scale),
        )
        plan = solve.with_held(self.problem, self.compiled, kept.mentor, kept.mentee, proof)
        return Repair(corner.touched, lost, plan)


def _between(asked: _Asked, few: _Corner, many: _Corner, most: int, share: float) -> Iterator[_Corner]:
    """Corners strictly between two points, in order: where the line from one to the other is beaten.

    share  of the whole work, told to be done as it is
    """
    if most <= 0 or many.touched - few.touched < 2:
        asked.done += share
        return
    touched, gained = many.touched - few.touched, many.worth - few.worth
    asked.tell(asked.done, f"plans that take apart {few.touched + 1:,} to {many.touched - 1:,} pairs")
    middle = asked.slope(few, many)
    on_the_line = few.worth * touched + gained * (middle.touched - few.touched)
    if middle.worth * touched > on_the_line and few.touched < middle.touched < many.touched:
        asked.done += share / 3
        yield from _between(asked, few, middle, most // 2, share / 3)
        yield middle
        yield from _between(asked, middle, many, most // 2, share / 3)
    else:
        asked.done += share


def _with_those_between(asked: _Asked, corners: list[_Corner]) -> list[_Corner]:
    """These and, for the fewest touches that are not among them, the best plans below the lines from one to the next."""
    out, left = corners[:1], max(FEWEST, CORNERS - len(corners))
    for many in corners[1:]:
        for touched in range(out[-1].touched + 1, many.touched):
            if left <= 0:
                break
            left -= 1
            asked.tell(asked.done, f"the best plan that takes apart {touched:,}")
            try:
                better = asked.between(out[-1], many, touched)
            except limited.Unknown:
                break
            if better is not None:
                out.append(better)
        out.append(many)
    return out
