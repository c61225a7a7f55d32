"""A problem is solved and its answer checked by the part of the engine that does not trust the solver."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

import ithaca
from ithaca.matching.bridge.problems import Asked
from ithaca.matching.rules.board import Pair
from ithaca.pairing import both_roles, check, scoring
from ithaca.pairing.compiled import Stopped as Stopped
from ithaca.pairing.plan import Plan
from ithaca.pairing.problem import Problem

ENGINE = ithaca.__version__
Tell = Callable[[float, str], None]
"""Told how far the work is (0 to 1) and what comes now. What it raises ends the work."""
SOLVED = 0.5
"""Share of a run that solving is told to be; the rest is the check."""
CHECKING = "checking plan and proof"


@dataclass(frozen=True)
class Answer:
    """What a run found, in plain values for `models.Result`."""

    mentors: int
    mentees: int
    places: int
    served: int
    total: int
    worst: int
    gap: int
    proven: bool
    digest: str
    plan: dict[str, Any]
    kept_apart: tuple[Pair, ...] = ()
    """Pairs that were forbidden on the way, since two people would have mentored each other."""


@dataclass(frozen=True)
class Judged:
    """One pair as the engine sees it: its points (of 10,000) and, in words, the hard rules it breaks."""

    mentor: str
    mentee: str
    score: int
    broken: tuple[str, ...]

    def plain(self) -> dict[str, Any]:
        return {"mentor": self.mentor, "mentee": self.mentee, "score": self.score, "broken": list(self.broken)}


def answer(problem: Problem, progress: Tell, should_stop: Callable[[], bool]) -> Answer:
    """Solve so that no two people mentor each other, then check plan and proof. Raises Stopped when `should_stop` says so."""
    asked, plan = both_roles.one_way(problem, part(progress, 0, SOLVED), should_stop)
    found = answer_of(asked, plan, problem, part(progress, SOLVED, 1, CHECKING), should_stop)
    progress(1.0, "done")
    return keeping_apart(found, asked, problem)


def keeping_apart(found: Answer, answered: Problem, problem: Problem) -> Answer:
    """The answer with the pairs that the problem it answers forbids beyond `problem`, which was asked."""
    return replace(found, kept_apart=tuple(sorted(answered.constraints.forbidden - problem.constraints.forbidden)))


def part(tell: Tell, start: float, end: float, words: str = "") -> Tell:
    """Tells of a part of the work as of the whole: only what is new, by words or by a whole per cent.

    words  instead of those that the part uses; what a part calls its end is not the end
    """
    last: tuple[int, str] = -1, ""

    def told(fraction: float, said: str) -> None:
        nonlocal last
        now = int(100 * (start + (end - start) * fraction)), words or said
        if now != last and (words or fraction < 1):
            last = now
            tell(start + (end - start) * fraction, now[1])

    return told


def answer_of(
    problem: Problem,
    plan: Plan,
    places: Problem,
    progress: Tell | None = None,
    should_stop: Callable[[], bool] | None = None,
) -> Answer:
    """A plan of `problem`, judged. `places`: the problem whose places the board counts with.

    The judge looks at every pair: in a large matching that takes as long as solving, so it tells and can be stopped.
    """
    verdict = check.check(problem, plan, None, progress, should_stop)
    return Answer(
        mentors=len(problem.mentors),
        mentees=len(problem.mentees),
        places=places.mentors.places,
        served=plan.served,
        total=plan.total,
        worst=plan.worst or 0,
        gap=verdict.gap or 0,
        proven=verdict.optimal,
        digest=problem.digest,
        plan=plan.to_dict() | {"places": _places(places)},
    )


def _places(problem: Problem) -> dict[str, dict[str, int]]:
    """How many partners each may have, by code, for `mentors` and `mentees`."""
    sides = {"mentors": problem.mentors, "mentees": problem.mentees}
    return {name: dict(zip(side.ids, side.capacity.tolist(), strict=True)) for name, side in sides.items()}


def judge(asked: Asked, pairs: Sequence[Pair]) -> list[Judged]:
    """What the engine says to these pairs. Who was not in the run's picture earns nothing and breaks no rule."""
    mentors, mentees = asked.problem.mentors.position, asked.problem.mentees.position
    known = [(a, b) for a, b in pairs if a in mentors and b in mentees]
    rows = np.array([mentors[a] for a, _ in known], np.int64)
    columns = np.array([mentees[b] for _, b in known], np.int64)
    points = scoring.parts_at(asked.compiled, rows, columns).sum(axis=0).tolist()
    excluded = scoring.excluded_at(asked.compiled, rows, columns)
    by_hand = {scoring.HELD, scoring.FORBIDDEN}
    found = {
        pair: Judged(*pair, score, tuple(reason for reason in reasons if reason not in by_hand))
        for pair, score, reasons in zip(known, points, excluded, strict=True)
    }
    return [found.get(pair) or Judged(*pair, 0, ()) for pair in pairs]
