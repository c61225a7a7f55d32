"""What somebody meets who has never seen the command: it explains itself, shows how sheets are read, and lets them correct it."""

import subprocess
import sys
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from ithaca.match import command
from ithaca.match.tests.made import MENTEES, MENTORS, name, read, table


def test_without_anything_it_explains_what_to_do(capsys: Any) -> None:
    assert command.main([]) == 2
    said = capsys.readouterr().out
    assert "ithaca match mentors.xlsx mentees.xlsx -o pairs.xlsx --report report.html" in said
    assert all(f"\n  {verb} " in said for verb in command.VERBS)


def test_explaining_itself_loads_no_solver() -> None:
    words = "import sys; from ithaca.match import command; command.main([]); sys.exit('scipy' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", words], capture_output=True, check=False).returncode == 0


@pytest.mark.parametrize(
    "asked, said",
    [
        (["alternative", "a.csv", "b.csv"], "“alternatives” is perhaps meant."),
        (["please", "a.csv", "b.csv"], "There are pairs, columns, check"),
        (["mentors.csv"], "please name two spreadsheets, mentors first"),
        (["repair", "a.csv", "b.csv", "c.csv", "--touch", "two"], "--touch: “two” is not a whole number."),
        (["columns", "a.csv", "b.csv", "c.csv"], "At most two spreadsheets are read"),
    ],
)
def test_what_is_asked_wrongly_is_told_in_words(capsys: Any, asked: list[str], said: str) -> None:
    try:
        assert command.main(asked) == 2
    except SystemExit as ended:
        assert ended.code == 2
    assert said in capsys.readouterr().err


def test_examples_are_written_once_and_can_be_matched(tmp_path: Path, capsys: Any) -> None:
    assert command.main(["example", str(tmp_path)]) == 0
    sheets = str(tmp_path / "mentors.xlsx"), str(tmp_path / "mentees.xlsx")
    assert command.main([*sheets, "-o", str(tmp_path / "pairs.csv")]) == 0
    said = capsys.readouterr()
    assert "6 of 6 mentees have a mentor" in said.out
    assert said.err == ""
    before = openpyxl.load_workbook(sheets[0]).worksheets[0].max_row
    assert command.main(["example", str(tmp_path)]) == 2
    assert "is there already and is not written over" in capsys.readouterr().err
    assert openpyxl.load_workbook(sheets[0]).worksheets[0].max_row == before


def test_it_shows_how_each_column_is_read(tmp_path: Path, capsys: Any) -> None:
    mentors = table(tmp_path / "mentors.csv", [[*MENTORS[0], "Shoe size"], *([*row, "42"] for row in MENTORS[1:])])
    mentees = table(tmp_path / "mentees.csv", MENTEES)
    assert command.main(["columns", str(mentors), str(mentees)]) == 0
    said = capsys.readouterr()
    lines = [line.split() for line in said.out.splitlines()]
    assert "How many mentees Places 2 2".split() in lines
    assert "Shoe size not used 2 42".split() in lines
    assert "mentors.csv: not used: “Shoe size”." in said.err
    assert '"Shoe size" = "Interests"' in said.out
    assert sorted(path.name for path in tmp_path.iterdir()) == ["mentees.csv", "mentors.csv"]


def test_all_that_was_noticed_is_listed(tmp_path: Path, capsys: Any) -> None:
    wishes = [["Name", "Preferred mentor"], *([name(k + 1), f"Unknown {chr(97 + k)}"] for k in range(25))]
    mentors, mentees = table(tmp_path / "m.csv", MENTORS), table(tmp_path / "n.csv", wishes)
    assert command.main(["brief", str(mentors), str(mentees)]) == 0
    assert "and 5 more; `ithaca match columns` lists all." in capsys.readouterr().err
    assert command.main(["columns", str(mentors), str(mentees)]) == 0
    assert capsys.readouterr().err.count("is nobody on the other side") == 25


def test_a_column_with_a_misspelt_name_counts_and_is_told(tmp_path: Path, capsys: Any) -> None:
    mentors = table(tmp_path / "mentors.csv", [["Name", "Can help with"], ["Ama", "Law"], ["Bo", "Tax"]])
    mentees = table(tmp_path / "mentees.csv", [["Name", "Wants to lern"], ["Kit", "Tax"], ["Lou", "Law"]])
    output = tmp_path / "pairs.csv"
    assert command.main([str(mentors), str(mentees), "-o", str(output)]) == 0
    assert "mentees.csv: the column “Wants to lern” was read as “Wants to learn”." in capsys.readouterr().err
    assert {row["Mentee"]: row["Mentor"] for row in read(output)} == {"Kit": "Bo", "Lou": "Ama"}


def test_the_options_say_what_a_column_is(tmp_path: Path, capsys: Any) -> None:
    mentors = table(tmp_path / "mentors.csv", [["Name", "Superpowers"], ["Ama", "Law"], ["Bo", "Tax"]])
    mentees = table(tmp_path / "mentees.csv", [["Name", "Wants to learn"], ["Kit", "Tax"], ["Lou", "Law"]])
    output, options = tmp_path / "pairs.csv", tmp_path / "options.toml"
    asked = [str(mentors), str(mentees), "-o", str(output), "--options", str(options)]
    options.write_text('[columns]\n"superpowers" = "can help with"\n', encoding="utf-8")
    assert command.main(asked) == 0
    assert "not used" not in capsys.readouterr().err
    assert {row["Mentee"]: row["Mentor"] for row in read(output)} == {"Kit": "Bo", "Lou": "Ama"}
    options.write_text('[columns]\n"Superpowers" = "magic"\n', encoding="utf-8")
    assert command.main(asked) == 2
    assert (
        "[columns] takes “Superpowers” for “magic”, which does not exist; there are Full name"
        in capsys.readouterr().err
    )
    options.write_text('[columns]\n"Weaknesses" = "Interests"\n', encoding="utf-8")
    assert command.main(asked) == 2
    assert "the column “Weaknesses”, which is in no spreadsheet; there are “Name”" in capsys.readouterr().err


