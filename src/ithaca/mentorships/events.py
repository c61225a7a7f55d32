"""Facts that this slice announces."""

from __future__ import annotations

from dataclasses import dataclass

from ithaca.kernel import events


@dataclass(frozen=True)
class MentorshipStarted(events.Event):
    """Both were introduced to each other; the letters are in the outbox."""

    key = "mentorship.started"
    sentence = "{actor} introduced {mentor} and {mentee} to each other"
    mentor: str
    mentee: str


@dataclass(frozen=True)
class ContactMade(events.Event):
    """The two are in touch. What they wrote or said is theirs."""

    key = "mentorship.contact_made"
    sentence = "{mentor} and {mentee} are in touch"
    mentor: str
    mentee: str


@dataclass(frozen=True)
class FirstMeetingDated(events.Event):
    """`on` is the day of the first meeting, past or to come, as an ISO date."""

    key = "mentorship.first_meeting_dated"
    sentence = "First meeting of {mentor} and {mentee}: {on}"
    mentor: str
    mentee: str
    on: str


@dataclass(frozen=True)
class MentorshipClosed(events.Event):
    """The reason stays with the closure."""

    key = "mentorship.closed"
    sentence = "The mentorship of {mentor} and {mentee} ended: {kind}"
    mentor: str
    mentee: str
    kind: str


@dataclass(frozen=True)
class MentorshipReopened(events.Event):
    key = "mentorship.reopened"
    sentence = "{actor} reopened the mentorship of {mentor} and {mentee}"
    mentor: str
    mentee: str
