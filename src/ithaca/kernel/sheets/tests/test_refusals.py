import io
import zipfile

import openpyxl
import pytest

from ithaca.kernel.sheets import reading
from ithaca.kernel.sheets.tests import books

PEOPLE = [["Name", "E-mail"], ["Ana", "ana@example.org"]]


def bomb() -> bytes:
    return books.repacked(books.xlsx(PEOPLE), {"xl/worksheets/sheet1.xml": b" " * (30 * 1024 * 1024)})


def far(address: str) -> bytes:
    book = openpyxl.Workbook()
    book.active["A1"] = "Name"
    book.active[address] = "x"
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def archive(**members: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as zipped:
        for name, content in members.items():
            zipped.writestr(name, content)
    return out.getvalue()


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "is empty"),
        (b"\xef\xbb\xbf\r\n \n", "is empty"),
        (b"\x89PNG\r\n\x1a\n" + b"\0" * 90, "a picture"),
        (b"\xff\xd8\xff\xe0\0\x10JFIF" + b"\0" * 90, "a picture"),
        (b"%PDF-1.7 ...", "a PDF"),
        (b"<!DOCTYPE html><html><table></table></html>", "a web page"),
        (bytes(range(256)) * 20, "named like a workbook, but there is none in it"),
        (books.encrypted(), "password"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 2000, "older Office document"),
        (books.xlsx(PEOPLE)[:3000], "incomplete or damaged"),
        (archive(readme=b"hello"), "not a spreadsheet"),
        (bomb(), "far more than a spreadsheet"),
        (books.xlsx([[f"c{i}" for i in range(16_000)], ["x"] * 16_000]), "more than 500 columns"),
        (far("XFD1048576"), "more than 500 columns"),
        (far("B1048576"), "more than 100,000 rows"),
        (far("NN99999"), "more than 6,000,000 cells"),
        (books.ods(PEOPLE, repeat={"rows": 1_000_000, "columns": 3}), "more than 100,000 rows"),
        (books.ods(PEOPLE, repeat={"rows": 1, "columns": 16_000}), "more than 500 columns"),
        (books.xlsx([["Name"]]), "no sheet with people"),
        (b"Name,E-mail\n", "no rows below"),
        (b"this is no spreadsheet", "named like a workbook, but there is none in it"),
        (b"Name,E-mail\n" + b"x,y\n" * 100_001, "more than 100,000 rows"),
        (b",".join(b"c%d" % i for i in range(16_000)) + b"\n" + b"x," * 16_000, "more than 500 columns"),
        (b'Name,Goals\nAna,"never closed\nBo,x\n', "In row 2 a quotation mark opens"),
        (b'Name,Goals\nAna,"' + b"long " * 30_000 + b'"\n', "longer than"),
    ],
)  # fmt: skip
def test_a_wrong_file_gets_a_sentence_that_says_what_to_do(data, words):
    with pytest.raises(reading.SheetError, match=words) as refused:
        reading.read(data, "people.xlsx")
    assert "Please" in str(refused.value)
    assert str(refused.value).endswith(".")


def test_a_text_that_is_no_table_is_called_a_damaged_workbook_only_where_its_name_says_so():
    with pytest.raises(reading.SheetError, match="one line of text"):
        reading.read(b"this is no spreadsheet", "people.csv")
    with pytest.raises(reading.SheetError, match="not a table"):
        reading.read(bytes(range(256)) * 20, "people.txt")
    assert reading.read(b"Name,E-mail\nAna,a@example.org\n", "people.xlsx").rows == [("Ana", "a@example.org")]


def test_cells_without_addresses_are_counted():
    def sheet(rows: bytes) -> bytes:
        page = b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>%s</sheetData></worksheet>'
        return books.repacked(books.xlsx(PEOPLE), {"xl/worksheets/sheet1.xml": page % rows})

    cell = b'<c t="str"><v>x</v></c>'
    assert reading.read(sheet(b"<row>%s</row>" % (cell * 2) * 3)).rows == [("x",)] * 2
    with pytest.raises(reading.SheetError, match="more than 100,000 rows"):
        reading.read(sheet(b'<row r="1"><c r="A1" t="str"><v>x</v></c></row><row r="1048576">%s</row>' % cell))
    with pytest.raises(reading.SheetError, match="more than 500 columns"):
        reading.read(sheet(b"<row>%s</row>" % (cell * 16_000)))


def test_the_limits_themselves_are_allowed():
    sheet = reading.read(b"Name,E-mail\n" + b"x,y\n" * 100_000)
    assert len(sheet.rows) == 100_000
    wide = reading.read(b",".join(b"c%d" % i for i in range(500)) + b"\n" + b"x," * 499 + b"x\n")
    assert len(wide.header) == 500


def test_colours_far_away_do_not_count_as_cells():
    book = openpyxl.Workbook()
    for row in PEOPLE:
        book.active.append(row)
    book.active["XFD1048576"].font = openpyxl.styles.Font(bold=True)
    out = io.BytesIO()
    book.save(out)
    assert reading.read(out.getvalue()).rows == [("Ana", "ana@example.org")]


def test_a_coloured_block_without_answers_does_not_count():
    page = b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>%s</sheetData></worksheet>'
    told = b'<row r="%d"><c r="A%d" t="str"><v>x%d</v></c><c r="GZ%d" s="1"/></row>'
    rows = b"".join(told % (number, number, number, number) for number in (1, 2, 99_000))
    assert reading.read(books.repacked(books.xlsx(PEOPLE), {"xl/worksheets/sheet1.xml": page % rows})).rows == [
        ("x2",),
        ("x99000",),
    ]


def test_a_bomb_in_many_small_members_is_refused():
    members = {f"xl/media/{i}": b"x" for i in range(2_100)}
    with pytest.raises(reading.SheetError, match="far more than a spreadsheet"):
        reading.read(books.repacked(books.xlsx(PEOPLE), members))


def test_a_far_cell_without_further_attributes_is_seen():
    page = b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>%s</sheetData></worksheet>'
    rows = b'<row r="1"><c r="A1"><v>1</v></c><c r="XFD1"><v>5</v></c></row>'
    with pytest.raises(reading.SheetError, match="more than 500 columns"):
        reading.read(books.repacked(books.xlsx(PEOPLE), {"xl/worksheets/sheet1.xml": page % rows}), "far.xlsx")
