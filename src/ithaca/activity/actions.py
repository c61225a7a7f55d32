"""Writing the ledger."""

from __future__ import annotations

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
    if not transaction.get_connection().in_atomic_block:
        raise transaction.TransactionManagementError("activity.record belongs into the transaction of the change")
    data = asdict(event)
    activity: Activity = Activity.objects.create(
        actor=actor,
        key=event.key,
        subject=subject,
        sentence=event.sentence.format(actor=actor.name if actor else "Ithaca", **data),
        audience=event.audience,
        confidential=event.confidential,
        data=data,
    )
    for listener in events.listeners_of(event):
        transaction.on_commit(lambda listener=listener: listener(event))  # type: ignore[misc]
    return activity
