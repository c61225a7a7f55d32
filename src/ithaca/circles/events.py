"""Facts that this slice announces."""

from __future__ import annotations

from dataclasses import dataclass

from ithaca.kernel import events


@dataclass(frozen=True)
class RoundDrawn(events.Event):
    """People of a cohort were put into groups."""

    key = "circles.round_drawn"
    sentence = "{actor} drew round {number} of groups in {cohort}: {groups} groups of {people} people"
    cohort: str
    number: int
    groups: int
    people: int


@dataclass(frozen=True)
class RoundDiscarded(events.Event):
    """A round does not count any more: who met in it may meet again in another."""

    key = "circles.round_discarded"
    sentence = "{actor} discarded round {number} of groups in {cohort}"
    cohort: str
    number: int
