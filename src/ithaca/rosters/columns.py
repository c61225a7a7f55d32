"""Which column is what: a guess from the names of the columns and from what stands in them.

    mapping = columns.guess(sheet, role="mentor")          # role None: a column says it, or the sheet holds one side
    mapping = mapping.changed({"Town": "place"})           # by the name of the column
    mapping.unsure                                         # columns worth a look

No database, no Django: `ithaca match` uses it too.
"""

from collections.abc import Iterable, Sequence
from collections.abc import Mapping as Table
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from typing import Literal

from ithaca.kernel.sheets import text
from ithaca.kernel.sheets.sheet import Sheet
from ithaca.rosters import evidence, fields
from ithaca.rosters.answers import choices
from ithaca.rosters.answers.unclear import Unclear

Role = Literal["mentor", "mentee"]

LEAST = 50
"""Confidence in percent from which a guess is made at all."""
SURE = 80
SAMPLE = 400
NAMES = frozenset({"name", "given_name", "family_name"})
EXAMPLES = 3


@dataclass(frozen=True, slots=True)
class Column:
    """One column and what it is taken for: ``field`` is a key of `fields.FIELDS`, ``confidence`` 0 to 100."""

    index: int
    header: str
    field: str
    confidence: int = 100
    examples: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Mapping:
    """What every column of a sheet is; ``role`` is the side of all rows, or None where a column says it."""

    role: Role | None
    columns: tuple[Column, ...]

    def using(self, field: str) -> tuple[Column, ...]:
        """The columns taken for a field, from left to right."""
        return tuple(column for column in self.columns if column.field == field)

    @property
    def unsure(self) -> tuple[Column, ...]:
        """Columns whose guess deserves a look."""
        return tuple(column for column in self.columns if column.confidence < SURE)

    def changed(self, choices: Table[str, str]) -> "Mapping":
        """The same mapping with other fields for the named columns. Raises ``KeyError`` for an unknown field."""
        for field in choices.values():
            fields.BY_KEY[field]
        return replace(
            self,
            columns=tuple(
                replace(column, field=choices[column.header], confidence=100) if column.header in choices else column
                for column in self.columns
            ),
        )

    def choices(self) -> dict[str, str]:
        """Field by the name of the column: what is saved for next time."""
        return {column.header: column.field for column in self.columns}

    def problems(self, *, required: Iterable[str] = ("name", "email")) -> list[str]:
        """Why no row could be read with this mapping, one sentence each; empty when it can."""
        found = []
        named = self.using("name") or self.using("given_name") or self.using("family_name")
        if "name" in required and not named:
            found.append("Please choose the column that holds the people's names.")
        if "email" in required and not self.using("email"):
            found.append("Please choose the column that holds the e-mail addresses: they tell people apart.")
        if self.role is None and not self.using("role"):
            found.append("Please say whether these are mentors or mentees, or choose the column that says so.")
        for field in fields.FIELDS:
            if not field.several_columns and field.key not in (fields.EXTRA, fields.LEAVE_OUT):
                using = self.using(field.key)
                if len(using) > 1:
                    names = " and ".join(f"“{column.header}”" for column in using)
                    found.append(f"{names} are both taken for “{field.label}”: please keep one of them.")
        return found


def guess(sheet: Sheet, role: Role | None = None) -> Mapping:
    """What each column most likely is. Unknown columns are kept as further answers."""
    samples = [_sample(sheet.column(index)) for index in range(len(sheet.header))]
    scores: list[tuple[int, int, str]] = []
    for index, header in enumerate(sheet.header):
        for field in fields.FIELDS if samples[index] else ():
            possible = field.key != fields.EXTRA and not (field.key == "role" and role is not None)
            if possible and (score := _score(field, header, samples[index], role)) >= LEAST:
                scores.append((score, -index, field.key))
    taken: dict[int, tuple[str, int]] = {}
    used: set[str] = set()
    for score, negative, key in sorted(scores, reverse=True):
        if -negative not in taken and (
            key not in used or fields.BY_KEY[key].several_columns or key == fields.LEAVE_OUT
        ):
            taken[-negative] = (key, min(score, 99))
            used.add(key)
    _settle_names(taken, samples)
    if role is None:
        _settle_skills(taken, sheet)
    columns = tuple(
        Column(index, header, *taken.get(index, _unknown(samples[index])), _examples(samples[index]))
        for index, header in enumerate(sheet.header)
    )
    return Mapping(role, columns)


def _unknown(sample: Sequence[str]) -> tuple[str, int]:
    """Kept as a further answer; a column that says nothing, or the same nothing in every row, is left out."""
    if all(cell.casefold() == "anonymous" for cell in sample):
        return fields.LEAVE_OUT, 90
    return fields.EXTRA, 60


def _sample(column: Iterable[str]) -> list[str]:
    found: list[str] = []
    for cell in column:
        if cell:
            found.append(cell)
            if len(found) == SAMPLE:
                break
    return found


