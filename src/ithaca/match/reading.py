"""Two spreadsheets as the engine's people: ids, free hours in UTC, wishes as ids, and notes on what was not understood."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property, partial
from pathlib import Path
from typing import Any, cast

from ithaca.kernel.sheets import reading, text
from ithaca.kernel.sheets.sheet import Sheet, SheetError
from ithaca.match import apart, both_sides, clocks, headers, sides
from ithaca.match.headers import Role, Taken
from ithaca.match.options import People
from ithaca.pairing.side import ProblemError, Side, from_table
from ithaca.rosters import clock, people, words, workbooks
from ithaca.rosters.names import Names, left_out, resolved

AS_THEY_ARE = (
    "offers", "needs", "interests", "lived_experience", "lived_experience_wanted",
    "place", "seniority", "style", "goals", "employer", "department",
)  # fmt: skip

NAMING = ("prefers", "avoids", "reports_to")
"""Fields in which people write of others."""
OTHER_SIDE = "on the other side"
NAMELESS = "it has neither a name nor an e-mail address"


@dataclass
class Reading:
    """Both sides, and notes for the person at the keyboard."""

    mentors: Side
    mentees: Side
    notes: list[str] = field(default_factory=list)
    taken: tuple[Taken, ...] = ()
    """Both sheets with what their columns were taken for, mentors first."""

    def find(self, role: Role, written: str) -> str | None:
        """The id behind a name or an e-mail address exactly as in the sheet, case apart."""
        return self._names[role].exactly(written)

    def several(self, role: Role, written: str) -> int:
        """How many people are called so, where it is not one."""
        return self._names[role].several(written)

    def near(self, role: Role, written: str) -> str:
        """A question who is meant by a name that is nobody's exactly, or nothing."""
        names = self._names[role]
        return "" if names.called(written) else names.question(written)

    @cached_property
    def _names(self) -> "dict[Role, Names]":
        return {"mentor": names_of(self.mentors), "mentee": names_of(self.mentees)}


def names_of(side: Side) -> Names:
    """Finds people of that side."""
    return Names(side.ids, side.column("name"), side.column("email"))


def read(mentors: Path, mentees: Path, options: People) -> Reading:
    """Read both files. Raises SheetError or ProblemError, whose texts say what to do."""
    notes: list[str] = []
    taken = {role: as_taken(path, role, options, notes) for role, path in (("mentor", mentors), ("mentee", mentees))}
    sides.told_apart(mentors, mentees, taken["mentor"], taken["mentee"], notes)
    _named_columns_exist(options, *taken.values())
    rows = {role: _rows(sheet, role, notes, options.capacity) for role, sheet in taken.items()}
    both_sides.settle(rows["mentor"], rows["mentee"], notes)
    options = clocks.settled([*rows["mentor"], *rows["mentee"]], options, notes)
    table = {role: [_plain(person, options) for person in found] for role, found in rows.items()}
    names = {role: Names.of(found) for role, found in table.items()}
    unknown: list[str] = []
    for role, found in table.items():
        other: Role = "mentee" if role == "mentor" else "mentor"
        for row, person in zip(found, rows[role], strict=True):
            row["prefers"] = resolved(
                person.get("prefers", ()), names[other], _where(person, "prefers"), notes, OTHER_SIDE
            )
            avoided = apart.of_the_other_side(person.get("avoids", ()), names[role], names[other])
            row["avoids"] = resolved(avoided, names[other], _where(person, "avoids"), notes, OTHER_SIDE, unknown)
            row["reports_to"] = _manager(person, (names["mentor"], names["mentee"]), notes)
    apart.all_found(unknown, options, notes)
    _left_out(table["mentee"], names["mentee"], options)
    capacity = {"mentor": options.capacity, "mentee": 1}
    read_as = {role: from_table(cast(Role, role), found, capacity[role]) for role, found in table.items()}
    told = list(dict.fromkeys(notes))  # of one sheet that is named twice, each note once
    return Reading(read_as["mentor"], read_as["mentee"], told, tuple(taken.values()))


def one_side(path: Path, options: People, notes: list[str]) -> Side:
    """Everybody of one sheet, whatever their role, as one side. Raises SheetError or ProblemError."""
    taken = as_taken(path, "", options, notes)
    _named_columns_exist(options, taken)
    if taken.sheet.sheets and len(taken.sheet.sheets) > 1:
        notes.append(f"{path.name}: only the sheet “{taken.sheet.sheet}” was read.")
    told = _rows(taken, "", notes, None)
    options = clocks.settled(told, options, notes)
    found = [_plain(person, options) for person in told]
    names = Names.of(found)
    unknown: list[str] = []
    for row, person in zip(found, told, strict=True):
        avoided, where = person.get("avoids", ()), _where(person, "avoids")
        row["avoids"] = resolved(avoided, names, where, notes, "in the spreadsheet", unknown)
        row["reports_to"] = _manager(person, (names,), notes)
    apart.all_found(unknown, options, notes)
    return from_table("mentee", found)


def _left_out(mentees: list[dict[str, Any]], names: "Names", options: People) -> None:
    """Who was left out of the last round has waited one."""
    waited = {name: names.exactly(name) for name in options.left_out}
    unknown = [name for name, person in waited.items() if person is None]
    if unknown:
        raise ProblemError([unclear("mentee", name, names.several(name)) for name in unknown])
    for row in mentees:
        row["waited_rounds"] = int(row["id"] in waited.values())


