"""Many new rows at once: made ready before the transaction and written by one statement a table.

Django's `bulk_create` does most of its work while it writes; a hundred thousand people would hold SQLite's only write lock
for half a minute. Here the lock is held for the writing alone. No signals, no database defaults, no parents.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django.db import connection, models


class Ready:
    """Rows of one table, ready to be inserted."""

    def __init__(self, model: type[models.Model], rows: Iterable[models.Model]) -> None:
        """`rows` are new instances; what is not known yet may be given to `insert` as a column."""
        self.table = model._meta.db_table
        self.fields = [field for field in model._meta.concrete_fields if not field.primary_key]
        self.values = [[self._value(field, row) for field in self.fields] for row in rows]

    @staticmethod
    def _value(field: Any, row: models.Model) -> Any:
        return field.get_db_prep_save(field.pre_save(row, add=True), connection)

    def insert(self, **columns: Sequence[Any]) -> None:
        """Write them, with these columns (by attribute name, one value a row) filled in; once. Belongs into a transaction."""
        for name, values in columns.items():
            at = [field.attname for field in self.fields].index(name)
            for row, value in zip(self.values, values, strict=True):
                row[at] = value
        if not self.values:
            return
        quoted = connection.ops.quote_name
        names = ", ".join(quoted(str(field.column)) for field in self.fields)
        marks = ", ".join(["%s"] * len(self.fields))
        with connection.cursor() as cursor:
            cursor.executemany(f"INSERT INTO {quoted(self.table)} ({names}) VALUES ({marks})", self.values)  # noqa: S608
        self.values = []
