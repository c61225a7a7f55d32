"""The best pairs, or another complete plan that was chosen, with a report."""

import argparse
import math
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from ithaca.match import plans, question, say
from ithaca.match.outputs import Outputs
from ithaca.match.report import page
from ithaca.pairing import alternatives, both_roles, solve, stability, summary
from ithaca.pairing.alternatives import Alternative
from ithaca.pairing.explain import Explainer
from ithaca.pairing.plan import Plan
from ithaca.pairing.points import in_words
from ithaca.pairing.problem import Problem
from ithaca.pairing.side import ProblemError
from ithaca.pairing.without import counted


def arguments(parser: argparse.ArgumentParser) -> None:
    question.arguments(parser)
    parser.add_argument("-o", "--output", type=Path, default=Path("pairs.csv"), help="the pairs (.csv or .xlsx)")
    parser.add_argument("--report", type=Path, metavar="FILE.html", help="a report in one file, for screen and paper")
    other = parser.add_mutually_exclusive_group()
    other.add_argument("--take", choices=tuple(plans.TAKEN), help="one of the plans of `alternatives`")
    other.add_argument(
        "--stable",
        choices=("mentee", "mentor"),
        help="by stated wishes first: nobody would both rather have each other; of such plans the best for that side",
    )
    other.add_argument(
        "--one-way", action="store_true", help="who is in both sheets never mentors somebody who mentors them"
    )
    parser.add_argument(
        "--seconds",
        type=question.between(1),
        metavar="N",
        help="stop searching after N seconds with the best plan so far",
    )
    parser.add_argument(
        "--within", type=question.percent, metavar="PERCENT", default=0.0,
        help="be content with a plan proven to be so near the highest total (thousands of people; less takes less time)",
    )  # fmt: skip
    parser.add_argument("--check", type=Path, metavar="PLAN", help="judge this plan instead of making one")


def run(asked: argparse.Namespace) -> int:
    outputs = Outputs([asked.mentors, asked.mentees, asked.options], [asked.output], [asked.report])
    known = question.ask(asked.mentors, asked.mentees, asked.options)
    problem, plan, others = _plan(known.problem, asked)
    explainer, verdict = Explainer(problem, plan), summary.judged(known.problem, problem, plan)
    outputs.table(asked.output, plans.table(problem, plan, explainer))
    if asked.report:
        if not others and plan.pairs and len(problem.mentors) * len(problem.mentees) <= page.CELLS:
            others = alternatives.frontier(problem, say.progress())
        written = page.written(known, problem, plan, explainer, verdict, others)
        outputs.page(asked.report, written)
    outputs.save()
    for sentence in (*summary.sentences(problem, plan, known.problem), summary.proof(verdict)):
        if sentence:
            print(sentence)
    say.written(("Pairs", asked.output), ("Report", asked.report))
    say.notes([*_against_rules(plan, explainer), *known.read.notes], asked.report)
    return 0


def _against_rules(plan: Plan, explainer: Explainer) -> Iterator[str]:
    """Pairs fixed by hand that a rule excludes: they stand, and nobody should overlook it."""
    names = plans.Names(explainer.problem)
    for pair in plan.pairs:
        if pair.fixed and (rules := explainer.reason(pair.mentor, pair.mentee).excluded):
            who = f"{names.mentor(pair.mentor)} and {names.mentee(pair.mentee)}"
            yield f"{who} are paired against a rule ({', '.join(rules)}), as you fixed them."


def _plan(problem: Problem, asked: argparse.Namespace) -> tuple[Problem, Plan, tuple[Alternative, ...]]:
    """The plan that was asked for, the problem that it answers, and the other plans where they were made."""
    tell = say.progress()
    if (asked.seconds or asked.within) and (asked.stable or asked.one_way or asked.take):
        raise ProblemError(["--seconds and --within are for the best plan, so they go with no other one."])
    if asked.within and problem.objective.kind == "worst_first":
        said = (
            "--within is for the highest total; with kind = “worst_first” no plan is near the best until it is the best"
        )
        raise ProblemError([f"{said}. --seconds N limits the time of either."])
    if asked.stable:
        return problem, stability.stable_plan(problem, asked.stable), ()
    if asked.one_way:
        plan, below = both_roles.solve_apart(problem, tell)
        print(said := _one_way(problem, plan, below))
        return problem, replace(plan, objective=f"{plan.objective} {said}"), ()
    if asked.take is None or (asked.take == "total" and problem.objective.kind == "total"):
        return problem, _best(problem, asked), ()
    found = alternatives.frontier(problem, tell)
    one = next((one for one in found if one.key == plans.TAKEN[asked.take]), found[0])
    if one is found[0] and one.key != plans.TAKEN[asked.take]:
        print(f"No plan “{asked.take}” differs from the others here; the pairs with the highest total were taken.")
    elif one is not found[0]:
        print(f"{one.label}: {one.words} Against the highest total: {one.cost(found[0])}.")
    return one.problem, one.plan, found


def _best(problem: Problem, asked: argparse.Namespace) -> Plan:
    """The best plan as the options say what best is, or the best that the time allows."""
    start, early = time.monotonic(), []
    until = start + asked.seconds if asked.seconds else math.inf
    tell, share = say.progress(), asked.within / 100
    plan = solve.solve(problem, tell, lambda: time.monotonic() > until, share, lambda: early.append(True))
    if early:
        took = counted(math.ceil(time.monotonic() - start), "second")
        print(f"There was no plan yet after {counted(asked.seconds, 'second')}; the first one took {took}.")
    return plan


def _one_way(problem: Problem, plan: Plan, below: int | None) -> str:
    """What it costs that nobody mentors the one who mentors them; `below` as `solve_apart` gives it."""
    said = "Nobody mentors somebody who mentors them."
    if both := both_roles.mutual(plan):  # fixed by hand, both ways
        names = plans.Names(problem)
        fixed = ", ".join(f"{names.mentor(one)} and {names.mentee(other)}" for (one, other), _ in both)
        said = f"Nobody else mentors somebody who mentors them; you fixed both ways for {fixed}."
    if below == 0:
        return f"{said} The best plan of all is so."
    if below is None:
        return f"{said} Without this wish more mentees, or those who waited longer, could be served."
    return f"{said} Without this wish the plan could have {in_words(below)} more; a better plan with it may exist."