def as_taken(path: Path, role: str, options: People, notes: list[str]) -> Taken:
    """The sheet of that role (or the first with people), with what its columns are taken for. Raises SheetError."""
    found = workbooks.chosen(partial(opened, path), cast(Role, role) if role else None)
    sheet = found.sheet
    if role and found.others:
        others = " and ".join(f"“{name}”" for name in found.others)
        notes.append(f"{path.name}: of its sheets “{sheet.sheet}” was read; {others} may hold people too.")
    called = f"{path.name} ({sheet.sheet})" if len(sheet.sheets) > 1 else path.name
    return headers.taken(sheet, called, cast(Role, role) if role else None, dict(options.columns), notes)


def _named_columns_exist(options: People, *sheets: Taken) -> None:
    """Raises ProblemError for columns that the options speak of and no sheet has."""
    known = {text.folded(header) for taken in sheets for header in taken.sheet.header}
    findings = [
        f"the options name the column “{header}”, which is in no spreadsheet; there are "
        + ", ".join(f"“{each}”" for taken in sheets for each in taken.sheet.header)
        for header, _ in options.columns
        if text.folded(header) not in known
    ]
    if findings:
        raise ProblemError(findings)


def _rows(taken: Taken, role: str, notes: list[str], capacity: int | None) -> list[dict[str, Any]]:
    """People of that role (or of any), each with an `id` and where they stand; what is left out is noted with its row.

    `capacity`: places of a mentor whose number of places cannot be read; None where places do not matter.
    """
    sheet, mapping, called = taken.sheet, taken.mapping, taken.called
    asked = {f"where {key}": " and ".join(c.header for c in mapping.using(key)) for key in NAMING}
    found: list[dict[str, Any]] = []
    seen: dict[str, int] = {}
    for row in people.clean(sheet, mapping, required=()):
        if isinstance(row, people.RejectedRow):
            notes += [f"{called}, row {row.row} is left out: {finding}" for finding in row.findings]
            continue
        if role and role not in row.roles:
            continue
        person = row.person
        for finding in row.findings:
            unread = finding.field == "capacity" and "capacity" not in person and capacity is not None
            assumed = f" Until then it is taken for {capacity if 'mentor' in row.roles else 1}." if unread else ""
            notes.append(f"{called}, row {row.row}: {finding}{assumed}")
        identity = person.get("email", "").casefold() or person.get("name", "").strip()
        if not identity:
            notes.append(f"{called}, row {row.row} is left out: {NAMELESS}.")
        elif identity in seen:
            notes.append(f"{called}, row {row.row} is left out: {identity} is already in row {seen[identity]}.")
        else:
            seen[identity] = row.row
            if role == "mentee" and len(row.roles) > 1:  # the places of somebody in both roles are for mentees
                person = person | {"capacity": None}
            found.append(person | asked | {"id": identity, "where": f"{called}, row {row.row}"})
    if not found:
        raise SheetError(_nobody(taken, role, notes))
    return found


def _nobody(taken: Taken, role: str, notes: list[str]) -> str:
    """Why nobody is found in a sheet: for the first rows that were left out, else for its columns."""
    rows = len(taken.sheet.rows)
    said = f"{taken.called}: no {role or 'person'} is found in its {rows:,} row{'' if rows == 1 else 's'}"
    left_out = [note for note in notes if note.startswith(f"{taken.called}, row") and " is left out: " in note]
    left_out = [note for note in left_out if NAMELESS not in note]
    if left_out:
        return f"{said}. {' '.join(left_out[:3])}{' And so on.' if len(left_out) > 3 else ''}"
    if roles := taken.mapping.using("role"):
        return f"{said}: the column “{roles[0].header}” calls nobody a {role}."
    header = taken.sheet.header
    shown = ", ".join(header[:8]) + (" …" if len(header) > 8 else "")
    return (
        f"{said} (its columns: {shown}). Please call a column “Name” or “E-mail”, and one “Role” if mentors and mentees "
        "share the sheet."
    )


def opened(path: Path, sheet: str | None = None) -> Sheet:
    """A sheet of the file. Raises SheetError that names the file."""
    try:
        return reading.read(path, sheet=sheet)
    except SheetError as error:
        raise SheetError(str(error) if path.name in str(error) else f"{path.name}: {error}") from error


def _plain(person: dict[str, Any], options: People) -> dict[str, Any]:
    minutes = clock.offset(person.get("time_zone") or options.time_zone or "UTC", options.on)
    row = {key: person[key] for key in AS_THEY_ARE if key in person}
    row |= {
        "id": person["id"],
        "name": person.get("name", ""),
        "email": person.get("email", ""),
        "capacity": person.get("capacity"),
        "languages": [words.language(code) for code in person.get("languages", ())],
        "country": words.country(person.get("country", "")),
        "meeting_form": words.MEETING_FORM.get(person.get("meeting_form", ""), ""),
        "utc_offset": minutes / 60 if "time_zone" in person else None,
        "availability": list(clock.in_utc(person.get("availability", ()), minutes)),
    }
    return row


def _where(person: dict[str, Any], key: str) -> str:
    """The row and the column in which a person wrote of others."""
    return f"{person['where']}, {person[f'where {key}']}"


def _manager(person: dict[str, Any], known_names: Sequence[Names], notes: list[str]) -> str:
    """The id of the person reported to; somebody outside keeps their name, so that two with one manager are seen."""
    written: str = person.get("reports_to", "")
    if not written.strip():
        return ""
    known = next((found for names in known_names if (found := names.exactly(written))), None)
    if known is None and (several := max(names.several(written) for names in known_names)):
        notes.append(f"{_where(person, 'reports_to')}: {left_out(written, several)}")
    return known or f"outside: {written.casefold()}"


def unclear(role: str, name: str, several: int) -> str:
    """What is wrong with options that name somebody who is not one person of the sheet."""
    if several:
        return f"the options name the {role} “{name}”, and {several} {role}s are called so; please write the e-mail address"
    return f"the options name the {role} “{name}”, who is not in the spreadsheet"
