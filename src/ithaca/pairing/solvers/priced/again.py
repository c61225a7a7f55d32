"""After a change: begin with the pairs, the prices and the proof of the solution before, not from nothing.

Who stayed keeps everything; who is new is looked at once. Then the usual rounds: they prove the new plan just as they would any other.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from ithaca.pairing.compiled import Compiled
from ithaca.pairing.solvers.priced import bonus as bonuses
from ithaca.pairing.solvers.priced import carry
from ithaca.pairing.solvers.priced.flat import Array, flatten_again
from ithaca.pairing.solvers.priced.level import (
    NO_THRESHOLD,
    UNKNOWN,
    Level,
    Means,
    pairs_of_mentees,
    pairs_of_mentors,
)
from ithaca.pairing.solvers.priced.scan import Best
from ithaca.pairing.solvers.priced.sparse import Int32, Int64

# None of these can make an answer wrong: they trade what is kept ready against what is looked at after a change.
# They are judged: no series of measurements stands behind them, and `python -m bench again` says what another value does.
READY = 300  # points by which prices may fall before somebody has to be looked at again: more keeps more pairs known
EACH = 24  # partners looked up for who is new, and kept for everyone: more than in a round, as nobody looks again soon
NEAR = 60  # points below the best of a sample that are still looked up for a new mentee: fewer pairs, or fewer people who look twice
ENOUGH = 4  # a mentor who lost somebody and knows fewer mentees than this looks for more, or may find nobody
STRIDE = 16  # every such person is the sample: it costs a sixteenth of a look, and tells the whole one how far to go
STILL_READY = 0.5  # of all pairs looked at since the last change; after more, one look at all is made for the next
MOST_LOOKS, FEW_CHEAPER = 8, 0.15  # rounds in which mentors who became cheaper look, and how many: then all look
NEARBY = 4  # turns of searches; with the last a free seat is looked for among some 1,600 people
FEW_LEFT = 200  # without anybody: for more, prices are no more in the way than other people are
FEW = 2_000  # people of whom no sample is taken: the look that it shortens is short


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

    Where somebody new (or gone) gives those who stayed other numbers for their skills, categories or words, as the first to
    have a skill does, nothing can be carried over: the problem is solved anew.

    mentor_was  int64[M]: the number this mentor had in the problem before, -1 if new or with other answers
    mentee_was  int64[N]: the same for mentees
    """

    before: Memory
    mentor_was: Array
    mentee_was: Array

    def fits(self, shape: tuple[int, int]) -> bool:
        """Whether this describes a problem of that shape."""
        return (len(self.mentor_was), len(self.mentee_was)) == shape


def make_ready(level: Level) -> None:
    """For the next change: one more look at all pairs, `READY` points further than the proof needs.

    Afterwards only pairs within that margin are known (a handful a person), and prices may fall by as much in all before
    anybody has to be looked at again. After a small change most of that still holds, and there is nothing to do.
    """
    mentors, mentees = level.instance.shape
    if level.looked_at <= STILL_READY * mentors * mentees:
        return
    level.stand()
    everyone, price = np.arange(len(level.limit)), level.duals.mentor
    need = level.duals.mentee - READY
    best = level.best_mentors(everyone, price, need, EACH)
    level.add(pairs_of_mentees(everyone, best, price))
    level.limit = np.where((best.who >= 0).all(axis=1), best.profit[:, 0], need)
    level.reference = price.copy()
    level.graph = carry.worth_knowing(level.instance, level.graph, level.seats, level.limit, price)


