"""What a kind of item of Today is."""

from __future__ import annotations

import datetime
from abc import ABC, abstractmethod
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import ClassVar

from ithaca.home.queries import Desk
from ithaca.programmes.desk import Link


@dataclass(frozen=True)
class Item:
    """One thing that needs a human today.

    `reasons` are sentences that say why it is here, `people` the names behind a number with their pages, `urgency` moves it
    within its kind's rank: the larger the earlier. `since` is the day from which it has been waiting.
    """

    title: str
    about: str
    reasons: list[str]
    action: Link
    urgency: int = 0
    since: datetime.date | None = None
    people: list[Link] = field(default_factory=list)
    further: Link | None = None


class Kind(ABC):
    """A family of items with one reason to exist. `rank` orders kinds on Today: the smaller the earlier."""

    key: ClassVar[str]
    label: ClassVar[str]
    help: ClassVar[str]
    rank: ClassVar[int]
    tone: ClassVar[str] = "neutral"

    @abstractmethod
    def items(self, desk: Desk) -> Iterable[Item]:
        """What of this kind waits on this desk today."""
