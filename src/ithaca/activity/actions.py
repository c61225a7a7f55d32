"""Writing the ledger."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict

from django.db import transaction

from ithaca.activity.models import Activity
from ithaca.kernel import events
from ithaca.people.models import Person


def record(event: events.Event, *, actor: Person | None, subject: str) -> Activity:
    """Write a fact in the caller's transaction and tell its listeners once that has committed.

    `subject` is `kind:code` of what the fact is about. Raises if called outside a transaction: a fact without its change, or a
    change without its fact, must not exist.
    """
    return record_all([(event, subject)], actor=actor)[0]


def record_all(facts: Sequence[tuple[events.Event, str]], *, actor: Person | None) -> list[Activity]:
    """As `record`, for many facts (event, subject) of one actor at once: the same few statements for any number."""
    if not transaction.get_connection().in_atomic_block:
        raise transaction.TransactionManagementError("activity.record belongs into the transaction of the change")
    rows: list[Activity] = Activity.objects.bulk_create([_row(event, actor, subject) for event, subject in facts])
    for event, _ in facts:
        for listener in events.listeners_of(event):
            transaction.on_commit(lambda listener=listener, event=event: listener(event))  # type: ignore[misc]
    return rows


def _row(event: events.Event, actor: Person | None, subject: str) -> Activity:
    data = asdict(event)
    return Activity(
        actor=actor,
        key=event.key,
        subject=subject,
        sentence=event.sentence.format(actor=actor.name if actor else "Ithaca", **data),
        audience=event.audience,
        confidential=event.confidential,
        data=data,
    )
