import datetime
import io
import zipfile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ithaca.kernel.sheets import reading, write
from ithaca.kernel.sheets import text as cleaning
from ithaca.kernel.sheets.tests import books

PEOPLE = [["Name", "E-mail", "Town"], ["Zoë Åkesson", "zoe@example.org", "Malmö"], ["Ana", "ana@example.org", ""]]


def text(delimiter=","):
    return "\r\n".join(delimiter.join(row) for row in PEOPLE) + "\r\n"


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252"])
def test_every_encoding_and_delimiter_reads_the_same(delimiter, encoding):
    sheet = reading.read(text(delimiter).encode(encoding), "people.csv")
    assert sheet.header == ("Name", "E-mail", "Town")
    assert sheet.rows == [tuple(row) for row in PEOPLE[1:]]
    assert list(sheet.numbers) == [2, 3]


@pytest.mark.parametrize("make", [books.xlsx, books.ods])
def test_workbooks_read_the_same_as_text(make):
    sheet = reading.read(make(PEOPLE), "people")
    assert sheet.header == ("Name", "E-mail", "Town")
    assert sheet.rows == [tuple(row) for row in PEOPLE[1:]]
    assert list(sheet.numbers) == [2, 3]


def test_a_path_is_read_and_gives_its_name(tmp_path):
    file = tmp_path / "mentors.csv"
    file.write_text(text(";"), encoding="cp1252")
    assert reading.read(file).name == "mentors.csv"
    with pytest.raises(reading.SheetError, match="cannot be opened"):
        reading.read(tmp_path / "nobody.csv")


def test_values_are_the_text_a_person_sees():
    data = books.xlsx(
        [
            ["id", "phone", "number", "date", "moment", "time", "yes", "sum", "formula"],
            [42, 447911123456, 2.0, datetime.date(2026, 3, 2), datetime.datetime(2026, 3, 2, 14, 30),
             datetime.time(9, 5), True, 0.1 + 0.2, "#N/A"],
            ["007", "+44 7911 123456", 2.5, "2/3/26", None, None, False, -5, None],
        ],
        formats={"A2": "00000"},
    )  # fmt: skip
    sheet = reading.read(data, "x.xlsx")
    assert sheet.rows == [
        ("00042", "447911123456", "2", "2026-03-02", "2026-03-02 14:30", "09:05", "TRUE", "0.3", ""),
        ("007", "+44 7911 123456", "2.5", "2/3/26", "", "", "FALSE", "-5", ""),
    ]


def test_ods_numbers_and_dates():
    sheet = reading.read(books.ods([["a", "b"], [3, datetime.date(2026, 1, 31)]]), "x.ods")
    assert sheet.rows == [("3", "2026-01-31")]


def test_titles_above_the_names_and_blank_rows_keep_the_row_numbers():
    data = books.xlsx(
        [
            ["Mentoring 2026"],
            [],
            ["Name", "E-mail", "Town"],
            ["Ana", "a@example.org", "Porto"],
            [],
            ["Bo", "b@example.org", "Oslo"],
        ]
    )
    sheet = reading.read(data, "x.xlsx")
    assert sheet.header == ("Name", "E-mail", "Town")
    assert sheet.header_number == 3
    assert list(sheet.numbers) == [4, 6]


def test_a_column_without_a_name_is_called_by_its_letter():
    assert reading.read(b"Name,,Town\nAna,x,Porto\n").header == ("Name", "Column B", "Town")


def test_excels_own_first_line_chooses_the_delimiter():
    assert reading.read(b"sep=;\nName;Town, country\nAna;Porto, PT\n").rows == [("Ana", "Porto, PT")]


def test_quoted_cells_may_hold_delimiters_and_lines():
    sheet = reading.read(b'Name;Goals\r\nAna;"first; second\r\nthird ""best"""\r\nBo;none\r\n')
    assert sheet.rows == [("Ana", 'first; second\nthird "best"'), ("Bo", "none")]
    assert list(sheet.numbers) == [2, 3]


def test_text_is_normalised_and_unseen_characters_are_dropped():
    sheet = reading.read("Name,Phone\nZoe\u0308 \x00Li\u200bn,\u202a+44 20 7946 0000\u202c\n".encode())
    assert sheet.rows == [("Zoë Lin", "+44 20 7946 0000")]


