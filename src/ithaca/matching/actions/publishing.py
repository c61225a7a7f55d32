"""From a board to mentorships: all pairs and all letters in one transaction, or nothing."""

from __future__ import annotations

from django.db import transaction
from django.db.models import F
from django_tasks import task

from ithaca.activity import actions as activity
from ithaca.kernel import tenancy
from ithaca.matching import events, queries
from ithaca.matching.actions.running import locked
from ithaca.matching.bridge import common_ground
from ithaca.matching.models import Board, Publication, PublishRefusal, PublishRequest
from ithaca.matching.rules.board import Refused
from ithaca.mentorships import actions as mentorships
from ithaca.mentorships import rules as mentorship_rules
from ithaca.people.models import Person
from ithaca.programmes.models import Cohort, Enrolment

AT_ONCE = 100
"""Pairs up to which publishing does not go to the background."""
CHANGED_MEANWHILE = "The board was changed at this very moment. Look at it again, then publish."


class PublicationRefused(Refused):
    """The board cannot be published as it stands; nothing was written. `problems` has one sentence each."""

    def __init__(self, problems: list[str]) -> None:
        self.problems = problems
        super().__init__(" ".join(problems))


def publish_or_ask(board: Board, *, by: Person | None) -> Publication | PublishRequest:
    """Publish a board of ordinary size at once; a large one in the background, where it takes its time."""
    if len(queries.Standing(board).state.pairs) <= AT_ONCE:
        return publish(board, by=by)
    return ask(board, by=by)


@transaction.atomic
def ask(board: Board, *, by: Person | None) -> PublishRequest:
    """Have a board published in the background. Until that is settled the board stays as it is."""
    board = locked(board)
    request: PublishRequest = PublishRequest.objects.create(board=board, by=by)
    publish_requested.enqueue(tenancy.current(), request.pk)
    return request


@task
def publish_requested(organisation_id: int, request_id: int) -> None:
    """The background job of a request. Started again after a crash it finds a publication, or begins anew."""
    with tenancy.scope(organisation_id):
        request = PublishRequest.objects.select_related("board", "by").get(pk=request_id)
        if Publication.objects.filter(board=request.board).exists() or hasattr(request, "refusal"):
            return
        try:
            publish(request.board, by=request.by)
        except Refused as error:
            problems = error.problems if isinstance(error, PublicationRefused) else [str(error)]
            PublishRefusal.objects.create(request=request, problems=problems)


def publish(board: Board, *, by: Person | None) -> Publication:
    """Make the mentorships of every pair on the board and post both introductions of each.

    The letters are rendered before the transaction, so that others may write meanwhile. In it, the board and everybody on it are
    locked and looked at again: who has left or pauses, who has no place any more, who asked to be kept apart, and whether the
    board is still the one whose letters were written. Raises PublicationRefused with a sentence for everything in the way.
    Published twice, the second is refused.
    """
    with transaction.atomic():
        board = locked(board, publishing=True)
    standing = queries.Standing(board)
    pairs = queries.introductions_of(standing)
    _refuse_missing(pairs.missing)
    cohort = Cohort.objects.select_related("programme", "organisation").get(pk=board.cohort_id)
    ready = [
        (mentor, mentee, *common_ground.of(mentor.person, mentee.person, cohort)) for mentor, mentee in pairs.found
    ]
    return _published(board, standing, mentorships.prepare(cohort, pairs=ready), by)


@transaction.atomic
def _published(
    board: Board, standing: queries.Standing, ready: list[mentorships.Introduction], by: Person | None
) -> Publication:
    board = locked(board, publishing=True)
    now = queries.Standing(board)
    if (now.run, now.last_number) != (standing.run, standing.last_number):
        raise PublicationRefused([CHANGED_MEANWHILE])
    _refuse_missing(queries.gone_from(standing).names)
    publication: Publication = Publication.objects.create(board=board, by=by, pairs=len(ready))
    try:
        mentorships.introduce_prepared(board.cohort, introductions=ready, by=by)
    except mentorship_rules.IntroductionRefused as error:
        raise PublicationRefused(error.problems) from error
    _count_rounds(board, standing)
    event = events.BoardPublished(code=board.code, cohort=board.cohort.name, board=board.number, pairs=len(ready))
    activity.record(event, actor=by, subject=f"cohort:{board.cohort.code}")
    return publication


def _refuse_missing(names: list[str]) -> None:
    if names:
        raise PublicationRefused(queries.not_available(names))


def _count_rounds(board: Board, standing: queries.Standing) -> None:
    """Who stayed without has waited one round more and comes first next time; who has a mentor now starts anew."""
    mentees = Enrolment.objects.filter(cohort=board.cohort).mentees()
    mentees.filter(person__code__in=queries.without_a_mentor(standing)).update(waited_rounds=F("waited_rounds") + 1)
    mentees.filter(person__code__in=[mentee for _, mentee in standing.state.pairs]).update(waited_rounds=0)
