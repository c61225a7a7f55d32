"""Small cohorts for the tests of matching."""

from __future__ import annotations

import random

from django.urls import reverse

from ithaca.people.models import Organisation, Person, Profile
from ithaca.people.rules import Role
from ithaca.programmes.models import Cohort, Enrolment
from ithaca.programmes.rules import Side
from ithaca.programmes.tests import worlds as frame

SKILLS = ["navigation", "law", "budgets", "speaking", "hiring", "safety", "logistics", "writing", "leading", "research"]
INTERESTS = ["chess", "sailing", "cooking", "choir", "hiking", "football"]


def organisation(slug: str = "harbour") -> Organisation:
    return frame.organisation(slug, f"{slug.title()} Association")


def coordinator(name: str = "Cora Dinat", role: Role = Role.COORDINATOR) -> Person:
    return frame.person(name, role=role)


def cohort(mentors: int = 4, mentees: int = 5, seed: int = 1, name: str = "Spring 2027", capacity: int = 1) -> Cohort:
    """A cohort whose people are drawn from a seed; all speak English, two in three share free hours."""
    made = frame.cohort(frame.programme(f"First Steps {name}"), name=name)
    drawn = random.Random(seed)
    people, profiles, enrolments = [], [], []
    sides = [(Side.MENTOR, number) for number in range(mentors)] + [(Side.MENTEE, number) for number in range(mentees)]
    for side, number in sides:
        label = f"{side.label} {number + 1:03}"
        address = f"{name}.{label}@example.org".replace(" ", "-").lower()
        people.append(Person(name=label, email=address, time_zone="Europe/Lisbon"))
        mentor = side == Side.MENTOR
        profiles.append(
            Profile(
                person=people[-1],
                headline=drawn.choice(["Harbour pilot", "Officer", "Engineer"]),
                seniority=drawn.randint(6, 10) if mentor else drawn.randint(0, 5),
                languages=["en", *drawn.sample(["pt", "fr", "de"], 1)],
                interests=drawn.sample(INTERESTS, 2),
                availability=drawn.sample(range(8, 20), 9),
                **{"offers" if mentor else "needs": drawn.sample(SKILLS, 4 if mentor else 3)},
            )
        )
        enrolments.append(Enrolment(cohort=made, person=people[-1], role=side, capacity=capacity if mentor else 1))
    Person.objects.bulk_create(people)
    Profile.objects.bulk_create(profiles)
    Enrolment.objects.bulk_create(enrolments)
    return made


def named(cohort: Cohort, label: str) -> Person:
    """A person of the cohort by the drawn name, such as "Mentor 001"."""
    found: Person = Person.objects.get(name=label, enrolments__cohort=cohort)
    return found


def url(name: str, **kwargs: str) -> str:
    """The address of a page of matching in the first organisation."""
    return reverse(f"matching:{name}", kwargs={"organisation": "harbour", **kwargs})
