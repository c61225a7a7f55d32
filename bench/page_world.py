"""A cohort of a given number of introduced pairs, and the five pages with who reads them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.test import Client

from ithaca.demo import actions as demo
from ithaca.demo import scenarios
from ithaca.kernel import tenancy
from ithaca.matching import actions as matching
from ithaca.people import permissions
from ithaca.people.models import Person


@dataclass(frozen=True)
class PageWorld:
    """Addresses below one organisation, and browsers of its coordinator, a mentor and a mentee."""

    prefix: str
    cohort: str
    board: str
    mentorship: str
    coordinator: Client
    mentee: Client

    def pages(self) -> list[tuple[str, Client, str]]:
        """Name, reader, address."""
        return [
            ("Today", self.coordinator, f"{self.prefix}/today/"),
            ("Cohort", self.coordinator, f"{self.prefix}/cohorts/{self.cohort}/"),
            ("Board", self.coordinator, f"{self.prefix}/matching/boards/{self.board}/"),
            ("Home", self.mentee, f"{self.prefix}/"),
            ("Mentorship", self.mentee, f"{self.prefix}/mentorships/{self.mentorship}/"),
        ]


def build(pairs: int) -> PageWorld:
    """An organisation `bench-<pairs>` whose one cohort has about `pairs` mentorships."""
    world = scenarios.founded(slug=f"bench-{pairs}", name=f"Bench {pairs}")
    cohort = scenarios.ready_to_match(world, mentors=max(2, pairs), mentees=max(2, pairs))
    with tenancy.scope(world.organisation):
        run = matching.start(cohort, by=world.coordinator)
        matching.solve_run.call(run.organisation_id, run.code)
        matching.publish(run.board, by=world.coordinator)
        mentorship = cohort.mentorships.select_related("mentee").first()
        return PageWorld(
            f"/o/{world.organisation.slug}",
            cohort.code,
            run.board.code,
            mentorship.code,
            _browser(world.coordinator),
            _browser(mentorship.mentee),
        )


def _browser(person: Person) -> Any:
    client = Client()
    client.force_login(demo.let_in(person))
    session = client.session
    session[permissions.DEVELOPMENT_SIGN_IN] = True
    session.save()
    return client
