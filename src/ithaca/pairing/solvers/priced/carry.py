"""What is carried over a change without being looked at again: pairs known, and who sits where."""

from __future__ import annotations

import numpy as np

from ithaca.pairing.solvers.priced.blocks import Blocks, follow
from ithaca.pairing.solvers.priced.flat import Array, Instance, People, Rules
from ithaca.pairing.solvers.priced.jit import bare, inlined, kernel, whole
from ithaca.pairing.solvers.priced.paths import are_paired
from ithaca.pairing.solvers.priced.score import is_named, score_above
from ithaca.pairing.solvers.priced.sparse import Duals, Graph, Int32, Int64, Seating, free_seat


def known(
    instance: Instance, before: Instance, graph: Graph, mentor_was: Int64, mentee_was: Int64
) -> tuple[Graph, Array]:
    """Pairs known before between people who stayed, all named pairs, and bool[mentees]: who has others than before.

    Pairs that are named no more are scored anew.
    """
    mentor_now = inverse(mentor_was, before.shape[0])
    free = instance.rules._replace(floor=0)
    changed = np.zeros(len(mentee_was), np.bool_)
    sides = instance.mentors, instance.mentees
    kept = _known(instance.rules, free, instance.named, *sides, before.named, graph, mentor_now, mentee_was, changed)
    return kept, changed


def inverse(was: Int64, count: int) -> Int64:
    """For each of `count` numbers of before the number now; -1 for who is gone."""
    now = np.full(count, -1, np.int64)
    stayed = np.flatnonzero(was >= 0)
    now[was[stayed]] = stayed
    return now


@kernel
def _known(
    rules: Rules,
    free: Rules,
    named: Graph,
    mentors: People,
    mentees: People,
    old_named: Graph,
    old: Graph,
    mentor_now: Int64,
    was: Int64,
    changed: np.ndarray,
) -> Graph:
    room = len(old.mentor) + len(old_named.mentor) + len(named.mentor)
    ptr = np.zeros(len(was) + 1, np.int64)
    mentor = np.empty(room, np.int32)
    points = np.empty(room, np.int32)
    n = whole(0)
    for j in range(len(was)):
        start = n
        before = was[j]
        if before >= 0:
            n = _carry(rules, named, old_named, old, mentor_now, before, j, mentor, points, n)
            for e in range(old_named.ptr[before], old_named.ptr[before + 1]):
                i = mentor_now[old_named.mentor[e]]
                if i >= 0 and not is_named(rules, i, j):
                    changed[j] = True
                    score = score_above(rules, mentors, i, mentees, j, whole(-1))
                    if score >= 0:
                        mentor[n] = i
                        points[n] = score
                        n += 1
        for e in range(named.ptr[j], named.ptr[j + 1]):
            i = whole(named.mentor[e])
            if before >= 0 and _was_named(old_named, before, mentor_now, i, whole(named.score[e])):
                score = _known_score(old, before, mentor_now, i)  # nothing about the two has changed
            else:
                changed[j] = True
                score = whole(-1)
                if named.score[e] >= 0:
                    score = score_above(free, mentors, i, mentees, j, whole(-1))
                    score = score + named.score[e] if score >= 0 else score
            if score >= rules.floor:
                mentor[n] = i
                points[n] = score
                n += 1
        _sort(mentor, points, start, n)
        ptr[j + 1] = n
    return Graph(ptr, mentor[:n].copy(), points[:n].copy())


@bare
def _carry(
    rules: Rules,
    named: Graph,
    old_named: Graph,
    old: Graph,
    mentor_now: Int64,
    before: int,
    j: int,
    mentor: Int32,
    points: Int32,
    n: int,
) -> int:
    """Write what mentee j was known to be worth to mentors who stayed, pairs apart that are or were named; returns the end."""
    gone = whole(old_named.ptr[before])
    at = whole(named.ptr[j])
    last = whole(-1)
    for e in range(old.ptr[before], old.ptr[before + 1]):
        gone = _from(old_named, before, gone, old.mentor[e])
        i = mentor_now[old.mentor[e]]
        if i < 0 or old.score[e] < rules.floor or _stands_at(old_named, before, gone, old.mentor[e]):
            continue
        at = _from(named, j, at if i > last else named.ptr[j], i)  # mentors may have come into another order
        last = i
        if not _stands_at(named, j, at, i):
            mentor[n] = i
            points[n] = old.score[e]
            n += 1
    return n


