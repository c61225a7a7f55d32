"""Who may do what with people and in the organisation."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.db.models import Q

from ithaca.people import rules
from ithaca.people.models import Person, PersonQuerySet
from ithaca.people.rules import Reader, Role

Sight = Callable[[Person], Any]
"""Given a reader: a queryset of primary keys of people, of whom that reader sees a part of the profile."""

_sights: list[tuple[Reader, Sight]] = []


def extends_sight(reader: Reader) -> Callable[[Sight], Sight]:
    """A slice above says who else is seen, and as what. A coordinator of a programme sees the people enrolled in it:

    @permissions.extends_sight(Reader.COORDINATORS)
    def people_of_my_programmes(person): return Enrolment.objects.filter(…).values("person")
    """

    def register(sight: Sight) -> Sight:
        _sights.append((reader, sight))
        return sight

    return register


def roles_of(person: Person) -> frozenset[Role]:
    """Roles in the whole organisation; asked once per request and kept on the object."""
    kept = getattr(person, "_roles", None)
    if kept is None:
        kept = frozenset(Role(role) for role in person.role_grants.values_list("role", flat=True))
        person._roles = kept  # type: ignore[attr-defined]
    return kept


def is_coordinating(person: Person) -> bool:
    """Whether the person runs the whole organisation (owner or coordinator)."""
    return bool(roles_of(person) & rules.COORDINATING)


def is_staff(person: Person) -> bool:
    """Whether the person has any role that opens other people's data."""
    return bool(roles_of(person) & rules.STAFF)


def people_visible_to(person: Person, people: PersonQuerySet) -> PersonQuerySet:
    """The part of `people` of whom `person` may see something."""
    if is_coordinating(person):
        return people
    seen = Q(pk=person.pk)
    for _, sight in _sights:
        seen |= Q(pk__in=sight(person))
    return people.filter(seen)


def reader_of(person: Person, other: Person) -> Reader | None:
    """As what `person` reads the profile of `other`: the widest reading that applies, or None."""
    if person.pk == other.pk:
        return Reader.MATCHING
    if is_coordinating(person):
        return Reader.COORDINATORS
    readings = [
        reader for reader, sight in _sights if Person.objects.filter(pk=other.pk, pk__in=sight(person)).exists()
    ]
    return min(readings, default=None)


def may_edit(person: Person, other: Person) -> bool:
    """Whether `person`, who runs the organisation, may change or erase `other`: nobody edits those with wider roles."""
    return rules.may_edit(roles_of(person), roles_of(other))


def may_grant(person: Person, role: Role) -> bool:
    """Whether `person` may grant and revoke this role."""
    return role in rules.grantable(roles_of(person))


def may_change_address(person: Person, other: Person) -> bool:
    """Staff correct an address only until its owner has signed in: later it is the key to what is theirs alone."""
    return other.account_id is None and may_edit(person, other)
