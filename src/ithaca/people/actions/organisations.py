"""Founding organisations and what they say of themselves."""

from __future__ import annotations

from django.conf import settings
from django.db import transaction

from ithaca.kernel import events as ledger
from ithaca.kernel import tenancy
from ithaca.people import events, rules
from ithaca.people.models import Organisation, Person, Profile, RoleGrant
from ithaca.people.rules import NotPossible, Role


@transaction.atomic
def found_organisation(*, name: str, slug: str, owner_name: str, owner_email: str) -> Organisation:
    """A new organisation with its first owner, who can sign in with the address at once. Raises NotPossible."""
    if not slug or not name.strip() or not owner_name.strip():
        raise NotPossible("An organisation needs a name, a short address and the name of its owner.")
    if Organisation.objects.filter(slug=slug).exists():
        raise NotPossible(f"Another organisation already has the address /o/{slug}/. Choose another one.")
    organisation = Organisation.objects.create(
        name=name.strip(),
        slug=slug,
        time_zone=settings.ENVIRONMENT["ITHACA_TIME_ZONE"],
        language=settings.ENVIRONMENT["ITHACA_LANGUAGE"],
        contact_email=rules.address(owner_email),
    )
    with tenancy.scope(organisation):
        owner = Person.objects.create(name=owner_name.strip(), email=rules.address(owner_email))
        Profile.objects.create(person=owner)
        RoleGrant.objects.create(person=owner, role=Role.OWNER)
        ledger.announce(
            events.OrganisationFounded(organisation=organisation.name, owner=owner.name),
            actor=None,
            subject=f"organisation:{organisation.slug}",
        )
    return organisation


@transaction.atomic
def edit_organisation(organisation: Organisation, *, by: Person, name: str, time_zone: str, contact_email: str) -> None:
    """Change what the organisation is called, its time zone and where people reach it."""
    before = (organisation.name, organisation.time_zone, organisation.contact_email)
    organisation.name, organisation.time_zone = name.strip(), time_zone
    organisation.contact_email = rules.address(contact_email)
    organisation.save(update_fields=["name", "time_zone", "contact_email"])
    if before != (organisation.name, organisation.time_zone, organisation.contact_email):
        ledger.announce(
            events.OrganisationEdited(organisation=organisation.name),
            actor=by,
            subject=f"organisation:{organisation.slug}",
        )
