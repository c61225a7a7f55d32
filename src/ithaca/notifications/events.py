"""Facts of the outbox that belong into the ledger."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from ithaca.kernel.events import Event


@dataclass(frozen=True)
class LetterPostedAgain(Event):
    """A coordinator had a refused letter sent once more."""

    key: ClassVar[str] = "letter.posted_again"
    sentence: ClassVar[str] = "{actor} had a letter sent again ({category})"

    category: str
