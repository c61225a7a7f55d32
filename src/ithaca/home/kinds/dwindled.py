"""People have left a peer circle, and few are still in it."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import groupby

from django.urls import reverse

from ithaca.circles import queries as circles
from ithaca.circles.models import Round
from ithaca.home import moments
from ithaca.home.kinds.base import Item, Kind
from ithaca.home.queries import Desk
from ithaca.programmes.desk import Link
from ithaca.programmes.rules import Phase


class CircleTooSmall(Kind):
    """Fewer than three are left in a circle that was introduced; those who are left wait for nobody in particular."""

    key = "circle-too-small"
    label = "Circle too small"
    help = "People have left a peer circle of a running cohort, and fewer than three are in it."
    rank = 57

    def items(self, desk: Desk) -> Iterable[Item]:
        cohorts = [situation.cohort for situation in desk.situations if situation.phase != Phase.OVER]
        found = circles.dwindled(Round.objects.filter(cohort__in=cohorts))
        for code, of_round in groupby(found, key=lambda one: one.round.code):
            small = list(of_round)
            people = [person for one in small for person in one.people]
            cohort = small[0].round.cohort
            yield Item(
                title=f"{moments.counted(len(small), 'circle has', 'circles have')} become too small",
                about=f"{cohort.name}, {cohort.programme.name}",
                reasons=[
                    "People have left, and fewer than three are in it. Ask those who are left what they would like."
                ],
                action=Link("Look at the round", reverse("circles:round", args=[desk.organisation.slug, code])),
                people=[Link(p.name, reverse("people:person", args=[desk.organisation.slug, p.code])) for p in people],
            )
