"""The organisation and coordinator of the tests of matching, and a cohort that can be drawn into circles."""

from __future__ import annotations

import pytest

from ithaca.matching.tests import worlds
from ithaca.matching.tests.conftest import cora, organisation
from ithaca.people.models import Organisation
from ithaca.programmes.models import Cohort

__all__ = ["cora", "organisation"]


@pytest.fixture
def cohort(organisation: Organisation) -> Cohort:
    return worlds.cohort(mentors=3, mentees=13)
