"""Two plans beside each other: what each gives, and who would change."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from ithaca.matching.queries.board import Card
from ithaca.matching.rules.board import Pair, load_of_mentors
from ithaca.matching.rules.difference import Difference, between


@dataclass(frozen=True)
class Figures:
    """What one plan comes to; per cent of perfect pairs."""

    pairs: int
    served: int
    total: float
    average: float
    worst: float
    busiest: int
    """Most mentees with one mentor."""
    mentors: int
    """Mentors with at least one mentee."""


@dataclass(frozen=True)
class NamedMove:
    """A mentee whose mentors differ, by name; several are joined by a comma."""

    mentee: str
    before: str
    after: str


@dataclass(frozen=True)
class Comparison:
    """From one plan to another."""

    before: Figures
    after: Figures
    difference: Difference
    moves: list[NamedMove]


def comparison_of(before: Mapping[Pair, int], after: Mapping[Pair, int], people: Mapping[str, Card]) -> Comparison:
    """Compare two plans given as points by pair."""
    difference = between(before, after)

    def names(codes: tuple[str, ...]) -> str:
        return ", ".join(people[code].name if code in people else "somebody who has left" for code in codes)

    moves = [NamedMove(names((move.mentee,)), names(move.before), names(move.after)) for move in difference.moves]
    moves.sort(key=lambda move: move.mentee.casefold())
    return Comparison(figures_of(before), figures_of(after), difference, moves)


def figures_of(scores: Mapping[Pair, int]) -> Figures:
    """What a plan comes to."""
    load = load_of_mentors(scores)
    total = sum(scores.values()) / 100
    return Figures(
        pairs=len(scores),
        served=len({mentee for _, mentee in scores}),
        total=total,
        average=total / len(scores) if scores else 0,
        worst=min(scores.values(), default=0) / 100,
        busiest=max(load.values(), default=0),
        mentors=len(load),
    )
