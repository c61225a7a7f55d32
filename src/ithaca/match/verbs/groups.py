"""One mentor with several mentees who fit each other."""

import argparse
from pathlib import Path

from ithaca.kernel.sheets.write import Cell
from ithaca.match import plans, question, say
from ithaca.match.outputs import Outputs, Table
from ithaca.pairing import groups, summary
from ithaca.pairing.explain import Explainer
from ithaca.pairing.plan import Plan
from ithaca.pairing.points import in_words
from ithaca.pairing.problem import Problem

HEADER = ("Group", *plans.HEADER)


def arguments(parser: argparse.ArgumentParser) -> None:
    question.arguments(parser)
    parser.add_argument("-o", "--output", type=Path, default=Path("groups.csv"), help="the groups (.csv or .xlsx)")
    parser.add_argument(
        "--weight",
        type=question.between(0, 100),
        default=50,
        metavar="PERCENT",
        help="how much fitting each other counts (0 to 100; 50)",
    )


def run(asked: argparse.Namespace) -> int:
    outputs = Outputs([asked.mentors, asked.mentees, asked.options], [asked.output])
    known = question.ask(asked.mentors, asked.mentees, asked.options)
    found = groups.mentor_groups(known.problem, asked.weight)
    outputs.table(asked.output, _table(known.problem, found.plan))
    outputs.save()
    print(summary.sentences(known.problem, found.plan)[0])
    together = [
        sum(1 for pair in found.plan.pairs if pair.mentor == mentor) for mentor in {p.mentor for p in found.plan.pairs}
    ]
    several = sum(number > 1 for number in together)
    have = "mentor has" if several == 1 else "mentors have"
    print(f"{several} {have} several mentees, {max(together, default=0)} at most.")
    print(
        f"How mentees of one mentor fit each other comes to {in_words(found.together)} in all (in the plan with the highest "
        f"total to {in_words(found.together_before)}); the pairs themselves lose {in_words(found.cost)} for it."
    )
    print("This is a good answer, not a proven best one: no fast exact method is known.")
    say.written(("Groups", asked.output))
    say.notes(known.read.notes)
    return 0


def _table(problem: Problem, plan: Plan) -> Table:
    """A line for every mentee, group after group, in the order of the mentors' names."""
    table = plans.table(problem, plan, Explainer(problem, plan), "Groups")
    rows = sorted(table.rows, key=lambda row: (str(row[0]).casefold(), str(row[1]), str(row[2]).casefold()))
    numbered: list[tuple[Cell, ...]] = []
    numbers: dict[tuple[Cell, Cell], int] = {}
    for row in rows:
        number = numbers.setdefault((row[0], row[1]), len(numbers) + 1)
        numbered.append((number, *row))
    return Table("Groups", HEADER, numbered)
