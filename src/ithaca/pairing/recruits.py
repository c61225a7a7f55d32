"""The recruiting brief: which further mentor would help most, then which next, each verified by solving again.

By linear programming duality one more mentor with one place is worth exactly max_j (worth of their pair with j - u_j),
where u are the highest prices of the mentees. So candidates (for every mentee the mentor who would be ideal for them)
are compared at once, and only the chosen ones are solved.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from ithaca.pairing import attributes, scoring, solve
from ithaca.pairing.compiled import Compiled
from ithaca.pairing.criteria import encode
from ithaca.pairing.problem import Problem, Weighted
from ithaca.pairing.side import Side
from ithaca.pairing.solvers import assignment
from ithaca.pairing.solvers.looks import Looks
from ithaca.pairing.solvers.optimum import Optimum, Solver
from ithaca.pairing.solvers.residual import Residual

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
"""What the last mentor's id is followed by in those of candidates: they come after all others, who keep their places."""
MOST_CELLS = 400_000_000
"""Pairs of candidates and mentees that are compared, at most."""
EXACT_CELLS = 50_000_000
"""Pairs up to which the highest prices are worked out; above, the solver's own prices say who is tried."""
TRIES = 8
"""Candidates that are solved for one recruit before all are compared anew; and as many after."""
BATCH = 32
DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
MOST_SPANS = 4
"""Spans of free hours that a recruit is described by."""
FIRST = 0.2
"""Share of the work that the plan without further mentors is told to be."""


@dataclass(frozen=True)
class Recruit:
    """One further mentor, and what the plan gains by them on top of those before."""

    words: str
    known: Mapping[str, Any]
    """Attributes as in attributes.py."""
    served: int
    """More mentees served."""
    points: int
    """More points in the highest total, also where the worst pair is raised first; may be negative where more are served."""
    for_whom: str
    """The mentee they would be given in the plan with the highest total."""


def brief(problem: Problem, most: int = 5, progress: solve.Progress | None = None) -> tuple[Recruit, ...]:
    """Up to `most` further mentors with one place each, the most helpful first; fewer where no more would help.

    Above MOST_CELLS pairs of candidates and mentees the candidates are ideal for those whom the plan serves least.
    `progress` is told before each candidate that is tried; what it raises ends the search.
    """
    tell = progress or (lambda fraction, words: None)
    tell(0.0, "the plan without further mentors")
    ideal = _whom_for(problem)
    if not len(ideal):
        return ()
    real = len(problem.mentors)
    mentors = _with_candidates(problem.mentors, problem.mentees, ideal)
    compiled = scoring.compiled(replace(problem, mentors=mentors, criteria=_as_now(problem)))
    bonus = 2 * assignment.overriding(replace(compiled, mentor_capacity=np.maximum(compiled.mentor_capacity, 1)))
    asked = _Asked(compiled, Solver(bonus), real)
    found: list[Recruit] = []
    while len(found) < most:
        before, number = asked.now, len(found) + 1

        def tried(candidates: int, number: int = number) -> None:
            share = (number - 1 + candidates / (2 * TRIES + 1)) / most
            tell(FIRST + (1 - FIRST) * share, f"mentor {number} of {most}, candidate {candidates + 1}")

        chosen = asked.add_most_helpful(tried)
        if chosen < 0:
            break
        mentee = ideal[chosen - real]
        known = {key: problem.mentees.value(mentee, mirrored) for key, mirrored in MIRRORED.items()}
        given = np.setdiff1d(asked.now.mentee[asked.now.mentor == chosen], before.mentee[before.mentor == chosen])
        whom = problem.mentees.ids[int(given[0])] if len(given) else ""
        served, points = (one - other for one, other in zip(_figures(asked.now), _figures(before), strict=True))
        found.append(Recruit(_words(known), known, served, points, whom))
    return tuple(found)


def most_wanted(recruits: Sequence[Recruit]) -> tuple[tuple[str, int], ...]:
    """Skills by the number of recruits who should bring them, most wanted first."""
    counts: dict[str, int] = {}
    for recruit in recruits:
        for skill in recruit.known["offers"]:
            counts[skill] = counts.get(skill, 0) + 1
    return tuple(sorted(counts.items(), key=lambda entry: (-entry[1], entry[0])))


def _whom_for(problem: Problem) -> list[int]:
    """Mentees whose ideal mentors are candidates, in order; of those with the same answers only the first."""
    side = problem.mentees
    first: dict[tuple[Any, ...], int] = {}
    answers = zip(*(side.column(mirrored) for mirrored in MIRRORED.values()), strict=True)
    for row, said in enumerate(answers):
        if side.capacity[row]:
            first.setdefault(said, row)
    rows, most = list(first.values()), MOST_CELLS // max(1, len(side))
    if len(rows) <= most:
        return rows
    points = {pair.mentee: pair.points for pair in solve.solve(problem).pairs}
    return sorted(sorted(rows, key=lambda row: (points.get(side.ids[row], -1), row))[:most])


def _as_now(problem: Problem) -> tuple[Weighted, ...]:
    """The criteria, without a weight for those that only candidates would bring to work: what they are ideal in would count
    for everybody else as well, and nobody's points would be those of the plan."""
    used = {weighted.key for weighted in scoring.at_work(problem)}
    return tuple(one if one.key in used else replace(one, weight=0) for one in problem.criteria)


