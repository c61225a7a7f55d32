"""Pairs as a table for people: with names and reasons, read again to be judged or repaired."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from ithaca.kernel.sheets import write
from ithaca.kernel.sheets.sheet import SheetError
from ithaca.match import reading
from ithaca.match.headers import Role
from ithaca.match.outputs import Table
from ithaca.match.reading import Reading
from ithaca.pairing.explain import Explainer
from ithaca.pairing.plan import Pair, Plan
from ithaca.pairing.points import in_words
from ithaca.pairing.problem import IdPair, Problem
from ithaca.pairing.recruits import Recruit
from ithaca.pairing.side import ProblemError
from ithaca.pairing.without import counted

TAKEN = {
    "total": "total",
    "even": "even",
    "worst-first": "worst_first",
    "lighter-load": "load",
    "no-weak-pairs": "floor",
    "by-wishes": "wishes",
}
"""How a plan is called at the keyboard, and in the engine."""
ROLES: tuple[Role, ...] = ("mentor", "mentee")
HEADER = ("Mentor", "Mentor e-mail", "Mentee", "Mentee e-mail", "Score in percent", "Why", "Fixed by you")


def table(problem: Problem, plan: Plan, explainer: Explainer, name: str = "Pairs") -> Table:
    """The plan, ordered by the mentee's name."""
    mentors, mentees = problem.mentors, problem.mentees
    rows: list[tuple[write.Cell, ...]] = []
    for pair in in_order(problem, plan):
        i, j = mentors.position[pair.mentor], mentees.position[pair.mentee]
        why = explainer.reason(pair.mentor, pair.mentee).sentence()
        people = (mentors.name(i), mentors.value(i, "email"), mentees.name(j), mentees.value(j, "email"))
        rows.append((*people, percent(pair.points), why, "yes" if pair.fixed else ""))
    return Table(name, HEADER, rows)


def in_order(problem: Problem, plan: Plan) -> list[Pair]:
    """The pairs by the mentee's name, then the mentor's."""
    mentors, mentees = problem.mentors, problem.mentees

    def names(pair: Pair) -> tuple[str, ...]:
        mentee, mentor = mentees.name(mentees.position[pair.mentee]), mentors.name(mentors.position[pair.mentor])
        return mentee.casefold(), mentor.casefold(), pair.mentee, pair.mentor

    return sorted(plan.pairs, key=names)


def percent(points: int) -> float:
    """A score as people read it, to a tenth."""
    return round(points / 100, 1)


def number(value: float | None) -> float | None:
    """A whole number without its “.0”."""
    return int(value) if value is not None and value == int(value) else value


def gain(recruit: Recruit) -> str:
    """What a further mentor adds."""
    if recruit.served:
        return f"serves {counted(recruit.served, 'mentee')} more"
    return f"{in_words(recruit.points)} more in the highest total"


def most_of_one(plan: Plan) -> int:
    """Mentees of the busiest mentor."""
    return max(Counter(pair.mentor for pair in plan.pairs).values(), default=0)


class Names:
    """People as their coordinator calls them."""

    def __init__(self, problem: Problem) -> None:
        self._mentors, self._mentees = (
            {person: side.name(row) for person, row in side.position.items()}
            for side in (problem.mentors, problem.mentees)
        )

    def mentor(self, person: str) -> str:
        return self._mentors[person]

    def mentee(self, person: str) -> str:
        return self._mentees[person]

    def pair(self, pair: IdPair) -> str:
        """Both, the mentee first."""
        return f"{self._mentees[pair[1]]} with {self._mentors[pair[0]]}"

    def put_into(self, text: str) -> str:
        """A sentence of the engine's, with names where it says “id”."""
        return _QUOTED.sub(lambda found: self._mentors.get(found[1]) or self._mentees.get(found[1]) or found[0], text)


_QUOTED = re.compile("“([^”]+)”")


@dataclass(frozen=True)
class Unknown:
    """A row of a plan that names somebody who is not there."""

    words: str


def pairs_of(path: Path, read: Reading) -> tuple[list[IdPair], list[Unknown]]:
    """(pairs by id, rows that name somebody unknown), from any sheet with a column of mentors and one of mentees.

    Raises ProblemError for rows that name several people at once: they are no news of anybody.
    """
    sheet = reading.opened(path)
    at = {role: _columns(sheet.header, role) for role in ROLES}
    for role, found in at.items():
        if not found:
            raise SheetError(
                f"{path.name} has no column named “{role.title()}”. Please name the columns Mentor and Mentee."
            )
    pairs: list[IdPair] = []
    unknown: list[Unknown] = []
    unclear: list[str] = []
    for row, number in zip(sheet.rows, sheet.numbers, strict=True):
        ids = [_person(read, "mentor", row, at["mentor"]), _person(read, "mentee", row, at["mentee"])]
        if ids[0] is not None and ids[1] is not None:
            pairs.append((ids[0], ids[1]))
            continue
        for role, person in zip(ROLES, ids, strict=True):
            if person is None:
                written = [row[index] for index in at[role] if row[index]]
                where, named = f"{path.name}, row {number}", ", ".join(written) or "nobody"
                if len(written) == 1 and (several := read.several(role, named)):
                    unclear.append(f"{where}: {several} {role}s are called {named}; please write the e-mail address")
                else:
                    near = next((meant for each in written if (meant := read.near(role, each))), ".")
                    unknown.append(Unknown(f"{where}: the {role} ({named}) is not in the spreadsheet of {role}s{near}"))
                break
    if unclear:
        raise ProblemError(unclear)
    return pairs, unknown


def _columns(header: tuple[str, ...], role: str) -> list[int]:
    """Columns that name the person, those with an e-mail address first."""
    found = [index for index, name in enumerate(header) if name.casefold().startswith(role)]
    return sorted(found, key=lambda index: "mail" not in header[index].casefold())


def _person(read: Reading, role: Role, row: tuple[str, ...], at: list[int]) -> str | None:
    candidates: Iterator[str | None] = (read.find(role, row[index]) for index in at if row[index])
    return next((person for person in candidates if person), None)
