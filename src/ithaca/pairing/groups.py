"""Groups: peer circles, one mentor with several mentees who fit each other, and a roulette of one-off meetings.

These problems are hard; the answers are good, not proven. Each carries an honest bound: no answer could be worth more.
"""

import zlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

import numpy as np

from ithaca.pairing import scoring, solve
from ithaca.pairing.plan import Plan
from ithaca.pairing.points import Array
from ithaca.pairing.problem import Problem, Weighted
from ithaca.pairing.side import Side
from ithaca.pairing.solvers import circles

TRIES = 60
"""Shuffles of one roulette round before somebody is left out."""


@dataclass(frozen=True)
class Circles:
    """People in groups; every member of a circle may meet every other."""

    groups: tuple[tuple[str, ...], ...]
    left_over: tuple[str, ...]
    """People for whom no circle was found: too few, or kept apart from all."""
    total: int
    """Points: every two people of one circle once, 10,000 at most."""
    bound: int
    """No circles of that size are worth more."""


@dataclass(frozen=True)
class Grouped:
    """Mentors with their mentees, chosen also by how well the mentees of one mentor fit each other."""

    plan: Plan
    together: int
    """Points of every two mentees of one mentor, once."""
    together_before: int
    """The same in the plan with the highest total."""
    cost: int
    """Points that pairs of mentor and mentee lose against the highest total."""


def peer_criteria(levels_apart: int = 1, across_employers: bool = True) -> tuple[Weighted, ...]:
    """What counts among peers: the same level, different employers, the rest as between mentor and mentee."""
    level = {"at_least": -levels_apart, "at_most": levels_apart, "ideal": 0}
    return (
        Weighted("goals", 25),
        Weighted("interests", 15),
        Weighted("style", 15),
        Weighted("hours", 20),
        Weighted("time_zone", 10),
        Weighted("seniority", 15, level),
        Weighted("languages", 0),
        Weighted("keep_apart", 0, {"employer": across_employers, "reporting_line": True}),
    )


def peer_circles(
    people: Side, criteria: tuple[Weighted, ...] | None = None, smallest: int = 4, largest: int = 6
) -> Circles:
    """Circles of people of one side, as equal in size as can be."""
    value = _among(people, criteria or peer_criteria())
    group = circles.form(value, circles.sizes(len(people), smallest, largest))
    found = [
        tuple(people.ids[row] for row in np.flatnonzero(group == number))
        for number in range(int(group.max(initial=-1)) + 1)
    ]
    full = tuple(sorted(members for members in found if len(members) > 1))
    seated = {person for members in full for person in members}
    over = tuple(person for person in people.ids if person not in seated)
    return Circles(full, over, circles.total(value, group), circles.bound(value, largest))


def mentor_groups(problem: Problem, weight_percent: int = 50, criteria: tuple[Weighted, ...] | None = None) -> Grouped:
    """Start from the highest total and exchange mentees as long as pairs and groups together gain.

    weight_percent  how much fitting each other counts beside fitting the mentor; 0 leaves the plan as it is.
    Every mentee keeps as many mentors as before; only mentees with one place move, and nobody who is fixed.
    """
    plan = solve.solve(problem)
    scores = scoring.compiled(problem).matrix().astype(np.int64)
    among = np.maximum(_among(problem.mentees, criteria or peer_criteria(levels_apart=3, across_employers=False)), 0)
    times = np.bincount([problem.mentees.position[p.mentee] for p in plan.pairs], minlength=len(problem.mentees))
    group = np.full(len(problem.mentees), -1, np.int64)
    for pair in plan.pairs:
        j = problem.mentees.position[pair.mentee]
        if not pair.fixed and times[j] == 1:
            group[j] = problem.mentors.position[pair.mentor]
    moving = np.flatnonzero(group >= 0)
    value, seated = among[np.ix_(moving, moving)] * weight_percent // 100, group[moving].copy()
    before = circles.total(among[np.ix_(moving, moving)], seated)
    own = np.where(scores >= 0, scores, circles.APART).T[moving]
    circles.improve(value, seated, own)
    stays = [(p.mentor, p.mentee) for p in plan.pairs if group[problem.mentees.position[p.mentee]] < 0]
    moved = [(problem.mentors.ids[i], problem.mentees.ids[j]) for i, j in zip(seated, moving, strict=True)]
    changed = solve.by_hand(problem, [*stays, *moved])
    after = circles.total(among[np.ix_(moving, moving)], seated)
    return Grouped(changed, after, before, plan.total - changed.total)


def roulette(people: Sequence[str], met: Iterable[tuple[str, str]], round_name: str) -> Circles:
    """One round of one-off meetings: pairs of people who have not met, and one circle of three if they are odd in number.

    The same people, history and name of the round give the same answer, whatever the order.
    """
    ids = tuple(sorted(set(people)))
    position = {person: row for row, person in enumerate(ids)}
    known = [(position[a], position[b]) for a, b in met if a in position and b in position]
    best: tuple[int, Array] | None = None
    for attempt in range(TRIES):
        value = _lots(ids, f"{round_name} {attempt}")
        for a, b in known:
            value[a, b] = value[b, a] = circles.APART
        pairs = [2] * (len(ids) // 2)
        group = circles.form(value, [*pairs[1:], 3] if len(ids) % 2 and len(ids) > 2 else pairs)
        alone = int(sum(1 for row in range(len(ids)) if (group == group[row]).sum() < 2 or group[row] < 0))
        if best is None or alone < best[0]:
            best = alone, group
        if alone == 0:
            break
    group = best[1] if best else np.zeros(0, np.int64)
    found = [
        tuple(ids[row] for row in np.flatnonzero(group == number)) for number in sorted(set(group.tolist()) - {-1})
    ]
    full = tuple(sorted(members for members in found if len(members) > 1))
    seated = {person for members in full for person in members}
    return Circles(full, tuple(person for person in ids if person not in seated), len(seated), len(ids))


def _among(people: Side, criteria: tuple[Weighted, ...]) -> Array:
    """int64[n, n]: the average of both directions; APART where a rule excludes either."""
    problem = Problem(replace(people, role="mentor"), replace(people, role="mentee"), criteria)
    scores = scoring.compiled(problem).matrix().astype(np.int64)
    value = np.where((scores < 0) | (scores.T < 0), circles.APART, (scores + scores.T) // 2)
    np.fill_diagonal(value, 0)
    return value


def _lots(ids: tuple[str, ...], name: str) -> Array:
    """Numbers without order for every two people, the same for the same names."""
    lots = np.array([zlib.crc32(f"{name} {person}".encode()) for person in ids], np.int64)
    value: Array = ((lots[:, None] ^ lots[None, :]) * 0x9E3779B1 >> 7) % 10_000
    np.fill_diagonal(value, 0)
    return value
