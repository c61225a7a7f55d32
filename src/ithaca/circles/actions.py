"""Every write of circles: draw a round, discard one."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django_tasks import task

from ithaca.activity import actions as activity
from ithaca.circles import bridge, events, queries
from ithaca.circles.models import Round, Seating
from ithaca.circles.rules import Refused
from ithaca.jobs import progress
from ithaca.kernel import tenancy
from ithaca.people.models import Person
from ithaca.programmes.models import Cohort

MOST = 3_000
"""People in one round of circles: how everyone fits everyone is a table, and to look for good groups in it takes long."""
AT_ONCE = 100
"""People up to which a round does not go to the background."""


def draw(cohort: Cohort, *, kind: Round.Kind, who: Round.Who, options: Mapping[str, Any], by: Person | None) -> Round:
    """Put people into groups, at once or (for many) in the background. Raises Refused in words."""
    people = len(queries.rows_of(cohort, who))
    if people < 2:
        raise Refused("There are not two people for this round. Choose more people, or bring them in first.")
    if people > MOST and kind == Round.Kind.CIRCLES:
        raise Refused(
            f"These are {people:,} people, and a round of circles takes up to {MOST:,}. Choose mentees or mentors alone, "
            "or draw a roulette, which takes any number."
        )
    with transaction.atomic():
        cohort = Cohort.objects.select_for_update(of=("self",)).get(pk=cohort.pk)
        last = Round.objects.filter(cohort=cohort).order_by("-number").first()
        made: Round = Round.objects.create(
            cohort=cohort,
            number=last.number + 1 if last else 1,
            kind=kind,
            who=who,
            options=dict(options),
            started_by=by,
        )
        if people > AT_ONCE:
            progress.start(progress_key(made), total=100, words="Waiting for a free worker")
            draw_round.enqueue(tenancy.current(), made.code)
    if people <= AT_ONCE:
        _draw(made, lambda fraction, words: None)
    return made


@task
def draw_round(organisation_id: int, code: str) -> None:
    """The background job of a round. Started again after a crash it draws the same; what is drawn stays so."""
    with tenancy.scope(organisation_id):
        found = Round.objects.select_related("cohort", "started_by").filter(code=code).first()
        if found is not None:
            with progress.report(progress_key(found), total=100, words="Reading the answers") as told:
                _draw(found, lambda fraction, words: told.advance(int(100 * fraction), words.capitalize()))


@transaction.atomic
def discard(found: Round, *, by: Person | None) -> None:
    """A round does not count: who met in it may meet in another. Once discarded, it is gone; work on it ends."""
    cohort, number = found.cohort, found.number
    progress.cancel(progress_key(found))
    if Round.objects.filter(pk=found.pk).delete()[0]:
        event = events.RoundDiscarded(cohort=cohort.name, number=number)
        activity.record(event, actor=by, subject=f"cohort:{cohort.code}")


def progress_key(found: Round) -> str:
    """Under which the progress of a round is told (`jobs.progress.of`)."""
    return f"circles:{found.code}"


def _draw(asked: Round, tell: bridge.Tell) -> None:
    if Seating.objects.filter(round=asked).exists():
        return
    rows = queries.rows_of(asked.cohort, asked.who)
    if asked.kind == Round.Kind.ROULETTE:
        earlier = Round.objects.filter(cohort=asked.cohort, number__lt=asked.number)
        drawn = bridge.roulette(rows, queries.met_in(asked.cohort, earlier), f"{asked.cohort.code} {asked.number}")
    else:
        drawn = bridge.peer_circles(rows.values(), asked.options, tell)
    _keep(asked, drawn)


@transaction.atomic
def _keep(asked: Round, drawn: bridge.Drawn) -> None:
    held = Round.objects.select_for_update(of=("self",)).filter(pk=asked.pk).first()
    if held is None or Seating.objects.filter(round=held).exists():
        return
    Seating.objects.create(
        round=held,
        groups=drawn.groups,
        points=drawn.points,
        left_over=drawn.left_over,
        total=drawn.total,
        bound=drawn.bound,
    )
    people = sum(len(group) for group in drawn.groups)
    event = events.RoundDrawn(cohort=asked.cohort.name, number=asked.number, groups=len(drawn.groups), people=people)
    activity.record(event, actor=asked.started_by, subject=f"cohort:{asked.cohort.code}")
