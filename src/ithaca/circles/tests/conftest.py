"""One organisation in scope, its coordinator, and a cohort."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from ithaca.kernel import tenancy
from ithaca.matching.tests import worlds
from ithaca.people.models import Organisation, Person
from ithaca.programmes.models import Cohort


@pytest.fixture
def organisation(db: None) -> Iterator[Organisation]:
    made = worlds.organisation()
    with tenancy.scope(made):
        yield made


@pytest.fixture
def cora(organisation: Organisation) -> Person:
    return worlds.coordinator()


@pytest.fixture
def cohort(organisation: Organisation) -> Cohort:
    return worlds.cohort(mentors=3, mentees=13)
