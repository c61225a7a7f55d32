"""A binary heap of (distance, node) in two arrays; stale entries are skipped by the reader."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from ithaca.pairing.solvers.priced.jit import bare, kernel
from ithaca.pairing.solvers.priced.sparse import Int32, Int64


class Heap(NamedTuple):
    distance: Int64
    node: Int32
    size: Int64  # one number


@kernel
def heap(room: int) -> Heap:
    return Heap(np.empty(room, np.int64), np.empty(room, np.int32), np.zeros(1, np.int64))


@bare
def push(h: Heap, distance: int, node: int) -> None:
    child = h.size[0]
    h.size[0] += 1
    while child > 0:
        parent = (child - 1) >> 1
        if h.distance[parent] <= distance:
            break
        h.distance[child] = h.distance[parent]
        h.node[child] = h.node[parent]
        child = parent
    h.distance[child] = distance
    h.node[child] = node


@bare
def drop(h: Heap) -> None:
    """Remove the nearest node, which is at 0."""
    h.size[0] -= 1
    last = h.size[0]
    distance = h.distance[last]
    node = h.node[last]
    parent = 0
    while True:
        child = 2 * parent + 1
        if child >= last:
            break
        if child + 1 < last and h.distance[child + 1] < h.distance[child]:
            child += 1
        if h.distance[child] >= distance:
            break
        h.distance[parent] = h.distance[child]
        h.node[parent] = h.node[child]
        parent = child
    h.distance[parent] = distance
    h.node[parent] = node
