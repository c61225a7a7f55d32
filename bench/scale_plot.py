"""Growth of time and memory with size as a small SVG, both axes logarithmic; light and dark as the reader's system has it."""

from __future__ import annotations

import math
from typing import Any, NamedTuple

Figures = dict[str, Any]
LINES = {
    ("ithaca", 0): "Ithaca, as many places as mentees",
    ("ithaca", 1): "Ithaca, too few places",
    ("ithaca", 2): "Ithaca, too many places",
    ("scipy", 0): "SciPy, ready matrix",
    ("lapjv", 0): "lapjv, ready matrix",
    ("lapx", 0): "lapx, ready matrix",
}
STYLE = """
text { font: 12px system-ui, sans-serif; fill: oklch(0.475 0.024 215) }
.title { font-size: 14px; fill: oklch(0.275 0.03 215) }
.grid { stroke: oklch(0.885 0.016 83); stroke-width: 1 }
.line { fill: none; stroke-width: 2; stroke-linejoin: round }
.ithaca { stroke: oklch(0.415 0.073 208); fill: oklch(0.415 0.073 208) }
.scipy { stroke: oklch(0.55 0.13 40); fill: oklch(0.55 0.13 40) }
.lapjv { stroke: oklch(0.45 0.09 155); fill: oklch(0.45 0.09 155) }
.lapx { stroke: oklch(0.6 0.02 215); fill: oklch(0.6 0.02 215) }
.r1 { stroke-dasharray: 6 4 } .r2 { stroke-dasharray: 2 4 }
.dot { stroke: none }
@media (prefers-color-scheme: dark) {
  text { fill: oklch(0.8 0.03 210) } .title { fill: oklch(0.93 0.012 88) } .grid { stroke: oklch(0.4 0.03 215) }
  .ithaca { stroke: oklch(0.855 0.075 84); fill: oklch(0.855 0.075 84) }
  .scipy { stroke: oklch(0.76 0.115 48); fill: oklch(0.76 0.115 48) }
  .lapjv { stroke: oklch(0.81 0.1 158); fill: oklch(0.81 0.1 158) }
}
.line.line { fill: none } .dot.dot { stroke: none }
"""
PANEL_WIDTH, PANEL_HEIGHT, LEFT, TOP, BETWEEN = 340, 280, 70, 40, 90


class Axis(NamedTuple):
    """Powers of ten from `low` to `high` over `length` pixels from `start` (a negative length runs upwards)."""

    low: int
    high: int
    start: float
    length: float

    def at(self, value: float) -> float:
        share = (math.log10(value) - self.low) / (self.high - self.low)
        return round(self.start + share * self.length, 1)

    def ticks(self) -> list[float]:
        return [10.0**power for power in range(self.low, self.high + 1)]


def draw(figures: list[Figures]) -> str:
    """Rows as `scale_run` prints them, with `solver`, `size` and `regime`; of several at one size the last counts."""
    panels = (("Seconds", "seconds", _seconds), ("Peak memory", "megabytes", _memory))
    body = "".join(_panel(figures, *panel, LEFT + at * (PANEL_WIDTH + BETWEEN)) for at, panel in enumerate(panels))
    width, height = LEFT + 2 * PANEL_WIDTH + BETWEEN + 30, TOP + PANEL_HEIGHT + 110
    head = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" role="img">'
    words = "Time and peak memory of Ithaca and of dense solvers against the number of mentees, both axes logarithmic"
    return f"{head}<title>{words}</title><style>{STYLE}</style>{body}{_legend(figures)}</svg>\n"


def _panel(figures: list[Figures], title: str, key: str, words: Any, left: float) -> str:
    x = _axis([one["size"] for one in figures], left, PANEL_WIDTH)
    y = _axis([one[key] for one in figures], TOP + PANEL_HEIGHT, -PANEL_HEIGHT)
    out = [f'<text class="title" x="{left}" y="{TOP - 16}">{title}</text>']
    for tick in x.ticks():
        out.append(f'<line class="grid" x1="{x.at(tick)}" x2="{x.at(tick)}" y1="{TOP}" y2="{TOP + PANEL_HEIGHT}"/>')
        out.append(f'<text x="{x.at(tick)}" y="{TOP + PANEL_HEIGHT + 18}" text-anchor="middle">{tick:,.0f}</text>')
    for tick in y.ticks():
        out.append(f'<line class="grid" x1="{left}" x2="{left + PANEL_WIDTH}" y1="{y.at(tick)}" y2="{y.at(tick)}"/>')
        out.append(f'<text x="{left - 8}" y="{y.at(tick) + 4}" text-anchor="end">{words(tick)}</text>')
    for (solver, regime), points in _series(figures, key).items():
        way = " ".join(f"{x.at(size)},{y.at(value)}" for size, value in points)
        out.append(f'<polyline class="line {solver} r{regime}" points="{way}"/>')
        out += [f'<circle class="dot {solver}" cx="{x.at(a)}" cy="{y.at(b)}" r="3"/>' for a, b in points]
    return "".join(out)


def _axis(values: list[float], start: float, length: float) -> Axis:
    logs = [math.log10(value) for value in values]
    low, high = math.floor(min(logs)), math.ceil(max(logs))
    return Axis(low, max(high, low + 1), start, length)


def _series(figures: list[Figures], key: str) -> dict[tuple[str, int], list[tuple[int, float]]]:
    found: dict[tuple[str, int], dict[int, float]] = {}
    for one in figures:
        found.setdefault((one["solver"], one["regime"]), {})[one["size"]] = one[key]
    return {line: sorted(found[line].items()) for line in LINES if line in found}


def _legend(figures: list[Figures]) -> str:
    out = []
    for at, (solver, regime) in enumerate(_series(figures, "seconds")):
        x, y = LEFT + at % 3 * 260, TOP + PANEL_HEIGHT + 56 + at // 3 * 26
        out.append(f'<line class="line {solver} r{regime}" x1="{x}" x2="{x + 30}" y1="{y}" y2="{y}"/>')
        out.append(f'<text x="{x + 38}" y="{y + 4}">{LINES[solver, regime]}</text>')
    return "".join(out)


def _seconds(value: float) -> str:
    return f"{value:g} s"


def _memory(megabytes: float) -> str:
    return f"{megabytes / 1000:g} GB" if megabytes >= 1000 else f"{megabytes:g} MB"
