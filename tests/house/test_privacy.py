"""Privacy: every table with a person says how it is exported and what erasure does to it."""

from __future__ import annotations

from django.apps import apps
from django.db.models import Field, Model

from ithaca.kernel import privacy
from ithaca.people.models import Account, Person

ENTRIES = {entry.model: entry for entry in privacy.entries()}


def pointers(model: type[Model]) -> set[str]:
    """Columns of a table that point at a person or a sign-in."""
    columns = [column for column in model._meta.get_fields() if isinstance(column, Field)]
    return {column.name for column in columns if column.related_model in (Person, Account) and not column.many_to_many}


def test_every_table_with_a_person_has_an_entry() -> None:
    silent = [
        model._meta.label
        for model in apps.get_models()
        if pointers(model) and model not in ENTRIES and not model._meta.proxy
    ]
    assert not silent, (
        f"{silent}: these tables point at a person. Register an Entry for each in its slice's privacy.py "
        "(what the person gets in their export, and what erasure does to the rows; see kernel/privacy.py)."
    )


def test_every_entry_names_all_its_pointers() -> None:
    unnamed = {
        model._meta.label: missing
        for model, entry in ENTRIES.items()
        if (missing := pointers(model) - set(entry.person_fields) - set(entry.mentions))
    }
    assert not unnamed, f"{unnamed}: name these columns in person_fields (the row is about them) or mentions"


def test_what_is_deleted_or_forgotten_is_about_somebody() -> None:
    idle = [
        entry.model._meta.label
        for entry in ENTRIES.values()
        if entry.erase in (privacy.Erase.DELETE, privacy.Erase.FORGET, privacy.Erase.BLANK) and not entry.person_fields
    ]
    assert not idle, f"{idle}: erasure finds no row without person_fields"


def test_what_is_forgotten_may_be_null() -> None:
    stuck = [
        f"{entry.model._meta.label}.{name}"
        for entry in ENTRIES.values()
        if entry.erase is privacy.Erase.FORGET
        for name in entry.person_fields
        if not entry.model._meta.get_field(name).null
    ]
    assert not stuck, f"{stuck}: Erase.FORGET needs columns that may be null"


def test_every_reason_is_a_sentence() -> None:
    bare = [entry.model._meta.label for entry in ENTRIES.values() if entry.why and len(entry.why.split()) < 4]
    assert not bare, bare
