"""What a profile holds, who reads which of its fields, and how its values read."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import pycountry
from django.db import models

from ithaca.rosters import words


class Reader(models.IntegerChoices):
    """Who may read a field of a profile: each value includes those before it."""

    MATCHING = 0, "Nobody reads it; only used to find your match"
    COORDINATORS = 1, "Your coordinators"
    PARTNER = 2, "Your coordinators and your mentor or mentee"
    COHORT = 3, "Your coordinators and everybody in your cohort"


@dataclass(frozen=True)
class Field:
    """One column of a profile: who reads it by default, what else the person may choose, and why it is worth telling.

    `worth` is empty where nothing is missed when the field stays blank.
    """

    name: str
    reader: Reader
    choices: tuple[Reader, ...] = ()
    worth: str = ""

    def read_by(self, visibility: Mapping[str, Any]) -> Reader:
        """Who reads the field with these choices of the person; an impossible choice counts as none."""
        chosen = visibility.get(self.name)
        return Reader(chosen) if chosen in self.choices else self.reader


OPEN = (Reader.COORDINATORS, Reader.PARTNER, Reader.COHORT)
PERSONAL = (Reader.MATCHING, Reader.COORDINATORS, Reader.PARTNER, Reader.COHORT)

PROFILE = (
    Field("headline", Reader.COHORT, OPEN, "The first thing a partner reads about you."),
    Field("employer", Reader.PARTNER, OPEN),
    Field("department", Reader.PARTNER, OPEN),
    Field("reports_to", Reader.COORDINATORS),
    Field("seniority", Reader.COORDINATORS, OPEN, "Helps to find somebody a fitting step further or behind."),
    Field("about", Reader.PARTNER, OPEN, "Your way so far gives a first conversation something to start from."),
    Field("offers", Reader.COHORT, OPEN, "What a mentor can help with decides most about a good match."),
    Field("needs", Reader.PARTNER, OPEN, "What a mentee wants to learn decides most about a good match."),
    Field("goals", Reader.PARTNER, OPEN, "What you hope for helps both of you to begin in the right place."),
    Field("interests", Reader.PARTNER, OPEN, "Something in common beyond work makes beginning easier."),
    Field("lived_experience", Reader.MATCHING, PERSONAL),
    Field("lived_experience_wanted", Reader.MATCHING, PERSONAL),
    Field("languages", Reader.COHORT, OPEN, "Two people need a language in common."),
    Field("place", Reader.PARTNER, OPEN),
    Field("country", Reader.PARTNER, OPEN),
    Field("meeting_form", Reader.PARTNER, OPEN),
    Field("availability", Reader.PARTNER, OPEN, "Hours that both have free make the first meeting happen soon."),
    Field("style", Reader.PARTNER, PERSONAL),
    Field("phone", Reader.PARTNER, OPEN),
    Field("pronouns", Reader.COHORT, OPEN),
)
"""Every column of a profile that a person fills in. Order: as it is shown."""

FIELDS = {field.name: field for field in PROFILE}


def readable(visibility: Mapping[str, Any], reader: Reader) -> list[str]:
    """Names of the fields that somebody as near as `reader` may read, in the order they are shown."""
    return [field.name for field in PROFILE if field.read_by(visibility) >= max(reader, Reader.COORDINATORS)]


def worth_adding(values: Mapping[str, Any], *, sides: Collection[str] = ()) -> list[tuple[str, str]]:
    """Blank fields that would help, as (name, why). Who is only mentor is not asked what they need, and the reverse."""
    other = {"mentor": "needs", "mentee": "offers"}
    skipped = {other[side] for side in sides} if len(sides) == 1 else set()
    return [
        (field.name, field.worth)
        for field in PROFILE
        if field.worth and field.name not in skipped and values.get(field.name) in (None, "", [], {})
    ]


@dataclass(frozen=True)
class Scale:
    """One scale of working style from 1 (`low`) to 5 (`high`). The key is the word in which a match is explained."""

    key: str
    low: str
    high: str

    def in_words(self, answer: Any) -> str:
        """An answer as a sentence; nothing for the middle or no answer."""
        if not isinstance(answer, int) or answer == 3:
            return ""
        return self.low if answer < 3 else self.high


STYLE_SCALES = (
    Scale("structure", "An open conversation", "An agenda and a summary"),
    Scale("directness", "Gentle feedback", "Frank feedback"),
    Scale("pace", "One step after the other", "Trying out at once"),
    Scale("reflection", "Thinking aloud", "Thinking first"),
)


DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


def hours_in_words(hours: Iterable[int]) -> list[str]:
    """Hours of the week (0 is Monday 00:00) as “Monday 08:00–10:00, 17:00–20:00”, one text per day."""
    days: dict[int, list[list[int]]] = {}
    for hour in sorted({hour for hour in hours if 0 <= hour < 168}):
        spans = days.setdefault(hour // 24, [])
        if spans and spans[-1][1] == hour % 24:
            spans[-1][1] += 1
        else:
            spans.append([hour % 24, hour % 24 + 1])
    return [
        f"{DAYS[day]} " + ", ".join(f"{start:02}:00–{end:02}:00" for start, end in spans) for day, spans in days.items()
    ]


language_name = words.language
country_name = words.country


def language_code(name: str) -> str:
    """“pt” for “Portuguese”, “portuguese” or “pt”; empty for what is not a language."""
    wanted = name.strip().lower()
    modern = (one for one in pycountry.languages if hasattr(one, "alpha_2"))  # so that “Greek” is modern Greek
    found = next((one for one in modern if wanted in (words.plain(one).lower(), one.alpha_2)), None)
    if found is None:
        try:
            found = pycountry.languages.lookup(wanted)
        except LookupError:
            return ""
    return str(getattr(found, "alpha_2", "") or found.alpha_3)
