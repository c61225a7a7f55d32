"""What a slice writes: a `Letter` of plain words, without any layout. Its look and its text part are made from
the same data.

    Letter(
        to=mentee,
        subject="Meet Ada, your mentor",
        category=categories.INTRODUCTION,
        preheader="What you share, and a first question",
        blocks=["Ada has led two laboratories …", Facts([("E-mail", "ada@example.org")]), Quote("Ask me.", "Ada")],
        action=("Write to Ada", "/o/harbour/mentorships/7k3m/"),
        why="you take part in “Women in engineering”",
    )

`notifications.actions.post(letter, cause=…)` sends it, `notifications.rendering.preview(letter)` shows what
would be sent.
Addresses of links may be paths; they are completed with the address of the installation.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

from django.utils import translation

from ithaca.notifications.categories import Category
from ithaca.people.models import Person

Link = tuple[str, str]
"""Label and address."""


@dataclass(frozen=True)
class Address:
    """Somebody who is not (or not as such) a person of an organisation: a bare e-mail address."""

    email: str
    name: str = ""
    language: str = ""


@dataclass(frozen=True)
class Heading:
    """A line above the blocks that follow."""

    text: str


@dataclass(frozen=True)
class Facts:
    """Terms with their values, one per line: who, when, where."""

    rows: Sequence[tuple[str, str]]


@dataclass(frozen=True)
class Quote:
    """Words of somebody else, set apart."""

    text: str
    by: str = ""


@dataclass(frozen=True)
class Bullets:
    """A short list."""

    items: Sequence[str]


@dataclass(frozen=True)
class Code:
    """A code to type in, large and easy to copy."""

    text: str


Block = str | Heading | Facts | Quote | Bullets | Code
"""A plain string is a paragraph; an empty line in it begins another one."""


@dataclass(frozen=True)
class Letter:
    """One mail to one person. `why` completes "You receive this because …"; `reply_to` is one address or several with
    commas; `confidential` hides who and what from staff."""

    to: Person | Address
    subject: str
    category: Category
    blocks: Sequence[Block]
    preheader: str = ""
    greeting: str | None = None
    action: Link | None = None
    secondary: Link | None = None
    closing: str = ""
    why: str = ""
    reply_to: str = ""
    confidential: bool = False

    def __post_init__(self) -> None:
        if not self.subject.strip():
            raise ValueError("A letter needs a subject.")
        if not self.to.email:
            raise ValueError(f"{self.to} has no e-mail address.")


def language_of(to: Person | Address) -> str:
    """Language in which somebody reads: their own, else their organisation's."""
    if isinstance(to, Address):
        return to.language or translation.get_language() or "en-gb"
    return to.language or to.organisation.language


@contextmanager
def in_language_of(to: Person | Address) -> Iterator[None]:
    """Translate what is written inside into the reader's language: `with letters.in_language_of(person): return
    Letter(…)`."""
    with translation.override(language_of(to)):
        yield
