"""The priced-out exact solver: a proven optimum without ever building the matrix.

1. Solve a random eighth of the problem (recursively) and carry its prices to everyone: each person's best partners at
   these prices are the first pairs known.
2. Solve the known pairs exactly.
3. Look at all other pairs by an exact scan for those that the prices do not exclude.
4. Add them and repeat; when there are none, the prices prove the plan.

Source of the scheme: column generation, i.e. G. B. Dantzig and P. Wolfe, "Decomposition principle for linear programs",
Operations Research 8 (1960), on the assignment problem's dual.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from ithaca.pairing import tiles
from ithaca.pairing.compiled import Compiled, Solution, Stopped, TooSoon, stopped
from ithaca.pairing.solvers.priced import again
from ithaca.pairing.solvers.priced import bonus as bonuses
from ithaca.pairing.solvers.priced.again import Change, Memory
from ithaca.pairing.solvers.priced.candidates import all_pairs, from_sample
from ithaca.pairing.solvers.priced.flat import Array, Instance, flatten
from ithaca.pairing.solvers.priced.level import Level, Means
from ithaca.pairing.solvers.priced.rounds import Proof, improve
from ithaca.pairing.solvers.priced.sparse import Int64, Seating

RATIO = 8  # people to one of the sample
SAMPLE = 25_000  # mentees that are enough of a sample for any number
SMALL = 400  # up to this many people on the smaller side every pair is known from the beginning
MOST_KNOWN = 10_000_000  # pairs: each takes 55 bytes
SAMPLE_GAP = 0.002

Progress = Callable[[float, str], None]
ShouldStop = Callable[[], bool]


def solve(
    problem: Compiled,
    *,
    seed: int = 0,
    threads: int | None = None,
    progress: Progress | None = None,
    should_stop: ShouldStop | None = None,
    good_enough: float = 0.0,
    too_soon: TooSoon | None = None,
) -> Solution:
    """The best plan with its proof; if `should_stop` says so, the best so far with its proven gap.

    `good_enough`: share of its points that a plan's gap may have, for sizes where the last per cent would take an hour.
    Most are served all the same, those who waited longer first. The answer depends on the problem and the seed alone, not
    on threads. Raises Stopped if there is no plan to give yet (see compiled.TooSoon), and ProblemError (in words) where all
    places are too many to be listed.
    """
    found = _Found.of(problem)
    means = Means(threads or tiles.processors(), _pause(should_stop, found, too_soon), _tell(progress))
    return _solve(found, None, means, seed, good_enough)[0]


def solve_and_remember(
    problem: Compiled,
    change: Change | None = None,
    seed: int = 0,
    threads: int | None = None,
    progress: Progress | None = None,
    should_stop: ShouldStop | None = None,
    serve_most: bool = True,
) -> tuple[Solution, Memory | None]:
    """As `solve`, and what it takes to solve the problem again after a change in a fraction of the time.

    `change` is such a change since an earlier solution. `serve_most`: false where the problem's priorities already say all
    about who comes first. No memory is left of a plan that is not proven the best.
    """
    found = _Found.of(problem)
    means = Means(threads or tiles.processors(), _pause(should_stop, found), _tell(progress))
    solution, level = _solve(found, change, means, seed, 0.0, serve_most)
    if level is None:
        return solution, None
    try:
        again.make_ready(level)
    except Stopped:
        return solution, None
    return solution, Memory(level, found.mentors, found.mentees, problem.shape)


def _solve(
    found: _Found, change: Change | None, means: Means, seed: int, good_enough: float, serve_most: bool = True
) -> tuple[Solution, Level | None]:
    """The best plan, and the level that proves it."""
    problem, mentors, mentees = found.problem, found.mentors, found.mentees
    if not len(mentors) or not len(mentees):
        return found.nothing(), None
    try:
        level = None if change is None else again.resume(problem, means, change, mentors, mentees)
        if level is not None:
            bonus = bonuses.number(level)
            proof = improve(level, good_enough, 0, lambda *state: found.keep(*state, bonus), again.solve)
        else:
            instance = flatten(problem).part(mentors, mentees)
            level = start(instance, means, bonuses.of(instance, 0), np.random.default_rng(seed))
            proof = improve(level, good_enough, None, found.keep)
        level.duals.mentee[:] += proof.short
        if serve_most:
            bonuses.raise_until_proven(level, found.keep, good_enough)
    except Stopped:
        if found.pairs is None:
            raise
        return found.solution(), None
    return found.solution(), None if proof.short.any() else level


def start(instance: Instance, means: Means, bonus: Int64, rng: np.random.Generator) -> Level:
    """A level with its first candidates."""
    level = Level(instance, means, bonus)
    mentors, mentees = instance.shape
    ratio = max(RATIO, mentees // SAMPLE)
    if min(mentors, mentees) < ratio or (min(mentors, mentees) <= SMALL and mentors * mentees <= MOST_KNOWN):
        all_pairs(level)
        return level
    some_mentors = np.sort(rng.choice(mentors, mentors // ratio, replace=False))
    some_mentees = np.sort(rng.choice(mentees, mentees // ratio, replace=False))
    sample = start(instance.part(some_mentors, some_mentees), means, bonus[some_mentees], rng)
    improve(sample, SAMPLE_GAP, None)
    means.tell(f"a sample of {len(some_mentees):,} mentees is solved")
    from_sample(level, some_mentors, some_mentees, (sample.duals.mentor, sample.duals.mentee), ratio)
    return level


def _pause(should_stop: ShouldStop | None, found: _Found, too_soon: TooSoon | None = None) -> Callable[[], None]:
    def pause() -> None:
        if should_stop is not None:
            stopped(should_stop, too_soon if found.pairs is None else None)

    return pause


def _tell(progress: Progress | None) -> Callable[[str], None]:
    done = [0.0]

    def tell(words: str) -> None:
        done[0] += (1 - done[0]) / 8  # nobody knows how many rounds there will be
        if progress is not None:
            progress(done[0], words)

    return tell


@dataclass
class _Found:
    """The best plan and the best bound so far, in the numbers of the whole problem."""

    problem: Compiled
    mentors: Int64
    mentees: Int64
    pairs: tuple[Array, Array] | None = None
    worth: int = 0
    bound: int = 0
    prices: tuple[Array, Array] | None = None
    bonus: int = 0

    @classmethod
    def of(cls, problem: Compiled) -> _Found:
        """Nothing yet; only who has a place or a seat takes part."""
        return cls(
            problem, *(np.flatnonzero(count > 0) for count in (problem.mentor_capacity, problem.mentee_capacity))
        )

    def keep(self, level: Level, proof: Proof, worth: int, bonus: int = 0) -> None:
        """Keep this plan, this bound, or both, if they are better (or under another bonus)."""
        fresh = self.pairs is None or bonus != self.bonus
        if fresh or worth >= self.worth:
            self.pairs, self.worth = _pairs(level.seats), worth
        if fresh or proof.bound < self.bound:
            u = level.duals.mentee + level.bonus + proof.short
            self.prices, self.bound = (u, level.duals.mentor.copy()), proof.bound
        self.bonus = bonus

    def solution(self) -> Solution:
        assert self.pairs is not None
        assert self.prices is not None
        mentee, mentor = self.mentees[self.pairs[0]], self.mentors[self.pairs[1]]
        order = np.argsort(mentee * self.problem.shape[0] + mentor, kind="stable")  # they are nearly in order
        u, v = np.zeros(self.problem.shape[1], np.int64), np.zeros(self.problem.shape[0], np.int64)
        u[self.mentees], v[self.mentors] = self.prices
        return Solution(mentor[order], mentee[order], u, v, self.bonus, self.bound - self.worth)

    def nothing(self) -> Solution:
        nobody = np.zeros(0, np.int64)
        return Solution(
            nobody, nobody, np.zeros(self.problem.shape[1], np.int64), np.zeros(self.problem.shape[0], np.int64), 0, 0
        )


def _pairs(seats: Seating) -> tuple[Array, Array]:
    sitting = np.flatnonzero(seats.seat_of >= 0)
    return seats.place_mentee[sitting].astype(np.int64), seats.seat_mentor[seats.seat_of[sitting]].astype(np.int64)
