"""From people's answers to arrays: bitmaps of sets, numbers of categories, tables of points."""

from collections.abc import Hashable, Iterable, Sequence
from itertools import chain

import numpy as np

from ithaca.pairing.attributes import key_of
from ithaca.pairing.points import Array

BLANK_PERCENT = 25
"""What a blank earns of the points of a full match: less than a real match, more than a known mismatch."""

Sets = Sequence[Sequence[Hashable]]


def bitmaps(mentor_sets: Sets, mentee_sets: Sets) -> tuple[Array, Array]:
    """(uint64[M, W], uint64[N, W]) of two columns of sets.

    Sizes stay true with few words: what nobody on the other side has is counted by anonymous bits of its own side.
    """
    keys = {element: _key(element) for elements in (*mentor_sets, *mentee_sets) for element in elements}
    either: tuple[set[Hashable], ...] = tuple(
        {keys[element] for elements in side for element in elements} for side in (mentor_sets, mentee_sets)
    )
    common = sorted(either[0] & either[1], key=str)
    numbers = {key: at for at, key in enumerate((*common, *((either[0] | either[1]) - set(common))))}
    number = {element: numbers[key] for element, key in keys.items()}
    left, right = (_members(side, number) for side in (mentor_sets, mentee_sets))
    spare = [int(_within(rows[members >= len(common)]).max(initial=-1)) + 1 for rows, members in (left, right)]
    width = max(1, -(-(len(common) + sum(spare)) // 64))
    return (
        _bits(len(mentor_sets), *left, len(common), len(common), width),
        _bits(len(mentee_sets), *right, len(common), len(common) + spare[0], width),
    )


def _key(element: Hashable) -> Hashable:
    return key_of(element) if isinstance(element, str) else element


def _members(sets: Sets, number: dict[Hashable, int]) -> tuple[Array, Array]:
    """(row, number) of every element of every set once, ordered by row."""
    row = np.repeat(np.arange(len(sets)), np.fromiter(map(len, sets), np.int64, len(sets)))
    members = np.fromiter(map(number.__getitem__, chain.from_iterable(sets)), np.int64, len(row))
    once = np.unique(row * (len(number) + 1) + members)
    return once // (len(number) + 1), once % (len(number) + 1)


def _within(rows: Array) -> Array:
    """For each of some rising row numbers, how many times it was there before."""
    starts = np.flatnonzero(np.diff(rows, prepend=-1))
    return np.arange(len(rows)) - np.repeat(starts, np.diff(starts, append=len(rows)))


def _bits(size: int, rows: Array, members: Array, common: int, spare: int, width: int) -> Array:
    """uint64[size, width]: the bits of common elements by their numbers, then from `spare` on one for each of the others."""
    own = members >= common
    bit = members.copy()
    bit[own] = spare + _within(rows[own])
    bits = np.zeros((size, width), np.uint64)
    np.bitwise_or.at(bits, (rows, bit >> 6), np.uint64(1) << (bit & 63).astype(np.uint64))
    return bits


def classes(mentor_values: Iterable[str], mentee_values: Iterable[str]) -> tuple[Array, Array]:
    """(int32[M], int32[N]): equal numbers for equal values, 0 for blanks."""
    left, right = [key_of(value) for value in mentor_values], [key_of(value) for value in mentee_values]
    number = {value: at for at, value in enumerate(sorted({*left, *right} - {""}), start=1)}
    number[""] = 0
    return np.array([number[value] for value in left], np.int32), np.array([number[value] for value in right], np.int32)


def blank_points(points: int) -> int:
    """What a blank earns where a full match earns `points`."""
    return points * BLANK_PERCENT // 100


def shared_of_asked(points: int, enough: int, least: int = 2) -> Array:
    """int32[enough+1, enough+1] for Overlap: the part of what was asked for that is there.

    `enough` things asked for and found are a full match; a list of fewer than `least` counts as that many, so that a
    short answer earns nothing extra. Blanks earn `blank_points`.
    """
    table = np.zeros((enough + 1, enough + 1), np.int32)
    for asked in range(1, enough + 1):
        whole = max(asked, min(least, enough))
        table[asked] = [points * min(found, whole) // whole for found in range(enough + 1)]
    table[0, :] = blank_points(points)
    return table


def listed(words: Iterable[str], most: int = 4) -> str:
    """ "a, b and c", shortened after a few: "a, b, c, d and 3 more"."""
    items = list(words)
    if len(items) > most:
        items = [*items[:most], f"{len(items) - most} more"]
    return " and ".join([*([", ".join(items[:-1])] if items[:-1] else []), *items[-1:]])


def in_common(mine: Sequence[str], theirs: Sequence[str]) -> list[str]:
    """The words of `mine` that `theirs` has too, as written in `mine`."""
    keys = {key_of(word) for word in theirs}
    return [word for word in mine if key_of(word) in keys]
