"""An organisation with a coordinator, somebody who runs one programme, a participant, a stranger; and another organisation."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from ithaca.kernel import tenancy
from ithaca.people.models import Organisation, Person
from ithaca.people.rules import Role
from ithaca.programmes import actions
from ithaca.programmes.models import Cohort, Enrolment
from ithaca.programmes.rules import Side
from ithaca.programmes.tests import worlds


@pytest.fixture
def harbour(db: None) -> Iterator[Organisation]:
    made = worlds.organisation()
    with tenancy.scope(made):
        yield made


@pytest.fixture
def elsewhere(db: None) -> Person:
    """The coordinator of another organisation."""
    with tenancy.scope(worlds.organisation("elsewhere", "Elsewhere")):
        return worlds.person("Else Where", role=Role.COORDINATOR)


@pytest.fixture
def cora(harbour: Organisation) -> Person:
    """Coordinates everything."""
    return worlds.person("Cora Hill", role=Role.COORDINATOR)


@pytest.fixture
def cohort(harbour: Organisation) -> Cohort:
    return worlds.cohort()


@pytest.fixture
def pia(cohort: Cohort) -> Person:
    """Coordinates another programme only."""
    person = worlds.person("Pia Shaw")
    actions.grant_role(worlds.programme("Another"), person=person, role=Role.COORDINATOR, by=None)
    return person


@pytest.fixture
def ana(cohort: Cohort) -> Enrolment:
    """A mentor."""
    return worlds.enrolment(cohort, "Ana Reis", Side.MENTOR, capacity=2, headline="Harbour pilot")
