"""The first page of a cohort's matching: is everybody ready, with which rules, and what was run so far."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from ithaca.kernel import paging
from ithaca.kernel.doors import open_to
from ithaca.matching import looks, permissions, queries
from ithaca.programmes.doors import COORDINATOR


@require_GET
@open_to(COORDINATOR)
def overview(request: Any, cohort: str) -> HttpResponse:
    """Readiness, rules and runs of one cohort."""
    found = permissions.cohort(request.person, cohort)
    runs = paging.page(request, queries.runs_of(found), per_page=20)
    context = {
        "cohort": found,
        "readiness": queries.readiness_of(found),
        "turns": queries.turns_of(found).any,
        "page": runs,
        "looks": looks.at_cohort(found, request.organisation.slug),
        "rows": [queries.row_of(run) for run in runs],
    }
    return render(request, "matching/overview.html", context)
