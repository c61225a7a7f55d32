"""Two spreadsheets as the engine's people: ids, free hours in UTC, wishes as ids, and notes on what was not understood."""

import datetime
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any, Literal, cast
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import pycountry
from rapidfuzz import fuzz, process

from ithaca.kernel.sheets import reading, text
from ithaca.kernel.sheets.sheet import Sheet, SheetError
from ithaca.match.options import People
from ithaca.pairing.side import ProblemError, Side, from_table
from ithaca.rosters import columns, people

Role = Literal["mentor", "mentee"]
FORMS = {"video": "online", "in_person": "in person", "either": "either"}
AS_THEY_ARE = (
    "offers", "needs", "interests", "lived_experience", "lived_experience_wanted",
    "place", "seniority", "style", "goals", "employer", "department",
)  # fmt: skip
ALIKE = 88
"""How alike (of 100) a misspelt name must be to be taken for a person, with a note."""


@dataclass
class Reading:
    """Both sides, and notes for the person at the keyboard."""

    mentors: Side
    mentees: Side
    notes: list[str] = field(default_factory=list)

    def find(self, role: Role, written: str) -> str | None:
        """The id behind a name or an e-mail address exactly as in the sheet, case apart."""
        return self._names[role].exactly(written)

    @cached_property
    def _names(self) -> "dict[Role, Names]":
        return {"mentor": Names.of_side(self.mentors), "mentee": Names.of_side(self.mentees)}


def read(mentors: Path, mentees: Path, options: People) -> Reading:
    """Read both files. Raises SheetError or ProblemError, whose texts say what to do."""
    notes: list[str] = []
    rows = {role: _rows(path, role, notes) for role, path in (("mentor", mentors), ("mentee", mentees))}
    table = {role: [_plain(person, options) for person in found] for role, found in rows.items()}
    names = {role: Names.of(found) for role, found in table.items()}
    for role, found in table.items():
        other: Role = "mentee" if role == "mentor" else "mentor"
        for row, person in zip(found, rows[role], strict=True):
            for key in ("prefers", "avoids"):
                row[key] = _resolved(person.get(key, ()), names[other], f"{row['name'] or row['id']}, {key}", notes)
            row["reports_to"] = _manager(person.get("reports_to", ""), names)
    _left_out(table["mentee"], names["mentee"], options)
    sides = {role: from_table(cast(Role, role), found, options.capacity) for role, found in table.items()}
    return Reading(sides["mentor"], sides["mentee"], notes)


def one_side(path: Path, options: People, notes: list[str]) -> Side:
    """Everybody of one sheet, whatever their role, as one side. Raises SheetError or ProblemError."""
    found = [_plain(person, options) for person in _rows(path, "", notes)]
    return from_table("mentee", found, options.capacity)


def _left_out(mentees: list[dict[str, Any]], names: "Names", options: People) -> None:
    """Who was left out of the last round has waited one."""
    waited = {name: names.exactly(name) for name in options.left_out}
    unknown = [name for name, person in waited.items() if person is None]
    if unknown:
        raise ProblemError([f"the options name the mentee “{name}”, who is not in the spreadsheet" for name in unknown])
    for row in mentees:
        row["waited_rounds"] = int(row["id"] in waited.values())


def _rows(path: Path, role: str, notes: list[str]) -> list[dict[str, Any]]:
    """People of that role (or of any), each with an `id`; what is left out is noted with its row."""
    sheet = _sheet(path, role) if role else opened(path)
    mapping = columns.guess(sheet)
    if not mapping.using("role"):
        mapping = columns.guess(sheet, cast(Role, role or "mentee"))
    found: list[dict[str, Any]] = []
    seen: dict[str, int] = {}
    for row in people.clean(sheet, mapping, required=()):
        if isinstance(row, people.RejectedRow):
            notes += [f"{path.name}, row {row.row} is left out: {finding}" for finding in row.findings]
            continue
        if role and role not in row.roles:
            continue
        notes += [f"{path.name}, row {row.row}: {finding}" for finding in row.findings]
        person = row.person
        identity = person.get("email", "").casefold() or person.get("name", "").strip()
        if not identity:
            notes.append(f"{path.name}, row {row.row} is left out: it has neither a name nor an e-mail address.")
        elif identity in seen:
            notes.append(f"{path.name}, row {row.row} is left out: {identity} is already in row {seen[identity]}.")
        else:
            seen[identity] = row.row
            found.append(person | {"id": identity})
    if not found:
        shown = ", ".join(sheet.header[:8]) + (" …" if len(sheet.header) > 8 else "")
        raise SheetError(
            f"{path.name}: no {role or 'person'} is found in its {len(sheet.rows):,} rows (its columns: {shown}). "
            "Please call a column “Name” or “E-mail”, and one “Role” if mentors and mentees share the sheet."
        )
    return found