def _with_candidates(mentors: Side, mentees: Side, ideal: Sequence[int]) -> Side:
    """The mentors, and after them one without a place for each of these mentees, ideal for them."""
    after, width = "".join(mentors.ids[-1:]) + NEW, len(str(len(ideal)))
    columns = {}
    for key in {*mentors.columns, *(key for key, mirrored in MIRRORED.items() if mirrored in mentees.columns)}:
        if key in MIRRORED:
            answers = mentees.column(MIRRORED[key])
            more = tuple(answers[row] for row in ideal)
        else:
            more = (attributes.BY_KEY[key].clean(None),) * len(ideal)
        columns[key] = (*mentors.column(key), *more)
    ids = (*mentors.ids, *(f"{after}{number:0{width}}" for number in range(len(ideal))))
    return Side("mentor", ids, np.concatenate([mentors.capacity, np.zeros(len(ideal), np.int64)]), columns)


class _Asked:
    """The best plan so far, and for every candidate the most that a place of theirs could be worth."""

    def __init__(self, compiled: Compiled, solver: Solver, real: int) -> None:
        self.solver, self.real = solver, real
        self.now = solver.best(compiled)
        self.looks = Looks(compiled)
        self.exact = compiled.shape[0] * compiled.shape[1] <= EXACT_CELLS
        self.most = np.full(compiled.shape[0], np.iinfo(np.int64).max)
        self.most[:real] = 0
        self._compare()

    def _compare(self) -> None:
        """Bound what each candidate is worth by the prices of now; by the highest prices the bound is exact."""
        need = Residual(self.now, self.looks).highest() if self.exact else self.now.u
        wanted, need = self.now.problem.mentee_capacity > 0, need - self.now.extra
        for start in range(self.real, len(self.most), BATCH):
            rows = np.arange(start, min(start + BATCH, len(self.most)))
            scores = self.looks.of_mentors(rows)
            gain = np.where((scores >= 0) & wanted, scores - need, 0).max(axis=1, initial=0)
            self.most[rows] = np.minimum(self.most[rows], gain)

    def add_most_helpful(self, tell: Callable[[int], None]) -> int:
        """Give one more place to the candidate whose place is worth most, by solving again; -1 if none is worth anything.

        The more mentors there are, the less one more is worth: what was true before bounds what is true now, so few
        have to be tried. `tell` is told how many were, before each.
        """
        tried: dict[int, Optimum] = {}
        while True:
            if len(tried) == (1 if self.looks.is_ready else TRIES) and self.exact:
                self._compare()
            chosen = int(self.most.argmax())
            if len(tried) >= 2 * TRIES:
                chosen = max(tried, key=lambda row: self.most[row])
            if self.most[chosen] <= 0:
                return -1
            if chosen in tried:
                self.now = tried[chosen]
                return chosen
            tell(len(tried))
            capacity = self.now.problem.mentor_capacity.copy()
            capacity[chosen] += 1
            tried[chosen] = self.solver.best(replace(self.now.problem, mentor_capacity=capacity))
            self.most[chosen] = self._worth(tried[chosen]) - self._worth(self.now)

    def _worth(self, found: Optimum) -> int:
        served, points = _figures(found)
        return points + served * self.solver.bonus + int(found.problem.priority[found.served].sum())


def _figures(found: Optimum) -> tuple[int, int]:
    """(mentees served who have nobody by hand, points)."""
    return len(found.served), int(found.problem.at(found.mentor, found.mentee).sum())


def _words(known: Mapping[str, Any]) -> str:
    said = []
    if known["offers"]:
        said.append(f"offers {encode.listed(known['offers'], 5)}")
    if known["lived_experience"]:
        said.append(f"has lived experience of {encode.listed(known['lived_experience'])}")
    if known["languages"]:
        said.append(f"speaks {encode.listed(known['languages'])}")
    if known["utc_offset"] is not None:
        said.append(f"lives near {_zone(known['utc_offset'])}")
    if known["availability"]:
        said.append(f"is free {_hours(known['availability'])}")
    if known["place"] and known["meeting_form"].casefold().startswith("in"):
        said.append(f"can meet in {known['place']}")
    return f"A mentor who {', '.join(said)}" if said else "Any further mentor"


def _hours(hours: Sequence[int]) -> str:
    """Hours of the week in UTC in words, the first few spans: "at one of these hours: Monday 18–20, Saturday 10–12 (UTC)"."""
    spans: list[list[int]] = []
    for hour in sorted(hours):
        if spans and spans[-1][1] == hour and hour % 24:
            spans[-1][1] += 1
        else:
            spans.append([hour, hour + 1])
    told = [f"{DAYS[start // 24]} {start % 24}–{(end - 1) % 24 + 1}" for start, end in spans[:MOST_SPANS]]
    more = " and at other hours" if len(spans) > MOST_SPANS else ""
    return f"at one of these hours: {', '.join(told)}{more} (UTC)"


def _zone(offset: float) -> str:
    """Hours from UTC as people write them: "UTC+5:30"."""
    hours, minutes = divmod(round(abs(offset) * 60), 60)
    told = f"{hours}:{minutes:02}" if minutes else str(hours)
    return f"UTC{'+' if offset > 0 else '-'}{told}" if offset else "UTC"
