"""Circles of peers at a similar level, from different employers."""

import argparse
from pathlib import Path

from ithaca.kernel.sheets.write import Cell
from ithaca.match import plans, question, reading, say
from ithaca.match.outputs import Outputs, Table
from ithaca.pairing import groups
from ithaca.pairing.side import ProblemError, Side
from ithaca.pairing.without import counted

MOST_TOLD = 20
"""People without a circle who are named on the terminal."""
HEADER = ("Circle", "Name", "E-mail", "Employer", "Level")


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("people", type=Path, help="spreadsheet of people (.csv, .xlsx, .ods)")
    parser.add_argument("--options", type=Path, metavar="FILE.toml", help="its [people] part counts here")
    parser.add_argument("-o", "--output", type=Path, default=Path("circles.csv"), help="the circles (.csv or .xlsx)")
    parser.add_argument(
        "--smallest", type=question.whole, default=4, metavar="N", help="people in a circle at least (4)"
    )
    parser.add_argument("--largest", type=question.whole, default=6, metavar="N", help="people in a circle at most (6)")
    parser.add_argument(
        "--levels-apart", type=question.whole, default=1, metavar="N", help="levels of career apart at most (1)"
    )
    parser.add_argument("--same-employer", action="store_true", help="people of one employer may share a circle")


def run(asked: argparse.Namespace) -> int:
    if not 2 <= asked.smallest <= asked.largest:
        raise ProblemError(
            [f"Circles of {asked.smallest} to {asked.largest} cannot be. Please let 2 ≤ smallest ≤ largest."]
        )
    if not 0 <= asked.levels_apart <= 30:
        raise ProblemError([f"--levels-apart is {asked.levels_apart}; it lies between 0 and 30."])
    outputs = Outputs([asked.people, asked.options], [asked.output])
    notes: list[str] = []
    side = reading.one_side(asked.people, question.chosen_in(asked.options).people, notes)
    criteria = groups.peer_criteria(asked.levels_apart, not asked.same_employer)
    found = groups.peer_circles(side, criteria, asked.smallest, asked.largest)
    outputs.table(asked.output, Table("Circles", HEADER, _rows(side, found)))
    outputs.save()
    sizes = sorted({len(members) for members in found.groups})
    of = f" of {' to '.join(map(str, sorted({sizes[0], sizes[-1]})))}" if sizes else ""
    print(f"{counted(len(side), 'person').replace('persons', 'people')}: {counted(len(found.groups), 'circle')}{of}.")
    if found.left_over:
        print("No circle was found for")
        for alone in groups.why_alone(side, found.left_over[:MOST_TOLD], criteria):
            print(f"  {side.name(side.position[alone.person])}: {alone.sentence()}")
        if len(found.left_over) > MOST_TOLD:
            print(f"  and {len(found.left_over) - MOST_TOLD:,} more, who are in the file without a circle.")
        apart = "" if asked.same_employer else ", and come from different employers"
        print(
            "People of one circle share a language and a free hour a week, as far as they said, are at most "
            f"{counted(asked.levels_apart, 'level')} apart{apart}."
        )
        wider = f"--levels-apart {asked.levels_apart + 1}{'' if asked.same_employer else ' or --same-employer'}"
        print(f"More may be seated with {wider}{f' or --smallest {asked.smallest - 1}' if asked.smallest > 2 else ''}.")
    if sizes and sizes[0] < asked.smallest:
        print(f"Circles of {asked.smallest} cannot be made of these people, so these are smaller.")
    if found.groups:
        print("This is a good answer, not a proven best one: no fast exact method is known.")
    say.written(("Circles", asked.output))
    say.notes(notes)
    return 0


def _rows(side: Side, found: groups.Circles) -> list[tuple[Cell, ...]]:
    numbered = [(number, person) for number, members in enumerate(found.groups, start=1) for person in members]
    rows: list[tuple[Cell, ...]] = []
    for number, person in [*numbered, *((None, person) for person in found.left_over)]:
        row = side.position[person]
        known = side.value(row, "email"), side.value(row, "employer"), plans.number(side.value(row, "seniority"))
        rows.append((number, side.name(row), *known))
    return rows
