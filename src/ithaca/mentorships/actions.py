"""Every write of mentorships: introduce, tell of the first contact and meeting, close, reopen."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from ithaca.activity import actions as activity
from ithaca.mentorships import emails, events, queries, rules
from ithaca.mentorships.models import Closure, FirstContact, FirstMeeting, Mentorship
from ithaca.mentorships.rules import ClosureKind, Place
from ithaca.notifications import actions as notifications
from ithaca.notifications import rendering
from ithaca.notifications.rendering import Prepared
from ithaca.people import queries as people
from ithaca.people.models import Person
from ithaca.programmes import rules as programme_rules
from ithaca.programmes.models import Cohort, Enrolment
from ithaca.programmes.rules import Side

Pair = tuple[Enrolment, Enrolment, list[str], str]
"""Enrolment of the mentor, enrolment of the mentee, what the two have in common, an opener for the mentee."""


@dataclass(frozen=True)
class Introduction:
    """A mentorship to be, with both its letters as they will be sent."""

    mentor: Enrolment
    mentee: Enrolment
    mentorship: Mentorship
    letters: list[Prepared]


def introduce(
    cohort: Cohort, *, pairs: Sequence[Pair], by: Person | None, at: datetime.datetime | None = None
) -> list[Mentorship]:
    """Publish a plan: make the mentorships and post both introductions of every pair, all or nothing.

    The letters are rendered first; then `introduce_prepared` writes. `at` dates mentorships that began before Ithaca
    knew of them.
    """
    return introduce_prepared(cohort, introductions=prepare(cohort, pairs=pairs, at=at), by=by)


def prepare(cohort: Cohort, *, pairs: Sequence[Pair], at: datetime.datetime | None = None) -> list[Introduction]:
    """Render both letters of every pair, ahead of the transaction that posts them; nothing is written."""
    return [_prepared(cohort, *pair, at or timezone.now()) for pair in pairs]


@transaction.atomic
def introduce_prepared(cohort: Cohort, *, introductions: Sequence[Introduction], by: Person | None) -> list[Mentorship]:
    """Write what was prepared, in a number of statements that does not grow with the pairs but for their batches.

    The cohort and the enrolments are locked, so that two publications at once settle one after the other and nobody
    gets more partners than they take. Raises IntroductionRefused with a sentence for everything in the way. Letters that
    speak of somebody who changed name, address or profile since are rendered anew.
    """
    cohort = Cohort.objects.select_for_update(of=("self",)).get(pk=cohort.pk)
    enrolled = _locked_enrolments(cohort)
    _check(cohort, introductions, enrolled)
    introductions = _renewed(introductions, enrolled)
    made = [one.mentorship for one in introductions]
    Mentorship.objects.bulk_create(made)
    facts = [(events.MentorshipStarted(**_names(one)), f"mentorship:{one.code}") for one in made]
    activity.record_all(facts, actor=by)
    notifications.post_all([letter for one in introductions for letter in one.letters])
    return made


def _prepared(
    cohort: Cohort, mentor: Enrolment, mentee: Enrolment, common_ground: list[str], opener: str, at: datetime.datetime
) -> Introduction:
    mentorship = Mentorship(
        cohort=cohort,
        mentor=mentor.person,
        mentee=mentee.person,
        started_at=at,
        common_ground=list(common_ground),
        opener=opener.strip(),
    )
    cause = f"mentorship:{mentorship.code}"
    letters = [rendering.prepared(letter, cause=cause) for letter in emails.introductions(mentorship)]
    return Introduction(mentor, mentee, mentorship, letters)


@transaction.atomic
def tell_contact(mentorship: Mentorship, *, by: Person) -> FirstContact:
    """One of the two says that they are in touch. Told twice, the first time counts."""
    mentorship = _locked(mentorship)
    told: FirstContact
    told, fresh = FirstContact.objects.get_or_create(mentorship=mentorship, defaults={"by": by})
    if fresh:
        event = events.ContactMade(**_names(mentorship))
        activity.record(event, actor=by, subject=f"mentorship:{mentorship.code}")
    return told


@transaction.atomic
def take_back_contact(mentorship: Mentorship, *, by: Person) -> None:
    """Undo `tell_contact`: it was pressed by mistake."""
    FirstContact.objects.filter(mentorship=_locked(mentorship), by=by).delete()


@transaction.atomic
def date_first_meeting(mentorship: Mentorship, *, on: datetime.date, by: Person) -> FirstMeeting:
    """Tell the day of the first meeting, agreed or held; another day moves it. It also means that they are in touch."""
    mentorship = _locked(mentorship)
    earliest = timezone.localdate(mentorship.started_at)
    if on < earliest:
        raise rules.Refused(
            f"You were introduced on {programme_rules.written(earliest)}. Choose that day or a later one."
        )
    if on > timezone.localdate() + datetime.timedelta(days=366):
        raise rules.Refused("That day is more than a year away. Choose an earlier one.")
    tell_contact(mentorship, by=by)
    before = FirstMeeting.objects.filter(mentorship=mentorship).values_list("on", flat=True).first()
    meeting: FirstMeeting
    meeting, _ = FirstMeeting.objects.update_or_create(mentorship=mentorship, defaults={"on": on, "by": by})
    if before != on:
        event = events.FirstMeetingDated(**_names(mentorship), on=on.isoformat())
        activity.record(event, actor=by, subject=f"mentorship:{mentorship.code}")
    return meeting


@transaction.atomic
def close(mentorship: Mentorship, *, kind: ClosureKind, by: Person | None, reason: str = "") -> Closure:
    """End a mentorship. The reason is for coordinators only. Closing what is closed changes nothing."""
    mentorship = _locked(mentorship)
    closure: Closure
    closure, fresh = Closure.objects.get_or_create(
        mentorship=mentorship, defaults={"kind": ClosureKind(kind), "reason": reason.strip(), "by": by}
    )
    if fresh:
        event = events.MentorshipClosed(**_names(mentorship), kind=ClosureKind(kind).label.lower())
        activity.record(event, actor=by, subject=f"mentorship:{mentorship.code}")
    return closure


@transaction.atomic
def reopen(mentorship: Mentorship, *, by: Person | None) -> None:
    """Undo a closure. An open mentorship stays as it is."""
    mentorship = _locked(mentorship)
    removed, _ = Closure.objects.filter(mentorship=mentorship).delete()
    if removed:
        event = events.MentorshipReopened(**_names(mentorship))
        activity.record(event, actor=by, subject=f"mentorship:{mentorship.code}")


@dataclass(frozen=True)
class _Enrolled:
    """A locked enrolment as it is now."""

    place: Place
    role: str
    told: tuple[object, ...]
    """What letters about this person are made from, as far as it takes to see whether it changed."""


def _locked_enrolments(cohort: Cohort) -> dict[int, _Enrolled]:
    rows = Enrolment.objects.filter(cohort=cohort).order_by("pk")
    list(rows.select_for_update().values_list("pk", flat=True))
    columns = ("pk", "role", "person_id", "capacity", "withdrawal", *(f"person__{name}" for name in people.VERSION))
    return {
        pk: _Enrolled(Place(person, told[0], capacity, left is None), role, told)
        for pk, role, person, capacity, left, *rest in rows.values_list(*columns)
        if (told := tuple(rest))
    }


def _renewed(introductions: Sequence[Introduction], enrolled: dict[int, _Enrolled]) -> list[Introduction]:
    """The same, where somebody changed in the meantime with new letters."""
    found = []
    for one in introductions:
        sides = (one.mentor, one.mentee)
        if any(enrolled[side.pk].told != people.version_of(side.person) for side in sides):
            whole = Enrolment.objects.select_related("person__profile", "person__organisation")
            mentor, mentee = (whole.get(pk=side.pk) for side in sides)
            kept = one.mentorship
            pair = (mentor, mentee, kept.common_ground, kept.opener, kept.started_at)
            one = _prepared(kept.cohort, *pair)  # noqa: PLW2901
        found.append(one)
    return found


def _check(cohort: Cohort, introductions: Sequence[Introduction], enrolled: dict[int, _Enrolled]) -> None:
    if not introductions:
        raise rules.IntroductionRefused(["The plan has no pairs, so there is nobody to introduce."])
    for one in introductions:
        sides = [(one.mentor, Side.MENTOR), (one.mentee, Side.MENTEE)]
        if any(row.pk not in enrolled or enrolled[row.pk].role != side for row, side in sides):
            raise rules.IntroductionRefused(["Each pair needs a mentor and a mentee of this cohort."])
    pairs = [(enrolled[one.mentor.pk].place, enrolled[one.mentee.pk].place) for one in introductions]
    problems = queries.in_the_way(cohort, pairs)
    if problems:
        raise rules.IntroductionRefused(problems)


def _locked(mentorship: Mentorship) -> Mentorship:
    locked = Mentorship.objects.select_for_update(of=("self",)).select_related("mentor", "mentee")
    found: Mentorship = locked.get(pk=mentorship.pk)
    return found


def _names(mentorship: Mentorship) -> dict[str, str]:
    return {"mentor": mentorship.mentor.name, "mentee": mentorship.mentee.name}
