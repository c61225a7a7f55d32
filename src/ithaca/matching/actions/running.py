"""Asking the engine: start, solve again around locks, solve in the background, stop."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable

from django.db import connection, transaction
from django_tasks import task

from ithaca.activity import actions as activity
from ithaca.jobs import progress
from ithaca.kernel import tenancy
from ithaca.matching import events, queries
from ithaca.matching.actions import criteria
from ithaca.matching.bridge import picture, problems, solving
from ithaca.matching.models import (
    Board,
    MatchingRules,
    Publication,
    PublishRequest,
    Result,
    Run,
    RunInput,
    Stop,
    packed,
)
from ithaca.matching.rules import board as board_rules
from ithaca.matching.rules.board import Pair, Refused
from ithaca.people.models import Person
from ithaca.programmes.models import Cohort

LOOK_EVERY = 0.5
"""Seconds between two looks at whether somebody stopped the run."""
AT_ONCE = 1_000_000
"""Mentors times mentees up to which solving again does not go to the background."""


@transaction.atomic
def start(cohort: Cohort, *, by: Person | None) -> Run:
    """Begin a new matching of the cohort with its current rules; the engine works in the background."""
    run = _first_run(cohort, by)
    solve_run.enqueue(tenancy.current(), run.code)
    return run


def match_now(cohort: Cohort, *, by: Person | None) -> Run:
    """As `start`, but the engine works at once and the run comes back with its result (or its stop)."""
    with transaction.atomic():
        run = _first_run(cohort, by)
    return _solved(run)


def solve_again(board: Board, *, by: Person | None) -> Run:
    """Ask for the best plan around the board's locks and exclusions, with today's people; the board stays as it is.

    A matching of ordinary size is solved at once, since somebody waits at the board; a large one in the background.
    """
    with transaction.atomic():
        board = locked(board)
        standing = queries.Standing(board)
        if standing.run is None:
            raise Refused("The first run of this matching has no result yet.")
        run = _ask(board, standing, by)
        size = len(standing.places.mentors) * len(standing.places.mentees)
        if size > AT_ONCE:
            solve_run.enqueue(tenancy.current(), run.code)
            return run
    return _solved(run)


def locked(board: Board, *, publishing: bool = False) -> Board:
    """The board, held for this transaction. Raises Refused once it is published, or while it is (unless by who does)."""
    found: Board = Board.objects.select_for_update(of=("self",)).select_related("cohort").get(pk=board.pk)
    if Publication.objects.filter(board=found).exists():
        raise Refused("This matching is published, so its board stays as it is. Start a new matching for who is left.")
    if not publishing and PublishRequest.objects.filter(board=found, refusal=None).exists():
        raise Refused("This matching is being published at this moment, so its board stays as it is.")
    return found


def _first_run(cohort: Cohort, by: Person | None) -> Run:
    cohort = Cohort.objects.select_for_update(of=("self",)).get(pk=cohort.pk)
    number = Board.objects.filter(cohort=cohort).count() + 1
    board = Board.objects.create(cohort=cohort, number=number, started_by=by)
    return _ask(board, queries.Standing(board), by)


def _ask(board: Board, standing: queries.Standing, by: Person | None) -> Run:
    rules = queries.rules_of(board.cohort)
    if not rules.version:
        content = {"weights": rules.weights, "options": rules.options, "objective": rules.objective}
        rules = criteria.save_rules(board.cohort, **content, by=by)
    run = _further_run(board, standing, rules, by)
    RunInput.objects.create(run=run, data=packed(picture.of(board.cohort)))
    event = events.RunStarted(cohort=board.cohort.name, board=board.number, run=run.number)
    activity.record(event, actor=by, subject=f"cohort:{board.cohort.code}")
    return run


def _further_run(board: Board, standing: queries.Standing, rules: MatchingRules, by: Person | None) -> Run:
    made: Run = Run.objects.create(
        cohort=board.cohort,
        board=board,
        number=board.runs.count() + 1,
        rules=rules,
        locked=sorted(standing.state.locked),
        forbidden=sorted(standing.state.forbidden),
        after_change=standing.last_number,
        started_by=by,
    )
    return made


@task
def solve_run(organisation_id: int, code: str) -> None:
    """The background job of a run. It may be started again after a crash: what is finished or stopped stays so."""
    with tenancy.scope(organisation_id):
        run = Run.objects.select_related("input", "rules", "result", "stop").get(code=code)
        if hasattr(run, "result") or hasattr(run, "stop"):
            return
        with progress.report(progress_key(run), total=100, words="Reading the answers") as told:
            _solve(run, lambda fraction, words: told.advance(int(100 * fraction), words.capitalize()))


def progress_key(run: Run) -> str:
    """Under which the progress of a run is told (`jobs.progress.of`)."""
    return f"run:{run.code}"


def _solved(run: Run) -> Run:
    _solve(run, lambda fraction, words: None)
    found: Run = Run.objects.select_related("board", "cohort", "rules", "result", "stop").get(pk=run.pk)
    return found


def _solve(run: Run, tell: Callable[[float, str], None]) -> None:
    began = time.perf_counter()
    try:
        seen = bytes(run.input.data)
        problem = problems.problem_from(seen, run.rules, locked=run.locked, forbidden=run.forbidden)
        found = solving.answer(problem, tell, _stopped(run))
    except problems.ProblemError as error:
        stop(run, by=None, why="; ".join(error.findings))
    except solving.Stopped:
        return
    else:
        finish(run, found, time.perf_counter() - began)


def _stopped(run: Run) -> Callable[[], bool]:
    """Whether somebody stopped the run, asked at most every half second, from whichever thread the engine asks in."""
    last, mine, organisation = time.monotonic(), threading.get_ident(), tenancy.current()

    def look() -> bool:
        nonlocal last
        if time.monotonic() - last < LOOK_EVERY:
            return False
        last = time.monotonic()
        with tenancy.scope(organisation):
            found = bool(Stop.objects.filter(run=run).exists())
        if threading.get_ident() != mine:
            connection.close()  # the engine's threads come and go; theirs would stay open
        return found

    return look


@transaction.atomic
def finish(run: Run, found: solving.Answer, seconds: float) -> None:
    """Keep the engine's answer. A run that was stopped, or has its result already, stays as it is."""
    run = Run.objects.select_for_update(of=("self",)).select_related("cohort", "board", "started_by").get(pk=run.pk)
    if Stop.objects.filter(run=run).exists() or Result.objects.filter(run=run).exists():
        return
    Result.objects.create(
        run=run,
        seconds=seconds,
        engine=solving.ENGINE,
        input_hash=found.digest,
        mentors=found.mentors,
        mentees=found.mentees,
        places=found.places,
        pairs=len(found.plan["pairs"]),
        served=found.served,
        total=found.total,
        worst=found.worst,
        gap=found.gap,
        proven=found.proven,
        plan=packed(found.plan | {"kept_apart": found.kept_apart}),
    )
    # they belong to the question that the plan answers, and to the board's pairs that are kept apart
    if found.kept_apart:
        run.forbidden = sorted({*map(tuple, run.forbidden), *found.kept_apart})
        run.save(update_fields=["forbidden"])
    event = events.RunFinished(
        code=run.code,
        cohort=run.cohort.name,
        board=run.board.number,
        run=run.number,
        pairs=len(found.plan["pairs"]),
        served=found.served,
        mentees=found.mentees,
    )
    activity.record(event, actor=None, subject=f"cohort:{run.cohort.code}")


