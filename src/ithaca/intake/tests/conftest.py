from __future__ import annotations

import pytest

from ithaca.kernel import tenancy
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
