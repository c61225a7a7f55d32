"""Putting a plan of a study beside the board, as a run of its own."""

from __future__ import annotations

from typing import Any

from django.db import transaction

from ithaca.matching import actions as matching
from ithaca.matching.models import Board, Run, RunInput, packed, unpacked
from ithaca.matching.rules.board import Refused
from ithaca.people.models import Person
from ithaca.studies import bridge
from ithaca.studies.models import Study
from ithaca.studies.queries import is_of_today


@transaction.atomic
def take_alternative(board: Board, *, run: Run, key: str, by: Person | None) -> Run:
    """Put another plan of the study beside the board, as a run of its own. Raises Refused like taking any solution."""
    study = Study.objects.get(run=run, kind=Study.Kind.ALTERNATIVES)
    return _as_run(board, study, unpacked(study.data), key, RunInput.objects.get(run=run).data, by)


@transaction.atomic
def take_groups(board: Board, *, run: Run, key: str, by: Person | None) -> Run:
    """Put the plan with groups that fit each other beside the board, as a run of its own; `key` is "groups"."""
    study = Study.objects.get(run=run, kind=Study.Kind.GROUPS)
    rows = [{"key": "groups", **unpacked(study.data)}]
    return _as_run(board, study, rows, key, RunInput.objects.get(run=run).data, by)


@transaction.atomic
def take_repair(board: Board, *, run: Run, key: str, by: Person | None) -> Run:
    """Put one of the repairs beside the board, as a run of its own. Raises Refused if the board or the people changed since."""
    study = Study.objects.get(run=run, kind=Study.Kind.REPAIRS)
    data = unpacked(study.data)
    if not is_of_today(data, board.cohort):
        raise Refused("The people have changed since this was worked out. Work it out again for those of today.")
    return _as_run(board, study, data["plans"], key, packed(data["picture"]), by)


def _as_run(board: Board, study: Study, rows: list[dict[str, Any]], key: str, seen: bytes, by: Person | None) -> Run:
    chosen = next((row for row in rows if row["key"] == key), None)
    if chosen is None:
        raise Refused("There is no such plan.")
    found = bridge.answer_from(chosen["answer"])
    return matching.add_solution(board, of=study.run, step=study.step, found=found, seen=seen, by=by)
