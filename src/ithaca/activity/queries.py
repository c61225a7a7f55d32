"""Reads of the ledger that pages ask for."""

from __future__ import annotations

from ithaca.activity.models import Activity, ActivityQuerySet
from ithaca.kernel.events import Audience
from ithaca.people.models import Person


def about(person: Person) -> ActivityQuerySet:
    """What others did with the data of a person, newest first: looks, downloads, changes, roles. Confidential facts of
    staff are not in it, and what the person did is not either."""
    found: ActivityQuerySet = Activity.objects.about(person.subject)
    mine = found.filter(confidential=False, audience__in=[Audience.PERSON, Audience.STAFF])
    return mine.exclude(actor=person).select_related("actor").newest_first()
