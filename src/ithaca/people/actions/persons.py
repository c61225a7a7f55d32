"""Adding and editing the people of an organisation, by its staff."""

from __future__ import annotations

from django.db import transaction

from ithaca.kernel import events as ledger
from ithaca.people import events, permissions, rules
from ithaca.people.actions import accounts
from ithaca.people.models import Account, Person, Profile
from ithaca.people.rules import NotPossible


@transaction.atomic
def add_person(*, name: str, email: str, by: Person | None, invite: bool = False) -> Person:
    """Somebody new in the organisation in scope. Raises NotPossible if the address is known there already."""
    email = rules.address(email)
    known = Person.objects.filter(email__iexact=email).first()
    if known is not None:
        raise NotPossible(f"{email} is already here: {known.name}.")
    person: Person = Person.objects.create(name=name.strip(), email=email)
    Profile.objects.create(person=person)
    account = Account.objects.filter(emailaddress__email__iexact=email, emailaddress__verified=True).first()
    if account is not None:
        accounts.link_account(account=account)
        person.refresh_from_db()
    ledger.announce(events.PersonAdded(person=person.name, code=person.code), actor=by, subject=person.subject)
    if invite:
        invite_person(person, by=by)
    return person


@transaction.atomic
def invite_person(person: Person, *, by: Person | None) -> None:
    """Tell somebody by mail that they are known here and how to sign in (the letter is written above, by `home`)."""
    who = by.name if by else person.organisation.name
    event = events.PersonInvited(person=person.name, code=person.code, by=who)
    ledger.announce(event, actor=by, subject=person.subject)


@transaction.atomic
def edit_person(person: Person, *, by: Person, name: str, email: str) -> None:
    """Correct a name or an address. Raises NotPossible where the address belongs to somebody else, or is a sign-in."""
    email = rules.address(email)
    if not permissions.may_edit(by, person):
        raise NotPossible(f"{person.name} has a role that you may not change. Please ask an owner.")
    changed = [
        label
        for label, new, old in (("name", name.strip(), person.name), ("address", email, person.email))
        if new != old
    ]
    if "address" in changed:
        if not permissions.may_change_address(by, person):
            raise NotPossible(
                f"{person.name} signs in with {person.email}. Only they can change it, under Me › Sign-in and safety."
            )
        if Person.objects.filter(email__iexact=email).exclude(pk=person.pk).exists():
            raise NotPossible(f"Somebody else here has the address {email}.")
    if changed:
        person.name, person.email = name.strip(), email
        person.save(update_fields=["name", "email"])
        ledger.announce(
            events.PersonEdited(person=person.name, fields=" and ".join(changed)),
            actor=by,
            subject=person.subject,
        )


@transaction.atomic
def record_look(person: Person, *, by: Person, what: str = "the profile") -> None:
    """Write down that a member of staff looked at somebody else's personal data."""
    if by.pk != person.pk:
        ledger.announce(events.PersonLookedAt(person=person.name, what=what), actor=by, subject=person.subject)
