"""The fairness sheet is worked out when a run ends and when a board is published, and kept as a record."""

from __future__ import annotations

from dataclasses import asdict

from django.db import transaction
from django_tasks import task

from ithaca.kernel import tenancy
from ithaca.matching.bridge import problems
from ithaca.matching.models import Board, Run, unpacked
from ithaca.matching.queries import Standing, plan_of
from ithaca.people.models import Person
from ithaca.studies import bridge, queries
from ithaca.studies.actions import working
from ithaca.studies.models import FairnessSheet, Study

AT_ONCE = 1_000_000
"""Mentors times mentees up to which a sheet is worked out while somebody waits: it looks at every pair once."""


def keep_sheet(board: Board) -> None:
    """Keep the sheet of the board as it stands, at once or (for a large matching) in the background."""
    standing = Standing(board)
    if standing.run is None:
        return
    if standing.run.result.mentors * standing.run.result.mentees <= AT_ONCE:
        _of_board(standing)
    else:
        sheet_of_board.enqueue(tenancy.current(), board.code)


@task
def sheet_of_run(organisation_id: int, code: str) -> None:
    """The background job after a run: its sheet, before anything is changed by hand."""
    with tenancy.scope(organisation_id):
        run = Run.objects.select_related("rules", "result", "cohort").get(code=code)
        plan = plan_of(run)
        pairs = {(pair["mentor"], pair["mentee"]): pair["points"] for pair in plan["pairs"]}
        _keep(run, 0, pairs, [code for code, places in plan["places"]["mentees"].items() if places])


@task
def sheet_of_board(organisation_id: int, code: str) -> None:
    """The background job for a board as it stands."""
    with tenancy.scope(organisation_id):
        _of_board(Standing(Board.objects.select_related("cohort").get(code=code)))


@task
def sheets_of_publication(organisation_id: int, code: str) -> None:
    """The background job after a publication: the sheet of what was published, and the brief for recruiting."""
    with tenancy.scope(organisation_id):
        standing = Standing(Board.objects.select_related("cohort").get(code=code))
        _of_board(standing)
        if standing.run is not None:
            working.answer.enqueue(organisation_id, standing.run.code, str(Study.Kind.RECRUITS))


@transaction.atomic
def forget_person(person: Person) -> int:
    """Let go of repairs that were worked out with `person` in the picture; they can be asked for again. How many went."""
    gone = 0
    for study in Study.objects.select_for_update().filter(kind=Study.Kind.REPAIRS).iterator(chunk_size=20):
        seen = unpacked(study.data)["picture"]
        if any(row["id"] == person.code for side in ("mentors", "mentees") for row in seen[side]):
            study.delete()
            gone += 1
    return gone


def _of_board(standing: Standing) -> None:
    if standing.run is not None:
        wanted = [code for code, places in standing.places.mentees.items() if places]
        _keep(standing.run, standing.step, standing.scores, wanted)


def _keep(run: Run, step: int, scores: dict[tuple[str, str], int], wanted: list[str]) -> None:
    if FairnessSheet.objects.filter(run=run, step=step).exists():
        return
    asked = problems.of_run(run)
    if asked is None:
        return
    waited = bridge.rounds_waited(asked)
    data = {
        "evenness": asdict(bridge.evenness(asked, scores)),
        "groupings": [asdict(grouping) for grouping in queries.groupings_of(scores, wanted, waited)],
        "served": len({mentee for _, mentee in scores}),
        "mentees": len(wanted),
    }
    hashed = {"input_hash": run.result.input_hash, "engine": run.result.engine}
    FairnessSheet.objects.get_or_create(run=run, step=step, defaults={"data": data} | hashed)
