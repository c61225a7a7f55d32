"""One pair, made or only thought of: why, who else, and what can be done."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from ithaca.kernel.doors import open_to
from ithaca.matching import permissions, queries
from ithaca.programmes.doors import COORDINATOR


@require_GET
@open_to(COORDINATOR)
def show(request: Any, board: str, mentor: str, mentee: str) -> HttpResponse:
    """Why these two, what was second, and what another choice would cost."""
    found = permissions.board(request.person, board)
    standing = queries.Standing(found)
    if mentor not in standing.places.mentors or mentee not in standing.places.mentees:
        raise Http404
    context = queries.pair_of(standing, (mentor, mentee))
    return render(
        request, "matching/pair.html", context | {"board": found, "cohort": found.cohort, "standing": standing}
    )


@require_GET
@open_to(COORDINATOR)
def mentee(request: Any, board: str, person: str) -> HttpResponse:
    """Why a mentee has no mentor, and what would help; of one who has, whom."""
    return _alone(request, board, person, "mentee")


@require_GET
@open_to(COORDINATOR)
def mentor(request: Any, board: str, person: str) -> HttpResponse:
    """Why a mentor has no mentee, and what giving them one would cost; of one who has, whom, and what is free."""
    return _alone(request, board, person, "mentor")


def _alone(request: Any, board: str, person: str, side: str) -> HttpResponse:
    found = permissions.board(request.person, board)
    standing = queries.Standing(found)
    if person not in (standing.places.mentees if side == "mentee" else standing.places.mentors):
        raise Http404
    context = queries.alone_of(standing, person, side)
    return render(request, "matching/alone.html", context | {"board": found, "cohort": found.cohort})
