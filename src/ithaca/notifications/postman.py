"""Hands one message at a time to the mail server and keeps its own words.

Django's backend tells success or an exception; a coordinator needs to know what the other side said, so the dialogue of
RFC 5321 is held here, on the connection that Django's backend opens (encryption and login included).
"""

from __future__ import annotations

import smtplib
from dataclasses import dataclass
from email.utils import parseaddr
from typing import Any

from django.core import mail
from django.core.mail.backends.smtp import EmailBackend


@dataclass(frozen=True)
class Answer:
    """What became of a message: accepted, refused for good, or to be tried later.

    `broken`: the way to the server is at fault, so other letters would fare no better just now.
    """

    accepted: bool
    refused: bool = False
    broken: bool = False
    code: int | None = None
    reply: str = ""


class Postman:
    """Keeps one connection open over many letters. Close it (`with Postman() as postman:`)."""

    def __init__(self) -> None:
        self._backend: Any = mail.get_connection()

    def __enter__(self) -> Postman:
        return self

    def __exit__(self, *error: Any) -> None:
        self._backend.close()

    def hand_over(self, message: mail.EmailMessage) -> Answer:
        """Deliver one message to its one recipient. Never raises for what the network or the server does; ValueError for
        a message that cannot be written."""
        try:
            if isinstance(self._backend, EmailBackend):
                return self._by_smtp(message)
            self._backend.send_messages([message])
            return Answer(True, reply="kept")
        except smtplib.SMTPResponseException as error:
            self._forget()
            return Answer(False, broken=True, code=error.smtp_code, reply=_words(error.smtp_error))
        except (OSError, smtplib.SMTPException) as error:
            self._forget()
            return Answer(False, broken=True, reply=f"{type(error).__name__}: {error}".rstrip(": "))

    def _by_smtp(self, message: mail.EmailMessage) -> Answer:
        self._backend.open()
        server: smtplib.SMTP = self._backend.connection
        server.ehlo_or_helo_if_needed()
        code, reply = server.mail(parseaddr(message.from_email)[1])
        if code != 250:
            # The server does not want our sender: nothing is wrong with the recipient, and every other letter
            # meets the same.
            return self._end(server, Answer(False, broken=True, code=code, reply=_words(reply)))
        code, reply = server.rcpt(parseaddr(message.to[0])[1])
        if code not in (250, 251):
            return self._end(server, Answer(False, refused=500 <= code < 600, code=code, reply=_words(reply)))
        code, reply = server.data(message.message().as_bytes(linesep="\r\n"))  # type: ignore[call-arg]
        if code != 250:
            return self._end(server, Answer(False, refused=500 <= code < 600, code=code, reply=_words(reply)))
        return Answer(True, code=code, reply=_words(reply))

    def _end(self, server: smtplib.SMTP, answer: Answer) -> Answer:
        """Reset the dialogue for the next letter; a server that says 421 has closed it."""
        if answer.code == 421:
            self._forget()
            return Answer(False, broken=True, code=answer.code, reply=answer.reply)
        try:
            server.rset()
        except (OSError, smtplib.SMTPException):
            self._forget()
        return answer

    def _forget(self) -> None:
        connection = getattr(self._backend, "connection", None)
        if connection is not None:
            connection.close()
            self._backend.connection = None


def _words(reply: bytes | str) -> str:
    text = reply.decode("utf-8", "replace") if isinstance(reply, bytes) else reply
    return " ".join(text.split())[:1000]


def in_ascii(address: str) -> str:
    """An address as servers know it: international domains in their ASCII form. ValueError for other foreign letters."""
    local, _, domain = address.rpartition("@")
    if not local.isascii():
        raise ValueError(f"the part before the @ of {address} has letters that mail servers do not accept")
    return f"{local}@{domain.encode('idna').decode() if not domain.isascii() else domain}"
