"""The charts as template tags; `tags.py` makes them available in every template."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Sequence
from typing import Any

from django import template
from django.template.loader import render_to_string
from django.utils.formats import number_format
from django.utils.translation import gettext as _

from ithaca.kernel.ui import charts

register = template.Library()
_numbers = itertools.count(1)


@register.simple_tag(takes_context=True)
def bar_chart(context: Any, rows: Iterable[Sequence[Any]], title: str = "", desc: str = "", unit: str = "") -> str:
    """Horizontal bars of (label, value)."""
    return _draw("bars", charts.bars(rows, mirrored=_mirrored(context)), context, title, desc, unit)


@register.simple_tag(takes_context=True)
def line_chart(
    context: Any, points: Iterable[tuple[str, float]], title: str = "", desc: str = "", unit: str = ""
) -> str:
    """A line through (label, value), in order."""
    return _draw("line", charts.line(points, mirrored=_mirrored(context)), context, title, desc, unit)


@register.simple_tag(takes_context=True)
def distribution(
    context: Any,
    numbers: Iterable[float],
    title: str = "",
    desc: str = "",
    unit: str = "",
    low: float | None = None,
    high: float | None = None,
    bins: int = 10,
) -> str:
    """How often which numbers occur."""
    chart = charts.bins(numbers, low=low, high=high, count=bins, mirrored=_mirrored(context))
    return _draw("bins", chart, context, title, desc, unit)


@register.filter
def short_number(value: float) -> str:
    """A number as people of the page's language write it, without needless decimals."""
    return number_format(value, decimal_pos=0 if float(value).is_integer() else 1, force_grouping=abs(value) >= 10_000)


@register.filter
def add_up(value: float, more: float) -> str:
    """A sum for an SVG attribute."""
    return f"{value + more:g}"


def _mirrored(context: Any) -> bool:
    return bool(context.get("direction") == "rtl")


def _draw(kind: str, chart: charts.Chart, context: Any, title: str, desc: str, unit: str) -> str:
    start, end = ("100%", "0") if _mirrored(context) else ("0", "100%")
    values = {
        "chart": chart,
        "title": title,
        "desc": desc or _summary(chart),
        "unit": unit,
        "first": _("What") if kind == "bars" else _("Range") if kind == "bins" else _("When"),
        "uid": f"chart-{next(_numbers) % 1_000_000}",
        "start": start,
        "end": end,
    }
    return render_to_string(f"ui/charts/{kind}.html", values)


def _summary(chart: charts.Chart) -> str:
    """The chart in one sentence, for who does not see it."""
    if not chart.marks:
        return ""
    most = max(chart.marks, key=lambda mark: mark.value)
    return _("%(count)s values; the largest is %(label)s with %(value)s.") % {
        "count": len(chart.marks),
        "label": most.label,
        "value": short_number(most.value),
    }
