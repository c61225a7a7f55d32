"""Two people act at the same moment: the database settles it, on SQLite and on PostgreSQL."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.db import DEFAULT_DB_ALIAS, connections

from ithaca.jobs.tests.room import opened
from ithaca.kernel import tenancy
from ithaca.mentorships import actions, rules
from ithaca.mentorships.models import Mentorship
from ithaca.notifications.models import OutboxLetter
from ithaca.people.models import Organisation
from ithaca.programmes import actions as programmes
from ithaca.programmes.models import Enrolment
from ithaca.programmes.rules import Side
from ithaca.programmes.tests import worlds


@pytest.fixture(autouse=True)
def _database_that_threads_share(transactional_db: None, tmp_path: Path) -> Iterator[None]:
    with opened(tmp_path):
        yield


def at_once(organisation: Organisation, *acts: Callable[[], Any]) -> list[Any]:
    """Run the acts in threads that start together; what each returned or refused."""
    shared = connections[DEFAULT_DB_ALIAS]
    gate = threading.Barrier(len(acts))
    answers: list[Any] = [None] * len(acts)

    def run(number: int, act: Callable[[], Any]) -> None:
        connections[DEFAULT_DB_ALIAS] = shared.copy()
        with tenancy.scope(organisation):
            gate.wait()
            try:
                answers[number] = act()
            except Exception as refusal:
                answers[number] = refusal
            finally:
                connections[DEFAULT_DB_ALIAS].close()

    threads = [threading.Thread(target=run, args=pair) for pair in enumerate(acts)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return answers


def test_two_publications_of_one_plan_make_it_once() -> None:
    harbour = worlds.organisation()
    with tenancy.scope(harbour):
        cohort = worlds.cohort()
        ana = worlds.enrolment(cohort, "Ana Reis", Side.MENTOR, capacity=5)
        bo = worlds.enrolment(cohort, "Bo Lund", Side.MENTEE, capacity=5)

    def publish() -> list[Mentorship]:
        return actions.introduce(cohort, pairs=[(ana, bo, [], "")], by=None)

    answers = at_once(harbour, publish, publish)
    assert sorted(type(answer).__name__ for answer in answers) == ["IntroductionRefused", "list"]
    with tenancy.scope(harbour):
        assert Mentorship.objects.count() == 1
        assert OutboxLetter.objects.count() == 2


def test_two_plans_do_not_overbook_a_mentor() -> None:
    harbour = worlds.organisation()
    with tenancy.scope(harbour):
        cohort = worlds.cohort()
        ana = worlds.enrolment(cohort, "Ana Reis", Side.MENTOR)
        mentees = [worlds.enrolment(cohort, name, Side.MENTEE) for name in ("Bo Lund", "Cy Moss")]

    def publish(mentee: Enrolment) -> Callable[[], list[Mentorship]]:
        return lambda: actions.introduce(cohort, pairs=[(ana, mentee, [], "")], by=None)

    answers = at_once(harbour, *(publish(mentee) for mentee in mentees))
    assert sum(isinstance(answer, rules.IntroductionRefused) for answer in answers) == 1
    with tenancy.scope(harbour):
        assert Mentorship.objects.open().count() == 1


def test_enrolling_twice_at_once_enrols_once() -> None:
    harbour = worlds.organisation()
    with tenancy.scope(harbour):
        cohort, person = worlds.cohort(), worlds.person("Ana Reis")
    answers = at_once(
        harbour, *[lambda: programmes.enrol(cohort, person=person, role=Side.MENTOR, by=None) for _ in range(2)]
    )
    assert sum(isinstance(answer, Enrolment) for answer in answers) == 1, answers
    with tenancy.scope(harbour):
        assert Enrolment.objects.count() == 1
