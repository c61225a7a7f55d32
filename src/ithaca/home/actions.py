"""What the house does of itself."""

from __future__ import annotations

from django.db import transaction

from ithaca.home import emails
from ithaca.notifications import actions as notifications
from ithaca.people.models import Person


@transaction.atomic
def send_invitation(person: Person, *, by: str) -> None:
    """Put the invitation into the outbox."""
    notifications.post(emails.invitation(person, by=by), cause=f"invitation:{person.code}")
