"""Every write of mentorships: introduce, tell of the first contact and meeting, close, reopen."""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Sequence

from django.db import transaction
from django.utils import timezone

from ithaca.activity import actions as activity
from ithaca.mentorships import emails, events, rules
from ithaca.mentorships.models import Closure, FirstContact, FirstMeeting, Mentorship
from ithaca.mentorships.rules import ClosureKind, Place
from ithaca.notifications import actions as notifications
from ithaca.people.models import Person
from ithaca.programmes import rules as programme_rules
from ithaca.programmes.models import Cohort, Enrolment, Preference
from ithaca.programmes.rules import Side

Pair = tuple[Enrolment, Enrolment, list[str], str]
"""Enrolment of the mentor, enrolment of the mentee, what the two have in common, an opener for the mentee."""


@transaction.atomic
def introduce(
    cohort: Cohort, *, pairs: Sequence[Pair], by: Person | None, at: datetime.datetime | None = None
) -> list[Mentorship]:
    """Publish a plan: make the mentorships and post both introductions of every pair, all or nothing.

    The cohort and the enrolments are locked, so that two publications at once settle one after the other and nobody
    gets more partners than they take. Raises IntroductionRefused with a sentence for everything in the way. `at` dates
    mentorships that began before Ithaca knew of them.
    """
    cohort = (
        Cohort.objects.select_for_update(of=("self",)).select_related("programme", "organisation").get(pk=cohort.pk)
    )
    enrolled = _locked_enrolments(cohort, pairs)
    _check(cohort, pairs, enrolled)
    made = []
    for mentor, mentee, common_ground, opener in pairs:
        made.append(
            Mentorship(
                cohort=cohort,
                mentor=enrolled[mentor.pk].person,
                mentee=enrolled[mentee.pk].person,
                started_at=at or timezone.now(),
                common_ground=list(common_ground),
                opener=opener.strip(),
            )
        )
    Mentorship.objects.bulk_create(made)
    for mentorship in made:
        subject = f"mentorship:{mentorship.code}"
        activity.record(events.MentorshipStarted(**_names(mentorship)), actor=by, subject=subject)
        for letter in emails.introductions(mentorship):
            notifications.post(letter, cause=subject)
    return made


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


def _locked_enrolments(cohort: Cohort, pairs: Sequence[Pair]) -> dict[int, Enrolment]:
    wanted = {enrolment.pk for mentor, mentee, _, _ in pairs for enrolment in (mentor, mentee)}
    rows = Enrolment.objects.select_for_update(of=("self",)).filter(cohort=cohort).order_by("pk")
    rows = rows.select_related("person__profile", "person__organisation", "withdrawal")
    return {row.pk: row for row in rows if row.pk in wanted}


def _check(cohort: Cohort, pairs: Sequence[Pair], enrolled: dict[int, Enrolment]) -> None:
    if not pairs:
        raise rules.IntroductionRefused(["The plan has no pairs, so there is nobody to introduce."])
    for mentor, mentee, _, _ in pairs:
        sides = [(mentor, Side.MENTOR), (mentee, Side.MENTEE)]
        if any(row.pk not in enrolled or enrolled[row.pk].role != side for row, side in sides):
            raise rules.IntroductionRefused(["Each pair needs a mentor and a mentee of this cohort."])
    rows = Mentorship.objects.filter(cohort=cohort).values_list("mentor_id", "mentee_id", "closure__pk")
    current = [(mentor, mentee) for mentor, mentee, closed in rows if closed is None]
    apart = Preference.objects.filter(enrolment__cohort=cohort, rank__isnull=True)
    problems = rules.problems_of(
        [(_place(enrolled[mentor.pk]), _place(enrolled[mentee.pk])) for mentor, mentee, _, _ in pairs],
        mentor_load=Counter(mentor for mentor, _ in current),
        mentee_load=Counter(mentee for _, mentee in current),
        introduced={(mentor, mentee) for mentor, mentee, _ in rows},
        apart=set(apart.values_list("enrolment__person_id", "other__person_id")),
    )
    if problems:
        raise rules.IntroductionRefused(problems)


def _place(enrolment: Enrolment) -> Place:
    return Place(
        person=enrolment.person_id,
        name=enrolment.person.name,
        capacity=enrolment.capacity,
        active=not hasattr(enrolment, "withdrawal"),
    )


def _locked(mentorship: Mentorship) -> Mentorship:
    locked = Mentorship.objects.select_for_update(of=("self",)).select_related("mentor", "mentee")
    found: Mentorship = locked.get(pk=mentorship.pk)
    return found


def _names(mentorship: Mentorship) -> dict[str, str]:
    return {"mentor": mentorship.mentor.name, "mentee": mentorship.mentee.name}
