"""Reads of the ledger that pages ask for."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Q

from ithaca.activity.models import Activity, ActivityQuerySet
from ithaca.kernel.events import Audience
from ithaca.people.models import Person


@dataclass(frozen=True)
class Wanted:
    """What somebody looks for in the record: words, one subject, what one person did or had done."""

    words: str = ""
    subject: str = ""
    person: str = ""

    def __bool__(self) -> bool:
        return bool(self.words or self.subject or self.person)


def ledger(reader: Person, wanted: Wanted) -> ActivityQuerySet:
    """The record as `reader` may see it, newest first."""
    found: ActivityQuerySet = Activity.objects.visible_to(reader).select_related("actor").newest_first()
    if wanted.words:
        found = found.filter(sentence__icontains=wanted.words)
    if wanted.subject:
        found = found.about(wanted.subject)
    if wanted.person:
        found = found.filter(Q(actor__code=wanted.person) | Q(subject=f"person:{wanted.person}"))
    return found


def person_with(code: str) -> Person | None:
    """Whose deeds the record is narrowed to."""
    found: Person | None = Person.objects.filter(code=code).first() if code else None
    return found


def about(person: Person) -> ActivityQuerySet:
    """What others did with the data of a person, newest first: looks, downloads, changes, roles. Confidential facts of
    staff are not in it, and what the person did is not either."""
    found: ActivityQuerySet = Activity.objects.about(person.subject)
    mine = found.filter(confidential=False, audience__in=[Audience.PERSON, Audience.STAFF])
    return mine.exclude(actor=person).select_related("actor").newest_first()
