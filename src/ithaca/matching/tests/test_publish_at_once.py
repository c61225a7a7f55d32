"""Two coordinators press the button at the same moment, on the configured database."""

from __future__ import annotations

import threading
from pathlib import Path
from typing import Any

from django.db import DEFAULT_DB_ALIAS, connections

from ithaca.jobs.tests.room import opened
from ithaca.kernel import tenancy
from ithaca.matching import actions
from ithaca.matching.models import Board, Publication
from ithaca.matching.rules.board import Refused
from ithaca.matching.tests import worlds
from ithaca.mentorships.models import Mentorship
from ithaca.notifications.models import OutboxLetter


def published_by_each(boards: list[Board], organisation: Any) -> list[str]:
    """Publish every board in a thread of its own, all at once; what came of each."""
    whole = connections[DEFAULT_DB_ALIAS]
    ready = threading.Barrier(len(boards))
    said: list[str] = []

    def press(board: Board) -> None:
        connections[DEFAULT_DB_ALIAS] = whole.copy()
        try:
            with tenancy.scope(organisation):
                ready.wait()
                said.append(f"{actions.publish(board, by=None).pairs} pairs")
        except Refused as error:
            said.append(str(error))
        finally:
            connections[DEFAULT_DB_ALIAS].close()

    threads = [threading.Thread(target=press, args=[board]) for board in boards]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sorted(said)


def test_one_board_published_by_two_at_once_is_published_once(transactional_db: None, tmp_path: Path) -> None:
    with opened(tmp_path), tenancy.scope(organisation := worlds.organisation()):
        board = actions.match_now(worlds.cohort(), by=None).board
        said = published_by_each([board, board], organisation)
        assert said[0] == "4 pairs"
        assert "is published" in said[1]
        assert Publication.objects.count() == 1
        assert (Mentorship.objects.count(), OutboxLetter.objects.count()) == (4, 8)


def test_two_boards_of_one_cohort_never_share_a_place(transactional_db: None, tmp_path: Path) -> None:
    with opened(tmp_path), tenancy.scope(organisation := worlds.organisation()):
        cohort = worlds.cohort()
        boards = [actions.match_now(cohort, by=None).board for _ in range(2)]
        said = published_by_each(boards, organisation)
        assert said[0] == "4 pairs"
        assert "already introduced" in said[1]
        assert (Mentorship.objects.count(), OutboxLetter.objects.count()) == (4, 8)
