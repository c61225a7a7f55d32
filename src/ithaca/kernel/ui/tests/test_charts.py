"""Charts: what is drawn where."""

from __future__ import annotations

import pytest
from django.template import Context, Template

from ithaca.kernel.ui import charts


def test_the_longest_bar_fills_the_width_and_zero_is_nothing() -> None:
    chart = charts.bars([("a", 4), ("b", 2), ("c", 0)])
    assert [mark.width for mark in chart.marks] == [100, 50, 0]


def test_bars_grow_from_the_other_side_in_a_right_to_left_page() -> None:
    assert charts.bars([("a", 4), ("b", 1)], mirrored=True).marks[1].x == 75


def test_a_negative_bar_is_refused() -> None:
    with pytest.raises(ValueError, match="negative"):
        charts.bars([("a", -1)])


def test_a_line_runs_from_edge_to_edge_below_a_round_top() -> None:
    chart = charts.line([("1", 0), ("2", 31), ("3", 10)])
    assert [mark.x for mark in chart.marks] == [0, 50, 100]
    assert chart.top == 50
    assert chart.labelled == {0, 1, 2}


def test_bins_hold_every_number_once_even_at_the_edges() -> None:
    chart = charts.bins([0, 0.05, 0.5, 0.999, 1, 2, -3], low=0, high=1)
    assert sum(mark.value for mark in chart.marks) == 7
    assert chart.marks[0].value == 3
    assert chart.marks[-1].value == 3


@pytest.mark.parametrize(("value", "top"), [(0, 1), (1, 1), (1.2, 2), (31, 50), (100, 100), (101, 200), (0.03, 0.05)])
def test_tops_are_round(value: float, top: float) -> None:
    assert charts.nice(value) == pytest.approx(top)


@pytest.mark.parametrize("tag", ["bar_chart rows", "line_chart rows", "distribution numbers"])
def test_each_chart_has_its_numbers_as_a_table_and_escapes_words(tag: str) -> None:
    page = Template("{% " + tag + " title=title %}").render(
        Context({"title": "<b>T", "rows": [("<i>x", 3)], "numbers": [1, 2, 3]})
    )
    assert "<table" in page
    assert "<b>" not in page
    assert "<i>x" not in page


@pytest.mark.parametrize("tag", ["bar_chart none", "line_chart none", "distribution none"])
def test_a_chart_of_nothing_draws(tag: str) -> None:
    assert "chart" in Template("{% " + tag + ' title="T" %}').render(Context({"none": []}))
