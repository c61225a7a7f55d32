"""After a change: begin with the pairs, the prices and the proof of the solution before, not from nothing.

Who stayed keeps everything; who is new is looked at once. Then the usual rounds: they prove the new plan just as they would any other.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from ithaca.pairing.solvers.priced import bonus as bonuses
from ithaca.pairing.solvers.priced.flat import Array, Instance
from ithaca.pairing.solvers.priced.level import (
    NO_THRESHOLD,
    UNKNOWN,
    Level,
    Means,
    Pairs,
    pairs_of_mentees,
    pairs_of_mentors,
)
from ithaca.pairing.solvers.priced.score import scores_of_pairs
from ithaca.pairing.solvers.priced.sparse import Graph, Int64, Seating

EACH = 16  # partners looked up for somebody new
MOST_LEFT = 0.05  # with a larger share of mentees without anyone, that is their usual state and not worth a look


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


def resume(instance: Instance, means: Means, change: Change, mentors: Int64, mentees: Int64) -> Level:
    """A level for the changed problem (of these mentors and mentees) with all that is still true."""
    old = change.before.level
    mentor_was = _in_level(change.mentor_was[mentors], change.before.mentors, change.before.shape[0])
    mentee_was = _in_level(change.mentee_was[mentees], change.before.mentees, change.before.shape[1])
    level = Level(instance, means, bonuses.of(instance, 0))
    level.add(_known_before(instance, old, mentor_was, mentee_was))
    stayed, came = mentor_was >= 0, np.flatnonzero(mentor_was < 0)
    level.duals.mentor[stayed] = old.duals.mentor[mentor_was[stayed]]
    level.reference[stayed] = old.reference[mentor_was[stayed]]
    level.reference[came] = UNKNOWN
    here = mentee_was >= 0
    level.limit[here] = old.limit[mentee_was[here]]
    level.duals.mentee[here] = np.maximum(-level.bonus[here], old.duals.mentee[mentee_was[here]])
    _seat_again(level.seats, old.seats, mentor_was, mentee_was)
    _look_at_new(level, came, np.flatnonzero(~here))
    return level


def _in_level(was: Array, took_part: Int64, count: int) -> Int64:
    """Numbers of the whole problem before as numbers within its level; -1 for who took no part."""
    number = np.full(count + 1, -1, np.int64)
    number[took_part] = np.arange(len(took_part))
    return number[was]


def _inverse(was: Int64, count: int) -> Int64:
    now = np.full(count, -1, np.int64)
    now[was[was >= 0]] = np.flatnonzero(was >= 0)
    return now


def _known_before(instance: Instance, old: Level, mentor_was: Int64, mentee_was: Int64) -> Pairs:
    """Pairs known before between people who stayed. Those that were named are scored anew: they may be so no more."""
    mentor_now = _inverse(mentor_was, old.instance.shape[0])
    mentee_now = _inverse(mentee_was, old.instance.shape[1])
    row = _rows(old.graph)
    mentor, mentee, score = mentor_now[old.graph.mentor], mentee_now[row], old.graph.score.astype(np.int64)
    named = _among(old.instance.named, row, old.graph.mentor, len(mentor_now))
    kept = (mentor >= 0) & (mentee >= 0) & ~named
    pairs = Pairs(mentee[kept], mentor[kept], score[kept])
    row = _rows(old.instance.named)
    mentor, mentee = mentor_now[old.instance.named.mentor], mentee_now[row]
    kept = (mentor >= 0) & (mentee >= 0)
    mentor, mentee = mentor[kept], mentee[kept]
    score = scores_of_pairs(instance.rules, instance.mentors, mentor, instance.mentees, mentee)
    again = Pairs.of(pairs, Pairs(mentee[score >= 0], mentor[score >= 0], score[score >= 0]))
    named = _among(instance.named, again.mentee, again.mentor, instance.shape[0])
    return Pairs(again.mentee[~named], again.mentor[~named], again.score[~named])


def _rows(graph: Graph) -> Int64:
    return np.repeat(np.arange(len(graph.ptr) - 1, dtype=np.int64), np.diff(graph.ptr))


def _among(named: Graph, mentee: Int64, mentor: Array, mentors: int) -> Array:
    """bool: which of these pairs are named."""
    return np.isin(mentee * mentors + mentor, _rows(named) * mentors + named.mentor)


def _seat_again(seats: Seating, old: Seating, mentor_was: Int64, mentee_was: Int64) -> None:
    """Pairs of people who stayed, as far as places and seats go; who has too many now is sorted out by the repair."""
    mentor_now = _inverse(mentor_was, len(old.seat_ptr) - 1)
    mentee_now = _inverse(mentee_was, len(old.place_ptr) - 1)
    sitting = np.flatnonzero(old.seat_of >= 0)
    mentee, mentor = mentee_now[old.place_mentee[sitting]], mentor_now[old.seat_mentor[old.seat_of[sitting]]]
    kept = (mentee >= 0) & (mentor >= 0)
    mentee, mentor = mentee[kept], mentor[kept]
    place, seat = seats.place_ptr[mentee] + _rank(mentee), seats.seat_ptr[mentor] + _rank(mentor)
    fits = (place < seats.place_ptr[mentee + 1]) & (seat < seats.seat_ptr[mentor + 1])
    seats.seat_of[place[fits]] = seat[fits]
    seats.place_of[seat[fits]] = place[fits]


def _rank(values: Int64) -> Int64:
    """How often each value came before."""
    order = np.argsort(values, kind="stable")
    first = np.searchsorted(values[order], values[order])
    out = np.empty(len(values), np.int64)
    out[order] = np.arange(len(values)) - first
    return out


def _look_at_new(level: Level, mentors: Array, mentees: Array) -> None:
    """The best partners at the present prices of everyone who is new or has lost somebody.

    A new mentor costs what the first would gain. Who has lost somebody needs to know of more than the few who were near before.
    """
    seats, price = level.seats, level.duals.mentor
    lost = seats.seat_mentor[seats.place_of < 0].astype(np.int64)
    mentors_too = np.union1d(mentors, lost[price[lost] > 0])
    mentees_too = np.union1d(mentees, seats.place_mentee[seats.seat_of < 0])
    if len(mentees_too) > MOST_LEFT * len(level.limit):
        mentees_too = mentees
    if len(mentees_too):
        stayed = np.setdiff1d(np.arange(len(price)), mentors)
        best = level.best_mentors(mentees_too, price, np.full(len(mentees_too), NO_THRESHOLD), EACH, stayed)
        level.add(pairs_of_mentees(mentees_too, best, price))
        level.duals.mentee[mentees_too] = np.maximum(-level.bonus[mentees_too], best.profit.max(axis=1))
    if len(mentors_too):
        threshold = np.full(len(mentors_too), NO_THRESHOLD)
        best = level.best_mentees(mentors_too, level.duals.mentee, threshold, EACH)
        level.add(pairs_of_mentors(mentors_too, best, level.duals.mentee))
        new = np.isin(mentors_too, mentors)
        price[mentors_too[new]] = np.maximum(0, best.profit.max(axis=1)[new])
