"""Erasing a person: asked for by themselves, done by the staff of the organisation."""

from __future__ import annotations

from django.db import transaction

from ithaca.kernel import events as ledger
from ithaca.kernel import privacy
from ithaca.people import events, permissions
from ithaca.people.models import Account, ErasureRequest, Person, RoleGrant
from ithaca.people.rules import NotPossible, Role

ERASED_NAME = "Former participant"


@transaction.atomic
def ask_erasure(person: Person) -> None:
    """The person asks to be erased; asking again changes nothing."""
    _, created = ErasureRequest.objects.get_or_create(person=person)
    if created:
        ledger.announce(events.ErasureAsked(person=person.name, code=person.code), actor=person, subject=person.subject)


@transaction.atomic
def withdraw_erasure(person: Person) -> None:
    """The person stays after all."""
    deleted, _ = ErasureRequest.objects.filter(person=person).delete()
    if deleted:
        ledger.announce(events.ErasureWithdrawn(person=person.name), actor=person, subject=person.subject)


@transaction.atomic
def erase_person(person: Person, *, by: Person) -> None:
    """Erase what is kept about somebody, as the privacy registry says table by table, and make the rest anonymous.

    The row itself stays without name and address, because mentorships of other people point at it. The sign-in goes
    with its last person. Raises NotPossible for the last owner and for somebody whom `by` may not edit.
    """
    if not permissions.may_edit(by, person):
        raise NotPossible(f"{person.name} has a role that you may not change. Please ask an owner.")
    others = RoleGrant.objects.filter(role=Role.OWNER).exclude(person=person)
    if Role.OWNER in permissions.roles_of(person) and not others.exists():
        raise NotPossible(f"{person.name} is the last owner. Make somebody else an owner first.")
    account = person.account
    tables = privacy.erase(person)
    person.name, person.email, person.account = ERASED_NAME, f"erased-{person.code}@invalid.invalid", None
    person.language = person.time_zone = ""
    person.save()
    if account is not None and not Person.everywhere.filter(account=account).exists():
        _end_account(account)
    ledger.announce(events.PersonErased(tables=tables), actor=by, subject=person.subject)


def _end_account(account: Account) -> None:
    privacy.erase(account)
    account.delete()
