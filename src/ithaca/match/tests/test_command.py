"""`ithaca match` on spreadsheets as people keep them."""

import csv
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest

from ithaca.match import command
from ithaca.rosters.tests import samples

VOID = {"meta", "input", "br"}


class Balanced(HTMLParser):
    """Fails on a tag that is closed wrongly, and gathers what refers to elsewhere."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.elsewhere: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elsewhere += [value for name, value in attrs if name in ("src", "href") and value]
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


def table(path: Path, rows: list[list[str]]) -> Path:
    with path.open("w", newline="", encoding="utf-8") as file:
        csv.writer(file).writerows(rows)
    return path


def read(path: Path) -> list[dict[str, str]]:
    with path.open(newline="", encoding="utf-8-sig") as file:
        return list(csv.DictReader(file))


@pytest.fixture
def sheets(tmp_path: Path) -> tuple[Path, Path]:
    mentors = [
        ["Name", "E-mail", "Can help with", "Languages", "How many mentees"],
        ["Ama <Adu>", "ama@example.org", "Budgets; Data; Strategy", "English; French", "2"],
        ["Piet Visser", "piet@example.org", "Public speaking", "English", "1"],
    ]
    mentees = [
        ["Name", "E-mail", "Wants to learn", "Languages", "Preferred mentor"],
        ["Noor", "noor@example.org", "Budgets; Data", "English", "Pieter Visser"],
        ["Sven", "sven@example.org", "Public speaking", "english", "Piet Viser"],
        ["Uma", "uma@example.org", "Cooking", "French", ""],
        ["Zed", "zed@example.org", "Cooking", "Welsh", "n/a"],
    ]
    return table(tmp_path / "mentors.csv", mentors), table(tmp_path / "mentees.csv", mentees)


def test_pairs_and_report_are_written(sheets: tuple[Path, Path], tmp_path: Path, capsys: Any) -> None:
    output, report = tmp_path / "pairs.csv", tmp_path / "report.html"
    assert command.run(*sheets, output, report=report) == 0
    said = capsys.readouterr()
    assert "4 mentees, 3 places: 3 of 4 mentees have a mentor, and every place is taken." in said.out
    assert "Proven" in said.out
    assert "Sven, prefers: “Piet Viser” was read as Piet Visser." in said.err
    pairs = read(output)
    assert [(row["Mentee"], row["Mentor"]) for row in pairs] == [
        ("Noor", "Ama <Adu>"),
        ("Sven", "Piet Visser"),
        ("Uma", "Ama <Adu>"),
    ]
    assert "2 skills asked for" in pairs[0]["Why"]
    html = report.read_text(encoding="utf-8")
    page = Balanced()
    page.feed(html)
    assert page.open == []
    assert page.elsewhere == []
    assert "Ama &lt;Adu&gt;" in html
    assert "<Adu>" not in html
    for said_there in ("Mentees without a mentor", "no language in common (2)", "What counted", "How we know"):
        assert said_there in html


def test_the_same_files_give_the_same_bytes(sheets: tuple[Path, Path], tmp_path: Path) -> None:
    outputs = [tmp_path / "a.csv", tmp_path / "b.csv"]
    for output in outputs:
        command.run(*sheets, output, report=output.with_suffix(".html"))
    assert outputs[0].read_bytes() == outputs[1].read_bytes()
    assert outputs[0].with_suffix(".html").read_bytes() == outputs[1].with_suffix(".html").read_bytes()


def test_options_change_the_answer(sheets: tuple[Path, Path], tmp_path: Path) -> None:
    options = tmp_path / "options.toml"
    options.write_text(
        '[pairs]\nfixed = [["Ama <Adu>", "zed@example.org"]]\napart = [["Piet Visser", "Sven"]]\n'
        '[rules.languages]\nrequired = true\n[objective]\nkind = "worst_first"\n',
        encoding="utf-8",
    )
    output = tmp_path / "pairs.csv"
    assert command.run(*sheets, output, options=options) == 0
    pairs = {(row["Mentee"], row["Mentor"]): row["Fixed by you"] for row in read(output)}
    assert pairs["Zed", "Ama <Adu>"] == "yes"
    assert ("Sven", "Piet Visser") not in pairs


@pytest.mark.parametrize(
    "text, said",
    [
        ("[weight]\nx = 1\n", "there is no table [weight]"),
        ("[weights]\nstars = 1\n", "[weights] has nothing called “stars”"),
        ("[weights]\nhours = -1\n", "the weight of “hours” is -1"),
        ("[rules.hours]\nat_least = 'many'\n", "is a whole number from 0 to 168"),
        ("[pairs]\nfixed = [['Ama <Adu>']]\n", "lists of two names"),
        ("[pairs]\nfixed = [['Nobody', 'Noor']]\n", "the mentor “Nobody”, who is not in the spreadsheet"),
        ("weights = \n", "is not TOML"),
    ],
)
def test_options_that_are_not_understood_are_named(
    sheets: tuple[Path, Path], tmp_path: Path, capsys: Any, text: str, said: str
) -> None:
    options = tmp_path / "options.toml"
    options.write_text(text, encoding="utf-8")
    assert command.run(*sheets, tmp_path / "pairs.csv", options=options) == 2
    assert said in capsys.readouterr().err
    assert not (tmp_path / "pairs.csv").exists()


def test_a_plan_made_by_hand_is_judged(sheets: tuple[Path, Path], tmp_path: Path, capsys: Any) -> None:
    good, bad = tmp_path / "good.csv", tmp_path / "bad.csv"
    command.run(*sheets, good)
    assert command.run(*sheets, tmp_path / "unused.csv", check=good) == 0
    assert "The plan keeps every rule." in capsys.readouterr().out
    table(bad, [["Mentor", "Mentee"], ["Piet Visser", "Noor"], ["piet@example.org", "Zed"], ["Ama <Adu>", "Who"]])
    assert command.run(*sheets, tmp_path / "unused.csv", check=bad) == 1
    said = capsys.readouterr().out
    assert "is in 2 pairs and has 1 places" in said
    assert "breaks a rule: no language in common" in said
    assert "bad.csv, row 4: the mentee (Who) is not in the spreadsheet of mentees." in said
    assert not (tmp_path / "unused.csv").exists()


def test_a_file_that_is_no_spreadsheet_gets_one_sentence(tmp_path: Path, capsys: Any) -> None:
    picture = tmp_path / "mentors.png"
    picture.write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(100))
    assert command.run(picture, picture, tmp_path / "pairs.csv") == 2
    assert len(capsys.readouterr().err.strip().splitlines()) == 1


@pytest.mark.parametrize(
    "mentors, mentees",
    [
        (samples.GOOGLE, samples.MICROSOFT),
        (samples.CIVIL_SERVICE, samples.CIVIL_SERVICE),
        (samples.GERMAN, samples.GERMAN),
        (samples.SCRIPTS, samples.SCRIPTS),
    ],
    ids=["forms", "sheets of one workbook", "both roles in one sheet", "many scripts"],
)
def test_messy_spreadsheets_give_proven_pairs(mentors: Path, mentees: Path, tmp_path: Path, capsys: Any) -> None:
    output, report = tmp_path / "pairs.csv", tmp_path / "report.html"
    assert command.run(mentors, mentees, output, report=report) == 0
    assert "Proven" in capsys.readouterr().out
    assert read(output)
    assert "Matching report" in report.read_text(encoding="utf-8")
