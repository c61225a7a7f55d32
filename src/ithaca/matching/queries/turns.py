"""Whose turn it is when mentors are scarce: who was left out comes first, who did not follow through comes after."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, OuterRef
from django.db.models.functions import Lower
from django.utils import timezone

from ithaca.matching.models import LaterTurn, silent_before_it_began
from ithaca.mentorships.models import Mentorship
from ithaca.programmes.models import Cohort, Enrolment


@dataclass(frozen=True)
class Turns:
    """Both ends of the queue, each as a queryset: enrolments with rounds waited, and silent mentorships."""

    first: Any
    after: Any
    """Mentorships with `decided`: whether their mentee comes after others."""

    @property
    def any(self) -> bool:
        return bool(self.first.exists() or self.after.exists())


def turns_of(cohort: Cohort) -> Turns:
    """The mentees of today who come first, and the earlier mentorships that may let one come after."""
    mentees = Enrolment.objects.available(timezone.localdate()).filter(cohort=cohort).mentees()
    waiting = mentees.filter(waited_rounds__gt=0).select_related("person__profile")
    newer = Mentorship.objects.filter(mentee=OuterRef("mentee"), started_at__gt=OuterRef("started_at")).in_touch()
    silent = (
        silent_before_it_began(cohort)
        .filter(mentee__in=mentees.values("person"))
        .exclude(Exists(newer))
        .annotate(decided=Exists(LaterTurn.objects.filter(mentorship=OuterRef("pk"))))
        .select_related("mentor", "mentee", "cohort", "closure")
    )
    return Turns(
        first=waiting.order_by("-waited_rounds", Lower("person__name"), "pk"),
        after=silent.order_by(Lower("mentee__name"), "-started_at", "pk"),
    )
