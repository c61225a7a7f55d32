"""What a matching asks of its coordinator: begin it, publish it, look why it ended."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from typing import ClassVar

from django.utils import timezone

from ithaca.home import moments
from ithaca.home.kinds.base import Item, Kind
from ithaca.home.queries import Desk, Situation
from ithaca.home.rules import Moment


class AtMoment(Kind):
    """A cohort is at one moment; its words and ways are those of its own page."""

    moment: ClassVar[Moment]

    def items(self, desk: Desk) -> Iterable[Item]:
        for situation in desk.at(self.moment):
            step = moments.next_step(situation, desk.today)
            if step.primary:
                yield Item(
                    title=step.title,
                    about=f"{situation.cohort.name}, {situation.cohort.programme.name}",
                    reasons=[step.why],
                    action=step.primary,
                    urgency=self.urgency(situation, desk),
                    since=self.since(situation),
                    further=step.secondary,
                )

    def urgency(self, situation: Situation, desk: Desk) -> int:
        """More, the closer the kick-off."""
        return 15 if (situation.cohort.kick_off_on - desk.today).days < 14 else 0

    def since(self, situation: Situation) -> datetime.date | None:
        """The day from which it has been waiting."""
        return situation.cohort.applications_close_on


class ReadyToMatch(AtMoment):
    """Applications are over, both sides are there, and nobody has matched them yet."""

    key = "ready-to-match"
    label = "Ready to match"
    help = "Applications are over and both sides are there."
    rank = 45
    moment = Moment.MATCH


class MatchingWaits(AtMoment):
    """A matching was found and waits to be looked at and published."""

    key = "matching-waits"
    label = "Matching to publish"
    help = "A matching was found. Nobody hears of it before you publish it."
    rank = 30
    tone = "info"
    moment = Moment.REVIEW

    def since(self, situation: Situation) -> datetime.date | None:
        return timezone.localdate(situation.result.finished_at) if situation.result else None


class MatchingStopped(AtMoment):
    """A matching ended without a result."""

    key = "matching-stopped"
    label = "Matching without a result"
    help = "A matching was stopped or found to be impossible; it says why."
    rank = 35
    tone = "warn"
    moment = Moment.STOPPED

    def since(self, situation: Situation) -> datetime.date | None:
        return timezone.localdate(situation.stop.at) if situation.stop else None
