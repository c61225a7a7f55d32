"""The words in which an import is planned."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from dataclasses import asdict, dataclass, field
from enum import StrEnum
from typing import Any


class Refused(ValueError):
    """What was asked cannot be done; the message says why and what to do."""


class Kind(StrEnum):
    """What becomes of a row."""

    NEW = "new"
    CHANGED = "changed"
    UNCHANGED = "unchanged"
    REJECTED = "rejected"


@dataclass(slots=True)
class Entry:
    """One row and what becomes of it. ``words`` say what changes, or why it is rejected; ``remarks`` what was left out."""

    row: int
    index: int
    kind: Kind
    name: str
    email: str
    roles: tuple[str, ...] = ()
    words: list[str] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)
    person: dict[str, Any] = field(default_factory=dict)
    wishes: dict[str, list[str]] = field(default_factory=dict)
    apart: dict[str, list[str]] = field(default_factory=dict)

    def told(self) -> list[Any]:
        """As a preview keeps it."""
        return [self.row, self.name, self.email, self.words, self.remarks]


@dataclass(frozen=True, slots=True)
class Choice:
    """One answer to a question."""

    value: str
    label: str


@dataclass(frozen=True, slots=True)
class Question:
    """Something only the coordinator knows. ``suggested`` is the value of the likeliest choice."""

    key: str
    words: str
    choices: tuple[Choice, ...]
    suggested: str

    def told(self) -> dict[str, Any]:
        """As a preview keeps it."""
        return asdict(self)


@dataclass(slots=True)
class Plan:
    """What an import will do: every row in the order of the sheet, and what is still to be answered."""

    entries: list[Entry]
    questions: list[Question]
    notices: list[str]
    open: int = 0

    @property
    def counts(self) -> dict[str, int]:
        """Number of rows by kind, every kind named."""
        found = Counter(entry.kind for entry in self.entries)
        return {kind.value: found[kind] for kind in Kind}

    @property
    def digest(self) -> str:
        """The same for two plans that do the same."""
        content = [
            [entry.kind, entry.row, entry.email, entry.words, entry.wishes, entry.apart] for entry in self.entries
        ]
        return hashlib.sha256(json.dumps(content, sort_keys=True, ensure_ascii=False).encode()).hexdigest()

    def content(self) -> dict[str, Any]:
        """As a preview keeps it."""
        rows: dict[str, list[Any]] = {kind.value: [] for kind in Kind}
        for entry in self.entries:
            rows[entry.kind].append(entry.told())
        return {"rows": rows, "questions": [question.told() for question in self.questions], "notices": self.notices}
