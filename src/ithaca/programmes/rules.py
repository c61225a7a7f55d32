"""Pure decisions about programmes and cohorts: what a programme says, the order of dates, which phase a day is in."""

from __future__ import annotations

import datetime
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db import models

_NUMBER = re.compile(
    r"\d|\b(one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|twenty|hundred|half|third|quarter|every|all)\b",
    re.IGNORECASE,
)

MOST_PARTNERS = 100
"""Nobody mentors more people at the same time; a larger number is a slip of the keyboard."""


class Side(models.TextChoices):
    """The two sides of a mentorship."""

    MENTOR = "mentor", "Mentor"
    MENTEE = "mentee", "Mentee"

    @property
    def plural(self) -> str:
        return "mentors" if self is Side.MENTOR else "mentees"


STEPS: tuple[tuple[str, str], ...] = (
    ("applications_open_on", "Applications open"),
    ("applications_close_on", "Applications close"),
    ("matching_on", "Matching"),
    ("kick_off_on", "Kick-off"),
    ("mid_point_on", "Mid-point"),
    ("end_on", "End"),
    ("celebration_on", "Celebration"),
)
"""Dates of a cohort in their order: field and label."""


class Phase(models.TextChoices):
    """What the dates of a cohort say about one day. Computed, never stored."""

    PLANNED = "planned", "Planned"
    APPLICATIONS = "applications", "Open for applications"
    MATCHING = "matching", "Matching"
    RUNNING = "running", "Running"
    SECOND_HALF = "second_half", "Running, second half"
    CLOSING = "closing", "Closing"
    OVER = "over", "Over"


BEGINS_WITH: Mapping[str, Phase] = {
    "applications_open_on": Phase.APPLICATIONS,
    "kick_off_on": Phase.RUNNING,
    "mid_point_on": Phase.SECOND_HALF,
    "end_on": Phase.CLOSING,
}


class Refused(ValueError):
    """An action cannot be done; the message says why and what to do, ready to be read by the coordinator."""


class ProgrammeIncomplete(Refused):
    """The programme does not yet say everything that participants must know before they apply."""

    def __init__(self, missing: list[Requirement]) -> None:
        self.missing = missing
        named = ", ".join(requirement.label.lower() for requirement in missing)
        super().__init__(f"The programme cannot open for applications yet. Please add: {named}.")


class WrongDates(Refused):
    """Dates of a cohort contradict each other. `by_field` has one sentence per field concerned."""

    def __init__(self, by_field: dict[str, str]) -> None:
        self.by_field = by_field
        super().__init__(" ".join(by_field.values()))


@dataclass(frozen=True)
class Requirement:
    """One thing that a programme says before it opens (mission, row S1)."""

    field: str
    label: str
    why: str


REQUIREMENTS: tuple[Requirement, ...] = (
    Requirement("purpose", "Purpose", "So that people know what they join."),
    Requirement("objectives", "Objectives", "So that you can tell in a year whether it worked."),
    Requirement("audience", "Who it is for", "So that the right people apply."),
    Requirement("format", "Format", "So that nobody expects something else."),
    Requirement("mentor_role", "What a mentor does", "So that mentors know what is asked of them, and what is not."),
    Requirement("mentee_role", "What a mentee does", "So that mentees know that the first step is theirs."),
    Requirement("cadence_days", "Days between meetings", "So that both sides can plan."),
    Requirement("session_minutes", "Length of a meeting", "So that both sides can plan."),
    Requirement("confidentiality", "Confidentiality policy", "So that people can speak freely."),
    Requirement(
        "not_private", "Topics that are not private", "So that everybody knows beforehand what must be passed on."
    ),
)


def missing(values: Mapping[str, Any]) -> list[Requirement]:
    """What a programme with these values does not say yet, in the order of the form."""
    return [requirement for requirement in REQUIREMENTS if _is_empty(values.get(requirement.field))]


def unmeasurable(objectives: list[str]) -> list[str]:
    """Objectives without any number: worth a second look, since nobody can tell later whether they were reached."""
    return [objective for objective in objectives if not _NUMBER.search(objective)]


def phase_on(day: datetime.date, dates: Mapping[str, datetime.date | None]) -> Phase:
    """The phase that `day` falls in. The last day for applications still counts as open."""
    phase = Phase.PLANNED
    for field, begins in BEGINS_WITH.items():
        on = dates.get(field)
        if on is not None and day >= on:
            phase = begins
    close_on = dates["applications_close_on"]
    if phase is Phase.APPLICATIONS and close_on is not None and day > close_on:
        return Phase.MATCHING
    last = dates.get("celebration_on") or dates["end_on"]
    if phase is Phase.CLOSING and last is not None and day > last:
        return Phase.OVER
    return phase


