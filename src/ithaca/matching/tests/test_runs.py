from __future__ import annotations

from collections.abc import Iterator

import pytest

from ithaca.kernel import tenancy
from ithaca.matching import actions, queries
from ithaca.matching.tests import worlds

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _in_scope() -> Iterator[None]:
    with tenancy.scope(worlds.organisation()):
        yield


def test_a_run_finds_a_proven_plan() -> None:
    cohort = worlds.cohort(mentors=4, mentees=5)
    run = queries.runs_of(cohort).get(pk=actions.start(cohort, by=worlds.coordinator()).pk)
    assert run.result.served == 4
    assert run.result.proven
    assert run.result.gap == 0
    plan = queries.plan_of(run)
    assert len(plan["pairs"]) == 4
    assert len(plan["unmatched_mentees"]) == 1
