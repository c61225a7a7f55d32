"""What a participant's home shows: the one next step, mentorships and circles, the timeline, what the profile still lacks."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from django.urls import reverse
from django.utils import timezone
from django.utils.text import get_text_list

from ithaca.circles import queries as circles
from ithaca.circles.queries import Introduced
from ithaca.mentorships import queries as mentorships
from ithaca.mentorships import rules as mentorship_rules
from ithaca.mentorships.models import Mentorship
from ithaca.mentorships.rules import Step
from ithaca.people import queries as people
from ithaca.people import rules as people_rules
from ithaca.people.models import Person, Profile
from ithaca.programmes import queries as programmes
from ithaca.programmes import rules as programme_rules
from ithaca.programmes.desk import Link, NextStep
from ithaca.programmes.models import Cohort, Enrolment
from ithaca.programmes.rules import TimelineStep, written

PRESSING = (Step.WRITE, Step.DATE, Step.MEET, Step.WAIT, Step.UNDER_WAY)
"""Steps of a mentorship, the one that needs its reader most first."""


@dataclass(frozen=True)
class Pair:
    """One open mentorship on the home page."""

    mentorship: Mentorship
    partner: Person
    is_mentee: bool
    step: Step
    line: str


@dataclass(frozen=True)
class Peers:
    """One circle on the home page, with the names of all others in it."""

    circle: Introduced
    names: str


@dataclass(frozen=True)
class Completeness:
    """How much of what helps a match the profile of a participant tells: `told` of `all`, and the gaps as (label, why)."""

    told: int
    all: int
    gaps: list[tuple[str, str]]


@dataclass(frozen=True)
class Home:
    """Everything on the page."""

    next_step: NextStep
    mentorships: list[Pair]
    circles: list[Peers]
    enrolments: list[Enrolment]
    timelines: list[tuple[Cohort, list[TimelineStep]]]
    profile: Completeness | None


def home_of(person: Person, today: datetime.date) -> Home:
    """The home of a participant on that day."""
    enrolments = list(programmes.cohorts_of(person))
    pairs = [_pair(mentorship, person, today) for mentorship in mentorships.open_of(person)]
    pairs.sort(key=lambda pair: PRESSING.index(pair.step))
    cohorts = {enrolment.cohort_id: enrolment.cohort for enrolment in enrolments}
    running = [c for c in cohorts.values() if c.phase(today) != programme_rules.Phase.OVER]
    profile = _completeness(person, {enrolment.role for enrolment in enrolments}) if enrolments else None
    of_peers = [c for c in circles.circles_of(person) if c.cohort.phase(today) != programme_rules.Phase.OVER]
    return Home(
        next_step=_first_words(person, pairs, of_peers, today) or _next_step(person, pairs, running, profile, today),
        mentorships=pairs,
        circles=[Peers(one, get_text_list([p.name for p in one.others(person)], "and")) for one in of_peers],
        enrolments=enrolments,
        timelines=[(cohort, programme_rules.timeline(cohort.dates(), today)) for cohort in running],
        profile=profile,
    )


def _pair(mentorship: Mentorship, person: Person, today: datetime.date) -> Pair:
    step = mentorships.step_of(mentorship, person, today)
    is_mentee = mentorship.mentee_id == person.pk
    return Pair(mentorship, mentorship.partner_of(person), is_mentee, step, _line(mentorship, step))


def _line(mentorship: Mentorship, step: Step) -> str:
    if step is Step.MEET or step is Step.UNDER_WAY:
        on = written(mentorship.first_meeting.on)
        return f"First meeting on {on}" if step is Step.MEET else f"First met on {on}"
    return {Step.WRITE: "You write first", Step.WAIT: "Your mentee writes first", Step.DATE: "In touch"}[step]


def _next_step(
    person: Person, pairs: list[Pair], running: list[Cohort], profile: Completeness | None, today: datetime.date
) -> NextStep:
    slug = person.organisation.slug
    if pairs and pairs[0].step is not Step.UNDER_WAY:
        return _step_of_pair(pairs[0], slug, today)
    if profile and profile.gaps and not pairs:
        label, why = profile.gaps[0]
        more = f" {len(profile.gaps) - 1} more would help, too." if len(profile.gaps) > 1 else ""
        me = Link("Complete your profile", reverse("people:me", args=[slug]))
        return NextStep(f"Tell us: {label.lower()}", f"{why}{more}", me)
    if pairs:
        return _step_of_pair(pairs[0], slug, today)
    for cohort in running:
        if cohort.matching_on >= today:
            about = Link("Read about the programme", reverse("programmes:about", args=[slug, cohort.programme.code]))
            why = f"Matching is planned for {written(cohort.matching_on)}. You then receive an introduction by e-mail."
            return NextStep("There is nothing you need to do now", why, None, about)
    why = "As soon as there is something for you to do, you find it here, and you receive an e-mail."
    return NextStep("There is nothing you need to do now", why)


def _first_words(
    person: Person, pairs: list[Pair], of_peers: list[Introduced], today: datetime.date
) -> NextStep | None:
    """The lot fell on somebody to write first: that is their next step as long as it is time for it, and no mentor waits."""
    if pairs and pairs[0].step is Step.WRITE:
        return None
    for circle in of_peers:
        if circle.is_begun_by(person) and today <= circle.write_by and circle.others(person):
            others = circle.others(person)
            what = f"Write to {others[0].name}" if circle.is_of_two else f"Write to your circle of {len(circle.people)}"
            why = f"Somebody has to begin, and the lot fell on you: best by {written(circle.write_by)}."
            open_it = reverse("circles:circle", args=[person.organisation.slug, circle.circle.code])
            return NextStep(what, why, Link("See who they are" if circle.is_of_two else "Open your circle", open_it))
    return None


def _step_of_pair(pair: Pair, slug: str, today: datetime.date) -> NextStep:
    name, open_it = pair.partner.name, reverse("mentorships:mentorship", args=[slug, pair.mentorship.code])
    match pair.step:
        case Step.WRITE:
            why = f"The first step is yours{_best_by(pair.mentorship, today)}. There are words to start from."
            return NextStep(f"Write to {name}", why, Link("Write the first message", open_it))
        case Step.DATE:
            why = "You are in touch. An hour is plenty for a first meeting: its only aim is to get to know each other."
            return NextStep(f"Agree on a first meeting with {name}", why, Link("Note the day", open_it))
        case Step.MEET:
            on = written(pair.mentorship.first_meeting.on)
            return NextStep(f"You meet {name} on {on}", "Three questions help to prepare.", Link("Prepare", open_it))
        case Step.WAIT:
            started = timezone.localdate(pair.mentorship.started_at)
            if mentorship_rules.is_late(started, today):
                day = written(mentorship_rules.write_by(started))
                why = f"Your mentee was asked to write by {day}. If nothing has come, a short line from you will help."
                return NextStep(f"Write to {name}", why, Link("Open the mentorship", open_it))
            why = "Your mentee has been asked to make the first step. There is nothing you need to do until then."
            return NextStep(f"{name} writes to you first", why, None, Link("Read about each other", open_it))
        case _:
            rhythm = pair.mentorship.cohort.programme.rhythm()
            why = f"{rhythm} What works best: agree on the next day before you part."
            return NextStep("Keep your rhythm", why, None, Link(f"Open the mentorship with {name}", open_it))


def _best_by(mentorship: Mentorship, today: datetime.date) -> str:
    by = mentorship_rules.write_by(timezone.localdate(mentorship.started_at))
    return f", best by {written(by)}" if by >= today else ", and it is not too late for it"


def _completeness(person: Person, roles: set[str]) -> Completeness:
    profile = Profile.objects.filter(person=person).first() or Profile(person=person)
    values = {field.name: getattr(profile, field.name) for field in people_rules.PROFILE}
    gaps = people_rules.worth_adding(values, sides=roles)
    whole = len(people_rules.worth_adding({}, sides=roles))
    return Completeness(whole - len(gaps), whole, [(people.label_of(name), why) for name, why in gaps])
