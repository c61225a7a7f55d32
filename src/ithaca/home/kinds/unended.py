"""The end of a cohort has passed, and mentorships are open."""

from __future__ import annotations

from collections.abc import Iterable

from ithaca.home import moments
from ithaca.home.kinds.base import Item, Kind
from ithaca.home.queries import Desk
from ithaca.home.rules import Moment


class Unended(Kind):
    """No mentorship ends undocumented."""

    key = "unended"
    label = "Mentorships to end"
    help = "The cohort has ended; how each mentorship ended is not noted yet."
    rank = 60

    def items(self, desk: Desk) -> Iterable[Item]:
        for situation in desk.at(Moment.END):
            step = moments.next_step(situation, desk.today)
            if step.primary:
                yield Item(
                    title=step.title,
                    about=f"{situation.cohort.name}, {situation.cohort.programme.name}",
                    reasons=[step.why],
                    action=step.primary,
                    since=situation.cohort.end_on,
                )
