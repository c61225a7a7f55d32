"""What every row says: a clean person, or a clear reason why not.

    rows = people.clean(sheet, mapping)                    # in the order of the sheet
    good = [row for row in rows if isinstance(row, people.CleanRow)]

A person is a plain dictionary; keys that nobody answered are absent:
    name, email, phone, pronouns, headline, employer, department, reports_to, about, goals, place   text
    offers, needs, interests, lived_experience, lived_experience_wanted                            list of short texts
    languages (ISO 639), country (ISO 3166), time_zone (IANA)                                       codes
    meeting_form      "video", "in_person" or "either"
    availability      hours of the person's local week, 0 (Monday 00:00) to 167
    seniority         0 (starting out) to 10 (leads all)
    style             {statement: 1…5}
    capacity          partners at once; 0 for “none this year”
    prefers, avoids   names or e-mails as written, prefers best first
    extra             {name of the column: text}
An answer that is not understood is left out and told as a `Finding`; only a missing name, a missing or wrong e-mail
address or a missing role keeps the whole row out. No database, no Django.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from ithaca.kernel.sheets import cells, text
from ithaca.kernel.sheets.sheet import Sheet
from ithaca.rosters import readers
from ithaca.rosters.answers import addresses, choices
from ithaca.rosters.answers.unclear import Unclear
from ithaca.rosters.columns import Column, Mapping
from ithaca.rosters.findings import Finding

LONGEST_NAME = 200
SKILLS = {"mentor": "offers", "mentee": "needs"}

__all__ = ["CleanRow", "Finding", "RejectedRow", "clean"]


@dataclass(frozen=True, slots=True)
class CleanRow:
    """One row understood. ``row`` is its number in the spreadsheet; ``index`` its place in ``Sheet.rows``."""

    row: int
    index: int
    roles: tuple[str, ...]
    person: dict[str, Any]
    findings: tuple[Finding, ...] = ()


@dataclass(frozen=True, slots=True)
class RejectedRow:
    """One row that cannot be brought in, and why."""

    row: int
    index: int
    findings: tuple[Finding, ...]
    name: str = ""


def clean(
    sheet: Sheet,
    mapping: Mapping,
    *,
    required: Iterable[str] = ("name", "email"),
    progress: Callable[[int], None] | None = None,
) -> list[CleanRow | RejectedRow]:
    """Read every row of the sheet by the mapping. ``required`` may leave out "email" where people are told apart
    otherwise.

    ``progress`` is called with the number of rows read, every thousand rows.
    """
    reader = _Rows(sheet, mapping, frozenset(required))
    result: list[CleanRow | RejectedRow] = []
    for index in range(len(sheet.rows)):
        result.append(reader.read(index))
        if progress and index % 1000 == 999:
            progress(index + 1)
    return result


class _Rows:
    def __init__(self, sheet: Sheet, mapping: Mapping, required: frozenset[str]) -> None:
        self.sheet, self.mapping, self.required = sheet, mapping, required
        self.names = {key: mapping.using(key) for key in ("name", "given_name", "family_name")}
        self.turned = _is_turned(sheet, self.names["name"])
        self.emails = mapping.using("email")
        self.roles = mapping.using("role") if mapping.role is None else ()
        self.asks_mentors = any(_asks_for_mentees(column.header) for column in mapping.using("capacity"))
        plain = [column for column in mapping.columns if column.field in readers.READERS]
        self.shared: dict[tuple[Any, ...], list[Any]] = {}
        """Equal lists are one list: in a hundred thousand rows many answer alike."""
        self.readers = [readers.reader(column, sheet) for column in plain]

    def read(self, index: int) -> CleanRow | RejectedRow:
        cells_ = self.sheet.rows[index]
        number = self.sheet.numbers[index]
        wrong: list[Finding] = []
        person: dict[str, Any] = {}
        self._name(cells_, person, wrong)
        self._email(cells_, person, wrong)
        roles = self._role(cells_, wrong)
        if wrong:
            return RejectedRow(number, index, tuple(wrong), person.get("name", ""))
        findings: list[Finding] = []
        for read in self.readers:
            if read.column.field == "capacity" and self.asks_mentors and roles == ("mentee",):
                continue
            if finding := read.into(person, cells_[read.column.index]):
                findings.append(finding)
        for role in roles if "skills" in person else ():
            mine = person.setdefault(SKILLS[role], [])
            mine += [item for item in person["skills"] if item not in mine]
        person.pop("skills", None)
        for key, value in person.items():
            if type(value) is list:
                person[key] = self.shared.setdefault(tuple(value), value)
        return CleanRow(number, index, roles, person, tuple(findings))

    def _name(self, row: tuple[str, ...], person: dict[str, Any], wrong: list[Finding]) -> None:
        whole = _first(row, self.names["name"])
        if whole and self.turned and whole.count(",") == 1:
            family, given = whole.split(",")
            whole = f"{given.strip()} {family.strip()}"
        if not whole:
            whole = f"{_first(row, self.names['given_name'])} {_first(row, self.names['family_name'])}"
        name = text.one_line(whole)
        if not any(mark.isalpha() for mark in name):
            if "name" not in self.required and any(mark.isalnum() for mark in name):
                person["name"] = name[:LONGEST_NAME]  # a number stands for somebody whom nobody is to know
            elif "name" in self.required or name:
                header = next((found[0].header for found in self.names.values() if found), "Name")
                wrong.append(Finding("name", header, name, "is not a name" if name else "the name is missing"))
            return
        person["name"] = name[:LONGEST_NAME]

    def _email(self, row: tuple[str, ...], person: dict[str, Any], wrong: list[Finding]) -> None:
        written = _first(row, self.emails)
        header = self.emails[0].header if self.emails else "E-mail"
        if cells.is_blank(written) or written.casefold() == "anonymous":
            if "email" in self.required:
                wrong.append(Finding("email", header, "", "the e-mail address is missing"))
            return
        try:
            person["email"] = addresses.email(written)
        except Unclear as unclear:
            wrong.append(Finding("email", header, written, str(unclear)))

    def _role(self, row: tuple[str, ...], wrong: list[Finding]) -> tuple[str, ...]:
        if self.mapping.role is not None:
            return (self.mapping.role,)
        written = _first(row, self.roles)
        header = self.roles[0].header if self.roles else "Mentor or mentee"
        if cells.is_blank(written):
            wrong.append(Finding("role", header, "", "whether this is a mentor or a mentee is missing"))
            return ()
        try:
            return choices.roles(written)
        except Unclear as unclear:
            wrong.append(Finding("role", header, written, str(unclear)))
            return ()


def _asks_for_mentees(header: str) -> bool:
    """Whether "How many mentees?" is asked: a mentee's "none" says nothing about how many mentors they may have."""
    try:
        return choices.roles(header) == ("mentee",)
    except Unclear:
        return False


def _first(row: tuple[str, ...], columns: tuple[Column, ...]) -> str:
    return next((row[column.index] for column in columns if row[column.index]), "")


def _is_turned(sheet: Sheet, columns: tuple[Column, ...]) -> bool:
    """Whether the column of names says "Silva, Ana" throughout."""
    names = [cell for column in columns for cell in sheet.column(column.index) if cell]
    return bool(names) and sum(1 for name in names if name.count(",") == 1) >= 0.8 * len(names)
