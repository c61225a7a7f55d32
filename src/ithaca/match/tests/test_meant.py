"""Whom others write of: names turned around, shared, halved or misspelt, and people who must be kept apart."""

from pathlib import Path
from typing import Any

import pytest

from ithaca.match import command
from ithaca.match.tests.made import name, read, table
from ithaca.rosters.names import Names, resolved

MENTORS = ["Anna Adler", "Bo Berg", "Cy Okonjo-Bright"]


def found(*written: str, people: list[str] = MENTORS) -> tuple[list[str], list[str]]:
    notes: list[str] = []
    return resolved(written, Names(people, people, [""] * len(people)), "row 2", notes, "on the other side"), notes


@pytest.mark.parametrize(
    "written, ids",
    [
        (["Adler, Anna", "Bo Berg"], ["Anna Adler", "Bo Berg"]),
        (["Adler", "Anna", "Berg", "Bo"], ["Anna Adler", "Bo Berg"]),
        (["adler anna"], ["Anna Adler"]),
        (["Bo Berg", "Okonjo-Bright", "Cy"], ["Bo Berg", "Cy Okonjo-Bright"]),
    ],
)
def test_a_name_may_be_turned_around_also_where_its_comma_divided_it(written: list[str], ids: list[str]) -> None:
    assert found(*written) == (ids, [])


def test_half_a_name_is_asked_about_and_keeps_a_likely_one_from_being_taken() -> None:
    assert found("Anna") == ([], ["row 2: “Anna” is nobody on the other side and was left out; is “Anna Adler” meant?"])
    ids, notes = found("Anna", people=["Hanna", "Anna Adler"])
    assert ids == []
    assert "is “Hanna” or “Anna Adler” meant?" in notes[0]


def test_a_name_of_two_people_is_neither_of_them_and_no_third() -> None:
    names = Names(
        ["a1", "a2", "a3"], ["Anna Müller", "Anna Müller", "Anna Möller"], ["a1@x.org", "a2@x.org", "a3@x.org"]
    )
    notes: list[str] = []
    assert resolved(
        ["Anna Müller", "Anna Müler", "A. Müller <A2@x.org>"], names, "row 2", notes, "on the other side"
    ) == ["a2"]
    assert notes == [
        "row 2: 2 people are called “Anna Müller”, so it was left out; please write the e-mail address.",
        "row 2: “Anna Müler” is nobody on the other side and was left out; is “Anna Müller (a1@x.org)” or "
        "“Anna Müller (a2@x.org)” or “Anna Möller” meant?",
    ]
    assert names.exactly("Anna Müller") is None
    assert Names(["a", "b"], ["Anna Müller", "Anna Muller"], ["", ""]).exactly("anna müller") == "a"


def test_an_address_that_is_nobodys_is_asked_about_and_never_taken_for_one_of_the_same_domain() -> None:
    names = Names(["joe@x.org", "annabel@x.org"], ["Joe Adu", "Annabel Berg"], ["joe@x.org", "annabel@x.org"])
    notes: list[str] = []
    assert resolved(
        ["zoe@x.org", "anabel@x.org", "Joe Adu <old@x.org>"], names, "row 2", notes, "on the other side"
    ) == ["joe@x.org"]
    assert notes == [
        "row 2: “zoe@x.org” is nobody on the other side and was left out.",
        "row 2: “anabel@x.org” is nobody on the other side and was left out; is “Annabel Berg” meant?",
    ]


def test_who_cannot_be_kept_apart_stops_everything_until_it_is_said_to_go_on(tmp_path: Path, capsys: Any) -> None:
    mentors = table(tmp_path / "m.csv", [["Name"], ["Anna Adler"], ["Bo Berg"]])
    rows = [["Kit Day", "Anna"], ["Lou Eze", "Zoe Quist"], ["Mia Fox", "nobody"], ["Nia Gil", "Kit Day"]]
    mentees = table(tmp_path / "n.csv", [["Name", "Keep apart from"], *rows])
    output, options = tmp_path / "pairs.csv", tmp_path / "options.toml"
    asked = [str(mentors), str(mentees), "-o", str(output)]
    assert command.main(asked) == 2
    assert capsys.readouterr().err.splitlines()[:2] == [
        "ithaca match: n.csv, row 2, Keep apart from: “Anna” is nobody on the other side; is “Anna Adler” meant?",
        "ithaca match: n.csv, row 3, Keep apart from: “Zoe Quist” is nobody on the other side.",
    ]
    assert not output.exists()
    options.write_text('[people]\nunknown_apart = "leave out"\n', encoding="utf-8")
    assert command.main([*asked, "--options", str(options)]) == 0
    assert capsys.readouterr().err.startswith("Note: Not kept apart: n.csv, row 2, Keep apart from: “Anna”")
    assert command.main(["columns", str(mentors), str(mentees)]) == 0
    assert capsys.readouterr().err.count("Not kept apart") == 2


def test_all_who_are_not_kept_apart_are_told_before_anything_else(tmp_path: Path, capsys: Any) -> None:
    mentors = table(tmp_path / "m.csv", [["Name", "Shoe size"], ["Ama Adu", "40"]])
    rows = [[name(k), f"Unknown {chr(97 + k)}"] for k in range(25)]
    mentees = table(tmp_path / "n.csv", [["Name", "Keep apart from"], *rows])
    options = tmp_path / "options.toml"
    options.write_text('[people]\nunknown_apart = "leave out"\n', encoding="utf-8")
    assert command.main(["brief", str(mentors), str(mentees), "--options", str(options)]) == 0
    said = capsys.readouterr().err.splitlines()
    assert ["Not kept apart" in line for line in said] == [True] * 25 + [False]


def test_a_name_turned_around_is_kept_apart(tmp_path: Path) -> None:
    mentors = table(tmp_path / "m.csv", [["Name"], ["Anna Adler"], ["Bo Berg"]])
    mentees = table(
        tmp_path / "n.csv", [["Name", "Keep apart from"], ["Kit Day", "Adler, Anna"], ["Lou Eze", "Berg, Bo"]]
    )
    output = tmp_path / "pairs.csv"
    assert command.main([str(mentors), str(mentees), "-o", str(output)]) == 0
    assert {row["Mentee"]: row["Mentor"] for row in read(output)} == {"Kit Day": "Bo Berg", "Lou Eze": "Anna Adler"}
