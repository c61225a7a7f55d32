"""Codes as words, the same for whoever shows or compares them: a language, a country, how people like to meet."""

from functools import cache
from typing import Any

import pycountry

MEETING_FORM = {"video": "online", "in_person": "in person", "either": "either"}
"""As the engine reads it."""


@cache
def language(code: str) -> str:
    """“Portuguese” for “pt”; an unknown code as it is."""
    primary = code.split("-", maxsplit=1)[0].lower()
    found = pycountry.languages.get(alpha_2=primary) if len(primary) == 2 else pycountry.languages.get(alpha_3=primary)
    return plain(found) if found else code


def plain(language: Any) -> str:
    """The name without what scholars add: “Modern Greek (1453-)” is Greek, “Klingon; tlhIngan-Hol” is Klingon."""
    return str(language.name).split(" (")[0].split(";")[0].removeprefix("Modern ")


@cache
def country(code: str) -> str:
    """“Portugal” for “PT”; an unknown code as it is."""
    found = pycountry.countries.get(alpha_2=code.upper()) if code else None
    return str(getattr(found, "common_name", found.name)) if found else code
