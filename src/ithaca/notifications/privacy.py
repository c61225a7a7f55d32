"""Mail of a person: they get a list of what was written to them; erasure removes it."""

from __future__ import annotations

from ithaca.kernel.privacy import Entry, Erase, register
from ithaca.notifications.models import OutboxLetter, Stop

register(
    Entry(OutboxLetter, ("person",), export=("posted_at", "to_address", "subject", "text"), erase=Erase.DELETE),
    Entry(Stop, ("person",), export=("category", "at"), erase=Erase.DELETE),
)