def test_names_in_any_script():
    names = ["Анна Петренко", "李小龍", "مريم العلي", "Δήμητρα", "नीला शर्मा", "می‌نا", "Nguyễn Thị Hoa", "O’Brien-Łęcki"]
    data = ("Name\tTown\n" + "\n".join(f"{name}\tX" for name in names)).encode("utf-16")
    assert [row[0] for row in reading.read(data).rows] == names


def test_another_sheet_can_be_chosen():
    data = books.xlsx([["Read me"]], more={"Mentors": PEOPLE, "Mentees": [["Name", "Town"], ["Cy", "Bath"]]})
    sheet = reading.read(data)
    assert (sheet.sheet, sheet.sheets) == ("Mentors", ("Sheet", "Mentors", "Mentees"))
    assert reading.read(data, sheet="Mentees").rows == [("Cy", "Bath")]
    with pytest.raises(reading.SheetError, match="no sheet named “Sponsors”"):
        reading.read(data, sheet="Sponsors")


def test_columns_of_one_name_are_merged_and_a_conflict_is_told():
    data = b"Name,Skills,Skills,Skills\nAna,law,,\nBo,,tax,\nCy,law,,audit\n"
    sheet = reading.read(data)
    assert sheet.header == ("Name", "Skills")
    assert sheet.rows == [("Ana", "law"), ("Bo", "tax"), ("Cy", "law")]
    assert [(c.row, c.header, c.kept, c.dropped) for c in sheet.conflicts] == [(4, "Skills", "law", "audit")]
    assert sheet.original_header == ("Name", "Skills", "Skills", "Skills")
    assert sheet.original_rows[2] == ("Cy", "law", "", "audit")


def test_numbered_copies_of_a_branching_form_are_merged_when_nobody_answered_both():
    sheet = reading.read(b"Name,Which skills?,Which skills?2\nAna,law,\nBo,,tax\n")
    assert sheet.header == ("Name", "Which skills?")
    kept = reading.read(b"Name,Email,Email2\nAna,anonymous,ana@example.org\n")
    assert kept.header == ("Name", "Email", "Email2")


def test_two_questions_of_one_name_stay_apart():
    rows = "".join(f"Mentor {i},Mentee {i}\n" for i in range(9))
    assert reading.read(f"Name,Name\n{rows}".encode()).header == ("Name", "Name (2)")


@settings(max_examples=300, deadline=None)
@given(st.binary(max_size=400))
def test_arbitrary_bytes_give_a_sheet_or_an_error(data):
    assert _is_sheet_or_error(data)


@settings(max_examples=150, deadline=None)
@given(st.sampled_from([books.xlsx(PEOPLE), books.ods(PEOPLE)]), st.data())
def test_damaged_workbooks_give_a_sheet_or_an_error(data, draw):
    damaged = bytearray(data[: draw.draw(st.integers(1, len(data)))])
    for place, byte in draw.draw(
        st.lists(st.tuples(st.integers(0, len(damaged) - 1), st.integers(0, 255)), max_size=6)
    ):
        damaged[place] = byte
    assert _is_sheet_or_error(bytes(damaged))


@settings(max_examples=60, deadline=None)
@given(st.sampled_from(["xl/worksheets/sheet1.xml", "xl/workbook.xml", "xl/styles.xml"]), st.data())
def test_workbooks_with_damaged_members_give_a_sheet_or_an_error(member, draw):
    whole = books.xlsx(PEOPLE)
    content = bytearray(zipfile.ZipFile(io.BytesIO(whole)).read(member))
    for place, byte in draw.draw(
        st.lists(st.tuples(st.integers(0, len(content) - 1), st.integers(32, 126)), max_size=9)
    ):
        content[place] = byte
    assert _is_sheet_or_error(books.repacked(whole, {member: bytes(content)}))


def _is_sheet_or_error(data):
    try:
        sheet = reading.read(data, "any")
    except reading.SheetError as error:
        return str(error).endswith(".")
    return all(len(row) == len(sheet.header) for row in sheet.rows)


cell = st.text(max_size=30)


@settings(max_examples=200, deadline=None)
@given(st.lists(st.tuples(cell, cell), min_size=1, max_size=6), st.sampled_from(["csv", "xlsx"]))
def test_any_text_comes_back_as_it_was_written(rows, kind):
    rows = [("x" + first, second) for first, second in rows]
    header = ["One", "Two"]
    data = write.csv(header, rows) if kind == "csv" else write.xlsx(header, rows)
    expected = [tuple(cleaning.tidy(value).strip() for value in row) for row in rows]
    assert reading.read(data).rows == expected
