"""Who may do what with people and in the organisation."""

from __future__ import annotations

from ithaca.people.models import Person
from ithaca.people.rules import Role


def roles_of(person: Person) -> frozenset[Role]:
    """Roles in the whole organisation; asked once per request and kept on the object."""
    kept = getattr(person, "_roles", None)
    if kept is None:
        kept = frozenset(Role(role) for role in person.role_grants.values_list("role", flat=True))
        person._roles = kept  # type: ignore[attr-defined]
    return kept
