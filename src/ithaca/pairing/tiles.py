"""All pairs in tiles that fit a processor's cache, on every processor at once, in an order that does not depend on threads."""

import os
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from itertools import islice
from threading import local
from typing import TypeVar

from ithaca.pairing.points import Array
from ithaca.pairing.primitives.room import Room

CELLS = 1 << 17
"""Pairs a tile: half a megabyte of points."""
WIDTH = 1024
"""Mentees a tile at most."""
MOST_THREADS = 8
FEW = 6
"""Up to so many tiles are done before threads would have started."""
AHEAD = 4
"""Tiles a thread that are asked for before the first one is looked at."""

Tile = tuple[Array, Array]
"""(rows, columns): numbers of some mentors, numbers of some mentees."""
T = TypeVar("T")


def of(rows: Array, columns: Array) -> Iterator[Tile]:
    """Every pair of these mentors and mentees in exactly one tile; some mentees with all mentors, then the next."""
    for across in range(0, len(columns), WIDTH):
        some = columns[across : across + WIDTH]
        down = max(1, CELLS // len(some))
        for start in range(0, len(rows), down):
            yield rows[start : start + down], some


def processors() -> int:
    """How many threads are worth it."""
    allowed = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return max(1, min(MOST_THREADS, allowed))


def each(work: Callable[[Tile, Room], T], tiles: Iterable[Tile]) -> Iterator[T]:
    """What `work` makes of each tile, in their order. NumPy lets go of the interpreter while it counts, so threads help."""
    todo = iter(tiles)
    first = list(islice(todo, FEW + 1))
    threads = processors()
    if threads == 1 or len(first) <= FEW:
        room = Room()
        yield from (work(tile, room) for tile in (*first, *todo))
        return
    own = local()

    def task(tile: Tile) -> T:
        if not hasattr(own, "room"):
            own.room = Room()
        return work(tile, own.room)

    with ThreadPoolExecutor(threads) as pool:
        waiting = [pool.submit(task, tile) for tile in (*first, *islice(todo, threads * AHEAD))]
        try:
            while waiting:
                yield waiting.pop(0).result()
                waiting += [pool.submit(task, tile) for tile in islice(todo, 1)]
        finally:
            for future in waiting:
                future.cancel()
