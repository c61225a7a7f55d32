"""What `ithaca match` does: read, match (or judge), write pairs and report, and say in a few lines what came out."""

import datetime
import sys
from pathlib import Path

from ithaca.kernel.sheets.sheet import SheetError
from ithaca.match import options as settings
from ithaca.match import plans, reading
from ithaca.match.report import page
from ithaca.pairing import solve, summary
from ithaca.pairing.check import Verdict, check
from ithaca.pairing.explain import Explainer
from ithaca.pairing.problem import Constraints, IdPair, Problem
from ithaca.pairing.side import ProblemError
from ithaca.pairing.without import counted

NOTES_SHOWN = 20
BAD_INPUT, WRONG_PLAN = 2, 1


def run(
    mentors: Path,
    mentees: Path,
    output: Path,
    *,
    report: Path | None = None,
    options: Path | None = None,
    check: Path | None = None,
) -> int:
    """Make the pairs, or with `check` judge those of a file. Returns 0, 1 for a plan that breaks a rule, 2 for bad input."""
    try:
        chosen = settings.read(options, datetime.datetime.now(tz=datetime.UTC).date())
        read = reading.read(mentors, mentees, chosen.people)
        problem = _problem(read, chosen)
        if check is not None:
            return _judge(problem, read, check)
        return _match(problem, read, output, report)
    except ProblemError as error:
        return _refuse(error.findings)
    except SheetError as error:
        return _refuse([str(error)])


def _refuse(findings: list[str] | tuple[str, ...]) -> int:
    for finding in findings:
        print(f"ithaca match: {finding}", file=sys.stderr)
    return BAD_INPUT


def _problem(read: reading.Reading, chosen: settings.Options) -> Problem:
    findings: list[str] = []

    def found(pairs: tuple[tuple[str, str], ...]) -> frozenset[IdPair]:
        out = set()
        for mentor, mentee in pairs:
            ids = read.find("mentor", mentor), read.find("mentee", mentee)
            for role, person, written in (("mentor", ids[0], mentor), ("mentee", ids[1], mentee)):
                if person is None:
                    findings.append(f"the options name the {role} “{written}”, who is not in the spreadsheet")
            if ids[0] is not None and ids[1] is not None:
                out.add((ids[0], ids[1]))
        return frozenset(out)

    constraints = Constraints(locked=found(chosen.fixed), forbidden=found(chosen.apart))
    if findings:
        raise ProblemError(findings)
    return Problem(read.mentors, read.mentees, chosen.criteria, constraints, chosen.objective)


def _match(problem: Problem, read: reading.Reading, output: Path, report: Path | None) -> int:
    plan = solve.solve(problem, _tell if sys.stderr.isatty() else None)
    explainer = Explainer(problem, plan)
    verdict = check(problem, plan)
    output.write_bytes(plans.written(problem, plan, explainer))
    for sentence in summary.sentences(problem, plan):
        print(sentence)
    print(_proof(verdict))
    print(f"Pairs: {output}")
    if report is not None:
        report.write_text(page.written(problem, plan, explainer, verdict, tuple(read.notes)), encoding="utf-8")
        print(f"Report: {report}")
    _say_notes(read.notes)
    return 0


def _judge(problem: Problem, read: reading.Reading, path: Path) -> int:
    """Say what is true of a plan made elsewhere, and how far it is from the best."""
    pairs, findings = plans.pairs_of(path, read)
    best = solve.solve(problem)
    hand = solve.by_hand(problem, pairs)
    verdict = check(problem, hand, best.certificate)
    findings += verdict.findings
    for finding in findings:
        print(f"– {finding}")
    print(f"{counted(len(hand.pairs), 'pair')}, {counted(hand.served, 'mentee')} served, {hand.total:,} points.")
    print(
        f"The best plan has {counted(best.served, 'mentee')} served, {best.total:,} points ({_proof(check(problem, best))})"
    )
    print("The plan keeps every rule." if not findings else f"{counted(len(findings), 'finding')} above.")
    _say_notes(read.notes)
    return WRONG_PLAN if findings else 0


def _proof(verdict: Verdict) -> str:
    if verdict.optimal:
        return "Proven: no other plan serves more mentees, or as many with more points."
    return f"At most {verdict.gap or 0:,} points below the best possible."


def _tell(fraction: float, words: str) -> None:
    print(f"\r{fraction:4.0%}  {words:<60}", end="\n" if fraction >= 1 else "", file=sys.stderr, flush=True)


def _say_notes(notes: list[str]) -> None:
    for note in notes[:NOTES_SHOWN]:
        print(f"Note: {note}", file=sys.stderr)
    if len(notes) > NOTES_SHOWN:
        print(f"Note: and {len(notes) - NOTES_SHOWN} more; the report lists all.", file=sys.stderr)
