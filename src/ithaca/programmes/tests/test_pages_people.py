from __future__ import annotations

import pytest

from ithaca.people.models import Person
from ithaca.programmes import actions
from ithaca.programmes.models import Cohort, Enrolment
from ithaca.programmes.rules import Side
from ithaca.programmes.tests import worlds

HERE = "/o/harbour"


def test_the_desk_counts_places(cora: Person, cohort: Cohort, ana: Enrolment) -> None:
    for number in range(3):
        worlds.enrolment(cohort, f"Mentee {number}", Side.MENTEE)
    page = worlds.signed_in(cora).get(f"{HERE}/cohorts/{cohort.code}/").content.decode()
    assert "1 mentor with 2 places, 3 mentees; 1 place too few." in page
    actions.pause(ana, by=None)
    page = worlds.signed_in(cora).get(f"{HERE}/cohorts/{cohort.code}/").content.decode()
    assert "0 mentors with 0 places" in page
    assert "1 pausing, not counted" in page


def test_people_are_found_by_state_and_name(cora: Person, cohort: Cohort, ana: Enrolment) -> None:
    gone = worlds.enrolment(cohort, "Gil Gone", Side.MENTOR)
    actions.withdraw(gone, by=None)
    browser, address = worlds.signed_in(cora), f"{HERE}/cohorts/{cohort.code}/people/mentors/"

    def names(**asked: str) -> set[str]:
        page = browser.get(address, asked).content.decode()
        return {name for name in ("Ana Reis", "Gil Gone") if name in page}

    assert names() == {"Ana Reis"}
    assert names(state="left") == {"Gil Gone"}
    assert names(q="reis") == {"Ana Reis"}
    assert names(q="nobody") == set()
    assert names(state="paused") == set()
    assert names(page="99") == {"Ana Reis"}
    assert browser.get(f"{HERE}/cohorts/{cohort.code}/people/sponsors/").status_code == 404


def test_one_person_joins_by_hand_known_or_new(cora: Person, cohort: Cohort, ana: Enrolment) -> None:
    browser, address = worlds.signed_in(cora), f"{HERE}/cohorts/{cohort.code}/people/add/"
    told = {"name": "Neil Park", "email": "NEIL@example.org", "role": "mentee", "capacity": 1}
    browser.post(address, told)
    assert Enrolment.objects.get(person__email="neil@example.org").source == "by hand"
    again = browser.post(address, told)
    assert again.status_code == 422
    assert "already takes part" in again.content.decode()
    browser.post(address, told | {"name": "Another name", "email": ana.person.email})
    assert Enrolment.objects.filter(person=ana.person).count() == 2
    ana.person.refresh_from_db()
    assert ana.person.name == "Ana Reis"


def test_capacity_and_leaving_with_its_undo(cora: Person, ana: Enrolment) -> None:
    browser, address = worlds.signed_in(cora), f"{HERE}/enrolments/{ana.code}"
    browser.post(f"{address}/capacity/", {"capacity": 5})
    browser.post(f"{address}/capacity/", {"capacity": "many"})
    ana.refresh_from_db()
    assert ana.capacity == 5
    left = browser.post(f"{address}/withdraw/", {"list": "q=reis"}, follow=True)
    assert left.redirect_chain[0][0].endswith("people/mentors/?q=reis")
    assert f'action="{address}/restore/"' in left.content.decode()
    browser.post(f"{address}/restore/")
    browser.post(f"{address}/pause/")
    assert Enrolment.objects.active().get().pause.until is None
    browser.post(f"{address}/resume/")
    assert not hasattr(Enrolment.objects.active().get(), "pause")


@pytest.mark.parametrize("what", ["capacity", "withdraw", "restore", "pause", "resume"])
def test_only_who_runs_the_programme_changes_its_people(
    pia: Person, ana: Enrolment, elsewhere: Person, what: str
) -> None:
    for person in (pia, ana.person, elsewhere):
        response = worlds.signed_in(person).post(f"{HERE}/enrolments/{ana.code}/{what}/", {"capacity": 9})
        assert response.status_code == 404, person
    ana.refresh_from_db()
    assert (ana.capacity, hasattr(ana, "withdrawal"), hasattr(ana, "pause")) == (2, False, False)
    assert worlds.signed_in(pia).get(f"{HERE}/enrolments/{ana.code}/{what}/").status_code == 405


@pytest.mark.parametrize("page", ["", "people/mentors/"])
def test_pages_do_not_grow_with_people(cora: Person, cohort: Cohort, ana: Enrolment, page: str) -> None:
    browser, address = worlds.signed_in(cora), f"{HERE}/cohorts/{cohort.code}/{page}"
    one = worlds.queries_of(browser, address)
    for number in range(29):
        worlds.enrolment(cohort, f"Mentor {number}", Side.MENTOR, headline="Pilot")
    assert worlds.queries_of(browser, address) == one