def resume(compiled: Compiled, means: Means, change: Change, mentors: Int64, mentees: Int64) -> Level | None:
    """A level for the changed problem (of these mentors and mentees) with all that is still true.

    None where nothing is: with other rules, a lower floor, or other numbers for what people have.
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
    if old.standing is not None:
        level.standing = carry.standing(instance, old.standing, mentor_was, mentee_was, level.duals, old.instance.shape)
    look_at_new(level, *came)
    return level


def _in_level(was: Array, took_part: Int64, count: int) -> Int64:
    """Numbers of the whole problem before as numbers within its level; -1 for who took no part."""
    number = np.full(count + 1, -1, np.int64)
    number[took_part] = np.arange(len(took_part))
    return number[was]


def look_at_new(level: Level, mentors: Int64, mentees: Int64) -> None:
    """Let everyone who is new know of their best partners at the prices of those who stayed; limits prove what is left out."""
    level.duals.mentor[mentors] = UNKNOWN  # too dear for everyone: new mentors look themselves
    if len(mentees):
        _mentees_look(level, mentees, np.setdiff1d(np.arange(level.instance.shape[0]), mentors))
    level.duals.mentor[mentors] = 0
    _mentors_look(level, mentors)


def _mentees_look(level: Level, mentees: Int64, stayed: Int64) -> None:
    """How far these mentees look among the mentors who stayed is guessed from a sample."""
    price = level.duals.mentor
    least = np.full(len(mentees), NO_THRESHOLD)
    if len(stayed) > FEW:
        sample = level.best_mentors(mentees, price, least, 1, stayed[::STRIDE])
        least = np.where(sample.who[:, 0] >= 0, sample.profit[:, 0] - NEAR, NO_THRESHOLD)
    best = level.best_mentors(mentees, price, least, EACH)
    level.add(pairs_of_mentees(mentees, best, price))
    level.limit[mentees] = np.where((best.who >= 0).all(axis=1), best.profit[:, 0], least)
    level.duals.mentee[mentees] = np.maximum(-level.bonus[mentees], best.profit.max(axis=1))
    level.reference[stayed] = np.maximum(level.reference, price)[stayed]


def _mentors_look(level: Level, new: Int64) -> None:
    """New mentors look, and cost what the first mentee would gain; so does who has lost somebody and knows few others."""
    price, need = level.duals.mentor, level.duals.mentee
    lost = np.zeros(len(price), np.bool_)
    lost[level.seats.seat_mentor[level.seats.place_of < 0]] = True
    lost &= (price > 0) & (np.bincount(level.graph.mentor, minlength=len(price)) < ENOUGH)
    lost[new] = False
    left = np.flatnonzero(lost)
    least = np.full(len(new), NO_THRESHOLD)
    if len(need) > FEW and len(new):
        sample = level.best_mentees(new, need, least, 1, np.arange(0, len(need), STRIDE))
        least = np.maximum(0, sample.profit[:, 0]) - READY
    if len(new) + len(left):
        best = look_around(level, np.concatenate([new, left]), np.concatenate([least, price[left] - 2 * READY]))
        price[new] = np.maximum(0, best.profit.max(axis=1))[: len(new)]


def look_around(level: Level, mentors: Int64, least: Int64) -> Best:
    """Let these mentors know of the mentees who would come soonest; who is left out would pay less than is proven then."""
    need = level.duals.mentee
    best = level.best_mentees(mentors, need, least, EACH)
    level.add(pairs_of_mentors(mentors, best, need))
    np.maximum(level.limit, need - READY, out=level.limit)
    proven = np.where((best.who >= 0).all(axis=1), best.profit[:, 0], least) + READY
    level.reference[mentors] = np.minimum(level.reference[mentors], proven)
    return best


def solve(level: Level) -> None:
    """The pairs known, exactly; and mentors who became so cheap that not all who would come are known look, until there are none."""
    _solve(level)
    for _ in range(MOST_LOOKS):
        price = level.duals.mentor
        level.shift(int(np.median(level.reference - price)))
        cheaper = np.flatnonzero(level.reference - price > READY)
        if not 0 < len(cheaper) < FEW_CHEAPER * len(price):
            return
        look_around(level, cheaper, price[cheaper] - READY)
        _solve(level)


def _solve(level: Level) -> None:
    """Who finds nobody near looks at everyone, before the prices of half of all people give way for the want of one pair."""
    for _ in range(MOST_LOOKS):
        mentees, mentors = level.solve(0, NEARBY)
        if not len(mentees) + len(mentors):
            return
        if not _look_further(level, mentees, mentors):
            break
    level.solve(0)


def _look_further(level: Level, mentees: Int32, mentors: Int32) -> bool:
    """Let them know of whoever would come first, and so the few whom nobody is left for; false if that is nobody new.

    Where there are as many places as people, a free seat is for a mentee who can afford none: that one pair spares it that everybody
    becomes cheaper.
    """
    known, price, need, seats = len(level.graph.mentor), level.duals.mentor, level.duals.mentee, level.seats
    without = np.unique(seats.place_mentee[seats.seat_of < 0])
    without = without[need[without] <= -level.bonus[without]]
    free = np.unique(seats.seat_mentor[seats.place_of < 0])
    free = free[price[free] <= 0]
    here = np.concatenate([mentors, free]) if len(mentees) and len(free) <= FEW_LEFT else mentors
    there = np.concatenate([mentees, without]) if len(mentors) and len(without) <= FEW_LEFT else mentees
    if len(here):
        look_around(level, here, np.full(len(here), NO_THRESHOLD))
    if len(there):
        best = level.best_mentors(there, price, np.full(len(there), NO_THRESHOLD), EACH)
        level.add(pairs_of_mentees(there, best, price))
    return len(level.graph.mentor) > known
