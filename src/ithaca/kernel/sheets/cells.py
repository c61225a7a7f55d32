"""What one cell says: nothing, one thing, or several things.

Several things are divided by ``;``, ``|``, line breaks or ``,``. An option of a form may itself contain a comma
("Strategy, planning and delivery"): known options decide first, then what the whole column shows.
"""

import itertools
import re
from collections import Counter
from collections.abc import Iterable, Sequence

from ithaca.kernel.sheets import text as cleaning

BLANKS = frozenset(
    """
    - -- --- . .. ... / ? n/a n.a. n.a na n\\a no none nil null nothing not\xa0applicable no\xa0preference nan #n/a
    nein kein keine keiner keines nichts entfällt k.a. k.\xa0a.
    non aucun aucune néant rien sans\xa0objet s/o
    ninguno ninguna ningún nada no\xa0aplica no\xa0procede n/d
    nessuno nessuna geen nenhum nenhuma não ingen inga brak nie\xa0dotyczy
    """.replace("\xa0", "_").split()
)
BLANKS = frozenset(word.replace("_", " ") for word in BLANKS)
"""Answers that say "nothing here"; compared in lower case. Names are never compared with them."""

MOST_ITEMS = 200


def is_blank(cell: str) -> bool:
    """Whether the answer says nothing: empty, a dash, "No", "n/a", "none" and their like in other languages."""
    bare = cell.strip().strip("–—‒−_*").strip().casefold()
    return not bare or bare in BLANKS


def split(cell: str, *, options: Iterable[str] = ()) -> tuple[str, ...]:
    """The things one cell names, without the rest of its column to look at."""
    return Splitter([cell], options=options).split(cell)


class Splitter:
    """Divides the cells of one column, having looked at all of them (or at its options, where they are known)."""

    def __init__(self, column: Sequence[str], *, options: Iterable[str] = ()) -> None:
        """``column`` holds the cells; ``options`` the answers a form offered, if they are known."""
        answers = [cell for cell in column if not is_blank(cell)]
        self.options = {cleaning.folded(option) for option in options}
        self.commas = not self._has_own_divider(answers)
        self.joined: frozenset[tuple[str, str]] = frozenset()
        if self.commas:
            self.joined = _inseparable([_comma_parts(cell) for cell in answers])

    def split(self, cell: str) -> tuple[str, ...]:
        """The things the cell names, each once, in its order, blanks left out."""
        if is_blank(cell):
            return ()
        items: dict[str, str] = {}
        for part in _dividers.split(cell):
            whole = cleaning.folded(part) in self.options
            for item in [part] if whole or not self.commas else self._by_commas(part):
                said = cleaning.one_line(item).strip("•·*").strip()
                if not is_blank(said):
                    items.setdefault(said.casefold(), said)
        return tuple(items.values())[:MOST_ITEMS]

    def _has_own_divider(self, answers: list[str]) -> bool:
        """Whether semicolons, bars or line breaks divide this column, so that commas belong to the answers.

        In a sheet kept by hand some rows use commas all the same: then most answers with a comma have no other
        divider, and commas divide too.
        """
        divided = sum(1 for cell in answers if _dividers.search(cell.strip()))
        only_commas = sum(1 for cell in answers if "," in cell and not _dividers.search(cell.strip()))
        return divided > 0 and divided >= only_commas

    def _by_commas(self, text: str) -> list[str]:
        parts = _comma_parts(text)
        items: list[str] = []
        at = 0
        while at < len(parts):
            length = self._known_length(parts, at) or self._joined_length(parts, at)
            items.append(", ".join(parts[at : at + length]))
            at += length
        return items

    def _known_length(self, parts: list[str], at: int) -> int:
        if not self.options:
            return 0
        for length in range(min(len(parts) - at, 8), 0, -1):
            if cleaning.folded(", ".join(parts[at : at + length])) in self.options:
                return length
        return 0

    def _joined_length(self, parts: list[str], at: int) -> int:
        length = 1
        while at + length < len(parts) and (parts[at + length - 1], parts[at + length]) in self.joined:
            length += 1
        return length


_dividers = re.compile(r"[;|\n；｜]+")
_comma = re.compile(r"[,，、،]\s*")


def _comma_parts(text: str) -> list[str]:
    """Parts between commas; a comma inside brackets or inside a number does not divide."""
    parts, depth, start = [], 0, 0
    for at, mark in enumerate(text):
        if mark in "([{（":
            depth += 1
        elif mark in ")]}）":
            depth = max(0, depth - 1)
        elif mark in ",，、،" and not depth and not (text[at - 1 : at].isdigit() and text[at + 1 : at + 2].isdigit()):
            parts.append(text[start:at].strip())
            start = at + 1
    parts.append(text[start:].strip())
    if depth:  # a bracket that never closes protects nothing
        parts = [part.strip() for part in _comma.split(text)]
    return [part for part in parts if part]


def _inseparable(answers: list[list[str]]) -> frozenset[tuple[str, str]]:
    """Neighbours that belong to one option: in the whole column neither is ever seen without the other.

    Twice is enough where the second begins in lower case while options usually begin with a capital letter
    ("Strategy, planning and delivery"); otherwise such a meeting may be chance and the answers stay two.
    """
    single = Counter(part for parts in answers for part in parts)
    pairs = Counter(pair for parts in answers for pair in itertools.pairwise(parts))
    starts = [parts[0] for parts in answers if parts]
    if sum(1 for part in starts if part[:1].isupper()) < 0.8 * len(starts):
        return frozenset()
    return frozenset(
        (left, right)
        for (left, right), times in pairs.items()
        if times == single[left] == single[right] and times >= 2 and right[:1].islower() and left[:1].isupper()
    )
