import datetime
import io

import openpyxl
import pytest

from ithaca.kernel.sheets import guard, reading, write


@pytest.mark.parametrize(
    "text",
    ["=1+1", "+cmd|' /C calc'!A0", "-2+3", "@SUM(A1)", "\t=1", "\r=1", "  =1", "＝1", "'=1", "+1-202-555", "-", "-x"],
)
def test_what_could_run_is_guarded_and_comes_back(text):
    shown = guard.guarded(text)
    if text != "-":
        assert shown == "'" + text
    assert guard.lifted(shown.strip()) == text.strip() or text[0] in "\t\r "


@pytest.mark.parametrize(
    "text", ["-5", "+3", "-5.25", "-1,000.5", "1e5", "+44 20 7946 0000", "+44 (0)20 79", "-5 %", "law", "'quoted'", ""]
)
def test_numbers_phones_and_words_stay(text):
    assert guard.guarded(text) == text


def test_csv_is_utf8_with_its_mark_and_plain_lines():
    data = write.csv(["Name", "=Goals"], [["Zoë", ["law", "tax"]], [None, datetime.date(2026, 3, 2)], [True, -5]])
    assert data == "\ufeffName,'=Goals\r\nZoë,law; tax\r\n,2026-03-02\r\nTRUE,-5\r\n".encode()


def test_long_files_come_in_pieces():
    pieces = list(write.csv_lines(["n"], ([str(number)] for number in range(1200))))
    assert len(pieces) == 4
    assert b"".join(pieces).count(b"\r\n") == 1201


def test_xlsx_keeps_types_and_never_holds_a_formula():
    data = write.xlsx(
        ["Name", "Born", "Places"], [["=1+1", datetime.date(2000, 1, 1), 3], ["+44 20", None, -1.5]], sheet="a/b:c"
    )
    book = openpyxl.load_workbook(io.BytesIO(data))
    page = book.active
    assert page.title == "a b c"
    assert [cell.value for cell in page[2]] == ["'=1+1", datetime.datetime(2000, 1, 1), 3]
    assert page["A2"].data_type == "s"
    assert [cell.value for cell in page[3]] == ["+44 20", None, -1.5]
    assert reading.read(data).rows == [("=1+1", "2000-01-01", "3"), ("+44 20", "", "-1.5")]
