"""The answer: who meets whom and why, who stayed without, and the proof."""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from typing import Any, Literal


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
class Cover:
    """A proof that few can be served: each pair of `floor` points or more has one of these mentees or mentors.

    So no plan serves more with such pairs than there are mentees and places of mentors here (König 1931). It speaks of
    free places, of mentees who have nobody yet, and of those whose priority (scoring.priorities) is at least `priority`.
    """

    floor: int
    priority: int
    mentees: tuple[int, ...]
    """Row numbers in the order of mentee ids, rising."""
    mentors: tuple[int, ...]
    """Row numbers in the order of mentor ids, rising."""


@dataclass(frozen=True)
class Keeping:
    """In the proof of a repair every point counts `scale`, and every former pair that stays counts `reward` on top.

    A gap of 0 then says: no plan that keeps as many of the former pairs is worth more.
    """

    former: tuple[tuple[str, str], ...]
    """(mentor id, mentee id) of the pairs that were there before; those fixed by hand and those gone do not count."""
    reward: int
    scale: int


@dataclass(frozen=True)
class Certificate:
    """The proof of a plan; see compiled.Solution for the inequality of prices, check.py for its test.

    kind  "best"    prices bound the points of every possible plan
          "even"    prices bound the sum of roots (points.roots) of every possible plan
          "stable"  no prices: no two people would both rather have each other, by wishes and then by points
    """

    mentee_prices: tuple[int, ...]
    """u, in the order of mentee ids."""
    mentor_prices: tuple[int, ...]
    """v, in the order of mentor ids."""
    bonus: int
    """B, the worth of serving one more mentee."""
    gap: int
    """Proven distance to the best possible worth in points (or roots); 0: nothing better exists."""
    kind: Literal["best", "even", "stable"] = "best"
    keeping: Keeping | None = None
    """For a repair. Prices are then in points times `scale`; bonus and gap are in points."""
    covers: tuple[Cover, ...] = ()
    """Where the worst pair was raised: that as many are served as without, and that a point more would serve fewer."""


STABLE = Certificate((), (), 0, 0, "stable")
"""The certificate of a stable plan: whoever doubts it looks at all pairs."""


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
        """Proven to be the best there is, by its own word; `check` puts it to the test."""
        return self.certificate is not None and self.certificate.kind != "stable" and self.certificate.gap == 0

    def pair(self, mentor: str, mentee: str) -> Pair | None:
        """The pair of these two, if it is in the plan."""
        return next((pair for pair in self.pairs if (pair.mentor, pair.mentee) == (mentor, mentee)), None)

    def to_dict(self) -> dict[str, Any]:
        """Plain values for JSON; `from_dict` gives an equal plan back."""
        plain: dict[str, Any] = json.loads(json.dumps(asdict(replace(self, pairs=()))))
        plain["pairs"] = [  # by hand, since there may be many
            {
                "mentor": pair.mentor,
                "mentee": pair.mentee,
                "points": pair.points,
                "parts": [[key, points] for key, points in pair.parts],
                "fixed": pair.fixed,
            }
            for pair in self.pairs
        ]
        return plain


def from_dict(data: Mapping[str, Any]) -> Plan:
    """The plan that `to_dict` was made from."""
    pairs = tuple(
        Pair(p["mentor"], p["mentee"], p["points"], tuple((key, points) for key, points in p["parts"]), p["fixed"])
        for p in data["pairs"]
    )
    certificate = data["certificate"] and _certificate(data["certificate"])
    return Plan(
        pairs,
        tuple(data["unmatched_mentees"]),
        tuple(data["unmatched_mentors"]),
        certificate,
        data["digest"],
        data["objective"],
        data.get("floor", 0),
    )


def _certificate(data: Mapping[str, Any]) -> Certificate:
    """Plans written before there were kinds, repairs and covers are read as well."""
    keeping = data.get("keeping")
    return Certificate(
        tuple(data["mentee_prices"]),
        tuple(data["mentor_prices"]),
        data["bonus"],
        data["gap"],
        data.get("kind", "best"),
        keeping and Keeping(tuple((a, b) for a, b in keeping["former"]), keeping["reward"], keeping["scale"]),
        tuple(
            Cover(c["floor"], c["priority"], tuple(c["mentees"]), tuple(c["mentors"])) for c in data.get("covers", ())
        ),
    )
