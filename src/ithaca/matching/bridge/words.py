"""Codes of a profile as the words the engine compares and people read."""

from __future__ import annotations

from functools import cache

import pycountry
from django.conf.locale import LANG_INFO

MEETING_FORM = {"video": "online", "in_person": "in person", "either": "either"}


@cache
def language(code: str) -> str:
    """The English name of an ISO 639 code; what is not a code stays as it is."""
    known = LANG_INFO.get(code.lower(), {})
    if "name" in known:
        return str(known["name"])
    found = pycountry.languages.get(alpha_2=code.lower()) if len(code) == 2 else None
    return found.name if found else code


@cache
def country(code: str) -> str:
    """The English name of an ISO 3166 code; what is not a code stays as it is."""
    found = pycountry.countries.get(alpha_2=code.upper()) if len(code) == 2 else None
    return found.name if found else code
