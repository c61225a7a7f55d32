"""What happens to a person's rows of this slice when they ask for their data or leave (see `kernel.privacy`)."""

from __future__ import annotations

from typing import Any

from ithaca.kernel.privacy import Entry, Erase, register
from ithaca.people.models import Person
from ithaca.studies import actions
from ithaca.studies.models import Study


def forget_in_repairs(subject: Any) -> int:
    """Repairs keep what the engine saw of everybody; those with the person in it go."""
    return actions.forget_person(subject) if isinstance(subject, Person) else 0


register(
    Entry(
        Study,
        (),
        export=None,
        erase=Erase.KEEP,
        why="plans name people by their codes only; repairs, which hold more, are let go of",
        also=forget_in_repairs,
    ),
)
