"""A cohort without people, and its dates come near."""

from __future__ import annotations

from collections.abc import Iterable

from ithaca.home import moments
from ithaca.home.kinds.base import Item, Kind
from ithaca.home.queries import Desk
from ithaca.home.rules import Moment
from ithaca.programmes.rules import Phase, written


class NobodyHere(Kind):
    """One side of a cohort is empty while its applications are open or over."""

    key = "nobody-here"
    label = "Nobody here yet"
    help = "Applications are open or over, and a side of the cohort has no people."
    rank = 50

    def items(self, desk: Desk) -> Iterable[Item]:
        for situation in desk.at(Moment.BRING):
            if situation.phase == Phase.PLANNED:
                continue
            cohort, step = situation.cohort, moments.next_step(situation, desk.today)
            passed = desk.today > cohort.applications_close_on
            reasons = [step.why]
            if passed:
                reasons.append(f"Matching is planned for {written(cohort.matching_on)}.")
            yield Item(
                title=step.title,
                about=f"{cohort.name}, {cohort.programme.name}",
                reasons=reasons,
                action=moments.importing(cohort),
                urgency=15 if passed else 0,
                since=cohort.applications_close_on if passed else cohort.applications_open_on,
                further=step.secondary,
            )
