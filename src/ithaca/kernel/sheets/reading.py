"""One way in: bytes or a path become a ``Sheet``, or a ``SheetError`` that says what to do."""

from array import array
from pathlib import Path

from ithaca.kernel.sheets import archive, delimited, guard, headers, workbook
from ithaca.kernel.sheets.sheet import MAX_BYTES, MAX_CELLS, MAX_COLUMNS, MAX_ROWS, Sheet, SheetError

__all__ = ["Sheet", "SheetError", "read"]

ONE_TEXT = "The file is one line of text, not a table. " + archive.ADVICE
NO_TABLE = "The file has no table with people in it. " + archive.ADVICE
WORKBOOKS = (".xlsx", ".xlsm", ".ods", ".xls")
NO_WORKBOOK = (
    "The file is named like a workbook, but there is none in it: it is incomplete or damaged. "
    "Please download or save it again and choose the new copy."
)
NO_PEOPLE = "The table has column names but no rows below them. " + archive.ADVICE


def read(data: bytes | Path, name: str = "", *, sheet: str | None = None) -> Sheet:
    """Read a .csv, .xlsx, .ods or .xls file; what it is is told by its content, never by its name.

    ``name`` is only carried along. ``sheet`` chooses one of the sheets of a workbook; without it the first visible
    one with people is read. Raises ``SheetError`` with one sentence for the person who chose the file.
    """
    if isinstance(data, Path):
        name = name or data.name
        data = _bytes(data)
    kind = archive.kind(data)
    if kind != "text":
        records, chosen, names = workbook.records(data, kind, sheet)
        return _sheet(records, name=name, sheet=chosen, sheets=names)
    try:
        return _sheet(delimited.records(data), name=name, sheet=None, sheets=())
    except SheetError as problem:
        if name.lower().endswith(WORKBOOKS) and str(problem) in (ONE_TEXT, NO_TABLE, delimited.NOT_TEXT):
            raise SheetError(NO_WORKBOOK) from problem
        raise


def _bytes(path: Path) -> bytes:
    try:
        if path.stat().st_size > MAX_BYTES:
            raise SheetError("The file is larger than 50 MB. Please split it, or save only the sheet with the people.")
        return path.read_bytes()
    except OSError as problem:
        raise SheetError(
            f"The file {path} cannot be opened. Please check its name and that you may read it."
        ) from problem


def _sheet(records: list[list[str]], *, name: str, sheet: str | None, sheets: tuple[str, ...]) -> Sheet:
    at = headers.row(records)
    if at is None:
        raise SheetError(NO_TABLE)
    width = max(len(record) for record in records[at:])
    filled = sum(1 for record in records[at + 1 :] if record)
    if width > MAX_COLUMNS:
        raise SheetError(delimited.TOO_WIDE)
    if filled > MAX_ROWS:
        raise SheetError(delimited.TOO_LONG)
    if width * filled > MAX_CELLS:
        raise SheetError(delimited.TOO_LARGE)
    if not filled:
        raise SheetError(NO_PEOPLE if width > 1 else ONE_TEXT)
    header = headers.named(records[at], width)
    rows: list[tuple[str, ...]] = []
    numbers = array("L")
    for number, record in enumerate(records[at + 1 :], start=at + 2):
        if record:
            rows.append(tuple(map(guard.lifted, record)) + ("",) * (width - len(record)))
            numbers.append(number)
    merged_header, merged_rows, conflicts = headers.merged(header, rows, numbers)
    return Sheet(
        name=name,
        header=merged_header,
        rows=merged_rows,
        numbers=numbers,
        header_number=at + 1,
        sheet=sheet,
        sheets=sheets,
        conflicts=conflicts,
        original_header=header,
        original_rows=rows,
    )
