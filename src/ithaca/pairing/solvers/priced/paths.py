"""Shortest alternating paths: seat one more place, or fill one more seat, and stay optimal.

Nodes are mentors (0 to M - 1) and mentees (M to M + N - 1). With prices as potentials every step costs >= 0: taking a
pair costs `mentee + mentor - score`, giving one up costs `score - mentee - mentor` (nothing, where the pair is tight).
One Dijkstra search finds the cheapest way to make room, moves the prices by what is left of its distance, and the people
along it.

Source: J. Edmonds and R. M. Karp, "Theoretical improvements in algorithmic efficiency for network flow problems", J. ACM 19 (1972);
R. Jonker and A. Volgenant, "A shortest augmenting path algorithm for dense and sparse linear assignment problems", Computing 38 (1987).
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from ithaca.pairing.solvers.priced.heap import Heap, drop, heap, push
from ithaca.pairing.solvers.priced.jit import bare, inlined, kernel, whole
from ithaca.pairing.solvers.priced.sparse import Columns, Duals, Graph, Int32, Int64, Seating, free_seat

NOBODY = -1


class Search(NamedTuple):
    """Working memory of one search after another; a node's entries count only if its `round` is of the present one."""

    distance: Int64
    round: Int64  # twice the number of the search that reached the node last; one more once it is settled
    came_from: Int32  # for a mentor: the mentee; for a mentee: the mentor
    by_seat: Int32  # for a mentee reached through a pair it gives up, or a mentor reached so backward: the seat
    order: Int32
    heap: Heap
    tally: Int64  # nodes settled in this search, twice the number of this search


class Sparse(NamedTuple):
    """All that a search reads and changes."""

    graph: Graph
    columns: Columns
    seats: Seating
    bonus: Int64
    duals: Duals


@kernel
def search_room(entries: int, mentors: int, mentees: int, seats: int) -> Search:
    n = mentors + mentees
    return Search(
        np.empty(n, np.int64),
        np.zeros(n, np.int64),
        np.empty(n, np.int32),
        np.empty(n, np.int32),
        np.empty(n, np.int32),
        heap(entries + seats + n + 8),
        np.zeros(2, np.int64),
    )


@inlined
def _start(search: Search, node: int) -> None:
    search.tally[0] = 0
    search.tally[1] += 2
    search.heap.size[0] = 0
    search.distance[node] = 0
    search.round[node] = search.tally[1]
    search.came_from[node] = NOBODY
    search.by_seat[node] = NOBODY
    push(search.heap, 0, node)


@inlined
def _reach(search: Search, node: int, distance: int, origin: int, seat: int) -> None:
    now = search.tally[1]
    if search.round[node] >= now and (search.round[node] > now or search.distance[node] <= distance):
        return
    search.round[node] = now
    search.distance[node] = distance
    search.came_from[node] = origin
    search.by_seat[node] = seat
    push(search.heap, distance, node)


@inlined
def _next(search: Search, limit: int) -> int:
    """Settle the nearest node closer than `limit`; NOBODY if there is none."""
    h = search.heap
    while h.size[0] > 0:
        distance = h.distance[0]
        node = whole(h.node[0])
        if distance >= limit:
            return NOBODY
        drop(h)
        if search.round[node] == search.tally[1] and search.distance[node] == distance:
            search.round[node] += 1
            search.order[search.tally[0]] = node
            search.tally[0] += 1
            return node
    return NOBODY


@bare
def places_taken(seats: Seating, j: int) -> int:
    taken = 0
    for p in range(seats.place_ptr[j], seats.place_ptr[j + 1]):
        taken += seats.seat_of[p] >= 0
    return taken


@bare
def open_place(seats: Seating, j: int) -> int:
    for p in range(seats.place_ptr[j], seats.place_ptr[j + 1]):
        if seats.seat_of[p] < 0:
            return p
    return NOBODY


@bare
def are_paired(seats: Seating, j: int, i: int) -> bool:
    """Whether mentee j sits with mentor i."""
    for p in range(seats.place_ptr[j], seats.place_ptr[j + 1]):
        if seats.seat_of[p] >= 0 and seats.seat_mentor[seats.seat_of[p]] == i:
            return True
    return False


@inlined
def _sit(s: Sparse, p: int, seat: int) -> None:
    s.seats.seat_of[p] = seat
    s.seats.place_of[seat] = p
    j = s.seats.place_mentee[p]
    i = s.seats.seat_mentor[seat]
    for e in range(s.graph.ptr[j], s.graph.ptr[j + 1]):
        if s.graph.mentor[e] == i:
            s.seats.held[seat] = s.graph.score[e]


@bare
def seat_place(j0: int, s: Sparse, search: Search, budget: int) -> bool:
    """Seat an open place of mentee j0, whose price is right for all pairs it does not have, if that gains anything.

    After `budget` nodes the search ends where it is, with all prices right; then true is returned.
    """
    mentors = len(s.duals.mentor)
    seats = s.seats
    limit = s.duals.mentee[j0] + (s.bonus[j0] if places_taken(seats, j0) == 0 else 0)
    if limit <= 0:
        return False
    cut_short = False
    goal = mentors + j0  # where the path ends: a mentor with a free seat, or a mentee who gives a place up
    _start(search, mentors + j0)
    while True:
        node = _next(search, limit)
        if node < 0:
            break
        d = search.distance[node]
        if search.tally[0] > budget:
            cut_short = True
            limit = d
            goal = mentors + j0
            break
        if node >= mentors:
            j = node - mentors
            for e in range(s.graph.ptr[j], s.graph.ptr[j + 1]):
                i = whole(s.graph.mentor[e])
                step = d + s.duals.mentee[j] + s.duals.mentor[i] - s.graph.score[e]
                if step < limit and (step > d or not are_paired(seats, j, i)):
                    _reach(search, i, step, j, NOBODY)
                    if free_seat(seats, i) >= 0:
                        limit = step
                        goal = i
            continue
        for t in range(seats.seat_ptr[node], seats.seat_ptr[node + 1]):
            j = whole(seats.place_mentee[seats.place_of[t]])
            step = d + s.seats.held[t] - s.duals.mentee[j] - s.duals.mentor[node]
            alone = places_taken(seats, j) == 1
            price = s.duals.mentee[j] + (s.bonus[j] if alone else 0)
            if step < limit and j != j0:
                _reach(search, mentors + j, step, node, t)
                if step + price < limit:
                    limit = step + price
                    goal = mentors + j
    _move_prices(s, search, limit, 1)
    _seat_along(j0, goal, s, search)
    return cut_short


