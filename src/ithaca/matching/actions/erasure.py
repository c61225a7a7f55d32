"""Erasing somebody from what the engine saw: no pointer finds them there."""

from __future__ import annotations

from django.db import transaction

from ithaca.matching.bridge import problems
from ithaca.matching.models import RunInput, packed, unpacked
from ithaca.people.models import Person


@transaction.atomic
def forget_person(person: Person) -> int:
    """Remove what is known of `person` from the input of every run; how many were changed.

    The rows of the others stay, so the reasons of their pairs do too. Who is left of the person is the code and the places.
    """
    changed = 0
    for row in RunInput.objects.select_for_update().iterator(chunk_size=20):
        seen = unpacked(row.data)
        if _forgotten(seen["mentors"], person.code) | _forgotten(seen["mentees"], person.code):
            row.data = packed(seen)
            row.revision += 1
            row.save(update_fields=["data", "revision"])
            changed += 1
    transaction.on_commit(problems.forget)
    return changed


def _forgotten(rows: list[dict[str, object]], code: str) -> bool:
    for row in rows:
        if row["id"] == code:
            capacity = row["capacity"]
            row.clear()
            row.update(id=code, capacity=capacity)
            return True
    return False
