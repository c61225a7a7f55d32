# ruff: noqa: SIM905 - lists of words read best as lines of words
"""Languages a person can hold a meeting in."""

import re

from ithaca.kernel.sheets import text
from ithaca.rosters.answers import names
from ithaca.rosters.answers.unclear import Unclear

LEVELS = frozenset(
    """native mother tongue fluent fluently basic basics beginner intermediate advanced good very proficient bilingual
    working professional conversational some level speaker muttersprache fliessend gut grundkenntnisse verhandlungssicher
    courant maternelle notions bilingue nativo nativa fluido basico avanzado intermedio c1 c2 b1 b2 a1 a2 first second
    spoken written limited proficiency school only little""".split()
)
"""Words about how well a language is spoken."""


_and = re.compile(r"\s*(?:[/+&,;]|\b(?:and|und|et|y|e|en|og|och|i|и)\b)\s*", re.IGNORECASE)


def code(name: str) -> str:
    """ISO 639 code of one language named in any of many languages, its level ignored. Raises `Unclear`."""
    known = names.languages()
    folded = text.folded(name)
    if folded in known:
        return known[folded]
    bare = text.folded(re.sub(r"[(\[（].*?[)\]）]", " ", name))
    words = [word for word in bare.split() if word not in LEVELS]
    for length in range(len(words), 0, -1):
        if (start := " ".join(words[:length])) in known and (length == len(words) or len(start) > 3):
            return known[start]
    raise Unclear("is not a language we know; write its name, such as Portuguese, or its code, such as pt")


def codes(name: str) -> tuple[str, ...]:
    """As `code`, for one item that may still name two ("English and French")."""
    parts = [part for part in _and.split(re.sub(r"[(\[（].*?[)\]）]", " ", name)) if part.strip()]
    if len(parts) > 1 and text.folded(name) not in names.languages():
        try:
            return tuple(dict.fromkeys(code(part) for part in parts))
        except Unclear:
            return (code(name),)
    return (code(name),)
