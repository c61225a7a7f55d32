"""A small organisation and its people."""

from __future__ import annotations

from typing import Any

import pytest

from ithaca.notifications import categories, letters
from ithaca.people.models import Account, Organisation, Person, RoleGrant
from ithaca.people.rules import Role


@pytest.fixture
def organisation(db: None) -> Organisation:
    return Organisation.objects.create(slug="harbour", name="Harbour Engineers", contact_email="desk@harbour.example")


@pytest.fixture
def ada(organisation: Organisation) -> Person:
    return person(organisation, "Ada Byron")


@pytest.fixture
def owner(organisation: Organisation) -> Person:
    owner = person(organisation, "Olu Okoro")
    RoleGrant.everywhere.create(organisation=organisation, person=owner, role=Role.OWNER)
    return owner


def person(organisation: Organisation, name: str) -> Person:
    """Somebody with a sign-in."""
    email = f"{name.split(maxsplit=1)[0].lower()}@{organisation.slug}.example"
    account = Account.objects.create_user(email)
    made: Person = Person.everywhere.create(organisation=organisation, name=name, email=email, account=account)
    return made


def introduction(to: Any, **changes: Any) -> letters.Letter:
    """A letter with every kind of block."""
    fields: dict[str, Any] = {
        "subject": "Meet Zoë,\nyour mentor",
        "category": categories.INTRODUCTION,
        "blocks": [
            "Zoë <b>leads</b> a team.\n\nShe likes boats & tides.",
            letters.Heading("How to reach each other"),
            letters.Facts([("E-mail", "zoe@harbour.example")]),
            letters.Quote("Ask me anything.", "Zoë"),
            letters.Bullets(["Write first", "Say what you hope for"]),
        ],
        "action": ("Write to Zoë", "/o/harbour/mentorships/7k3m/"),
        "why": "you take part in “First years”",
    }
    return letters.Letter(to=to, **{**fields, **changes})
