"""Roles in the whole organisation."""

from __future__ import annotations

from django.db import transaction

from ithaca.kernel import events as ledger
from ithaca.kernel import tenancy
from ithaca.people import events, permissions
from ithaca.people.models import Organisation, Person, RoleGrant
from ithaca.people.rules import NotPossible, Role


@transaction.atomic
def grant_role(*, person: Person, role: Role, by: Person) -> None:
    """Give somebody a role. Granting it again changes nothing. Raises NotPossible if `by` may not."""
    _allow(by, role)
    _, created = RoleGrant.objects.get_or_create(person=person, role=role, defaults={"granted_by": by})
    if created:
        _forget_kept(person)
        ledger.announce(
            events.RoleGranted(person=person.name, role=Role(role).label.lower()),
            actor=by,
            subject=person.subject,
        )


@transaction.atomic
def revoke_role(*, person: Person, role: Role, by: Person) -> None:
    """Take a role back. Raises NotPossible if `by` may not, or if nobody would own the organisation any more."""
    _allow(by, role)
    Organisation.objects.select_for_update().get(pk=tenancy.current())  # two owners must not remove each other
    if role == Role.OWNER and not RoleGrant.objects.filter(role=Role.OWNER).exclude(person=person).exists():
        raise NotPossible(f"{person.name} is the last owner. Make somebody else an owner first.")
    deleted, _ = RoleGrant.objects.filter(person=person, role=role).delete()
    if deleted:
        _forget_kept(person)
        ledger.announce(
            events.RoleRevoked(person=person.name, role=Role(role).label.lower()),
            actor=by,
            subject=person.subject,
        )


def _allow(by: Person, role: Role) -> None:
    if not permissions.may_grant(by, Role(role)):
        raise NotPossible(f"Only an owner may decide who is {Role(role).label.lower()}.")


def _forget_kept(person: Person) -> None:
    vars(person).pop("_roles", None)
