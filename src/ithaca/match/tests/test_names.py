"""People by what others write of them: kept apart also among peers, and two of one name told apart."""

from itertools import combinations
from pathlib import Path
from typing import Any

import pytest

from ithaca.match import command
from ithaca.match.tests.made import people, read, table

TWO = [
    ["Name", "E-mail", "Languages"],
    ["Anna Lee", "anna@example.org", "English"],
    ["Anna Lee", "lee@example.org", "English"],
    ["Bo Berg", "bo@example.org", "English"],
]


def together(path: Path, of: str) -> set[tuple[str, str]]:
    """Every two people who share a circle or a meeting."""
    found: dict[str, list[str]] = {}
    for row in read(path):
        if row[of]:
            found.setdefault(row[of], []).append(row["Name"])
    return {pair for members in found.values() for pair in combinations(sorted(members), 2)}


def among(number: int, header: str, said: dict[int, str]) -> list[list[str]]:
    """Colleagues, some of whom say something of others."""
    rows = people(number, employers=number)
    return [[*rows[0], header], *([*row, said.get(k, "")] for k, row in enumerate(rows[1:]))]


@pytest.mark.parametrize(
    "verb, of, header",
    [
        ("circles", "Circle", "Keep apart from"),
        ("circles", "Circle", "Reports to"),
        ("roulette", "Meeting", "Keep apart from"),
    ],
)
def test_people_to_be_kept_apart_do_not_meet(tmp_path: Path, verb: str, of: str, header: str) -> None:
    output = tmp_path / "out.csv"
    for turn in range(5):
        rows = among(8, header, {turn: "Ama Gil", 7: "p6@example.org"})
        assert command.main([verb, str(table(tmp_path / "people.csv", rows)), "-o", str(output)]) == 0
        met = together(output, of)
        assert met
        assert not met & {(rows[turn + 1][0], "Ama Gil"), ("Ama Gil", "Ama Hahn")}


def test_who_is_to_be_kept_apart_and_is_not_there_is_refused_among_peers_too(tmp_path: Path, capsys: Any) -> None:
    sheet = table(tmp_path / "people.csv", among(6, "Keep apart from", {0: "Nobody Known", 1: "Ama Diazz"}))
    options = tmp_path / "options.toml"
    options.write_text('[people]\nunknown_apart = "leave out"\n', encoding="utf-8")
    asked = ["roulette", str(sheet), "-o", str(tmp_path / "out.csv")]
    assert command.main(asked) == 2
    assert "row 2, Keep apart from: “Nobody Known” is nobody in the spreadsheet." in capsys.readouterr().err
    assert command.main([*asked, "--options", str(options)]) == 0
    said = capsys.readouterr().err
    assert "Not kept apart: people.csv, row 2, Keep apart from: “Nobody Known” is nobody in the spreadsheet." in said
    assert "people.csv, row 3, Keep apart from: “Ama Diazz” was read as Ama Diaz." in said


def test_pairs_kept_apart_are_no_meetings_of_earlier_rounds(tmp_path: Path, capsys: Any) -> None:
    rows = among(6, "Keep apart from", {0: "Ama Berg"})
    sheet, first = table(tmp_path / "people.csv", rows), tmp_path / "one.csv"
    assert command.main(["roulette", str(sheet), "-o", str(first)]) == 0
    capsys.readouterr()
    assert command.main(["roulette", str(sheet), "--met", str(first), "-o", str(tmp_path / "two.csv")]) == 0
    assert "3 pairs of people met in earlier rounds; none of them meets again." in capsys.readouterr().out


def test_a_wish_for_one_of_two_people_with_one_name_asks_for_the_address(tmp_path: Path, capsys: Any) -> None:
    wishes = [["Name", "Languages", "Preferred mentor"], ["Kit", "English", "Anna Lee"], ["Lou", "English", "Anna Leo"]]
    mentors = [*TWO, ["Anna Lea", "lea@example.org", "English"]]
    sheets = table(tmp_path / "m.csv", mentors), table(tmp_path / "n.csv", wishes)
    assert command.main([*map(str, sheets), "-o", str(tmp_path / "pairs.csv")]) == 0
    said = capsys.readouterr().err
    assert (
        "n.csv, row 2, Preferred mentor: 2 people are called “Anna Lee”, so it was left out; please write the e-mail "
        "address." in said
    )
    assert "row 2, Preferred mentor: “Anna Lee” was read as" not in said