@inlined
def _move_prices(s: Sparse, search: Search, limit: int, sign: int) -> None:
    """Forward (1) mentors become dearer and mentees cheaper by what is left of the distance; backward (-1) the reverse."""
    mentors = len(s.duals.mentor)
    for k in range(search.tally[0]):
        node = search.order[k]
        left = limit - search.distance[node]
        if left > 0 and node < mentors:
            s.duals.mentor[node] += sign * left
        elif left > 0:
            s.duals.mentee[node - mentors] -= sign * left


@bare
def _seat_along(j0: int, goal: int, s: Sparse, search: Search) -> None:
    """Everyone on the way to `goal` moves one seat on; the last one finds a free seat, or loses a place."""
    mentors = len(s.duals.mentor)
    seats = s.seats
    if goal == mentors + j0:
        return
    if goal < mentors:
        seat = free_seat(seats, goal)
    else:
        seat = whole(search.by_seat[goal])
        seats.seat_of[seats.place_of[seat]] = NOBODY
    while True:
        j = whole(search.came_from[seats.seat_mentor[seat]])
        given_up = whole(search.by_seat[mentors + j])
        p = whole(seats.place_of[given_up]) if given_up >= 0 else open_place(seats, j)
        _sit(s, p, seat)
        if given_up < 0:
            return
        seats.place_of[given_up] = NOBODY
        seat = given_up


@bare
def fill_seat(i0: int, s: Sparse, search: Search, budget: int) -> bool:
    """Fill a free seat of mentor i0 whose price is positive, or bring the price down to nothing; `budget` as above."""
    mentors = len(s.duals.mentor)
    seats = s.seats
    limit = s.duals.mentor[i0]
    cut_short = False
    goal = i0  # where the path ends: a mentee with an open place, or a mentor whose seat may stay empty
    _start(search, i0)
    while True:
        node = _next(search, limit)
        if node < 0:
            break
        d = search.distance[node]
        if search.tally[0] > budget:
            cut_short = True
            limit = d
            goal = i0
            break
        if node < mentors:
            for c in range(s.columns.ptr[node], s.columns.ptr[node + 1]):
                j = whole(s.columns.mentee[c])
                step = d + s.duals.mentee[j] + s.duals.mentor[node] - s.columns.score[c]
                if step < limit and (step > d or not are_paired(seats, j, node)):
                    _reach(search, mentors + j, step, node, NOBODY)
                    if open_place(seats, j) >= 0:
                        cost = max(0, -s.duals.mentee[j] - (s.bonus[j] if places_taken(seats, j) == 0 else 0))
                        if step + cost < limit:
                            limit = step + cost
                            goal = mentors + j
            continue
        j = node - mentors
        for p in range(seats.place_ptr[j], seats.place_ptr[j + 1]):
            t = seats.seat_of[p]
            if t >= 0:
                i = whole(seats.seat_mentor[t])
                step = d + s.seats.held[t] - s.duals.mentee[j] - s.duals.mentor[i]
                if step < limit and i != i0:
                    _reach(search, i, step, j, t)
                    if step + s.duals.mentor[i] < limit:
                        limit = step + s.duals.mentor[i]
                        goal = i
    _move_prices(s, search, limit, -1)
    _tighten(s, search)
    _fill_along(i0, goal, s, search)
    return cut_short


@inlined
def _tighten(s: Sparse, search: Search) -> None:
    """A mentee with one place, held by a mentor who became cheaper, keeps the difference."""
    mentors = len(s.duals.mentor)
    for k in range(search.tally[0]):
        i = search.order[k]
        if i < mentors:
            for t in range(s.seats.seat_ptr[i], s.seats.seat_ptr[i + 1]):
                p = s.seats.place_of[t]
                if p >= 0:
                    j = s.seats.place_mentee[p]
                    if s.seats.place_ptr[j + 1] - s.seats.place_ptr[j] == 1:
                        s.duals.mentee[j] = max(s.duals.mentee[j], s.seats.held[t] - s.duals.mentor[i])


@bare
def _fill_along(i0: int, goal: int, s: Sparse, search: Search) -> None:
    """From `goal` back to i0: each mentee takes the seat of the mentor it was found from."""
    mentors = len(s.duals.mentor)
    seats = s.seats
    if goal == i0:
        return
    place = NOBODY
    if goal >= mentors:
        j = goal - mentors
        place = open_place(seats, j)
    else:
        emptied = whole(search.by_seat[goal])
        place = whole(seats.place_of[emptied])
        seats.place_of[emptied] = NOBODY
        j = whole(search.came_from[goal])
    while True:
        i = whole(search.came_from[mentors + j])
        if i == i0:
            _sit(s, place, free_seat(seats, i0))
            return
        seat = whole(search.by_seat[i])
        passed_on = whole(seats.place_of[seat])
        _sit(s, place, seat)
        place = passed_on
        j = whole(search.came_from[i])
