"""From any prices and any seating to the exact optimum of the sparse problem: keep what is right, re-seat the rest.

A pair is kept if the mentee has nothing better at these prices. Then every open place that would gain is seated, and
every free seat that still costs something is filled, by one shortest path each (`paths`). It follows an auction, an
added pair, an arrival or a departure alike; its cost is the number of things that are wrong, and its answer is exact.

Searches from both sides take turns, and none may go far before all have gone a little: prices then give way around each open
place and each free seat until they meet, where one search alone would go through half of all people. Fewer nodes are searched
and fewer prices move, so less of what was proven has to be proven again.
"""

from __future__ import annotations

import numpy as np

from ithaca.pairing.solvers.priced.jit import bare, inlined, kernel, whole
from ithaca.pairing.solvers.priced.paths import (
    Search,
    Sparse,
    are_paired,
    fill_seat,
    places_taken,
    search_room,
    seat_place,
)
from ithaca.pairing.solvers.priced.sparse import Columns, Duals, Graph, Int32, Int64, Seating, columns_of, total

PLACE_BUDGET, SEAT_BUDGET = 30, 60  # nodes that the first searches may settle
GROWTH = 3
ALL_TURNS = 1 << 30


Left = tuple[Int32, Int32]
"""Mentees with an open place and mentors with a free seat for whom no search came to an end."""


def repair(
    graph: Graph, seats: Seating, bonus: Int64, duals: Duals, rows: Int64 | None = None, turns: int | None = None
) -> Left:
    """Make `seats` and `duals` optimal, in place, starting from the mentors' prices.

    `rows`: the mentees whose pairs or mentors' prices are others than at the last repair; None: any may be. `turns`: after so
    many it ends with all prices right, but with some left who may have to be seated; None: when nobody is.
    """
    rows = np.arange(len(duals.mentee)) if rows is None else rows
    return _repair(graph, seats, bonus, duals, rows, ALL_TURNS if turns is None else turns)


@kernel
def _repair(graph: Graph, seats: Seating, bonus: Int64, duals: Duals, rows: Int64, turns: int) -> Left:
    none = Columns(np.zeros(1, np.int64), np.zeros(0, np.int32), np.zeros(0, np.int32))
    s = Sparse(graph, none, seats, bonus, duals)
    mentors = len(duals.mentor)
    mentees = len(duals.mentee)
    search = search_room(len(graph.mentor), mentors, mentees, len(seats.seat_mentor))
    _reprice_all(s, rows)
    places = _who_has_room(seats.place_ptr, seats.seat_of)
    free = _who_has_room(seats.seat_ptr, seats.place_of)
    if _any_costs(free, duals.mentor):  # columns are for their searches alone, and no search frees a seat that costs
        s = Sparse(graph, columns_of(graph, mentors), seats, bonus, duals)
    places_left, free_left = _take_turns(s, search, places, free, turns)
    return places[:places_left].copy(), free[:free_left].copy()


@bare
def _any_costs(mentors: Int32, price: Int64) -> bool:
    found = False
    for i in mentors:
        found = found or price[i] > 0
    return found


@bare
def _reprice_all(s: Sparse, rows: Int64) -> None:
    for k in range(len(rows)):
        _look_up_held(rows[k], s)
    for k in range(len(rows)):
        _reprice(rows[k], s)


@bare
def _take_turns(s: Sparse, search: Search, places: Int32, free: Int32, turns: int) -> tuple[int, int]:
    """Seat these mentees and fill these mentors' seats, each search going a little further in each turn.

    Who is left stands in front of both; how many of each.
    """
    places_left, free_left = len(places), len(free)
    for_place, for_seat = whole(PLACE_BUDGET), whole(SEAT_BUDGET)
    while places_left + free_left > 0 and turns > 0:
        turns -= 1
        kept = 0
        for k in range(places_left):
            if _seat_all(whole(places[k]), s, search, for_place):
                places[kept] = places[k]
                kept += 1
        places_left = kept
        kept = 0
        for k in range(free_left):
            if _fill_all(whole(free[k]), s, search, for_seat):
                free[kept] = free[k]
                kept += 1
        free_left = kept
        for_place *= GROWTH
        for_seat *= GROWTH
    return places_left, free_left


@kernel
def _who_has_room(ptr: Int64, other: Int32) -> Int32:
    """Mentees with an open place, or mentors with a free seat."""
    out = np.empty(len(ptr) - 1, np.int32)
    n = 0
    for k in range(len(ptr) - 1):
        for t in range(ptr[k], ptr[k + 1]):
            if other[t] < 0:
                out[n] = k
                n += 1
                break
    return out[:n]


@inlined
def _rise(seats: Seating, p: int) -> None:
    seats.place_of[seats.seat_of[p]] = -1
    seats.seat_of[p] = -1


