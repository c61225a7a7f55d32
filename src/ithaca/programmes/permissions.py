"""Who sees what because of a programme."""

from __future__ import annotations

from typing import Any

from ithaca.people import permissions as people
from ithaca.people.models import Person
from ithaca.people.rules import Reader, Role
from ithaca.programmes.models import Enrolment, Programme, ProgrammeRole


def roles_in_programmes_of(person: Person) -> frozenset[Role]:
    """Roles in single programmes; asked once per request and kept on the object, like those in the whole organisation."""
    kept = getattr(person, "_roles_in_programmes", None)
    if kept is None:
        rows = ProgrammeRole.objects.filter(person=person)
        kept = frozenset(Role(role) for role in rows.values_list("role", flat=True))
        person._roles_in_programmes = kept  # type: ignore[attr-defined]
    return kept


@people.extends_sight(Reader.COORDINATORS)
def people_of_coordinated_programmes(person: Person) -> Any:
    """Whoever takes or took part in a programme that `person` coordinates, as primary keys."""
    return Enrolment.objects.filter(cohort__programme__in=Programme.objects.coordinated_by(person)).values("person")


@people.extends_sight(Reader.COHORT)
def fellows_of(person: Person) -> Any:
    """Whoever takes part in the same cohort, as primary keys."""
    shared = Enrolment.objects.active().filter(person=person).values("cohort")
    return Enrolment.objects.active().filter(cohort__in=shared).values("person")


@people.tells_sides
def sides_of(person: Person) -> set[str]:
    """On which sides somebody takes part in any cohort."""
    return set(Enrolment.objects.active().filter(person=person).values_list("role", flat=True))
