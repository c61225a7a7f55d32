"""What mail servers say, and what becomes of a letter then: refused for good, later, a line that drops."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session
from django.utils import timezone

from ithaca.notifications import actions, letters, rules, sending
from ithaca.notifications.models import Delivery, OutboxLetter, Outcome, Waiting
from ithaca.notifications.tests.conftest import introduction
from ithaca.notifications.tests.test_survival import free_port


class Server:
    """Answers as it is told: `to_rcpt` and `to_data` are replies, "drop" hangs up."""

    to_rcpt = to_data = ""

    def __init__(self) -> None:
        self.taken: list[bytes] = []

    async def handle_RCPT(self, server: SMTP, session: Session, envelope: Envelope, to: str, options: Any) -> str:
        if not self.to_rcpt:
            envelope.rcpt_tos.append(to)
        return self.to_rcpt or "250 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        if self.to_data == "drop":
            server.transport.close()
            return ""
        if not self.to_data:
            self.taken.append(bytes(envelope.content or b""))
        return self.to_data or "250 2.0.0 Queued as 4711"


@pytest.fixture
def server(settings: Any) -> Iterator[Server]:
    told = Server()
    controller = Controller(told, hostname="127.0.0.1", port=free_port())
    controller.start()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", controller.port
    yield told
    controller.stop()


def ending(letter: OutboxLetter) -> tuple[str, int | None, str]:
    return Delivery.everywhere.filter(letter=letter).order_by("pk").values_list("outcome", "code", "reply").last()


def make_due() -> None:
    Waiting.everywhere.update(due_at=timezone.now())


def test_the_words_of_the_server_are_kept(server, ada):
    letter = actions.post(introduction(ada), cause="x")
    assert ending(letter) == (Outcome.SENT, 250, "2.0.0 Queued as 4711")
    (source,) = server.taken
    assert f"Message-ID: <{letter.code}@127.0.0.1>".encode() in source
    assert b"Subject: =?utf-8?" in source


def test_a_permanent_refusal_bounces(server, ada):
    server.to_rcpt = "550 5.1.1 No such mailbox"
    letter = actions.post(introduction(ada), cause="x")
    assert ending(letter) == (Outcome.BOUNCED, 550, "5.1.1 No such mailbox")
    assert not Waiting.everywhere.exists()


@pytest.mark.parametrize("where", ["to_rcpt", "to_data"])
def test_a_temporary_refusal_is_tried_again_later_with_the_same_id(server, ada, where):
    setattr(server, where, "451 4.7.1 Greylisted, come back")
    letter = actions.post(introduction(ada), cause="x")
    assert ending(letter) == (Outcome.LATER, 451, "4.7.1 Greylisted, come back")
    assert Waiting.everywhere.get().due_at > timezone.now() + timedelta(seconds=30)
    assert sending.drain() == 0
    setattr(server, where, "")
    make_due()
    assert sending.drain() == 1
    assert ending(letter)[0] == Outcome.SENT
    assert f"<{letter.code}@127.0.0.1>".encode() in server.taken[0]


def test_a_line_that_drops_is_not_a_bounce(server, ada):
    server.to_data = "drop"
    letter = actions.post(introduction(ada), cause="x")
    assert ending(letter)[0] == Outcome.LATER
    server.to_data = ""
    make_due()
    sending.drain()
    assert ending(letter)[0] == Outcome.SENT


def test_one_refused_letter_does_not_keep_the_next_one(server, ada, owner):
    server.to_rcpt = "550 No"
    actions.post(introduction(ada), cause="x")
    server.to_rcpt = ""
    assert ending(actions.post(introduction(owner), cause="x"))[0] == Outcome.SENT


def test_a_server_that_is_away_stops_the_round_and_is_asked_again_later(settings, ada):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", free_port()
    for _ in range(5):
        actions.post(introduction(ada), cause="x")
    make_due()
    assert sending.drain() == sending.BROKEN_ENOUGH
    assert Waiting.everywhere.count() == 5


def test_after_three_days_a_letter_is_returned_with_the_last_words(server, ada):
    server.to_rcpt = "452 Mailbox full"
    letter = actions.post(introduction(ada), cause="x")
    OutboxLetter.everywhere.update(posted_at=timezone.now() - rules.GIVE_UP_AFTER)
    make_due()
    sending.drain()
    assert ending(letter) == (Outcome.BOUNCED, 452, "Mailbox full")


def test_an_address_that_mail_cannot_carry_is_refused_in_words(server, ada):
    ada.email = "ådå@harbour.example"
    letter = actions.post(introduction(ada), cause="x")
    outcome, _, reply = ending(letter)
    assert outcome == Outcome.BOUNCED
    assert "before the @" in reply


def test_urgent_letters_overtake(server, ada, settings):
    settings.EMAIL_PORT, port = free_port(), settings.EMAIL_PORT
    actions.post(introduction(ada, subject="Slow"), cause="x")
    from ithaca.notifications import categories

    code = letters.Letter(to=ada, subject="Code", category=categories.SIGN_IN, blocks=["1"])
    actions.post(code, cause="x")
    settings.EMAIL_PORT = port
    make_due()
    sending.drain()
    assert [b"Subject: Code" in source for source in server.taken] == [True, False]


def test_waits_double_up_to_two_hours_and_spread():
    waits = [rules.wait_before_next(attempt, 0.5) for attempt in (1, 2, 3, 40)]
    assert waits == [timedelta(minutes=1), timedelta(minutes=2), timedelta(minutes=4), timedelta(hours=2)]
    assert rules.wait_before_next(1, 0.0) < rules.wait_before_next(1, 1.0)
