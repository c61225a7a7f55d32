"""Spreadsheets named twice, or the wrong way round."""

from pathlib import Path
from typing import Any

import pytest

from ithaca.match import command
from ithaca.match.tests.made import read, table

MENTORS = [["Name", "Can help with"], ["Ann Lee", "Law"], ["Bob Fox", "Tax"]]
MENTEES = [["Name", "Wants to learn"], ["Cy Day", "Law"], ["Di Eze", "Tax"]]
NEITHER = [["Name", "Languages"], ["Ann Lee", "English"]]
OTHERS = [["Name", "Languages"], ["Cy Day", "English"]]


def asked(tmp_path: Path, first: list[list[str]], second: list[list[str]], *names: str) -> tuple[int, Path]:
    one, other = (tmp_path / f"{name}.csv" for name in (names or ("a", "b")))
    output = tmp_path / "pairs.csv"
    return command.main([str(table(one, first)), str(table(other, second)), "-o", str(output)]), output


@pytest.mark.parametrize(
    "first, second, says",
    [
        (
            MENTEES,
            MENTORS,
            "its column “Wants to learn” speaks for mentees; b.csv was read as the mentees, but its column",
        ),
        (
            [["Name", "Wished-for mentors"], ["Cy Day", "Ann Lee"]],
            [["Name", "How many mentees"], ["Ann Lee", "2"]],
            "but its column “How many mentees” speaks for mentors",
        ),
    ],
)
def test_spreadsheets_named_the_wrong_way_round_are_refused(
    tmp_path: Path, capsys: Any, first: list[list[str]], second: list[list[str]], says: str
) -> None:
    done, output = asked(tmp_path, first, second)
    assert done == 2
    said = capsys.readouterr().err
    assert says in said
    assert "Please name the mentors first: “b.csv”, then “a.csv”." in said
    assert not output.exists()


def test_names_of_files_speak_where_no_column_does(tmp_path: Path, capsys: Any) -> None:
    assert asked(tmp_path, OTHERS, NEITHER, "Mentees 2027", "mentor_list")[0] == 2
    assert "Mentees 2027.csv was read as the mentors, but its name speaks for mentees" in capsys.readouterr().err
    assert asked(tmp_path, MENTORS, MENTEES, "Mentees 2027", "mentor_list")[0] == 0  # columns know better
    assert "speaks for" not in capsys.readouterr().err


def test_one_spreadsheet_that_seems_to_be_of_the_other_side_is_noted(tmp_path: Path, capsys: Any) -> None:
    assert asked(tmp_path, MENTORS, [["Name", "Can help with"], ["Cy Day", "Law"]])[0] == 0
    assert (
        "Note: b.csv was read as the mentees, but its column “Can help with” speaks for mentors."
        in capsys.readouterr().err
    )
    assert asked(tmp_path, NEITHER, OTHERS)[0] == 0
    assert "speaks for" not in capsys.readouterr().err


@pytest.mark.parametrize("rows", [MENTORS, MENTEES, NEITHER])
def test_a_spreadsheet_named_twice_is_refused_if_nothing_says_who_is_what(
    tmp_path: Path, capsys: Any, rows: list[list[str]]
) -> None:
    assert asked(tmp_path, rows, rows, "a", "a")[0] == 2
    assert "a.csv is named twice, and no column says who is a mentor and who a mentee." in capsys.readouterr().err
    assert asked(tmp_path, rows, rows)[0] == 2
    assert "a.csv and b.csv hold the same rows, and no column says" in capsys.readouterr().err


def test_a_spreadsheet_named_twice_may_hold_both_sides(tmp_path: Path, capsys: Any) -> None:
    peers = [["Name", "Can help with", "Wants to learn"], ["Ann Lee", "Law", "Tax"], ["Bob Fox", "Tax", "Law"]]
    done, output = asked(tmp_path, peers, peers, "a", "a")
    assert done == 0
    assert "a.csv: everybody was taken for a mentor and a mentee at once." in capsys.readouterr().err
    assert {(row["Mentor"], row["Mentee"]) for row in read(output)} == {("Ann Lee", "Bob Fox"), ("Bob Fox", "Ann Lee")}
    roles = [["Name", "Role"], ["Ann Lee", "mentor"], ["Cy Day", "both"]]
    assert asked(tmp_path, roles, roles, "a", "a")[0] == 0
    assert "everybody" not in capsys.readouterr().err
