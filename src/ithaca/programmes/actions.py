"""Every write of the frame: programmes, cohorts, enrolments, wishes and roles.

A refusal is a `rules.Refused` whose message the coordinator reads. Rows that others count on (capacity, withdrawal) are
locked before they change.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from zoneinfo import ZoneInfo

from django.db import transaction
from django.utils import timezone
from django_tasks import task

from ithaca.activity import actions as activity
from ithaca.jobs import schedules
from ithaca.kernel import tenancy
from ithaca.people.models import Organisation, Person
from ithaca.people.rules import Role
from ithaca.programmes import events, queries, rules
from ithaca.programmes.models import Cohort, Enrolment, Pause, Preference, Programme, ProgrammeRole, Withdrawal
from ithaca.programmes.rules import Side

PROGRAMME_FIELDS = (
    "name",
    "purpose",
    "objectives",
    "audience",
    "format",
    "mentor_role",
    "mentee_role",
    "cadence_days",
    "session_minutes",
    "session_minutes_most",
    "confidentiality",
    "not_private",
)


@dataclass(frozen=True)
class Entry:
    """One person who joins a cohort together with many others."""

    person: Person
    role: Side
    capacity: int = 1


# Programmes


@transaction.atomic
def create_programme(*, name: str, by: Person | None, **texts: Any) -> Programme:
    """Start a programme. `texts` are any of `PROGRAMME_FIELDS`; what is missing can be told before a cohort opens."""
    _check_name(name, taken=Programme.objects.all(), what="programme")
    programme = Programme(name=name.strip(), **_known(texts))
    _check_norms(programme)
    programme.save()
    activity.record(events.ProgrammeCreated(programme=programme.name), actor=by, subject=f"programme:{programme.code}")
    return programme


@transaction.atomic
def edit_programme(programme: Programme, *, by: Person | None, **changes: Any) -> Programme:
    """Change what a programme says. While a cohort is open to people, no text they rely on may be emptied."""
    programme = Programme.objects.select_for_update().get(pk=programme.pk)
    changes = {field: value for field, value in _known(changes).items() if getattr(programme, field) != value}
    fields = list(changes)
    if "name" in changes:
        _check_name(changes["name"], taken=Programme.objects.exclude(pk=programme.pk), what="programme")
    for field in fields:
        setattr(programme, field, changes[field])
    _check_norms(programme)
    emptied = [requirement for requirement in programme.missing() if requirement.field in fields]
    if emptied and any(cohort.phase(timezone.localdate()) != rules.Phase.OVER for cohort in programme.cohorts.all()):
        raise rules.ProgrammeIncomplete(emptied)
    if not fields:
        return programme
    programme.save(update_fields=fields)
    labels = ", ".join(str(getattr(Programme._meta.get_field(field), "verbose_name", field)) for field in fields)
    event = events.ProgrammeEdited(programme=programme.name, fields=labels)
    activity.record(event, actor=by, subject=f"programme:{programme.code}")
    return programme


@transaction.atomic
def grant_role(programme: Programme, *, person: Person, role: Role, by: Person | None) -> ProgrammeRole:
    """Let somebody coordinate, screen or sponsor this one programme. Granting twice changes nothing."""
    if role == Role.OWNER:
        raise rules.Refused("A programme has no owner of its own; owners belong to the whole organisation.")
    grant: ProgrammeRole
    grant, created = ProgrammeRole.objects.get_or_create(programme=programme, person=person, role=role)
    if created:
        event = events.RoleGranted(person=person.name, role=Role(role).label.lower(), programme=programme.name)
        activity.record(event, actor=by, subject=f"programme:{programme.code}")
    return grant


@transaction.atomic
def revoke_role(grant: ProgrammeRole, *, by: Person | None) -> None:
    """End a role in one programme."""
    event = events.RoleRevoked(
        person=grant.person.name, role=Role(grant.role).label.lower(), programme=grant.programme.name
    )
    activity.record(event, actor=by, subject=f"programme:{grant.programme.code}")
    grant.delete()


# Cohorts


@transaction.atomic
def create_cohort(
    programme: Programme, *, name: str, dates: Mapping[str, datetime.date | None], by: Person | None
) -> Cohort:
    """Open a round of a programme. Raises ProgrammeIncomplete while the programme does not say what people must know.

    `dates` has the fields of `rules.STEPS` (`rules.proposed_dates(start)` makes sensible ones). Cohorts may overlap.
    """
    programme = Programme.objects.select_for_update().get(pk=programme.pk)
    if lacking := programme.missing():
        raise rules.ProgrammeIncomplete(lacking)
    _check_name(name, taken=programme.cohorts.all(), what="cohort")
    rules.check_dates(dates)
    cohort: Cohort = Cohort.objects.create(programme=programme, name=name.strip(), **dates)
    event = events.CohortCreated(cohort=cohort.name, programme=programme.name)
    activity.record(event, actor=by, subject=f"cohort:{cohort.code}")
    return cohort


@transaction.atomic
def edit_cohort_dates(
    cohort: Cohort, *, dates: Mapping[str, datetime.date | None], by: Person | None, name: str | None = None
) -> Cohort:
    """Move dates of a cohort (those given; the others stay), and rename it if `name` is given."""
    cohort = Cohort.objects.select_for_update().select_related("programme").get(pk=cohort.pk)
    after = {field: dates.get(field, getattr(cohort, field)) for field, _ in rules.STEPS}
    rules.check_dates(after)
    changes = []
    for field, label in rules.STEPS:
        if after[field] != getattr(cohort, field):
            changes.append(f"{label} from {_day(getattr(cohort, field))} to {_day(after[field])}")
            setattr(cohort, field, after[field])
    if name is not None and name.strip() != cohort.name:
        _check_name(name, taken=cohort.programme.cohorts.exclude(pk=cohort.pk), what="cohort")
        changes.append(f"its name to {name.strip()}")
        cohort.name = name.strip()
    if changes:
        cohort.save()
        event = events.CohortDatesChanged(cohort=cohort.name, changes="; ".join(changes))
        activity.record(event, actor=by, subject=f"cohort:{cohort.code}")
    return cohort


@schedules.every("5 * * * *")
@task
def record_phases() -> int:
    """Every hour, as it is midnight somewhere: write down which cohorts entered a new phase. Returns how many did."""
    began = 0
    for organisation in Organisation.objects.all():
        with tenancy.scope(organisation):
            today = timezone.localdate(timezone=ZoneInfo(organisation.time_zone))
            began += sum(_record_phase(cohort, today) for cohort in Cohort.objects.all())
    return began


@transaction.atomic
def _record_phase(cohort: Cohort, today: datetime.date) -> bool:
    """Record the phase of that day unless it is the one recorded last: moved dates and missed hours do no harm."""
    cohort = Cohort.objects.select_for_update().get(pk=cohort.pk)
    phase = cohort.phase(today)
    if phase == queries.recorded_phase(cohort):
        return False
    event = events.PhaseBegan(cohort=cohort.name, phase=phase, label=phase.label.lower())
    activity.record(event, actor=None, subject=f"cohort:{cohort.code}")
    return True


# People of a cohort


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


# Wishes


@transaction.atomic
def prefer(enrolment: Enrolment, *, others: Sequence[Enrolment], by: Person | None) -> None:
    """Record the wishes of one person, first wish first, in place of earlier ones. Who is kept apart stays apart."""
    prefer_many({enrolment: others}, by=by)


@transaction.atomic
def prefer_many(wishes: Mapping[Enrolment, Sequence[Enrolment]], *, by: Person | None) -> None:
    """Record the wishes of many people of one cohort. Raises Refused for a wish that cannot be."""
    for enrolment, others in wishes.items():
        for other in others:
            _check_other(enrolment, other)
    kept = Preference.objects.filter(enrolment__in=[enrolment.pk for enrolment in wishes])
    kept.filter(rank__isnull=False).delete()
    apart = set(kept.values_list("enrolment_id", "other_id"))
    fresh = []
    for enrolment, others in wishes.items():
        once = list(dict.fromkeys(other.pk for other in others if (enrolment.pk, other.pk) not in apart))
        fresh += [Preference(enrolment=enrolment, other_id=pk, rank=rank) for rank, pk in enumerate(once, start=1)]
        event = events.WishesStated(person=enrolment.person.name, count=len(once))
        activity.record(event, actor=by, subject=f"enrolment:{enrolment.code}")
    Preference.objects.bulk_create(fresh, batch_size=1000)


@transaction.atomic
def keep_apart(enrolment: Enrolment, *, other: Enrolment, by: Person | None) -> None:
    """These two are never matched. Neither of them sees it."""
    _check_other(enrolment, other)
    Preference.objects.update_or_create(enrolment=enrolment, other=other, defaults={"rank": None})
    event = events.KeptApart(person=enrolment.person.name)
    activity.record(event, actor=by, subject=f"enrolment:{enrolment.code}")


def _known(changes: Mapping[str, Any]) -> dict[str, Any]:
    unknown = set(changes) - set(PROGRAMME_FIELDS)
    if unknown:
        raise TypeError(f"a programme has no {', '.join(sorted(unknown))}")
    return {field: value.strip() if isinstance(value, str) else value for field, value in changes.items()}


def _check_name(name: str, *, taken: Any, what: str) -> None:
    if not name.strip():
        raise rules.Refused(f"Please give the {what} a name.")
    if taken.filter(name__iexact=name.strip()).exists():
        raise rules.Refused(f"There is already a {what} called “{name.strip()}”. Choose another name.")


def _check_norms(programme: Programme) -> None:
    if programme.session_minutes_most < programme.session_minutes:
        raise rules.Refused(
            f"Meetings last at least {programme.session_minutes} but at most {programme.session_minutes_most} minutes. "
            "Make the second number the larger one."
        )


def _check_other(enrolment: Enrolment, other: Enrolment) -> None:
    if other.cohort_id != enrolment.cohort_id or other.role == enrolment.role or other.person_id == enrolment.person_id:
        raise rules.Refused("A wish names somebody on the other side of the same cohort, and not oneself.")


def _locked(enrolment: Enrolment) -> Enrolment:
    locked = Enrolment.objects.select_for_update(of=("self",)).select_related("cohort", "person")
    found: Enrolment = locked.get(pk=enrolment.pk)
    return found


def _who(enrolment: Enrolment) -> dict[str, str]:
    role = Side(enrolment.role).label.lower()
    return {"person": enrolment.person.name, "role": role, "cohort": enrolment.cohort.name}


def _day(day: datetime.date | None) -> str:
    return rules.written(day) if day else "no date"
