"""What the columns of a sheet are taken for: guessed from name and content, misspelt names noted, corrected by the options."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from rapidfuzz import fuzz

from ithaca.kernel.sheets import cells, text
from ithaca.kernel.sheets.sheet import Sheet, SheetError
from ithaca.rosters import columns, fields

Role = Literal["mentor", "mentee"]
COUNTED = frozenset(field.key for field in fields.FIELDS) - {
    "headline", "about", "phone", "pronouns", fields.EXTRA, fields.LEAVE_OUT,
}  # fmt: skip
"""Fields that names, criteria or rules look at; what else is known of people is not used here."""
MISSPELT = 86
"""How alike (of 100) the name of a column must be to what it is called here."""


@dataclass(frozen=True)
class Taken:
    """One sheet with what each column is taken for; `called` is how notes name it."""

    called: str
    sheet: Sheet
    mapping: columns.Mapping

    @property
    def unused(self) -> tuple[str, ...]:
        """Columns with answers that nobody knows what to do with."""
        return tuple(
            column.header
            for column in self.mapping.using(fields.EXTRA)
            if not all(map(cells.is_blank, self.sheet.column(column.index)))
        )


def named(written: str) -> str | None:
    """The key of a field by its key or by what it is called, case apart."""
    folded = text.folded(written)
    found = (field.key for field in fields.FIELDS if folded in (text.folded(field.key), text.folded(field.label)))
    return next(found, None)


def read_as(field: str) -> str:
    """What a column is taken for, in words."""
    if field in (fields.EXTRA, fields.LEAVE_OUT):
        return "not used"
    label = fields.BY_KEY[field].label
    return label if field in COUNTED else f"{label} (not used)"


def taken(sheet: Sheet, called: str, role: Role | None, chosen: Mapping[str, str], notes: list[str]) -> Taken:
    """What the columns are. Raises SheetError for a sheet that begins with a person instead of names of columns."""
    person = next((cell for cell in sheet.header if "@" in cell and " " not in cell.strip()), None)
    if person:
        raise SheetError(
            f"{called}: its first row holds “{person}”, so it seems to be a person. "
            "Please put a row with names of columns above, such as Name, E-mail, Languages."
        )
    noted: list[str] = []
    mapping = _corrected(columns.guess(sheet), chosen, [])
    if not mapping.using("role"):
        mapping = _corrected(columns.guess(sheet, role or "mentee"), chosen, noted)
        notes += [f"{called}: {note}" for note in noted]
    found = Taken(called, sheet, mapping)
    if found.unused:
        some = ", ".join(f"“{header}”" for header in found.unused[:8]) + (" …" if len(found.unused) > 8 else "")
        notes.append(
            f"{called}: not used: {some}. `ithaca match columns` shows how each is read, and how to correct it."
        )
    return found


def _corrected(mapping: columns.Mapping, chosen: Mapping[str, str], noted: list[str]) -> columns.Mapping:
    """With misspelt names of columns recognised, and with what the coordinator said of them."""
    said = {text.folded(header): field for header, field in chosen.items()}
    for column in mapping.columns:
        field = said.get(text.folded(column.header))
        if field is None and column.field == fields.EXTRA and column.examples:
            field = _misspelt(column.header, mapping)
            if field:
                noted.append(f"the column “{column.header}” was read as “{fields.BY_KEY[field].label}”.")
        if field is None:
            continue
        if not fields.BY_KEY[field].several_columns and field not in (fields.EXTRA, fields.LEAVE_OUT):
            mapping = mapping.changed({other.header: fields.EXTRA for other in mapping.using(field)})
        mapping = mapping.changed({column.header: field})
    return mapping


def _misspelt(header: str, mapping: columns.Mapping) -> str | None:
    """The field whose name this nearly is, if no other column has it."""
    folded = text.folded(header)
    alike = [
        (fuzz.ratio(folded, text.folded(field.label)), field.key)
        for field in fields.FIELDS
        if field.key in COUNTED and (field.several_columns or not mapping.using(field.key))
    ]
    score, key = max(alike, default=(0, ""))
    return key if score >= MISSPELT else None