def test_a_column_that_was_chosen_takes_the_place_of_the_one_that_was_guessed(tmp_path: Path) -> None:
    header = ["Name", "Real identity", "Can help with"]
    mentors = table(tmp_path / "mentors.csv", [header, ["Blue", "Ama Adu", "Law"], ["Red", "Bo Berg", "Tax"]])
    mentees = table(tmp_path / "mentees.csv", [["Name", "Wants to learn"], ["Kit", "Tax"]])
    output, options = tmp_path / "pairs.csv", tmp_path / "options.toml"
    options.write_text('[columns]\n"Real identity" = "name"\n', encoding="utf-8")
    assert command.main([str(mentors), str(mentees), "-o", str(output), "--options", str(options)]) == 0
    assert [row["Mentor"] for row in read(output)] == ["Bo Berg"]


def test_a_sheet_that_begins_with_a_person_is_refused(sheets: tuple[str, str], tmp_path: Path, capsys: Any) -> None:
    table(Path(sheets[0]), MENTORS[1:])
    assert command.main([*sheets, "-o", str(tmp_path / "pairs.csv")]) == 2
    assert "mentors.csv: its first row holds “ama@example.org”, so it seems to be a person." in capsys.readouterr().err


def test_a_wish_for_somebody_who_left_goes_to_nobody_else(tmp_path: Path, capsys: Any) -> None:
    mentors = table(
        tmp_path / "m.csv", [["Name"], *([f"Mentor Number {k}"] for k in (0, 1, 2)), ["Ann Hill"], ["Anna Hill"]]
    )
    wishes = [["Kit", "Mentor Number 8"], ["Lou", "Anne Hill"], ["Mia", "Mentor Nummber 2"]]
    mentees = table(tmp_path / "n.csv", [["Name", "Preferred mentor"], *wishes])
    assert command.main([str(mentors), str(mentees), "-o", str(tmp_path / "pairs.csv")]) == 0
    said = capsys.readouterr().err
    assert "n.csv, row 2, Preferred mentor: “Mentor Number 8” is nobody on the other side and was left out." in said
    assert "“Anne Hill” is nobody on the other side and was left out; is “Ann Hill” or “Anna Hill” meant?" in said
    assert "“Mentor Nummber 2” was read as Mentor Number 2." in said


def test_one_sheet_of_several_is_named(tmp_path: Path, capsys: Any) -> None:
    book = openpyxl.Workbook()
    for sheet in (book.active, book.create_sheet("Later")):
        for row in (["Name", "E-mail"], ["Ama Adu", "ama@example.org"], ["Bo Berg", "bo@example.org"]):
            sheet.append(row)
    book.worksheets[0].title = "Spring"
    book.save(tmp_path / "people.xlsx")
    assert command.main(["roulette", str(tmp_path / "people.xlsx"), "-o", str(tmp_path / "out.csv")]) == 0
    assert "people.xlsx: only the sheet “Spring” was read." in capsys.readouterr().err


@pytest.mark.parametrize(
    "rows, said",
    [
        ([["Name", "E-mail"], ["Ama", "nowhere"]], "row 2 is left out: E-mail: “nowhere” is not an e-mail address"),
        ([["Name", "Role"], ["Ama Adu", "mentee"], ["Bo Berg", "mentee"]], "the column “Role” calls nobody a mentor."),
    ],
)
def test_where_nobody_is_found_the_reason_is_told(
    sheets: tuple[str, str], tmp_path: Path, capsys: Any, rows: list[list[str]], said: str
) -> None:
    table(Path(sheets[0]), rows)
    assert command.main([*sheets, "-o", str(tmp_path / "pairs.csv")]) == 2
    assert said in capsys.readouterr().err


@pytest.mark.parametrize(
    "asked, said",
    [
        (["groups", "a.csv", "b.csv", "--weight", "150"], "--weight: “150” is not a whole number from 0 to 100."),
        (["brief", "a.csv", "b.csv", "--most", "-3"], "--most: “-3” is not a whole number of 1 or more."),
        (["repair", "a.csv", "b.csv", "c.csv", "--touch", "-1"], "--touch: “-1” is not a whole number of 0 or more."),
    ],
)
def test_a_number_out_of_its_limits_is_refused(capsys: Any, asked: list[str], said: str) -> None:
    with pytest.raises(SystemExit):
        command.main(asked)
    assert said in capsys.readouterr().err


def test_examples_go_into_a_folder_that_is_there(tmp_path: Path, capsys: Any) -> None:
    there = table(tmp_path / "file.csv", [["Name"]])
    assert command.main(["example", str(there)]) == 2
    assert "is a file. Please name a folder" in capsys.readouterr().err
    assert command.main(["example", str(tmp_path / "nowhere")]) == 2
    assert capsys.readouterr().err.count("is not there") == 1


def test_notes_of_a_sheet_that_is_named_twice_are_told_once(tmp_path: Path, capsys: Any) -> None:
    header = ["Name", "Role", "Shoe size", "Free hours", "Anything else?"]
    rows = [["Ama Adu", "mentor", "40", "Mon 9-12", "n/a"], ["Bo Berg", "mentee", "41", "soon", "-"]]
    sheet = str(table(tmp_path / "people.csv", [header, *rows]))
    assert command.main([sheet, sheet, "-o", str(tmp_path / "pairs.csv")]) == 0
    said = capsys.readouterr().err
    assert said.count("not used: “Shoe size”. ") == 1
    assert said.count("“soon” names no days") == 1
