"""A few complete plans beside each other: what each gives, what it costs, and who would have whom."""

import argparse
from collections.abc import Sequence
from pathlib import Path

from ithaca.kernel.sheets.write import Cell
from ithaca.match import plans, question, say
from ithaca.match.outputs import Outputs, Table
from ithaca.pairing import summary
from ithaca.pairing.alternatives import Alternative, frontier
from ithaca.pairing.explain import Explainer
from ithaca.pairing.problem import Problem

OVERVIEW = (
    "Plan", "What it is", "Mentees served", "Average score in percent", "Lowest score in percent",
    "Most mentees of one mentor", "Against the highest total",
)  # fmt: skip


def arguments(parser: argparse.ArgumentParser) -> None:
    question.arguments(parser)
    parser.add_argument(
        "-o",
        "--output",
        type=Path,
        default=Path("alternatives.xlsx"),
        help=".xlsx: an overview, all plans beside each other, and a sheet for each; .csv: beside each other",
    )


def run(asked: argparse.Namespace) -> int:
    outputs = Outputs([asked.mentors, asked.mentees, asked.options], [asked.output])
    known = question.ask(asked.mentors, asked.mentees, asked.options)
    found = frontier(known.problem, say.progress())
    beside = side_by_side(known.problem, found)
    sheets = [plans.table(one.problem, one.plan, Explainer(one.problem, one.plan), one.label) for one in found]
    outputs.table(asked.output, overview(found), beside, *sheets, alone=beside)
    outputs.save()
    names = {key: name for name, key in plans.TAKEN.items()}
    for one in found:
        print(f"{one.label} (--take {names[one.key]}): {one.words}")
        print(f"  {summary.figures(one.plan)}{'' if one is found[0] else '; ' + one.cost(found[0])}")
    if len(found) == 1:
        print("No other plan differs from this one.")
    say.written(("Alternatives", asked.output))
    if len(found) > 1:
        print(f"To write one: ithaca match {asked.mentors} {asked.mentees} --take {names[found[1].key]} -o pairs.csv")
    say.notes(known.read.notes)
    return 0


def overview(found: Sequence[Alternative]) -> Table:
    """A line for each plan."""
    rows: list[tuple[Cell, ...]] = []
    for one in found:
        pairs = len(one.plan.pairs)
        average = plans.percent(round(one.plan.total / pairs)) if pairs else None
        lowest = plans.percent(one.plan.worst or 0) if pairs else None
        against = "" if one is found[0] else one.cost(found[0])
        rows.append((one.label, one.words, one.plan.served, average, lowest, plans.most_of_one(one.plan), against))
    return Table("Overview", OVERVIEW, rows)


def side_by_side(problem: Problem, found: Sequence[Alternative]) -> Table:
    """Every mentee with whom each plan gives them; the last column says who has the same in all."""
    people = plans.Names(problem)
    mentors: list[dict[str, list[str]]] = []
    for one in found:
        mine: dict[str, list[str]] = {}
        for pair in one.plan.pairs:
            mine.setdefault(pair.mentee, []).append(people.mentor(pair.mentor))
        mentors.append(mine)
    rows: list[tuple[Cell, ...]] = []
    for mentee in sorted(problem.mentees.ids, key=lambda each: (people.mentee(each).casefold(), each)):
        given = ["; ".join(sorted(mine.get(mentee, ()))) for mine in mentors]
        same = "yes" if len(set(given)) == 1 else ""
        email = problem.mentees.value(problem.mentees.position[mentee], "email")
        rows.append((people.mentee(mentee), email, *given, same))
    return Table("Side by side", ("Mentee", "Mentee e-mail", *(one.label for one in found), "Same in all"), rows)
