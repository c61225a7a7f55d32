"""The recruiting brief: which further mentors would help most. It names nobody."""

import argparse
from pathlib import Path

from ithaca.kernel.sheets.write import Cell
from ithaca.match import plans, question, say
from ithaca.match.outputs import Outputs, Table
from ithaca.pairing import recruits, solve, summary

HEADER = (
    "Number",
    "Whom to look for",
    "Skills",
    "Languages",
    "Hours from Greenwich",
    "Place",
    "Mentees more",
    "Points more",
)


def arguments(parser: argparse.ArgumentParser) -> None:
    question.arguments(parser)
    parser.add_argument("-o", "--output", type=Path, help="the brief as a table (.csv or .xlsx)")
    parser.add_argument("--most", type=question.between(1), default=5, metavar="N", help="how many mentors (5)")


def run(asked: argparse.Namespace) -> int:
    outputs = Outputs([asked.mentors, asked.mentees, asked.options], [asked.output])
    known = question.ask(asked.mentors, asked.mentees, asked.options)
    problem = known.problem
    print(summary.sentences(problem, solve.solve(problem, say.progress()))[0])
    found = recruits.brief(problem, asked.most)
    for number, recruit in enumerate(found, start=1):
        print(f"{number}. {recruit.words}: {plans.gain(recruit)}.")
    if not found:
        print("No further mentor would serve more mentees or raise the total.")
    elif len(found) > 1:
        print("Each comes on top of those before, and was solved again.")
    wanted = recruits.most_wanted(found)
    if wanted:
        print("Skills wanted most: " + ", ".join(f"{skill} ({times})" for skill, times in wanted[:6]) + ".")
    if asked.output:
        outputs.table(asked.output, _table(found))
        outputs.save()
    say.written(("Brief", asked.output))
    say.notes(known.read.notes)
    return 0


def _table(found: tuple[recruits.Recruit, ...]) -> Table:
    rows: list[tuple[Cell, ...]] = []
    for number, recruit in enumerate(found, start=1):
        known = recruit.known
        about = known["offers"], known["languages"], plans.number(known["utc_offset"]), known["place"]
        rows.append((number, recruit.words, *about, recruit.served, recruit.points))
    return Table("Recruiting brief", HEADER, rows)