def proposed_dates(start: datetime.date, months: int = 9) -> dict[str, datetime.date]:
    """Sensible dates for a cohort whose applications open on `start` and whose mentorships last `months`.

    Four weeks to apply, one to review, two to match and introduce; mid-point halfway; a celebration two weeks after.
    """
    kick_off = start + datetime.timedelta(weeks=7)
    end = add_months(kick_off, months)
    return {
        "applications_open_on": start,
        "applications_close_on": start + datetime.timedelta(weeks=4),
        "matching_on": start + datetime.timedelta(weeks=5),
        "kick_off_on": kick_off,
        "mid_point_on": kick_off + (end - kick_off) // 2,
        "end_on": end,
        "celebration_on": end + datetime.timedelta(weeks=2),
    }


def add_months(day: datetime.date, months: int) -> datetime.date:
    """The same day of a later month, or its last day where that month is shorter."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    for last in (day.day, 30, 29, 28):
        if last <= day.day:
            try:
                return datetime.date(year, month + 1, last)
            except ValueError:
                continue
    raise ValueError(f"no such month: {months} after {day}")


def check_dates(dates: Mapping[str, datetime.date | None]) -> None:
    """Raise WrongDates unless no needed date is missing and no step comes before the one before it."""
    wrong: dict[str, str] = {}
    before: tuple[str, datetime.date] | None = None
    for field, label in STEPS:
        on = dates.get(field)
        if on is None:
            if field != "celebration_on":
                wrong[field] = f"Please choose a date for “{label}”."
            continue
        if before and on < before[1]:
            wrong[field] = f"“{label}” follows “{before[0]}” ({written(before[1])}). Choose that day or a later one."
        before = (label, on)
    if not wrong and dates["kick_off_on"] == dates["end_on"]:
        wrong["end_on"] = "The end is the day of the kick-off. Choose a later day, so that there is time to meet."
    if wrong:
        raise WrongDates(wrong)


@dataclass(frozen=True)
class TimelineStep:
    """One dated step of a cohort as `<c-timeline>` shows it: `state` is past, now (the next to come) or next."""

    label: str
    on: datetime.date
    state: str
    note: str = ""


def timeline(dates: list[tuple[str, datetime.date]], today: datetime.date) -> list[TimelineStep]:
    """The steps of a cohort on that day. What comes next is marked `now` and says in how many days."""
    steps = []
    coming = True
    for label, on in dates:
        if on < today:
            steps.append(TimelineStep(label, on, "past"))
        elif coming:
            steps.append(TimelineStep(label, on, "now", in_days((on - today).days)))
            coming = False
        else:
            steps.append(TimelineStep(label, on, "next"))
    return steps


def in_days(days: int) -> str:
    """“today”, “tomorrow”, “in 12 days”, “in 5 weeks”."""
    if days < 2:
        return "today" if days == 0 else "tomorrow"
    return f"in {days} days" if days < 21 else f"in {days // 7} weeks"


@dataclass(frozen=True)
class Places:
    """Who can be matched in a cohort: people who have not left and do not pause. `paused` are the others of them."""

    mentors: int = 0
    places: int = 0
    mentees: int = 0
    wanted: int = 0
    paused: int = 0

    @property
    def spare(self) -> int:
        """Places that stay free once every mentee has the mentors they want; negative if there are too few."""
        return self.places - self.wanted

    @property
    def spare_shown(self) -> str:
        """How many places there are to spare, or too few, without a sign."""
        return f"{abs(self.spare):,}"

    @property
    def sentence(self) -> str:
        """The counts as a coordinator would say them."""
        told = f"{_count(self.mentors, 'mentor')} with {_count(self.places, 'place')}, {_count(self.mentees, 'mentee')}"
        if not self.mentees and not self.mentors:
            return "Nobody is here yet."
        if self.spare == 0:
            return f"{told}; exactly enough places."
        short = (
            f"{_count(-self.spare, 'place')} too few" if self.spare < 0 else f"{_count(self.spare, 'place')} to spare"
        )
        return f"{told}; {short}."


def check_capacity(capacity: int) -> None:
    """Raise Refused unless `capacity` is a number of partners that somebody can have."""
    if not 0 <= capacity <= MOST_PARTNERS:
        raise Refused(f"A person can take between 0 and {MOST_PARTNERS} partners; {capacity} is outside of that.")


def rhythm(cadence_days: int, least: int, most: int) -> str:
    """A programme's norm in words: how often and how long people meet."""
    often = {7: "every week", 14: "every two weeks", 21: "every three weeks"}.get(cadence_days)
    if often is None:
        often = "once a month" if 28 <= cadence_days <= 31 else f"every {cadence_days} days"
    length = f"{least} to {most} minutes" if most > least else f"{least} minutes"
    return f"Meet about {often}, for {length}."


def written(day: datetime.date) -> str:
    """A date as people write it: 3 May 2027."""
    return f"{day.day} {day:%B %Y}"


def _count(number: int, noun: str) -> str:
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


def _is_empty(value: Any) -> bool:
    if isinstance(value, list):
        return not [entry for entry in value if str(entry).strip()]
    return not value or not str(value).strip()