@bare
def _reprice(j: int, s: Sparse) -> None:
    """The least price of mentee j that no pair beats; pairs that do not reach it are given up."""
    seats = s.seats
    while True:
        taken = places_taken(seats, j)
        price = -s.bonus[j] if taken <= 1 else 0
        for e in range(s.graph.ptr[j], s.graph.ptr[j + 1]):
            if not are_paired(seats, j, s.graph.mentor[e]):
                price = max(price, s.graph.score[e] - s.duals.mentor[s.graph.mentor[e]])
        worst = -1
        least = price
        for p in range(seats.place_ptr[j], seats.place_ptr[j + 1]):
            if seats.seat_of[p] >= 0:
                profit = s.seats.held[seats.seat_of[p]] - s.duals.mentor[seats.seat_mentor[seats.seat_of[p]]]
                if profit < least:
                    least = profit
                    worst = p
        if worst < 0:
            break
        _rise(seats, worst)
    s.duals.mentee[j] = price
    if taken == 1 and seats.place_ptr[j + 1] - seats.place_ptr[j] == 1:
        seat = seats.seat_of[seats.place_ptr[j]]
        s.duals.mentee[j] = s.seats.held[seat] - s.duals.mentor[seats.seat_mentor[seat]]


@bare
def _look_up_held(j: int, s: Sparse) -> None:
    """Score of each pair mentee j has; a second place with the same mentor, or one the graph does not know, is given up."""
    seats = s.seats
    for p in range(seats.place_ptr[j], seats.place_ptr[j + 1]):
        seat = seats.seat_of[p]
        if seat < 0:
            continue
        i = seats.seat_mentor[seat]
        score = whole(-1)
        for e in range(s.graph.ptr[j], s.graph.ptr[j + 1]):
            if s.graph.mentor[e] == i:
                score = whole(s.graph.score[e])
        for q in range(seats.place_ptr[j], p):
            if seats.seat_of[q] >= 0 and seats.seat_mentor[seats.seat_of[q]] == i:
                score = whole(-1)
        if score < 0:
            _rise(seats, p)
        else:
            s.seats.held[seat] = score


@bare
def _seat_all(j: int, s: Sparse, search: Search, budget: int) -> bool:
    """Seat the open places of mentee j until one gains nothing; true if a search was cut short."""
    for _ in range(seats_open(s.seats, j)):
        before = places_taken(s.seats, j)
        if seat_place(j, s, search, budget):
            return True
        if places_taken(s.seats, j) == before:
            return False
    return False


@bare
def seats_open(seats: Seating, j: int) -> int:
    return whole(seats.place_ptr[j + 1] - seats.place_ptr[j]) - places_taken(seats, j)


@bare
def _fill_all(i: int, s: Sparse, search: Search, budget: int) -> bool:
    """Fill the free seats of mentor i, or bring the price down to nothing; true if a search was cut short."""
    for t in range(s.seats.seat_ptr[i], s.seats.seat_ptr[i + 1]):
        if s.seats.place_of[t] < 0 and s.duals.mentor[i] > 0 and fill_seat(i, s, search, budget):
            return True
    return False


def worth(seats: Seating, bonus: Int64) -> int:
    """What the pairs are worth after a repair: all scores, and once for each mentee with a mentor the bonus."""
    return points(seats) + total(bonus[with_a_mentor(seats)])


def points(seats: Seating) -> int:
    """All scores of the pairs."""
    return int(seats.held[seats.place_of >= 0].sum())


def with_a_mentor(seats: Seating) -> Int64:
    """Numbers of the mentees who have somebody, rising."""
    mentee = seats.place_mentee[seats.seat_of >= 0].astype(np.int64)
    out: Int64 = mentee[np.diff(mentee, prepend=-1) > 0]
    return out


@kernel
def scores_of(graph: Graph, mentee: np.ndarray, mentor: np.ndarray) -> Int64:
    """Scores of known pairs; -1 for a pair the graph does not know."""
    out = np.full(len(mentee), whole(-1))
    for k in range(len(mentee)):
        for e in range(graph.ptr[mentee[k]], graph.ptr[mentee[k] + 1]):
            if graph.mentor[e] == mentor[k]:
                out[k] = graph.score[e]
    return out


def bound(seats: Seating, bonus: Int64, duals: Duals) -> int:
    """No seating is worth more, if `duals` leave no violating pair but those chosen; equal to `worth` at the optimum."""
    taken = seats.place_of >= 0
    mentee, mentor = seats.place_mentee[seats.place_of[taken]], seats.seat_mentor[taken]
    spare = seats.held[taken] - duals.mentee[mentee] - duals.mentor[mentor]
    further = np.diff(seats.place_ptr) - 1
    seated = total(np.diff(seats.seat_ptr) * duals.mentor) + total(np.maximum(0, spare))
    return total(duals.mentee + bonus) + total(further * np.maximum(0, duals.mentee)) + seated
