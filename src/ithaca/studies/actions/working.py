"""Further questions about a run: other complete plans, whom to recruit, repairs for the people of today."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.utils import timezone
from django_tasks import task

from ithaca.jobs import actions as jobs
from ithaca.jobs import progress
from ithaca.kernel import tenancy
from ithaca.matching import queries
from ithaca.matching.bridge import kinds, picture, problems
from ithaca.matching.models import Board, Run, RunInput, packed, unpacked
from ithaca.matching.queries import Standing
from ithaca.studies import bridge
from ithaca.studies.bridge import Tell
from ithaca.studies.models import Study

AT_ONCE = 40_000
"""Mentors times mentees up to which a study does not go to the background: it solves the matching several times."""


def ask(board: Board, *, kind: Study.Kind) -> None:
    """Have a question answered about the board as it stands, at once or (for a large matching) in the background.

    An answer for the board as it stands stays; repairs, which are for the people of today, are worked out anew.
    """
    standing = queries.Standing(board)
    run = standing.run
    if run is None:
        return
    kept = Study.objects.filter(run=run, kind=kind)
    (kept if kind == Study.Kind.REPAIRS else kept.exclude(step=standing.step)).delete()
    key = progress_key(run, kind)
    if run.result.mentors * run.result.mentees <= AT_ONCE:
        with progress.report(key, total=100):
            _answer(run, kind, lambda fraction, words: None)
        return
    progress.start(key, total=100, words="Waiting for a free worker")
    jobs.enqueue(answer, tenancy.current(), run.code, str(kind), unique=key)


def stop(run: Run, *, kind: Study.Kind) -> None:
    """Ask the job to end at its next step; nothing is kept of it."""
    progress.cancel(progress_key(run, kind))


def progress_key(run: Run, kind: Study.Kind) -> str:
    """Under which the progress of a study is told (`jobs.progress.of`)."""
    return f"study:{kind}:{run.code}"


@task
def answer(organisation_id: int, code: str, kind: str) -> None:
    """The background job of a study. Started again after a crash it begins anew; what is answered for this board stays so."""
    with tenancy.scope(organisation_id):
        run = Run.objects.select_related("rules", "result", "cohort", "board__cohort").get(code=code)
        chosen = Study.Kind(kind)
        with progress.report(progress_key(run, chosen), total=100, words="Reading the answers") as told:
            _answer(run, chosen, lambda fraction, words: told.advance(_percent(fraction), words.capitalize()))


def _answer(run: Run, kind: Study.Kind, tell: Tell) -> None:
    standing = queries.Standing(run.board)
    if standing.run is None or standing.run.pk != run.pk:  # another solution was taken while this waited
        return
    if Study.objects.filter(run=run, kind=kind, step=standing.step).exists():
        return
    tell(0.0, "reading the answers")
    try:
        data = ANSWERS[kind](standing, standing.run, tell)
    except problems.ProblemError as error:  # more locked pairs than places of today, for instance
        raise progress.Failed(str(error)) from error
    tell(1.0, "done")
    if data is not None:
        kept = {"step": standing.step, "at": timezone.now(), "data": packed(data)}
        Study.objects.update_or_create(run=run, kind=kind, defaults=kept)


def _percent(fraction: float) -> int:
    """Between the 3 of a job that has begun and the 100 of one that is done."""
    return 3 + int(97 * fraction)


def _other_plans(standing: Standing, run: Run, tell: Tell) -> Any:
    asked = problems.of_board(run, standing.state)
    return None if asked is None else bridge.other_plans(asked, tell)


def _whom_to_recruit(standing: Standing, run: Run, tell: Tell) -> Any:
    asked = problems.of_board(run, standing.state)
    if asked is None:
        return None
    kept = queries.kept_for_matching([*asked.problem.mentors.ids, *asked.problem.mentees.ids])
    return bridge.whom_to_recruit(asked, kept, tell)


def _mentees_together(standing: Standing, run: Run, tell: Tell) -> Any:
    asked = problems.of_board(run, standing.state)
    return None if asked is None else bridge.mentees_together(asked, tell)


def _repairs(standing: Standing, run: Run, tell: Tell) -> Any:
    if kinds.missing(run.rules.options):
        return None
    today, state = picture.of(standing.board.cohort), standing.state
    problem = problems.problem_of(today, run.rules, locked=state.locked, forbidden=state.forbidden)
    plans = bridge.repaired(problem, state.pairs, tell)
    return {
        "picture": today,
        "before": len(state.pairs),
        "fewest": bridge.fewest_touched(problem, state.pairs),
        "plans": plans,
        "same_people": _has_same_people(run, today),
    }


def _has_same_people(run: Run, today: dict[str, Any]) -> bool:
    """Whether nobody left or came since the run; no where what it saw is not kept any more."""
    row = RunInput.objects.filter(run=run).first()
    then = unpacked(row.data) if row else None
    return then is not None and all(
        {row["id"] for row in then[side]} == {row["id"] for row in today[side]} for side in ("mentors", "mentees")
    )


ANSWERS: dict[str, Callable[[Standing, Run, Tell], Any]] = {
    Study.Kind.ALTERNATIVES: _other_plans,
    Study.Kind.RECRUITS: _whom_to_recruit,
    Study.Kind.REPAIRS: _repairs,
    Study.Kind.GROUPS: _mentees_together,
}
