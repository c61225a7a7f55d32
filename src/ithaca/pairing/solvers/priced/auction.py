"""The sparse problem, roughly at first and then within less than one point: an auction with falling increments.

Forward: an unseated place bids for the mentor it would profit from most, up to its second best choice plus ε. Reverse: a mentor with
a free seat and a positive price lowers it until somebody comes. After a phase every seated place has its best choice but for ε;
ε falls to one unit. Scores are multiplied by `scale` (more than the number of places), so one unit a place adds up to less than one
point: `round_prices` then gives exact integers (no price has the residue it cuts at, so rounding reverses no comparison).

Source: D. P. Bertsekas, "The auction algorithm", Annals of Operations Research 14 (1988); forward and reverse: Bertsekas and
Castañón, "A forward/reverse auction algorithm for asymmetric assignment problems", Comput. Optim. Appl. 1 (1992);
seats of one mentor as similar objects: Bertsekas and Castañón, "The auction algorithm for the transportation problem",
Ann. Oper. Res. 20 (1989).

Two places of one mentee may end with the same mentor here; `repair` takes that apart exactly.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from ithaca.pairing.solvers.priced.jit import bare, inlined, kernel, whole
from ithaca.pairing.solvers.priced.sparse import Columns, Graph, Int32, Int64, Seating, columns_of, free_seat

NOTHING = -(1 << 62)
FALL = 20  # ε falls by this factor from phase to phase


class Market(NamedTuple):
    """Prices in units of 1 / scale points: what a seat costs, what each seat's holder bid, what each place is worth there."""

    price: Int64
    bid: Int64
    worth: Int64


class Queue(NamedTuple):
    """A ring of waiting people; `ends` holds head, tail and length."""

    ring: Int32
    ends: Int64


def auction(graph: Graph, seats: Seating, bonus: Int64, scale: int, price: Int64, epsilon: int) -> None:
    """Seat everyone within ε = 1 unit of their best choice, starting from `price` and the seating as they are."""
    market = Market(price, np.zeros(len(seats.seat_mentor), np.int64), np.zeros(len(seats.place_mentee), np.int64))
    _auction(graph, columns_of(graph, len(price)), seats, market, bonus, scale, max(1, epsilon))


@kernel
def round_prices(price: Int64, scale: int) -> Int64:
    """Whole points from ε-optimal units: cut at a residue that no price has.

    There are fewer mentors than residues, but where numbers are so large that units had to be coarse: then the cut is
    anywhere, and the repair sets right what rounding reverses.
    """
    used = np.zeros(scale, np.bool_)
    used[0] = True
    for p in price:
        used[p % scale] = True
    cut = 0
    while cut < scale and used[cut]:
        cut += 1
    zero = (0 - cut) // scale
    whole = np.empty(len(price), np.int64)
    for i in range(len(price)):
        whole[i] = (price[i] - cut) // scale - zero
    return whole


@kernel
def _auction(
    graph: Graph, columns: Columns, seats: Seating, market: Market, bonus: Int64, scale: int, epsilon: int
) -> None:
    places = Queue(np.empty(len(seats.place_mentee) + 1, np.int32), np.zeros(3, np.int64))
    mentors = Queue(np.empty(len(market.price) + 1, np.int32), np.zeros(3, np.int64))
    waiting = np.zeros(len(market.price), np.bool_)
    _phases(graph, columns, seats, market, bonus, scale, epsilon, places, mentors, waiting)


