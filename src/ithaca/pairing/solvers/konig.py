"""A smallest set of mentees and places that touches every pair: read from prices, it proves that nobody more can be served.

Source: D. König, "Graphen und Matrizen", Mat. Fiz. Lapok 38 (1931).
"""

import numpy as np

from ithaca.pairing.points import Array


def smallest_cover(u: Array, v: Array, places: Array, bonus: int) -> tuple[int, int]:
    """(x, size): the mentees who cost at least x and all places that cost more than bonus - x, for the x with fewest of them.

    u, v    what each mentee and each place of a mentor costs, in 0 to `bonus` >= 1
    places  of each mentor

    Where two prices of a pair add up to the bonus or more, as they do where its pairs are all proven, one of the two is
    among them, whatever x is.
    """
    x = np.unique(np.clip(np.concatenate([[1, bonus], u, u + 1, bonus + 1 - v, bonus + 2 - v]), 1, bonus))
    mentees = len(u) - np.searchsorted(np.sort(u), x)
    order = np.argsort(v)
    dearer = np.concatenate([[0], np.cumsum(places[order][::-1])])
    sizes = mentees + dearer[len(v) - np.searchsorted(v[order], bonus + 1 - x)]
    best = int(np.argmin(sizes))
    return int(x[best]), int(sizes[best])
