"""Tables as text: which encoding, which delimiter, which quotation marks."""

import csv
import io
import re

from ithaca.kernel.sheets import text as cleaning
from ithaca.kernel.sheets.sheet import MAX_CELL_CHARACTERS, MAX_CELLS, MAX_COLUMNS, MAX_ROWS, SheetError

DELIMITERS = (",", ";", "\t", "|")
SAMPLE = 200_000
"""Characters that decide the delimiter."""
REMEMBERED = 20_000
"""Cells of which equal ones are kept once: answers that are chosen from a list come back in the first rows already."""
MAX_RECORDS = 1_100_000
"""Records with the blank ones, a little more than a spreadsheet program has rows."""

NOT_TEXT = "The file is not a table that can be read. Please save it as .xlsx or .csv and choose that file."
TOO_WIDE = f"The table has more than {MAX_COLUMNS} columns. Please remove the columns that are not about people."
TOO_LONG = f"The table has more than {MAX_ROWS:,} rows. Please split it into several files."
TOO_LARGE = (
    f"The table has more than {MAX_CELLS:,} cells. Please remove columns that are not needed, or split the file."
)

csv.field_size_limit(max(csv.field_size_limit(), MAX_CELL_CHARACTERS))


def decode(data: bytes) -> str:
    """Text of a file in UTF-8 or UTF-16 (with or without byte order mark), else Windows-1252."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16", errors="replace")
    if encoding := _bare_utf16(data):
        return data.decode(encoding, errors="replace")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("cp1252", errors="ignore")


def _bare_utf16(data: bytes) -> str | None:
    """UTF-16 without its mark: in Latin text every second byte is zero."""
    start = data[:4000]
    half = max(len(start) // 2, 1)
    if start[1::2].count(0) > 0.4 * half and start[0::2].count(0) < 0.05 * half:
        return "utf-16-le"
    if start[0::2].count(0) > 0.4 * half and start[1::2].count(0) < 0.05 * half:
        return "utf-16-be"
    return None


def records(data: bytes) -> list[list[str]]:
    """Every record of the file, blank ones included (as empty lists), cells stripped."""
    content = decode(data)
    if _is_binary(content[:10_000]):
        raise SheetError(NOT_TEXT)
    content = cleaning.tidy(content)
    content, delimiter = _declared(content)
    delimiter = delimiter or sniff(content)
    _refuse_open_quote(content, delimiter)
    return _parsed(content, delimiter)


def _is_binary(start: str) -> bool:
    """More than one control character in fifty is not something a person typed."""
    return len(_controls.findall(start)) > max(8, len(start) // 50)


_controls = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufffd]")


def _declared(content: str) -> tuple[str, str | None]:
    """Excel's own first line ``sep=;``."""
    found = re.match(r'"?sep=(.)"?\n', content, re.IGNORECASE)
    return (content[found.end() :], found[1]) if found else (content, None)


def sniff(content: str) -> str:
    """The delimiter under which the first records agree best about their number of cells."""
    sample = content[:SAMPLE]
    return max(DELIMITERS, key=lambda delimiter: _agreement(sample, delimiter))


def _agreement(sample: str, delimiter: str) -> float:
    widths = []
    try:
        for record in csv.reader(io.StringIO(sample, newline=""), delimiter=delimiter):
            if record:
                widths.append(len(record))
            if len(widths) >= 200:
                break
    except csv.Error:
        return -1.0
    if not widths or max(widths) == 1:
        return 0.0
    usual = max(set(widths), key=lambda width: (widths.count(width), width))
    if usual == 1:
        return 0.1
    # The first record names the columns: a delimiter that gives it the usual width is the likelier one.
    return widths.count(usual) / len(widths) + (0.5 if widths[0] == usual else 0.0) + min(usual, 50) / 1000


def _refuse_open_quote(content: str, delimiter: str) -> None:
    if content.count('"') % 2 == 0:
        return
    lines = 0
    try:
        for _ in csv.reader(io.StringIO(content, newline=""), delimiter=delimiter, strict=True):
            lines += 1
    except csv.Error as problem:
        if "end of data" in str(problem) or "field larger" in str(problem):
            raise SheetError(
                f"In row {lines + 1} a quotation mark opens and never closes. "
                "Please remove it, or save the table as .xlsx, and choose the file again."
            ) from problem


def _parsed(content: str, delimiter: str) -> list[list[str]]:
    found: list[list[str]] = []
    cells = filled = 0
    known: dict[str, str] = {}
    try:
        for record in csv.reader(io.StringIO(content, newline=""), delimiter=delimiter):
            row = [known.get(cell, cell) for cell in map(str.strip, record)]
            if len(known) < REMEMBERED:
                known.update((cell, cell) for cell in row if len(cell) < 40)
            while row and not row[-1]:
                row.pop()
            found.append(row)
            filled += bool(row)
            cells += len(row)
            if len(row) > MAX_COLUMNS:
                raise SheetError(TOO_WIDE)
            if filled > MAX_ROWS + 20 or len(found) > MAX_RECORDS:
                raise SheetError(TOO_LONG)
            if cells > MAX_CELLS:
                raise SheetError(TOO_LARGE)
    except csv.Error as problem:
        raise SheetError(
            f"Row {len(found) + 1} cannot be read: one cell is longer than {MAX_CELL_CHARACTERS:,} characters, "
            "often because a quotation mark is missing. Please check that row and choose the file again."
        ) from problem
    return found
