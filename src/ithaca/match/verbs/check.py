"""Judge pairs that were made elsewhere: the rules they break, and how far they are from the best."""

import argparse
from pathlib import Path

from ithaca.match import plans, question, say
from ithaca.pairing import solve, summary
from ithaca.pairing.check import check
from ithaca.pairing.side import ProblemError
from ithaca.pairing.without import counted

WRONG_PLAN = 1
WISHING = 5
"""So many pairs who would rather have each other are named."""


def arguments(parser: argparse.ArgumentParser) -> None:
    question.arguments(parser)
    parser.add_argument("plan", type=Path, nargs="?", help="the pairs, with the columns Mentor and Mentee")
    parser.add_argument("--check", type=Path, dest="old_plan", help=argparse.SUPPRESS)
    parser.add_argument("-o", "--output", type=Path, help=argparse.SUPPRESS)
    parser.add_argument("--report", type=Path, help=argparse.SUPPRESS)


def run(asked: argparse.Namespace) -> int:
    path = asked.plan or asked.old_plan
    if path is None:
        raise ProblemError(["There is no plan to judge. Please name its file after those of mentors and mentees."])
    known = question.ask(asked.mentors, asked.mentees, asked.options)
    problem = known.problem
    pairs, unknown = plans.pairs_of(path, known.read)
    best, hand = solve.solve(problem, say.progress()), solve.by_hand(problem, pairs)
    verdict = check(problem, hand, best.certificate)
    names = plans.Names(problem)
    findings = [row.words for row in unknown] + [f"{names.put_into(finding)}." for finding in verdict.findings]
    for finding in findings:
        print(f"– {finding}")
    print(f"This plan: {summary.figures(hand)}.")
    print(f"The best:  {summary.figures(best)}. {summary.proof(check(problem, best))}")
    print(summary.against_the_best(problem, hand, best, bool(findings)))
    for sentence in summary.ways(problem):
        print(sentence)
    if verdict.blocking:
        some = ", ".join(names.pair(pair) for pair in verdict.blocking[:WISHING])
        rest = f" and {len(verdict.blocking) - WISHING:,} more" if len(verdict.blocking) > WISHING else ""
        print(f"By their stated wishes these would both rather have each other: {some}{rest}.")
    print("The plan keeps every rule." if not findings else f"{counted(len(findings), 'finding')} above.")
    for option in ("output", "report"):
        if getattr(asked, option):
            known.read.notes.append(f"--{option} is not used when a plan is judged; nothing was written.")
    say.notes(known.read.notes)
    return WRONG_PLAN if findings else 0
