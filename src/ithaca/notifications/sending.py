"""From the outbox to the mail server: at least once, and at most one letter twice for each sender that dies.

A sender takes one letter at a time under a lease, hands it over, and writes the delivery where the lease is
still its own.
If it dies in between, the lease runs out and another sender tries again with the same Message-ID.
"""

from __future__ import annotations

import logging
import random
import secrets
import threading
from datetime import timedelta
from email.utils import format_datetime, formataddr
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from ithaca.notifications import categories, rules
from ithaca.notifications.models import Delivery, OutboxLetter, Outcome, Waiting
from ithaca.notifications.postman import Answer, Postman, in_ascii

log = logging.getLogger("ithaca.outbox")
BROKEN_ENOUGH = 3
"""Failures of the way to the server, one after another, that end a round."""
_one_at_a_time = threading.Lock()


def drain(limit: int = 200) -> int:
    """Send up to `limit` due letters, one after another. Returns how many were tried.

    One thread of a process sends at a time; a second one leaves at once, since the first looks again before it
    ends. Where the
    way to the server itself is broken, it stops after a few tries: the others would fare no better now.
    """
    tried = broken = 0
    while tried < limit and broken < BROKEN_ENOUGH and due().exists() and _one_at_a_time.acquire(blocking=False):
        try:
            with Postman() as postman:
                while tried < limit and broken < BROKEN_ENOUGH and (held := _take()) is not None:
                    answer = _try(postman, held.letter)
                    _settle(held, answer)
                    tried += 1
                    broken = broken + 1 if answer.broken else 0
        finally:
            _one_at_a_time.release()
    return tried


def due() -> QuerySet[Waiting]:
    """Letters that may be taken now: their time has come and nobody holds them. Over all organisations: a sender
    serves all."""
    now = timezone.now()
    waiting: QuerySet[Waiting] = Waiting.everywhere.filter(due_at__lte=now).filter(
        Q(leased_until__isnull=True) | Q(leased_until__lt=now)
    )
    return waiting


def message_of(letter: OutboxLetter) -> EmailMultiAlternatives:
    """The message as it travels: both parts, and the headers by which mail programs know and can stop it."""
    headers = {
        "Message-ID": f"<{letter.code}@{urlsplit(settings.ADDRESS).hostname}>",
        "Date": format_datetime(letter.posted_at),
    }
    if letter.stop_url:
        headers["List-Unsubscribe"] = f"<{letter.stop_url}>"
        headers["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    headers["Auto-Submitted"] = "auto-generated"
    message = EmailMultiAlternatives(
        subject=letter.subject,
        body=letter.text,
        from_email=letter.sender,
        to=[formataddr((letter.to_name, in_ascii(letter.to_address)))],
        reply_to=letter.reply_to.split(", ") if letter.reply_to else None,
        headers=headers,
    )
    message.attach_alternative(letter.html, "text/html")
    return message


def _try(postman: Postman, letter: OutboxLetter) -> Answer:
    """One attempt. No letter, however odd, keeps the others from being sent."""
    try:
        return postman.hand_over(message_of(letter))
    except ValueError as error:
        return Answer(False, refused=True, reply=f"This letter cannot be sent: {error}")
    except Exception as error:
        log.exception("Letter %s could not be handed over.", letter.code)
        return Answer(False, reply=f"Not handed over: {type(error).__name__}")


@transaction.atomic
def _take() -> Waiting | None:
    """Hold the next due letter, so that no other sender takes it; longer than a server may take for one letter."""
    held = due().select_for_update(skip_locked=True).order_by("rank", "due_at", "pk").first()
    if held is None:
        return None
    held.lease, held.attempt = secrets.token_hex(16), held.attempt + 1
    held.leased_until = timezone.now() + timedelta(seconds=settings.OUTBOX_LEASE)
    held.save(update_fields=["lease", "leased_until", "attempt"])
    return held


@transaction.atomic
def _settle(held: Waiting, answer: Answer) -> None:
    """Write what became of the attempt. A success counts even after the lease was lost; a failure only while it
    is ours."""
    now = timezone.now()
    waiting = Waiting.everywhere.select_for_update().filter(pk=held.pk).first()
    if waiting is None or (waiting.lease != held.lease and not answer.accepted):
        return
    letter = held.letter
    ended = answer.accepted or answer.refused or rules.is_given_up(now - letter.posted_at)
    outcome = Outcome.SENT if answer.accepted else Outcome.BOUNCED if ended else Outcome.LATER
    Delivery.everywhere.create(
        letter=letter, organisation_id=letter.organisation_id, outcome=outcome, code=answer.code, reply=answer.reply
    )
    if ended:
        waiting.delete()
    else:
        waiting.lease, waiting.leased_until = "", None
        waiting.due_at = now + rules.wait_before_next(held.attempt, random.random())
        waiting.save(update_fields=["lease", "leased_until", "due_at"])
    if ended and letter.category == categories.SIGN_IN.key:
        # Codes are for the reader's eyes only: nothing of the letter is kept once it is settled.
        OutboxLetter.everywhere.filter(pk=letter.pk).update(text="", html="", subject=categories.SIGN_IN.label)
