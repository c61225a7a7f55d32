"""Looking deeper at a board: how evenly it treats people, other complete plans, whom to recruit."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from ithaca.kernel.doors import open_to
from ithaca.matching import permissions
from ithaca.matching.manage import runs
from ithaca.matching.queries import Standing
from ithaca.matching.rules.board import Refused
from ithaca.programmes.doors import COORDINATOR
from ithaca.studies import actions, queries
from ithaca.studies.bridge import Evenness
from ithaca.studies.models import Study


@require_GET
@open_to(COORDINATOR)
def fairness(request: Any, board: str) -> HttpResponse:
    """The fairness sheet of the board as it stands."""
    found = permissions.board(request.person, board)
    standing = Standing(found)
    context: dict[str, Any] = {"board": found, "cohort": found.cohort, **queries.fairness_of(standing)}
    if context["evenness"] is not None and context["evenness"].median is not None:
        context |= _figures(context["evenness"])
    return render(request, "studies/fairness.html", context)


@require_http_methods(["GET", "POST"])
@open_to(COORDINATOR)
def study(request: Any, board: str, kind: str) -> HttpResponse:
    """Other plans or recruits: the kept answer, or (POST) work it out."""
    found = permissions.board(request.person, board)
    if kind not in Study.Kind.values:
        raise Http404
    standing = Standing(found)
    if request.method == "POST" and standing.run:
        if kind == Study.Kind.REPAIRS:
            actions.repair(found)
        else:
            actions.study(standing.run, kind=Study.Kind(kind))
        return redirect(_address(request, found.code, kind) + "?asked=1")
    context: dict[str, Any] = {
        "board": found,
        "cohort": found.cohort,
        "standing": standing,
        "study": queries.study_of(standing, Study.Kind(kind)),
        "asked": "asked" in request.GET,
    }
    if kind == Study.Kind.ALTERNATIVES and context["study"] is not None:
        context["plans"] = [_plan(row, standing) for row in context["study"]]
    if kind == Study.Kind.REPAIRS and context["study"] is not None:
        context["plans"] = _repairs(context["study"]["plans"])
    return render(request, f"studies/{kind}.html", context)


@require_POST
@open_to(COORDINATOR)
def take(request: Any, board: str, kind: str, key: str) -> HttpResponse:
    """Put a plan of a study beside the board, where it can be taken or left."""
    found = permissions.board(request.person, board)
    standing = Standing(found)
    takes = {Study.Kind.ALTERNATIVES: actions.take_alternative, Study.Kind.REPAIRS: actions.take_repair}
    if kind not in takes:
        raise Http404
    if standing.run is None or queries.study_of(standing, Study.Kind(kind)) is None:
        messages.info(request, _("The board shows another solution by now. Work this out again for that one."))
        return redirect(_address(request, found.code, kind))
    try:
        run = takes[Study.Kind(kind)](found, run=standing.run, key=key, by=request.person)
    except Refused as error:
        messages.error(request, str(error))
        return redirect(runs.address(request, "board", board=found.code))
    return redirect(runs.address(request, "run", run=run.code))


def _address(request: Any, board: str, kind: str) -> str:
    return reverse("studies:study", kwargs={"organisation": request.organisation.slug, "board": board, "kind": kind})


def _repairs(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Each plan with what it buys beside the one that touches least."""
    least = rows[0]["answer"] if rows else None
    return [
        {
            "key": row["key"],
            "touched": row["touched"],
            "served": row["answer"]["served"],
            "more_served": row["answer"]["served"] - least["served"] if least else 0,
            "more": round((row["answer"]["total"] - least["total"]) / 100) if least else 0,
            "worst": round(row["answer"]["worst"] / 100),
        }
        for row in rows
    ]


def _figures(evenness: Evenness) -> dict[str, Any]:
    below = evenness.below_their_best or 0
    figures = [
        (_("weakest pair"), _percent(evenness.worst), ""),
        (_("one in ten has this or less"), _percent(evenness.tenth), ""),
        (_("the middle pair"), _percent(evenness.median), ""),
        (_("strongest pair"), _percent(evenness.best), ""),
        (_("below the best possible for oneself"), _percent(below), _("on average")),
    ]
    return {"figures": figures, "load": [(str(mentees), mentors) for mentees, mentors in evenness.load]}


def _plan(row: dict[str, Any], standing: Standing) -> dict[str, Any]:
    answer = row["answer"]
    pairs = answer["plan"]["pairs"]
    shown = {key: row[key] for key in ("key", "label", "words", "cost", "busiest")}
    return shown | {
        "served": answer["served"],
        "average": round(answer["total"] / len(pairs) / 100) if pairs else 0,
        "worst": round(answer["worst"] / 100),
        "on_board": {(pair["mentor"], pair["mentee"]) for pair in pairs} == standing.state.pairs,
    }


def _percent(points: int | None) -> str:
    return "–" if points is None else f"{points / 100:.0f} %"
