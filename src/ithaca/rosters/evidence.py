"""What the cells of a column say about what it is: for some fields, the share of cells that can be read as such."""

import re
from collections.abc import Callable, Sequence

from ithaca.kernel.sheets import cells, text
from ithaca.rosters.answers import addresses, choices, hours, languages, levels, places, places_offered
from ithaca.rosters.answers.unclear import Guessed, Unclear

LOOKED_AT = 60


def share(field: str, sample: Sequence[str]) -> float | None:
    """Share (0 to 1) of the cells that can be read as the field; None where cells say nothing about it."""
    check = CHECKS.get(field)
    answers = [cell for cell in sample if not cells.is_blank(cell) or field in ("country", "languages")][:LOOKED_AT]
    if check is None or not answers:
        return None
    return sum(1 for cell in answers if check(cell)) / len(answers)


def proof(field: str, sample: Sequence[str]) -> int:
    """Confidence in percent that the cells alone give, whatever the column is called; 0 where they prove nothing."""
    confidence, check = PROOFS.get(field, (0, bool))
    answers = [cell for cell in sample if not cells.is_blank(cell)][:LOOKED_AT]
    if not confidence or not answers:
        return 0
    good = sum(1 for cell in answers if check(cell))
    return confidence if good >= 0.7 * len(answers) else 0


def _reads(read: Callable[[str], object], longest: int) -> Callable[[str], bool]:
    def check(cell: str) -> bool:
        if len(cell) > longest:
            return False
        try:
            read(cell)
        except Guessed:
            return True
        except Unclear:
            return False
        return True

    return check


def _languages(cell: str) -> bool:
    items = cells.split(cell)
    good = _reads(languages.codes, 60)
    return bool(items) and sum(1 for item in items if good(item) and len(item) > 1) >= 0.5 * len(items)


def _spoken(cell: str) -> bool:
    """Stricter than reading: Ana, Bo and Mina are languages of few and names of many."""
    good = _reads(languages.code, 60)
    items = cells.split(cell)
    return bool(items) and all(len(item) > 3 and good(item) and len(languages.code(item)) == 2 for item in items)


def _phone(cell: str) -> bool:
    return re.fullmatch(r"(?:\+|0|\(0|tel)[\d ()/.-]{6,20}", cell, re.IGNORECASE) is not None


def _zone(cell: str) -> bool:
    """Stricter than reading: a city alone is a place, not a time zone."""
    written = "/" in cell or cell.casefold() in places.ABBREVIATIONS or re.match(r"\(?(?:utc|gmt)", cell.casefold())
    return bool(written) and _reads(places.time_zone, 60)(cell)


def _role(cell: str) -> bool:
    """Stricter than reading: "Mentor 12" and "Mentor A" are somebody's names in a list of trials."""
    words = text.folded(cell).split()
    trial = any(mark.isdigit() for mark in cell) or (len(words) > 1 and len(words[-1]) == 1)
    return not trial and _reads(choices.roles, 40)(cell)


def _agreement(cell: str) -> bool:
    """Stricter than reading: a bare number may be anything, and so may a number of something ("2 hours")."""
    words = text.folded(cell).split()
    return " ".join(word for word in words if not word.isdigit()) in choices.SCALE


def _availability(cell: str) -> bool:
    words = hours.words(cell)
    known = any(word in hours.DAY or word in hours.GROUP or word in hours.PART for word in words)
    return known and len(words) <= 25 and _reads(hours.week, 300)(cell)


def _name(cell: str) -> bool:
    letters = sum(mark.isalpha() for mark in cell)
    return 0 < len(cell) <= 80 and letters > 0.5 * len(cell) and not re.search(r"[@;:/]", cell)


CHECKS: dict[str, Callable[[str], bool]] = {
    "email": addresses.looks_like_one,
    "role": _reads(choices.roles, 60),
    "time_zone": _reads(places.time_zone, 60),
    "languages": _languages,
    "country": _reads(places.country, 60),
    "availability": _availability,
    "phone": _phone,
    "name": _name,
    "given_name": _name,
    "family_name": _name,
    "capacity": _reads(places_offered.places, 80),
    "meeting_form": _reads(choices.meeting_form, 80),
    "seniority": _reads(lambda cell: levels.seniority(cell, measure="years"), 60),
    "style": _reads(choices.scale, 30),
}

PROOFS: dict[str, tuple[int, Callable[[str], bool]]] = {
    "email": (92, addresses.looks_like_one),
    "role": (78, _role),
    "time_zone": (76, _zone),
    "languages": (70, _spoken),
    "country": (66, CHECKS["country"]),
    "availability": (66, _availability),
    "phone": (58, _phone),
    "style": (56, _agreement),
}
