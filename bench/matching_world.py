"""Three worlds in the shape of mentor-match's own data, from a seed; standard library only.

`sample`: the randomised sample of the service that its author runs with it (sample_data/large of jonodrew/mentor-match): nine grades a
side, mentors two above mentees, and every department, profession and identity as frequent as any other.

`service`: the same columns, with frequencies as people have them: few at the top, and a long tail of departments and professions.

Both go by the rules of that service: 10 points for one grade ahead, 7 for two, 8 for the profession aimed at, 4 for the identity asked
for, and points for everyone still without anybody, 6 of them by its own default in `sample`, 1 in `service`. Other grades, and the same
department, are excluded.

`ladder`: three columns only (grade, profession, organisation), so that thousands of pairs are worth exactly the same.

A score of -1 excludes. Both sides are lists of plain rows.
"""

import random

Person = dict[str, "str | int"]
People = tuple[list[Person], list[Person]]
PROFESSIONS = [f"profession {k}" for k in range(12)]
ORGANISATIONS = [f"organisation {k}" for k in range(30)]
IDENTITIES = [f"identity {k}" for k in range(8)]
SAME_PROFESSION = 60
AIMED_AT, IDENTITY = 8, 4
STILL_WITHOUT = {"sample": 6, "service": 1}
MENTOR_GRADES = [0, 0, 6, 10, 14, 26, 22, 14, 5, 2, 1]
MENTEE_GRADES = [4, 8, 16, 20, 18, 20, 10, 4, 0, 0, 0]


def people(world: str, size: int, seed: int = 1) -> People:
    """(mentors, mentees), `size` of each."""
    chance = random.Random(f"{size} {seed}")
    person = {"ladder": on_the_ladder, "service": in_the_service, "sample": in_the_sample}[world]
    mentors, mentees = ([person(chance, role, number) for number in range(size)] for role in ("mentor", "mentee"))
    return mentors, mentees


def score(world: str, mentor: Person, mentee: Person) -> int:
    """Points of one pair; -1 excludes."""
    ahead = int(mentor["grade"]) - int(mentee["grade"])
    points = (ahead_points if world == "ladder" else service_points)(ahead)
    if points < 0 or mentor["organisation"] == mentee["organisation"]:
        return -1
    same = mentor["profession"] == mentee["profession"]
    if world == "ladder":
        return points + SAME_PROFESSION * same
    asked_for = mentee["identity"] in str(mentor["identities"]).split(", ") and mentee["identity"] != ""
    return points + AIMED_AT * same + IDENTITY * asked_for + STILL_WITHOUT[world]


def ahead_points(ahead: int) -> int:
    """On the ladder, points for being that many grades ahead; -1 excludes."""
    if ahead < 1:
        return -1
    return {1: 25, 2: 40, 3: 25}.get(ahead, 10)


def service_points(ahead: int) -> int:
    """In the service, points for being that many grades ahead; -1 excludes."""
    return {1: 10, 2: 7}.get(ahead, -1)


def on_the_ladder(chance: random.Random, role: str, number: int) -> Person:
    weights = [1 / (k + 1) for k in range(len(PROFESSIONS))]
    return {
        "email": f"{role}{number:05}@example.org",
        "grade": chance.choice(range(3, 10) if role == "mentor" else range(6)),
        "profession": chance.choices(PROFESSIONS, weights)[0],
        "organisation": chance.choice(ORGANISATIONS),
    }


def in_the_service(chance: random.Random, role: str, number: int) -> Person:
    """A mentee's profession is the one aimed at."""
    long_tail = [1 / (k + 1) for k in range(30)]
    found: Person = {
        "email": f"{role}{number:05}@example.org",
        "grade": chance.choices(range(11), MENTOR_GRADES if role == "mentor" else MENTEE_GRADES)[0],
        "profession": chance.choices(PROFESSIONS, long_tail[: len(PROFESSIONS)])[0],
        "organisation": chance.choices(ORGANISATIONS, long_tail)[0],
    }
    if role == "mentor":
        return found | {"identities": ", ".join(chance.sample(IDENTITIES, chance.choice([0, 0, 1, 2])))}
    return found | {"identity": chance.choice(IDENTITIES) if chance.random() < 0.4 else ""}


def in_the_sample(chance: random.Random, role: str, number: int) -> Person:
    found: Person = {
        "email": f"{role}{number:05}@example.org",
        "grade": chance.randrange(2, 11) if role == "mentor" else chance.randrange(9),
        "profession": chance.choice(PROFESSIONS[:5]),
        "organisation": chance.choice(ORGANISATIONS[:6]),
    }
    if role == "mentor":
        return found | {"identities": ", ".join(chance.sample(IDENTITIES[:6], chance.choice([0, 0, 0, 1, 2, 3])))}
    return found | {"identity": chance.choice([*IDENTITIES[:6], ""])}
