"""The engine's groups in plain values."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from itertools import combinations
from typing import Any

from ithaca.pairing import groups, scoring, side
from ithaca.pairing.problem import Problem, Weighted

Tell = Callable[[float, str], None]
"""Told how far the work is (0 to 1) and what comes now. What it raises ends the work."""


@dataclass(frozen=True)
class Drawn:
    """Who sits with whom, for `models.Seating`."""

    groups: list[list[str]]
    points: list[int]
    left_over: list[str]
    total: int
    bound: int


def peer_circles(rows: Iterable[Mapping[str, Any]], options: Mapping[str, Any], tell: Tell) -> Drawn:
    """Circles of people at a similar level. Raises ProblemError (a ValueError) in words, and what `tell` raises."""
    people = side.from_table("mentee", [{**row} for row in rows])
    criteria = groups.peer_criteria(options["levels_apart"], options["across_employers"])
    found = _fullest(people, criteria, options["smallest"], options["largest"], tell)
    mentors = side.Side("mentor", people.ids, people.capacity, people.columns)
    compiled = scoring.compiled(Problem(mentors, people, criteria))

    def fit(group: tuple[str, ...]) -> int:
        """The average of every two, both ways."""
        rows = [people.position[person] for person in group]
        values = [compiled.value(a, b) + compiled.value(b, a) for a, b in combinations(rows, 2)]
        return sum(values) // (2 * len(values)) if values else 0

    points = [fit(group) for group in found.groups]
    return Drawn([list(group) for group in found.groups], points, list(found.left_over), found.total, found.bound)


def _fullest(
    people: side.Side, criteria: tuple[Weighted, ...], smallest: int, largest: int, tell: Tell
) -> groups.Circles:
    """The circles that seat most people as asked, larger ones first: where few may meet, smaller circles can seat more.

    The bound stays that of the largest size, since all of these are circles of at most that many.
    """
    found: list[groups.Circles] = []
    share = 1 / (largest - smallest + 1)
    for tried, most in enumerate(range(largest, smallest - 1, -1)):

        def told(fraction: float, words: str, done: float = tried * share, most: int = most) -> None:
            tell(done + share * fraction, f"circles of up to {most}: {words}")

        found.append(groups.peer_circles(people, criteria, smallest, most, told))
        if not found[-1].left_over and all(len(group) >= smallest for group in found[-1].groups):
            break  # nobody more could be seated
    best = max(found, key=lambda circles: sum(len(group) for group in circles.groups if len(group) >= smallest))
    return replace(best, bound=found[0].bound)


def roulette(people: Iterable[str], met: Iterable[tuple[str, str]], name: str) -> Drawn:
    """Twos who have not met yet, drawn by lot: the same name of the round gives the same lot."""
    found = groups.roulette(sorted(people), sorted(met), name)
    return Drawn([list(group) for group in found.groups], [], list(found.left_over), found.total, found.bound)
