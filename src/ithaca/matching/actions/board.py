"""Changing a board by hand: each change is a row, judged by the engine, and can be taken back."""

from __future__ import annotations

from typing import Any

from django.db import transaction

from ithaca.activity import actions as activity
from ithaca.matching import events, queries
from ithaca.matching.actions.running import locked, refuse_to_undo
from ithaca.matching.bridge import problems, solving
from ithaca.matching.models import Board, Change, Run, Undone
from ithaca.matching.rules import board as board_rules
from ithaca.matching.rules.board import Kind, Refused
from ithaca.people.models import Person


@transaction.atomic
def change(board: Board, *, wanted: board_rules.Change, by: Person | None, why: str = "") -> Change:
    """Lock, unlock, forbid, allow, assign, unmatch or swap. Raises Refused in words; a broken hard rule is noted, not refused."""
    board = locked(board)
    standing = queries.Standing(board)
    if standing.run is None:
        raise Refused("The first run of this matching has no result yet.")
    if wanted.kind == Kind.SOLVE:
        raise Refused("A solution is taken from its run.")
    refusal = board_rules.refusal(standing.state, wanted, standing.places)
    if refusal:
        raise Refused(refusal)
    asked = problems.of_run(standing.run) if wanted.made else None
    judged = [judgement.plain() for judgement in solving.judge(asked, wanted.made)] if asked else []
    return _keep(board, standing, by, kind=wanted.kind, judged=judged, why=why.strip(), **_people(wanted))


@transaction.atomic
def take(board: Board, *, run: Run, by: Person | None) -> Change:
    """Put the solution of `run` on its board.

    Raises Refused if the board was changed since the run was started, or if the solution would undo what was decided there.
    """
    board = locked(board)
    standing = queries.Standing(board)
    run = Run.objects.select_related("result").get(pk=run.pk, board=board)
    if not hasattr(run, "result"):
        raise Refused("This run has no result to take.")
    if run.after_change != standing.last_number:
        raise Refused("The board was changed after this solution was started. Solve again to take it into account.")
    refuse_to_undo(standing, run, queries.pairs_of(run))
    return _keep(board, standing, by, kind=Kind.SOLVE, run=run)


@transaction.atomic
def undo(board: Board, *, by: Person | None) -> Change:
    """Take back the last change that stands. Raises Refused if there is none."""
    board = locked(board)
    found = queries.Standing(board).undoable
    if found is None:
        raise Refused("There is nothing to take back.")
    Undone.objects.create(change=found, by=by)
    _tell(events.ChangeUndone, board, by, queries.sentence(found))
    return found


@transaction.atomic
def redo(board: Board, *, by: Person | None) -> Change:
    """Make the change again that was taken back last. Raises Refused if something else was done since."""
    board = locked(board)
    found = queries.Standing(board).redoable
    if found is None:
        raise Refused("There is nothing to make again.")
    Undone.objects.filter(change=found).delete()
    _tell(events.ChangeRedone, board, by, queries.sentence(found))
    return found


def _keep(board: Board, standing: queries.Standing, by: Person | None, **columns: Any) -> Change:
    number = max((known.number for known in standing.changes), default=0) + 1
    made: Change = Change.objects.create(board=board, number=number, by=by, **columns)
    _tell(events.BoardChanged, board, by, queries.sentence(made))
    return made


def _people(wanted: board_rules.Change) -> dict[str, Person | None]:
    fields = ("mentor", "mentee", "other_mentor", "other_mentee")
    people = {
        person.code: person for person in Person.objects.filter(code__in=[getattr(wanted, field) for field in fields])
    }
    found = {field: people.get(getattr(wanted, field)) for field in fields}
    if found["mentor"] is None or found["mentee"] is None:
        raise Refused("One of these people is not known here.")
    return found


def _tell(event: Any, board: Board, by: Person | None, what: str) -> None:
    fact = event(cohort=board.cohort.name, board=board.number, what=what)
    activity.record(fact, actor=by, subject=f"cohort:{board.cohort.code}")
