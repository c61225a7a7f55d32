"""What all primitives can do. M mentors are rows (index i), N mentees are columns (index j)."""

from typing import Protocol

import numpy as np

from ithaca.pairing.points import Array
from ithaca.pairing.primitives.room import Room


class Primitive(Protocol):
    """Points of every mentor × mentee pair, held as columns instead of as a matrix."""

    @property
    def reason(self) -> str:
        """In words, why this primitive excludes a pair ("no language in common"); empty if it never does."""

    @property
    def shape(self) -> tuple[int, int]:
        """(number of mentors M, number of mentees N)."""

    def add(self, total: Array, rows: Array, columns: Array, room: Room) -> None:
        """Add to `total`, int32[len(rows), len(columns)], the points of these mentors with these mentees.

        Below zero means excluded. The tile is small; `room` lends memory for what is needed in between.
        """

    def block(self, rows: Array, columns: Array) -> Array:
        """int32[len(rows), len(columns)]: the points that `add` adds."""

    def at(self, rows: Array, columns: Array) -> Array:
        """int32[K]: points of the K single pairs (rows[k], columns[k])."""


def block_of(primitive: Primitive, rows: Array, columns: Array) -> Array:
    """`block` by `add`."""
    total = np.zeros((len(rows), len(columns)), np.int32)
    primitive.add(total, rows, columns, Room())
    return total
