"""Sign-ins: they come to exist for addresses that an organisation knows, and are linked to the people they belong to.

These work across organisations: an account is one person's sign-in to all of them.
"""

from __future__ import annotations

from allauth.account.models import EmailAddress
from django.db import transaction
from django.db.models import Q

from ithaca.people import rules
from ithaca.people.models import Account, Person


@transaction.atomic
def provide_account(*, email: str) -> Account | None:
    """The sign-in of an address: the one there is, a new one if an organisation knows the address, else None.

    A new account proves nothing yet: only the code sent to the address verifies it and links its people.
    """
    email = rules.address(email)
    known = EmailAddress.objects.filter(email__iexact=email, verified=True).select_related("user").first()
    account = known.user if known else Account.objects.filter(email__iexact=email).first()
    if account is None and Person.everywhere.filter(email__iexact=email).exists():
        account = Account.objects.create_user(email)
        EmailAddress.objects.create(user=account, email=email, primary=True, verified=False)
    return account


@transaction.atomic
def link_account(*, account: Account) -> int:
    """Give the account every person who has one of its verified addresses and no account yet. Returns how many."""
    verified = EmailAddress.objects.filter(user=account, verified=True).values_list("email", flat=True)
    mine = Q(pk__in=[])
    for email in verified:
        mine |= Q(email__iexact=email)
    return int(Person.everywhere.filter(mine, account__isnull=True).update(account=account))


@transaction.atomic
def follow_address(*, account: Account) -> None:
    """The person changed and verified the address of the sign-in: their entries in the organisations follow.

    Where an organisation knows somebody else under the new address, the entry keeps the old one.
    """
    for person in Person.everywhere.filter(account=account):
        taken = Person.everywhere.filter(organisation_id=person.organisation_id, email__iexact=account.email)
        if not taken.exclude(pk=person.pk).exists():
            Person.everywhere.filter(pk=person.pk).update(email=rules.address(account.email))
    link_account(account=account)
