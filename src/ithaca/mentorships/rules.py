"""Pure decisions about mentorships: who may be introduced, when a first meeting is late, how a mentorship ends."""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from django.db import models

FIRST_CONTACT_DAYS = 7
"""The mentee moves first within these days; afterwards the pair appears in the coordinator's queue."""

LINK_DAYS = 90
"""How long the link in an introduction opens its page."""


class ClosureKind(models.TextChoices):
    """How a mentorship ended; 'completed early' is not 'cancelled'."""

    COMPLETED = "completed", "Completed"
    COMPLETED_EARLY = "completed_early", "Completed early"
    CONTINUES = "continues", "Continues informally"
    NOT_A_FIT = "not_a_fit", "Not a fit"
    LEFT = "left", "One of the two left"
    SILENT = "silent", "Fell silent"


class Refused(ValueError):
    """An action on mentorships cannot be done; the message says for whom, why, and what to do."""


class IntroductionRefused(Refused):
    """A plan cannot be published as it is: nothing was written. `problems` has one sentence per pair or person."""

    def __init__(self, problems: list[str]) -> None:
        self.problems = problems
        super().__init__(" ".join(problems))


class Step(StrEnum):
    """What the reader of a mentorship's page does next."""

    WRITE = "write"  # the mentee makes the first step
    WAIT = "wait"  # the mentor is written to
    DATE = "date"  # in touch: agree on the first meeting
    MEET = "meet"  # the first meeting has a date to come
    UNDER_WAY = "under_way"  # they have met
    ENDED = "ended"


def next_step(
    *, is_mentee: bool, in_touch: bool, meeting_on: datetime.date | None, ended: bool, today: datetime.date
) -> Step:
    """The one next step of a mentorship for one of the two. On its day the first meeting is still to come."""
    if ended:
        return Step.ENDED
    if meeting_on is not None:
        return Step.MEET if meeting_on >= today else Step.UNDER_WAY
    if in_touch:
        return Step.DATE
    return Step.WRITE if is_mentee else Step.WAIT


@dataclass(frozen=True)
class Place:
    """What an introduction needs to know of an enrolled person."""

    person: int
    name: str
    capacity: int
    active: bool


def problems_of(
    pairs: Iterable[tuple[Place, Place]],
    *,
    mentor_load: Mapping[int, int],
    mentee_load: Mapping[int, int],
    introduced: Collection[tuple[int, int]],
    apart: Collection[tuple[int, int]],
) -> list[str]:
    """Why these (mentor, mentee) pairs cannot be introduced; empty if they can.

    Loads are open mentorships per person in the cohort, `introduced` the (mentor, mentee) pairs that were introduced
    before, `apart` the pairs of people that are kept apart, in either order; all by person's primary key.
    """
    pairs = list(pairs)
    found: list[str] = []
    seen: set[tuple[int, int]] = set()
    for mentor, mentee in pairs:
        both = (mentor.person, mentee.person)
        named = f"{mentor.name} and {mentee.name}"
        if mentor.person == mentee.person:
            found.append(f"{mentor.name} cannot be their own mentor.")
        elif both in seen:
            found.append(f"{named} are in the plan twice.")
        elif both in introduced:
            found.append(f"{named} were already introduced in this cohort.")
        elif both in apart or both[::-1] in apart:
            found.append(f"{named} are to be kept apart.")
        found += [f"{place.name} has left the cohort." for place in (mentor, mentee) if not place.active]
        seen.add(both)
    found += _overbooked((mentor for mentor, _ in pairs), mentor_load, "mentee")
    found += _overbooked((mentee for _, mentee in pairs), mentee_load, "mentor")
    return list(dict.fromkeys(found))


def write_by(started: datetime.date) -> datetime.date:
    """The day by which the mentee is asked to have written."""
    return started + datetime.timedelta(days=FIRST_CONTACT_DAYS)


def is_late(started: datetime.date, today: datetime.date) -> bool:
    """Whether a pair without any contact so far should be asked how it goes."""
    return (today - started).days > FIRST_CONTACT_DAYS


def _overbooked(places: Iterable[Place], load: Mapping[int, int], partner: str) -> list[str]:
    wanted = Counter(places)
    found = []
    for place, count in wanted.items():
        total = load.get(place.person, 0) + count
        if total > place.capacity:
            plural = "" if place.capacity == 1 else "s"
            found.append(f"{place.name} takes {place.capacity} {partner}{plural}, but would have {total}.")
    return found
