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


@dataclass(frozen=True)
class GroupsIntroduced(events.Event):
    """The groups of a round were introduced to each other by a letter to everybody in them."""

    key = "circles.groups_introduced"
    sentence = (
        "{actor} introduced the groups of round {number} in {cohort} to each other: {people} people in {groups} groups"
    )
    cohort: str
    number: int
    groups: int
    people: int
