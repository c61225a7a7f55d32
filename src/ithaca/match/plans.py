"""Pairs as .csv for people: written with names and reasons, read again to be judged."""

from collections.abc import Iterator
from pathlib import Path

from ithaca.kernel.sheets import reading, write
from ithaca.kernel.sheets.sheet import SheetError
from ithaca.match.reading import Reading, Role
from ithaca.pairing.explain import Explainer
from ithaca.pairing.plan import Plan
from ithaca.pairing.problem import IdPair, Problem

HEADER = ("Mentor", "Mentor e-mail", "Mentee", "Mentee e-mail", "Score in percent", "Why", "Fixed by you")


def written(problem: Problem, plan: Plan, explainer: Explainer) -> bytes:
    """The plan as .csv, ordered by the mentee's name."""
    mentors, mentees = problem.mentors, problem.mentees
    rows: list[tuple[str, ...]] = []
    for pair in plan.pairs:
        i, j = mentors.position[pair.mentor], mentees.position[pair.mentee]
        why = explainer.reason(pair.mentor, pair.mentee).sentence()
        people = (mentors.name(i), mentors.value(i, "email"), mentees.name(j), mentees.value(j, "email"))
        rows.append((*people, f"{pair.points / 100:.1f}", why, "yes" if pair.fixed else ""))
    rows.sort(key=lambda row: (row[2].casefold(), row[0].casefold()))
    return write.csv(HEADER, rows)


def pairs_of(path: Path, read: Reading) -> tuple[list[IdPair], list[str]]:
    """(pairs by id, findings about rows that name nobody), from any sheet with a column of mentors and one of mentees."""
    sheet = reading.read(path)
    at = {role: _columns(sheet.header, role) for role in ("mentor", "mentee")}
    for role, found in at.items():
        if not found:
            raise SheetError(
                f"{path.name} has no column named “{role.title()}”. Please name the columns Mentor and Mentee."
            )
    pairs: list[IdPair] = []
    findings: list[str] = []
    for row, number in zip(sheet.rows, sheet.numbers, strict=True):
        ids = [_person(read, "mentor", row, at["mentor"]), _person(read, "mentee", row, at["mentee"])]
        if ids[0] is None or ids[1] is None:
            missing = "mentor" if ids[0] is None else "mentee"
            named = ", ".join(row[index] for index in at[missing] if row[index]) or "nobody"
            findings.append(
                f"{path.name}, row {number}: the {missing} ({named}) is not in the spreadsheet of {missing}s."
            )
        else:
            pairs.append((ids[0], ids[1]))
    return pairs, findings


def _columns(header: tuple[str, ...], role: str) -> list[int]:
    """Columns that name the person, those with an e-mail address first."""
    found = [index for index, name in enumerate(header) if name.casefold().startswith(role)]
    return sorted(found, key=lambda index: "mail" not in header[index].casefold())


def _person(read: Reading, role: Role, row: tuple[str, ...], at: list[int]) -> str | None:
    candidates: Iterator[str | None] = (read.find(role, row[index]) for index in at if row[index])
    return next((person for person in candidates if person), None)
