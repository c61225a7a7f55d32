"""One solver on one size, in the Python it is installed in: prints seconds, peak memory, pairs and points as JSON.

    python matching_run.py ithaca|mentor-match|matching|scipy SIZE

Everybody starts from the same people; `matching` and SciPy get the ready points and are timed on solving alone.
"""

import json
import resource
import sys
import threading
import time

sys.path.append(sys.path.pop(0))  # a package called matching comes before the program beside this file
import matching_world as world


def ithaca(mentors: list, mentees: list) -> tuple[float, list]:
    from ithaca.pairing import proven
    from ithaca.pairing.compiled import Compiled, Part
    from ithaca.pairing.points import VETO
    from ithaca.pairing.primitives.same import Same
    from ithaca.pairing.primitives.table import Table

    start = time.perf_counter()
    organisations = numbered(mentors, mentees, "organisation")
    professions = numbered(mentors, mentees, "profession")
    points = [[max(world.ahead_points(a - b), -1) for b in range(10)] for a in range(10)]
    table = [[VETO if cell < 0 else cell for cell in row] for row in points]
    parts = (
        Part("grade", 40, (Table([m["grade"] for m in mentors], [m["grade"] for m in mentees], table, "not ahead"),)),
        Part("profession", 60, (Same(*professions, world.SAME_PROFESSION, 0),)),
        Part("organisation", 0, (Same(*organisations, VETO, 0, 0, "same organisation"),)),
    )
    compiled = Compiled(parts, [1] * len(mentors), [1] * len(mentees))
    ids = tuple(m["email"] for m in mentors), tuple(m["email"] for m in mentees)
    _, found = proven.best(compiled, ids, lambda fraction, words: None, lambda: False, False)
    assert found.gap == 0
    return time.perf_counter() - start, list(zip(found.mentor.tolist(), found.mentee.tolist(), strict=True))


def numbered(mentors: list, mentees: list, key: str) -> tuple[list[int], list[int]]:
    number = {value: at for at, value in enumerate(sorted({p[key] for p in [*mentors, *mentees]}), start=1)}
    return [number[p[key]] for p in mentors], [number[p[key]] for p in mentees]


def mentor_match(mentors: list, mentees: list) -> tuple[float, list]:
    from matching import process
    from matching.mentee import Mentee
    from matching.mentor import Mentor
    from matching.rules import rule

    class Ahead(rule.Rule):
        def apply(self, match: object) -> int:
            return world.ahead_points(match.mentor.grade - match.mentee.grade)

        def evaluate(self, match: object) -> bool:
            return True

    rules = [
        Ahead(),
        rule.Equivalent("profession", {True: world.SAME_PROFESSION, False: 0}),
        rule.Disqualify(lambda match: match.mentor.organisation == match.mentee.organisation),
        rule.Disqualify(lambda match: match.mentor.grade <= match.mentee.grade),
    ]
    people = [Mentor(**m) for m in mentors], [Mentee(**m) for m in mentees]
    start = time.perf_counter()
    process.process_data(*people, [rules])
    seconds = time.perf_counter() - start
    row = {m["email"]: at for at, m in enumerate(mentors)}
    return seconds, [(row[p.mentors[0].email], at) for at, p in enumerate(people[1]) if p.mentors]


def stable(mentors: list, mentees: list) -> tuple[float, list]:
    """Each side ranks the others by points; mentors are the hospitals, with one bed."""
    import warnings

    from matching.games import HospitalResident

    warnings.simplefilter("ignore")
    scores = [[world.score(mentor, mentee) for mentee in mentees] for mentor in mentors]
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


def scipy(mentors: list, mentees: list) -> tuple[float, list]:
    import numpy as np
    from scipy.optimize import linear_sum_assignment

    scores = np.array([[world.score(mentor, mentee) for mentee in mentees] for mentor in mentors])
    bonus = 100 * len(mentors)
    ready = np.where(scores >= 0, scores + bonus, 0).astype(np.float64)
    start = time.perf_counter()
    rows, columns = linear_sum_assignment(ready, maximize=True)
    seconds = time.perf_counter() - start
    return seconds, [(i, j) for i, j in zip(rows.tolist(), columns.tolist(), strict=True) if scores[i, j] >= 0]


SOLVERS = {"ithaca": ithaca, "mentor-match": mentor_match, "matching": stable, "scipy": scipy}


def main() -> None:
    """In a thread with a deep stack: `matching` copies its players recursively."""
    sys.setrecursionlimit(10**7)
    threading.stack_size(1 << 29)
    thread = threading.Thread(target=measure)
    thread.start()
    thread.join()


def measure() -> None:
    mentors, mentees = world.people(int(sys.argv[2]))
    seconds, pairs = SOLVERS[sys.argv[1]](mentors, mentees)
    scores = [world.score(mentors[i], mentees[j]) for i, j in pairs]
    assert min(scores, default=0) >= 0
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(json.dumps({"seconds": seconds, "megabytes": peak, "matched": len(pairs), "total": sum(scores)}))


if __name__ == "__main__":
    main()
