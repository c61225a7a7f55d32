"""Who is in a cohort, and what is not known about them that its criteria ask for."""

from __future__ import annotations

from dataclasses import dataclass

from ithaca.matching.bridge import kinds, picture
from ithaca.matching.queries.runs import rules_of
from ithaca.programmes.models import Cohort


@dataclass(frozen=True)
class Gap:
    """A criterion that could work better: how many of each side have not told what it reads."""

    label: str
    weight: float
    mentors: int
    mentees: int


@dataclass(frozen=True)
class Readiness:
    """Counts of a cohort today. `places` are the mentors' free places."""

    mentors: int
    places: int
    mentees: int
    gaps: list[Gap]

    @property
    def possible(self) -> bool:
        return bool(self.places and self.mentees)

    @property
    def short(self) -> int:
        """Mentees who cannot have a place because there are too few."""
        return max(0, self.mentees - self.places)


def readiness_of(cohort: Cohort) -> Readiness:
    """How ready a cohort is to be matched, in a fixed number of queries."""
    seen = picture.of(cohort)
    weights = rules_of(cohort).weights
    mentors = [row for row in seen["mentors"] if row["capacity"]]
    mentees = [row for row in seen["mentees"] if row["capacity"]]
    gaps = []
    for criterion in kinds.CRITERIA:
        if not weights.get(criterion.key) or "prefers" in criterion.mentor_attributes:
            continue
        blank_mentors = sum(
            not any(row.get(key) not in ("", [], None, {}) for key in criterion.mentor_attributes) for row in mentors
        )
        blank_mentees = sum(
            not any(row.get(key) not in ("", [], None, {}) for key in criterion.mentee_attributes) for row in mentees
        )
        if blank_mentors or blank_mentees:
            gaps.append(Gap(criterion.label, weights[criterion.key], blank_mentors, blank_mentees))
    gaps.sort(key=lambda gap: -gap.weight)
    return Readiness(len(mentors), sum(row["capacity"] for row in mentors), len(mentees), gaps)
