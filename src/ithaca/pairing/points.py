"""The currency of the engine: whole points, 10,000 of them for a perfect pair."""

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

POINTS = 10_000
"""What a perfect pair earns: 100 %."""

VETO = -(1 << 24)
"""A hard rule excludes the pair. All other points are >= 0, so a sum is below zero if and only if a rule excludes."""

Array = NDArray[Any]


def share_out(weights: Sequence[float], total: int = POINTS) -> tuple[int, ...]:
    """Divide `total` points in proportion to the weights so that the parts add up exactly (largest remainder first)."""
    whole = sum(weights)
    if whole <= 0:
        return tuple(0 for _ in weights)
    exact = [total * weight / whole for weight in weights]
    parts = [int(part) for part in exact]
    largest_remainder_first = sorted(range(len(parts)), key=lambda k: (parts[k] - exact[k], k))
    for k in largest_remainder_first[: total - sum(parts)]:
        parts[k] += 1
    return tuple(parts)


def frozen(values: Any, dtype: Any) -> Array:
    """A contiguous read-only copy of `values` with that dtype."""
    array = np.array(values, dtype=dtype, order="C")
    array.setflags(write=False)
    return array
