"""Two coordinators press a button at the same moment, on the configured database."""

from __future__ import annotations

import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

from django.db import DEFAULT_DB_ALIAS, connections

from ithaca.circles import actions
from ithaca.circles.models import Circle, Introduction, Member, Round
from ithaca.circles.rules import Refused
from ithaca.circles.tests.test_rounds import drawn
from ithaca.jobs.tests.room import opened
from ithaca.kernel import tenancy
from ithaca.matching.tests import worlds
from ithaca.notifications.models import OutboxLetter


def each_at_once(deeds: list[Callable[[Round], object]], found: Round, organisation: Any) -> list[str]:
    """Do everything to the round in a thread of its own, all at the same moment; what was refused, in words."""
    whole = connections[DEFAULT_DB_ALIAS]
    ready = threading.Barrier(len(deeds))
    refused: list[str] = []

    def press(deed: Callable[[Round], object]) -> None:
        connections[DEFAULT_DB_ALIAS] = whole.copy()
        try:
            with tenancy.scope(organisation):
                mine = Round.objects.select_related("cohort__programme", "cohort__organisation", "seating").get(
                    pk=found.pk
                )
                ready.wait()
                deed(mine)
        except Refused as error:
            refused.append(str(error))
        finally:
            connections[DEFAULT_DB_ALIAS].close()

    threads = [threading.Thread(target=press, args=[deed]) for deed in deeds]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return refused


def introduce(found: Round) -> object:
    return actions.introduce(found, by=None)


def test_a_round_introduced_by_two_at_once_is_introduced_once(transactional_db: None, tmp_path: Path) -> None:
    with opened(tmp_path), tenancy.scope(organisation := worlds.organisation()):
        found = drawn(worlds.cohort(mentors=0, mentees=8))
        assert each_at_once([introduce, introduce], found, organisation) == ["These groups were introduced already."]
        assert Introduction.objects.count() == 1
        assert OutboxLetter.objects.count() == Member.objects.count() == 8


def test_a_round_is_either_introduced_or_discarded(transactional_db: None, tmp_path: Path) -> None:
    with opened(tmp_path), tenancy.scope(organisation := worlds.organisation()):
        found = drawn(worlds.cohort(mentors=0, mentees=8))
        (said,) = each_at_once([introduce, lambda one: actions.discard(one, by=None)], found, organisation)
        stays = Round.objects.filter(pk=found.pk).exists()
        assert said.startswith("These groups were introduced" if stays else "This round was discarded")
        assert OutboxLetter.objects.count() == Member.objects.count() == (8 if stays else 0)
        assert Circle.objects.exists() == stays
