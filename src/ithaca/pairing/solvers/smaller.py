"""Circles of the sizes asked for that seat as many as can be found; smaller ones for whoever finds no seat in them.

Of seatings that leave equally many out of the sizes asked for, those serve best whose others can sit together: among few
people these are searched for. As in `fuller.form`, nothing is claimed of the number.
"""

from __future__ import annotations

import numpy as np

from ithaca.pairing.points import Array
from ithaca.pairing.solvers import circles, fuller, packing

WORK = 3_000
"""Of the search for others to be left out (`packing.Search`)."""


def form(value: Array, smallest: int, largest: int, least: int, tell: circles.Tell = circles.untold) -> Array:
    """int64[n]: the circle of each person, -1 for who is left over. As `fuller.form`; circles of `least` people and more,
    but fewer than `smallest`, are only made of those whom that leaves over."""
    group = fuller.form(value, smallest, largest, circles.part_of(tell, 0.0, 0.7))
    if smallest <= least or not (group < 0).any():
        return group
    over = np.flatnonzero(group < 0)
    _add(group, over, fuller.form(value[np.ix_(over, over)], least, smallest - 1, circles.part_of(tell, 0.7, 0.2)))
    if len(value) <= fuller.FEW and (group < 0).any():
        group = _others_left_over(value, group, len(over), (least, smallest, largest))
    circles.improve(value, group, tell=circles.part_of(tell, 0.9, 0.1))
    return group


def _others_left_over(value: Array, group: Array, over: int, sizes: tuple[int, int, int]) -> Array:
    """As many in circles of the sizes asked for, but with others left `over`, more of whom can sit in smaller ones."""
    least, smallest, largest = sizes
    may = value > circles.APART
    np.fill_diagonal(may, False)
    asked = packing.Search(may, smallest, largest, WORK)
    fewer = packing.Search(may, least, smallest - 1, WORK)
    small: list[list[int]] | None = []

    def suits(out: int) -> bool:
        nonlocal small
        small = fewer.all_but(int(np.count_nonzero(group < 0)) - 1, out)
        return small is not None

    while (large := asked.all_but(over, suits=suits)) is not None:
        group = np.full(len(value), -1, np.int64)
        for number, circle in enumerate([*large, *(small or [])]):
            group[circle] = number
    return group


def _add(group: Array, people: Array, theirs: Array) -> None:
    """Circles of some `people` to those of all."""
    group[people] = np.where(theirs < 0, -1, theirs + group.max(initial=-1) + 1)