@pytest.mark.parametrize(
    "options",
    ['[pairs]\nfixed = [["Anna Lee", "Kit"]]\n', '[pairs]\napart = [["Anna Lee", "Kit"]]\n'],
)
def test_options_that_name_two_people_ask_for_the_address(tmp_path: Path, capsys: Any, options: str) -> None:
    mentees = table(tmp_path / "n.csv", [["Name", "Languages"], ["Kit", "English"]])
    chosen = tmp_path / "options.toml"
    chosen.write_text(options, encoding="utf-8")
    sheets = str(table(tmp_path / "m.csv", TWO)), str(mentees)
    assert command.main([*sheets, "--options", str(chosen), "-o", str(tmp_path / "pairs.csv")]) == 2
    said = capsys.readouterr().err
    assert (
        "the options name the mentor “Anna Lee”, and 2 mentors are called so; please write the e-mail address" in said
    )


def test_who_was_left_out_is_told_apart_by_the_address(tmp_path: Path, capsys: Any) -> None:
    chosen, output = tmp_path / "options.toml", tmp_path / "pairs.csv"
    sheets = str(table(tmp_path / "m.csv", TWO[::3])), str(table(tmp_path / "n.csv", TWO[:3]))
    chosen.write_text('[people]\nleft_out = ["Anna Lee"]\n', encoding="utf-8")
    assert command.main([*sheets, "--options", str(chosen), "-o", str(output)]) == 2
    said = capsys.readouterr().err
    assert (
        "the options name the mentee “Anna Lee”, and 2 mentees are called so; please write the e-mail address" in said
    )
    chosen.write_text('[people]\nleft_out = ["lee@example.org"]\n', encoding="utf-8")
    assert command.main([*sheets, "--options", str(chosen), "-o", str(output)]) == 0
    assert [row["Mentee e-mail"] for row in read(output)] == ["lee@example.org"]


@pytest.mark.parametrize("verb", ["check", "repair"])
def test_a_plan_that_names_two_people_is_no_plan_yet(tmp_path: Path, capsys: Any, verb: str) -> None:
    mentees = table(tmp_path / "n.csv", [["Name", "Languages"], ["Kit", "English"], ["Lou", "English"]])
    plan = table(tmp_path / "plan.csv", [["Mentor", "Mentee"], ["Anna Lee", "Kit"], ["Bo Berg", "Lou"]])
    asked = [verb, str(table(tmp_path / "m.csv", TWO)), str(mentees), str(plan)]
    assert command.main(asked) == 2
    said = capsys.readouterr().err
    assert "plan.csv, row 2: 2 mentors are called Anna Lee; please write the e-mail address." in said
    table(plan, [["Mentor", "Mentor e-mail", "Mentee"], ["Anna Lee", "lee@example.org", "Kit"]])
    assert command.main(asked) == 0
    table(plan, [["Mentor", "Mentor e-mail", "Mentee"], ["Anna Lee", "gone@example.org", "Kit"]])
    assert command.main(asked) == (1 if verb == "check" else 0)
    assert "row 2: the mentor (gone@example.org, Anna Lee) is not in the spreadsheet of mentors." in (
        capsys.readouterr().out
    )


def test_a_manager_of_whom_there_are_two_is_noted(tmp_path: Path, capsys: Any) -> None:
    rows = [[*TWO[0], "Reports to"], *([*row, ""] for row in TWO[1:3]), [*TWO[3], "Anna Lee"]]
    assert command.main(["roulette", str(table(tmp_path / "p.csv", rows)), "-o", str(tmp_path / "out.csv")]) == 0
    assert "p.csv, row 4, Reports to: 2 people are called “Anna Lee”" in capsys.readouterr().err
