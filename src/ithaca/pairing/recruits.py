"""The recruiting brief: which further mentor would help most, then which next, each verified by solving again.

By linear programming duality one more mentor with one place is worth exactly max_j (worth of their pair with j - u_j),
where u are the highest prices of the mentees. So candidates (for every mentee the mentor who would be ideal for them)
are compared at once, and only the chosen ones are solved.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from ithaca.pairing import attributes, scoring
from ithaca.pairing.compiled import Compiled
from ithaca.pairing.criteria import encode
from ithaca.pairing.points import Array
from ithaca.pairing.problem import Problem
from ithaca.pairing.side import Side
from ithaca.pairing.solvers import assignment

MIRRORED = {
    "offers": "needs",
    "lived_experience": "lived_experience_wanted",
    "languages": "languages",
    "utc_offset": "utc_offset",
    "availability": "availability",
    "country": "country",
    "place": "place",
    "meeting_form": "meeting_form",
    "interests": "interests",
}
"""What a mentor ideal for a mentee has, and the mentee's attribute it answers. The rest stays blank: anybody will do."""
NEW = "\U0010ffff new mentor "
"""Beginning of the ids of candidates: after all others, so that nobody else changes places."""


@dataclass(frozen=True)
class Recruit:
    """One further mentor, and what the plan gains by them on top of those before."""

    words: str
    known: Mapping[str, Any]
    """Attributes as in attributes.py."""
    served: int
    """More mentees served."""
    points: int
    """More points in total; may be negative where more are served."""
    for_whom: str
    """The mentee they would be given."""


def brief(problem: Problem, most: int = 5) -> tuple[Recruit, ...]:
    """Up to `most` further mentors with one place each, the most helpful first; fewer where no more would help."""
    if not len(problem.mentees):
        return ()
    wider = replace(problem, mentors=_with_candidates(problem.mentors, problem.mentees))
    compiled = scoring.compiled(wider)
    scores = compiled.matrix()
    bonus = 2 * assignment.overriding(replace(compiled, mentor_capacity=np.maximum(compiled.mentor_capacity, 1)))
    found: list[Recruit] = []
    standing = assignment.stand(compiled, scores, bonus)
    before = _figures(standing.pairs, scores)
    while len(found) < most:
        chosen = _best(compiled, scores, standing.u, bonus, len(problem.mentors))
        if chosen < 0:
            break
        capacity = compiled.mentor_capacity.copy()
        capacity[chosen] += 1
        compiled = replace(compiled, mentor_capacity=capacity)
        standing = assignment.stand(compiled, scores, bonus)
        after = _figures(standing.pairs, scores)
        known = {
            key: problem.mentees.value(chosen - len(problem.mentors), mirrored) for key, mirrored in MIRRORED.items()
        }
        given = np.flatnonzero(standing.pairs[chosen])
        whom = problem.mentees.ids[int(given[0])] if len(given) else ""
        found.append(Recruit(_words(known), known, after[0] - before[0], after[1] - before[1], whom))
        before = after
    return tuple(found)


def most_wanted(recruits: Sequence[Recruit]) -> tuple[tuple[str, int], ...]:
    """Skills by the number of recruits who should bring them, most wanted first."""
    counts: dict[str, int] = {}
    for recruit in recruits:
        for skill in recruit.known["offers"]:
            counts[skill] = counts.get(skill, 0) + 1
    return tuple(sorted(counts.items(), key=lambda entry: (-entry[1], entry[0])))


def _with_candidates(mentors: Side, mentees: Side) -> Side:
    """The mentors, and after them one without a place for every mentee, ideal for that mentee."""
    width = len(str(len(mentees)))
    columns = {}
    for key in {*mentors.columns, *(key for key, mirrored in MIRRORED.items() if mirrored in mentees.columns)}:
        blanks = (attributes.BY_KEY[key].clean(None),) * len(mentees)
        answers = mentees.column(MIRRORED[key]) if key in MIRRORED else blanks
        columns[key] = (*mentors.column(key), *answers)
    ids = (*mentors.ids, *(f"{NEW}{number:0{width}}" for number in range(len(mentees))))
    return Side("mentor", ids, np.concatenate([mentors.capacity, np.zeros(len(mentees), np.int64)]), columns)


def _best(compiled: Compiled, scores: Array, u: Array, bonus: int, real: int) -> int:
    """The row of the candidate whose place would be worth most; -1 if none is worth anything."""
    extra = np.where(compiled.first, bonus + compiled.priority, 0)
    worth = np.where(scores[real:] >= 0, scores[real:] + extra[None, :], -1)
    worth[:, compiled.mentee_capacity == 0] = -1
    gain = (worth - u[None, :]).max(axis=1, initial=0)
    gain[compiled.mentor_capacity[real:] > 0] = 0
    return real + int(gain.argmax()) if gain.max(initial=0) > 0 else -1


def _figures(pairs: Array, scores: Array) -> tuple[int, int]:
    return int(pairs.any(axis=0).sum()), int(scores[pairs].sum())


def _words(known: Mapping[str, Any]) -> str:
    said = []
    if known["offers"]:
        said.append(f"offers {encode.listed(known['offers'], 5)}")
    if known["lived_experience"]:
        said.append(f"has lived experience of {encode.listed(known['lived_experience'])}")
    if known["languages"]:
        said.append(f"speaks {encode.listed(known['languages'])}")
    if known["utc_offset"] is not None:
        said.append(f"lives near UTC{known['utc_offset']:+g}")
    if known["place"] and known["meeting_form"].casefold().startswith("in"):
        said.append(f"can meet in {known['place']}")
    return f"A mentor who {', '.join(said)}" if said else "Any further mentor"
