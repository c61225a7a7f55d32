"""What happens to the data of a person: every table that points at a person or a sign-in says how its rows are exported
and what erasure does to them. A slice declares its tables in its `privacy.py`:

    privacy.register(
        privacy.Entry(Profile, ("person",), export=("headline", "about"), erase=privacy.Erase.DELETE),
        privacy.Entry(Run, (), mentions=("by",), export=None, erase=privacy.Erase.KEEP, why="a record of the matching"),
    )

The house's tests fail for a table without an entry. `people.actions.export_person` and `erase_person` walk through the
entries; they know no table by name. Django imports every slice's `privacy.py` when the first entry is asked for.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import Enum
from typing import Any

from django.db import models
from django.db.models import Q
from django.utils.module_loading import autodiscover_modules

Rows = Callable[[Any, Any], models.QuerySet[Any]]


class Erase(Enum):
    """What erasure does to the rows that point at a person."""

    DELETE = "deleted"
    BLANK = "kept, with the texts emptied"  # the row stays for the other people in it
    FORGET = "kept, without the person"  # the pointer becomes null
    KEEP = "kept"  # says why


@dataclass(frozen=True)
class Entry:
    """One table with people in it.

    `person_fields` are the columns whose Person (or Account) the row is about; `mentions` are columns that only say who
    did something and stay, because the person's own row becomes anonymous. `export` names the columns a person gets
    (None: nothing of their own is in it), also of the row that one of them points at ("circle__shared"); `blank` maps
    columns to the value they have after erasure (Erase.BLANK).
    `why` is needed where rows are kept or not exported. `also` runs before the rows of any table are touched and returns
    how many further rows it changed: where a name stands in a text or a file, no pointer finds it.
    """

    model: type[models.Model]
    person_fields: tuple[str, ...]
    export: tuple[str, ...] | None
    erase: Erase
    blank: Mapping[str, Any] = field(default_factory=dict)
    why: str = ""
    also: Callable[[Any], int] | None = None
    mentions: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if (self.erase is Erase.KEEP or self.export is None) and not self.why:
            raise ValueError(f"privacy entry of {self.model.__name__}: say why it is kept or not exported")
        if (self.erase is Erase.BLANK) != bool(self.blank):
            raise ValueError(f"privacy entry of {self.model.__name__}: Erase.BLANK and `blank` belong together")
        for name in (*self.person_fields, *self.mentions, *self.blank):
            self.model._meta.get_field(name)
        for path in self.export or ():
            pointer, _, name = path.rpartition("__")
            table: Any = self.model._meta.get_field(pointer).related_model if pointer else self.model
            table._meta.get_field(name)

    def rows(self, subject: models.Model) -> models.QuerySet[Any]:
        """Rows that point at `subject`, a Person or an Account."""
        found = Q(pk__in=[])
        for name in self._pointers(type(subject)):
            found |= Q(**{name: subject.pk})
        manager = getattr(self.model, "objects", self.model._default_manager)
        return manager.filter(found)

    def exported(self, subject: models.Model) -> list[dict[str, Any]]:
        """The person's own data of this table, column to value."""
        rows = self.rows(subject).values(*self.export) if self.export else ()
        return [{path.rpartition("__")[2]: value for path, value in row.items()} for row in rows]

    def erase_rows(self, subject: models.Model) -> int:
        """Do what the entry says; the number of rows touched. `also` of all entries has run before (`erase`)."""
        rows = self.rows(subject)
        if self.erase is Erase.DELETE:
            return int(rows.delete()[0])
        if self.erase is Erase.BLANK:
            return int(rows.update(**self.blank))
        if self.erase is Erase.FORGET:
            return sum(
                int(self.model._base_manager.filter(**{name: subject.pk}).update(**{name: None}))
                for name in self._pointers(type(subject))
            )
        return 0

    def _pointers(self, to: type[models.Model]) -> list[str]:
        return [name for name in self.person_fields if self.model._meta.get_field(name).related_model is to]


_entries: dict[type[models.Model], Entry] = {}


def register(*entries: Entry) -> None:
    """Add tables to the registry."""
    for entry in entries:
        _entries[entry.model] = entry


def entries() -> list[Entry]:
    """All entries, by table."""
    autodiscover_modules("privacy")
    return sorted(_entries.values(), key=lambda entry: entry.model._meta.label)


def erase(subject: models.Model) -> int:
    """Erase everything about a Person or an Account, table by table. Returns in how many tables something was changed."""
    texts = sum(entry.also(subject) > 0 for entry in entries() if entry.also)
    return texts + sum(entry.erase_rows(subject) > 0 for entry in entries())
