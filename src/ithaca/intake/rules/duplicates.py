"""The same person twice: by address (certain), by name and its like (a suggestion). The coordinator decides."""

from __future__ import annotations

import itertools
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from rapidfuzz import fuzz, process

from ithaca.intake.rules.plan import Choice, Question
from ithaca.kernel.sheets import text
from ithaca.rosters import fields
from ithaca.rosters.people import CleanRow

MOST_QUESTIONS = 150
"""Of one kind; more cannot be answered by a person, so the later rows are refused with a reason instead."""
COMPARED_ONE_BY_ONE = 3_000
"""Rows up to which similar (not equal) names are looked for."""
TWO = "two"


def name_key(name: str) -> str:
    """Equal for names that differ in case, accents, punctuation or the order of their parts."""
    return " ".join(sorted(text.folded(name).split()))


def by_address(rows: Sequence[CleanRow]) -> tuple[list[Question], dict[int, tuple[int, str]]]:
    """Questions about one address in several rows of one role, and rows that merely repeat another: {row: (row, why)}."""
    groups: dict[tuple[str, str], list[CleanRow]] = defaultdict(list)
    for row in rows:
        for role in row.roles:
            groups[row.person["email"], role].append(row)
    questions: dict[str, Question] = {}
    repeats: dict[int, tuple[int, str]] = {}
    for (email, _), group in groups.items():
        if len(group) == 1:
            continue
        different: list[CleanRow] = []
        for row in group:
            like = next((other for other in different if other.person == row.person and other.roles == row.roles), None)
            if like is not None:
                repeats[row.row] = (like.row, f"says the same as row {like.row}")
            else:
                different.append(row)
        if len(different) > 1 and len(questions) < MOST_QUESTIONS:
            key = f"twice:{email}:" + ":".join(str(row.row) for row in different)
            names = " and ".join(dict.fromkeys(row.person["name"] for row in different))
            questions[key] = Question(
                key,
                f"{names}: {email} stands in rows {_listed(row.row for row in different)} with different answers. "
                "Which row is right?",
                tuple(Choice(str(row.row), f"Row {row.row}{_differing(row, different)}") for row in different),
                str(different[-1].row),
            )
        else:
            for row in different[1:]:
                repeats[row.row] = (different[0].row, f"has the same e-mail address as row {different[0].row}")
    return list(questions.values()), repeats


def by_name(rows: Sequence[CleanRow], known: Mapping[str, Sequence[tuple[str, str]]]) -> list[Question]:
    """Questions about people who may be one: rows among themselves, and rows with a new address against who is known.

    ``known`` gives name and e-mail of everybody known, by `name_key`.
    """
    questions: list[Question] = []
    addresses = {email for people in known.values() for _, email in people}
    groups: dict[str, list[CleanRow]] = defaultdict(list)
    for row in rows:
        groups[name_key(row.person["name"])].append(row)
    for key, group in groups.items():
        if len(questions) >= MOST_QUESTIONS:
            break
        fresh = [row for row in group if row.person["email"] not in addresses]
        questions += [
            _about_known(row, known[key][0])
            for row in fresh
            if key in known and _is_likely(row, known[key][0][1], len(rows))
        ]
        for left, right in itertools.pairwise(_one_per_address(group)):
            if _is_likely(left, right.person["email"], len(rows)):
                questions.append(_about_rows(left, right))
    if len(rows) <= COMPARED_ONE_BY_ONE:
        questions += _similar(rows, groups)
    return questions[:MOST_QUESTIONS]


def _one_per_address(group: Iterable[CleanRow]) -> list[CleanRow]:
    return list({row.person["email"]: row for row in reversed(list(group))}.values())[::-1]


def _is_likely(row: CleanRow, other: str, rows: int) -> bool:
    """In a small sheet an equal name is enough to ask; in a large one namesakes abound, so the addresses must be alike."""
    if row.person["email"] == other:
        return False
    local, other_local = row.person["email"].partition("@")[0], other.partition("@")[0]
    return rows <= COMPARED_ONE_BY_ONE or fuzz.ratio(local, other_local) >= 85


def _similar(rows: Sequence[CleanRow], groups: Mapping[str, list[CleanRow]]) -> list[Question]:
    keys = [key for key in groups if not any(mark.isdigit() for mark in key)]  # "Person 1" and "Person 2" are two
    likeness: Any = process.cdist(keys, keys, scorer=fuzz.ratio, score_cutoff=80, workers=1)
    found = []
    for left, right in zip(*likeness.nonzero(), strict=True):
        if left >= right:
            continue
        for one, other in itertools.product(groups[keys[left]], groups[keys[right]]):
            alike = fuzz.ratio(one.person["email"].partition("@")[0], other.person["email"].partition("@")[0])
            if one.person["email"] != other.person["email"] and alike >= 75:
                found.append(_about_rows(one, other))
    return found


def _about_rows(left: CleanRow, right: CleanRow) -> Question:
    left, right = sorted((left, right), key=lambda row: row.row)
    return Question(
        f"same:{left.row}:{left.person['email']}:{right.row}:{right.person['email']}",
        f"Row {left.row} is {left.person['name']} ({left.person['email']}), row {right.row} is "
        f"{right.person['name']} ({right.person['email']}). Are they one person?",
        (
            Choice(TWO, "Two people: bring both in"),
            Choice(str(right.row), f"One person: use row {right.row}"),
            Choice(str(left.row), f"One person: use row {left.row}"),
        ),
        str(right.row),
    )


def _about_known(row: CleanRow, known: tuple[str, str]) -> Question:
    name, email = known
    return Question(
        f"known:{row.row}:{row.person['email']}:{email}",
        f"Row {row.row} is {row.person['name']} ({row.person['email']}). {name} is here already with the address {email}. "
        "Are they one person?",
        (
            Choice(email, f"One person: update {name}, who keeps the address {email}"),
            Choice(TWO, "Two people: bring the row in as somebody new"),
        ),
        email,
    )


def _differing(row: CleanRow, rows: Sequence[CleanRow]) -> str:
    """What this row says where the rows differ: the first three answers, shortened."""
    told = []
    for key in dict.fromkeys(key for other in rows for key in other.person if key in fields.BY_KEY):
        value = row.person.get(key)
        if key not in ("extra", "style") and any(other.person.get(key) != value for other in rows):
            words = ", ".join(map(str, value)) if isinstance(value, list) else str(value or "nothing")
            if key == "availability":
                words = f"{len(value or ())} a week"
            told.append(f"{fields.BY_KEY[key].label}: {words if len(words) <= 60 else words[:57] + '…'}")
    return f". {'; '.join(told[:3])}" if told else ""


def _listed(numbers: Iterable[int]) -> str:
    *first, last = map(str, numbers)
    return f"{', '.join(first)} and {last}"
