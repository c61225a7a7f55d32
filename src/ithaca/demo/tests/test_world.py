"""The demo world, and the way in as somebody of it."""

from __future__ import annotations

import pytest
from django.test import Client

from ithaca.demo import scenarios, world
from ithaca.kernel import links, tenancy
from ithaca.notifications.models import OutboxLetter
from ithaca.people.models import Person
from ithaca.programmes.models import Enrolment


@pytest.mark.django_db
def test_the_whole_world_has_a_cohort_in_each_moment() -> None:
    built = scenarios.whole()
    with tenancy.scope(built.organisation):
        assert Enrolment.objects.count() == 120
        assert set(built.cohorts) == {"applications", "matching", "running"}
        running = built.cohorts["running"]
        assert running.mentorships.open().count() >= 15
        assert running.mentorships.filter(closure__isnull=False).count() == 1
        assert OutboxLetter.objects.count() == 2 * running.mentorships.count()
        assert [label for label, _ in world.visitors(built.organisation)] == ["Coordinator", "Mentor", "Mentee"]


@pytest.mark.django_db
def test_two_worlds_stand_side_by_side() -> None:
    here, there = scenarios.founded(), scenarios.founded(slug="elsewhere", name="Elsewhere")
    scenarios.applications_open(here)
    scenarios.applications_open(there)
    with tenancy.scope(there.organisation):
        assert Enrolment.objects.count() == 24


@pytest.mark.django_db
def test_a_link_leads_to_a_button_and_the_button_signs_in(client: Client) -> None:
    built = scenarios.founded()
    address = f"/-/demo/{links.sign(world.PURPOSE, {'person': built.coordinator.code})}/"
    page = client.get(address)
    assert built.coordinator.name in page.content.decode()
    assert "_auth_user_id" not in client.session
    assert client.post(address).status_code == 302
    assert client.session["_auth_user_id"]


@pytest.mark.django_db
def test_outside_development_nobody_gets_in(client: Client, settings) -> None:
    built = scenarios.founded()
    token = links.sign(world.PURPOSE, {"person": built.coordinator.code})
    settings.DEVELOPMENT = False
    assert client.post(f"/-/demo/{token}/").status_code == 404
    settings.DEVELOPMENT = True
    assert client.post("/-/demo/made-up/").status_code == 404
    assert Person.everywhere.filter(account__isnull=False).count() == 0
