"""Programmes and the roles in them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils import timezone

from ithaca.activity import actions as activity
from ithaca.people.models import Person
from ithaca.people.rules import Role
from ithaca.programmes import events, rules
from ithaca.programmes.models import Programme, ProgrammeRole

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


@transaction.atomic
def create_programme(*, name: str, by: Person | None, **texts: Any) -> Programme:
    """Start a programme. `texts` are any of `PROGRAMME_FIELDS`; what is missing can be told before a cohort opens."""
    check_name(name, taken=Programme.objects.all(), what="programme")
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
        check_name(changes["name"], taken=Programme.objects.exclude(pk=programme.pk), what="programme")
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


def _known(changes: Mapping[str, Any]) -> dict[str, Any]:
    unknown = set(changes) - set(PROGRAMME_FIELDS)
    if unknown:
        raise TypeError(f"a programme has no {', '.join(sorted(unknown))}")
    return {field: value.strip() if isinstance(value, str) else value for field, value in changes.items()}


def check_name(name: str, *, taken: Any, what: str) -> None:
    """Raise Refused unless the name is there and free."""
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
