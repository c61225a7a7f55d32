"""What a person tells about themselves."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db import transaction

from ithaca.kernel import events as ledger
from ithaca.people import events, rules
from ithaca.people.models import Person, Profile


@transaction.atomic
def edit_profile(person: Person, *, values: Mapping[str, Any], readers: Mapping[str, int] | None = None) -> list[str]:
    """Save some fields of the own profile, and who may read which (only choices that the field allows are kept).

    Returns the names of what changed; the ledger gets these names, never the texts.
    """
    profile, _ = Profile.objects.select_for_update().get_or_create(person=person)
    changed = [name for name, value in values.items() if getattr(profile, name) != value]
    for name in changed:
        setattr(profile, name, values[name])
    visibility = dict(profile.visibility)
    for name, reader in (readers or {}).items():
        field = rules.FIELDS[name]
        if reader in field.choices and reader != field.read_by(visibility):
            visibility[name] = int(reader)
            changed.append(f"who reads {name}")
    if changed:
        profile.visibility = visibility
        profile.save()
        _announce(person, changed)
    return changed


@transaction.atomic
def edit_account(person: Person, *, name: str, language: str, time_zone: str) -> None:
    """How the person is called here, and the language and time zone of pages and mail (blank: the organisation's)."""
    wanted = {"name": name.strip(), "language": language, "time_zone": time_zone}
    changed = [field for field, value in wanted.items() if getattr(person, field) != value]
    for field in changed:
        setattr(person, field, wanted[field])
    if changed:
        person.save(update_fields=changed)
        _announce(person, changed)


def _announce(person: Person, changed: list[str]) -> None:
    fields = ", ".join(name.replace("_", " ") for name in changed)
    ledger.announce(events.ProfileEdited(person=person.name, fields=fields), actor=person, subject=person.subject)