@transaction.atomic
def add_solution(board: Board, *, of: Run, step: int, found: solving.Answer, seen: bytes, by: Person | None) -> Run:
    """Put a plan that was found otherwise beside the board, as a run of its own, where it can be taken or left.

    of    the run whose solution the board shows; raises Refused if it shows another one by now
    step  `Standing.step` of the board that the plan was found for; raises Refused if the board was changed since
    seen  what the engine saw when it found the plan, packed
    """
    board = locked(board)
    standing = queries.Standing(board)
    if standing.run is None or standing.run.pk != of.pk:
        raise Refused("The board shows another solution by now. Work out the other plans for that one.")
    if standing.step != step:
        raise Refused("The board was changed after this was worked out. Work it out again to take that into account.")
    made = _further_run(board, standing, of.rules, by)
    RunInput.objects.create(run=made, data=seen)
    pairs = frozenset((pair["mentor"], pair["mentee"]) for pair in found.plan["pairs"])
    refuse_to_undo(standing, made, pairs)
    finish(made, found, 0.0)
    return made


def refuse_to_undo(standing: queries.Standing, run: Run, pairs: frozenset[Pair]) -> None:
    """Raises Refused where `pairs`, the solution of `run`, would undo what was decided by hand on the board."""
    state = standing.state
    ended = state.locked - pairs
    seen = RunInput.objects.filter(run=run).first() if ended else None
    refusal = board_rules.refusal_of_solution(
        state, pairs, problems.could_stay(bytes(seen.data), ended) if seen else ended
    )
    if refusal:
        raise Refused(refusal)


@transaction.atomic
def stop(run: Run, *, by: Person | None, why: str = "") -> None:
    """End a run that has no result yet. One that is finished or stopped stays as it is."""
    run = Run.objects.select_for_update(of=("self",)).select_related("cohort", "board").get(pk=run.pk)
    if Result.objects.filter(run=run).exists() or Stop.objects.filter(run=run).exists():
        return
    why = why or "stopped by hand"
    progress.cancel(progress_key(run))
    Stop.objects.create(run=run, by=by, why=why)
    event = events.RunStopped(cohort=run.cohort.name, board=run.board.number, run=run.number, why=why)
    activity.record(event, actor=by, subject=f"cohort:{run.cohort.code}")
