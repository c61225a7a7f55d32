"""What a sponsor's home shows: how each sponsored programme goes, in totals that speak of no small group and of nobody."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass

from ithaca.mentorships import queries as mentorships
from ithaca.people.models import Person
from ithaca.programmes import queries as programmes
from ithaca.programmes.models import Cohort, Programme
from ithaca.programmes.rules import Phase

SMALLEST = 5
"""People (or pairs) in the smallest total that is shown, and in the smallest difference between two of them."""

MENTORS = ("mentors", "Mentors in these cohorts who have not left and do not pause.")
MENTEES = ("mentees", "Mentees in these cohorts who have not left and do not pause.")
OPEN = ("mentorships", "A mentor and a mentee who were introduced to each other and have not ended.")
IN_TOUCH = ("pairs in touch", "Mentorships of which one of the two has told that they are in touch.")
MET = ("first meetings held", "Mentorships in touch whose first meeting has taken place.")


@dataclass(frozen=True)
class Total:
    """One figure; None where it would speak of a few people."""

    label: str
    definition: str
    value: int | None


@dataclass(frozen=True)
class Results:
    """A programme, its cohorts under way, and their totals."""

    programme: Programme
    cohorts: list[Cohort]
    totals: list[Total]

    @property
    def kept_back(self) -> bool:
        """Whether a figure is not shown."""
        return any(total.value is None for total in self.totals)


def results_for(person: Person, today: datetime.date) -> list[Results]:
    """What there is to tell a sponsor on that day; empty for who sponsors nothing. In a fixed number of queries."""
    found = list(Programme.objects.sponsored_by(person).prefetch_related("cohorts").order_by("name"))
    under_way = {one.pk: [c for c in one.cohorts.all() if c.phase(today) != Phase.OVER] for one in found}
    cohorts = [cohort for some in under_way.values() for cohort in some]
    places, pairs = programmes.places_of(cohorts, today), mentorships.counts_of(cohorts)

    def totals(some: Sequence[Cohort]) -> list[Total]:
        mentors, mentees = (sum(getattr(places[one.pk], side) for one in some) for side in ("mentors", "mentees"))
        stages = [sum(pairs.get(one.pk, {}).get(key, 0) for one in some) for key in ("open", "in_touch", "met")]
        figures = [*zip([MENTORS], shown([mentors]), strict=True)]
        figures += zip((MENTEES, OPEN, IN_TOUCH, MET), shown([mentees, *stages]), strict=True)
        return [Total(label, definition, value) for (label, definition), value in figures]

    return [Results(one, under_way[one.pk], totals(under_way[one.pk])) for one in found]


def shown(stages: Sequence[int], smallest: int = SMALLEST) -> list[int | None]:
    """Totals of which each is a part of the one before: without the small ones, and without those that differ by a few from
    one that is shown."""
    found: list[int | None] = []
    for value in stages:
        differences = (abs(other - value) for other in found if other is not None)
        found.append(None if any(0 < some < smallest for some in (value, *differences)) else value)
    return found
