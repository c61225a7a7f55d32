"""Reads of programmes, cohorts and enrolments: for pages and for the slices above."""

from __future__ import annotations

import datetime
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, Sum, Value
from django.db.models.functions import Coalesce, Lower

from ithaca.activity.models import Activity
from ithaca.people.models import Person
from ithaca.programmes.events import PhaseBegan
from ithaca.programmes.models import Cohort, Enrolment, Pause, Programme
from ithaca.programmes.rules import Phase, Places, Side


def programmes_run_by(person: Person) -> Any:
    """Programmes whose desk is open to `person`, by name, each with its cohorts, the newest first."""
    return Programme.objects.coordinated_by(person).order_by(Lower("name")).prefetch_related("cohorts")


def cohorts_run_by(person: Person) -> Any:
    """All cohorts whose desk is open to `person`, the newest first."""
    cohorts = Cohort.objects.coordinated_by(person).select_related("programme")
    return cohorts.order_by("-applications_open_on", "-pk")


def cohorts_of(person: Person) -> Any:
    """The active enrolments of a participant with cohort and programme, the newest cohort first."""
    own = Enrolment.objects.active().filter(person=person).select_related("cohort__programme")
    return own.order_by("-cohort__kick_off_on", "role")


def places_of(cohorts: Any, today: datetime.date) -> dict[int, Places]:
    """Places per cohort's primary key, in one query; a cohort without people is there with zeros."""
    free = Q(paused=False)
    mentor, mentee = free & Q(role=Side.MENTOR), free & Q(role=Side.MENTEE)
    rows = (
        Enrolment.objects.active()
        .filter(cohort__in=cohorts)
        .annotate(paused=_pauses(today))
        .values("cohort")
        .annotate(
            mentors=Count("pk", filter=mentor),
            places=Coalesce(Sum("capacity", filter=mentor), Value(0)),
            mentees=Count("pk", filter=mentee),
            wanted=Coalesce(Sum("capacity", filter=mentee), Value(0)),
            pausing=Count("pk", filter=~free),
        )
    )
    found = {
        row["cohort"]: Places(row["mentors"], row["places"], row["mentees"], row["wanted"], row["pausing"])
        for row in rows
    }
    return {cohort.pk: found.get(cohort.pk, Places()) for cohort in cohorts}


def recorded_phase(cohort: Cohort) -> Phase:
    """The phase that the ledger knows of; planned, if it knows of none."""
    facts = Activity.objects.about(f"cohort:{cohort.code}").filter(key=PhaseBegan.key).newest_first()
    last = facts.first()
    return Phase(last.data["phase"]) if last else Phase.PLANNED


def people_of(cohort: Cohort, role: Side, today: datetime.date) -> Any:
    """Everybody enrolled on one side, also who has left, by name; `paused` says whether a pause is on today."""
    people = Enrolment.objects.filter(cohort=cohort, role=role)
    people = people.select_related("person__profile", "withdrawal", "pause").annotate(paused=_pauses(today))
    return people.order_by(Lower("person__name"), "pk")


def _pauses(today: datetime.date) -> Exists:
    on = Q(until__isnull=True) | Q(until__gte=today)
    return Exists(Pause.objects.filter(on, enrolment=OuterRef("pk")))
