"""Memory that is used again for every tile of a scan, so that it stays in the processor's cache."""

import math
from typing import Any

import numpy as np

from ithaca.pairing.points import Array


class Room:
    """Arrays by what they are used for; each thread has a room of its own."""

    def __init__(self) -> None:
        self._held: dict[tuple[str, Any], Array] = {}

    def take(self, use: str, shape: tuple[int, ...], dtype: Any) -> Array:
        """An array with anything in it; the next `take` for the same use gives the same memory again."""
        size = math.prod(shape)
        held = self._held.get((use, dtype))
        if held is None or held.size < size:
            held = self._held[use, dtype] = np.empty(size, dtype)
        return held[:size].reshape(shape)
