"""Groups of people within whom exchanges can go round in a circle: the strongly connected parts of a directed graph."""

import numpy as np

from ithaca.pairing.points import Array

FEW = 5_000
"""Steps up to which plain Python is quicker than loading SciPy's graphs."""
MOST_PEELS = 64


def groups(start: Array, end: Array, nodes: int) -> Array:
    """int64[nodes]: equal numbers for nodes that can reach each other by the steps start[k] -> end[k]."""
    for _ in range(MOST_PEELS):  # who cannot be left, or cannot be reached, is in no circle
        left, reached = np.zeros(nodes, bool), np.zeros(nodes, bool)
        left[start], reached[end] = True, True
        inner = reached[start] & left[end]
        if inner.all():
            break
        start, end = start[inner], end[inner]
    if len(start) > FEW:
        from scipy.sparse import csr_array  # here, so that a small programme's first plan does not wait for it
        from scipy.sparse.csgraph import connected_components

        graph = csr_array((np.ones(len(start), np.int8), (start, end)), shape=(nodes, nodes))
        found: Array = connected_components(graph, connection="strong")[1]
        return found
    return _by_hand(start, end, nodes)


def _by_hand(start: Array, end: Array, nodes: int) -> Array:
    """Tarjan's algorithm (1972), without recursion."""
    follows: dict[int, list[int]] = {}
    for one, other in zip(start.tolist(), end.tolist(), strict=True):
        follows.setdefault(one, []).append(other)
    group = np.arange(nodes)
    number: dict[int, int] = {}
    lowest: dict[int, int] = {}
    open_to: list[int] = []
    waiting: set[int] = set()
    for root in follows:
        trail = [root] if root not in number else []
        steps = {}
        while trail:
            node = trail[-1]
            if node not in number:
                number[node] = lowest[node] = len(number)
                open_to.append(node)
                waiting.add(node)
                steps[node] = iter(follows.get(node, ()))
            for other in steps[node]:
                if other not in number:
                    trail.append(other)
                    break
                if other in waiting:
                    lowest[node] = min(lowest[node], number[other])
            else:
                trail.pop()
                if trail:
                    lowest[trail[-1]] = min(lowest[trail[-1]], lowest[node])
                if lowest[node] == number[node]:
                    while True:
                        member = open_to.pop()
                        waiting.discard(member)
                        group[member] = node
                        if member == node:
                            break
    return group
