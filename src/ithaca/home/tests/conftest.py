"""An organisation, its coordinator, and cohorts whose dates are set so that today falls where a test wants it."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterator

import pytest
from django.utils import timezone

from ithaca.home.queries import Desk
from ithaca.kernel import tenancy
from ithaca.people.models import Organisation, Person
from ithaca.people.rules import Role
from ithaca.programmes.models import Cohort
from ithaca.programmes.rules import Side
from ithaca.programmes.tests import worlds

Begun = Callable[[int], Cohort]


@pytest.fixture
def harbour(db: None) -> Iterator[Organisation]:
    made = worlds.organisation()
    with tenancy.scope(made):
        yield made


@pytest.fixture
def cora(harbour: Organisation) -> Person:
    return worlds.person("Cora Hill", role=Role.COORDINATOR)


@pytest.fixture
def begun(harbour: Organisation) -> Begun:
    """A cohort whose applications opened so many days ago; every call makes another one of the same programme."""
    programme = worlds.programme()

    def make(days_ago: int) -> Cohort:
        start = timezone.localdate() - datetime.timedelta(days=days_ago)
        return worlds.cohort(programme, f"Cohort {programme.cohorts.count() + 1}", start)

    return make


@pytest.fixture
def desk(harbour: Organisation, cora: Person) -> Callable[[], Desk]:
    """The coordinator's desk as it is now."""
    return lambda: Desk(harbour, cora, timezone.localdate())


def filled(cohort: Cohort, pairs: int = 2) -> Cohort:
    """With so many mentors and mentees, all of whom have told what matters."""
    for number in range(pairs):
        worlds.enrolment(cohort, f"Mentor {cohort.pk} {number}", Side.MENTOR, offers=["sailing"])
        worlds.enrolment(cohort, f"Mentee {cohort.pk} {number}", Side.MENTEE, needs=["sailing"])
    return cohort
