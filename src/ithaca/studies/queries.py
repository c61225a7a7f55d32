"""The fairness sheet, other complete plans, and whom to recruit."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from ithaca.matching.bridge import picture
from ithaca.matching.models import packed
from ithaca.matching.queries import Standing
from ithaca.matching.rules.board import Pair
from ithaca.people.models import Profile
from ithaca.programmes.models import Cohort
from ithaca.rosters import words
from ithaca.studies import rules
from ithaca.studies.models import FairnessSheet, Study

GROUPED_BY = (("employer", "Employer"), ("department", "Department"), ("country", "Country"))


@dataclass(frozen=True)
class Grouping:
    """One way to look at the mentees."""

    label: str
    groups: list[rules.Group]


def sheet_of(standing: Standing) -> FairnessSheet | None:
    """The kept sheet of the board as it stands; else the newest of its solution, with another `step`; else None."""
    kept = list(FairnessSheet.objects.filter(run=standing.run).order_by("-at", "-pk")) if standing.run else []
    return next((sheet for sheet in kept if sheet.step == standing.step), kept[0] if kept else None)


def groupings_of(scores: Mapping[Pair, int], wanted: Sequence[str], waited: Mapping[str, int]) -> list[Grouping]:
    """The mentees of `wanted` by what they share, in groups of at least five, with the points of their pairs and the rounds
    they `waited` before."""
    best: dict[str, int] = {}
    for (_, mentee), points in scores.items():
        best[mentee] = max(points, best.get(mentee, 0))
    columns = [field for field, _ in GROUPED_BY]
    told = Profile.objects.filter(person__code__in=wanted).values_list("person__code", *columns)
    rows = {row[0]: row[1:] for row in told}
    found = []
    for at, (field, label) in enumerate(GROUPED_BY):
        labels = {code: rows[code][at] if code in rows else "" for code in wanted}
        if field == "country":
            labels = {code: words.country(value) for code, value in labels.items()}
        if groups := rules.of(labels, best, waited):
            found.append(Grouping(label, groups))
    return found


def study_of(standing: Standing, kind: Study.Kind) -> Study | None:
    """The kept study of the board's solution, with another `step` if the board was changed since; None while there is none."""
    return Study.objects.filter(run=standing.run, kind=kind).first() if standing.run else None


def is_of_today(answer: dict[str, Any], cohort: Cohort) -> bool:
    """Whether repairs were worked out for the people as they are now: who came or left since, they know nothing of.

    Both are packed to be compared, because what was kept came back from JSON.
    """
    return packed(picture.of(cohort)) == packed(answer["picture"])
