"""What may be known about a person, by name; `from_table` of side.py reads plain rows of these."""

import math
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

BLANK_WORDS = frozenset(
    {"", "no", "none", "n/a", "na", "n.a.", "-", "--", "–", "—", ".", "/", "nil", "null", "nothing", "not applicable"}
)
CODE_BLANKS = BLANK_WORDS - {"no"}
"""For languages and countries, where "no" is a code."""
ID_BLANKS = CODE_BLANKS - {"none", "na", "nil", "null", "nothing"}
"""For ids, which may be initials or a surname."""
MOST = 1_000_000_000
"""Above this a number of places or rounds is a slip of the keyboard."""


@dataclass(frozen=True)
class Attribute:
    """One thing that can be known about a person. `clean` makes the stored value of a plain one, or a ValueError."""

    key: str
    label: str
    help: str
    clean: Callable[[Any], Any]


def is_blank(value: Any, words: frozenset[str] = BLANK_WORDS) -> bool:
    """True for nothing, for not-a-number, and for the words people write to say nothing."""
    if value is None or (isinstance(value, float) and math.isnan(value)):
        return True
    return isinstance(value, str) and " ".join(value.split()).casefold() in words


def key_of(text: str) -> str:
    """The form in which two texts are compared: case, spacing and compatibility forms do not matter."""
    return " ".join(text.split()).casefold()


def several(value: Any, blanks: frozenset[str] = BLANK_WORDS) -> tuple[str, ...]:
    """A set of words, each once, in the order of their keys."""
    if is_blank(value, blanks):
        return ()
    parts: Iterable[Any] = value if isinstance(value, Iterable) and not isinstance(value, str) else (value,)
    found = {key_of(str(part)): " ".join(str(part).split()) for part in parts if not is_blank(part, blanks)}
    return tuple(found[key] for key in sorted(found))


def several_codes(value: Any) -> tuple[str, ...]:
    """As `several`, but "no" is a word here: Norwegian."""
    return several(value, CODE_BLANKS)


def one(value: Any, blanks: frozenset[str] = BLANK_WORDS) -> str:
    """One word or phrase."""
    return "" if is_blank(value, blanks) else " ".join(str(value).split())


def one_code(value: Any) -> str:
    """As `one`, but "NO" is a word here: Norway."""
    return one(value, CODE_BLANKS)


def text(value: Any) -> str:
    """Free text, lines kept."""
    return "" if is_blank(value) else str(value).strip()


def number(value: Any) -> float | None:
    """A finite number, or None."""
    if is_blank(value):
        return None
    try:
        found = float(str(value).replace(",", ".")) if isinstance(value, str) else float(value)
    except (TypeError, ValueError):
        raise ValueError(f"“{value}” is not a number") from None
    if not math.isfinite(found):
        raise ValueError(f"“{value}” is not a finite number")
    return found


def count(value: Any) -> int:
    """A whole number >= 0; a blank is 0."""
    found = number(value)
    if found is None:
        return 0
    if found < 0 or found != int(found):
        raise ValueError(f"“{value}” is not a whole number of 0 or more")
    if found > MOST:
        raise ValueError(f"“{value}” is more than {MOST:,}")
    return int(found)


def offset(value: Any) -> float | None:
    """Hours east of Greenwich, -12 to 14."""
    found = number(value)
    if found is not None and not -12 <= found <= 14:
        raise ValueError(f"“{value}” is not an offset between -12 and 14 hours")
    return found


def hours(value: Any) -> tuple[int, ...]:
    """Hours of the week in UTC: 0 is Monday 00:00 to 01:00, 167 is Sunday 23:00 to 24:00."""
    if is_blank(value):
        return ()
    if isinstance(value, str) or not isinstance(value, Iterable):
        raise ValueError(f"“{value}” is not a list of hours of the week")
    found = sorted({hour if type(hour) is int else count(hour) for hour in value if not is_blank(hour)})
    if found and not (found[0] >= 0 and found[-1] <= 167):
        raise ValueError("hours of the week are numbers from 0 to 167")
    return tuple(found)


