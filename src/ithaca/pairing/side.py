"""One side of a problem: its people, their places, and what is known about them, as columns in the order of ids."""

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

import numpy as np

from ithaca.pairing import attributes
from ithaca.pairing.points import Array, frozen

Role = Literal["mentor", "mentee"]


class ProblemError(ValueError):
    """The input cannot be a problem. `findings` says, one sentence each, who and which field, and what is wrong."""

    def __init__(self, findings: Iterable[str]) -> None:
        self.findings = tuple(findings)
        super().__init__("; ".join(self.findings))


@dataclass(frozen=True, eq=False)
class Side:
    """People of one role. Build it with `from_table`; ids rise strictly, so the order of rows is forgotten.

    capacity  int64[n] >= 0: how many people of the other side each takes at most
    columns   by attribute key, one cleaned value a person (see attributes.py); absent means blank for all
    """

    role: Role
    ids: tuple[str, ...]
    capacity: Array
    columns: Mapping[str, tuple[Any, ...]]
    position: Mapping[str, int] = field(init=False, repr=False)
    """Row number by id."""

    def __post_init__(self) -> None:
        object.__setattr__(self, "capacity", frozen(self.capacity, np.int64))
        object.__setattr__(self, "position", {person: row for row, person in enumerate(self.ids)})
        if any(first >= second for first, second in zip(self.ids, self.ids[1:], strict=False)):
            raise ProblemError([f"the ids of {self.role}s are not in order or not unique"])
        if len(self.capacity) != len(self.ids) or (len(self.ids) and self.capacity.min() < 0):
            raise ProblemError([f"every {self.role} needs a capacity of 0 or more"])
        for key, column in self.columns.items():
            if len(column) != len(self.ids):
                raise ProblemError([f"{key} is known for {len(column)} of {len(self.ids)} {self.role}s"])

    def __len__(self) -> int:
        return len(self.ids)

    def column(self, key: str) -> tuple[Any, ...]:
        """The values of an attribute, blank where nothing is known."""
        found = self.columns.get(key)
        return found if found is not None else (attributes.BY_KEY[key].clean(None),) * len(self.ids)

    def value(self, row: int, key: str) -> Any:
        """What is known about one person."""
        found = self.columns.get(key)
        return found[row] if found is not None else attributes.BY_KEY[key].clean(None)

    def knows(self, key: str) -> bool:
        """Whether anybody answered this."""
        return any(value not in ("", (), None) for value in self.columns.get(key, ()))

    def name(self, row: int) -> str:
        """How the person is called: name, else e-mail, else id."""
        return self.value(row, "name") or self.value(row, "email") or self.ids[row]

    @property
    def places(self) -> int:
        """Sum of capacities."""
        return int(self.capacity.sum())


def from_table(role: Role, rows: Sequence[Mapping[str, Any]], capacity: int = 1) -> Side:
    """A side from plain rows: `id`, optionally `capacity` (else the given one), and attributes of attributes.py.

    Blanks ("", None, NaN, "n/a", "-", "No") are blanks. Raises ProblemError with every finding at once.
    """
    findings: list[str] = []
    seen: dict[str, int] = {}
    cleaned: list[tuple[str, int, dict[str, Any]]] = []
    for number, row in enumerate(rows, start=1):
        person = "" if _is_nothing(row.get("id")) else str(row["id"]).strip()
        if not person:
            findings.append(f"{role} in row {number}: id is missing")
            continue
        if any("\ud800" <= letter <= "\udfff" for letter in person):
            findings.append(f"{role} in row {number}: the id {person!a} holds half a character")
            continue
        if person in seen:
            findings.append(f"{role} “{person}”: the id is in row {seen[person]} and again in row {number}")
            continue
        seen[person] = number
        cleaned.append((person, *_clean(role, person, row, capacity, findings)))
    if findings:
        raise ProblemError(findings)
    cleaned.sort(key=lambda entry: entry[0])
    used = sorted({key for _, _, values in cleaned for key in values})
    blank = {key: attributes.BY_KEY[key].clean(None) for key in used}
    columns = {key: tuple(values.get(key, blank[key]) for _, _, values in cleaned) for key in used}
    return Side(role, tuple(entry[0] for entry in cleaned), np.array([entry[1] for entry in cleaned]), columns)


def _clean(
    role: Role, person: str, row: Mapping[str, Any], capacity: int, findings: list[str]
) -> tuple[int, dict[str, Any]]:
    values: dict[str, Any] = {}
    places = capacity
    for key, given in row.items():
        value = None if _is_nothing(given) else given
        try:
            if key == "capacity":
                places = capacity if attributes.is_blank(value) else attributes.count(value)
            elif key in attributes.BY_KEY:
                values[key] = attributes.BY_KEY[key].clean(value)
            elif key != "id":
                findings.append(f"{role} “{person}”: nothing called “{key}” is known")
        except (ValueError, TypeError) as error:
            findings.append(f"{role} “{person}”, {key}: {error}")
    return places, values


def _is_nothing(value: Any) -> bool:
    """None, or the not-a-number by which tables of numbers say that a cell is empty."""
    return value is None or (isinstance(value, float) and math.isnan(value))
