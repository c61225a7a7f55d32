"""Further questions about a run: other complete plans, whom to recruit, repairs for the people of today."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django_tasks import task

from ithaca.kernel import tenancy
from ithaca.matching import actions as matching
from ithaca.matching import queries
from ithaca.matching.bridge import picture, problems
from ithaca.matching.models import Board, Run, RunInput, packed, unpacked
from ithaca.matching.rules.board import Refused
from ithaca.people.models import Person
from ithaca.studies import bridge
from ithaca.studies.models import Study

AT_ONCE = 40_000
"""Mentors times mentees up to which a study does not go to the background: it solves the matching several times."""


def study(run: Run, *, kind: Study.Kind) -> None:
    """Answer the question, at once or (for a large matching) in the background. An answer that is there stays."""
    if run.result.mentors * run.result.mentees <= AT_ONCE:
        _answer(run, kind)
    else:
        answer_study.enqueue(tenancy.current(), run.code, str(kind))


@task
def answer_study(organisation_id: int, code: str, kind: str) -> None:
    """The background job of a study."""
    with tenancy.scope(organisation_id):
        _answer(Run.objects.select_related("rules", "result", "cohort").get(code=code), Study.Kind(kind))


def _answer(run: Run, kind: Study.Kind) -> None:
    asked = problems.of_run(run)
    if asked is None or Study.objects.filter(run=run, kind=kind).exists():
        return
    if kind == Study.Kind.ALTERNATIVES:
        data: object = bridge.other_plans(asked)
    else:
        kept = queries.kept_for_matching([*asked.problem.mentors.ids, *asked.problem.mentees.ids])
        data = bridge.whom_to_recruit(asked, kept)
    Study.objects.get_or_create(run=run, kind=kind, defaults={"data": packed(data)})


def repair(board: Board) -> None:
    """Ask which plans for the people of today touch few of the board's pairs. Asked again, the answer is renewed."""
    standing = queries.Standing(board)
    if standing.run is None:
        return
    Study.objects.filter(run=standing.run, kind=Study.Kind.REPAIRS).delete()
    if len(standing.places.mentors) * len(standing.places.mentees) <= AT_ONCE:
        _repair(board)
    else:
        answer_repair.enqueue(tenancy.current(), board.code)


@task
def answer_repair(organisation_id: int, code: str) -> None:
    """The background job of a repair."""
    with tenancy.scope(organisation_id):
        _repair(Board.objects.select_related("cohort").get(code=code))


def _repair(board: Board) -> None:
    standing = queries.Standing(board)
    if standing.run is None:
        return
    today, state = picture.of(board.cohort), standing.state
    problem = problems.problem_of(today, standing.run.rules, locked=state.locked, forbidden=state.forbidden)
    data = {
        "after_change": standing.last_number,
        "picture": today,
        "before": len(state.pairs),
        "plans": bridge.repaired(problem, state.pairs),
    }
    Study.objects.update_or_create(run=standing.run, kind=Study.Kind.REPAIRS, defaults={"data": packed(data)})


@transaction.atomic
def take_alternative(board: Board, *, run: Run, key: str, by: Person | None) -> Run:
    """Put another plan of the study beside the board, as a run of its own. Raises Refused like taking any solution."""
    rows = unpacked(Study.objects.get(run=run, kind=Study.Kind.ALTERNATIVES).data)
    return _as_run(board, run, rows, key, RunInput.objects.get(run=run).data, by)


@transaction.atomic
def take_repair(board: Board, *, run: Run, key: str, by: Person | None) -> Run:
    """Put one of the repairs beside the board, as a run of its own. Raises Refused if the board was changed since."""
    data = unpacked(Study.objects.get(run=run, kind=Study.Kind.REPAIRS).data)
    if queries.Standing(board).last_number != data["after_change"]:
        raise Refused("The board was changed after this was worked out. Ask again to take that into account.")
    return _as_run(board, run, data["plans"], key, packed(data["picture"]), by)


def _as_run(board: Board, run: Run, rows: list[dict[str, Any]], key: str, seen: bytes, by: Person | None) -> Run:
    chosen = next((row for row in rows if row["key"] == key), None)
    if chosen is None:
        raise Refused("There is no such plan.")
    return matching.add_solution(board, of=run, found=bridge.answer_from(chosen["answer"]), seen=seen, by=by)
