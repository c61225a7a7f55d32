"""What a set of rules does to the people of a cohort: whom they exclude, and whom another mentor would be found for."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from ithaca.matching.bridge import kinds, problems
from ithaca.matching.bridge.picture import Picture
from ithaca.matching.models import MatchingRules
from ithaca.pairing import both_roles, scoring, tiles
from ithaca.pairing.compiled import Compiled, Stopped
from ithaca.pairing.criteria import registry
from ithaca.pairing.points import Array
from ithaca.pairing.primitives.room import Room
from ithaca.pairing.problem import Problem
from ithaca.pairing.side import Side

MOST_CELLS = 25_000_000
"""Mentors times mentees up to which a preview is worked out while somebody waits."""
MOST_SOLVED = 1_000_000
"""Mentors times mentees up to which a preview is solved, twice: half a second at a thousand a side for the highest total."""
SECONDS = 2.0
"""How long somebody waits at most for both plans: raising weak pairs at a cost takes many times as long as the highest total."""


@dataclass(frozen=True)
class RuleEffect:
    """One hard rule: pairs it excludes, and mentees who would have somebody if only this rule were dropped."""

    reason: str
    pairs: int
    mentees: int


@dataclass(frozen=True)
class Effect:
    """All rules together. `silent`: criteria with a weight about which nothing is known on both sides."""

    possible: int
    excluded: int
    mentees_without: int
    mentors_without: int
    rules: tuple[RuleEffect, ...]
    silent: tuple[str, ...]
    below: int = 0
    """Pairs that the rules allow and the floor leaves out."""
    mentees_below: int = 0
    """Mentees who would have somebody without the floor."""
    alone: tuple[str, ...] = ()
    """Names of the mentees who have nobody at all, in order."""
    mentors_alone: tuple[str, ...] = ()

    @property
    def percent(self) -> float:
        return 100 * self.excluded / self.possible if self.possible else 0


@dataclass(frozen=True)
class Beside:
    """What the best plan with these rules is beside the best one with the saved rules, in mentees."""

    another: int
    """Who would have a mentor with both, and not the same."""
    gained: int
    lost: int

    @property
    def same(self) -> bool:
        return not (self.another or self.gained or self.lost)


def beside(picture: Picture, rules: MatchingRules, saved: MatchingRules) -> Beside | None:
    """Solve with both, as a run does; None where that takes too long to wait for, or where the saved rules cannot be followed
    here."""
    people = _with_places(picture)
    if len(people["mentors"]) * len(people["mentees"]) > MOST_SOLVED or kinds.missing(saved.options):
        return None
    is_late = _after(SECONDS)
    try:
        before, after = (_mentors_by_mentee(problems.problem_of(people, wanted), is_late) for wanted in (saved, rules))
    except Stopped:
        return None
    both = before.keys() & after.keys()
    return Beside(
        another=sum(before[mentee] != after[mentee] for mentee in both),
        gained=len(after.keys() - both),
        lost=len(before.keys() - both),
    )


def _after(seconds: float) -> Callable[[], bool]:
    """Whether so many seconds have gone by since now."""
    until = time.monotonic() + seconds
    return lambda: time.monotonic() > until


def _mentors_by_mentee(problem: Problem, is_late: Callable[[], bool]) -> dict[str, set[str]]:
    """Who mentors whom in the plan that a run would find. Raises Stopped where it is late: a plan that was cut short would tell
    of differences that no run makes."""
    _, plan = both_roles.one_way(problem, should_stop=is_late)
    if is_late():
        raise Stopped
    found: dict[str, set[str]] = {}
    for pair in plan.pairs:
        found.setdefault(pair.mentee, set()).add(pair.mentor)
    return found


def _with_places(picture: Picture) -> Picture:
    people = {side: [row for row in picture[side] if row["capacity"]] for side in ("mentors", "mentees")}
    return {**picture, **people}


def of(picture: Picture, rules: MatchingRules) -> Effect | None:
    """Work out the effect; None for a cohort too large to wait for. Raises ProblemError for rules that cannot be."""
    people = _with_places(picture)
    problem = problems.problem_of(people, rules)
    mentors, mentees = len(problem.mentors), len(problem.mentees)
    if mentors * mentees > MOST_CELLS:
        return None
    used = {weighted.key for weighted in scoring.at_work(problem)}
    silent = tuple(registry.BY_KEY[w.key].label for w in problem.criteria if w.weight and w.key not in used)
    seen = _Seen.of(scoring.compiled(problem))
    none = mentors * mentees == 0
    without = (seen.mentees_without, seen.mentors_without)
    no_mentor, no_mentee = ([] if none else np.flatnonzero(side).tolist() for side in without)
    rules_at_work = (
        RuleEffect(reason, int(seen.pairs[at]), int((seen.alone & seen.by_one_rule[at]).sum()))
        for at, reason in enumerate(seen.reasons)
        if seen.pairs[at]
    )
    return Effect(
        possible=mentors * mentees,
        excluded=seen.excluded,
        mentees_without=len(no_mentor),
        mentors_without=len(no_mentee),
        rules=tuple(sorted(rules_at_work, key=lambda rule: -rule.pairs)),
        silent=silent,
        below=seen.below,
        mentees_below=0 if none else int((seen.mentees_without & ~seen.alone).sum()),
        alone=_names(problem.mentees, no_mentor),
        mentors_alone=_names(problem.mentors, no_mentee),
    )


def _names(side: Side, at: list[int]) -> tuple[str, ...]:
    return tuple(sorted(side.name(position) for position in at))


@dataclass
class _Seen:
    """What one look at all pairs counts, a tile at a time: no table of all pairs is ever made."""

    reasons: tuple[str, ...]
    pairs: Array
    """int64[reasons]: pairs that each rule excludes."""
    by_one_rule: Array
    """bool[reasons, N]: whether a mentee has somebody whom this rule alone excludes."""
    alone: Array
    """bool[N]: mentees whom the rules leave nobody."""
    mentees_without: Array
    """bool[N]: mentees whom the rules and the floor leave nobody."""
    mentors_without: Array
    """bool[M]: the same of mentors."""
    excluded: int = 0
    below: int = 0

    @classmethod
    def of(cls, compiled: Compiled) -> _Seen:
        """Look at all pairs of the problem."""
        reasons = tuple(dict.fromkeys(primitive.reason for primitive in compiled.primitives))
        mentors, mentees = compiled.shape
        seen = cls(
            reasons,
            np.zeros(len(reasons), np.int64),
            np.zeros((len(reasons), mentees), bool),
            alone=np.ones(mentees, bool),
            mentees_without=np.ones(mentees, bool),
            mentors_without=np.ones(mentors, bool),
        )
        everybody = np.arange(mentors), np.arange(mentees)
        for tile, kept, excluded, below in tiles.each(lambda at, room: _look(compiled, at, room), tiles.of(*everybody)):
            rows, columns = tile
            seen.excluded += int(excluded.sum())
            seen.below += int(below.sum())
            seen.alone[columns] &= excluded.all(axis=0)
            without = excluded | below
            seen.mentees_without[columns] &= without.all(axis=0)
            seen.mentors_without[rows] &= without.all(axis=1)
            for reason, (pairs, by_one) in kept.items():
                seen.pairs[reasons.index(reason)] += pairs
                seen.by_one_rule[reasons.index(reason), columns] |= by_one
        return seen


def _look(
    compiled: Compiled, tile: tiles.Tile, room: Room
) -> tuple[tiles.Tile, dict[str, tuple[int, Array]], Array, Array]:
    """Of one tile: for each rule at work its pairs and who has somebody whom it alone excludes; and which pairs are excluded
    by rules, and which only by the floor."""
    rows, columns = tile
    points = np.zeros((len(rows), len(columns)), np.int32)
    by_rule: dict[str, Array] = {}
    for primitive in compiled.primitives:
        earned = room.take("earned", points.shape, np.int32)
        earned[...] = 0
        primitive.add(earned, rows, columns, room)
        points += earned
        out = earned < 0
        if out.any():
            by_rule[primitive.reason] = by_rule.get(primitive.reason, False) | out
    times = np.zeros(points.shape, np.int16)
    for out in by_rule.values():
        times += out
    kept = {reason: (int(out.sum()), (out & (times == 1)).any(axis=0)) for reason, out in by_rule.items()}
    return tile, kept, times > 0, (times == 0) & (points < compiled.floor)
