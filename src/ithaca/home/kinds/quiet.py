"""A pair has not been in touch in time."""

from __future__ import annotations

from collections.abc import Iterable
from urllib.parse import quote

from django.urls import reverse
from django.utils import timezone

from ithaca.home.kinds.base import Item, Kind
from ithaca.home.moments import counted
from ithaca.home.queries import Desk
from ithaca.home.rules import Moment
from ithaca.mentorships import queries as mentorships
from ithaca.programmes.desk import Link
from ithaca.programmes.rules import written


class NoFirstContact(Kind):
    """Introduced more than a week ago, and neither of the two has said that they are in touch."""

    key = "no-first-contact"
    label = "No first contact"
    help = "Introduced more than seven days ago, and nobody said that they are in touch. A reason to ask, no verdict."
    rank = 20
    tone = "warn"

    def items(self, desk: Desk) -> Iterable[Item]:
        cohorts = [situation.cohort for situation in desk.situations if situation.late and _runs(situation.moment)]
        for pair in mentorships.without_contact(cohorts, desk.today) if cohorts else ():
            since = timezone.localdate(pair.started_at)
            days = (desk.today - since).days
            outline = reverse("mentorships:outline", args=[desk.organisation.slug, pair.code])
            yield Item(
                title=f"{pair.mentor.name} and {pair.mentee.name} are not in touch yet",
                about=f"{pair.cohort.name} · introduced {counted(days, 'day')} ago",
                reasons=[
                    f"Both were introduced on {written(since)}; {pair.mentee.name} was asked to write within seven days.",
                    "Neither has said that they are in touch. Perhaps they are: the surest way to know is to ask.",
                ],
                action=Link("Write to both", f"mailto:{quote(pair.mentee.email)},{quote(pair.mentor.email)}"),
                urgency=min(10, (days - 7) // 7 * 5),
                since=since,
                further=Link("Open the outline", outline),
            )


def _runs(moment: Moment) -> bool:
    return moment not in (Moment.END, Moment.OVER)
