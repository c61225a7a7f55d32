"""What happens to a person's rows of this slice when they ask for their data or leave (see `kernel.privacy`)."""

from __future__ import annotations

from ithaca.circles.models import Introduction, Member, Round
from ithaca.kernel.privacy import Entry, Erase, register

register(
    Entry(
        Round,
        (),
        mentions=("started_by",),
        export=None,
        erase=Erase.KEEP,
        why="it only says who did something; groups hold codes, and names are read when they are shown",
    ),
    Entry(
        Introduction,
        (),
        mentions=("by",),
        export=None,
        erase=Erase.KEEP,
        why="it only says who introduced the groups of a round, and when",
    ),
    Entry(Member, ("person",), export=("joined_at", "begins"), erase=Erase.DELETE),
)
