"""Looking deeper at a board: how evenly it treats people, other complete plans, whom to recruit."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from ithaca.jobs import progress
from ithaca.kernel import paging
from ithaca.kernel.doors import open_to
from ithaca.matching import permissions
from ithaca.matching.manage import runs
from ithaca.matching.models import unpacked
from ithaca.matching.queries import Standing, by_name
from ithaca.matching.rules.board import Refused
from ithaca.programmes.doors import COORDINATOR
from ithaca.studies import actions, bridge, queries, rules
from ithaca.studies.models import Study

GROUPS_A_PAGE = 24


@require_http_methods(["GET", "POST"])
@open_to(COORDINATOR)
def fairness(request: Any, board: str) -> HttpResponse:
    """The fairness sheet that is kept with the board's solution; POST works it out for the board as it stands."""
    found = permissions.board(request.person, board)
    standing = Standing(found)
    if request.method == "POST":
        actions.keep_sheet(found)
        return redirect(_address(request, "fairness", board=found.code))
    sheet = queries.sheet_of(standing)
    context: dict[str, Any] = {
        "board": found,
        "cohort": found.cohort,
        "sheet": sheet,
        "of_now": sheet is not None and sheet.step == standing.step,
        "work_out": _("Work out the fairness sheet"),
    }
    if sheet is not None and sheet.data["evenness"]["median"] is not None:
        context |= _figures(sheet.data["evenness"]) | {
            "groupings": [_percented(one) for one in sheet.data["groupings"]]
        }
    return render(request, "studies/fairness.html", context)


@require_http_methods(["GET", "POST"])
@open_to(COORDINATOR)
def study(request: Any, board: str, kind: str) -> HttpResponse:
    """Other plans, repairs or recruits: the kept answer, how far the work on it is, or (POST) begin it."""
    found, chosen = permissions.board(request.person, board), _kind(kind)
    if request.method == "POST":
        actions.ask(found, kind=chosen)
        return redirect(_address(request, "study", board=found.code, kind=kind))
    standing = Standing(found)
    kept = queries.study_of(standing, chosen)
    answer = unpacked(kept.data) if kept is not None and kept.step == standing.step else None
    told = progress.of(actions.progress_key(standing.run, chosen)) if standing.run and answer is None else None
    if request.htmx and (told is None or told.finished):  # the page that waits is done waiting
        return HttpResponse(headers={"HX-Redirect": request.path})
    context: dict[str, Any] = {
        "board": found,
        "cohort": found.cohort,
        "kind": kind,
        "study": answer,
        "changed": kept is not None and answer is None,
        "at_work": told if told and not told.finished else None,
        "ended": by_name(told.failure) if told and told.finished else "",
    }
    if answer is not None and chosen == Study.Kind.ALTERNATIVES:
        context["plans"] = [_plan(row, standing) for row in answer]
    if answer is not None and chosen == Study.Kind.REPAIRS:
        published = hasattr(found, "publication")
        context["outdated"] = not published and not queries.is_of_today(answer, found.cohort)
        context["plans"] = [] if _is_on_board(answer["plans"], standing) else _repairs(answer["plans"], standing)
        context["fewer"] = answer["plans"][0]["touched"] > answer.get("fewest", answer["plans"][0]["touched"])
    if answer is not None and chosen == Study.Kind.RECRUITS:
        context["mentors"] = [row | {"gain": bridge.in_words(row["points"])} for row in answer["mentors"]]
    if answer is not None and chosen == Study.Kind.GROUPS:
        context |= _groups(request, answer, standing)
    return render(request, f"studies/{kind}.html", context)


@require_POST
@open_to(COORDINATOR)
def stop(request: Any, board: str, kind: str) -> HttpResponse:
    """End the work on a study."""
    found, chosen = permissions.board(request.person, board), _kind(kind)
    run = Standing(found).run
    if run is not None:
        actions.stop(run, kind=chosen)
    return redirect(_address(request, "study", board=found.code, kind=kind))


@require_POST
@open_to(COORDINATOR)
def take(request: Any, board: str, kind: str, key: str) -> HttpResponse:
    """Put a plan of a study beside the board, where it can be taken or left."""
    found, chosen = permissions.board(request.person, board), _kind(kind)
    standing = Standing(found)
    takes = {
        Study.Kind.ALTERNATIVES: actions.take_alternative,
        Study.Kind.REPAIRS: actions.take_repair,
        Study.Kind.GROUPS: actions.take_groups,
    }
    if chosen not in takes:
        raise Http404
    if standing.run is None or queries.study_of(standing, chosen) is None:
        messages.info(request, _("The board shows another solution by now. Work this out again for that one."))
        return redirect(_address(request, "study", board=found.code, kind=kind))
    try:
        run = takes[chosen](found, run=standing.run, key=key, by=request.person)
    except Refused as error:
        messages.error(request, str(error))
        return redirect(_address(request, "study", board=found.code, kind=kind))
    return redirect(runs.address(request, "run", run=run.code))


