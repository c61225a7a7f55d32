"""What is taken from two sheets: places, sheets of a workbook, clocks, and one person on both sides."""

from pathlib import Path
from typing import Any

import openpyxl
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


@pytest.mark.parametrize("written", ["-1", "1000"])
def test_what_stands_for_a_number_that_cannot_be_read_is_told(tmp_path: Path, capsys: Any, written: str) -> None:
    mentors = [["Name", "How many mentees"], ["Ann Lee", written]]
    mentees = [["Name"], ["Cy Day"], ["Di Eze"], ["Ed Fry"]]
    assert len(pairs(tmp_path, mentors, mentees, "[people]\ncapacity = 2\n")) == 2
    said = f"How many mentees: “{written}” is not a number of people from 0 to 50; write one, such as 2. Until then it is taken for 2."
    assert said in capsys.readouterr().err


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


def book(path: Path, **sheets: list[list[str]]) -> str:
    """A workbook of these sheets; an underscore in a name is a space."""
    written = openpyxl.Workbook()
    written.remove(written.active)
    for title, rows in sheets.items():
        page = written.create_sheet(title.replace("_", " "))
        for row in rows:
            page.append(row)
    written.save(path)
    return str(path)


HELPERS = [["Name", "Can help with"], ["Ann Lee", "Law"], ["Bob Fox", "Tax"]]
LEARNERS = [["Name", "Wants to learn"], ["Cy Day", "Law"]]
GUIDE = [["Topic", "Meaning"], ["Deadline", "Send your answers soon"], ["Rules", "Be kind"]]


@pytest.mark.parametrize(
    "sheets",
    [
        {"Mentorés": LEARNERS, "Mentors": HELPERS},
        {"Mentees": LEARNERS, "Mentorenliste": HELPERS},
        {"Mentoring_info": GUIDE, "Mentors_2027": HELPERS, "Mentees_2027": LEARNERS},
        {"Lisez-moi": GUIDE, "Mentor-Mentee_rules": GUIDE, "mentees": LEARNERS, "mentors": HELPERS},
        {"Lisez-moi": GUIDE, "Mentees": LEARNERS, "People": HELPERS},
    ],
    ids=["French", "German", "years", "guides", "one named"],
)
def test_each_side_comes_from_the_sheet_that_is_named_after_it(tmp_path: Path, sheets: dict[str, Any]) -> None:
    path, output = book(tmp_path / "all.xlsx", **sheets), tmp_path / "pairs.csv"
    assert command.main([path, path, "-o", str(output)]) == 0
    assert [(row["Mentor"], row["Mentee"]) for row in read(output)] == [("Ann Lee", "Cy Day")]


@pytest.mark.parametrize("names", [("Sheet1", "Sheet2"), ("Mentors", "Guide")])
def test_one_sheet_for_both_sides_is_refused_where_another_may_be_meant(
    tmp_path: Path, capsys: Any, names: tuple[str, str]
) -> None:
    path = book(tmp_path / "all.xlsx", **{names[0]: HELPERS, names[1]: LEARNERS if names[1] == "Sheet2" else GUIDE})
    assert command.main([path, path, "-o", str(tmp_path / "pairs.csv")]) == 2
    said = capsys.readouterr().err
    assert f"there are “{names[0]}”, “{names[1]}”. Please call one “Mentors” and the other “Mentees”" in said


def test_one_sheet_of_both_roles_among_others_and_sheets_that_may_be_meant_are_noted(
    tmp_path: Path, capsys: Any
) -> None:
    both = [["Name", "Role"], ["Ann Lee", "mentor"], ["Cy Day", "mentee"]]
    path, output = book(tmp_path / "all.xlsx", Guide=GUIDE, All=both, Late=LEARNERS), tmp_path / "pairs.csv"
    assert command.main([path, path, "-o", str(output)]) == 0
    assert [(row["Mentor"], row["Mentee"]) for row in read(output)] == [("Ann Lee", "Cy Day")]
    assert "all.xlsx: of its sheets “All” was read; “Late” may hold people too." in capsys.readouterr().err


MAILED = [["Name", "E-mail"], ["Bob Fox", "bob@x.org"]]


@pytest.mark.parametrize("turned", [False, True])
def test_one_name_with_an_address_in_one_sheet_is_one_person(tmp_path: Path, capsys: Any, turned: bool) -> None:
    sheets = [MAILED, [["Name"], ["bob fox"]]]
    assert pairs(tmp_path, *(reversed(sheets) if turned else sheets)) == set()
    assert (
        "is in both sheets (m.csv, row 2; n.csv, row 2), with an e-mail address in one of them"
        in capsys.readouterr().err
    )


def test_one_name_with_two_addresses_may_be_two_people(tmp_path: Path, capsys: Any) -> None:
    assert len(pairs(tmp_path, MAILED, [["Name", "E-mail"], ["Bob Fox", "fox@x.org"]])) == 1
    assert "with two e-mail addresses and was taken for two people." in capsys.readouterr().err


def test_a_name_that_two_people_share_says_nothing_of_who_is_in_both_sheets(tmp_path: Path, capsys: Any) -> None:
    assert len(pairs(tmp_path, [*MAILED, ["Bob Fox", "b@x.org"]], [["Name"], ["Bob Fox"]])) == 1
    assert "in both sheets" not in capsys.readouterr().err


def test_one_name_without_an_address_is_one_person_in_both_sheets(tmp_path: Path) -> None:
    assert pairs(tmp_path, [["Name"], ["Bob Fox"]], [["Name"], ["bob  fox"]]) == set()


def test_nobody_is_paired_with_themselves_by_the_options(tmp_path: Path, capsys: Any) -> None:
    with pytest.raises(AssertionError):
        pairs(
            tmp_path,
            [["Name"], ["Ann Lee"]],
            [["Name"], ["Ann Lee"], ["Cy Day"]],
            '[pairs]\nfixed = [["Ann Lee", "Ann Lee"]]\n',
        )
    assert "the options pair “Ann Lee” with themselves; nobody is paired so." in capsys.readouterr().err
