"""What a row changes in what is known about a person. A blank cell never empties what somebody told."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from ithaca.people import rules as people_rules
from ithaca.rosters import fields

PROFILE = (
    "headline", "employer", "department", "reports_to", "seniority", "about", "offers", "needs", "goals", "interests",
    "lived_experience", "lived_experience_wanted", "languages", "place", "country", "meeting_form", "availability", "style",
    "phone", "pronouns", "extra",
)  # fmt: skip
"""Columns of a profile that an import can fill, in the order changes are told."""

SETS = frozenset({"offers", "needs", "interests", "lived_experience", "lived_experience_wanted", "languages"})
ADDED_TO = frozenset({"style", "extra"})
"""Kept by name: an import adds and replaces entries, it removes none."""


@dataclass(slots=True)
class Known:
    """What is known about somebody before the import."""

    pk: int
    name: str
    email: str
    time_zone: str = ""
    signs_in: bool = False
    editable: bool = True
    profile: Mapping[str, Any] = field(default_factory=dict)
    places: dict[str, int] = field(default_factory=dict)
    left: frozenset[str] = frozenset()
    wishes: dict[str, list[str]] = field(default_factory=dict)
    apart: dict[str, list[str]] = field(default_factory=dict)


def of_profile(person: Mapping[str, Any], profile: Mapping[str, Any]) -> dict[str, Any]:
    """New values of the profile's columns that the row changes."""
    found: dict[str, Any] = {}
    for key in PROFILE:
        value = person.get(key)
        if value in (None, "", [], {}):
            continue
        before = profile.get(key)
        if key in ADDED_TO:
            value = {**(before or {}), **value}
        if value != before and not (key in SETS and set(value) == set(before or ())):
            found[key] = value
    return found


def of_person(person: Mapping[str, Any], known: Known) -> dict[str, str]:
    """New name and time zone; who signs in decides these for themselves."""
    if known.signs_in:
        return {}
    asked = {"name": person["name"], "time_zone": person.get("time_zone", "")}
    return {key: value for key, value in asked.items() if value and value != getattr(known, key)}


def capacity(person: Mapping[str, Any], role: str, roles: tuple[str, ...]) -> int | None:
    """Places that the row gives somebody in a role; a mentee's only where the row is about a mentee alone."""
    given: int | None = person.get("capacity")
    return given if role == "mentor" or roles == ("mentee",) else None


def words(
    person: Mapping[str, Any],
    roles: tuple[str, ...],
    known: Known,
    wishes: Mapping[str, list[str]],
    apart: Mapping[str, list[str]],
) -> list[str]:
    """What the row changes for somebody known, in words; empty when nothing."""
    told = []
    if known.editable:
        changed = [*of_person(person, known), *of_profile(person, known.profile)]
        told += [_label(key) for key in changed]
    for role in roles:
        if role not in known.places:
            told.append(f"joins as {role}")
            continue
        places = capacity(person, role, roles)
        if places is not None and places != known.places[role]:
            told.append(f"takes {places} instead of {known.places[role]}")
    for role in roles:
        told += _of_wishes(role, known, wishes, apart)
    return told


def _of_wishes(role: str, known: Known, wishes: Mapping[str, list[str]], apart: Mapping[str, list[str]]) -> list[str]:
    told = []
    kept_apart = {*known.apart.get(role, ()), *apart.get(role, ())}
    wanted = [email for email in wishes.get(role, ()) if email not in kept_apart]
    if role in wishes and wanted != known.wishes.get(role, []):
        told.append(f"{len(wanted)} wish" if len(wanted) == 1 else f"{len(wanted)} wishes")
    fresh = [email for email in apart.get(role, ()) if email not in known.apart.get(role, ())]
    if fresh:
        told.append(f"kept apart from {len(fresh)}")
    return told


def summary(person: Mapping[str, Any], roles: tuple[str, ...]) -> list[str]:
    """What was understood about somebody new, so that the coordinator can see whether it was read rightly."""
    told = [" and ".join(roles), ", ".join(person[key] for key in ("headline", "employer") if key in person)]
    told.append(", ".join(map(people_rules.language_name, person.get("languages", ()))))
    told.append(people_rules.country_name(person.get("country", "")))
    for key, one, many in COUNTED:
        if count := len(person.get(key, ())):
            told.append(f"{count} {one if count == 1 else many}")
    return [part for part in told if part]


COUNTED = (
    ("offers", "skill offered", "skills offered"),
    ("needs", "skill to learn", "skills to learn"),
    ("availability", "free hour", "free hours"),
    ("prefers", "wish", "wishes"),
)


def _label(key: str) -> str:
    label = {"name": "name", "extra": "further answers"}.get(key) or fields.BY_KEY[key].label
    return label[:1].lower() + label[1:]
