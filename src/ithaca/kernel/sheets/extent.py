"""How far the sheets of a workbook reach, found without building them.

The reading library reserves rows × columns at once, so that one cell at XFD1048576 would end the whole process. The
addresses of the cells are therefore looked at first, in the stream, and a sheet that reaches too far is refused.
"""

import html
import io
import re
import zipfile
from collections.abc import Callable, Iterable, Iterator
from typing import IO

from ithaca.kernel.sheets import archive
from ithaca.kernel.sheets.delimited import TOO_LARGE, TOO_LONG, TOO_WIDE
from ithaca.kernel.sheets.sheet import MAX_CELLS, MAX_COLUMNS, MAX_ROWS, SheetError

CHUNK = 1 << 20
OVERLAP = 400
"""Bytes carried into the next chunk, so that a tag cut in two is seen whole."""

Padded = dict[str, dict[tuple[int, int], int]]

_cell = re.compile(rb"""\sr\s*=\s*["']\$?([A-Za-z]{1,7})\$?([0-9]{1,10})["']""")
_styled = re.compile(rb"""<(?:\w+:)?c r="([A-Z]{1,3})([0-9]{1,7})" s="([0-9]{1,5})\"""")

_opened = re.compile(rb"""<(?:\w+:)?c(?=\s)[^<>]*?\sr\s*=\s*["']\$?([A-Za-z]{1,7})\$?([0-9]{1,10})["'][^<>]*?(/?)>""")
_unaddressed = re.compile(rb"<(?:\w+:)?c(?=[\s/>])(?![^<>]*\sr\s*=)[^<>]*>")
_row_or_cell = re.compile(rb"""<(?:\w+:)?(?:row\b(?:[^<>]*?\sr\s*=\s*["']([0-9]{1,10})["'])?|(c)(?=[\s/>]))""")


def checked(data: bytes, kind: archive.Kind) -> Padded:
    """Refuse sheets that reach too far; for .xlsx, the cells shown with leading zeros by sheet name."""
    if kind not in ("xlsx", "ods"):
        return {}
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as book:
            if kind == "xlsx":
                return _checked_xlsx(book)
            with book.open("content.xml") as content:
                _check_ods(content)
            return {}
    except SheetError:
        raise
    except Exception as problem:  # damaged members: bad checksums, cut streams, unknown compression
        raise SheetError(archive.DAMAGED) from problem


def _checked_xlsx(book: zipfile.ZipFile) -> Padded:
    zeros = _zero_styles(book)
    padded: Padded = {}
    names = _sheet_names(book) if zeros else {}
    for member in book.namelist():
        if member.startswith("xl/worksheets/") and member.endswith(".xml"):
            found: dict[tuple[int, int], int] = {}
            addressed = _is_addressed(book, member, zeros, found)
            if not addressed:
                with book.open(member) as stream:
                    _check_counted(stream)
            if found and member in names:
                padded[names[member]] = found
    return padded


def _chunks(stream: IO[bytes]) -> Iterator[bytes]:
    rest = b""
    while piece := stream.read(CHUNK):
        yield rest + piece
        rest = piece[-OVERLAP:]


def _is_addressed(
    book: zipfile.ZipFile, member: str, zeros: dict[bytes, int], found: dict[tuple[int, int], int]
) -> bool:
    """Refuse a sheet that reaches too far; whether every cell of it had an address.

    Cells that carry only a colour or a border do not count, the library forgets them too. Telling them apart takes longer,
    so it is done only for sheets that reach too far with them.
    """
    try:
        with book.open(member) as stream:
            return _check_sheet(stream, zeros, found, _cell.findall)
    except SheetError:
        with book.open(member) as stream:
            return _check_sheet(stream, zeros, found, _solid)


def _check_sheet(
    stream: IO[bytes],
    zeros: dict[bytes, int],
    found: dict[tuple[int, int], int],
    addresses: Callable[[bytes], Iterable[tuple[bytes, bytes]]],
) -> bool:
    widest = longest = 0
    addressed = True
    columns: dict[bytes, int] = {}
    for chunk in _chunks(stream):
        for letters, digits in addresses(chunk):
            column = columns.get(letters) or columns.setdefault(letters, _column(letters))
            widest = max(widest, column)
            longest = max(longest, int(digits))
        _refuse(widest, longest)
        addressed = addressed and _unaddressed.search(chunk) is None
        for letters, digits, style in _styled.findall(chunk) if zeros else ():
            if style in zeros:
                found[int(digits) - 1, _column(letters) - 1] = zeros[style]
    return addressed


