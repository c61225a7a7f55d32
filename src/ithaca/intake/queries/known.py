"""What the database knows about people of a sheet: a number of queries that grows with chunks of rows, not with rows."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from typing import Any

from ithaca.intake.rules.changes import PROFILE, Known
from ithaca.people import permissions
from ithaca.people import rules as people_rules
from ithaca.people.models import Person, Profile, RoleGrant
from ithaca.programmes.models import Cohort, Enrolment, Preference

CHUNK = 900
"""Keys in one query: SQLite takes no more than 999 parameters everywhere."""


def people() -> dict[str, Known]:
    """Everybody in the organisation by address, without profile and enrolments."""
    columns = ("pk", "name", "email", "time_zone", "account_id")
    return {
        email.lower(): Known(pk, name, email.lower(), zone, signs_in=account is not None)
        for pk, name, email, zone, account in Person.objects.values_list(*columns).iterator(chunk_size=5000)
    }


def add_profiles(known: Sequence[Known]) -> None:
    """Fill in the profiles of these people."""
    by_pk = {person.pk: person for person in known}
    for chunk in chunks(list(by_pk)):
        for profile in Profile.objects.filter(person__in=chunk).values("person_id", *PROFILE):
            by_pk[profile.pop("person_id")].profile = profile


def add_enrolments(known: dict[str, Known], cohort: Cohort) -> None:
    """Fill in places, wishes and who is kept apart in this cohort."""
    by_pk = {person.pk: person for person in known.values()}
    columns = ("pk", "person_id", "role", "capacity", "withdrawal__pk")
    where: dict[int, tuple[Known, str]] = {}
    for pk, person, role, capacity, withdrawn in Enrolment.objects.filter(cohort=cohort).values_list(*columns):
        about = by_pk[person]
        where[pk] = (about, role)
        about.places[role] = capacity
        if withdrawn is not None:
            about.left |= {role}
    stated = Preference.objects.filter(enrolment__cohort=cohort).order_by("enrolment", "rank", "pk")
    for enrolment, other, rank in stated.values_list("enrolment_id", "other__person__email", "rank"):
        about, role = where[enrolment]
        kept = about.apart if rank is None else about.wishes
        kept.setdefault(role, []).append(other.lower())


def allow(by: Person | None) -> Callable[[Known], bool]:
    """Whether `by` may change what is known about somebody: not those with wider roles, and who coordinates a programme
    only changes people of its cohorts. None (Ithaca itself) may."""
    if by is None:
        return lambda known: True
    roles: dict[int, set[str]] = defaultdict(set)
    for person, role in RoleGrant.objects.values_list("person_id", "role"):
        roles[person].add(role)
    own = permissions.roles_of(by)
    if permissions.is_coordinating(by):
        return lambda known: people_rules.may_edit(own, [people_rules.Role(role) for role in roles[known.pk]])
    seen = set(permissions.people_visible_to(by, Person.objects.all()).values_list("pk", flat=True))
    return lambda known: known.pk in seen and not roles[known.pk]


def chunks(keys: Sequence[Any]) -> Iterator[Sequence[Any]]:
    """The keys in pieces that fit into one query."""
    for start in range(0, len(keys), CHUNK):
        yield keys[start : start + CHUNK]
