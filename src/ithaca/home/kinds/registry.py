"""All kinds of items of Today. A new one is its file and a line here."""

from __future__ import annotations

from dataclasses import dataclass

from ithaca.home.kinds.base import Item, Kind
from ithaca.home.kinds.dwindled import CircleTooSmall
from ithaca.home.kinds.gone import GoneWithOpenPair
from ithaca.home.kinds.incomplete import ProgrammeIncomplete
from ithaca.home.kinds.letters import LetterCameBack
from ithaca.home.kinds.matching import MatchingStopped, MatchingWaits, ReadyToMatch
from ithaca.home.kinds.nobody import NobodyHere
from ithaca.home.kinds.profiles import ProfilesEmpty
from ithaca.home.kinds.quiet import NoFirstContact
from ithaca.home.kinds.unended import Unended
from ithaca.home.kinds.without import WithoutMentor
from ithaca.home.queries import Desk

KINDS: tuple[Kind, ...] = (
    LetterCameBack(),
    NoFirstContact(),
    GoneWithOpenPair(),
    MatchingWaits(),
    MatchingStopped(),
    ReadyToMatch(),
    NobodyHere(),
    WithoutMentor(),
    CircleTooSmall(),
    Unended(),
    ProfilesEmpty(),
    ProgrammeIncomplete(),
)


@dataclass(frozen=True)
class Waiting:
    """An item with its kind, as it stands in the queue."""

    kind: Kind
    item: Item


def queue(desk: Desk) -> list[Waiting]:
    """What needs a human today, the most pressing first; a fixed order for equal ones."""
    found = [Waiting(kind, item) for kind in KINDS for item in kind.items(desk)]
    return sorted(
        found,
        key=lambda waiting: (
            waiting.kind.rank - waiting.item.urgency,
            waiting.item.since or desk.today,
            waiting.item.title,
        ),
    )
