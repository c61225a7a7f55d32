"""The fairness sheet, other complete plans, and whom to recruit."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from ithaca.matching.bridge import problems, words
from ithaca.matching.models import unpacked
from ithaca.matching.queries import Standing
from ithaca.people.models import Profile
from ithaca.studies import bridge, rules
from ithaca.studies.models import Study

GROUPED_BY = (("employer", "Employer"), ("department", "Department"), ("country", "Country"))


@dataclass(frozen=True)
class Grouping:
    """One way to look at the mentees."""

    label: str
    groups: list[rules.Group]


def fairness_of(standing: Standing) -> dict[str, Any]:
    """How evenly the board as it stands treats people, and by group of at least five."""
    asked = problems.of_run(standing.run) if standing.run else None
    scores = {line.mentee: line.score for line in standing.lines}
    wanted = [code for code, places in standing.places.mentees.items() if places]
    columns = [field for field, _ in GROUPED_BY]
    rows = {
        row[0]: row[1:] for row in Profile.objects.filter(person__code__in=wanted).values_list("person__code", *columns)
    }
    groupings = []
    for at, (field, label) in enumerate(GROUPED_BY):
        labels = {code: rows[code][at] if code in rows else "" for code in wanted}
        if field == "country":
            labels = {code: words.country(value) for code, value in labels.items()}
        if found := rules.of(labels, scores):
            groupings.append(Grouping(label, found))
    evenness = bridge.evenness(asked, standing.state.pairs) if asked else None
    return {"evenness": evenness, "groupings": groupings, "served": len(scores), "mentees": len(wanted)}


def study_of(standing: Standing, kind: Study.Kind) -> Any:
    """The kept answer of a study of the board's solution; None while there is none."""
    row = Study.objects.filter(run=standing.run, kind=kind).first() if standing.run else None
    return unpacked(row.data) if row else None
