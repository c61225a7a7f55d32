"""After a change: begin with the pairs, the prices and the proof of the solution before, not from nothing.

Who stayed keeps everything; who is new is looked at once. Then the usual rounds: they prove the new plan just as they would any other.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from ithaca.pairing.compiled import Compiled
from ithaca.pairing.solvers.priced import bonus as bonuses
from ithaca.pairing.solvers.priced import carry
from ithaca.pairing.solvers.priced.blocks import lay_out
from ithaca.pairing.solvers.priced.flat import Array, flatten_again
from ithaca.pairing.solvers.priced.level import (
    NO_THRESHOLD,
    UNKNOWN,
    Level,
    Means,
    pairs_of_mentees,
    pairs_of_mentors,
)
from ithaca.pairing.solvers.priced.rounds import MARGIN
from ithaca.pairing.solvers.priced.sparse import Int64

EACH_MENTEE, EACH_MENTOR = 16, 32  # partners looked up for somebody new
NEAR = 60  # points below the best of a sample that are still looked up for a new mentee
ENOUGH = 8  # with fewer than this within reach of a mentor, all are looked at
STRIDE = 16  # every such person is the sample
FEW = 2_000  # people of whom no sample is taken


@dataclass(frozen=True)
class Memory:
    """A solved problem: its level, and which people of the whole problem took part (by number, rising)."""

    level: Level
    mentors: Int64
    mentees: Int64
    shape: tuple[int, int]


@dataclass(frozen=True)
class Change:
    """What became of the people. The criteria and their weights are the same as before; capacities and named pairs may differ.

    mentor_was  int64[M]: the number this mentor had in the problem before, -1 if new or with other answers
    mentee_was  int64[N]: the same for mentees
    """

    before: Memory
    mentor_was: Array
    mentee_was: Array

    def fits(self, shape: tuple[int, int]) -> bool:
        """Whether this describes a problem of that shape."""
        return (len(self.mentor_was), len(self.mentee_was)) == shape


def resume(compiled: Compiled, means: Means, change: Change, mentors: Int64, mentees: Int64) -> Level | None:
    """A level for the changed problem (of these mentors and mentees) with all that is still true.

    None where nothing is: with other rules, or a lower floor.
    """
    before = change.before
    if not change.fits(compiled.shape):
        return None
    mentor_was = _in_level(change.mentor_was[mentors], before.mentors, before.shape[0])
    mentee_was = _in_level(change.mentee_was[mentees], before.mentees, before.shape[1])
    old = before.level
    instance = flatten_again(compiled, old.instance, mentors, mentees, mentor_was, mentee_was)
    if instance is None:
        return None
    graph, changed = carry.known(instance, old.instance, old.graph, mentor_was, mentee_was)
    level = Level(instance, means, bonuses.of(instance, bonuses.number(old)), graph)
    carry.seat(level.seats, old.seats, mentor_was, mentee_was, changed)
    level.touched = [np.flatnonzero(changed)]
    came = np.flatnonzero(mentor_was < 0), np.flatnonzero(mentee_was < 0)
    for mine, theirs, was, new in (
        (level.duals.mentor, old.duals.mentor, mentor_was, 0),
        (level.duals.mentee, old.duals.mentee, mentee_was, -UNKNOWN),
        (level.reference, old.reference, mentor_was, UNKNOWN),
        (level.limit, old.limit, mentee_was, UNKNOWN),
        (level.claim.mentor, old.claim.mentor, mentor_was, UNKNOWN),
        (level.claim.mentee, old.claim.mentee, mentee_was, UNKNOWN),
    ):
        mine[:] = theirs.take(was, mode="clip")
        mine[was < 0] = new
    np.maximum(level.duals.mentee, -level.bonus, out=level.duals.mentee)
    look_at_new(level, *came)
    return level


def _in_level(was: Array, took_part: Int64, count: int) -> Int64:
    """Numbers of the whole problem before as numbers within its level; -1 for who took no part."""
    number = np.full(count + 1, -1, np.int64)
    number[took_part] = np.arange(len(took_part))
    return number[was]


def look_at_new(level: Level, mentors: Int64, mentees: Int64) -> None:
    """The best partners of everyone who is new, at the prices of those who stayed; what is left out is proven by limits.

    How far to look is guessed from a sample. A new mentor costs what the first mentee would gain. A mentor who has lost somebody
    will become cheaper, and needs to know of more mentees than the few who were near before.
    """
    instance, price = level.instance, level.duals.mentor
    price[mentors] = UNKNOWN  # too dear for everyone: new mentors look themselves
    everyone = np.arange(len(price), dtype=np.int32)
    level.standing = lay_out(instance.rules, instance.mentors, instance.mentees, True, everyone, price)
    if len(mentees):
        stayed = np.setdiff1d(everyone, mentors)
        least = np.full(len(mentees), NO_THRESHOLD)
        if len(stayed) > FEW:
            sample = level.best_mentors(mentees, price, least, 1, stayed[::STRIDE])
            least = np.where(sample.who[:, 0] >= 0, sample.profit[:, 0] - NEAR, NO_THRESHOLD)
        best = level.best_mentors(mentees, price, least, EACH_MENTEE)
        level.add(pairs_of_mentees(mentees, best, price))
        level.limit[mentees] = np.where((best.who >= 0).all(axis=1), best.profit[:, 0], least)
        level.duals.mentee[mentees] = np.maximum(-level.bonus[mentees], best.profit.max(axis=1))
        level.reference[stayed] = np.maximum(level.reference, price)[stayed]
    price[mentors] = 0
    lost = level.seats.seat_mentor[level.seats.place_of < 0]
    lost = np.setdiff1d(lost[price[lost] > 0], mentors)
    who = np.concatenate([mentors, lost])
    if len(who):
        need = level.duals.mentee
        least = np.concatenate([np.full(len(mentors), NO_THRESHOLD), price[lost] - MARGIN])
        if len(need) > FEW and len(mentors):
            sample = level.best_mentees(mentors, need, least[: len(mentors)], 1, np.arange(0, len(need), STRIDE))
            least[: len(mentors)] = np.maximum(0, sample.profit[:, 0]) - MARGIN
        best = level.best_mentees(who, need, least, EACH_MENTOR)
        poor = np.flatnonzero((best.who >= 0).sum(axis=1) < ENOUGH)
        if len(poor):
            least[poor] = NO_THRESHOLD
            more = level.best_mentees(who[poor], need, least[poor], EACH_MENTOR)
            best.who[poor], best.profit[poor] = more.who, more.profit
        level.add(pairs_of_mentors(who, best, need))
        price[mentors] = np.maximum(0, best.profit.max(axis=1))[: len(mentors)]
        np.maximum(level.limit, need - MARGIN, out=level.limit)
        proven = np.where((best.who >= 0).all(axis=1), best.profit[:, 0], least) + MARGIN
        level.reference[who] = np.minimum(level.reference[who], proven)