def _kind(kind: str) -> Study.Kind:
    if kind not in Study.Kind.values:
        raise Http404
    return Study.Kind(kind)


def _address(request: Any, name: str, **kwargs: str) -> str:
    return reverse(f"studies:{name}", kwargs={"organisation": request.organisation.slug, **kwargs})


def _mutual(answer: dict[str, Any], standing: Standing) -> list[tuple[str, str]]:
    """The names of those who mentor each other in a plan: nothing keeps them apart there, so whoever takes it is told."""
    both = bridge.mutual(answer)
    cards = standing.cards(code for pair in both for code in pair)
    return [(cards[one].name, cards[other].name) for one, other in both if one in cards and other in cards]


def _repairs(rows: list[dict[str, Any]], standing: Standing) -> list[dict[str, Any]]:
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
            "mutual": _mutual(row["answer"], standing),
        }
        for row in rows
    ]


def _is_on_board(rows: list[dict[str, Any]], standing: Standing) -> bool:
    """Whether the one repair there is, is the board as it stands: nothing to repair."""
    pairs = [{(pair["mentor"], pair["mentee"]) for pair in row["answer"]["plan"]["pairs"]} for row in rows]
    return pairs == [standing.state.pairs]


def _figures(evenness: dict[str, Any]) -> dict[str, Any]:
    below = evenness["below_their_best"] or 0
    figures = [
        (_("weakest pair"), _percent(evenness["worst"]), ""),
        (_("one in ten has this or less"), _percent(evenness["tenth"]), ""),
        (_("the middle pair"), _percent(evenness["median"]), ""),
        (_("strongest pair"), _percent(evenness["best"]), ""),
        (_("below the best possible for oneself"), _percent(below), _("on average")),
    ]
    return {"figures": figures, "load": [(str(mentees), mentors) for mentees, mentors in evenness["load"]]}


def _percented(grouping: dict[str, Any]) -> dict[str, Any]:
    """A grouping as it is shown, also of a sheet that was kept when more was; a column without any figure is left out."""
    groups = rules.shown([rules.Group(**group) for group in grouping["groups"]])
    rows = [
        {
            "label": group.label,
            "people": group.people,
            "served": group.served,
            "without": None if group.served is None else group.people - group.served,
            "average": _percent(group.average),
            "waited": group.waited,
            "rounds": None if group.waited is None else "–" if group.rounds is None else f"{group.rounds:.1f}",
        }
        for group in groups
    ]
    has = {key: any(row[key] is not None for row in rows) for key in ("served", "waited")}
    kept_back = any(group.served is None or (has["waited"] and group.waited is None) for group in groups)
    return {"label": grouping["label"], "groups": rows, "has": has, "kept_back": kept_back}


def _plan(row: dict[str, Any], standing: Standing) -> dict[str, Any]:
    """A plan beside the board: its figures, and how many mentees would have another mentor."""
    answer = row["answer"]
    pairs = {(pair["mentor"], pair["mentee"]) for pair in answer["plan"]["pairs"]}
    shown = {key: row[key] for key in ("key", "label", "words", "cost", "busiest")}
    return shown | {
        "served": answer["served"],
        "average": _percent(answer["total"] / len(pairs)) if pairs else "–",
        "worst": _percent(answer["worst"]),
        "median": _percent(row["median"]),
        "moves": len({mentee for _, mentee in pairs ^ standing.state.pairs}),
        "on_board": pairs == standing.state.pairs,
        "mutual": _mutual(answer, standing),
    }


def _groups(request: Any, answer: dict[str, Any], standing: Standing) -> dict[str, Any]:
    """The groups of the plan, a page at a time: each mentor with two mentees or more."""
    mentees: dict[str, list[str]] = {}
    for pair in answer["answer"]["plan"]["pairs"]:
        mentees.setdefault(pair["mentor"], []).append(pair["mentee"])
    page = paging.page(request, sorted(item for item in mentees.items() if len(item[1]) > 1), per_page=GROUPS_A_PAGE)
    cards = standing.cards(code for mentor, group in page.object_list for code in (mentor, *group))
    gain = answer["together"] - answer["together_before"]
    return {
        "page": page,
        "groups": [([cards[code] for code in (mentor, *group) if code in cards]) for mentor, group in page.object_list],
        "gain": round(gain / 100),
        "cost": round(answer["cost"] / 100),
        "mutual": _mutual(answer["answer"], standing),
        "changes": any(
            (pair["mentor"], pair["mentee"]) not in standing.state.pairs for pair in answer["answer"]["plan"]["pairs"]
        ),
    }


def _percent(points: float | None) -> str:
    return "–" if points is None else f"{points / 100:.0f} %"
