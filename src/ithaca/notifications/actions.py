"""Writing the outbox: post a letter, deliver what is due, stop and start categories."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import asdict
from typing import cast

from django.db import transaction
from django_tasks import task

from ithaca.jobs import actions as jobs
from ithaca.jobs import schedules
from ithaca.kernel import tenancy
from ithaca.notifications import categories, queries, rendering, sending
from ithaca.notifications.categories import Category
from ithaca.notifications.letters import Letter
from ithaca.notifications.models import Delivery, OutboxLetter, Outcome, Stop, Waiting
from ithaca.people.models import Person

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
    person = letter.to if isinstance(letter.to, Person) else None
    row: OutboxLetter = OutboxLetter.everywhere.create(
        organisation_id=person.organisation_id if person else _organisation_in_scope(),
        person=person,
        cause=cause,
        key=key,
        confidential=letter.confidential,
        **asdict(rendering.preview(letter)),
    )
    if person and letter.category.can_stop and queries.has_stopped(person, letter.category.key):
        Delivery.everywhere.create(letter=row, organisation_id=row.organisation_id, outcome=Outcome.WITHHELD)
        return row
    Waiting.everywhere.create(letter=row, organisation_id=row.organisation_id, rank=0 if letter.category.urgent else 1)
    jobs.enqueue_after_commit(deliver, unique="outbox")
    return row


@schedules.every("* * * * *")
@task
def deliver() -> int:
    """Send what is due. Returns how many letters were tried.

    Runs when a letter was posted, and every minute for what was left: the outbox itself is the queue.
    """
    tried = sending.drain(limit=BATCH)
    if tried == BATCH:
        jobs.enqueue(deliver, unique="outbox")
    return tried


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
    """Exactly the categories with these keys, and those that cannot be stopped."""
    for category in categories.ALL:
        (start if category.key in wanted else stop)(person=person, category=category)


def _organisation_in_scope() -> int | None:
    try:
        return tenancy.current()
    except tenancy.NoOrganisationInScope:
        return None
