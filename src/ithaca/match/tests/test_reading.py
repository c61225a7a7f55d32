"""What is taken from two sheets: places, sheets of a workbook, clocks, and one person on both sides."""

from pathlib import Path
from typing import Any

import pytest

from ithaca.match import command
from ithaca.match.tests.made import read, table


def pairs(
    tmp_path: Path, mentors: list[list[str]], mentees: list[list[str]], options: str = ""
) -> set[tuple[str, str]]:
    """(mentor, mentee) of the plan for these rows."""
    sheets, output = [table(tmp_path / "m.csv", mentors), table(tmp_path / "n.csv", mentees)], tmp_path / "pairs.csv"
    (tmp_path / "options.toml").write_text(options, encoding="utf-8")
    assert command.main([*map(str, sheets), "-o", str(output), "--options", str(tmp_path / "options.toml")]) == 0
    return {(row["Mentor"], row["Mentee"]) for row in read(output)}


@pytest.mark.parametrize("capacity, placed", [(0, 1), (2, 3)])
def test_the_usual_number_of_places_is_that_of_mentors(tmp_path: Path, capsys: Any, capacity: int, placed: int) -> None:
    mentors = [["Name", "How many mentees"], ["Ann Lee", ""], ["Bob Fox", "1"]]
    mentees = [["Name"], ["Cy Day"], ["Di Eck"], ["Ed Fry"]]
    assert len(pairs(tmp_path, mentors, mentees, f"[people]\ncapacity = {capacity}\n")) == placed
    assert "3 mentees" in capsys.readouterr().out


def test_a_mentor_who_takes_nobody_has_nobody(tmp_path: Path) -> None:
    mentors = [["Name", "How many mentees"], ["Ann Lee", "none"], ["Bob Fox", "aucun"], ["Co Ray", "1.5"]]
    mentees = [["Name"], *([name] for name in ("Di Eck", "Ed Fry", "Fi Gil"))]
    assert [mentor for mentor, _ in pairs(tmp_path, mentors, mentees)] == ["Co Ray"]


def test_the_places_of_somebody_in_both_roles_are_for_mentees(tmp_path: Path) -> None:
    header = ["Name", "E-mail", "Role", "Places"]
    people = [
        ["Ann Lee", "a@x.org", "both", "2"],
        ["Bob Fox", "b@x.org", "mentor", "1"],
        ["Cy Day", "c@x.org", "mentor", "1"],
    ]
    found = pairs(tmp_path, [header, *people], [header, *people])
    assert [mentee for _, mentee in found] == ["Ann Lee"]
