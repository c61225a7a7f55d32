from __future__ import annotations

import pytest
from django.test import Client

from ithaca.kernel import tenancy
from ithaca.people import permissions
from ithaca.people.rules import Role
from ithaca.programmes.tests import worlds


@pytest.fixture
def organisation(db):
    """An organisation in scope."""
    found = worlds.organisation()
    with tenancy.scope(found):
        yield found


@pytest.fixture
def cohort(organisation):
    return worlds.cohort()


@pytest.fixture
def coordinator(organisation):
    return worlds.person("Cora Coordinator", role=Role.COORDINATOR)


@pytest.fixture
def browser_of():
    """A browser in which somebody of the organisation is signed in, as by a development link."""

    def open_as(person) -> Client:
        client = Client()
        client.force_login(person.account)
        session = client.session
        session[permissions.DEVELOPMENT_SIGN_IN] = True
        session.save()
        return client

    return open_as
