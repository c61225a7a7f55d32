"""People by what others write of them: an e-mail address, a name, or nearly the name."""

from collections import Counter
from collections.abc import Iterable
from typing import Any

from rapidfuzz import fuzz, process

from ithaca.kernel.sheets import text
from ithaca.pairing.side import Side

ALIKE = 88
"""How alike (of 100) a misspelt name must be to be taken for a person, with a note."""
PERHAPS = 74
"""How alike it must be to be worth a question."""
CLEARLY = 8
"""By how much the likeliest person must be ahead of the next."""


class Names:
    """Finds people of one side."""

    def __init__(self, ids: Iterable[str], names: Iterable[str], emails: Iterable[str]) -> None:
        self.by_name: dict[str, str] = {}
        self.shown: dict[str, str] = {}
        times: Counter[str] = Counter()
        for person, name, email in zip(ids, names, emails, strict=True):
            for written in {text.folded(name), email.casefold(), person.casefold()} - {""}:
                self.by_name[written] = person
                self.shown[written] = name or email or person
                times[written] += 1
        self.shared = {written: often for written, often in times.items() if often > 1}
        for written in self.shared:
            del self.by_name[written]

    @classmethod
    def of(cls, rows: list[dict[str, Any]]) -> "Names":
        return cls(*([row[key] for row in rows] for key in ("id", "name", "email")))

    @classmethod
    def of_side(cls, side: Side) -> "Names":
        return cls(side.ids, side.column("name"), side.column("email"))

    def exactly(self, written: str) -> str | None:
        """The id behind a name or an e-mail address as it stands in the sheet, case and accents apart."""
        return self.by_name.get(written.strip().casefold()) or self.by_name.get(text.folded(written))

    def several(self, written: str) -> int:
        """How many people are called so; 0 where it is one or nobody."""
        return self.shared.get(written.strip().casefold()) or self.shared.get(text.folded(written), 0)

    def nearly(self, written: str) -> list[tuple[str, str, float]]:
        """Up to three people who may be meant, likeliest first: (id, name as in the sheet, likeness of 100).

        Numbers are never misspelt: “Mentor 8” is not “Mentor 9”.
        """
        folded = text.folded(written)
        wanted = _numbers(folded)
        people = [known for known in self.by_name if _numbers(known) == wanted]
        found = process.extract(folded, people, scorer=fuzz.ratio, score_cutoff=PERHAPS, limit=6)
        best = {self.by_name[name]: (self.shown[name], score) for name, score, _ in reversed(found)}
        return sorted(((person, *one) for person, one in best.items()), key=lambda one: -one[2])[:3]


def _numbers(written: str) -> str:
    return "".join(mark if mark.isdigit() else " " for mark in written).strip()


def resolved(written: Iterable[str], names: Names, where: str, notes: list[str], among: str) -> list[str]:
    """Ids of the people written of. Who is not found exactly is noted: taken for the one who is clearly meant, or left out.

    `among`: where they are looked for, in words ("on the other side").
    """
    found: list[str] = []
    for name in written:
        exact, several = names.exactly(name), names.several(name)
        near = [] if exact or several else names.nearly(name)
        if exact is not None:
            found.append(exact)
        elif several:
            notes.append(f"{where}: {left_out(name, several)}")
        elif not near:
            notes.append(f"{where}: “{name}” is nobody {among} and was left out.")
        elif near[0][2] >= ALIKE and (len(near) == 1 or near[0][2] - near[1][2] >= CLEARLY):
            notes.append(f"{where}: “{name}” was read as {near[0][1]}.")
            found.append(near[0][0])
        else:
            meant = " or ".join(f"“{each[1]}”" for each in near)
            notes.append(f"{where}: “{name}” is nobody {among} and was left out; is {meant} meant?")
    return found


def left_out(name: str, several: int) -> str:
    """Why a name of several people counts for nobody, and what to do."""
    return f"{several} people are called “{name}”, so it was left out; please write the e-mail address."


def unclear(role: str, name: str, several: int) -> str:
    """What is wrong with options that name somebody who is not one person of the sheet."""
    if several:
        return f"the options name the {role} “{name}”, and {several} {role}s are called so; please write the e-mail address"
    return f"the options name the {role} “{name}”, who is not in the spreadsheet"
