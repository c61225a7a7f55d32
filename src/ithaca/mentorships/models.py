"""Tables of mentorships."""

from __future__ import annotations

import datetime
from typing import Any

from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from ithaca.kernel import codes, tenancy
from ithaca.mentorships import rules
from ithaca.people.models import Person
from ithaca.programmes.models import Cohort


class MentorshipQuerySet(models.QuerySet["Mentorship"]):
    """Reads of mentorships."""

    def open(self) -> MentorshipQuerySet:
        return self.filter(closure__isnull=True)

    def started_by(self, day: datetime.date) -> MentorshipQuerySet:
        """Introduced on that day or earlier."""
        return self.filter(started_at__date__lte=day)

    def without_contact(self) -> MentorshipQuerySet:
        """Neither of the two has said yet that they are in touch or have a date."""
        return self.filter(first_contact__isnull=True, first_meeting__isnull=True)

    def in_touch(self) -> MentorshipQuerySet:
        """One of the two has said that they are in touch or have a date."""
        return self.filter(Q(first_contact__isnull=False) | Q(first_meeting__isnull=False))

    def met(self, today: datetime.date) -> MentorshipQuerySet:
        """The day of the first meeting has come."""
        return self.filter(first_meeting__on__lte=today)

    def named(self, text: str) -> MentorshipQuerySet:
        """Where one of the two has `text` in the name."""
        return self.filter(Q(mentor__name__icontains=text) | Q(mentee__name__icontains=text))

    def of(self, person: Person) -> MentorshipQuerySet:
        """The mentorships in which `person` is mentor or mentee."""
        return self.filter(Q(mentor=person) | Q(mentee=person))

    def coordinated_by(self, person: Person) -> MentorshipQuerySet:
        """Mentorships whose outline (never the content) `person` may see as a coordinator."""
        return self.filter(cohort__in=Cohort.objects.coordinated_by(person))

    def visible_to(self, person: Person) -> MentorshipQuerySet:
        """Own mentorships only: what a pair writes belongs to the pair."""
        return self.of(person)


class Mentorship(tenancy.Tenant):
    """A mentor and a mentee in life (in a plan they are a pair). Open until a `Closure` exists."""

    code = codes.CodeField()
    cohort = models.ForeignKey(Cohort, models.PROTECT, related_name="mentorships")
    mentor = models.ForeignKey(Person, models.PROTECT, related_name="mentorships_as_mentor")
    mentee = models.ForeignKey(Person, models.PROTECT, related_name="mentorships_as_mentee")
    started_at = models.DateTimeField(default=timezone.now, editable=False)
    common_ground = models.JSONField(
        default=list, help_text="Sentences about what the two share, as they were introduced."
    )
    opener = models.TextField(blank=True, help_text="A suggestion for the mentee's first message.")

    objects: Any = tenancy.manager(MentorshipQuerySet)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["cohort", "mentor", "mentee"], name="mentorship_once_per_cohort"),
            models.CheckConstraint(condition=~Q(mentor=F("mentee")), name="nobody_mentors_themselves"),
        ]

    def __str__(self) -> str:
        return f"{self.mentor_id} and {self.mentee_id}"

    def partner_of(self, person: Person) -> Person:
        """The other one of the two."""
        return self.mentee if person.pk == self.mentor_id else self.mentor


class FirstContact(tenancy.Tenant):
    """One of the two said that they are in touch; what was written stays between them."""

    mentorship = models.OneToOneField(Mentorship, models.CASCADE, related_name="first_contact")
    at = models.DateTimeField(default=timezone.now, editable=False)
    by = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")

    def __str__(self) -> str:
        return f"first contact of {self.mentorship_id}"


class FirstMeeting(tenancy.Tenant):
    """The day of the first meeting, agreed or held: on or before today it has happened."""

    mentorship = models.OneToOneField(Mentorship, models.CASCADE, related_name="first_meeting")
    on = models.DateField()
    at = models.DateTimeField("told at", auto_now=True)
    by = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")

    def __str__(self) -> str:
        return f"first meeting of {self.mentorship_id} on {self.on}"


class Closure(tenancy.Tenant):
    """A mentorship ended: when, by whom, and why (the reason is the coordinator's to see, not the partner's)."""

    mentorship = models.OneToOneField(Mentorship, models.CASCADE, related_name="closure")
    at = models.DateTimeField(default=timezone.now, editable=False)
    by = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")
    kind = models.CharField(max_length=16, choices=rules.ClosureKind.choices)
    reason = models.TextField(blank=True)

    def __str__(self) -> str:
        return f"closure of {self.mentorship_id}"
