"""A pair that was introduced eight days ago, and everybody who looks at it."""

from __future__ import annotations

import datetime
from collections.abc import Iterator

import pytest
from django.utils import timezone

from ithaca.kernel import tenancy
from ithaca.mentorships import actions
from ithaca.mentorships.models import Mentorship
from ithaca.people.models import Organisation, Person
from ithaca.people.rules import Role
from ithaca.programmes import actions as programmes
from ithaca.programmes.models import Cohort
from ithaca.programmes.rules import Side
from ithaca.programmes.tests import worlds


@pytest.fixture
def harbour(db: None) -> Iterator[Organisation]:
    made = worlds.organisation()
    with tenancy.scope(made):
        yield made


@pytest.fixture
def pair_cohort(harbour: Organisation) -> Cohort:
    return worlds.cohort()


@pytest.fixture
def pair(pair_cohort: Cohort) -> Mentorship:
    """Ana mentors Bo since eight days."""
    ana = worlds.enrolment(pair_cohort, "Ana Reis", Side.MENTOR, headline="Harbour pilot")
    bo = worlds.enrolment(pair_cohort, "Bo Lund", Side.MENTEE, goals="To lead a crew.")
    told = (ana, bo, ["You both speak Portuguese."], "Hello Ana, I saw that you pilot ships.")
    eight_days_ago = timezone.now() - datetime.timedelta(days=8)
    return actions.introduce(pair_cohort, pairs=[told], by=None, at=eight_days_ago)[0]


@pytest.fixture
def cora(harbour: Organisation) -> Person:
    return worlds.person("Cora Hill", role=Role.COORDINATOR)


@pytest.fixture
def strangers(pair: Mentorship) -> list[Person]:
    """A fellow of the same cohort, who runs another programme, and the coordinator of another organisation."""
    fellow = worlds.enrolment(pair.cohort, "Fay Low", Side.MENTEE).person
    pia = worlds.person("Pia Shaw")
    programmes.grant_role(worlds.programme("Another"), person=pia, role=Role.COORDINATOR, by=None)
    with tenancy.scope(worlds.organisation("elsewhere", "Elsewhere")):
        else_where = worlds.person("Else Where", role=Role.COORDINATOR)
    return [fellow, pia, else_where]
