"""People by what others write of them: an e-mail address, a name, or nearly the name."""

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from functools import cached_property
from typing import Any

from rapidfuzz import fuzz, process

from ithaca.kernel.sheets import text
from ithaca.rosters import turned

ALIKE = 88
"""How alike (of 100) a misspelt name must be to be taken for a person, with a note."""
PERHAPS = 74
"""How alike it must be to be worth a question."""
CLEARLY = 8
"""By how much the likeliest person must be ahead of the next."""
HALF = ALIKE - 1
"""How alike somebody is of whom only a part of the name is written: never taken, always asked about."""
_ADDRESS = re.compile(r"[^\s<>(),;]+@[^\s<>(),;]+")


class Names:
    """Finds people of one side."""

    def __init__(self, ids: Iterable[str], names: Iterable[str], emails: Iterable[str]) -> None:
        self.written: dict[str, list[str]] = defaultdict(list)
        """Ids by e-mail address and by name as it stands, case apart."""
        self.words: dict[str, list[str]] = defaultdict(list)
        """Ids by the words of a name, in any order, accents apart."""
        self.alike: dict[str, list[str]] = defaultdict(list)
        """Ids by name, accents apart: what a misspelt one is compared with."""
        self.mailed: dict[str, list[str]] = defaultdict(list)
        """Ids by what stands before the @-sign."""
        self.shown: dict[str, tuple[str, str]] = {}
        """Name and e-mail address by id."""
        for person, name, email in zip(ids, names, emails, strict=True):
            for known, keys in (
                (self.written, {_spaced(name), email.casefold(), person.casefold()}),
                (self.words, {_words(name)}),
                (self.alike, {text.folded(name)}),
                (self.mailed, {email.casefold().partition("@")[0]}),
            ):
                for key in keys - {""}:
                    known[key].append(person)
            self.shown[person] = name or email or person, email

    @classmethod
    def of(cls, rows: list[dict[str, Any]]) -> "Names":
        return cls(*([row[key] for row in rows] for key in ("id", "name", "email")))

    def called(self, written: str) -> list[str]:
        """Ids of all who are called so: by e-mail address, by name as it stands, or with the same words in any order."""
        address = _ADDRESS.search(written)
        if address and address[0].casefold() in self.written:
            return self.written[address[0].casefold()]
        return self.written.get(_spaced(written)) or self.words.get(_words(_ADDRESS.sub(" ", written))) or []

    def exactly(self, written: str) -> str | None:
        """The id of the one person who is called so; None for nobody, and where two share the name."""
        called = self.called(written)
        return called[0] if len(called) == 1 else None

    def several(self, written: str) -> int:
        """How many people are called so; 0 where it is one or nobody."""
        number = len(self.called(written))
        return number if number > 1 else 0

    def nearly(self, written: str) -> list[tuple[str, str, float]]:
        """Up to three people who may be meant, likeliest first: (id, name as in the sheet, likeness of 100).

        Numbers are never misspelt: “Mentor 8” is not “Mentor 9”. Who shares a name is shown with the e-mail address. Half
        a name (“Anna”) is worth a question where few bear it, and keeps a name that is only like it from being taken; an
        e-mail address is asked about too: those of one domain are all alike.
        """
        folded = text.folded(_unturned(_ADDRESS.sub(" ", written)))
        wanted = _numbers(folded)
        people = [known for known in self.alike if _numbers(known) == wanted]
        found = process.extract(folded, people, scorer=fuzz.ratio, score_cutoff=PERHAPS, limit=6)
        likeness = {person: score for name, score, _ in reversed(found) for person in self.alike[name]}
        if address := _ADDRESS.search(written):
            box = address[0].casefold().partition("@")[0]
            for name, score, _ in process.extract(
                box, list(self.mailed), scorer=fuzz.ratio, score_cutoff=ALIKE, limit=3
            ):
                likeness |= {person: max(min(score, HALF), likeness.get(person, 0)) for person in self.mailed[name]}
        halves = set.intersection(*(self._by_word.get(word, set()) for word in folded.split() or [""]))
        for person in sorted(halves) if len(halves) <= 3 else ():
            likeness[person] = max(HALF, likeness.get(person, 0))
        best = sorted(likeness.items(), key=lambda one: -one[1])[:3]
        return [(person, self._told_apart(person), score) for person, score in best]

    @cached_property
    def _by_word(self) -> dict[str, set[str]]:
        """Ids by every single word of a name."""
        found: dict[str, set[str]] = defaultdict(set)
        for words, people in self.words.items():
            for word in words.split():
                found[word].update(people)
        return found

    def question(self, written: str) -> str:
        """Who may be meant by a name, as the end of a sentence; nothing where nobody is like it."""
        meant = " or ".join(f"“{each[1]}”" for each in self.nearly(written))
        return f"; is {meant} meant?" if meant else ""

    def _told_apart(self, person: str) -> str:
        name, email = self.shown[person]
        return f"{name} ({email})" if email and len(self.called(name)) > 1 else name


def _spaced(written: str) -> str:
    return " ".join(written.split()).casefold()


def _words(written: str) -> str:
    return " ".join(sorted(text.folded(written).split()))


def _unturned(written: str) -> str:
    """“Adler, Anna” as “Anna Adler”."""
    last, comma, first = written.partition(",")
    return f"{first} {last}" if comma else written


def _numbers(written: str) -> str:
    return "".join(mark if mark.isdigit() else " " for mark in written).strip()


def resolved(
    written: Sequence[str], names: Names, where: str, notes: list[str], among: str, unknown: list[str] | None = None
) -> list[str]:
    """Ids of the people written of. Who is not found exactly is noted: taken for the one who is clearly meant, or left out.

    `among`: where they are looked for, in words ("on the other side"). Who is left out is told in `unknown` instead of
    the notes, where that is given: there it may not pass as a note.
    """
    found: list[str] = []
    out = " and was left out" if unknown is None else ""
    told = notes if unknown is None else unknown
    for name in turned.joined(written, lambda each: bool(names.called(each))):
        exact, several = names.exactly(name), names.several(name)
        near = [] if exact or several else names.nearly(name)
        if exact is not None:
            found.append(exact)
        elif several:
            told.append(f"{where}: {left_out(name, several, out and ', so it was left out')}")
        elif near and near[0][2] >= ALIKE and (len(near) == 1 or near[0][2] - near[1][2] >= CLEARLY):
            notes.append(f"{where}: “{name}” was read as {near[0][1]}.")
            found.append(near[0][0])
        else:
            told.append(f"{where}: “{name}” is nobody {among}{out}{names.question(name) or '.'}")
    return found


def left_out(name: str, several: int, so: str = ", so it was left out") -> str:
    """Why a name of several people counts for nobody, and what to do."""
    return f"{several} people are called “{name}”{so}; please write the e-mail address."
