"""The ledger's one table."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import Q
from django.utils import timezone

from ithaca.kernel import tenancy
from ithaca.kernel.events import Audience
from ithaca.people import permissions
from ithaca.people.models import Person


class ActivityQuerySet(models.QuerySet["Activity"]):
    """Reads of the ledger."""

    def about(self, subject: str) -> ActivityQuerySet:
        return self.filter(subject=subject)

    def visible_to(self, person: Person) -> ActivityQuerySet:
        """What `person` may read: what they did, what concerns them, and for the organisation's staff what happened in it.

        What happens between the two of a mentorship is theirs: it is read through the mentorship, not from here.
        """
        own = Q(actor=person) | Q(subject=person.subject, audience=Audience.PERSON)
        if permissions.is_coordinating(person):
            own |= Q(audience__in=[Audience.STAFF, Audience.PERSON], confidential=False)
        return self.filter(own)

    def newest_first(self) -> ActivityQuerySet:
        return self.order_by("-at", "-pk")


class Activity(tenancy.Tenant):
    """One fact: who did what to which subject, when. Written once, never edited."""

    at = models.DateTimeField(default=timezone.now, editable=False, db_index=True)
    actor = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+", help_text="Null: Ithaca itself.")
    key = models.CharField(max_length=60, db_index=True)
    subject = models.CharField(max_length=80, db_index=True, help_text="'mentorship:CODE' and the like.")
    sentence = models.TextField()
    audience = models.CharField(max_length=10)
    confidential = models.BooleanField(default=False)
    data = models.JSONField(default=dict)

    objects: Any = tenancy.manager(ActivityQuerySet)

    class Meta:
        verbose_name_plural = "activities"

    def __str__(self) -> str:
        return self.sentence

    @property
    def kind(self) -> str:
        """What the subject is: the part before the colon of `cohort:CODE`."""
        return self.subject.partition(":")[0]
