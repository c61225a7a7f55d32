"""From files to the engine's question: both sides, weights, rules and wishes as one Problem."""

import argparse
import datetime
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from ithaca.match import options as settings
from ithaca.match import reading
from ithaca.match.headers import Role
from ithaca.pairing.problem import Constraints, IdPair, Problem
from ithaca.pairing.side import ProblemError


@dataclass(frozen=True)
class Question:
    """The problem, what reading the files has to say, and the day whose clock counts."""

    problem: Problem
    read: reading.Reading
    on: datetime.date


def arguments(parser: argparse.ArgumentParser) -> None:
    """Two sheets and the options: what most verbs read."""
    parser.add_argument("mentors", type=Path, help="spreadsheet of mentors (.csv, .xlsx, .ods)")
    parser.add_argument("mentees", type=Path, help="spreadsheet of mentees; may be the same workbook")
    parser.add_argument("--options", type=Path, metavar="FILE.toml", help="weights, rules and wishes")


def whole(written: str) -> int:
    """A whole number as typed; argparse says who asked for it."""
    try:
        return int(written)
    except ValueError:
        raise argparse.ArgumentTypeError(f"“{written}” is not a whole number") from None


def between(least: int, most: int | None = None) -> Callable[[str], int]:
    """A whole number as typed, within these limits: another is refused, not quietly made one of them."""

    def read(written: str) -> int:
        number = whole(written)
        if number < least or (most is not None and number > most):
            limits = f"from {least} to {most}" if most is not None else f"of {least} or more"
            raise argparse.ArgumentTypeError(f"“{written}” is not a whole number {limits}")
        return number

    return read


def percent(written: str) -> float:
    """A per cent from 0 to below 100 as typed."""
    try:
        value = float(written.rstrip("% ").replace(",", "."))
    except ValueError:
        value = -1.0
    if not 0 <= value < 100:
        raise argparse.ArgumentTypeError(f"“{written}” is not a per cent from 0 to below 100")
    return value


def ask(mentors: Path, mentees: Path, options: Path | None) -> Question:
    """Read everything. Raises SheetError or ProblemError, whose texts say which row or entry, and what to do."""
    chosen = chosen_in(options)
    read = reading.read(mentors, mentees, chosen.people)
    findings: list[str] = []
    fixed, apart = (frozenset(_looked_up(read, pairs, findings)) for pairs in (chosen.fixed, chosen.apart))
    if findings:
        raise ProblemError(findings)
    asked = Constraints(fixed, forbidden=apart)
    try:
        problem = Problem(read.mentors, read.mentees, chosen.criteria, asked, chosen.objective)
    except ProblemError as error:
        raise ProblemError(_named(finding, read) for finding in error.findings) from error
    return Question(problem, read, chosen.people.on)


def chosen_in(options: Path | None) -> settings.Options:
    """The options of the file; the day whose clock counts is today where nothing else is said."""
    return settings.read(options, datetime.datetime.now(tz=datetime.UTC).date())


def _looked_up(read: reading.Reading, pairs: tuple[tuple[str, str], ...], findings: list[str]) -> Iterator[IdPair]:
    for mentor, mentee in pairs:
        ids = read.find("mentor", mentor), read.find("mentee", mentee)
        named: tuple[tuple[Role, str | None, str], ...] = (("mentor", ids[0], mentor), ("mentee", ids[1], mentee))
        for role, person, written in named:
            if person is None:
                findings.append(reading.unclear(role, written, read.several(role, written)))
        if ids[0] is not None and ids[0] == ids[1]:
            findings.append(
                f"the options pair “{mentor}” with themselves; nobody is paired so. Please take this pair out"
            )
        elif ids[0] is not None and ids[1] is not None:
            yield ids[0], ids[1]


def _named(finding: str, read: reading.Reading) -> str:
    """A sentence of the engine's, with people as their sheets call them."""
    sides = read.mentors, read.mentees
    called = {person: side.name(row) for side in sides for person, row in side.position.items()}
    return re.sub("“([^”]+)”", lambda found: f"“{called.get(found[1], found[1])}”", finding)
