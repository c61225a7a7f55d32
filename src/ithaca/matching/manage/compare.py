"""Two solutions side by side."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from ithaca.kernel import paging
from ithaca.kernel.doors import open_to
from ithaca.matching import forms, permissions, queries
from ithaca.matching.queries.comparison import Comparison
from ithaca.programmes.doors import COORDINATOR


@require_GET
@open_to(COORDINATOR)
def show(request: Any, cohort: str) -> HttpResponse:
    """What each of two runs gives, and whose mentor would differ; the two newest unless told otherwise."""
    found = permissions.cohort(request.person, cohort)
    runs = [run for run in queries.runs_of(found) if hasattr(run, "result")]
    chosen = {run.code: run for run in runs}
    first = chosen.get(request.GET.get("a", ""), runs[1] if len(runs) > 1 else None)
    second = chosen.get(request.GET.get("b", ""), runs[0] if runs else None)
    context: dict[str, Any] = {"cohort": found, "first": first, "second": second, "found": len(runs)}
    if first and second:
        before, after = queries.scores_of(first), queries.scores_of(second)
        people = queries.people_of(found, {code for pair in (*before, *after) for code in pair})
        comparison = queries.comparison_of(before, after, people)
        context |= {
            "comparison": comparison,
            "page": paging.page(request, comparison.moves),
            "first_title": queries.title_of(first),
            "second_title": queries.title_of(second),
            "figures": _figures(comparison),
            "versions": (first.rules.version, second.rules.version),
            "other_rules": first.rules_id != second.rules_id,
        }
        context["form"] = forms.CompareForm({"a": first.code, "b": second.code}, runs=runs)
    return render(request, "matching/compare.html", context)


def _figures(comparison: Comparison) -> list[tuple[str, str, str]]:
    """(label, first, second) of the table."""
    shown = (
        ("Mentees with a mentor", "{0.served}"),
        ("Pairs", "{0.pairs}"),
        ("Average match", "{0.average:.0f} %"),
        ("Weakest pair", "{0.worst:.0f} %"),
        ("Mentors with a mentee", "{0.mentors}"),
        ("Most mentees with one mentor", "{0.busiest}"),
    )
    return [(label, words.format(comparison.before), words.format(comparison.after)) for label, words in shown]
