"""The demo world in the database, and the links by which a developer looks at it as somebody."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from django.conf import settings
from django.urls import reverse

from ithaca.demo import scenarios, texts
from ithaca.kernel import links, tenancy
from ithaca.people.models import Organisation, Person
from ithaca.programmes.models import Cohort

PURPOSE = "demo.sign_in"
VALID_FOR = timedelta(days=30)


def prepare(once: bool = False) -> Iterator[str]:
    """Build the demo world unless it is there, and say how to sign in. Yields lines for the terminal."""
    organisation = Organisation.objects.filter(slug=texts.SLUG).first()
    if organisation is None:
        yield "Building the demo world: 120 people, three cohorts …"
        organisation = scenarios.whole().organisation
    elif not once:
        yield f"The demo world is already there. To begin anew, remove {settings.ENVIRONMENT.data} first."
    if settings.DEVELOPMENT:
        yield from sign_in_lines(organisation)


def sign_in_lines(organisation: Organisation) -> Iterator[str]:
    """One line per person to look at the demo as."""
    yield "Sign in with one click (development only):"
    for label, person in visitors(organisation):
        token = links.sign(PURPOSE, {"person": person.code})
        yield f"  {label:<12} {settings.ADDRESS}{reverse('demo:sign_in', kwargs={'token': token})}"


def visitors(organisation: Organisation) -> list[tuple[str, Person]]:
    """A coordinator, and a mentor and a mentee of the running cohort who were introduced to each other."""
    with tenancy.scope(organisation):
        coordinator = Person.objects.get(email=texts.COORDINATOR[1])
        cohort = Cohort.objects.order_by("kick_off_on").first()
        pair = cohort.mentorships.open().select_related("mentor", "mentee").order_by("pk").first()
        return [("Coordinator", coordinator), ("Mentor", pair.mentor), ("Mentee", pair.mentee)]
