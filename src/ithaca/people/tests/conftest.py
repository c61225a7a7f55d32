"""One organisation with people in every role, and another one that must never be seen from it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.core.cache import cache
from django.test import Client

from ithaca.kernel import tenancy
from ithaca.people import actions
from ithaca.people.models import Account, Organisation, Person
from ithaca.people.rules import Role


@pytest.fixture(autouse=True)
def _no_limits_from_other_tests(request: pytest.FixtureRequest) -> None:
    if "db" in request.fixturenames:
        request.getfixturevalue("db")
        cache.clear()


@pytest.fixture
def harbour(db: None) -> Iterator[Organisation]:
    """The organisation in scope."""
    organisation = actions.found_organisation(
        name="Harbour", slug="harbour", owner_name="Olga Owner", owner_email="olga@harbour.example"
    )
    with tenancy.scope(organisation):
        yield organisation


@pytest.fixture
def elsewhere(db: None) -> Organisation:
    """Another organisation."""
    return actions.found_organisation(
        name="Elsewhere", slug="elsewhere", owner_name="Else Owner", owner_email="else@elsewhere.example"
    )


@pytest.fixture
def owner(harbour: Organisation) -> Person:
    return Person.objects.get(email="olga@harbour.example")


@pytest.fixture
def coordinator(owner: Person) -> Person:
    return _with_role("Cora Coordinator", Role.COORDINATOR, owner)


@pytest.fixture
def screener(owner: Person) -> Person:
    return _with_role("Sky Screener", Role.SCREENER, owner)


@pytest.fixture
def member(owner: Person) -> Person:
    return actions.add_person(name="Mina Member", email="mina@harbour.example", by=owner)


@pytest.fixture
def stranger(elsewhere: Organisation) -> Person:
    """The owner of the other organisation."""
    found: Person = Person.everywhere.get(email="else@elsewhere.example")
    return found


def signed_in(person: Person, *, second_factor: bool = True) -> Client:
    """A browser in which this person is signed in."""
    account = person.account or actions.provide_account(email=person.email)
    assert account is not None
    EmailAddress.objects.filter(user=account).update(verified=True)
    actions.link_account(account=account)
    if second_factor:
        Authenticator.objects.get_or_create(user=account, type=Authenticator.Type.TOTP, data={"secret": "x"})
    client = Client()
    client.force_login(Account.objects.get(pk=account.pk))
    if second_factor:
        session = client.session
        session["account_authentication_methods"] = [{"method": "mfa", "at": 0}]
        session["account_authentication_methods_user"] = str(account.pk)
        session.save()
    person.refresh_from_db()
    return client


def _with_role(name: str, role: Role, owner: Person) -> Person:
    email = f"{name.split(maxsplit=1)[0].lower()}@harbour.example"
    person = actions.add_person(name=name, email=email, by=owner)
    actions.grant_role(person=person, role=role, by=owner)
    return person
