"""Spreadsheets built for the tests, as bytes."""

import datetime
import io
import zipfile
from collections.abc import Iterable

import openpyxl
from odf.opendocument import OpenDocumentSpreadsheet
from odf.table import Table, TableCell, TableRow
from odf.text import P

Rows = Iterable[Iterable[object]]


def xlsx(rows: Rows, *, formats: dict[str, str] | None = None, more: dict[str, Rows] | None = None) -> bytes:
    """A workbook; ``formats`` gives number formats by address, ``more`` further sheets by name."""
    book = openpyxl.Workbook()
    for name, content in {"Sheet": rows, **(more or {})}.items():
        page = book[name] if name in book.sheetnames else book.create_sheet(name)
        for row in content:
            page.append(list(row))
    for address, code in (formats or {}).items():
        book["Sheet"][address].number_format = code
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def ods(rows: Rows, *, repeat: dict[str, int] | None = None) -> bytes:
    """An OpenDocument sheet of texts; ``repeat`` repeats the very last cell by ``columns`` and row by ``rows``."""
    document = OpenDocumentSpreadsheet()
    table = Table(name="People")
    for row in [*rows, *([["again"]] if repeat else [])]:
        last = repeat and list(row) == ["again"]
        line = TableRow(numberrowsrepeated=repeat["rows"]) if last else TableRow()
        for value in row:
            cell = TableCell(valuetype="string", numbercolumnsrepeated=repeat["columns"]) if last else _ods_cell(value)
            cell.addElement(P(text=str(value)))
            line.addElement(cell)
        table.addElement(line)
    document.spreadsheet.addElement(table)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def _ods_cell(value: object) -> TableCell:
    if isinstance(value, datetime.date):
        return TableCell(valuetype="date", datevalue=value.isoformat())
    if isinstance(value, int | float):
        return TableCell(valuetype="float", value=str(value))
    return TableCell(valuetype="string")


def repacked(data: bytes, changes: dict[str, bytes]) -> bytes:
    """The same zip with some members changed or added."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            if name not in changes:
                new.writestr(name, old.read(name))
        for name, content in changes.items():
            new.writestr(name, content)
    return out.getvalue()


def encrypted() -> bytes:
    """The outside of a password-protected workbook: an OLE file with a stream named EncryptedPackage."""
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 1000 + "EncryptedPackage".encode("utf-16-le") + b"\0" * 2000
