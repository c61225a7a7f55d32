"""A small organisation for the tests of this slice and of those above."""

from __future__ import annotations

import datetime
from typing import Any

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from ithaca.people import permissions
from ithaca.people.models import Account, Organisation, Person, Profile, RoleGrant
from ithaca.people.rules import Role
from ithaca.programmes import actions, rules
from ithaca.programmes.models import Cohort, Enrolment, Programme

START = datetime.date(2027, 1, 11)

TEXTS: dict[str, Any] = {
    "purpose": "Help members in their first five years to find their way.",
    "objectives": ["40 mentorships reach their mid-point by June"],
    "audience": "Members in their first five years, and members with more than ten.",
    "format": "One mentor and one mentee, by video or in person.",
    "mentor_role": "Listens, asks, shares experience.",
    "mentee_role": "Takes the first step and sets the agenda.",
    "confidentiality": "What is said in a meeting stays between the two.",
    "not_private": "Danger to somebody's life or safety, and harassment.",
}


def organisation(slug: str = "harbour", name: str = "Harbour Association") -> Organisation:
    return Organisation.objects.create(slug=slug, name=name)


def person(name: str, *, signs_in: bool = True, role: Role | None = None, **profile: Any) -> Person:
    """Somebody of the organisation in scope; with an account of the same address unless told otherwise."""
    email = name.lower().replace(" ", ".") + "@example.org"
    account = Account.objects.get_or_create(email=email)[0] if signs_in else None
    made: Person = Person.objects.create(name=name, email=email, account=account)
    if profile:
        Profile.objects.create(person=made, **profile)
    if role:
        RoleGrant.objects.create(person=made, role=role)
    return made


def programme(name: str = "First Steps", **texts: Any) -> Programme:
    return actions.create_programme(name=name, by=None, **(TEXTS | texts))


def cohort(of: Programme | None = None, name: str = "Spring 2027", start: datetime.date = START) -> Cohort:
    return actions.create_cohort(of or programme(), name=name, dates=rules.proposed_dates(start), by=None)


def enrolment(into: Cohort, name: str, role: rules.Side, capacity: int = 1, **profile: Any) -> Enrolment:
    """Somebody new in the cohort; `signs_in=False` leaves the account out."""
    return actions.enrol(into, person=person(name, **profile), role=role, capacity=capacity, by=None)


def signed_in(who: Person) -> Client:
    """A browser in which this person is signed in, with the second step where it is asked for."""
    account = who.account
    assert account is not None
    client = Client()
    client.force_login(account)
    session = client.session
    session[permissions.DEVELOPMENT_SIGN_IN] = True
    session.save()
    return client


def queries_of(browser: Client, address: str) -> int:
    """How many queries a page takes, once everything that is kept is kept."""
    browser.get(address)
    with CaptureQueriesContext(connection) as captured:
        response = browser.get(address)
    if response.status_code != 200:
        raise AssertionError(f"{address} answered {response.status_code}")
    return len(captured)
