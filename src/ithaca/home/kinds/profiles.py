"""Profiles that say too little to be matched well."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import Q
from django.urls import reverse

from ithaca.home import moments
from ithaca.home.kinds.base import Item, Kind
from ithaca.home.queries import Desk
from ithaca.home.rules import Moment
from ithaca.programmes.desk import Link
from ithaca.programmes.models import Enrolment
from ithaca.programmes.rules import Side

SHOWN = 12
BEFORE_MATCHING = (Moment.GATHER, Moment.MATCH, Moment.STOPPED, Moment.REVIEW)


class ProfilesEmpty(Kind):
    """People who have not told the one thing that decides most: what they can help with, or want to learn."""

    key = "profiles-empty"
    label = "Profiles to complete"
    help = "Need and expertise decide most about a match; these people have not told theirs."
    rank = 65

    def items(self, desk: Desk) -> Iterable[Item]:
        cohorts = [situation.cohort for situation in desk.at(*BEFORE_MATCHING)]
        if not cohorts:
            return
        empty = Q(role=Side.MENTOR, person__profile__offers=[]) | Q(role=Side.MENTEE, person__profile__needs=[])
        untold = Q(person__profile__isnull=True) | empty
        rows = Enrolment.objects.available(desk.today).filter(untold, cohort__in=cohorts).select_related("person")
        by_cohort: dict[int, list[Enrolment]] = {}
        for row in rows.order_by("enrolled_at", "pk"):
            by_cohort.setdefault(row.cohort_id, []).append(row)
        for cohort in cohorts:
            if found := by_cohort.get(cohort.pk):
                yield self._item(desk, cohort.name, found)

    def _item(self, desk: Desk, cohort: str, found: list[Enrolment]) -> Item:
        slug = desk.organisation.slug
        first = found[0].person
        return Item(
            title=f"{moments.counted(len(found), 'profile says', 'profiles say')} too little to match well",
            about=cohort,
            reasons=[
                "What a mentor can help with, and what a mentee wants to learn, decides most about a good match.",
                "A short mail to them before you match is worth the minute.",
            ],
            action=Link("Open the first", reverse("people:person", args=[slug, first.code])),
            people=[Link(r.person.name, reverse("people:person", args=[slug, r.person.code])) for r in found[:SHOWN]],
        )
