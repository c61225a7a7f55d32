"""Circles of peers at a similar level, from different employers."""

import argparse
from pathlib import Path

from ithaca.kernel.sheets.write import Cell
from ithaca.match import plans, question, reading, say
from ithaca.match.outputs import Outputs, Table
from ithaca.pairing import groups, wider
from ithaca.pairing.side import ProblemError, Side
from ithaca.pairing.without import counted

MOST_TOLD = 20
"""People without a circle who are named on the terminal."""
MOST_APART = 30
OPTIONS = {"levels_apart": "--levels-apart {}", "across_employers": "--same-employer", "smallest": "--smallest {}"}
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
    if not 0 <= asked.levels_apart <= MOST_APART:
        raise ProblemError([f"--levels-apart is {asked.levels_apart}; it lies between 0 and {MOST_APART}."])
    outputs = Outputs([asked.people, asked.options], [asked.output])
    notes: list[str] = []
    side = reading.one_side(asked.people, question.chosen_in(asked.options).people, notes)
    wanted = wider.Asked(asked.smallest, asked.largest, asked.levels_apart, not asked.same_employer)
    found = wanted.drawn(side)
    outputs.table(asked.output, Table("Circles", HEADER, _rows(side, found)))
    outputs.save()
    sizes = sorted({len(members) for members in found.groups})
    of = f" of {' to '.join(map(str, sorted({sizes[0], sizes[-1]})))}" if sizes else ""
    print(f"{counted(len(side), 'person').replace('persons', 'people')}: {counted(len(found.groups), 'circle')}{of}.")
    if found.left_over:
        _say_left_over(side, found, wanted)
    if small := sum(len(members) < asked.smallest for members in found.groups):
        are = f"{small:,} of these circles {'is' if small == 1 else 'are'} smaller than {asked.smallest}"
        print(f"{are}: no seats in larger ones were found for their people.")
    if found.groups:
        print("This is a good answer, not a proven best one: no fast exact method is known.")
    say.written(("Circles", asked.output))
    say.notes(notes)
    return 0


def _say_left_over(side: Side, found: groups.Circles, wanted: wider.Asked) -> None:
    """Why they have no circle, and what would seat more."""
    print("No circle was found for")
    criteria = groups.peer_criteria(wanted.levels_apart, wanted.across_employers)
    for alone in groups.why_alone(side, found.left_over[:MOST_TOLD], criteria):
        print(f"  {side.name(side.position[alone.person])}: {alone.sentence()}")
    if len(found.left_over) > MOST_TOLD:
        print(f"  and {len(found.left_over) - MOST_TOLD:,} more, who are in the file without a circle.")
    apart = ", and come from different employers" if wanted.across_employers else ""
    print(
        "People of one circle share a language and a free hour a week, as far as they said, are at most "
        f"{counted(wanted.levels_apart, 'level')} apart{apart}."
    )
    more = wider.seat_more(side, found, wanted, least=2, most_apart=MOST_APART)
    if more:
        options = [f"{OPTIONS[one.changed].format(one.value)} ({one.seated:,} of {len(side):,})" for one in more]
        print(f"More are seated with {' or '.join(options)}.")


def _rows(side: Side, found: groups.Circles) -> list[tuple[Cell, ...]]:
    numbered = [(number, person) for number, members in enumerate(found.groups, start=1) for person in members]
    rows: list[tuple[Cell, ...]] = []
    for number, person in [*numbered, *((None, person) for person in found.left_over)]:
        row = side.position[person]
        known = side.value(row, "email"), side.value(row, "employer"), plans.number(side.value(row, "seniority"))
        rows.append((number, side.name(row), *known))
    return rows
