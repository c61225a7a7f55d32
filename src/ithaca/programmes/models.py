"""Tables of the frame: programme › cohort › enrolment."""

from __future__ import annotations

import datetime
from typing import Any

from django.db import models
from django.db.models import Q
from django.utils import timezone

from ithaca.kernel import codes, tenancy
from ithaca.people.models import Person
from ithaca.people.rules import COORDINATING, Role
from ithaca.programmes import rules


class ProgrammeQuerySet(models.QuerySet["Programme"]):
    """Who may see and run which programme."""

    def coordinated_by(self, person: Person) -> ProgrammeQuerySet:
        """Programmes whose desk is open to `person`: all for an organisation's staff, else those of their own roles."""
        if person.role_grants.filter(role__in=COORDINATING).exists():
            return self
        return self.filter(
            pk__in=ProgrammeRole.objects.filter(person=person, role__in=COORDINATING).values("programme")
        )

    def sponsored_by(self, person: Person) -> ProgrammeQuerySet:
        """Programmes of whose results `person` may see totals: all for a sponsor of the organisation, else those sponsored."""
        if person.role_grants.filter(role=Role.SPONSOR).exists():
            return self
        return self.filter(pk__in=ProgrammeRole.objects.filter(person=person, role=Role.SPONSOR).values("programme"))

    def visible_to(self, person: Person) -> ProgrammeQuerySet:
        """Programmes that `person` coordinates, screens, sponsors or takes part in."""
        if person.role_grants.exists():
            return self
        return self.filter(
            Q(pk__in=ProgrammeRole.objects.filter(person=person).values("programme"))
            | Q(pk__in=Enrolment.objects.filter(person=person).values("cohort__programme"))
        )


class Programme(tenancy.Tenant):
    """A mentoring programme and what it promises (mission, row S1)."""

    code = codes.CodeField()
    name = models.CharField(max_length=120)
    purpose = models.TextField(blank=True)
    objectives = models.JSONField(default=list, blank=True, help_text="Measurable, one per line.")
    audience = models.TextField("who it is for", blank=True)
    format = models.TextField(blank=True)
    mentor_role = models.TextField("what a mentor does", blank=True)
    mentee_role = models.TextField("what a mentee does", blank=True)
    cadence_days = models.PositiveSmallIntegerField("days between meetings", default=30)
    session_minutes = models.PositiveSmallIntegerField("length of a meeting in minutes, at least", default=60)
    session_minutes_most = models.PositiveSmallIntegerField("length of a meeting in minutes, at most", default=120)
    confidentiality = models.TextField("confidentiality policy", blank=True)
    not_private = models.TextField("topics that are not private", blank=True)
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    objects: Any = tenancy.manager(ProgrammeQuerySet)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["organisation", "name"], name="programme_name_once")]

    def __str__(self) -> str:
        return self.name

    def rhythm(self) -> str:
        """How often and how long people meet, in words."""
        return rules.rhythm(self.cadence_days, self.session_minutes, self.session_minutes_most)

    def missing(self) -> list[rules.Requirement]:
        """What the programme must still say before it can open for applications."""
        return rules.missing(vars(self))


class ProgrammeRole(tenancy.Tenant):
    """A role in one programme only."""

    programme = models.ForeignKey(Programme, models.CASCADE, related_name="roles")
    person = models.ForeignKey(Person, models.CASCADE, related_name="programme_roles")
    role = models.CharField(max_length=12, choices=Role.choices)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["programme", "person", "role"], name="programme_role_once")]

    def __str__(self) -> str:
        return f"{self.role} ({self.person_id})"


class CohortQuerySet(models.QuerySet["Cohort"]):
    """Who may see and run which cohort."""

    def coordinated_by(self, person: Person) -> CohortQuerySet:
        """Cohorts of the programmes whose desk is open to `person`."""
        return self.filter(programme__in=Programme.objects.coordinated_by(person))

    def visible_to(self, person: Person) -> CohortQuerySet:
        """Cohorts that `person` runs or is enrolled in."""
        return self.filter(
            Q(programme__in=Programme.objects.coordinated_by(person))
            | Q(pk__in=Enrolment.objects.filter(person=person).values("cohort"))
        )


