"""Which sheet of a workbook holds the people of a side: guides, lists of rules and empty sheets stand beside them."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from ithaca.kernel.sheets.sheet import Sheet, SheetError
from ithaca.rosters import columns
from ithaca.rosters.answers import choices
from ithaca.rosters.answers.unclear import Unclear
from ithaca.rosters.columns import Role

LOOKED_AT = 12
"""Sheets of one workbook that are looked at; reading each takes as long as reading the file."""
Read = Callable[[str | None], Sheet]
"""Reads the sheet of that name, or the first with rows."""

_mentee = re.compile("mentee|mentoré|mentorad|protégé|télémaque")
_mentor = re.compile("mentor(?!ing|ship|at|ed|é|ad)")


@dataclass(frozen=True)
class Chosen:
    """A sheet, and the names of the others with people that might as well have been meant."""

    sheet: Sheet
    others: tuple[str, ...] = ()


def chosen(read: Read, role: Role | None) -> Chosen:
    """The sheet that is named after the side and has people in it, else the first with people that is not the other side's.

    Raises SheetError for a file in which no sheet can be read.
    """
    first = read(None)
    if len(first.sheets) < 2:
        return Chosen(first)
    peopled = list(_with_people(read, first))
    named = [name for name in peopled if role and side(name) == role]
    free = named or [name for name in peopled if role is None or side(name) is None] or peopled
    if not free:
        return Chosen(first)
    return Chosen(first if free[0] == first.sheet else read(free[0]), tuple(free[1:]))


def side(name: str) -> Role | None:
    """The side a sheet is named after, if it is one: "Mentors", "Mentorés", "Mentorenliste", but not "Mentoring"."""
    said = re.sub(r"[\d_]+", " ", name.casefold())
    try:
        roles = choices.roles(said)
    except Unclear:
        mentee, mentor = _mentee.search(said), _mentor.search(said)
        return None if bool(mentee) == bool(mentor) else "mentee" if mentee else "mentor"
    if len(roles) > 1:
        return None
    return "mentor" if roles[0] == "mentor" else "mentee"


def _with_people(read: Read, first: Sheet) -> Iterator[str]:
    """Names of the sheets in which a column names people."""
    for name in first.sheets[:LOOKED_AT]:
        try:
            sheet = first if name == first.sheet else read(name)
        except SheetError:
            continue
        mapping = columns.guess(sheet)
        if any(mapping.using(key) for key in ("name", "given_name", "family_name", "email")):
            yield name
