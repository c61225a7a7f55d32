"""From people's answers to arrays: bitmaps of sets, numbers of categories, tables of points."""

from collections.abc import Hashable, Iterable, Sequence

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
    left = [{_key(element) for element in elements} for elements in mentor_sets]
    right = [{_key(element) for element in elements} for elements in mentee_sets]
    common = set().union(*left) & set().union(*right)
    order = {element: bit for bit, element in enumerate(sorted(common, key=str))}
    left_only = max((len(elements - common) for elements in left), default=0)
    right_only = max((len(elements - common) for elements in right), default=0)
    width = max(1, -(-(len(order) + left_only + right_only) // 64))
    return (
        _bits(left, order, len(order), width),
        _bits(right, order, len(order) + left_only, width),
    )


def _key(element: Hashable) -> Hashable:
    return key_of(element) if isinstance(element, str) else element


def _bits(sets: list[set[Hashable]], order: dict[Hashable, int], spare: int, width: int) -> Array:
    bits = np.zeros((len(sets), width), np.uint64)
    for row, elements in enumerate(sets):
        known = [order[element] for element in elements if element in order]
        for bit in (*known, *range(spare, spare + len(elements) - len(known))):
            bits[row, bit >> 6] |= np.uint64(1) << np.uint64(bit & 63)
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
