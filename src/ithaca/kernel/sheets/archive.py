"""What a file is, told by its first bytes and, for a zip, by its directory, before anything is unpacked."""

import io
import zipfile
from typing import Literal

from ithaca.kernel.sheets.sheet import MAX_BYTES, SheetError

Kind = Literal["text", "xlsx", "ods", "xls"]

MAX_UNPACKED = 600 * 1024 * 1024
MAX_RATIO = 200
"""Sheets of real people pack 5 to 40 times; a bomb packs a thousand times."""
SMALL = 10 * 1024 * 1024
MAX_MEMBERS = 2_000

SAVE_AS = "Please save the table as .xlsx or .csv and choose that file."
ADVICE = "Please choose a file with a row of column names and at least one person."
DAMAGED = "The file is incomplete or damaged. Please download or save it again and choose the new copy."
PROTECTED = "The file is protected by a password. Please remove the password in your spreadsheet program and try again."
TOO_MUCH = "The file unpacks to far more than a spreadsheet holds. " + SAVE_AS

PICTURES = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"BM", b"II*\0", b"MM\0*", b"\0\0\1\0")
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def kind(data: bytes) -> Kind:
    """What reads these bytes; a ``SheetError`` with advice when nothing does."""
    if not data.strip(b"\x00 \t\r\n\xef\xbb\xbf\xff\xfe"):
        raise SheetError("The file is empty. " + ADVICE)
    if len(data) > MAX_BYTES:
        raise SheetError("The file is larger than 50 MB. Please split it, or save only the sheet with the people.")
    if data.startswith(b"PK"):
        return _zip_kind(data)
    if data.startswith(OLE):
        return _ole_kind(data)
    _refuse_known(data)
    return "text"


def _refuse_known(data: bytes) -> None:
    start = data[:512].lstrip()
    if _is_picture(data):
        raise SheetError("The file is a picture, so there is no table to read in it. " + SAVE_AS)
    if start.startswith(b"%PDF"):
        raise SheetError("The file is a PDF, so there is no table to read in it. " + SAVE_AS)
    if start.startswith((b"{\\rtf", b"\x1f\x8b", b"Rar!", b"7z\xbc\xaf", b"\x7fELF", b"MZ\x90")):
        raise SheetError("The file is not a spreadsheet. " + SAVE_AS)
    if start[:100].lower().startswith((b"<!doctype html", b"<html", b"<?xml", b"<table")):
        raise SheetError("The file is a web page or XML, although it may be named otherwise. " + SAVE_AS)


def _is_picture(data: bytes) -> bool:
    if data.startswith(PICTURES[:3]) or (data[:4] == b"RIFF" and data[8:12] == b"WEBP") or data[4:8] == b"ftyp":
        return True
    return data.startswith(PICTURES[3:]) and b"\0" in data[:64] and not data.startswith(b"BM,")


def _zip_kind(data: bytes) -> Kind:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            members = archive.infolist()
            _refuse_bomb(members)
            names = {member.filename for member in members}
            if any(member.flag_bits & 1 for member in members):
                raise SheetError(PROTECTED)
            if "xl/workbook.xml" in names:
                return "xlsx"
            if "mimetype" in names and b"opendocument.spreadsheet" in archive.read("mimetype"):
                _refuse_encrypted_ods(archive)
                return "ods"
    except SheetError:
        raise
    except Exception as problem:  # the zip module raises a dozen kinds on damaged directories
        raise SheetError(DAMAGED) from problem
    if "xl/workbook.bin" in names:
        raise SheetError("The file is a binary workbook (.xlsb). " + SAVE_AS)
    raise SheetError("The file is an archive or another kind of document, not a spreadsheet. " + SAVE_AS)


def _refuse_bomb(members: list[zipfile.ZipInfo]) -> None:
    if len(members) > MAX_MEMBERS or sum(member.file_size for member in members) > MAX_UNPACKED:
        raise SheetError(TOO_MUCH)
    for member in members:
        if member.file_size > SMALL and member.file_size > MAX_RATIO * max(member.compress_size, 1):
            raise SheetError(TOO_MUCH)


def _refuse_encrypted_ods(archive: zipfile.ZipFile) -> None:
    if "META-INF/manifest.xml" in archive.namelist():
        with archive.open("META-INF/manifest.xml") as manifest:
            if b"encryption-data" in manifest.read(SMALL):
                raise SheetError(PROTECTED)


def _ole_kind(data: bytes) -> Kind:
    def holds(stream: str) -> bool:
        return stream.encode("utf-16-le") in data

    if holds("EncryptedPackage") or holds("EncryptionInfo"):
        raise SheetError(PROTECTED)
    if holds("Workbook") or holds("Book"):
        return "xls"
    raise SheetError("The file is an older Office document, not a spreadsheet. " + SAVE_AS)
