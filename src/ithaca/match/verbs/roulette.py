"""One round of one-off meetings: pairs of people who have not met, and one of three if they are odd in number."""

import argparse
from collections.abc import Sequence
from itertools import combinations
from pathlib import Path

from ithaca.kernel.sheets.sheet import SheetError
from ithaca.kernel.sheets.write import Cell
from ithaca.match import names, question, reading, say
from ithaca.match.outputs import Outputs, Table
from ithaca.pairing import groups
from ithaca.pairing.side import Side
from ithaca.pairing.without import counted

HEADER = ("Meeting", "Name", "E-mail", "Meets")


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("people", type=Path, help="spreadsheet of people (.csv, .xlsx, .ods)")
    parser.add_argument("--options", type=Path, metavar="FILE.toml", help="its [people] part counts here")
    parser.add_argument(
        "--met", type=Path, nargs="+", action="extend", default=[], metavar="ROUND", help="files of the rounds before"
    )
    parser.add_argument("-o", "--output", type=Path, default=Path("meetings.csv"), help="the meetings (.csv or .xlsx)")


def run(asked: argparse.Namespace) -> int:
    outputs = Outputs([asked.people, asked.options, *asked.met], [asked.output])
    notes: list[str] = []
    side = reading.one_side(asked.people, question.chosen_in(asked.options).people, notes)
    met = {pair for path in asked.met for pair in _met(path, side, notes)}
    found = groups.roulette(side.ids, met | _apart(side), f"round {len(asked.met) + 1}")
    outputs.table(asked.output, Table("Meetings", HEADER, _rows(side, found)))
    outputs.save()
    three = ", one of them with three people" if any(len(members) == 3 for members in found.groups) else ""
    meetings = f"{counted(len(found.groups), 'meeting')}{three}"
    print(f"{counted(len(side), 'person').replace('persons', 'people')}: {meetings}.")
    if asked.met:
        print(f"{counted(len(met), 'pair')} of people met in earlier rounds; none of them meets again.")
    if found.left_over:
        for line in _left_over(side, found.left_over, met | _apart(side)):
            print(line)
    say.written(("Meetings", asked.output))
    say.notes(notes)
    return 0


def _left_over(side: Side, people: Sequence[str], closed: set[tuple[str, str]]) -> list[str]:
    """Who has no meeting: because nobody is open to them any more, or because the lot fell so this time."""
    known = {person: {other for pair in closed if person in pair for other in pair} - {person} for person in people}
    through = [person for person in people if len(known[person]) >= len(side) - 1]
    others = [person for person in people if person not in through]

    def named(some: list[str]) -> str:
        return ", ".join(side.name(side.position[person]) for person in some)

    lines = [f"Nobody new is left for {named(through)}."] if through else []
    if others:
        lines.append(
            f"This round's lot found no place for {named(others)}, who can still meet somebody new in another round."
        )
    return lines


def _rows(side: Side, found: groups.Circles) -> list[tuple[Cell, ...]]:
    rows: list[tuple[Cell, ...]] = []
    for number, members in enumerate(found.groups, start=1):
        for person in members:
            others = "; ".join(side.name(side.position[other]) for other in members if other != person)
            rows.append((number, side.name(side.position[person]), side.value(side.position[person], "email"), others))
    alone = (side.position[person] for person in found.left_over)
    return [*rows, *((None, side.name(row), side.value(row, "email"), "") for row in alone)]


def _apart(side: Side) -> set[tuple[str, str]]:
    """Who asked not to meet whom."""
    return {(person, other) for person, others in zip(side.ids, side.column("avoids"), strict=True) for other in others}


def _met(path: Path, side: Side, notes: list[str]) -> list[tuple[str, str]]:
    """Who met whom in an earlier round: the rows with the same number."""
    sheet = reading.opened(path)
    header = [name.casefold() for name in sheet.header]
    numbers = [at for at, name in enumerate(header) if name in ("meeting", "circle", "group")]
    people = [at for at, name in enumerate(header) if name in ("e-mail", "email", "name")]
    if not numbers or not people:
        raise SheetError(
            f"{path.name} is no round: it needs the columns Meeting, Name and E-mail, as `roulette` writes them."
        )
    people.sort(key=lambda at: "mail" not in header[at])
    known = names.Names.of_side(side)
    meetings: dict[str, list[str]] = {}
    for row in sheet.rows:
        written = [row[at] for at in people if row[at]]
        person = next((found for each in written if (found := known.exactly(each))), None)
        several = known.several(written[-1]) if written else 0
        if row[numbers[0]] and person:
            meetings.setdefault(row[numbers[0]], []).append(person)
        elif row[numbers[0]] and len(written) == 1 and several:
            notes.append(f"{path.name}: {names.left_out(written[0], several)}")
        elif row[numbers[0]] and written:
            notes.append(f"{path.name}: {written[-1]} is not among the people any more.")
    return [pair for members in meetings.values() for pair in combinations(sorted(set(members)), 2)]
