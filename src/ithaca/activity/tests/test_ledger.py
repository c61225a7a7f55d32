"""The record: written in the transaction of the change, read by whom it concerns."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

import pytest
from django.db import transaction
from django.test import Client

from ithaca.activity import actions, queries
from ithaca.activity.models import Activity
from ithaca.kernel import events, tenancy
from ithaca.people import actions as people
from ithaca.people.models import Organisation, Person, RoleGrant
from ithaca.people.rules import Role
from ithaca.people.tests.conftest import signed_in

RECORD = "/o/harbour/record/"


@dataclass(frozen=True)
class Sailed(events.Event):
    key: ClassVar[str] = "ship.sailed"
    sentence: ClassVar[str] = "{actor} sailed to {port}"

    port: str


@dataclass(frozen=True)
class Confided(events.Event):
    key: ClassVar[str] = "ship.confided"
    sentence: ClassVar[str] = "{actor} wrote to the partner"
    audience: ClassVar[events.Audience] = events.Audience.PAIR


@pytest.fixture
def harbour(db: None) -> Organisation:
    return Organisation.objects.create(slug="harbour", name="Harbour Engineers")


def person(organisation: Organisation, name: str, *roles: Role) -> Person:
    made: Person = Person.everywhere.create(
        organisation=organisation, name=name, email=f"{name.split(maxsplit=1)[0].lower()}@{organisation.slug}.example"
    )
    for role in roles:
        RoleGrant.everywhere.create(organisation=organisation, person=made, role=role)
    return made


@pytest.fixture
def owner(harbour: Organisation) -> Person:
    return person(harbour, "Olu Okoro", Role.OWNER)


@pytest.fixture
def ada(harbour: Organisation) -> Person:
    return person(harbour, "Ada Byron")


def sail(who: Person, port: str = "Ithaca", subject: str = "ship:argo") -> Activity:
    with tenancy.scope(who.organisation), transaction.atomic():
        return actions.record(Sailed(port=port), actor=who, subject=subject)


@pytest.mark.django_db(transaction=True)
def test_a_fact_without_its_change_is_refused(harbour, owner):
    with tenancy.scope(harbour), pytest.raises(transaction.TransactionManagementError):
        actions.record(Sailed(port="Ithaca"), actor=owner, subject="ship:argo")


def test_listeners_hear_a_fact_once_it_has_committed(owner, django_capture_on_commit_callbacks, monkeypatch):
    heard: list[events.Event] = []
    monkeypatch.setattr(events, "_listeners", {Sailed: [heard.append]})
    with django_capture_on_commit_callbacks(execute=True):
        sail(owner)
        assert heard == []
    assert heard == [Sailed(port="Ithaca")]


def test_staff_read_what_happened_but_not_what_is_between_two(owner, ada):
    sail(ada)
    with tenancy.scope(owner.organisation), transaction.atomic():
        actions.record(Confided(), actor=ada, subject="mentorship:1")
    shown = signed_in(owner).get(RECORD).content.decode()
    assert "Ada Byron sailed to Ithaca" in shown
    assert "wrote to the partner" not in shown


def test_a_person_reads_the_own_part_only(owner, ada):
    sail(owner, "Troy")
    sail(ada, "Delos")
    with tenancy.scope(ada.organisation):
        people.record_look(ada, by=owner)
        read = [activity.sentence for activity in queries.ledger(ada, queries.Wanted())]
        looked = [activity.sentence for activity in queries.about(ada)]
    assert read == ["Olu Okoro looked at the profile of Ada Byron", "Ada Byron sailed to Delos"]
    assert looked == ["Olu Okoro looked at the profile of Ada Byron"]


def test_the_record_can_be_narrowed(owner, ada):
    sail(owner, "Troy", "ship:argo")
    sail(ada, "Delos", "ship:swallow")
    client = signed_in(owner)
    for query in ({"words": "delos"}, {"subject": "ship:swallow"}, {"person": ada.code}):
        shown = client.get(RECORD, query).content.decode()
        assert "Delos" in shown
        assert "Troy" not in shown
    assert "Nothing found" in client.get(RECORD, {"words": "Atlantis"}).content.decode()


def test_the_record_is_closed_to_members_and_other_organisations(owner, ada):
    sail(owner)
    elsewhere = Organisation.objects.create(slug="summit", name="Summit")
    sam = person(elsewhere, "Sam Summit", Role.OWNER)
    assert signed_in(ada).get(RECORD).status_code == 404
    assert signed_in(sam).get(RECORD).status_code == 404
    assert Client().get(RECORD).status_code == 302
    assert "sailed" not in signed_in(sam).get("/o/summit/record/").content.decode()


def test_the_record_costs_the_same_for_one_fact_and_for_thirty(owner, ada, django_assert_max_num_queries):
    client = signed_in(owner)
    sail(owner)
    with django_assert_max_num_queries(40) as one:
        assert client.get(RECORD).status_code == 200
    for _ in range(15):
        sail(ada)
        sail(owner)
    with django_assert_max_num_queries(len(one)):
        assert client.get(RECORD).status_code == 200
