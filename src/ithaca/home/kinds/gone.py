"""Somebody has left, and the partner still waits."""

from __future__ import annotations

from collections.abc import Iterable

from django.urls import reverse

from ithaca.home.kinds.base import Item, Kind
from ithaca.home.queries import Desk, gone_with_open_pair
from ithaca.programmes.desk import Link


class GoneWithOpenPair(Kind):
    """One of a pair has left the cohort and their mentorship is open."""

    key = "gone-with-open-pair"
    label = "Somebody has left"
    help = "One of the two has left the cohort, and the mentorship is still open."
    rank = 25
    tone = "warn"

    def items(self, desk: Desk) -> Iterable[Item]:
        for pair in gone_with_open_pair(desk.cohorts):
            yield Item(
                title=f"The mentorship of {pair.mentor.name} and {pair.mentee.name} has lost one of the two",
                about=pair.cohort.name,
                reasons=[
                    "One of them has left the cohort. Tell the other one, end the mentorship, and offer a new match."
                ],
                action=Link(
                    "Open the outline", reverse("mentorships:outline", args=[desk.organisation.slug, pair.code])
                ),
            )
