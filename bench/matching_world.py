"""People in the shape of mentor-match's own sample (grade, profession, organisation), from a seed; standard library only.

Points of a pair: 60 for the same profession; 40 for two grades ahead, 25 for one or three, 10 for more. A mentor who is not
ahead, or of the same organisation, is excluded.
"""

import random

PROFESSIONS = [f"profession {k}" for k in range(12)]
ORGANISATIONS = [f"organisation {k}" for k in range(30)]
SAME_PROFESSION = 60


def people(size: int, seed: int = 1) -> tuple[list[dict[str, str | int]], list[dict[str, str | int]]]:
    """(mentors, mentees), `size` of each."""
    chance = random.Random(f"{size} {seed}")
    weights = [1 / (k + 1) for k in range(len(PROFESSIONS))]

    def person(role: str, number: int, grades: range) -> dict[str, str | int]:
        return {
            "email": f"{role}{number:05}@example.org",
            "grade": chance.choice(grades),
            "profession": chance.choices(PROFESSIONS, weights)[0],
            "organisation": chance.choice(ORGANISATIONS),
        }

    return (
        [person("mentor", number, range(3, 10)) for number in range(size)],
        [person("mentee", number, range(6)) for number in range(size)],
    )


def ahead_points(ahead: int) -> int:
    """Points for being that many grades ahead; -1 excludes."""
    if ahead < 1:
        return -1
    return {1: 25, 2: 40, 3: 25}.get(ahead, 10)


def score(mentor: dict, mentee: dict) -> int:
    """Points of one pair; -1 excludes."""
    points = ahead_points(mentor["grade"] - mentee["grade"])
    if points < 0 or mentor["organisation"] == mentee["organisation"]:
        return -1
    return points + (SAME_PROFESSION if mentor["profession"] == mentee["profession"] else 0)