@bare
def _phases(
    graph: Graph,
    columns: Columns,
    seats: Seating,
    market: Market,
    bonus: Int64,
    scale: int,
    epsilon: int,
    places: Queue,
    mentors: Queue,
    waiting: np.ndarray,
) -> None:
    while True:
        _open(graph, seats, market, places, bonus, scale, epsilon)
        while places.ends[2] > 0:
            _bid(_take(places), graph, seats, market, places, bonus, scale, epsilon)
        for i in range(len(market.price)):
            if market.price[i] > 0 and free_seat(seats, i) >= 0:
                _put(mentors, i)
                waiting[i] = True
        while mentors.ends[2] > 0:
            i = _take(mentors)
            waiting[i] = False
            while market.price[i] > 0 and free_seat(seats, i) >= 0:
                _invite(i, graph, columns, seats, market, mentors, waiting, bonus, scale, epsilon)
        if epsilon == 1:
            return
        epsilon = max(1, epsilon // FALL)


@inlined
def _put(queue: Queue, who: int) -> None:
    queue.ring[queue.ends[1]] = who
    queue.ends[1] = (queue.ends[1] + 1) % len(queue.ring)
    queue.ends[2] += 1


@inlined
def _take(queue: Queue) -> int:
    who = whole(queue.ring[queue.ends[0]])
    queue.ends[0] = (queue.ends[0] + 1) % len(queue.ring)
    queue.ends[2] -= 1
    return who


@bare
def _open(graph: Graph, seats: Seating, market: Market, queue: Queue, bonus: Int64, scale: int, epsilon: int) -> None:
    """Start a phase: one price for all seats of a mentor; who is not within ε of their best choice rises and waits."""
    for t in range(len(seats.seat_mentor)):
        market.bid[t] = market.price[seats.seat_mentor[t]]
    for p in range(len(seats.place_mentee)):
        j = seats.place_mentee[p]
        extra = bonus[j] if p == seats.place_ptr[j] else 0
        seat = seats.seat_of[p]
        mine = seats.seat_mentor[seat] if seat >= 0 else -1
        best = NOTHING
        own = NOTHING if seat >= 0 else 0
        for e in range(graph.ptr[j], graph.ptr[j + 1]):
            worth = (extra + graph.score[e]) * scale
            profit = worth - market.price[graph.mentor[e]]
            best = max(best, profit)
            if graph.mentor[e] == mine:
                own = profit
                market.worth[p] = worth
        if best > own + epsilon or own < 0:
            if seat >= 0:
                seats.place_of[seat] = -1
                seats.seat_of[p] = -1
            _put(queue, p)


@bare
def _bid(
    p: int, graph: Graph, seats: Seating, market: Market, queue: Queue, bonus: Int64, scale: int, epsilon: int
) -> None:
    """One place bids for its best mentor, or stays away where nothing is worth its price."""
    j = seats.place_mentee[p]
    extra = bonus[j] if p == seats.place_ptr[j] else 0
    best = NOTHING
    second = 0  # to stay away is worth nothing
    mentor = -1
    for e in range(graph.ptr[j], graph.ptr[j + 1]):
        profit = (extra + graph.score[e]) * scale - market.price[graph.mentor[e]]
        if profit > second:
            if profit > best:
                second = max(second, best)
                best = profit
                mentor = graph.mentor[e]
            else:
                second = profit
    if mentor < 0:
        return
    seat = _cheapest_seat(mentor, seats, market.bid)
    ousted = seats.place_of[seat]
    if ousted >= 0:
        seats.seat_of[ousted] = -1
        _put(queue, ousted)
    seats.place_of[seat] = p
    seats.seat_of[p] = seat
    market.worth[p] = best + market.price[mentor]
    market.bid[seat] = market.price[mentor] + (best - second) + epsilon
    market.price[mentor] = market.bid[_cheapest_seat(mentor, seats, market.bid)]


@bare
def _invite(
    i: int,
    graph: Graph,
    columns: Columns,
    seats: Seating,
    market: Market,
    queue: Queue,
    waiting: np.ndarray,
    bonus: Int64,
    scale: int,
    epsilon: int,
) -> None:
    """A mentor with a free seat lowers its price until the place that gains most comes, or to nothing."""
    best = NOTHING
    second = NOTHING
    guest = -1
    for c in range(columns.ptr[i], columns.ptr[i + 1]):
        j = columns.mentee[c]
        for p in range(seats.place_ptr[j], seats.place_ptr[j + 1]):
            seat = seats.seat_of[p]
            profit = 0
            if seat >= 0:
                if seats.seat_mentor[seat] == i:
                    continue
                profit = market.worth[p] - market.price[seats.seat_mentor[seat]]
            extra = bonus[j] if p == seats.place_ptr[j] else 0
            offer = (extra + columns.score[c]) * scale - profit
            if offer > best:
                second = best
                best = offer
                guest = p
            elif offer > second:
                second = offer
    asked = max(0, second - epsilon) if best > epsilon else 0
    for t in range(seats.seat_ptr[i], seats.seat_ptr[i + 1]):
        if seats.place_of[t] < 0:
            market.bid[t] = min(market.bid[t], asked)
    if best > epsilon:
        left = _move(guest, free_seat(seats, i), best, seats, market)
        if left >= 0 and market.price[left] > 0 and not waiting[left]:
            _put(queue, left)
            waiting[left] = True
        market.price[i] = market.bid[_cheapest_seat(i, seats, market.bid)]
    else:
        market.price[i] = 0


@bare
def _move(p: int, seat: int, offer: int, seats: Seating, market: Market) -> int:
    """Seat place p for what it was offered plus what it had; returns the mentor it left, or -1."""
    old = seats.seat_of[p]
    left = -1
    profit = 0
    if old >= 0:
        left = whole(seats.seat_mentor[old])
        profit = market.worth[p] - market.price[left]
        seats.place_of[old] = -1
        market.bid[old] = market.price[left]
    seats.place_of[seat] = p
    seats.seat_of[p] = seat
    market.worth[p] = offer + profit
    return left


@bare
def _cheapest_seat(i: int, seats: Seating, bid: Int64) -> int:
    """The seat of mentor i with the lowest bid, a free one among equals."""
    cheapest = seats.seat_ptr[i]
    for t in range(seats.seat_ptr[i] + 1, seats.seat_ptr[i + 1]):
        lower = bid[t] < bid[cheapest]
        if lower or (bid[t] == bid[cheapest] and seats.place_of[t] < 0 <= seats.place_of[cheapest]):
            cheapest = t
    return whole(cheapest)
