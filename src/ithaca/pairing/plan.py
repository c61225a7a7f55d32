"""The answer: who meets whom and why, who stayed without, and the proof."""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any


@dataclass(frozen=True)
class Pair:
    """One mentor with one mentee."""

    mentor: str
    mentee: str
    points: int
    """Of 10,000."""
    parts: tuple[tuple[str, int], ...]
    """(key of the criterion, its points); they add up to `points`."""
    fixed: bool = False
    """Decided by hand, not by the solver."""


@dataclass(frozen=True)
class Certificate:
    """Prices that bound every possible plan; see compiled.Solution for the inequality, check.py for its test."""

    mentee_prices: tuple[int, ...]
    """u, in the order of mentee ids."""
    mentor_prices: tuple[int, ...]
    """v, in the order of mentor ids."""
    bonus: int
    """B, the worth of serving one more mentee."""
    gap: int
    """Proven distance to the best possible worth in points; 0: nothing better exists."""


@dataclass(frozen=True)
class Plan:
    """A complete answer to a problem."""

    pairs: tuple[Pair, ...]
    """In the order of (mentee id, mentor id)."""
    unmatched_mentees: tuple[str, ...]
    unmatched_mentors: tuple[str, ...]
    """Mentors with places who have no mentee."""
    certificate: Certificate | None
    """None for a plan made by hand, or for an objective that has no such proof."""
    digest: str
    """Hash of the problem it answers."""
    objective: str
    """In words."""
    floor: int = 0
    """Lower pairs were not allowed: the problem's own floor, or a higher one where the worst pair was raised first."""

    @property
    def total(self) -> int:
        """Points of all pairs."""
        return sum(pair.points for pair in self.pairs)

    @property
    def served(self) -> int:
        """Mentees with at least one mentor."""
        return len({pair.mentee for pair in self.pairs})

    @property
    def worst(self) -> int | None:
        """Points of the worst pair."""
        return min((pair.points for pair in self.pairs), default=None)

    @property
    def optimal(self) -> bool:
        """Proven to be the best there is."""
        return self.certificate is not None and self.certificate.gap == 0

    def pair(self, mentor: str, mentee: str) -> Pair | None:
        """The pair of these two, if it is in the plan."""
        return next((pair for pair in self.pairs if (pair.mentor, pair.mentee) == (mentor, mentee)), None)

    def to_dict(self) -> dict[str, Any]:
        """Plain values for JSON; `from_dict` gives an equal plan back."""
        plain: dict[str, Any] = json.loads(json.dumps(asdict(self)))
        return plain


def from_dict(data: Mapping[str, Any]) -> Plan:
    """The plan that `to_dict` was made from."""
    pairs = tuple(
        Pair(p["mentor"], p["mentee"], p["points"], tuple((key, points) for key, points in p["parts"]), p["fixed"])
        for p in data["pairs"]
    )
    proof = data["certificate"]
    certificate = proof and Certificate(
        tuple(proof["mentee_prices"]), tuple(proof["mentor_prices"]), proof["bonus"], proof["gap"]
    )
    return Plan(
        pairs,
        tuple(data["unmatched_mentees"]),
        tuple(data["unmatched_mentors"]),
        certificate,
        data["digest"],
        data["objective"],
        data.get("floor", 0),
    )
