"""How every column is read, before anything is matched: what it is taken for, who answered, and how to correct it."""

import argparse
from dataclasses import replace
from pathlib import Path

from ithaca.kernel.sheets import cells
from ithaca.match import headers, question, reading, say
from ithaca.match.headers import Taken
from ithaca.pairing.side import ProblemError
from ithaca.rosters import fields

WIDE = 44
"""Characters of a column's name that are shown."""
WORTH = {
    "mentor": ("offers", "languages", "time_zone", "availability", "capacity", "seniority"),
    "mentee": ("needs", "languages", "time_zone", "availability", "seniority", "prefers"),
}
"""What helps a matching most, where nobody was asked."""


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("sheets", type=Path, nargs="+", help="spreadsheets of mentors and mentees, or of people")
    parser.add_argument("--options", type=Path, metavar="FILE.toml", help="corrections under [columns]")


def run(asked: argparse.Namespace) -> int:
    if len(asked.sheets) > 2:
        raise ProblemError(["At most two spreadsheets are read: one of mentors, one of mentees."])
    people = replace(question.chosen_in(asked.options).people, unknown_apart_is_left_out=True)  # all of it is listed
    if len(asked.sheets) == 2:
        read = reading.read(asked.sheets[0], asked.sheets[1], people)
        taken, notes = read.taken, read.notes
        sides = {"mentor": len(read.mentors), "mentee": len(read.mentees)}
    else:
        notes = []
        side = reading.one_side(asked.sheets[0], people, notes)
        taken, sides = (reading.as_taken(asked.sheets[0], "", people, []),), {"person": len(side)}
    for (role, number), sheet in zip(sides.items(), taken, strict=True):
        print(f"\n{sheet.called}: {number:,} {_many(role, number)}\n")
        for line in _lines(sheet):
            print(f"  {line}")
        missing = [key for key in WORTH.get(role, ()) if not sheet.mapping.using(key)]
        if missing and not sheet.mapping.using("skills"):
            print(f"\n  Nobody was asked for: {', '.join(fields.BY_KEY[key].label for key in missing)}.")
    print(
        "\nIs a column read wrongly? Say what it is in a file, options.toml, and add --options options.toml:\n\n"
        f'  [columns]\n  "{_wrong(taken)}" = "Interests"\n\n'
        f"A column may be: {' · '.join(field.label for field in fields.FIELDS)}."
    )
    say.notes(notes, most=len(notes))
    return 0


def _lines(taken: Taken) -> list[str]:
    """A line for each column, from left to right."""
    rows = [("Column", "Read as", "Answers", "For example")]
    for column in taken.mapping.columns:
        answers = sum(1 for cell in taken.sheet.column(column.index) if not cells.is_blank(cell))
        example = next((shown for shown in column.examples if not cells.is_blank(shown)), "")
        rows.append((_short(column.header, WIDE), headers.read_as(column.field), f"{answers:,}", _short(example, 30)))
    widths = [max(len(row[at]) for row in rows) for at in range(3)]
    return [
        f"{header:<{widths[0]}}  {said:<{widths[1]}}  {answers:>{widths[2]}}  {example}".rstrip()
        for header, said, answers, example in rows
    ]


def _short(written: str, most: int) -> str:
    line = " ".join(written.split())
    return line if len(line) <= most else line[: most - 1] + "…"


def _many(role: str, number: int) -> str:
    if role == "person":
        return "person" if number == 1 else "people"
    return role if number == 1 else f"{role}s"


def _wrong(taken: tuple[Taken, ...]) -> str:
    """A column to show the correction with: one that is not used, if there is one."""
    unused = [header for sheet in taken for header in sheet.unused]
    return unused[0].replace("\\", "\\\\").replace('"', '\\"') if unused else "The column’s name"