def _examples(sample: Sequence[str]) -> tuple[str, ...]:
    short = (cell if len(cell) <= 80 else cell[:77] + "…" for cell in sample)
    return tuple(dict.fromkeys(short))[:EXAMPLES]


def _score(field: fields.Field, header: str, sample: Sequence[str], role: Role | None) -> int:
    if field.never and _matches(field.never, header, 1):
        return 0
    if _says_name(header) and not all(cell.casefold() == "anonymous" for cell in sample):
        # A column called so holds the names, also where they are "Mentor A" or "P01".
        return max(_matches(field.sure, header, 88), _matches(field.likely, header, 72)) if field.key in NAMES else 0
    named = max(_matches(field.sure, header, 88), _matches(field.likely, header, 64))
    if field.key == "skills":
        return named + 6 if named and role is None else 0
    if role == "mentor" and field.key in ("needs", "lived_experience_wanted"):
        named -= 15
    if role == "mentee" and field.key in ("offers", "lived_experience"):
        named -= 15
    if proven := evidence.proof(field.key, sample):
        return max(named + 8 if named else 0, proven)
    seen = evidence.share(field.key, sample) if named >= LEAST - 8 else None
    if seen is None:
        return named
    return named - 45 if seen < 0.3 else named + round(8 * seen)


def _says_name(header: str) -> bool:
    """Whether a column is called "Name", "Full name" or the like, in any language known, and nothing else."""
    return text.folded(header) in _names()


@cache
def _names() -> frozenset[str]:
    """What a column of names may be called and nothing else, folded: the patterns of these fields without their signs."""
    patterns = [pattern for key in NAMES for pattern in fields.BY_KEY[key].sure]
    patterns += [pattern for pattern in fields.BY_KEY["name"].likely if pattern.split()[0].endswith("$")]
    return frozenset(" ".join(part.rstrip("$") for part in each.split() if part[0] != "!") for each in patterns)


def _matches(patterns: Iterable[str], header: str, worth: int) -> int:
    """Worth of the best pattern, more for a name that is nothing but the pattern, less for a long question."""
    name, words = _named(header)
    best = 0
    for pattern in patterns:
        needed, barred = _needles(pattern)
        if pattern.startswith("=") and words != len(needed):
            continue
        if all(needle in name for needle in needed) and not any(needle in name for needle in barred):
            spare = max(words - len(needed), 0)
            best = max(best, worth + min(len(needed), 4) + (5 if spare == 0 else 0) - min(spare, 12) // 2)
    return best


@lru_cache(maxsize=256)  # it is held against the patterns of every field in turn
def _named(header: str) -> tuple[str, int]:
    """The name of a column with a space before and after each word, and how many words it has."""
    folded = text.folded(header)
    return f" {folded} ", len(folded.split())


@cache
def _needles(pattern: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """What stands in a name that fits, and what must not."""
    parts = pattern.removeprefix("=").split()
    needed = tuple(_needle(part) for part in parts if not part.startswith("!"))
    return needed, tuple(_needle(part[1:]) for part in parts if part.startswith("!"))


def _needle(part: str) -> str:
    """A whole word, or the beginning of one."""
    return f" {part[:-1]} " if part.endswith("$") else f" {part}"


def _settle_names(taken: dict[int, tuple[str, int]], samples: Sequence[Sequence[str]]) -> None:
    """ "Name" beside "Vorname" is the family name, "Nombre" beside "Apellidos" the first, unless it contains the other."""
    where = {key: index for index, (key, _) in taken.items()}
    for part, other in (("given_name", "family_name"), ("family_name", "given_name")):
        if part in where and "name" in where and other not in where:
            pairs = list(zip(samples[where[part]], samples[where["name"]], strict=False))
            inside = sum(1 for known, whole in pairs if text.folded(known) in text.folded(whole))
            if inside < 0.5 * max(len(pairs), 1):
                taken[where["name"]] = (other, taken[where["name"]][1])


def _settle_skills(taken: dict[int, tuple[str, int]], sheet: Sheet) -> None:
    """Where a column says who is a mentor and one column holds skills of both, a mentee's are to learn, even if the column
    is named after the mentors' side."""
    keys = {key for key, _ in taken.values()}
    roles = next((index for index, (key, _) in taken.items() if key == "role"), None)
    if roles is None or "skills" in keys or len(keys & {"offers", "needs"}) != 1:
        return
    of_mentees = _rows_of("mentee", sheet, roles)
    for index, (key, confidence) in list(taken.items()):
        named_for_mentors = key == "offers" and any(row[index] for row in of_mentees)
        if named_for_mentors or (key == "needs" and confidence < SURE):
            taken[index] = ("skills", min(confidence, SURE - 10))


def _rows_of(role: Role, sheet: Sheet, column: int) -> list[tuple[str, ...]]:
    """Rows of people who are this and nothing else; none if anybody is both, as one answer then stands for both sides."""
    found = []
    for row in sheet.rows:
        try:
            said = choices.roles(row[column])
        except Unclear:
            continue
        if len(said) > 1:
            return []
        if said == (role,):
            found.append(row)
    return found
