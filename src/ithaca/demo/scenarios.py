"""Named moments of a cohort; each builds a small whole world for the demo, the tests and the pictures.

Everything goes through the actions a person would use, then the clock is turned back for what has already happened.
"""

from __future__ import annotations

import datetime
import random
from dataclasses import dataclass, field

from django.db import transaction
from django.utils import timezone

from ithaca.demo import people as invented_people
from ithaca.demo import texts
from ithaca.demo.people import Invented
from ithaca.kernel import tenancy
from ithaca.matching import actions as matching
from ithaca.mentorships import actions as mentorships
from ithaca.mentorships.models import Mentorship
from ithaca.mentorships.rules import ClosureKind
from ithaca.people import actions as people
from ithaca.people.models import Organisation, Person, Profile
from ithaca.people.rules import Role
from ithaca.programmes import actions as programmes
from ithaca.programmes import rules as programme_rules
from ithaca.programmes.models import Cohort, Enrolment, Programme
from ithaca.programmes.rules import Side

APPLICATIONS_TO_KICK_OFF = datetime.timedelta(weeks=7)


@dataclass
class World:
    """An organisation with one programme, and who to look at it as."""

    organisation: Organisation
    programme: Programme
    owner: Person
    coordinator: Person
    seed: int
    addresses: set[str] = field(default_factory=set)
    cohorts: dict[str, Cohort] = field(default_factory=dict)


@transaction.atomic
def founded(seed: int = 7, slug: str = texts.SLUG, name: str = texts.ORGANISATION) -> World:
    """An organisation with its owner, a coordinator, a sponsor and a complete programme; no cohort yet."""
    organisation = people.found_organisation(
        name=name, slug=slug, owner_name=texts.OWNER[0], owner_email=_at(slug, texts.OWNER[1])
    )
    with tenancy.scope(organisation):
        owner = Person.objects.get(email=_at(slug, texts.OWNER[1]))
        coordinator = _staff(slug, texts.COORDINATOR, Role.COORDINATOR, owner)
        _staff(slug, texts.SPONSOR, Role.SPONSOR, owner)
        programme = programmes.create_programme(by=owner, **texts.PROGRAMME)
    return World(organisation, programme, owner, coordinator, seed)


@transaction.atomic
def applications_open(world: World, name: str = "Cohort 9", mentors: int = 10, mentees: int = 14) -> Cohort:
    """Applications have been open for two weeks; some people are there already."""
    start = timezone.localdate() - datetime.timedelta(weeks=2)
    return _cohort(world, "applications", name, start, mentors, mentees)


@transaction.atomic
def ready_to_match(world: World, name: str = "Cohort 8", mentors: int = 24, mentees: int = 30) -> Cohort:
    """Applications are closed, everybody is in, wishes are stated; today is the day of matching."""
    start = timezone.localdate() - datetime.timedelta(weeks=5)
    cohort = _cohort(world, "matching", name, start, mentors, mentees)
    with tenancy.scope(world.organisation):
        _state_wishes(world, cohort)
    return cohort


def week_six(world: World, name: str = "Cohort 7", mentors: int = 19, mentees: int = 23) -> Cohort:
    """Matched and introduced six weeks ago; most have met, one pair has not been heard of, one has ended."""
    start = timezone.localdate() - APPLICATIONS_TO_KICK_OFF - datetime.timedelta(weeks=6)
    with transaction.atomic():
        cohort = _cohort(world, "running", name, start, mentors, mentees)
    with tenancy.scope(world.organisation):
        _publish(world, cohort)
        _live_six_weeks(world, cohort)
    return cohort


def whole(seed: int = 7, slug: str = texts.SLUG) -> World:
    """The demo: 120 people, one cohort in each moment."""
    world = founded(seed, slug)
    week_six(world)
    ready_to_match(world)
    applications_open(world)
    return world


def _staff(slug: str, who: tuple[str, str], role: Role, owner: Person) -> Person:
    person = people.add_person(name=who[0], email=_at(slug, who[1]), by=owner)
    people.grant_role(person=person, role=role, by=owner)
    return person


def _at(slug: str, email: str) -> str:
    """Addresses of another organisation than the demo's own carry its name, so that worlds can stand side by side."""
    return email if slug == texts.SLUG else email.replace("@", f".{slug}@")


def _cohort(world: World, key: str, name: str, start: datetime.date, mentors: int, mentees: int) -> Cohort:
    with tenancy.scope(world.organisation):
        cohort = programmes.create_cohort(
            world.programme,
            name=name,
            dates=programme_rules.proposed_dates(start),
            by=world.coordinator,
        )
        seed = world.seed * 100 + len(world.cohorts)
        _settle(world, cohort, invented_people.invent(mentors, mentees, seed, world.addresses))
    world.cohorts[key] = cohort
    return cohort


def _settle(world: World, cohort: Cohort, invented: list[Invented]) -> None:
    """Bring invented people into the organisation and the cohort."""
    slug = world.organisation.slug
    persons = Person.objects.bulk_create(
        [Person(name=one.name, email=_at(slug, one.email), time_zone=one.time_zone) for one in invented]
    )
    Profile.objects.bulk_create(
        [Profile(person=person, **one.profile) for person, one in zip(persons, invented, strict=True)]
    )
    entries = [
        programmes.Entry(person, Side(one.side), one.capacity) for person, one in zip(persons, invented, strict=True)
    ]
    programmes.enrol_many(cohort, entries=entries, by=world.coordinator, source="members' newsletter")


def _state_wishes(world: World, cohort: Cohort) -> None:
    """A third of the mentees name one to three mentors; one mentor names a mentee."""
    chance = random.Random(world.seed)
    mentors = list(Enrolment.objects.filter(cohort=cohort).mentors().select_related("person"))
    mentees = list(Enrolment.objects.filter(cohort=cohort).mentees().select_related("person"))
    wishes: dict[Enrolment, list[Enrolment]] = {
        mentee: chance.sample(mentors, chance.randint(1, 3)) for mentee in chance.sample(mentees, len(mentees) // 3)
    }
    wishes[mentors[0]] = [mentees[-1]]
    programmes.prefer_many(wishes, by=None)


def _publish(world: World, cohort: Cohort) -> None:
    run = matching.start(cohort, by=world.coordinator)
    matching.solve_run.call(world.organisation.pk, run.code)
    matching.publish(run.board, by=world.coordinator)


def _live_six_weeks(world: World, cohort: Cohort) -> None:
    """Turn the clock back to the introduction and let the weeks since then happen."""
    chance = random.Random(world.seed)
    introduced = timezone.now() - datetime.timedelta(weeks=6)
    pairs = list(cohort.mentorships.order_by("pk"))
    Mentorship.objects.filter(pk__in=[pair.pk for pair in pairs]).update(started_at=introduced)
    for pair in pairs[2:]:
        pair.started_at = introduced
        met = timezone.localdate() - datetime.timedelta(days=chance.randint(3, 33))
        mentorships.date_first_meeting(pair, on=met, by=pair.mentee)
    reason = "They agreed that their fields are too far apart."
    mentorships.close(pairs[-1], kind=ClosureKind.NOT_A_FIT, reason=reason, by=world.coordinator)