def opened(path: Path, sheet: str | None = None) -> Sheet:
    """A sheet of the file. Raises SheetError that names the file."""
    try:
        return reading.read(path, sheet=sheet)
    except SheetError as error:
        raise SheetError(str(error) if path.name in str(error) else f"{path.name}: {error}") from error


def _sheet(path: Path, role: str) -> Sheet:
    """The sheet of a workbook that is named after the role, else the first with people in it."""
    sheet = opened(path)
    named = next((name for name in sheet.sheets if role in name.casefold()), None)
    return opened(path, named) if named and named != sheet.sheet else sheet


def _plain(person: dict[str, Any], options: People) -> dict[str, Any]:
    minutes = _offset(person.get("time_zone", options.time_zone), options.on)
    row = {key: person[key] for key in AS_THEY_ARE if key in person}
    row |= {
        "id": person["id"],
        "name": person.get("name", ""),
        "email": person.get("email", ""),
        "capacity": person.get("capacity"),
        "languages": [_language(code) for code in person.get("languages", ())],
        "country": _country(person.get("country", "")),
        "meeting_form": FORMS.get(person.get("meeting_form", ""), ""),
        "utc_offset": minutes / 60 if "time_zone" in person else None,
        "availability": sorted({((hour * 60 - minutes) // 60) % 168 for hour in person.get("availability", ())}),
    }
    return row


def _offset(zone: str, on: datetime.date) -> int:
    """Minutes east of Greenwich at noon of that day; an unknown zone counts as UTC."""
    try:
        offset = datetime.datetime.combine(on, datetime.time(12), ZoneInfo(zone)).utcoffset()
    except (ZoneInfoNotFoundError, ValueError):
        return 0
    return int(offset.total_seconds() // 60) if offset else 0


def _language(code: str) -> str:
    found = pycountry.languages.get(alpha_2=code.lower()) if len(code) == 2 else None
    return str(found.name).split(" (")[0] if found else code


def _country(code: str) -> str:
    found = pycountry.countries.get(alpha_2=code.upper()) if len(code) == 2 else None
    return str(getattr(found, "common_name", found.name)) if found else code


class Names:
    """Finds people by what others write: e-mail address, name, or nearly the name."""

    def __init__(self, ids: Iterable[str], names: Iterable[str], emails: Iterable[str]) -> None:
        self.by_name: dict[str, str] = {}
        self.shown: dict[str, str] = {}
        times: Counter[str] = Counter()
        for person, name, email in zip(ids, names, emails, strict=True):
            for written in {text.folded(name), email.casefold(), person.casefold()} - {""}:
                self.by_name[written] = person
                self.shown[written] = name or email or person
                times[written] += 1
        for written, often in times.items():
            if often > 1:
                del self.by_name[written]

    @classmethod
    def of(cls, rows: list[dict[str, Any]]) -> "Names":
        return cls(*([row[key] for row in rows] for key in ("id", "name", "email")))

    @classmethod
    def of_side(cls, side: Side) -> "Names":
        return cls(side.ids, side.column("name"), side.column("email"))

    def exactly(self, written: str) -> str | None:
        return self.by_name.get(written.strip().casefold()) or self.by_name.get(text.folded(written))

    def nearly(self, written: str) -> tuple[str, str] | None:
        """(id, the name as it stands in the sheet)"""
        found = process.extractOne(text.folded(written), list(self.by_name), scorer=fuzz.ratio, score_cutoff=ALIKE)
        return (self.by_name[found[0]], self.shown[found[0]]) if found else None


def _resolved(written: Iterable[str], names: Names, whose: str, notes: list[str]) -> list[str]:
    found: list[str] = []
    for name in written:
        exact = names.exactly(name)
        if exact is not None:
            found.append(exact)
        elif near := names.nearly(name):
            notes.append(f"{whose}: “{name}” was read as {near[1]}.")
            found.append(near[0])
        else:
            notes.append(f"{whose}: “{name}” is nobody on the other side and was left out.")
    return found


def _manager(written: str, names: dict[str, Names]) -> str:
    """The id of the person reported to; somebody outside keeps their name, so that two with one manager are seen."""
    if not written.strip():
        return ""
    return names["mentor"].exactly(written) or names["mentee"].exactly(written) or f"outside: {written.casefold()}"
