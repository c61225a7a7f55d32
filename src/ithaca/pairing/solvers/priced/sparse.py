"""The sparse problem: the pairs looked at so far, and who sits where.

A mentee has *places* (how many mentors they may have), a mentor has *seats* (how many mentees they take); a pair joins one
place and one seat; nobody here is without any. Graphs are rows of mentees (compressed sparse rows); scores are integer points.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from ithaca.pairing.side import ProblemError
from ithaca.pairing.solvers.priced.jit import bare, kernel, whole

Int32 = NDArray[np.int32]
Int64 = NDArray[np.int64]
MOST_PLACES = 50_000_000
"""Places of one side: each is listed, and so many take about a gigabyte."""


class Graph(NamedTuple):
    """Known pairs: mentee j may go to `mentor[e]` for `score[e]` points, for e in `ptr[j]:ptr[j + 1]`."""

    ptr: Int64
    mentor: Int32
    score: Int32


class Columns(NamedTuple):
    """The same pairs by mentor: `mentee[c]` for `score[c]` points, for c in `ptr[i]:ptr[i + 1]`."""

    ptr: Int64
    mentee: Int32
    score: Int32


class Seating(NamedTuple):
    """Places, seats, who sits where (-1: nobody, nowhere), and the score of the pair at each seat as the last repair found it."""

    place_ptr: Int64
    place_mentee: Int32
    seat_ptr: Int64
    seat_mentor: Int32
    seat_of: Int32
    place_of: Int32
    held: Int64


@bare
def free_seat(seats: Seating, i: int) -> int:
    """A seat of mentor i that nobody has; -1 if there is none."""
    for t in range(seats.seat_ptr[i], seats.seat_ptr[i + 1]):
        if seats.place_of[t] < 0:
            return whole(t)
    return whole(-1)


class Duals(NamedTuple):
    """Shadow prices. For every pair not chosen `mentee[j] + mentor[i] >= score`; `mentee[j] >= -bonus`, `mentor[i] >= 0`.

    A mentee's price is per further place; the first place is worth `bonus` more.
    """

    mentee: Int64
    mentor: Int64


def total(values: Int64) -> int:
    """The sum in Python's numbers: bonuses and priorities of many may add up to more than 64 bits hold."""
    return (int((values >> 32).sum()) << 32) + int((values & 0xFFFFFFFF).sum())


def empty_graph(mentees: int) -> Graph:
    return Graph(np.zeros(mentees + 1, np.int64), np.zeros(0, np.int32), np.zeros(0, np.int32))


def seating(mentor_capacity: Int64, mentee_capacity: Int64) -> Seating:
    """Everyone unseated. Raises ProblemError for more than MOST_PLACES places of one side."""
    for side, capacity in (("mentors", mentor_capacity), ("mentees", mentee_capacity)):
        if (places := int(capacity.sum())) > MOST_PLACES:
            raise ProblemError(
                [
                    f"the {len(capacity):,} {side} have {places:,} places in all, and a problem of this size can have "
                    f"{MOST_PLACES:,}; please say how many people each of them takes at most"
                ]
            )
    place_ptr = _starts(mentee_capacity)
    seat_ptr = _starts(mentor_capacity)
    return Seating(
        place_ptr,
        np.repeat(np.arange(len(mentee_capacity), dtype=np.int32), mentee_capacity),
        seat_ptr,
        np.repeat(np.arange(len(mentor_capacity), dtype=np.int32), mentor_capacity),
        np.full(int(place_ptr[-1]), -1, np.int32),
        np.full(int(seat_ptr[-1]), -1, np.int32),
        np.zeros(int(seat_ptr[-1]), np.int64),
    )


def _starts(counts: Int64) -> Int64:
    ptr = np.zeros(len(counts) + 1, np.int64)
    np.cumsum(counts, out=ptr[1:])
    return ptr


def with_pairs(graph: Graph, mentee: Int64, mentor: Int64, score: Int64, mentors: int) -> Graph:
    """`graph` and these pairs, each once, every row in the mentors' order (so the way they were found leaves no trace)."""
    if len(mentee) == 0:
        return graph
    return _merged(graph, mentee.astype(np.int64), mentor.astype(np.int64), score.astype(np.int64), mentors)


@kernel
def _merged(graph: Graph, mentee: Int64, mentor: Int64, score: Int64, mentors: int) -> Graph:
    rows = len(graph.ptr) - 1
    order = _sorted_by(mentee, _sorted_by(mentor, np.arange(len(mentee)), mentors), rows)
    ptr = np.zeros(rows + 1, np.int64)
    to = np.empty(len(graph.mentor) + len(mentee), np.int32)
    points = np.empty(len(to), np.int32)
    n = whole(0)
    row = whole(0)
    a = 0
    while row < rows:
        j = mentee[order[a]] if a < len(order) else rows
        e, end = graph.ptr[row], graph.ptr[j]  # up to the next row with news all stays as it is
        to[n : n + end - e] = graph.mentor[e:end]
        points[n : n + end - e] = graph.score[e:end]
        for same in range(row, j):
            ptr[same + 1] = graph.ptr[same + 1] - e + n
        n += end - e
        if j < rows:
            a, n = _merge_row(graph, j, order, a, mentee, mentor, score, to, points, n)
            ptr[j + 1] = n
        row = j + 1
    return Graph(ptr, to[:n].copy(), points[:n].copy())


@bare
def _merge_row(
    graph: Graph,
    j: int,
    order: Int64,
    a: int,
    mentee: Int64,
    mentor: Int64,
    score: Int64,
    to: Int32,
    points: Int32,
    n: int,
) -> tuple[int, int]:
    """Row j with what comes from `order[a]` on, written from `n` on; how far both have come."""
    e = graph.ptr[j]
    last = whole(-1)
    while e < graph.ptr[j + 1] or (a < len(order) and mentee[order[a]] == j):
        old = e < graph.ptr[j + 1]
        if old and a < len(order) and mentee[order[a]] == j:
            old = graph.mentor[e] <= mentor[order[a]]
        i = whole(graph.mentor[e]) if old else mentor[order[a]]
        if i != last:
            to[n] = i
            points[n] = graph.score[e] if old else score[order[a]]
            last = i
            n += 1
        if old:
            e += 1
        else:
            a += 1
    return a, n


@kernel
def _sorted_by(key: Int64, order: Int64, keys: int) -> Int64:
    """`order` sorted by key[order], equals staying as they are; by counting."""
    start = np.zeros(keys + 1, np.int64)
    for k in key:
        start[k + 1] += 1
    start = np.cumsum(start)
    out = np.empty(len(order), np.int64)
    for at in order:
        out[start[key[at]]] = at
        start[key[at]] += 1
    return out


@kernel
def columns_of(graph: Graph, mentors: int) -> Columns:
    """Transpose by counting."""
    ptr = np.zeros(mentors + 1, np.int64)
    for mentor in graph.mentor:
        ptr[mentor + 1] += 1
    ptr = np.cumsum(ptr)
    mentee = np.empty(len(graph.mentor), np.int32)
    score = np.empty(len(graph.mentor), np.int32)
    fill = ptr[:-1].copy()
    for j in range(len(graph.ptr) - 1):
        for e in range(graph.ptr[j], graph.ptr[j + 1]):
            i = graph.mentor[e]
            mentee[fill[i]] = j
            score[fill[i]] = graph.score[e]
            fill[i] += 1
    return Columns(ptr, mentee, score)
