"""Inviting somebody: one letter, after the change is saved."""

from __future__ import annotations

from typing import Any

import pytest
from django.core import mail
from django.test import Client

from ithaca.kernel import tenancy
from ithaca.people import actions
from ithaca.people.models import Person


@pytest.mark.django_db
def test_who_is_invited_gets_one_letter(django_capture_on_commit_callbacks: Any) -> None:
    harbour = actions.found_organisation(
        name="Harbour", slug="harbour", owner_name="Olga Owner", owner_email="olga@harbour.example"
    )
    with tenancy.scope(harbour):
        owner = Person.objects.get()
        with django_capture_on_commit_callbacks(execute=True):
            actions.add_person(name="Mina", email="mina@harbour.example", by=owner, invite=True)
            actions.add_person(name="Omar", email="omar@harbour.example", by=owner)
    assert [message.to for message in mail.outbox] == [["Mina <mina@harbour.example>"]]
    assert "Olga Owner has added you to Harbour" in mail.outbox[0].body
    assert "/sign-in/?email=mina%40harbour.example" in mail.outbox[0].body
    assert b'value="mina@harbour.example"' in Client().get("/sign-in/?email=mina%40harbour.example").content
