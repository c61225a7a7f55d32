"""Quiet charts as SVG made on the server: direct labels, no chart junk, a table view beside each.

Widths are per cent and heights pixels, so that a chart fills its place while its words keep their size, on a phone too. Colours come
from `currentColor` and classes. Right-to-left pages get mirrored positions.

    {% bar_chart rows title="Applications by source" unit="people" %}         rows: (label, value) or (label, value, address)
    {% line_chart points title="Meetings held" unit="meetings" %}             points: (label, value), in order
    {% distribution numbers title="Score of the pairs" low=0 high=100 %}      numbers: plain numbers, counted into bins here
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

ROW = 48
PLOT = 170
TOP = 26


@dataclass(frozen=True)
class Mark:
    """One bar, point or bin: its words, and where it is drawn (`x` and `width` in per cent, `y` and `height` in pixels)."""

    label: str
    value: float
    x: float
    y: float
    width: float
    height: float
    address: str = ""


@dataclass(frozen=True)
class Chart:
    """What a chart's template draws. `path` is a line through the points in a box of 100 × PLOT."""

    marks: Sequence[Mark]
    height: int
    top: float
    path: str = ""
    labelled: frozenset[int] = frozenset()


def bars(rows: Iterable[Sequence[Any]], *, mirrored: bool = False) -> Chart:
    """Horizontal bars from zero to the largest value, each with its words above it. Values may not be negative."""
    listed = [(str(row[0]), float(row[1]), str(row[2]) if len(row) > 2 else "") for row in rows]
    most = max((value for _, value, _ in listed), default=0) or 1
    marks = []
    for number, (label, value, address) in enumerate(listed):
        if value < 0:
            raise ValueError(f"The bar of {label!r} is negative ({value}).")
        width = round(100 * value / most, 2)
        marks.append(Mark(label, value, 100 - width if mirrored else 0, number * ROW + 28, width, 10, address))
    return Chart(marks, len(marks) * ROW, most)


def line(points: Iterable[tuple[str, float]], *, mirrored: bool = False) -> Chart:
    """A line from zero to a round number above the largest value; the first, the last, the highest point carry labels."""
    listed = [(str(label), float(value)) for label, value in points]
    top = nice(max((value for _, value in listed), default=0))
    last = max(len(listed) - 1, 1)
    marks = []
    for number, (label, value) in enumerate(listed):
        x = 100 * number / last
        marks.append(Mark(label, value, round(100 - x if mirrored else x, 3), round(PLOT * (1 - value / top), 2), 0, 0))
    path = " ".join(f"{mark.x:g},{mark.y:g}" for mark in marks)
    values = [value for _, value in listed]
    highest = {values.index(max(values))} if values else set()
    return Chart(marks, PLOT, top, path, frozenset({0, len(listed) - 1} | highest if listed else ()))


def bins(
    numbers: Iterable[float],
    *,
    low: float | None = None,
    high: float | None = None,
    count: int = 10,
    mirrored: bool = False,
) -> Chart:
    """Numbers counted into `count` bins of equal width between `low` and `high` (default: the smallest and the largest)."""
    values = [float(number) for number in numbers]
    low = min(values, default=0) if low is None else float(low)
    high = max(values, default=1) if high is None else float(high)
    if high <= low:
        high = low + 1
    width = (high - low) / count
    counts = [0] * count
    for value in values:
        counts[max(0, min(count - 1, int((value - low) / width)))] += 1
    most = max(counts) or 1
    marks = []
    for number, found in enumerate(counts):
        height = round((PLOT - TOP) * found / most, 2)
        x = 100 * number / count
        label = f"{_short(low + number * width)}–{_short(low + (number + 1) * width)}"
        marks.append(
            Mark(label, found, round(100 - x - 100 / count if mirrored else x, 3), PLOT - height, 100 / count, height)
        )
    return Chart(marks, PLOT, high, path=_short(low))


def nice(value: float) -> float:
    """The next of 1, 2, 5, 10, 20, 50 … that is not smaller than `value`; 1 for nothing."""
    if value <= 0:
        return 1.0
    power = 10 ** math.floor(math.log10(value))
    return float(next(step * power for step in (1, 2, 5, 10) if step * power >= value))


def _short(value: float) -> str:
    return f"{value:.3g}" if abs(value) < 1000 else f"{value:.0f}"
