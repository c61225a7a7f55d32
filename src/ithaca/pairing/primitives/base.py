"""What all primitives can do. M mentors are rows (index i), N mentees are columns (index j)."""

from typing import Protocol

from ithaca.pairing.points import Array


class Primitive(Protocol):
    """Points of every mentor × mentee pair, held as columns instead of as a matrix."""

    @property
    def reason(self) -> str:
        """In words, why this primitive excludes a pair ("no language in common"); empty if it never does."""

    @property
    def shape(self) -> tuple[int, int]:
        """(number of mentors M, number of mentees N)."""

    def block(self, rows: Array, columns: Array) -> Array:
        """int32[len(rows), len(columns)]: points of these mentors with these mentees; below zero means excluded."""

    def at(self, rows: Array, columns: Array) -> Array:
        """int32[K]: points of the K single pairs (rows[k], columns[k])."""

    def bound(self, rows: Array, columns: Array) -> int:
        """No pair of the block earns more than this; below zero if the whole block is surely excluded."""


def check_indices(rows: Array, columns: Array) -> None:
    """Blocks are asked for by integer index arrays, so that a boolean mask is not taken for indices."""
    if rows.dtype.kind not in "iu" or columns.dtype.kind not in "iu":
        raise TypeError("a block is asked for by arrays of integer indices")
