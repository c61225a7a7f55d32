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


def roots(points: Array) -> Array:
    """int64 of the same shape: the root of points × POINTS, cut to a whole number, so 10,000 stay 10,000; VETO stays.

    The sum of roots is what an even plan makes large: a point for a low pair lifts it more than one for a high pair.
    Exact: the root of a whole number below 2**52 is never rounded up to the next whole number.
    """
    whole = np.sqrt(np.maximum(points, 0).astype(np.float64) * POINTS).astype(np.int64)
    return np.where(points >= 0, whole, VETO)


def total(values: Array) -> int:
    """The sum of int64 in Python's numbers: rewards and bonuses of many may add up to more than 64 bits hold."""
    return (int((values >> 32).sum()) << 32) + int((values & 0xFFFFFFFF).sum())


def frozen(values: Any, dtype: Any) -> Array:
    """A contiguous read-only copy of `values` with that dtype."""
    array = np.array(values, dtype=dtype, order="C")
    array.setflags(write=False)
    return array


def in_words(points: int) -> str:
    """Points as people read them everywhere: “11 % of a perfect pair”."""
    percent = "less than 1" if 0 < points < POINTS // 100 else f"{100 * points / POINTS:,.0f}"
    return f"{percent} % of a perfect pair"
