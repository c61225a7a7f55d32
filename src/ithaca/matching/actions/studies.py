"""Further questions about a run, answered once: other complete plans, whom to recruit."""

from __future__ import annotations

from django.db import transaction
from django_tasks import task

from ithaca.kernel import tenancy
from ithaca.matching import queries
from ithaca.matching.actions import running
from ithaca.matching.bridge import problems, studies
from ithaca.matching.models import Board, Run, RunInput, Study, packed, unpacked
from ithaca.matching.rules.board import Refused
from ithaca.people.models import Person

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
        data: object = studies.other_plans(asked)
    else:
        kept = queries.kept_for_matching([*asked.problem.mentors.ids, *asked.problem.mentees.ids])
        data = studies.whom_to_recruit(asked, kept)
    Study.objects.get_or_create(run=run, kind=kind, defaults={"data": packed(data)})


@transaction.atomic
def take_alternative(board: Board, *, run: Run, key: str, by: Person | None) -> Run:
    """Put another plan of the study on the board, as a run of its own. Raises Refused like taking any solution."""
    board = running.locked(board)
    rows = unpacked(Study.objects.get(run=run, kind=Study.Kind.ALTERNATIVES).data)
    chosen = next((row for row in rows if row["key"] == key), None)
    if chosen is None:
        raise Refused("There is no such plan.")
    standing = queries.Standing(board)
    if standing.run is None or standing.run.pk != run.pk:
        raise Refused("The board shows another solution by now. Work out the other plans for that one.")
    made: Run = Run.objects.create(
        cohort=board.cohort,
        board=board,
        number=board.runs.count() + 1,
        rules=run.rules,
        locked=run.locked,
        forbidden=run.forbidden,
        after_change=standing.last_number,
        started_by=by,
    )
    RunInput.objects.create(run=made, data=RunInput.objects.get(run=run).data)
    running.finish(made, studies.answer_from(chosen["answer"]), 0.0)
    return made
