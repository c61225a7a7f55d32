"""Believable rows of people for the engine's tests, from a seed."""

import random
from typing import Any

from ithaca.pairing.problem import Problem
from ithaca.pairing.side import Side, from_table

SKILLS = [f"skill {k}" for k in range(40)]
HOBBIES = [f"hobby {k}" for k in range(20)]
WORDS = "leadership budgets careers change speaking teams strategy data research writing parenthood promotion".split()


def rows(role: str, number: int, seed: int, capacity: tuple[int, ...] = (1,)) -> list[dict[str, Any]]:
    """People with every attribute, some of them blank."""
    chance = random.Random(f"{role} {seed}")

    def some(items: list[str], *sizes: int) -> list[str]:
        return chance.sample(items, chance.choice(sizes))

    out: list[dict[str, Any]] = []
    for k in range(number):
        row: dict[str, Any] = {
            "id": f"{role} {k:04}",
            "capacity": chance.choice(capacity),
            "languages": some(["English", "French", "German"], 0, 1, 1, 2),
            "interests": some(HOBBIES, 0, 2, 4),
            "country": chance.choice(["Ghana", "Peru", "NO", ""]),
            "place": chance.choice(["Accra", "Lima", "Oslo", ""]),
            "meeting_form": chance.choice(["online", "either", "in person", ""]),
            "utc_offset": chance.choice([None, -5, 0, 1, 5.5]),
            "availability": chance.sample(range(60, 90), chance.choice([0, 5, 12])),
            "seniority": chance.choice([None, 4, 5, 7]) if role == "mentor" else chance.choice([None, 1, 2, 4]),
            "department": chance.choice(["", "A", "B"]),
            "employer": chance.choice(["", "North", "South"]),
            "style": {trait: chance.randint(1, 5) for trait in some(["pace", "warmth", "detail"], 0, 2, 3)},
            "goals": " ".join(some(WORDS, 0, 3, 6)),
        }
        other = "mentee" if role == "mentor" else "mentor"
        row["prefers"] = [f"{other} {chance.randrange(number):04}" for _ in range(chance.choice([0, 0, 2, 4]))]
        row["avoids"] = [f"{other} {chance.randrange(number):04}" for _ in range(chance.choice([0, 0, 1]))]
        if role == "mentor":
            row |= {"offers": some(SKILLS, 0, 3, 8), "lived_experience": some(["a", "b", "c"], 0, 1, 2)}
        else:
            row |= {"needs": some(SKILLS, 0, 1, 5), "lived_experience_wanted": some(["a", "b", "c"], 0, 0, 1)}
            row |= {"earlier": [f"mentor {chance.randrange(number):04}"] if chance.random() < 0.2 else []}
        out.append(row)
    return out


def side(role: Any, number: int, seed: int = 0, capacity: tuple[int, ...] = (1,)) -> Side:
    return from_table(role, rows(role, number, seed, capacity))


def problem(mentors: int, mentees: int, seed: int = 0, **more: Any) -> Problem:
    """A problem with the default criteria."""
    capacity = more.pop("capacity", (1, 1, 2)), more.pop("wanted", (1,))
    return Problem(side("mentor", mentors, seed, capacity[0]), side("mentee", mentees, seed, capacity[1]), **more)
