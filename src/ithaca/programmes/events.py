"""Facts that this slice announces."""

from __future__ import annotations

from dataclasses import dataclass

from ithaca.kernel import events


@dataclass(frozen=True)
class ProgrammeCreated(events.Event):
    key = "programme.created"
    sentence = "{actor} created the programme {programme}"
    programme: str


@dataclass(frozen=True)
class ProgrammeEdited(events.Event):
    """`fields` are the names of what changed, not the texts."""

    key = "programme.edited"
    sentence = "{actor} changed the programme {programme}: {fields}"
    programme: str
    fields: str


@dataclass(frozen=True)
class CohortCreated(events.Event):
    key = "cohort.created"
    sentence = "{actor} created the cohort {cohort} of {programme}"
    cohort: str
    programme: str


@dataclass(frozen=True)
class CohortDatesChanged(events.Event):
    """`changes` reads “Kick-off from 3 May 2027 to 10 May 2027”."""

    key = "cohort.dates_changed"
    sentence = "{actor} changed the dates of {cohort}: {changes}"
    cohort: str
    changes: str


@dataclass(frozen=True)
class PhaseBegan(events.Event):
    """The dates of a cohort say that a new phase began. Recorded once per phase by the daily job."""

    key = "cohort.phase_began"
    sentence = "{cohort} is now: {label}"
    cohort: str
    phase: str
    label: str


@dataclass(frozen=True)
class PersonEnrolled(events.Event):
    key = "enrolment.created"
    sentence = "{actor} enrolled {person} as {role} in {cohort}"
    person: str
    role: str
    cohort: str


@dataclass(frozen=True)
class PeopleEnrolled(events.Event):
    """Many at once, by an import."""

    key = "enrolment.many_created"
    sentence = "{actor} enrolled {mentors} mentors and {mentees} mentees in {cohort}"
    mentors: int
    mentees: int
    cohort: str


@dataclass(frozen=True)
class PersonWithdrew(events.Event):
    """The reason stays on the withdrawal; the ledger only says that it happened."""

    key = "enrolment.withdrawn"
    sentence = "{person} left {cohort} as {role}"
    person: str
    role: str
    cohort: str


@dataclass(frozen=True)
class PersonReturned(events.Event):
    key = "enrolment.returned"
    sentence = "{person} is back in {cohort} as {role}"
    person: str
    role: str
    cohort: str


@dataclass(frozen=True)
class CapacityChanged(events.Event):
    key = "enrolment.capacity_changed"
    sentence = "{actor} changed how many partners {person} takes from {before} to {after}"
    person: str
    before: int
    after: int


@dataclass(frozen=True)
class PersonPaused(events.Event):
    key = "enrolment.paused"
    sentence = "{person} pauses in {cohort}"
    person: str
    cohort: str


@dataclass(frozen=True)
class PersonResumed(events.Event):
    key = "enrolment.resumed"
    sentence = "{person} ended the pause in {cohort}"
    person: str
    cohort: str


@dataclass(frozen=True)
class WishesStated(events.Event):
    """That somebody named people they would like to be matched with; not whom."""

    key = "preference.stated"
    sentence = "Wishes of {person} were recorded: {count}"
    confidential = True
    person: str
    count: int


@dataclass(frozen=True)
class KeptApart(events.Event):
    """Never shown to either of the two."""

    key = "preference.kept_apart"
    sentence = "{actor} recorded that {person} and another participant are kept apart"
    confidential = True
    person: str


@dataclass(frozen=True)
class RoleGranted(events.Event):
    key = "programme.role_granted"
    sentence = "{actor} made {person} {role} of {programme}"
    person: str
    role: str
    programme: str


@dataclass(frozen=True)
class RoleRevoked(events.Event):
    key = "programme.role_revoked"
    sentence = "{actor} ended {person}’s role as {role} of {programme}"
    person: str
    role: str
    programme: str
