"""What an import of an upload would do now: every row compared with what is known. Writes nothing."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from ithaca.intake.models import Upload, UploadFile
from ithaca.intake.queries import known as knowledge
from ithaca.intake.rules import changes, duplicates, joining, wishes
from ithaca.intake.rules.changes import Known
from ithaca.intake.rules.plan import Entry, Kind, Plan, Question, Refused
from ithaca.kernel.sheets import reading
from ithaca.kernel.sheets.sheet import Sheet
from ithaca.people.models import Person
from ithaca.rosters import people, turned
from ithaca.rosters.people import CleanRow, RejectedRow

Told = Callable[[str, int, int], None]
"""Called with what is being done, how many rows are done, and of how many."""

OTHER = {"mentor": "mentee", "mentee": "mentor"}


def sheet_of(upload: Upload, named: str | None = None) -> Sheet:
    """The table of an upload, or the sheet of its workbook with that name. Raises Refused when its file is not kept any more."""
    file = UploadFile.objects.filter(upload=upload).first()
    if file is None:
        raise Refused("The file of this import is no longer kept. Please upload it again.")
    return reading.read(bytes(file.data), upload.name, sheet=(upload.sheet if named is None else named) or None)


def plan_of(upload: Upload, *, by: Person | None, told: Told = lambda words, done, total: None) -> Plan:
    """The plan of an upload with its mapping and the answers given so far, for the coordinator `by`."""
    told("Reading the file", 0, upload.rows)
    sheet = sheet_of(upload)
    mapping = upload.mapping
    rows = people.clean(sheet, mapping, progress=lambda done: told("Understanding the answers", done, upload.rows))
    notices = _conflicts(sheet)
    del sheet  # a hundred megabytes of a long one
    plan = _Planning(upload, rows, by, told).plan()
    plan.notices += notices
    return plan


class _Planning:
    def __init__(self, upload: Upload, rows: list[CleanRow | RejectedRow], by: Person | None, told: Told) -> None:
        self.upload, self.rows, self.told, self.answers = upload, rows, told, upload.answers
        told("Looking at who is here already", 0, len(rows))
        self.known = knowledge.people()
        knowledge.add_enrolments(self.known, upload.cohort)
        self.may_change = knowledge.allow(by)
        self.rejected: dict[int, str] = {}
        self.addresses: dict[int, str] = {}
        self.joined: dict[int, list[str]] = {}
        self.questions: list[Question] = []
        self.notices: list[str] = []
        self.not_found = 0
        self.asked: set[int] = set()

    def plan(self) -> Plan:
        good = [row for row in self.rows if isinstance(row, CleanRow)]
        self._settle_duplicates(good)
        accepted = [row for row in good if row.row not in self.rejected]
        self._join(accepted)
        sides = self._sides(accepted)
        entries = [self._entry(row, sides) for row in self.rows]
        self.rows.clear()
        self.told("Comparing with what is known", 0, len(entries))
        self._compare([entry for entry in entries if entry.kind != Kind.REJECTED])
        self.questions += [question for side in sides.values() for question in side.asked.values()]
        if self.not_found:
            self.notices.append(
                f"Of the people to be kept apart from somebody, {self.not_found} could not be found in this cohort. "
                "If they join later, import this file once more then."
            )
        waiting = sum(1 for question in self.questions if self.answers.get(question.key) is None)
        return Plan(entries, self.questions, self.notices, waiting)

    def _join(self, accepted: list[CleanRow]) -> None:
        """Who stands in one row as mentor and in another as mentee is one person."""
        groups: dict[str, list[CleanRow]] = defaultdict(list)
        for row in accepted:
            if row.row not in self.asked:
                groups[self._address(row)].append(row)
        for group in groups.values():
            if len(group) > 1:
                joined = joining.of(group)
                for row in group:
                    row.person.update(joined.person)
                    self.joined[row.row] = joined.remarks

    def _settle_duplicates(self, good: list[CleanRow]) -> None:
        asked, repeats = duplicates.by_address(good)
        self.rejected |= {row: why for row, (_, why) in repeats.items()}
        for question in asked:
            answer = self.answers.get(question.key)
            if answer is None:
                self.asked |= {int(choice.value) for choice in question.choices}
            for choice in question.choices:
                if answer is not None and choice.value != answer:
                    self.rejected[int(choice.value)] = f"row {answer} is used instead, as you chose"
        left = [row for row in good if row.row not in self.rejected]
        by_key: dict[str, list[tuple[str, str]]] = defaultdict(list)
        for person in self.known.values():
            by_key[duplicates.name_key(person.name)].append((person.name, person.email))
        alike = duplicates.by_name(left, by_key)
        for question in alike:
            self._settle(question)
        self.questions = [*asked, *alike]

    def _settle(self, question: Question) -> None:
        answer = self.answers.get(question.key)
        kind, number, *_ = question.key.split(":")
        if answer is None:
            self.asked |= {int(number)} | {int(choice.value) for choice in question.choices if choice.value.isdigit()}
        if answer is None or answer == duplicates.TWO:
            return
        if kind == "known":
            self.addresses[int(number)] = answer
            return
        for choice in question.choices:
            if choice.value not in (answer, duplicates.TWO):
                self.rejected[int(choice.value)] = f"is the same person as row {answer}, as you said"

    def _sides(self, accepted: Iterable[CleanRow]) -> dict[str, wishes.Side]:
        """Whom wishes may name: who is enrolled, and who will be."""
        found: dict[str, list[tuple[str, str]]] = {"mentor": [], "mentee": []}
        for person in self.known.values():
            for role in person.places.keys() - person.left:
                found[role].append((person.name, person.email))
        for row in accepted:
            for role in row.roles:
                found[role].append((row.person["name"], self._address(row)))
        return {role: wishes.Side(role, named) for role, named in found.items()}

    def _address(self, row: CleanRow) -> str:
        return self.addresses.get(row.row, str(row.person["email"]))

    def _entry(self, row: CleanRow | RejectedRow, sides: Mapping[str, wishes.Side]) -> Entry:
        if isinstance(row, RejectedRow):
            return Entry(
                row.row, row.index, Kind.REJECTED, row.name, "", words=[str(finding) for finding in row.findings]
            )
        name, email = row.person["name"], self._address(row)
        if row.row in self.rejected:
            return Entry(row.row, row.index, Kind.REJECTED, name, email, words=[_sentence(self.rejected[row.row])])
        entry = Entry(row.row, row.index, Kind.NEW, name, email, row.roles, person=row.person)
        entry.remarks = ["Waits for your answer."] if row.row in self.asked else []
        entry.remarks += [*map(str, row.findings), *map(_sentence, self.joined.get(row.row, ()))]
        for role in row.roles:
            side = sides[OTHER[role]]
            if "prefers" in row.person:
                entry.wishes[role] = self._meant(turned.joined(row.person["prefers"], side.knows), side, entry)
            if "avoids" in row.person:
                avoided = turned.joined(row.person["avoids"], side.knows)
                kept = [words for words in avoided if not sides[role].knows(words) or side.knows(words)]
                entry.apart[role] = self._meant(kept, side, entry, apart=True)
        return entry

    def _meant(self, written: list[str], side: wishes.Side, entry: Entry, apart: bool = False) -> list[str]:
        found = []
        for words in written:
            email = side.find(words, self.answers)
            if email is not None and email != entry.email:
                found.append(email)
            elif email is None and duplicates.name_key(words) in side.unknown:
                self.not_found += apart
                entry.remarks.append(f"“{words}” is not among the {side.role}s of this cohort and was left out.")
        return list(dict.fromkeys(found))

    def _compare(self, entries: list[Entry]) -> None:
        """Say of every row whether it is new, changes something or nothing; chunk by chunk, so that few profiles are held."""
        for start in range(0, len(entries), 5000):
            chunk = entries[start : start + 5000]
            here = [self.known[entry.email] for entry in chunk if entry.email in self.known]
            knowledge.add_profiles(here)
            for entry in chunk:
                self._judge(entry)
            for person in here:
                person.profile = {}
            self.told("Comparing with what is known", start + len(chunk), len(entries))

    def _judge(self, entry: Entry) -> None:
        known = self.known.get(entry.email)
        if known is None:
            entry.words = changes.summary(entry.person, entry.roles)
            return
        known.editable = self.may_change(known)
        entry.words = changes.words(entry.person, entry.roles, known, entry.wishes, entry.apart)
        entry.kind = Kind.CHANGED if entry.words else Kind.UNCHANGED
        if entry.kind == Kind.UNCHANGED:
            entry.person = {}
        entry.remarks += _remarks(entry.person, entry.roles, known)


def _remarks(person: Mapping[str, Any], roles: Iterable[str], known: Known) -> list[str]:
    told = [f"left this cohort as {role} and stays out" for role in roles if role in known.left]
    if not known.editable:
        told.append("is known here with rights that you may not change; the profile stays as it is")
    elif known.signs_in and person["name"] != known.name:
        told.append(f"calls themselves {known.name}; the name stays")
    return told


def _sentence(words: str) -> str:
    return f"{words[:1].upper()}{words[1:]}."


def _conflicts(sheet: Sheet) -> list[str]:
    if not sheet.conflicts:
        return []
    first = sheet.conflicts[0]
    return [
        f"Columns of one name were taken as one question. In {len(sheet.conflicts)} cells they held different answers and "
        f"the first was kept; in row {first.row}, “{first.header}” is “{first.kept[:60]}” and not “{first.dropped[:60]}”."
    ]
