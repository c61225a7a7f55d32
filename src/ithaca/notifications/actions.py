"""Writing the outbox: post a letter, deliver what is due, stop and start categories."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import asdict
from datetime import timedelta
from typing import cast

from django.db import transaction
from django.utils import timezone
from django_tasks import task

from ithaca.activity import actions as activity
from ithaca.jobs import actions as jobs
from ithaca.jobs import schedules
from ithaca.kernel import codes, tenancy
from ithaca.notifications import categories, events, queries, rendering, sending
from ithaca.notifications.categories import Category
from ithaca.notifications.letters import Letter
from ithaca.notifications.models import Delivery, KeptMail, OutboxLetter, Outcome, Stop, Waiting
from ithaca.notifications.rendering import Prepared
from ithaca.people.models import Person

BODIES_KEPT = timedelta(days=90)
"""How long a letter can be read in the outbox's tables; who, when and what became of it stays."""
SIDE_BY_SIDE, MUCH = 3, 20
"""Senders that work at a time, each in a process of its own, and for how many letters each is called."""
BATCH = 200
"""Letters that one job sends before it lets other jobs have its thread."""


@transaction.atomic
def post(letter: Letter, *, cause: str, key: str | None = None) -> OutboxLetter:
    """Put a letter into the outbox, in the caller's transaction: if that is rolled back, nothing is sent.

    `cause` says what it is posted for (`mentorship:CODE`). With a `key`, posting again gives the letter that is
    already there.
    A person who has stopped the letter's category is not written to; the outbox says so.
    """
    known = OutboxLetter.everywhere.filter(key=key).first() if key is not None else None
    if known is not None:
        return cast(OutboxLetter, known)
    return _posted([rendering.prepared(letter, cause=cause)], key)[0]


@transaction.atomic
def post_all(letters: Sequence[Prepared]) -> list[OutboxLetter]:
    """As `post`, for many letters that are rendered already: the same few statements for any number of them."""
    return _posted(letters)


def _posted(letters: Sequence[Prepared], key: str | None = None) -> list[OutboxLetter]:
    rows = [_row(one, key) for one in letters]
    OutboxLetter.everywhere.bulk_create(rows)
    stopped = queries.stopped_among(
        one.letter.to for one in letters if one.letter.category.can_stop and isinstance(one.letter.to, Person)
    )
    withheld, waiting = [], []
    for row, one in zip(rows, letters, strict=True):
        if one.letter.category.can_stop and (row.person_id, row.category) in stopped:
            withheld.append(Delivery(letter=row, organisation_id=row.organisation_id, outcome=Outcome.WITHHELD))
        else:
            rank = 0 if one.letter.category.urgent else 1
            waiting.append(Waiting(letter=row, organisation_id=row.organisation_id, rank=rank))
    Delivery.everywhere.bulk_create(withheld)
    Waiting.everywhere.bulk_create(waiting)
    if waiting:
        jobs.enqueue_after_commit(deliver, unique="outbox")
    return rows


def _row(one: Prepared, key: str | None) -> OutboxLetter:
    person = one.letter.to if isinstance(one.letter.to, Person) else None
    return OutboxLetter(
        organisation_id=person.organisation_id if person else _organisation_of(one.letter),
        person=person,
        cause=one.cause,
        key=key,
        confidential=one.letter.confidential,
        **asdict(one.rendered),
    )


@schedules.every("* * * * *")
@task
def deliver(alone: bool = False) -> int:
    """Send what is due. Returns how many letters were tried.

    Runs when a letter was posted, and every minute for what was left: the outbox itself is the queue. Where much waits, the
    first one calls others to its side (`alone` tells them not to call further ones); one sender works in each process.
    """
    waiting = 0 if alone else sending.due().count()
    for number in range(min(SIDE_BY_SIDE - 1, waiting // MUCH)):
        jobs.enqueue(deliver, True, unique=f"outbox:{number}")
    tried = sending.drain(limit=BATCH)
    if tried == BATCH:
        jobs.enqueue(deliver, unique="outbox")
    return tried


@transaction.atomic
def post_again(letter: OutboxLetter, *, by: Person) -> OutboxLetter:
    """Send a refused letter once more, to the address that its person has now. It is a letter of its own."""
    copy: OutboxLetter = OutboxLetter.everywhere.get(pk=letter.pk)
    copy.pk, copy.code, copy.key, copy.posted_at = None, codes.new(), None, timezone.now()
    copy._state.adding = True
    if copy.person is not None:
        copy.to_name, copy.to_address = copy.person.name, copy.person.email
    copy.save()
    Waiting.everywhere.create(letter=copy, organisation_id=copy.organisation_id)
    category = categories.BY_KEY[copy.category].label if copy.category in categories.BY_KEY else copy.category
    activity.record(events.LetterPostedAgain(category=category), actor=by, subject=f"letter:{copy.code}")
    jobs.enqueue_after_commit(deliver, unique="outbox")
    return copy


@schedules.every("20 3 * * *")
@task
def forget_old() -> int:
    """Empty the bodies of letters that left long ago, and the development mailbox. Returns how many were emptied."""
    before = timezone.now() - BODIES_KEPT
    KeptMail.everywhere.filter(at__lt=before).delete()
    old = OutboxLetter.everywhere.filter(posted_at__lt=before, waiting__isnull=True).exclude(text="", html="")
    return int(old.update(text="", html=""))


@transaction.atomic
def stop(*, person: Person, category: Category) -> None:
    """No more mail of this kind to `person`. Categories that cannot be stopped are left alone."""
    if category.can_stop:
        Stop.everywhere.get_or_create(
            person=person, category=category.key, defaults={"organisation_id": person.organisation_id}
        )


@transaction.atomic
def start(*, person: Person, category: Category) -> None:
    """Mail of this kind again."""
    Stop.everywhere.filter(person=person, category=category.key).delete()


@transaction.atomic
def choose(*, person: Person, wanted: Collection[str]) -> None:
    """Of the categories that the person is shown, exactly those with these keys, and those that cannot be stopped."""
    for category in [choice.category for choice in queries.categories_of(person)]:
        (start if category.key in wanted else stop)(person=person, category=category)


def _organisation_of(letter: Letter) -> int | None:
    """Whose letter to a bare address is: the organisation's in scope; a sign-in serves several and is nobody's."""
    if letter.category == categories.SIGN_IN:
        return None
    try:
        return tenancy.current()
    except tenancy.NoOrganisationInScope:
        return None
