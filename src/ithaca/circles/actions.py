"""Every write of circles: draw a round, discard one, introduce its groups."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django_tasks import task

from ithaca.activity import actions as activity
from ithaca.circles import bridge, emails, events, queries
from ithaca.circles.models import Circle, Introduction, Member, Round, Seating
from ithaca.circles.queries import Introduced
from ithaca.circles.rules import IntroductionRefused, Refused
from ithaca.jobs import progress
from ithaca.kernel import tenancy
from ithaca.notifications import actions as notifications
from ithaca.notifications import rendering
from ithaca.notifications.rendering import Prepared
from ithaca.people import queries as people
from ithaca.people.models import Person
from ithaca.programmes.models import Cohort, Enrolment

MOST = 3_000
"""People in one round of circles: how everyone fits everyone is a table, and to look for good groups in it takes long."""
DRAWN_AT_ONCE = 50
"""People up to which a round is not drawn in the background: a hard one of a hundred, with what would seat more, takes seconds."""
AT_ONCE = 100
"""People up to whom letters are not sent in the background."""


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
        if people > DRAWN_AT_ONCE:
            progress.start(progress_key(made), total=100, words="Waiting for a free worker")
            draw_round.enqueue(tenancy.current(), made.code)
    if people <= DRAWN_AT_ONCE:
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
    """A round does not count: who met in it may meet in another. Once discarded, it is gone; work on it ends.

    Raises Refused where its groups were introduced: letters cannot be taken back.
    """
    cohort, number = found.cohort, found.number
    progress.cancel(progress_key(found))
    list(Round.objects.select_for_update(of=("self",)).filter(pk=found.pk))
    if Introduction.objects.filter(round=found).exists():
        raise Refused("These groups were introduced to each other. A letter cannot be taken back, so the round stays.")
    if Round.objects.filter(pk=found.pk).delete()[0]:
        event = events.RoundDiscarded(cohort=cohort.name, number=number)
        activity.record(event, actor=by, subject=f"cohort:{cohort.code}")


def introduce_or_ask(found: Round, *, by: Person | None) -> Introduction | None:
    """Introduce the groups of a round at once, or (None) in the background where they are many people. Raises Refused."""
    if sum(len(group) for group in found.seating.groups) <= AT_ONCE:
        return introduce(found, by=by)
    if Introduction.objects.filter(round=found).exists():
        raise Refused("These groups were introduced already.")
    if problems := queries.problems_of(found):
        raise IntroductionRefused(problems)
    with transaction.atomic():
        progress.start(letters_key(found), total=100, words="Waiting for a free worker")
        introduce_round.enqueue(tenancy.current(), found.code, by.pk if by else None)
    return None


@task
def introduce_round(organisation_id: int, code: str, by: int | None) -> None:
    """The background job of an introduction. Started again after a crash it finds the introduction, or begins anew."""
    with tenancy.scope(organisation_id):
        rows = Round.objects.select_related("cohort__programme", "cohort__organisation", "seating", "introduction")
        found = rows.filter(code=code).first()
        if found is None or hasattr(found, "introduction"):
            return
        with progress.report(letters_key(found), total=100, words="Writing the letters"):
            try:
                introduce(found, by=Person.objects.filter(pk=by).first())
            except Refused as error:
                raise progress.Failed(str(error)) from error


def introduce(found: Round, *, by: Person | None) -> Introduction:
    """Make the circles of a round and post a letter to every member: all or none.

    The letters are rendered before the transaction, so that others may write meanwhile; those that speak of somebody who
    changed since are rendered anew in it. Raises IntroductionRefused with a sentence for everything in the way.
    """
    ready = [_prepared(circle) for circle in queries.to_be_introduced(found)]
    return _introduced(found, ready, by)


def progress_key(found: Round) -> str:
    """Under which the progress of a round is told (`jobs.progress.of`)."""
    return f"circles:{found.code}"


def letters_key(found: Round) -> str:
    """Under which the progress of introducing a round is told."""
    return f"circles:letters:{found.code}"


@transaction.atomic
def _introduced(found: Round, ready: list[tuple[Introduced, list[Prepared]]], by: Person | None) -> Introduction:
    held = Round.objects.select_for_update(of=("self",)).filter(pk=found.pk).first()
    if held is None:
        raise Refused("This round was discarded meanwhile. Nothing was sent.")
    if Introduction.objects.filter(round=held).exists():
        raise Refused("These groups were introduced already.")
    if not ready:
        raise IntroductionRefused(["The round has no groups, so there is nobody to introduce."])
    _hold_everybody(found)
    if problems := queries.problems_of(found):
        raise IntroductionRefused(problems)
    introduction: Introduction = Introduction.objects.create(round=held, by=by)
    ready = _renewed(found, ready)
    for circle, _ in ready:
        circle.circle.introduction = introduction
    Circle.objects.bulk_create([circle.circle for circle, _ in ready])
    members = [
        Member(circle=circle.circle, person=person, begins=person is circle.begins)
        for circle, _ in ready
        for person in circle.people
    ]
    Member.objects.bulk_create(members)
    notifications.post_all([letter for _, letters in ready for letter in letters])
    event = events.GroupsIntroduced(
        cohort=found.cohort.name, number=found.number, groups=len(ready), people=len(members)
    )
    activity.record(event, actor=by, subject=f"cohort:{found.cohort.code}")
    return introduction


def _hold_everybody(found: Round) -> None:
    """Lock the enrolments of everybody in the round, so that nobody leaves between the look and the letters."""
    codes = {code for group in found.seating.groups for code in group}
    rows = Enrolment.objects.filter(cohort=found.cohort, person__code__in=codes).order_by("pk")
    list(rows.select_for_update(of=("self",)).values_list("pk", flat=True))


def _prepared(circle: Introduced) -> tuple[Introduced, list[Prepared]]:
    cause = f"circle:{circle.circle.code}"
    return circle, [rendering.prepared(letter, cause=cause) for letter in emails.introductions(circle)]


def _renewed(found: Round, ready: list[tuple[Introduced, list[Prepared]]]) -> list[tuple[Introduced, list[Prepared]]]:
    """The same, where somebody changed in the meantime with new letters."""
    renewed = []
    for (circle, letters), now in zip(ready, queries.to_be_introduced(found), strict=True):
        same = [*map(people.version_of, circle.people)] == [*map(people.version_of, now.people)]
        renewed.append((circle, letters) if same else _prepared(now))
    return renewed


def _draw(asked: Round, tell: bridge.Tell) -> None:
    if Seating.objects.filter(round=asked).exists():
        return
    rows = queries.rows_of(asked.cohort, asked.who)
    if asked.kind == Round.Kind.ROULETTE:
        earlier = Round.objects.filter(cohort=asked.cohort, number__lt=asked.number)
        met = queries.met_in(asked.cohort, earlier)
        drawn = bridge.roulette(rows.values(), met, f"{asked.cohort.code} {asked.number}")
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
        why=drawn.why,
        more=drawn.more,
        total=drawn.total,
        bound=drawn.bound,
    )
    people = sum(len(group) for group in drawn.groups)
    event = events.RoundDrawn(cohort=asked.cohort.name, number=asked.number, groups=len(drawn.groups), people=people)
    activity.record(event, actor=asked.started_by, subject=f"cohort:{asked.cohort.code}")
