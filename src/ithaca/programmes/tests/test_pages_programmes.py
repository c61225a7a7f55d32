from __future__ import annotations

import pytest

from ithaca.people.models import Person
from ithaca.people.rules import Role
from ithaca.programmes import actions
from ithaca.programmes.models import Cohort, Enrolment, Programme
from ithaca.programmes.tests import worlds

HERE = "/o/harbour"


def test_an_empty_list_teaches(cora: Person) -> None:
    page = worlds.signed_in(cora).get(f"{HERE}/programmes/").content.decode()
    assert "Your first programme" in page
    assert f"{HERE}/programmes/new/" in page


def test_a_new_programme_needs_its_name_only_and_says_what_is_missing(cora: Person) -> None:
    browser = worlds.signed_in(cora)
    assert "Takes the first step" in browser.get(f"{HERE}/programmes/new/").content.decode()
    told = {"name": "Compass", "cadence_days": 30, "session_minutes": 60, "session_minutes_most": 90}
    response = browser.post(f"{HERE}/programmes/new/", told, follow=True)
    page = response.content.decode()
    assert "8 of 10 to go" in page
    assert "#id_confidentiality" in page
    programme = Programme.objects.get(name="Compass")
    page = browser.get(f"{HERE}/programmes/{programme.code}/cohorts/new/").content.decode()
    assert "cannot open for applications" in page
    assert browser.post(f"{HERE}/programmes/new/", {"name": ""}).status_code == 422


def test_a_cohort_is_not_opened_behind_the_page(cora: Person) -> None:
    bare = actions.create_programme(name="Bare", by=None)
    dates = {field: day.isoformat() for field, day in worlds.rules.proposed_dates(worlds.START).items()}
    response = worlds.signed_in(cora).post(f"{HERE}/programmes/{bare.code}/cohorts/new/", {"name": "Spring"} | dates)
    assert response.status_code == 422
    assert not Cohort.objects.exists()


def test_emptying_a_text_shows_why_not(cora: Person, cohort: Cohort) -> None:
    told = worlds.TEXTS | {"name": "First Steps", "objectives": "Reach 40", "purpose": ""}
    told |= {"cadence_days": 30, "session_minutes": 60, "session_minutes_most": 120}
    address = f"{HERE}/programmes/{cohort.programme.code}/edit/"
    response = worlds.signed_in(cora).post(address, told)
    assert response.status_code == 422
    assert "A cohort is open, and its people rely on this" in response.content.decode()


def test_a_start_proposes_dates_and_wrong_ones_are_explained_at_their_field(cora: Person, cohort: Cohort) -> None:
    browser = worlds.signed_in(cora)
    address = f"{HERE}/programmes/{cohort.programme.code}/cohorts/new/"
    page = browser.get(address, {"start": "2028-03-06", "months": 6}).content.decode()
    assert 'value="2028-04-03"' in page
    dates = {f: d.isoformat() for f, d in worlds.rules.proposed_dates(worlds.START).items()}
    wrong = browser.post(address, {"name": "Autumn"} | dates | {"end_on": "2027-01-01"})
    assert wrong.status_code == 422
    assert "“End” follows “Mid-point”" in wrong.content.decode()
    right = browser.post(address, {"name": "Autumn"} | dates)
    assert right.url == f"{HERE}/cohorts/{Cohort.objects.get(name='Autumn').code}/"


def test_dates_move_on_their_page(cora: Person, cohort: Cohort) -> None:
    dates = {f: getattr(cohort, f).isoformat() for f, _ in worlds.rules.STEPS}
    told = {"name": "Late spring"} | dates | {"celebration_on": ""}
    worlds.signed_in(cora).post(f"{HERE}/cohorts/{cohort.code}/dates/", told)
    cohort.refresh_from_db()
    assert (cohort.name, cohort.celebration_on) == ("Late spring", None)


def test_participants_read_what_is_promised(ana: Enrolment) -> None:
    page = worlds.signed_in(ana.person).get(f"{HERE}/programmes/{ana.cohort.programme.code}/about/").content.decode()
    for words in (worlds.TEXTS["purpose"], worlds.TEXTS["not_private"], "once a month, for 60 to 120 minutes"):
        assert words.split("'")[0] in page


def test_roles_are_given_and_ended(cora: Person, cohort: Cohort) -> None:
    browser, eve = worlds.signed_in(cora), worlds.person("Eve Stone")
    address = f"{HERE}/programmes/{cohort.programme.code}/roles/"
    assert browser.post(address, {"email": "nobody@example.org", "role": "coordinator"}).status_code == 422
    browser.post(address, {"email": eve.email, "role": "coordinator"})
    assert worlds.signed_in(eve).get(f"{HERE}/cohorts/{cohort.code}/").status_code == 200
    browser.post(f"{address}revoke/", {"person": eve.code, "role": Role.COORDINATOR})
    assert worlds.signed_in(eve).get(f"{HERE}/cohorts/{cohort.code}/").status_code == 404


@pytest.mark.parametrize("page", ["", "edit/", "roles/", "cohorts/new/"])
def test_whose_programme_it_is_not_finds_nothing(
    cora: Person, pia: Person, ana: Enrolment, elsewhere: Person, page: str
) -> None:
    address = f"{HERE}/programmes/{ana.cohort.programme.code}/{page}"
    assert worlds.signed_in(cora).get(address).status_code == 200
    for person in (pia, ana.person, elsewhere):
        assert worlds.signed_in(person).get(address).status_code == 404, person


def test_who_is_signed_out_is_asked_to_sign_in(cohort: Cohort, client: worlds.Client) -> None:
    response = client.get(f"{HERE}/cohorts/{cohort.code}/")
    assert response.status_code == 302
    assert "sign-in" in response.url


def test_the_way_in_does_not_grow_with_cohorts(cora: Person, cohort: Cohort) -> None:
    browser = worlds.signed_in(cora)
    one = worlds.queries_of(browser, f"{HERE}/programmes/")
    for number in range(29):
        worlds.cohort(cohort.programme, f"Cohort {number}")
    assert worlds.queries_of(browser, f"{HERE}/programmes/") == one
