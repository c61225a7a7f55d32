"""Two small spreadsheets of invented people, to try with and to fill in."""

import argparse
from pathlib import Path

from ithaca.kernel.sheets import write
from ithaca.match import say
from ithaca.match.outputs import Outputs, Table
from ithaca.pairing.side import ProblemError

MENTORS = (
    ("Name", "E-mail", "Can help with", "Languages", "Time zone", "Free hours", "Seniority", "How many mentees"),
    ("Ama Adu", "ama@example.org", "Leading a team; Budgets", "English; French", "Accra", "Mon-Fri 17-19", "Director", 2),
    ("Bo Berg", "bo@example.org", "Public speaking; Writing", "English", "Europe/Oslo", "Tuesdays 16-18", "Lead", 1),
    ("Cleo Diaz", "cleo@example.org", "Data analysis; Python", "English; Spanish", "Madrid", "Mon, Wed 12-14", "Senior", 2),
    ("Emil Frey", "emil@example.org", "Negotiation; Budgets", "German; English", "Berlin", "Thursdays 8-10", "Manager", 1),
    ("Gus Hahn", "gus@example.org", "Changing field; Writing", "English", "London", "weekday evenings", "Senior", 1),
)  # fmt: skip
MENTEES = (
    ("Name", "E-mail", "Wants to learn", "Languages", "Time zone", "Free hours", "Seniority", "Wished-for mentors"),
    ("Ida Juhl", "ida@example.org", "Public speaking; Writing", "English", "Oslo", "Tuesdays 15-18", "Junior", "Bo Berg"),
    ("Jon Kaya", "jon@example.org", "Python", "English", "Istanbul", "Mon-Fri 12-15", "Junior", ""),
    ("Lena Moor", "lena@example.org", "Leading a team", "French; English", "Paris", "Fridays 17-19", "Senior", "Ama Adu; Emil Frey"),
    ("Nia Okon", "nia@example.org", "Budgets; Negotiation", "English", "Lagos", "Mon-Fri 17-20", "Mid", ""),
    ("Pia Quist", "pia@example.org", "Data analysis", "German; English", "Berlin", "Mon, Wed 12-14", "Mid", ""),
    ("Rosa Silva", "rosa@example.org", "Changing field", "Portuguese; English", "Lisbon", "weekday evenings", "Mid", "Gus Hahn"),
)  # fmt: skip


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("folder", type=Path, nargs="?", default=Path(), help="where to (here, if nothing is said)")


def run(asked: argparse.Namespace) -> int:
    if asked.folder.is_file():
        raise ProblemError([f"“{asked.folder}” is a file. Please name a folder; two files are written into it"])
    files = {"Mentors": asked.folder / "mentors.xlsx", "Mentees": asked.folder / "mentees.xlsx"}
    there = [path for path in files.values() if path.exists()]
    if there:
        raise ProblemError(
            [f"“{path}” is there already and is not written over. Please name a folder" for path in there]
        )
    outputs = Outputs([], files.values())
    for (name, path), rows in zip(files.items(), (MENTORS, MENTEES), strict=True):
        people: list[tuple[write.Cell, ...]] = [*rows[1:]]
        outputs.table(path, Table(name, tuple(map(str, rows[0])), people))
    outputs.save()
    say.written(*files.items())
    pair = " ".join(map(str, files.values()))
    print(
        f"See how they are read: ithaca match columns {pair}\n"
        f"Match them:            ithaca match {pair} -o pairs.xlsx --report report.html"
    )
    return 0
