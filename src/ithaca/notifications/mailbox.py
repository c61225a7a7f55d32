"""The development mailbox: a mail backend that keeps what would be sent, for the page /-/mailbox/."""

from __future__ import annotations

from collections.abc import Sequence
from email.header import decode_header, make_header

from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend

from ithaca.notifications.models import KeptMail


class MailboxBackend(BaseEmailBackend):
    """Keeps every message whole, as it would have travelled."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        for message in email_messages:
            KeptMail.everywhere.create(
                to_address=str(make_header(decode_header(", ".join(message.to))))[:400],
                subject=message.subject[:400],
                source=message.message().as_bytes(),
            )
        return len(email_messages)
