"""Tables that leave the building, as .csv or .xlsx, guarded against formulas. Every export uses these.

A cell may be a text, a number, a date, a truth value, ``None`` or several texts (joined with ``; ``).
"""

import csv as standard
import datetime
import io
from collections.abc import Iterable, Iterator

from openpyxl import Workbook
from openpyxl.cell.cell import WriteOnlyCell
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter

from ithaca.kernel.sheets import guard
from ithaca.kernel.sheets import text as cleaning

Cell = str | int | float | bool | datetime.date | datetime.time | Iterable[str] | None

CSV_TYPE = "text/csv; charset=utf-8"
XLSX_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def csv_lines(header: Iterable[str], rows: Iterable[Iterable[Cell]]) -> Iterator[bytes]:
    """The file piece by piece, in UTF-8 with the byte order mark by which Excel knows it; for streamed answers."""
    buffer = io.StringIO(newline="")
    writer = standard.writer(buffer, lineterminator="\r\n")
    yield b"\xef\xbb\xbf"
    writer.writerow(guard.guarded(_text(name)) for name in header)
    for count, row in enumerate(rows, start=1):
        writer.writerow(guard.guarded(_text(cell)) for cell in row)
        if count % 500 == 0:
            yield _taken(buffer)
    yield _taken(buffer)


def csv(header: Iterable[str], rows: Iterable[Iterable[Cell]]) -> bytes:
    """The whole .csv file."""
    return b"".join(csv_lines(header, rows))


def xlsx(header: Iterable[str], rows: Iterable[Iterable[Cell]], *, sheet: str = "People") -> bytes:
    """The whole .xlsx file: names in bold and frozen, numbers and dates as such, everything else as text."""
    return workbook([(sheet, header, rows)])


def workbook(sheets: Iterable[tuple[str, Iterable[str], Iterable[Iterable[Cell]]]]) -> bytes:
    """Several such sheets in one .xlsx file: (name, names of the columns, rows)."""
    book = Workbook(write_only=True)
    for sheet, header, rows in sheets:
        page = book.create_sheet(_sheet_name(sheet))
        names = [_text(name) for name in header]
        page.freeze_panes = "A2"
        for index, name in enumerate(names, start=1):
            page.column_dimensions[get_column_letter(index)].width = min(max(len(name) + 2, 12), 48)
        page.append([_bold(WriteOnlyCell(page), guard.guarded(name)) for name in names])
        for row in rows:
            page.append([_native(page, cell) for cell in row])
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def _taken(buffer: io.StringIO) -> bytes:
    piece = buffer.getvalue().encode("utf-8")
    buffer.seek(0)
    buffer.truncate()
    return piece


def _text(cell: Cell) -> str:
    if isinstance(cell, str):
        return cleaning.tidy(cell)
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "TRUE" if cell else "FALSE"
    if isinstance(cell, datetime.datetime):
        return cell.isoformat(" ", timespec="minutes")
    if isinstance(cell, int | float | datetime.date | datetime.time):
        return str(cell)
    return "; ".join(map(cleaning.tidy, cell))


def _sheet_name(name: str) -> str:
    return "".join(" " if mark in "[]:*?/\\'" else mark for mark in cleaning.one_line(name))[:31].strip() or "People"


def _bold(cell: WriteOnlyCell, text: str) -> WriteOnlyCell:
    cell.value, cell.data_type, cell.font = text, "s", Font(bold=True)
    return cell


def _native(page: object, cell: Cell) -> object:
    if isinstance(cell, bool | int | float | datetime.date | datetime.time) or cell is None:
        if isinstance(cell, datetime.datetime) and cell.tzinfo:
            return cell.replace(tzinfo=None)
        return cell
    shown = WriteOnlyCell(page)
    shown.value = guard.guarded(_text(cell))
    shown.data_type = "s"
    return shown
