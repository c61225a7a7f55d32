"""Who may do what with people and in the organisation."""

from __future__ import annotations

from collections.abc import Callable, Collection
from typing import Any

from allauth.account.authentication import get_authentication_records
from allauth.mfa.models import Authenticator
from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
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


Sides = Callable[[Person], Collection[str]]
_sides: list[Sides] = []


def tells_sides(sides: Sides) -> Sides:
    """A slice above says on which sides (“mentor”, “mentee”) a person takes part; the profile then asks for less."""
    _sides.append(sides)
    return sides


def sides_of(person: Person) -> set[str]:
    """The sides on which somebody takes part in this organisation."""
    return {side for tell in _sides for side in tell(person)}


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


DEVELOPMENT_SIGN_IN = "development_sign_in"
"""Key of a session that came about by a development sign-in link."""


def needs_second_factor(request: Any, view: Any) -> bool:
    """Whether this visitor must set up a second step before this page: any page for who has a staff role in the whole
    organisation, and pages whose door says so for everybody whom that door admits."""
    if not request.user.is_authenticated or has_second_factor(request):
        return False
    if request.person is not None and is_staff(request.person):
        return True
    return any(door.second_factor and door.admits(request) for door in getattr(view, "audiences", ()))


def has_second_factor(request: Any) -> bool:
    """Whether this session has proved itself twice: by a passkey or an authenticator app, or by setting one up."""
    if settings.DEVELOPMENT and request.session.get(DEVELOPMENT_SIGN_IN):
        return True
    records = get_authentication_records(request, request.user)
    return any(record.get("method") == "mfa" for record in records) and has_authenticator(request.user)


def has_authenticator(account: Any) -> bool:
    """Whether the account has a passkey or an authenticator app at all."""
    return bool(is_mfa_enabled(account, [Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN]))
