"""The engine's groups in plain values."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from itertools import combinations
from typing import Any

from ithaca.circles import rules
from ithaca.pairing import groups, scoring, side, wider
from ithaca.pairing.criteria import keep_apart
from ithaca.pairing.problem import Problem

Tell = Callable[[float, str], None]
"""Told how far the work is (0 to 1) and what comes now. What it raises ends the work."""
MOST_EXPLAINED = 100


@dataclass(frozen=True)
class Drawn:
    """Who sits with whom, for `models.Seating`."""

    groups: list[list[str]]
    points: list[int]
    left_over: list[str]
    total: int
    bound: int
    why: dict[str, str] = field(default_factory=dict)
    """For people who were left over (up to `MOST_EXPLAINED` of them), which rules keep them from how many others."""
    more: list[tuple[str, int, int]] = field(default_factory=list)
    """What seats more: the option, its other value, and how many people sit then."""


def peer_circles(rows: Iterable[Mapping[str, Any]], options: Mapping[str, Any], tell: Tell) -> Drawn:
    """Circles of people at a similar level. Raises ProblemError (a ValueError) in words, and what `tell` raises."""
    people = side.from_table("mentee", [{**row} for row in rows])
    asked = wider.Asked(options["smallest"], options["largest"], options["levels_apart"], options["across_employers"])
    criteria = groups.peer_criteria(asked.levels_apart, asked.across_employers)
    found = asked.drawn(people, lambda fraction, words: tell(fraction / 2, words))
    mentors = side.Side("mentor", people.ids, people.capacity, people.columns)
    compiled = scoring.compiled(Problem(mentors, people, criteria))

    def fit(group: tuple[str, ...]) -> int:
        """The average of every two, both ways."""
        rows = [people.position[person] for person in group]
        values = [compiled.value(a, b) + compiled.value(b, a) for a, b in combinations(rows, 2)]
        return sum(values) // (2 * len(values)) if values else 0

    points = [fit(group) for group in found.groups]
    alone = groups.why_alone(people, found.left_over[:MOST_EXPLAINED], criteria)
    why = {one.person: one.sentence() for one in alone}
    limits = {"least": rules.SMALLEST, "most_apart": rules.MOST_APART}
    others = wider.seat_more(
        people, found, asked, **limits, tell=lambda fraction, words: tell(0.5 + fraction / 2, words)
    )
    more = [(other.changed, other.value, other.seated) for other in others]
    seated = [list(group) for group in found.groups]
    return Drawn(seated, points, list(found.left_over), found.total, found.bound, why, more)


def roulette(rows: Iterable[Mapping[str, Any]], met: set[tuple[str, str]], name: str) -> Drawn:
    """Twos of these people who have not met, drawn by lot: the same name of the round gives the same lot.

    Nobody meets whom one of the two asked to avoid, or who leads them; who told what they speak meets somebody they can talk to.
    """
    people = side.from_table("mentee", [{**row} for row in rows])
    languages = dict(zip(people.ids, people.column("languages"), strict=True))
    found = groups.roulette(people.ids, met | keep_apart.apart_among(people), name, languages)
    return Drawn([list(group) for group in found.groups], [], list(found.left_over), found.total, found.bound)