@inlined
def _from(named: Graph, j: int, at: int, i: int) -> int:
    """The first entry of row j from `at` on that is not before mentor i."""
    while at < named.ptr[j + 1] and named.mentor[at] < i:
        at += 1
    return at


@inlined
def _stands_at(named: Graph, j: int, at: int, i: int) -> bool:
    return at < named.ptr[j + 1] and named.mentor[at] == i


def standing(
    instance: Instance,
    before: tuple[Blocks, Blocks],
    mentor_was: Int64,
    mentee_was: Int64,
    price: Duals,
    shape: tuple[int, int],
) -> tuple[Blocks, Blocks]:
    """Both sides as they stood before (`shape`: how many they were), without who has left and with who has come."""
    rules, mentors, mentees = instance.rules, instance.mentors, instance.mentees
    now = inverse(mentor_was, shape[0]), inverse(mentee_was, shape[1])
    came = [np.flatnonzero(was < 0).astype(np.int32) for was in (mentor_was, mentee_was)]
    return (
        follow(before[0], rules, mentors, True, now[0], came[0], price.mentor),
        follow(before[1], rules, mentees, False, now[1], came[1], price.mentee),
    )


def worth_knowing(instance: Instance, graph: Graph, seats: Seating, limit: Int64, price: Int64) -> Graph:
    """Of the pairs known those that no limit speaks of, that are named, or that are chosen."""
    return _worth_knowing(instance.rules, graph, seats, limit, price)


@kernel
def _worth_knowing(rules: Rules, graph: Graph, seats: Seating, limit: Int64, price: Int64) -> Graph:
    ptr = np.zeros(len(graph.ptr), np.int64)
    mentor = np.empty(len(graph.mentor), np.int32)
    points = np.empty(len(graph.mentor), np.int32)
    n = 0
    for j in range(len(ptr) - 1):
        for e in range(graph.ptr[j], graph.ptr[j + 1]):
            i = whole(graph.mentor[e])
            if graph.score[e] - price[i] > limit[j] or are_paired(seats, j, i) or is_named(rules, i, j):
                mentor[n] = i
                points[n] = graph.score[e]
                n += 1
        ptr[j + 1] = n
    return Graph(ptr, mentor[:n].copy(), points[:n].copy())


@kernel
def _was_named(named: Graph, j: int, mentor_now: Int64, i: int, points: int) -> bool:
    for e in range(named.ptr[j], named.ptr[j + 1]):
        if mentor_now[named.mentor[e]] == i:
            return bool(named.score[e] == points)
    return False


@inlined
def _known_score(graph: Graph, j: int, mentor_now: Int64, i: int) -> int:
    """Score of the pair before; -1 if it was not known, which for a named pair says that it was not allowed."""
    for e in range(graph.ptr[j], graph.ptr[j + 1]):
        if mentor_now[graph.mentor[e]] == i:
            return whole(graph.score[e])
    return whole(-1)


@kernel
def _sort(mentor: np.ndarray, points: np.ndarray, start: int, end: int) -> None:
    """By mentor; the row is nearly in order."""
    for k in range(start + 1, end):
        i, p = mentor[k], points[k]
        at = k
        while at > start and mentor[at - 1] > i:
            mentor[at] = mentor[at - 1]
            points[at] = points[at - 1]
            at -= 1
        mentor[at] = i
        points[at] = p


def seat(seats: Seating, old: Seating, mentor_was: Int64, mentee_was: Int64, changed: Array) -> None:
    """Pairs of people who stayed, as far as places and seats go. Marks in `changed` the mentees who lost one or have other places."""
    _seat(seats, old, inverse(mentor_was, len(old.seat_ptr) - 1), mentee_was, changed)


@kernel
def _seat(seats: Seating, old: Seating, mentor_now: Int64, mentee_was: Int64, changed: np.ndarray) -> None:
    for j in range(len(mentee_was)):
        before = mentee_was[j]
        place = seats.place_ptr[j]
        end = seats.place_ptr[j + 1]
        if before < 0:
            changed[j] = True
            continue
        if end - place != old.place_ptr[before + 1] - old.place_ptr[before]:
            changed[j] = True
        for p in range(old.place_ptr[before], old.place_ptr[before + 1]):
            if old.seat_of[p] < 0:
                continue
            seat = whole(-1)
            i = mentor_now[old.seat_mentor[old.seat_of[p]]]
            if i >= 0 and place < end:
                seat = free_seat(seats, i)
            if seat < 0:
                changed[j] = True
                continue
            seats.seat_of[place] = seat
            seats.place_of[seat] = place
            seats.held[seat] = old.held[old.seat_of[p]]
            place += 1
