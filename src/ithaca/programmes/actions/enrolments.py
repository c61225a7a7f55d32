"""Who takes part: joining, leaving and coming back, capacity, pause."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from ithaca.activity import actions as activity
from ithaca.people.models import Person
from ithaca.programmes import events, rules
from ithaca.programmes.models import Cohort, Enrolment, Pause, Withdrawal
from ithaca.programmes.rules import Side


@dataclass(frozen=True)
class Entry:
    """One person who joins a cohort together with many others."""

    person: Person
    role: Side
    capacity: int = 1


@transaction.atomic
def enrol(
    cohort: Cohort, *, person: Person, role: Side, by: Person | None, capacity: int = 1, source: str = ""
) -> Enrolment:
    """Bring one person into a cohort, also late, also somebody who had left. Raises Refused if already there."""
    rules.check_capacity(capacity)
    found = Enrolment.objects.select_for_update().filter(cohort=cohort, person=person, role=role).first()
    if found and not Withdrawal.objects.filter(enrolment=found).exists():
        raise rules.Refused(f"{person.name} already takes part in {cohort.name} as {Side(role).label.lower()}.")
    if found:
        return restore(found, by=by)
    enrolment: Enrolment = Enrolment.objects.create(
        cohort=cohort, person=person, role=role, capacity=capacity, source=source
    )
    event = events.PersonEnrolled(person=person.name, role=Side(role).label.lower(), cohort=cohort.name)
    activity.record(event, actor=by, subject=f"cohort:{cohort.code}")
    return enrolment


@transaction.atomic
def enrol_many(
    cohort: Cohort, *, entries: Iterable[Entry], by: Person | None, source: str = ""
) -> dict[tuple[int, str], Enrolment]:
    """Bring many people in at once, with one fact in the ledger; who is enrolled already stays as they are.

    Returns the enrolments of all `entries` (new and old) by person's primary key and role.
    """
    entries = list(entries)
    for entry in entries:
        rules.check_capacity(entry.capacity)
    before = {(e.person_id, e.role): e for e in Enrolment.objects.filter(cohort=cohort)}
    fresh: dict[tuple[int, str], Enrolment] = {}
    for entry in entries:
        key = (entry.person.pk, str(entry.role))
        if key not in before and key not in fresh:
            fresh[key] = Enrolment(
                cohort=cohort, person=entry.person, role=entry.role, capacity=entry.capacity, source=source
            )
    Enrolment.objects.bulk_create(fresh.values(), batch_size=1000)
    if fresh:
        mentors = sum(role == Side.MENTOR for _, role in fresh)
        event = events.PeopleEnrolled(mentors=mentors, mentees=len(fresh) - mentors, cohort=cohort.name)
        activity.record(event, actor=by, subject=f"cohort:{cohort.code}")
    asked = {(entry.person.pk, str(entry.role)) for entry in entries}
    return {key: enrolment for key, enrolment in (before | fresh).items() if key in asked}


@transaction.atomic
def withdraw(enrolment: Enrolment, *, by: Person | None, reason: str = "") -> Withdrawal:
    """Somebody leaves the cohort. Open mentorships stay open until they are ended. Twice changes nothing."""
    enrolment = _locked(enrolment)
    withdrawal: Withdrawal
    withdrawal, created = Withdrawal.objects.get_or_create(
        enrolment=enrolment, defaults={"by": by, "reason": reason.strip()}
    )
    if created:
        event = events.PersonWithdrew(**_who(enrolment))
        activity.record(event, actor=by, subject=f"enrolment:{enrolment.code}")
    return withdrawal


@transaction.atomic
def restore(enrolment: Enrolment, *, by: Person | None) -> Enrolment:
    """Undo a withdrawal: the person is back with everything they had told. Without a withdrawal nothing changes."""
    enrolment = _locked(enrolment)
    removed, _ = Withdrawal.objects.filter(enrolment=enrolment).delete()
    if removed:
        event = events.PersonReturned(**_who(enrolment))
        activity.record(event, actor=by, subject=f"enrolment:{enrolment.code}")
    return enrolment


@transaction.atomic
def set_capacity(enrolment: Enrolment, *, capacity: int, by: Person | None) -> Enrolment:
    """Change how many partners somebody takes. Fewer than they have now is fine: nobody is taken away from them."""
    rules.check_capacity(capacity)
    enrolment = _locked(enrolment)
    before, enrolment.capacity = enrolment.capacity, capacity
    if before != capacity:
        enrolment.save(update_fields=["capacity"])
        event = events.CapacityChanged(person=enrolment.person.name, before=before, after=capacity)
        activity.record(event, actor=by, subject=f"enrolment:{enrolment.code}")
    return enrolment


@transaction.atomic
def pause(enrolment: Enrolment, *, by: Person | None, until: datetime.date | None = None) -> Pause:
    """No new partners for a while, until and including the day `until`, or until `resume`."""
    enrolment = _locked(enrolment)
    if until is not None and until < timezone.localdate():
        raise rules.Refused(f"The pause would end on {rules.written(until)}, which has passed. Choose a later day.")
    paused: Pause
    paused, created = Pause.objects.update_or_create(enrolment=enrolment, defaults={"until": until, "by": by})
    if created:
        event = events.PersonPaused(person=enrolment.person.name, cohort=enrolment.cohort.name)
        activity.record(event, actor=by, subject=f"enrolment:{enrolment.code}")
    return paused


@transaction.atomic
def resume(enrolment: Enrolment, *, by: Person | None) -> None:
    """End a pause. Without one nothing changes."""
    enrolment = _locked(enrolment)
    removed, _ = Pause.objects.filter(enrolment=enrolment).delete()
    if removed:
        event = events.PersonResumed(person=enrolment.person.name, cohort=enrolment.cohort.name)
        activity.record(event, actor=by, subject=f"enrolment:{enrolment.code}")


def _locked(enrolment: Enrolment) -> Enrolment:
    locked = Enrolment.objects.select_for_update(of=("self",)).select_related("cohort", "person")
    found: Enrolment = locked.get(pk=enrolment.pk)
    return found


def _who(enrolment: Enrolment) -> dict[str, str]:
    role = Side(enrolment.role).label.lower()
    return {"person": enrolment.person.name, "role": role, "cohort": enrolment.cohort.name}
