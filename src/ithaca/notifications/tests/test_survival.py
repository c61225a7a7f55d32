"""Nothing is lost, and at most one letter is doubled by each sender that is killed: 400 letters, three senders, twelve kills."""

from __future__ import annotations

import random
import socket
import threading
import time
from collections import Counter
from collections.abc import Iterator
from email import message_from_bytes
from pathlib import Path
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

from ithaca.jobs.tests.room import Room, opened
from ithaca.notifications import actions
from ithaca.notifications.models import Delivery, OutboxLetter, Outcome, Waiting
from ithaca.notifications.tests.conftest import introduction
from ithaca.people.models import Organisation, Person

LETTERS, SENDERS, KILLS = 400, 3, 12


class Postbox:
    """A mail server's end: counts what it has accepted, by Message-ID."""

    def __init__(self) -> None:
        self.accepted: Counter[str] = Counter()
        self.lock = threading.Lock()

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        message = message_from_bytes(bytes(envelope.content or b""))
        with self.lock:
            self.accepted[str(message["Message-ID"])] += 1
        return "250 2.0.0 Taken"


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture
def postbox() -> Iterator[tuple[Postbox, int]]:
    box = Postbox()
    server = Controller(box, hostname="127.0.0.1", port=free_port())
    server.start()
    yield box, int(server.port)
    server.stop()


@pytest.fixture
def room(transactional_db: None, settings: Any, tmp_path: Path, postbox: tuple[Postbox, int]) -> Iterator[Room]:
    settings.TASKS = settings.TASKS_IN_EARNEST
    with opened(tmp_path) as room:
        room.modules = ("ithaca.notifications.actions",)
        room.settings = {
            "EMAIL_BACKEND": "django.core.mail.backends.smtp.EmailBackend",
            "EMAIL_HOST": "127.0.0.1",
            "EMAIL_PORT": postbox[1],
            "EMAIL_TIMEOUT": 20,
            "OUTBOX_LEASE": 1,
        }
        yield room


def test_killed_senders_lose_nothing_and_double_at_most_one_letter_each(room, postbox):
    box, _ = postbox
    organisation = Organisation.objects.create(slug="harbour", name="Harbour Engineers")
    people = [
        Person(organisation=organisation, name=f"Person {number}", email=f"p{number}@harbour.example")
        for number in range(LETTERS)
    ]
    Person.everywhere.bulk_create(people)
    from django.db import transaction

    with transaction.atomic():
        for person in people:
            actions.post(introduction(person), cause="x", key=f"introduction:{person.code}")

    chance = random.Random(7)
    senders = [room.worker() for _ in range(SENDERS)]
    for kill in range(KILLS):
        room.eventually(lambda kill=kill: len(box.accepted) >= (kill + 1) * LETTERS // (KILLS + 3))
        time.sleep(chance.random() / 50)
        doomed = chance.randrange(SENDERS)
        senders[doomed].kill()
        senders[doomed] = room.worker()
    room.eventually(lambda: not Waiting.everywhere.exists())

    expected = {f"<{code}@127.0.0.1>" for code in OutboxLetter.everywhere.values_list("code", flat=True)}
    assert set(box.accepted) == expected
    assert len(expected) == LETTERS
    assert sum(box.accepted.values()) - LETTERS <= KILLS
    sent = Delivery.everywhere.filter(outcome=Outcome.SENT)
    assert sent.values("letter").distinct().count() == sent.count() == LETTERS
