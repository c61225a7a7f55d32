"""After somebody left or came: the best plans by how many of the pairs there are they touch, and what each buys."""

import argparse
from collections.abc import Sequence
from pathlib import Path

from ithaca.kernel.sheets.write import Cell
from ithaca.match import plans, question, say
from ithaca.match.outputs import Outputs, Table
from ithaca.pairing import repair, summary
from ithaca.pairing.check import check
from ithaca.pairing.explain import Explainer
from ithaca.pairing.plan import Plan
from ithaca.pairing.points import in_words
from ithaca.pairing.problem import IdPair, Problem
from ithaca.pairing.repair import Repair
from ithaca.pairing.side import ProblemError
from ithaca.pairing.without import counted

OVERVIEW = ("Pairs touched", "Mentees served", "Average score in percent", "More than the line above", "Who is touched")


def arguments(parser: argparse.ArgumentParser) -> None:
    question.arguments(parser)
    parser.add_argument("former", type=Path, help="the pairs of before, with the columns Mentor and Mentee")
    parser.add_argument(
        "--touch", type=question.between(0), metavar="K", help="write the best plan that touches at most K pairs"
    )
    parser.add_argument("-o", "--output", type=Path, help="that plan; without --touch all plans (.csv or .xlsx)")


def run(asked: argparse.Namespace) -> int:
    output = asked.output or (Path("pairs-repaired.csv") if asked.touch is not None else None)
    outputs = Outputs([asked.mentors, asked.mentees, asked.options, asked.former], [output])
    known = question.ask(asked.mentors, asked.mentees, asked.options)
    problem, names = known.problem, plans.Names(known.problem)
    former, unknown = plans.pairs_of(asked.former, known.read)
    found = repair.repairs(problem, former)
    for row in unknown:
        print(f"– {row.words} Their pair has ended.")
    for line in _ladder(found, names):
        print(line)
    least = repair.fewest(problem, former)
    if least < found[0].touched:
        print(_not_looked_at(found, least))
    if len(found) == 1:
        print("Nothing better can be had by taking pairs apart.")
    if asked.touch is None:
        if len(found) > 1:
            print("Choose one with --touch K: the best plan that touches at most K pairs.")
        if output:
            outputs.table(output, _overview(found, names), *(_sheet(problem, one, former) for one in found))
    else:
        if asked.touch < found[0].touched:
            raise ProblemError([_touches_more(asked.touch, found, least)])
        chosen, more = repair.at_most(problem, found, asked.touch)
        outputs.table(output or Path(), _sheet(problem, chosen, former))
        verdict = check(problem, chosen.plan)
        print(f"Taken: {_touched(chosen)}. {verdict.proven}".rstrip())
        if more != 0 or not verdict.proven:
            print(_could_be_better(asked.touch, more))
    outputs.save()
    say.written(("Pairs" if asked.touch is not None else "Plans", output))
    say.notes(known.read.notes)
    return 0


def _not_looked_at(found: Sequence[Repair], least: int) -> str:
    """That fewer touches are possible than those of the first plan (see `repair.repairs`)."""
    return (
        f"As few as {counted(least, 'pair')} could be touched. Plans that touch fewer than {found[0].touched:,} were not "
        "looked at: in so large a matching the search cannot put staying above serving more."
    )


def _touches_more(touched: int, found: Sequence[Repair], least: int) -> str:
    """Why no plan is written that touches no more than that."""
    first = f"Please ask for --touch {found[0].touched} or more; nothing was written."
    if least > touched:
        why = f"there are not places for all, so {counted(least, 'pair')} at least must be taken apart"
        return f"No plan touches at most {counted(touched, 'pair')}: {why}. {first}"
    return f"No plan was found that touches at most {counted(touched, 'pair')}. {first}"


def _could_be_better(touched: int, more: int | None) -> str:
    """How far another plan within the same limit could be better, as `repair.at_most` found it."""
    limit = f"that touches at most {counted(touched, 'pair')}"
    if more == 0:
        return f"No plan {limit} is better: all pairs that could be in one were gone through."
    if more is None:
        return f"Another plan {limit} might serve more, or somebody who comes first."
    return f"Another plan {limit} could have {in_words(more)} more at most."


def _ladder(found: Sequence[Repair], names: plans.Names) -> list[str]:
    lines = []
    for before, one in zip((None, *found), found, strict=False):
        lines.append(f"{_touched(one)}: {summary.figures(one.plan)}{f'; {_buys(one, before)}' if before else ''}")
        taken_apart = ", ".join(names.pair(pair) for pair in one.lost[:5])
        if taken_apart:
            rest = len(one.lost) - 5
            lines.append(f"  taken apart: {taken_apart}{f' and {rest} more' if rest > 0 else ''}")
    return lines


def _touched(one: Repair) -> str:
    return f"{counted(one.touched, 'pair')} touched" if one.touched else "Nothing touched"


def _buys(one: Repair, before: Repair) -> str:
    served, points = one.buys(before)
    said = [f"serves {counted(served, 'mentee')} more"] if served else []
    said += [f"{in_words(abs(points))} {'more' if points > 0 else 'less'}"] if points else []
    return " and ".join(said) or "nothing more"


def _overview(found: Sequence[Repair], names: plans.Names) -> Table:
    rows: list[tuple[Cell, ...]] = []
    for before, one in zip((None, *found), found, strict=False):
        pairs = len(one.plan.pairs)
        average = plans.percent(round(one.plan.total / pairs)) if pairs else None
        buys = _buys(one, before) if before else ""
        rows.append((one.touched, one.plan.served, average, buys, "; ".join(map(names.pair, one.lost))))
    return Table("Overview", OVERVIEW, rows)


def _sheet(problem: Problem, one: Repair, former: list[IdPair]) -> Table:
    """The plan, with a column that says which pairs stay and which are new, and whom a mentee had before."""
    names, plan = plans.Names(problem), one.plan
    table = plans.table(problem, plan, Explainer(problem, plan), _touched(one))
    changes = [_change(names, pair.mentor, pair.mentee, former, plan) for pair in plans.in_order(problem, plan)]
    rows = [(*row, change) for row, change in zip(table.rows, changes, strict=True)]
    return Table(table.name, (*table.header, "Change"), rows)


def _change(names: plans.Names, mentor: str, mentee: str, former: list[IdPair], plan: Plan) -> str:
    if (mentor, mentee) in former:
        return "stays"
    now = {pair.mentor for pair in plan.pairs if pair.mentee == mentee}
    had = [names.mentor(other) for other, who in former if who == mentee and other not in now]
    return f"new; had {', '.join(had)}" if had else "new"
