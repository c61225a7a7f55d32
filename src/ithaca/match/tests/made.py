"""Small spreadsheets for the tests of the command."""

import csv
from html.parser import HTMLParser
from pathlib import Path

import pytest

VOID = {"meta", "input", "br"}
MENTORS = [
    ["Name", "E-mail", "Can help with", "Languages", "How many mentees"],
    ["Ama <Adu>", "ama@example.org", "Budgets; Data; Strategy", "English; French", "2"],
    ["Piet Visser", "piet@example.org", "Public speaking", "English", "1"],
]
MENTEES = [
    ["Name", "E-mail", "Wants to learn", "Languages", "Preferred mentor"],
    ["Noor", "noor@example.org", "Budgets; Data", "English", "Pieter Visser"],
    ["Sven", "sven@example.org", "Public speaking", "english", "Piet Viser"],
    ["Uma", "uma@example.org", "Cooking", "French", ""],
    ["Zed", "zed@example.org", "Cooking", "Welsh", "n/a"],
]


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


def name(number: int) -> str:
    """A name for every number: columns of names are known by what stands in them."""
    first, last = (
        "Ama Bo Cleo Dana Emil Fay Gus Hana Ida Jon".split(),
        "Adu Berg Costa Diaz Eze Frey Gil Hahn Ito Juhl".split(),
    )
    third, rest = number // 100, number % 100
    return f"{first[rest // 10]} {last[rest % 10]}{' ' + last[third % 10] if third else ''}"


def people(number: int, skills: str = "Law", employers: int = 9) -> list[list[str]]:
    """Colleagues of one level and language, with an employer each."""
    header = ["Name", "E-mail", "Wants to learn", "Languages", "Employer", "Level"]
    return [
        header,
        *([name(k), f"p{k}@example.org", skills, "English", f"E{k % employers}", "3"] for k in range(number)),
    ]


@pytest.fixture
def sheets(tmp_path: Path) -> tuple[str, str]:
    """Paths of two mentors with three places, and four mentees."""
    return str(table(tmp_path / "mentors.csv", MENTORS)), str(table(tmp_path / "mentees.csv", MENTEES))
