"""One solver on one size, in the Python it is installed in: prints seconds, peak memory, pairs and points as JSON.

    python matching_run.py ithaca|points|mentor-match|mentor-match-pinned|matching|scipy sample|service|ladder SIZE

Everybody starts from the same people; `matching` and SciPy get the ready points and are timed on solving alone.
"""

from __future__ import annotations

import json
import resource
import sys
import threading
import time
from typing import TYPE_CHECKING

sys.path.append(sys.path.pop(0))  # a package called matching comes before the program beside this file
import matching_world

if TYPE_CHECKING:
    from ithaca.pairing.compiled import Compiled


def ithaca(world: str, mentors: list, mentees: list, served_first: bool = True) -> tuple[float, list]:
    """From rows to the settled, proven plan; scoring is part of the time."""
    import_engine(world, len(mentees))
    from ithaca.pairing import proven

    start = time.perf_counter()
    problem = compiled(world, mentors, mentees, served_first)
    ids = tuple(m["email"] for m in mentors), tuple(m["email"] for m in mentees)
    _, found = proven.best(problem, ids, lambda fraction, words: None, lambda: False, False)
    assert found.gap == 0
    return time.perf_counter() - start, list(zip(found.mentor.tolist(), found.mentee.tolist(), strict=True))


def points_alone(world: str, mentors: list, mentees: list) -> tuple[float, list]:
    """As mentor-match sees it: the highest total, however few are served."""
    return ithaca(world, mentors, mentees, False)


def import_engine(world: str, size: int) -> None:
    """What a process does once is not part of the time: other people are matched first."""
    from ithaca.pairing import proven

    mentors, mentees = matching_world.people(world, size, seed=2)
    ids = tuple(m["email"] for m in mentors), tuple(m["email"] for m in mentees)
    proven.best(compiled(world, mentors, mentees), ids, lambda fraction, words: None, lambda: False, False)


def compiled(world: str, mentors: list, mentees: list, served_first: bool = True) -> Compiled:
    """The world's points as primitives."""
    import numpy as np

    from ithaca.pairing.compiled import Compiled, Part
    from ithaca.pairing.points import VETO
    from ithaca.pairing.primitives.overlap import Overlap
    from ithaca.pairing.primitives.same import Same
    from ithaca.pairing.primitives.table import Table

    by_ahead = matching_world.ahead_points if world == "ladder" else matching_world.service_points
    points = [[by_ahead(a - b) for b in range(11)] for a in range(11)]
    table = [[VETO if cell < 0 else cell for cell in row] for row in points]
    same = matching_world.SAME_PROFESSION if world == "ladder" else matching_world.AIMED_AT
    grades = [m["grade"] for m in mentors], [m["grade"] for m in mentees]
    parts = [
        Part("grade", 40, (Table(*grades, table, "not ahead"),)),
        Part("profession", same, (Same(*numbered(mentors, mentees, "profession"), same, 0),)),
        Part("organisation", 0, (Same(*numbered(mentors, mentees, "organisation"), VETO, 0, 0, "same organisation"),)),
    ]
    if world != "ladder":
        bit = {name: 1 << at for at, name in enumerate(matching_world.IDENTITIES)} | {"": 0}
        offered = [[sum(bit[name] for name in m["identities"].split(", "))] for m in mentors]
        wanted = [[bit[m["identity"]]] for m in mentees]
        still = matching_world.STILL_WITHOUT[world]
        worth = [[still, still], [still, still + matching_world.IDENTITY]]
        parts.append(Part("identity", 5, (Overlap(np.array(offered), np.array(wanted), worth),)))
    first = [served_first] * len(mentees)
    return Compiled(tuple(parts), [1] * len(mentors), [1] * len(mentees), first)


def numbered(mentors: list, mentees: list, key: str) -> tuple[list[int], list[int]]:
    number = {value: at for at, value in enumerate(sorted({p[key] for p in [*mentors, *mentees]}), start=1)}
    return [number[p[key]] for p in mentors], [number[p[key]] for p in mentees]


