from __future__ import annotations

import datetime

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from ithaca.home.tests.conftest import Begun
from ithaca.kernel import tenancy
from ithaca.mentorships import actions as mentorships
from ithaca.people.models import Account, Person
from ithaca.people.rules import Role
from ithaca.programmes.rules import Side
from ithaca.programmes.tests import worlds

HERE = "/o/harbour"


def page_of(person: Person, address: str = f"{HERE}/") -> str:
    response = worlds.signed_in(person).get(address)
    assert response.status_code == 200
    return response.content.decode()


def test_a_newcomer_is_asked_for_the_one_thing_that_helps_most(begun: Begun) -> None:
    mentee = worlds.enrolment(begun(10), "Bo Lund", Side.MENTEE).person
    page = page_of(mentee)
    assert "Complete your profile" in page
    assert "0 of" in page
    assert "Applications close" in page


def test_the_next_step_follows_the_mentorship(begun: Begun) -> None:
    cohort = begun(60)
    ana, bo = worlds.enrolment(cohort, "Ana Reis", Side.MENTOR), worlds.enrolment(cohort, "Bo Lund", Side.MENTEE)
    pair = mentorships.introduce(cohort, pairs=[(ana, bo, [], "Hello")], by=None)[0]
    assert "Write to Ana Reis" in page_of(bo.person)
    assert "best by" in page_of(bo.person)
    assert "Bo Lund writes to you first" in page_of(ana.person)
    mentorships.tell_contact(pair, by=bo.person)
    assert "Agree on a first meeting with Bo Lund" in page_of(ana.person)
    mentorships.date_first_meeting(pair, on=timezone.localdate() + datetime.timedelta(days=2), by=bo.person)
    assert "You meet Bo Lund on" in page_of(ana.person)


def test_the_most_pressing_of_several_mentorships_decides(begun: Begun) -> None:
    cohort = begun(60)
    ana = worlds.enrolment(cohort, "Ana Reis", Side.MENTOR, capacity=2)
    bo, cy = worlds.enrolment(cohort, "Bo Lund", Side.MENTEE), worlds.enrolment(cohort, "Cy Moss", Side.MENTEE)
    _, with_cy = mentorships.introduce(cohort, pairs=[(ana, bo, [], ""), (ana, cy, [], "")], by=None)
    mentorships.tell_contact(with_cy, by=cy.person)
    page = page_of(ana.person)
    assert "Agree on a first meeting with Cy Moss" in page
    assert "Bo Lund" in page


def test_who_only_coordinates_is_led_to_today_who_also_takes_part_is_not(begun: Begun, cora: Person) -> None:
    browser = worlds.signed_in(cora)
    assert browser.get(f"{HERE}/").url == f"{HERE}/today/"
    worlds.actions.enrol(begun(10), person=cora, role=Side.MENTOR, by=None)
    page = page_of(cora)
    assert "Your next step" in page
    assert "My mentoring" in page


def test_the_start_page_leads_where_one_was_last(cora: Person, client: Client) -> None:
    assert "sign-in" in client.get("/").url
    browser = worlds.signed_in(cora)
    assert browser.get("/").url == f"{HERE}/"
    with tenancy.scope(worlds.organisation("elsewhere", "Elsewhere")):
        Person.objects.create(name="Cora Hill", email=cora.email, account=cora.account)
    assert browser.get("/").url == "/organisations/"
    browser.get("/o/elsewhere/")
    assert browser.get("/").url == "/o/elsewhere/"
    assert "Harbour Association" in browser.get("/o/elsewhere/").content.decode()


def test_an_account_without_an_organisation_is_told_so(db: None, client: Client) -> None:
    client.force_login(Account.objects.create(email="una@example.org"))
    assert client.get("/", follow=True).status_code == 200


def test_home_of_another_organisation_is_not_found(cora: Person, begun: Begun) -> None:
    worlds.organisation("elsewhere", "Elsewhere")
    assert worlds.signed_in(cora).get("/o/elsewhere/").status_code == 404


def test_the_current_room_is_marked(cora: Person, begun: Begun) -> None:
    page = page_of(cora, f"{HERE}/cohorts/{begun(10).code}/")
    assert page.count('aria-current="page"') == 2  # once in the bar, once below the thumb
    assert f'<a href="{HERE}/programmes/" aria-current="page">Programmes</a>' in page


def test_the_way_to_staff_rooms_is_not_shown_to_participants(begun: Begun) -> None:
    page = page_of(worlds.enrolment(begun(10), "Bo Lund", Side.MENTEE).person)
    assert "/programmes/new" not in page
    assert f'href="{HERE}/today/"' not in page
    assert f'href="{HERE}/mentorships/"' in page


def test_home_does_not_grow_in_queries(begun: Begun) -> None:
    cohort = begun(60)
    ana = worlds.enrolment(cohort, "Ana Reis", Side.MENTOR, capacity=40)
    mentees = [worlds.enrolment(cohort, f"Mentee {n}", Side.MENTEE, signs_in=False) for n in range(31)]
    mentorships.introduce(cohort, pairs=[(ana, mentees[0], [], "")], by=None)
    browser = worlds.signed_in(ana.person)
    one = worlds.queries_of(browser, f"{HERE}/")
    mentorships.introduce(cohort, pairs=[(ana, mentee, [], "") for mentee in mentees[1:]], by=None)
    assert worlds.queries_of(browser, f"{HERE}/") == one


def test_the_ways_of_a_participant_ask_once_for_roles_in_programmes(begun: Begun) -> None:
    """Roles in the whole organisation are known by then: the second step was asked about."""
    ana = worlds.enrolment(begun(60), "Ana Reis", Side.MENTOR).person
    browser = worlds.signed_in(ana)
    with CaptureQueriesContext(connection) as asked:
        page = browser.get(f"{HERE}/").content.decode()
    assert f'href="{HERE}/mentorships/"' in page
    assert sum('"programmes_programmerole"' in query["sql"] for query in asked) == 1
    assert sum('"people_rolegrant"' in query["sql"] for query in asked) == 1


def test_a_sponsor_has_a_calm_home(begun: Begun) -> None:
    begun(10)
    page = page_of(worlds.person("Sky Low", role=Role.SPONSOR))
    assert "Tell us" not in page
