"""Invented people, made from a seed: the same seed gives the same people everywhere."""

from __future__ import annotations

import random
import unicodedata
from dataclasses import dataclass, field
from typing import Any

from ithaca.demo import vocabulary
from ithaca.demo.places import PLACES, Place

MORNING, MIDDAY, EVENING = range(8, 10), range(12, 14), range(17, 20)


@dataclass(frozen=True)
class Invented:
    """One person: what `people.Person`, `people.Profile` and an enrolment are made of."""

    name: str
    email: str
    time_zone: str
    side: str
    capacity: int
    profile: dict[str, Any] = field(default_factory=dict)


def invent(mentors: int, mentees: int, seed: int, taken: set[str] | None = None) -> list[Invented]:
    """`mentors` + `mentees` people whose addresses are not in `taken` (which is extended)."""
    chance = random.Random(seed)
    taken = set() if taken is None else taken
    sides = ["mentor"] * mentors + ["mentee"] * mentees
    return [_person(chance, side, taken) for side in sides]


def _person(chance: random.Random, side: str, taken: set[str]) -> Invented:
    place = chance.choices(PLACES, [place.share for place in PLACES])[0]
    name, email = _name(chance, place, taken)
    seniority = chance.choices(range(3, 11), [4, 8, 12, 14, 12, 8, 4, 2])[0] if side == "mentor" else chance.choices(
        range(7), [10, 14, 14, 10, 6, 3, 1]
    )[0]  # fmt: skip
    discipline = chance.choice(list(vocabulary.FIELDS))
    profile = {
        "headline": vocabulary.LEVELS[seniority],
        "employer": chance.choice(vocabulary.EMPLOYERS),
        "department": discipline,
        "seniority": seniority,
        "languages": _languages(chance, place),
        "place": place.town,
        "country": place.country,
        "meeting_form": chance.choices(["video", "either", "in_person"], [5, 5, 1])[0],
        "availability": _hours(chance, side),
        "interests": sorted(chance.sample(vocabulary.INTERESTS, chance.randint(1, 4))),
        "style": {scale: chance.randint(1, 5) for scale in vocabulary.STYLES} if chance.random() < 0.8 else {},
        **(_offer(chance, discipline) if side == "mentor" else _ask(chance, discipline)),
    }
    capacity = chance.choices([1, 2, 3], [6, 3, 1])[0] if side == "mentor" else 1
    return Invented(name, email, place.time_zone, side, capacity, profile)


def _name(chance: random.Random, place: Place, taken: set[str]) -> tuple[str, str]:
    given, family = chance.choice(place.given), chance.choice(place.family)
    name = f"{family} {given}" if place.country == "JP" else f"{given} {family}"
    latin = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
    stem = ".".join("".join(letter for letter in part if letter.isalpha()) for part in latin.lower().split())
    stem = stem if len(stem) > 3 else f"member{chance.randint(1000, 9999)}"
    email = f"{stem}@example.org"
    while email in taken:
        email = f"{stem}{chance.randint(2, 999)}@example.org"
    taken.add(email)
    return name, email


def _languages(chance: random.Random, place: Place) -> list[str]:
    spoken = set(place.languages)
    if chance.random() < 0.88:
        spoken.add("en")
    if chance.random() < 0.2:
        spoken.add(chance.choice(["es", "fr", "de", "pt"]))
    return sorted(spoken)


def _hours(chance: random.Random, side: str) -> list[int]:
    """Free hours of the local week; mentees are freer than mentors."""
    hours: set[int] = set()
    for _ in range(chance.randint(2, 5) if side == "mentor" else chance.randint(5, 9)):
        part = chance.choice([MORNING, MIDDAY, EVENING, EVENING])
        hours.update(chance.randint(0, 4) * 24 + hour for hour in part)
    return sorted(hours)


def _offer(chance: random.Random, discipline: str) -> dict[str, Any]:
    special = chance.sample(vocabulary.FIELDS[discipline], chance.randint(2, 4))
    general = chance.sample(vocabulary.GENERAL, chance.randint(2, 5))
    return {
        "offers": special + general,
        "goals": chance.choice(vocabulary.OFFERS).format(skill=general[0].lower()),
        "about": f"Came to {discipline.lower()} {chance.randint(8, 25)} years ago and stayed.",
        "lived_experience": sorted(chance.sample(vocabulary.LIVED, chance.choices([0, 1, 2], [4, 4, 2])[0])),
    }


def _ask(chance: random.Random, discipline: str) -> dict[str, Any]:
    popular = vocabulary.GENERAL[:9]
    wants = chance.sample(popular, chance.randint(1, 3)) + chance.sample(
        vocabulary.FIELDS[discipline], chance.randint(1, 2)
    )
    asked = chance.sample(vocabulary.LIVED, 1) if chance.random() < 0.25 else []
    return {
        "needs": wants,
        "goals": chance.choice(vocabulary.HOPES).format(want=wants[0].lower()),
        "about": f"Trained in {discipline.lower()}; {chance.randint(2, 6)} years at work.",
        "lived_experience": sorted(chance.sample(vocabulary.LIVED, chance.choices([0, 1], [7, 3])[0])),
        "lived_experience_wanted": asked,
    }
