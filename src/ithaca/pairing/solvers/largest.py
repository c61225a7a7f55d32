"""How many pairs there can be at most, whatever they are worth: the size of a largest matching with places.

By maximum flow (Dinic 1970). SciPy's own largest matching is quick as a rule, and does not end in a lifetime for some
graphs of a thousand people with many equal pairs.
"""

import numpy as np

from ithaca.pairing.points import Array


def size(left: Array, right: Array, left_places: Array, right_places: Array) -> int:
    """The most pairs chosen from (left[k], right[k]), none twice, so that nobody has more than their places."""
    if not len(left):
        return 0
    from scipy.sparse import csr_array  # here, so that a small programme's first plan does not wait for it
    from scipy.sparse.csgraph import maximum_flow

    rows, columns = len(left_places), len(right_places)
    source, sink = rows + columns, rows + columns + 1
    start = np.concatenate([left, np.full(rows, source), rows + np.arange(columns)])
    end = np.concatenate([rows + right, np.arange(rows), np.full(columns, sink)])
    room = np.concatenate([np.ones(len(left), np.int32), left_places, right_places]).astype(np.int32)
    network = csr_array((room, (start, end)), shape=(sink + 1, sink + 1))
    return int(maximum_flow(network, source, sink, method="dinic").flow_value)
