"""One round of one-off meetings: pairs of people who have not met, and of three for whom no pair is left."""

import argparse
from itertools import combinations
from pathlib import Path

from ithaca.kernel.sheets.sheet import SheetError
from ithaca.kernel.sheets.write import Cell
from ithaca.match import question, reading, say
from ithaca.match.outputs import Outputs, Table
from ithaca.pairing import groups
from ithaca.pairing.criteria.keep_apart import apart_among
from ithaca.pairing.side import Side
from ithaca.pairing.without import counted
from ithaca.rosters import names

HEADER = ("Meeting", "Name", "E-mail", "Meets")
THROUGH = "Nobody new is left for {}."
SILENT = "Nobody new who speaks a language of theirs is left for {}."
LOT = "This round's lot found no place for {}, who can still meet somebody new in another round."


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
    closed = met | apart_among(side)
    languages = dict(zip(side.ids, side.column("languages"), strict=True))
    found = groups.roulette(side.ids, closed, f"round {len(asked.met) + 1}", languages)
    outputs.table(asked.output, Table("Meetings", HEADER, _rows(side, found)))
    outputs.save()
    threes = sum(len(members) == 3 for members in found.groups)
    three = f", {'one' if threes == 1 else f'{threes:,}'} of them with three people" if threes else ""
    meetings = f"{counted(len(found.groups), 'meeting')}{three}"
    print(f"{counted(len(side), 'person').replace('persons', 'people')}: {meetings}.")
    if asked.met:
        print(f"{counted(len(met), 'pair')} of people met in earlier rounds; none of them meets again.")
    for line in _left_over(side, found, closed):
        print(line)
    say.written(("Meetings", asked.output))
    say.notes(notes)
    return 0


def _left_over(side: Side, found: groups.Circles, closed: set[tuple[str, str]]) -> list[str]:
    """Who has no meeting: because nobody is open to them any more, or they could not talk, or the lot fell so this time."""
    languages = dict(zip(side.ids, side.column("languages"), strict=True))
    named: dict[str, list[str]] = {}
    for person in found.left_over:
        new, can_talk = groups.still_new(person, closed, languages)
        named.setdefault(LOT if can_talk else SILENT if new else THROUGH, []).append(side.name(side.position[person]))
    return [said.format(", ".join(named[said])) for said in (THROUGH, SILENT, LOT) if said in named]


def _rows(side: Side, found: groups.Circles) -> list[tuple[Cell, ...]]:
    rows: list[tuple[Cell, ...]] = []
    for number, members in enumerate(found.groups, start=1):
        for person in members:
            others = "; ".join(side.name(side.position[other]) for other in members if other != person)
            rows.append((number, side.name(side.position[person]), side.value(side.position[person], "email"), others))
    alone = (side.position[person] for person in found.left_over)
    return [*rows, *((None, side.name(row), side.value(row, "email"), "") for row in alone)]


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
    known = reading.names_of(side)
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
