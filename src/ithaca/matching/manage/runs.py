"""Starting the engine, watching it, and what it found."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from ithaca.jobs import progress
from ithaca.kernel.doors import open_to
from ithaca.matching import actions, permissions, queries
from ithaca.matching.models import Board, Run
from ithaca.matching.rules.board import Refused
from ithaca.programmes.doors import COORDINATOR


@require_POST
@open_to(COORDINATOR)
def start(request: Any, cohort: str) -> HttpResponse:
    """Begin a new matching."""
    run = actions.start(permissions.cohort(request.person, cohort), by=request.person)
    return redirect(address(request, "run", run=run.code))


@require_GET
@open_to(COORDINATOR)
def show(request: Any, run: str) -> HttpResponse:
    """One run: at work, stopped, or its result; for a further run of a board also what it would change there."""
    found = permissions.run(request.person, run)
    context: dict[str, Any] = {"run": found, "cohort": found.cohort, "board": found.board}
    if request.htmx and (hasattr(found, "stop") or hasattr(found, "result")):  # the page that waits is done waiting
        return HttpResponse(headers={"HX-Redirect": request.path})
    if hasattr(found, "stop"):
        context["why"] = queries.by_name(found.stop.why)
        return render(request, "matching/run_stopped.html", context)
    if not hasattr(found, "result"):
        context["progress"] = progress.of(actions.progress_key(found))
        return render(request, "matching/run_at_work.html", context)
    context |= queries.result_of(found)
    standing = queries.Standing(found.board)
    if standing.run != found:
        context |= queries.without_of(found)
    if found.number > 1:
        context |= _beside_the_board(found, standing)
    return render(request, "matching/run.html", context)


def _beside_the_board(run: Run, standing: queries.Standing) -> dict[str, object]:
    taken = any(change.run_id == run.pk for change in standing.standing)
    scores = {(pair["mentor"], pair["mentee"]): pair["points"] for pair in queries.plan_of(run)["pairs"]}
    on_board = {line.pair: line.score for line in standing.lines}
    return {
        "standing": standing,
        "comparison": queries.comparison_of(on_board, scores, standing.people),
        "taken": taken,
        "may_take": not taken and run.after_change == standing.last_number and not hasattr(run.board, "publication"),
    }


@require_POST
@open_to(COORDINATOR)
def stop(request: Any, run: str) -> HttpResponse:
    """End a run that is at work."""
    found = permissions.run(request.person, run)
    actions.stop(found, by=request.person)
    return redirect(address(request, "run", run=found.code))


@require_POST
@open_to(COORDINATOR)
def solve_again(request: Any, board: str) -> HttpResponse:
    """Ask for the best plan around the board's locks and exclusions."""
    found = permissions.board(request.person, board)
    try:
        run = actions.solve_again(found, by=request.person)
    except Refused as error:
        return refused(request, found, error)
    return redirect(address(request, "run", run=run.code))


@require_POST
@open_to(COORDINATOR)
def take(request: Any, board: str, run: str) -> HttpResponse:
    """Put a solution on the board."""
    found = permissions.board(request.person, board)
    try:
        actions.take(found, run=permissions.run(request.person, run), by=request.person)
    except Refused as error:
        return refused(request, found, error)
    undo = address(request, "undo", board=found.code)
    messages.success(request, "The board now shows the new solution.", extra_tags=f"undo:{undo}")
    return redirect(address(request, "board", board=found.code))


def refused(request: Any, board: Board, error: Refused) -> HttpResponseRedirect:
    """Back to the board with the reason."""
    messages.error(request, str(error))
    return redirect(address(request, "board", board=board.code))


def address(request: Any, name: str, **kwargs: str) -> str:
    """Path of a page of this slice in the visitor's organisation."""
    return reverse(f"matching:{name}", kwargs={"organisation": request.organisation.slug, **kwargs})
