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


def hours(*zones: str, free: str = "Mon 18-19") -> list[list[str]]:
    """People free at the same hour of their own clocks."""
    header = ["Name", "Time zone", "Free hours"]
    return [header, *([name, zone, free] for name, zone in zip(("Ann Lee", "Bob Fox", "Co Ray"), zones, strict=False))]


WITHOUT_ZONE = [["Name", "Free hours"], ["Cy Day", "Mon 18-19"]]


@pytest.mark.parametrize("zone", ["Berlin", "", "Mars"])
def test_hours_without_a_time_zone_are_those_of_everybody_elses_clock(tmp_path: Path, zone: str) -> None:
    assert pairs(tmp_path, hours(zone), WITHOUT_ZONE) == {("Ann Lee", "Cy Day")}
    other = [["Name", "Free hours"], ["Cy Day", "Mon 15-16"]]
    assert pairs(tmp_path, hours(zone), other) == set()


def test_hours_without_a_time_zone_are_not_compared_where_people_live_by_different_clocks(
    tmp_path: Path, capsys: Any
) -> None:
    mentors, mentees = hours("Berlin", "Tokyo"), [["Name", "Free hours"], ["Cy Day", "Tue 3-4"]]
    assert len(pairs(tmp_path, mentors, mentees)) == 1
    said = capsys.readouterr().err
    assert "1 person names free hours but no time zone (n.csv, row 2). As people here live by different clocks" in said
    assert 'time_zone = "Asia/Tokyo" under [people]' in said
    assert pairs(tmp_path, mentors, mentees, '[people]\ntime_zone = "Asia/Tokyo"\n') == set()
