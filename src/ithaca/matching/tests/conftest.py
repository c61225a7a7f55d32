"""One organisation in scope, a coordinator, and a cohort that has been matched."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.test import Client

from ithaca.kernel import tenancy
from ithaca.matching import actions
from ithaca.matching.models import Board, Run
from ithaca.matching.tests import worlds
from ithaca.people.models import Organisation, Person
from ithaca.people.tests.conftest import signed_in
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
    return worlds.cohort(mentors=6, mentees=8)


@pytest.fixture
def run(cohort: Cohort, cora: Person) -> Run:
    return actions.match_now(cohort, by=cora)


@pytest.fixture
def board(run: Run) -> Board:
    return run.board


@pytest.fixture
def browser(cora: Person) -> Client:
    return signed_in(cora)