class Cohort(tenancy.Tenant):
    """One round of a programme with its dates (row S2). A phase is what the dates say today; it is not stored."""

    code = codes.CodeField()
    programme = models.ForeignKey(Programme, models.CASCADE, related_name="cohorts")
    name = models.CharField(max_length=120)
    applications_open_on = models.DateField()
    applications_close_on = models.DateField()
    matching_on = models.DateField()
    kick_off_on = models.DateField()
    mid_point_on = models.DateField()
    end_on = models.DateField()
    celebration_on = models.DateField(null=True, blank=True)
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    objects: Any = tenancy.manager(CohortQuerySet)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["programme", "name"], name="cohort_name_once")]

    def __str__(self) -> str:
        return f"{self.programme}: {self.name}"

    def dates(self) -> list[tuple[str, datetime.date]]:
        """The steps of the timeline in their order."""
        return [(label, day) for field, label in rules.STEPS if (day := getattr(self, field)) is not None]

    def phase(self, on: datetime.date) -> rules.Phase:
        """The phase of the cohort on that day."""
        return rules.phase_on(on, {field: getattr(self, field) for field, _ in rules.STEPS})


class EnrolmentQuerySet(models.QuerySet["Enrolment"]):
    """Reads of who takes part."""

    def active(self) -> EnrolmentQuerySet:
        """Who has not left."""
        return self.filter(withdrawal__isnull=True)

    def available(self, on: datetime.date) -> EnrolmentQuerySet:
        """Who can be matched on that day: has not left and does not pause."""
        return self.active().exclude(pause__in=Pause.objects.filter(Q(until__isnull=True) | Q(until__gte=on)))

    def coordinated_by(self, person: Person) -> EnrolmentQuerySet:
        """Enrolments in the cohorts whose desk is open to `person`."""
        return self.filter(cohort__in=Cohort.objects.coordinated_by(person))

    def named(self, text: str) -> EnrolmentQuerySet:
        """Whose name or address contains `text`."""
        return self.filter(Q(person__name__icontains=text) | Q(person__email__icontains=text))

    def mentors(self) -> EnrolmentQuerySet:
        return self.filter(role=rules.Side.MENTOR)

    def mentees(self) -> EnrolmentQuerySet:
        return self.filter(role=rules.Side.MENTEE)


class Enrolment(tenancy.Tenant):
    """A person takes part in a cohort as mentor or mentee (both is two enrolments)."""

    code = codes.CodeField()
    cohort = models.ForeignKey(Cohort, models.CASCADE, related_name="enrolments")
    person = models.ForeignKey(Person, models.CASCADE, related_name="enrolments")
    role = models.CharField(max_length=8, choices=rules.Side.choices)
    capacity = models.PositiveSmallIntegerField(default=1, help_text="How many partners at the same time.")
    waited_rounds = models.PositiveSmallIntegerField(
        default=0, help_text="Rounds in a row that left this person without."
    )
    source = models.CharField(max_length=60, blank=True)
    enrolled_at = models.DateTimeField(default=timezone.now, editable=False)

    objects: Any = tenancy.manager(EnrolmentQuerySet)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["cohort", "person", "role"], name="enrolment_once")]

    def __str__(self) -> str:
        return f"{self.person_id} as {self.role}"


class Withdrawal(tenancy.Tenant):
    """Somebody left the cohort: the enrolment is over because this row exists."""

    enrolment = models.OneToOneField(Enrolment, models.CASCADE, related_name="withdrawal")
    at = models.DateTimeField(default=timezone.now, editable=False)
    by = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")
    reason = models.TextField(blank=True)

    def __str__(self) -> str:
        return f"withdrawal of {self.enrolment_id}"


class Pause(tenancy.Tenant):
    """Somebody takes no new partners for a while: it is on because this row exists and `until` has not passed."""

    enrolment = models.OneToOneField(Enrolment, models.CASCADE, related_name="pause")
    at = models.DateTimeField(default=timezone.now, editable=False)
    until = models.DateField(null=True, blank=True, help_text="Last day of the pause; blank: until they say otherwise.")
    by = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")

    def __str__(self) -> str:
        return f"pause of {self.enrolment_id}"


class Preference(tenancy.Tenant):
    """An enrolled person names another: a wish with its rank, or somebody to be kept apart from (shown to neither)."""

    enrolment = models.ForeignKey(Enrolment, models.CASCADE, related_name="preferences")
    other = models.ForeignKey(Enrolment, models.CASCADE, related_name="+")
    rank = models.PositiveSmallIntegerField(null=True, blank=True, help_text="1 is the first wish; null: keep apart.")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["enrolment", "other"], name="preference_once")]
        ordering = ["rank", "pk"]

    def __str__(self) -> str:
        return f"{self.enrolment_id} → {self.other_id}"