def _check_counted(stream: IO[bytes]) -> None:
    """For sheets whose cells have no address: cells count on from the left, rows from the last numbered row."""
    widest = longest = row = across = 0
    carried = b""
    while piece := stream.read(CHUNK):
        chunk = carried + piece
        cut = chunk.rfind(b"<")
        chunk, carried = chunk[:cut], chunk[cut:]
        for found in _row_or_cell.finditer(chunk):
            numbered, cell = found.groups()
            if cell is None:
                across, row = 0, int(numbered) if numbered else row + 1
                continue
            across += 1
            widest, longest = max(widest, across), max(longest, row)
        _refuse(widest, longest)


def _solid(chunk: bytes) -> list[tuple[bytes, bytes]]:
    """Addresses of cells with something in them: not an empty tag, and not the address of a row or a formula."""
    return [(letters, digits) for letters, digits, empty in _opened.findall(chunk) if not empty]


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters.upper():
        number = number * 26 + letter - 64
    return number


def _refuse(widest: int, longest: int) -> None:
    if widest > MAX_COLUMNS:
        raise SheetError(TOO_WIDE)
    if longest > MAX_ROWS + 20:
        raise SheetError(TOO_LONG)
    if widest * longest > MAX_CELLS:
        raise SheetError(TOO_LARGE)


def _zero_styles(book: zipfile.ZipFile) -> dict[bytes, int]:
    """Cell styles whose number format is only zeros (``00000``), with their number of digits."""
    if "xl/styles.xml" not in book.namelist():
        return {}
    with book.open("xl/styles.xml") as stream:
        styles = stream.read(archive.SMALL)
    formats = {
        number: len(code)
        for number, code in re.findall(rb'<numFmt [^<>]*?numFmtId="([0-9]+)" formatCode="(0{2,20})"', styles)
    }
    cells = re.search(rb"<cellXfs.*?</cellXfs>", styles, re.DOTALL)
    if not formats or not cells:
        return {}
    used = re.findall(rb'<xf [^<>]*?numFmtId="([0-9]+)"', cells[0])
    return {b"%d" % index: formats[number] for index, number in enumerate(used) if number in formats}


def _sheet_names(book: zipfile.ZipFile) -> dict[str, str]:
    """Sheet names by the member that holds the sheet."""
    workbook = book.read("xl/workbook.xml").decode("utf-8", "replace")
    relations = book.read("xl/_rels/workbook.xml.rels").decode("utf-8", "replace")
    targets = {}
    for tag in re.findall(r"<Relationship [^<>]*>", relations):
        key, target = re.search(r'\bId="([^"]*)"', tag), re.search(r'\bTarget="([^"]*)"', tag)
        if key and target:
            targets[key[1]] = "xl/" + target[1].removeprefix("/").removeprefix("xl/")
    names = re.findall(r'<sheet [^<>]*?name="([^"]*)"[^<>]*?r:id="([^"]*)"', workbook)
    return {targets[key]: _unescaped(name) for name, key in names if key in targets}


def _unescaped(name: str) -> str:
    return html.unescape(name)


_tag = re.compile(rb"<table:table-row\b([^<>]*)>|<table:(?:covered-)?table-cell\b([^<>]*?)(/?)>|<table:table\b")
_repeat = re.compile(rb"""number-(?:columns|rows)-repeated\s*=\s*["'](\d{1,10})["']""")


def _check_ods(stream: IO[bytes]) -> None:
    """Walk rows and cells; repeated blanks at the end of a row or table count for nothing, as in the library."""
    widest = rows = pending = across = repeated = filled = 0

    def close_row() -> None:
        nonlocal rows, pending, widest
        if filled:
            rows, pending, widest = rows + pending + repeated, 0, max(widest, filled)
            _refuse(widest, rows)
        else:
            pending += repeated

    carried = b""
    while piece := stream.read(CHUNK):
        chunk = carried + piece
        cut = chunk.rfind(b"<")
        chunk, carried = chunk[:cut], chunk[cut:]
        if len(carried) > CHUNK:
            raise SheetError(archive.DAMAGED)
        for found in _tag.finditer(chunk):
            row, cell, closed = found.groups()
            if cell is not None:
                times = int(match[1]) if cell and (match := _repeat.search(cell)) else 1
                across += times
                if not closed or b"value" in cell:
                    filled = across
                continue
            close_row()
            across = filled = 0
            repeated = int(match[1]) if row and (match := _repeat.search(row)) else int(row is not None)
            if row is None:
                widest = rows = pending = 0
    close_row()
