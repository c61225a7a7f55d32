"""A small organisation for the tests of this slice and of those above."""

from __future__ import annotations

import datetime
from typing import Any

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
    return actions.enrol(into, person=person(name, **profile), role=role, capacity=capacity, by=None)