def one_id(value: Any) -> str:
    """The id of another person, letter for letter as `from_table` takes it from their own row."""
    return "" if is_blank(value, ID_BLANKS) else str(value).strip()


def ids(value: Any) -> tuple[str, ...]:
    """Ids of other people, each once, sorted."""
    return tuple(sorted({one_id(part) for part in _listed(value) if not is_blank(part, ID_BLANKS)}))


def ranked(value: Any) -> tuple[tuple[str, ...], ...]:
    """Ids of other people, best first; a nested list is a tie. A person named twice keeps the better rank."""
    seen: set[str] = set()
    ranks: list[tuple[str, ...]] = []
    for group in _listed(value):
        fresh = tuple(other for other in ids(group) if other not in seen)
        if fresh:
            ranks.append(fresh)
            seen.update(fresh)
    return tuple(ranks)


def _listed(value: Any) -> Iterable[Any]:
    """One id is a list of one; numbers are ids as well."""
    if is_blank(value, ID_BLANKS):
        return ()
    return value if isinstance(value, Iterable) and not isinstance(value, str) else (value,)


def style(value: Any) -> tuple[tuple[str, int], ...]:
    """Answers from 1 to 5 by name of the trait."""
    if not isinstance(value or {}, Mapping):
        raise ValueError("a working style is a set of answers by name")
    answers: list[tuple[str, int]] = []
    for name, answer in sorted((value or {}).items()):
        found = number(answer)
        if found is None:
            continue
        if found not in (1, 2, 3, 4, 5):
            raise ValueError(f"“{answer}” for “{name}” is not an answer from 1 to 5")
        answers.append((str(name), int(found)))
    return tuple(answers)


ATTRIBUTES: tuple[Attribute, ...] = (
    Attribute("name", "Name", "For display only.", one),
    Attribute("email", "E-mail", "For display only.", one),
    Attribute("offers", "Offers", "Mentors: skills and topics they can help with.", several),
    Attribute("needs", "Needs", "Mentees: skills and topics they want help with.", several),
    Attribute("interests", "Interests", "What they enjoy beside work.", several),
    Attribute("languages", "Languages", "Languages they can hold a meeting in.", several_codes),
    Attribute("country", "Country", "Where they live.", one_code),
    Attribute("place", "Place", "The town or site where they could meet.", one),
    Attribute("meeting_form", "Meeting form", "“in person”, “online” or “either”.", one),
    Attribute("utc_offset", "Time zone", "Hours east of Greenwich.", offset),
    Attribute("availability", "Free hours", "Free hours of the week in UTC, 0 (Monday 00:00) to 167.", hours),
    Attribute("seniority", "Seniority", "Level in the career, a number that rises with experience.", number),
    Attribute("employer", "Employer", "The organisation they work for.", one),
    Attribute("department", "Department", "The part of the organisation they work in.", one),
    Attribute("reports_to", "Reports to", "Id of the person they report to.", one_id),
    Attribute("lived_experience", "Lived experience", "Mentors: what they are willing to be asked about.", several),
    Attribute("lived_experience_wanted", "Lived experience wanted", "Mentees: what they ask for.", several),
    Attribute("style", "Working style", "Answers from 1 to 5 by name.", style),
    Attribute("goals", "Goals", "What they hope for, in their own words.", text),
    Attribute("prefers", "Prefers", "Ids of people on the other side, best first.", ranked),
    Attribute("avoids", "Avoids", "Ids of people they must not be paired with.", ids),
    Attribute("earlier", "Earlier pairs", "Ids of people they were paired with before.", ids),
    Attribute("waited_rounds", "Rounds waited", "Mentees: rounds in which they were left out.", count),
    Attribute(
        "lapsed_rounds",
        "Rounds not followed through",
        "Mentees: earlier rounds that they did not see through; they come after others for scarce places. Never shown.",
        count,
    ),
)
BY_KEY = {attribute.key: attribute for attribute in ATTRIBUTES}
