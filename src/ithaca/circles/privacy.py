"""What happens to a person's rows of this slice when they ask for their data or leave (see `kernel.privacy`)."""

from __future__ import annotations

from typing import Any

from ithaca.circles.models import Circle, Introduction, Member, Round
from ithaca.kernel.privacy import Entry, Erase, register
from ithaca.people.models import Person


def _unsaid(person: Any) -> int:
    """What the members of a circle share was said of the person as well."""
    return int(Circle.objects.filter(members__person=person.pk).update(shared=[])) if isinstance(person, Person) else 0


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
    Entry(
        Member,
        ("person",),
        export=("circle__code", "joined_at", "begins", "circle__shared"),
        erase=Erase.DELETE,
        also=_unsaid,
    ),
)
