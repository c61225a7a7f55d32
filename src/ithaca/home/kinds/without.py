"""Mentees without a mentor after the introductions."""

from __future__ import annotations

from collections.abc import Iterable

from django.urls import reverse

from ithaca.home import moments
from ithaca.home.kinds.base import Item, Kind
from ithaca.home.queries import Desk, mentees_without
from ithaca.home.rules import Moment
from ithaca.programmes.desk import Link

SHOWN = 12


class WithoutMentor(Kind):
    """Pairs of a cohort were introduced, and some of its mentees have nobody."""

    key = "without-mentor"
    label = "Without a mentor"
    help = "The cohort has begun, and these mentees joined late or were left out of the last matching."
    rank = 55

    def items(self, desk: Desk) -> Iterable[Item]:
        for situation in desk.situations:
            if situation.without and situation.moment in (Moment.WITHOUT, Moment.CONTACT):
                cohort = situation.cohort
                waiting = mentees_without([cohort], desk.today).select_related("person")[:SHOWN]
                slug = desk.organisation.slug
                yield Item(
                    title=f"{moments.counted(situation.without, 'mentee waits', 'mentees wait')} for a mentor",
                    about=f"{cohort.name}, {cohort.programme.name}",
                    reasons=["They joined late, or nobody fitted in the last matching."],
                    action=Link("Match again", moments.address("matching:overview", cohort, cohort.code)),
                    people=[
                        Link(row.person.name, reverse("people:person", args=[slug, row.person.code])) for row in waiting
                    ],
                )
