"""Mentees without a mentor after the introductions."""

from __future__ import annotations

from collections.abc import Iterable

from django.urls import reverse

from ithaca.home import moments
from ithaca.home.kinds.base import Item, Kind
from ithaca.home.queries import Desk, mentees_without
from ithaca.home.rules import Moment
from ithaca.programmes.desk import Link
from ithaca.programmes.models import Cohort

SHOWN = 12


class WithoutMentor(Kind):
    """Pairs of a cohort were introduced, and some of its mentees have nobody."""

    key = "without-mentor"
    label = "Without a mentor"
    help = "The cohort has begun, and these mentees joined late or were left out of the last matching."
    rank = 55

    def items(self, desk: Desk) -> Iterable[Item]:
        found = [situation for situation in desk.at(Moment.WITHOUT, Moment.CONTACT) if situation.without]
        if not found:
            return
        named = self._named(desk, [situation.cohort for situation in found])
        for situation in found:
            cohort = situation.cohort
            yield Item(
                title=f"{moments.counted(situation.without, 'mentee waits', 'mentees wait')} for a mentor",
                about=f"{cohort.name}, {cohort.programme.name}",
                reasons=["They joined late, or nobody fitted in the last matching."],
                action=Link("Match again", moments.address("matching:overview", cohort, cohort.code)),
                people=named.get(cohort.pk, [])[:SHOWN],
            )

    def _named(self, desk: Desk, cohorts: list[Cohort]) -> dict[int, list[Link]]:
        """Who has been waiting longest, by cohort; of very many, the first ones are enough."""
        named: dict[int, list[Link]] = {}
        for row in mentees_without(cohorts, desk.today).select_related("person")[: SHOWN * 20]:
            address = reverse("people:person", args=[desk.organisation.slug, row.person.code])
            named.setdefault(row.cohort_id, []).append(Link(row.person.name, address))
        return named
