"""Tables of circles."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.utils import timezone

from ithaca.kernel import codes, tenancy
from ithaca.people.models import Person
from ithaca.programmes.models import Cohort


class RoundQuerySet(models.QuerySet["Round"]):
    """Rounds are for who coordinates their cohort."""

    def coordinated_by(self, person: Person) -> RoundQuerySet:
        return self.filter(cohort__in=Cohort.objects.coordinated_by(person))


class Round(tenancy.Tenant):
    """People of a cohort are put into groups once. At work until it has a `Seating`."""

    class Kind(models.TextChoices):
        CIRCLES = "circles", "Peer circles"
        ROULETTE = "roulette", "Roulette of one meeting"

    class Who(models.TextChoices):
        MENTEES = "mentees", "Mentees"
        MENTORS = "mentors", "Mentors"
        EVERYBODY = "everybody", "Mentors and mentees"

    code = codes.CodeField()
    cohort = models.ForeignKey(Cohort, models.CASCADE, related_name="circle_rounds")
    number = models.PositiveIntegerField(help_text="1 for the cohort's first round.")
    kind = models.CharField(max_length=10, choices=Kind.choices)
    who = models.CharField(max_length=10, choices=Who.choices)
    options = models.JSONField(default=dict, help_text="Sizes, levels apart, whether employers must differ.")
    started_at = models.DateTimeField(default=timezone.now, editable=False)
    started_by = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")

    objects: Any = tenancy.manager(RoundQuerySet)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["cohort", "number"], name="round_number_once")]
        ordering = ["-number"]

    def __str__(self) -> str:
        return f"round {self.number} of {self.cohort_id}"


class Seating(tenancy.Tenant):
    """Who sits with whom in a round. Written once; people by their codes."""

    round = models.OneToOneField(Round, models.CASCADE, related_name="seating")
    at = models.DateTimeField(default=timezone.now, editable=False)
    groups = models.JSONField(help_text="Lists of the members' codes.")
    points = models.JSONField(
        default=list, help_text="For each group how well its members fit, of 10,000; empty: lots."
    )
    left_over = models.JSONField(default=list)
    why = models.JSONField(default=dict, help_text="For who is left over, by code, which rules keep them from others.")
    more = models.JSONField(
        default=list, help_text="What seats more: lists of an option, its other value, and how many people sit then."
    )
    total = models.BigIntegerField()
    bound = models.BigIntegerField(help_text="No groups of that size are worth more.")

    def __str__(self) -> str:
        return f"seating of round {self.round_id}"


class Introduction(tenancy.Tenant):
    """The groups of a round were introduced to each other: because this row exists, with who did it and when."""

    round = models.OneToOneField(Round, models.CASCADE, related_name="introduction")
    at = models.DateTimeField(default=timezone.now, editable=False)
    by = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")

    def __str__(self) -> str:
        return f"introduction of round {self.round_id}"


class CircleQuerySet(models.QuerySet["Circle"]):
    """Circles are for who is in them."""

    def visible_to(self, person: Person) -> CircleQuerySet:
        return self.filter(members__person=person)


class Circle(tenancy.Tenant):
    """A group of a round whose members know of each other: from its introduction on it is theirs."""

    code = codes.CodeField()
    introduction = models.ForeignKey(Introduction, models.CASCADE, related_name="circles")
    number = models.PositiveIntegerField(help_text="Of the group in its round, from 1.")
    shared = models.JSONField(
        default=list, help_text="Sentences about what its members share, as they were introduced."
    )

    objects: Any = tenancy.manager(CircleQuerySet)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["introduction", "number"], name="circle_number_once")]
        ordering = ["number"]

    def __str__(self) -> str:
        return f"group {self.number} of {self.introduction_id}"


class Member(tenancy.Tenant):
    """A person in a circle. One of them writes first."""

    circle = models.ForeignKey(Circle, models.CASCADE, related_name="members")
    person = models.ForeignKey(Person, models.CASCADE, related_name="circle_memberships")
    begins = models.BooleanField(default=False)
    joined_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["circle", "person"], name="member_once")]
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.person_id} in circle {self.circle_id}"