def mentor_match(world: str, mentors: list, mentees: list) -> tuple[float, list]:
    import operator

    from matching import process
    from matching.mentee import Mentee
    from matching.mentor import Mentor
    from matching.rules import rule

    class Ahead(rule.Rule):
        def apply(self, match: object) -> int:
            return matching_world.ahead_points(match.mentor.grade - match.mentee.grade)

        def evaluate(self, match: object) -> bool:
            return True

    class Offering(Mentor):
        def __init__(self, **row: object) -> None:
            super().__init__(**row)
            self.identities = row.get("identities", "").split(", ")

    class Asking(Mentee):
        def __init__(self, **row: object) -> None:
            super().__init__(**row)
            self.identity = row.get("identity", "")

    apart = rule.Disqualify(lambda match: match.mentor.organisation == match.mentee.organisation)
    ladder = [
        Ahead(),
        rule.Equivalent("profession", {True: matching_world.SAME_PROFESSION, False: 0}),
        apart,
        rule.Disqualify(lambda match: match.mentor.grade <= match.mentee.grade),
    ]
    service = [
        apart,
        rule.Disqualify(rule.Grade(2, operator.gt).evaluate),
        rule.Disqualify(rule.Grade(0, operator.le).evaluate),
        rule.Grade(1, operator.eq, {True: 10, False: 0}),
        rule.Grade(2, operator.eq, {True: 7, False: 0}),
        rule.Equivalent("profession", {True: matching_world.AIMED_AT, False: 0}),
        rule.Generic(
            {True: matching_world.IDENTITY, False: 0},
            lambda match: match.mentee.identity in match.mentor.identities and match.mentee.identity != "",
        ),
        rule.UnmatchedBonus(matching_world.STILL_WITHOUT.get(world, 0)),
    ]
    people = [Offering(**m) for m in mentors], [Asking(**m) for m in mentees]
    start = time.perf_counter()
    process.process_data(*people, [ladder if world == "ladder" else service])
    seconds = time.perf_counter() - start
    row = {m["email"]: at for at, m in enumerate(mentors)}
    return seconds, [(row[p.mentors[0].email], at) for at, p in enumerate(people[1]) if p.mentors]


def stable(world: str, mentors: list, mentees: list) -> tuple[float, list]:
    """Each side ranks the others by points; mentors are the hospitals, with one bed."""
    import warnings

    from matching.games import HospitalResident

    warnings.simplefilter("ignore")
    scores = [[matching_world.score(world, mentor, mentee) for mentee in mentees] for mentor in mentors]
    size = range(len(mentors))
    residents = {
        f"n{j}": [f"m{i}" for i in sorted(size, key=lambda i: -scores[i][j]) if scores[i][j] >= 0] for j in size
    }
    hospitals = {
        f"m{i}": [f"n{j}" for j in sorted(size, key=lambda j: -scores[i][j]) if scores[i][j] >= 0] for i in size
    }
    residents = {name: wants for name, wants in residents.items() if wants}
    hospitals = {name: wants for name, wants in hospitals.items() if wants}
    start = time.perf_counter()
    game = HospitalResident.create_from_dictionaries(residents, hospitals, dict.fromkeys(hospitals, 1))
    solved = game.solve()
    seconds = time.perf_counter() - start
    return seconds, [(int(h.name[1:]), int(r.name[1:])) for h, found in solved.items() for r in found]


def scipy(world: str, mentors: list, mentees: list) -> tuple[float, list]:
    import numpy as np
    from scipy.optimize import linear_sum_assignment

    scores = np.array([[matching_world.score(world, mentor, mentee) for mentee in mentees] for mentor in mentors])
    bonus = 100 * len(mentors)
    ready = np.where(scores >= 0, scores + bonus, 0).astype(np.float64)
    start = time.perf_counter()
    rows, columns = linear_sum_assignment(ready, maximize=True)
    seconds = time.perf_counter() - start
    return seconds, [(i, j) for i, j in zip(rows.tolist(), columns.tolist(), strict=True) if scores[i, j] >= 0]


SOLVERS = {
    "ithaca": ithaca,
    "points": points_alone,
    "mentor-match": mentor_match,
    "mentor-match-pinned": mentor_match,
    "matching": stable,
    "scipy": scipy,
}


def main() -> None:
    """In a thread with a deep stack: `matching` copies its players recursively."""
    sys.setrecursionlimit(10**7)
    threading.stack_size(1 << 29)
    thread = threading.Thread(target=measure)
    thread.start()
    thread.join()


def measure() -> None:
    world, size = sys.argv[2], int(sys.argv[3])
    mentors, mentees = matching_world.people(world, size)
    seconds, pairs = SOLVERS[sys.argv[1]](world, mentors, mentees)
    scores = [matching_world.score(world, mentors[i], mentees[j]) for i, j in pairs]
    assert min(scores, default=0) >= 0
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(json.dumps({"seconds": seconds, "megabytes": peak, "matched": len(pairs), "total": sum(scores)}))


if __name__ == "__main__":
    main()
