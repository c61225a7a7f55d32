"""Workbooks (.xlsx, .ods, .xls) as rows of the text a person sees."""

import datetime
import io
from collections.abc import Iterator

import python_calamine as calamine

from ithaca.kernel.sheets import archive, extent
from ithaca.kernel.sheets import text as cleaning
from ithaca.kernel.sheets.delimited import REMEMBERED, TOO_LARGE, TOO_LONG, TOO_WIDE
from ithaca.kernel.sheets.sheet import MAX_CELL_CHARACTERS, MAX_CELLS, MAX_COLUMNS, MAX_ROWS, SheetError

NO_SHEET = "The workbook has no sheet with people in it. " + archive.ADVICE

ERRORS = frozenset({"#N/A", "#REF!", "#VALUE!", "#DIV/0!", "#NAME?", "#NULL!", "#NUM!", "#SPILL!", "#CALC!"})


def records(data: bytes, kind: archive.Kind, sheet: str | None) -> tuple[list[list[str]], str, tuple[str, ...]]:
    """Every row of one sheet from row 1 on, the sheet's name, and the names of all sheets.

    Without ``sheet`` the first visible sheet with at least two rows is taken.
    """
    padded = extent.checked(data, kind)
    try:
        book = calamine.load_workbook(io.BytesIO(data))
        names = _worksheets(book)
        name, table = _chosen(book, names, sheet)
        _refuse_size(table)
        return list(_texts(table, padded.get(name, {}))), name, names
    except calamine.PasswordError as problem:
        raise SheetError(archive.PROTECTED) from problem
    except (calamine.CalamineError, OSError, ValueError, MemoryError) as problem:
        if isinstance(problem, SheetError):
            raise
        raise SheetError(archive.DAMAGED) from problem
    except BaseException as problem:
        # A panic of the Rust library arrives as a BaseException of its own; anything else is not ours to stop.
        if type(problem).__name__ != "PanicException":
            raise
        raise SheetError(archive.DAMAGED) from problem


def _worksheets(book: calamine.CalamineWorkbook) -> tuple[str, ...]:
    return tuple(
        about.name
        for about in book.sheets_metadata
        if about.typ == calamine.SheetTypeEnum.WorkSheet and about.visible == calamine.SheetVisibleEnum.Visible
    ) or tuple(book.sheet_names)


def _chosen(
    book: calamine.CalamineWorkbook, names: tuple[str, ...], wanted: str | None
) -> tuple[str, calamine.CalamineSheet]:
    if wanted is not None:
        if wanted not in names:
            raise SheetError(f"The workbook has no sheet named “{wanted}”. Please choose one of: {', '.join(names)}.")
        return wanted, book.get_sheet_by_name(wanted)
    for name in names:
        table = book.get_sheet_by_name(name)
        if table.height >= 2:
            return name, table
    raise SheetError(NO_SHEET)


def _refuse_size(table: calamine.CalamineSheet) -> None:
    if table.width > MAX_COLUMNS:
        raise SheetError(TOO_WIDE)
    if table.height > MAX_ROWS + 20:
        raise SheetError(TOO_LONG)
    if table.width * table.height > MAX_CELLS:
        raise SheetError(TOO_LARGE)


def _texts(table: calamine.CalamineSheet, padded: dict[tuple[int, int], int]) -> Iterator[list[str]]:
    """Rows as texts; ``padded`` gives the digits of cells shown with leading zeros, by (row, column) from 0."""
    top, left = table.start or (0, 0)
    for _ in range(min(top, MAX_ROWS)):
        yield []
    known: dict[object, str] = {}
    for number, row in enumerate(table.to_python(skip_empty_area=True), start=top):
        cells = [""] * left + [
            known[cell] if type(cell) is str and cell in known else _remembered(cell, known) for cell in row
        ]
        if padded:
            for column, cell in enumerate(cells):
                if (digits := padded.get((number, column))) and cell.isdecimal():
                    cells[column] = cell.zfill(digits)
        while cells and not cells[-1]:
            cells.pop()
        yield cells


def _remembered(cell: object, known: dict[object, str]) -> str:
    shown = text(cell)
    if type(cell) is str and len(cell) < 40 and len(known) < REMEMBERED:
        known[cell] = shown
    return shown


def text(value: object) -> str:
    """One value as a person sees it: no ``1.0`` for whole numbers, dates as ISO 8601, errors of formulas as blank."""
    if isinstance(value, str):
        shown = cleaning.tidy(value).strip()
        if len(shown) > MAX_CELL_CHARACTERS:
            raise SheetError(f"One cell is longer than {MAX_CELL_CHARACTERS:,} characters. Please shorten it.")
        return "" if shown in ERRORS else shown
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, float):
        return _number(value)
    if isinstance(value, datetime.datetime):
        if value.time() == datetime.time():
            return value.date().isoformat()
        return value.isoformat(" ", timespec="seconds" if value.second else "minutes")
    if isinstance(value, datetime.time):
        return value.isoformat(timespec="seconds" if value.second else "minutes")
    return "" if value is None else str(value)


def _number(value: float) -> str:
    if value.is_integer() and abs(value) < 1e21:
        return str(int(value))
    return format(value, ".15g")
