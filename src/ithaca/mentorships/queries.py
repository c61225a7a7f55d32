"""Reads of mentorships: for pages, letters and the desks above."""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

from django.db.models import Count, Q
from django.db.models.functions import Lower
from django.utils import timezone

from ithaca.mentorships import rules
from ithaca.mentorships.models import FirstMeeting, Mentorship
from ithaca.people import queries as people
from ithaca.people.models import Person
from ithaca.people.rules import Reader
from ithaca.programmes.models import Cohort, Preference


def open_of(person: Person) -> Any:
    """The open mentorships of a person, with everything their pages show, the newest first."""
    return whole(Mentorship.objects.open().of(person)).order_by("-started_at", "-pk")


def of(person: Person) -> Any:
    """All mentorships of a person, open or ended."""
    return whole(Mentorship.objects.of(person)).order_by("-started_at", "-pk")


def outline_of(cohort: Cohort) -> Any:
    """The mentorships of a cohort as a coordinator sees them: who, since when, in touch, met, ended; no content."""
    return whole(Mentorship.objects.filter(cohort=cohort)).order_by(Lower("mentor__name"), Lower("mentee__name"), "pk")


def in_the_way(cohort: Cohort, pairs: Sequence[tuple[rules.Place, rules.Place]]) -> list[str]:
    """Why these (mentor, mentee) pairs cannot be introduced today, a sentence each; in two queries, empty if they can."""
    rows = list(Mentorship.objects.filter(cohort=cohort).values_list("mentor_id", "mentee_id", "closure__pk"))
    current = [(mentor, mentee) for mentor, mentee, closed in rows if closed is None]
    apart = Preference.objects.filter(enrolment__cohort=cohort, rank__isnull=True)
    return rules.problems_of(
        pairs,
        mentor_load=Counter(mentor for mentor, _ in current),
        mentee_load=Counter(mentee for _, mentee in current),
        introduced={(mentor, mentee) for mentor, mentee, _ in rows},
        apart=set(apart.values_list("enrolment__person_id", "other__person_id")),
    )


def counts_of(cohorts: Any) -> dict[int, dict[str, int]]:
    """Per cohort's primary key: `open`, `in_touch`, `met` and `ended` mentorships."""
    today = timezone.localdate()
    is_open = Q(closure__isnull=True)
    in_touch = Q(first_contact__isnull=False) | Q(first_meeting__isnull=False)
    rows = (
        Mentorship.objects.filter(cohort__in=cohorts)
        .values("cohort")
        .annotate(
            open=Count("pk", filter=is_open),
            in_touch=Count("pk", filter=is_open & in_touch),
            met=Count("pk", filter=is_open & Q(first_meeting__on__lte=today)),
            ended=Count("pk", filter=~is_open),
        )
    )
    return {row.pop("cohort"): row for row in rows}


def without_contact(cohorts: Any, today: datetime.date) -> Any:
    """Open mentorships whose first contact is late on that day, the longest waiting first."""
    latest = today - datetime.timedelta(days=rules.FIRST_CONTACT_DAYS + 1)
    late = Mentorship.objects.open().without_contact().started_by(latest).filter(cohort__in=cohorts)
    return whole(late).order_by("started_at", "pk")


def whole(mentorships: Any) -> Any:
    """With everything that a page shows of them, in the same query."""
    return mentorships.select_related(
        "cohort__programme", "mentor", "mentee", "first_contact", "first_meeting", "closure"
    )


def shared_profile(person: Person) -> list[tuple[str, str]]:
    """What somebody tells the other one of their pair: label and text, only what is told and meant for them."""
    zone = f" ({person.time_zone or person.organisation.time_zone} time)"
    return [
        (field.label + (zone if field.name == "availability" else ""), _in_words(field.value))
        for field in people.told(person, Reader.PARTNER)
    ]


@dataclass(frozen=True)
class Sight:
    """A mentorship as one of the two sees it: what the page and the page of the introduction show."""

    mentorship: Mentorship
    reader: Person
    partner: Person
    is_mentee: bool
    step: rules.Step
    write_by: datetime.date
    late: bool
    told: list[tuple[str, str]]
    write_to: str
    role: str

    @property
    def first_meeting(self) -> FirstMeeting | None:
        return getattr(self.mentorship, "first_meeting", None)


def step_of(mentorship: Mentorship, reader: Person, today: datetime.date) -> rules.Step:
    """The next step of a mentorship for one of the two."""
    meeting = getattr(mentorship, "first_meeting", None)
    return rules.next_step(
        is_mentee=reader.pk == mentorship.mentee_id,
        in_touch=hasattr(mentorship, "first_contact"),
        meeting_on=meeting.on if meeting else None,
        ended=hasattr(mentorship, "closure"),
        today=today,
    )


def sight(mentorship: Mentorship, reader: Person, today: datetime.date) -> Sight:
    """What `reader`, one of the two, sees of the mentorship on that day."""
    is_mentee = reader.pk == mentorship.mentee_id
    partner, programme = mentorship.partner_of(reader), mentorship.cohort.programme
    step = step_of(mentorship, reader, today)
    started = timezone.localdate(mentorship.started_at)
    return Sight(
        mentorship=mentorship,
        reader=reader,
        partner=partner,
        is_mentee=is_mentee,
        step=step,
        write_by=rules.write_by(started),
        late=rules.is_late(started, today),
        told=[] if step is rules.Step.ENDED else shared_profile(partner),
        write_to=_mailto(mentorship, partner) if is_mentee else f"mailto:{quote(partner.email)}",
        role=programme.mentee_role if is_mentee else programme.mentor_role,
    )


def _in_words(value: Any) -> str:
    if not isinstance(value, list):
        return str(value)
    return ("\n" if any("," in entry for entry in value) else ", ").join(value)


def _mailto(mentorship: Mentorship, mentor: Person) -> str:
    """A link that begins the mentee's first message with the opener."""
    subject = quote(f"{mentorship.cohort.programme.name}: hello from {mentorship.mentee.name}")
    return f"mailto:{quote(mentor.email)}?subject={subject}&body={quote(mentorship.opener)}"
