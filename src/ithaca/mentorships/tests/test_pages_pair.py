from __future__ import annotations

import datetime

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from ithaca.kernel import links
from ithaca.mentorships import actions, emails, rules
from ithaca.mentorships.models import FirstContact, FirstMeeting, Mentorship
from ithaca.people.models import Person
from ithaca.programmes.models import Enrolment
from ithaca.programmes.rules import Side
from ithaca.programmes.tests import worlds

HERE = "/o/harbour"


def text_of(browser: Client, address: str) -> str:
    response = browser.get(address)
    assert response.status_code == 200
    return response.content.decode()


def test_the_mentee_opens_on_the_first_message(pair: Mentorship) -> None:
    page = text_of(worlds.signed_in(pair.mentee), f"{HERE}/mentorships/{pair.code}/")
    for words in ("Write to Ana Reis", "I saw that you pilot ships", "Harbour pilot", "You both speak Portuguese."):
        assert words in page, words
    assert "mailto:ana.reis%40example.org?subject=First%20Steps" in page


def test_the_mentor_is_asked_to_wait_or_after_a_week_to_help(pair: Mentorship) -> None:
    browser, address = worlds.signed_in(pair.mentor), f"{HERE}/mentorships/{pair.code}/"
    assert "a short line from you will help" in text_of(browser, address)
    Mentorship.objects.update(started_at=timezone.now())
    assert "nothing you need to do until" in text_of(browser, address)


def test_contact_is_told_taken_back_and_dated(pair: Mentorship) -> None:
    browser, address = worlds.signed_in(pair.mentee), f"{HERE}/mentorships/{pair.code}"
    told = browser.post(f"{address}/contact/", follow=True).content.decode()
    assert "Agree on your first meeting" in told
    assert f'action="{address}/contact/?undo"' in told
    browser.post(f"{address}/contact/?undo")
    assert not FirstContact.objects.exists()
    on = timezone.localdate() + datetime.timedelta(days=3)
    assert "You meet on" in browser.post(f"{address}/first-meeting/", {"on": on}, follow=True).content.decode()
    wrong = browser.post(f"{address}/first-meeting/", {"on": "2020-01-01"})
    assert wrong.status_code == 422
    assert "You were introduced on" in wrong.content.decode()
    assert FirstMeeting.objects.get().on == on


def test_afterwards_the_page_speaks_of_rhythm_and_at_last_of_the_end(pair: Mentorship) -> None:
    browser, address = worlds.signed_in(pair.mentor), f"{HERE}/mentorships/{pair.code}/"
    actions.date_first_meeting(pair, on=timezone.localdate() - datetime.timedelta(days=1), by=pair.mentee)
    assert "Keep your rhythm" in text_of(browser, address)
    actions.close(pair, kind=rules.ClosureKind.NOT_A_FIT, reason="Nothing in common.", by=None)
    page = text_of(browser, address)
    assert "This mentorship has ended" in page
    assert "Nothing in common." not in page
    assert "To lead a crew." not in page


def test_nobody_else_opens_it(pair: Mentorship, strangers: list[Person], cora: Person, client: Client) -> None:
    address = f"{HERE}/mentorships/{pair.code}"
    for person in [*strangers, cora]:
        browser = worlds.signed_in(person)
        assert browser.get(f"{address}/").status_code == 404, person
        assert browser.post(f"{address}/contact/").status_code == 404
        assert browser.post(f"{address}/first-meeting/", {"on": "2027-03-01"}).status_code == 404
    assert client.get(f"{address}/").status_code == 302
    assert not FirstContact.objects.exists()


def test_the_link_of_the_letter_opens_for_its_reader_without_signing_in(pair: Mentorship, client: Client) -> None:
    address = emails.page_of(pair, pair.mentee)
    page = text_of(client, address)
    assert "Write to Ana Reis" in page
    assert "made for Bo Lund" in page
    assert not FirstContact.objects.exists()
    client.post(f"{address}contact/")
    assert FirstContact.objects.get().by == pair.mentee
    client.post(f"{address}first-meeting/", {"on": timezone.localdate()})
    assert FirstMeeting.objects.get().by == pair.mentee


@pytest.mark.parametrize("spoil", ["changed", "expired", "for another purpose"])
def test_a_spoilt_link_opens_nothing(pair: Mentorship, client: Client, spoil: str) -> None:
    address = emails.page_of(pair, pair.mentee)
    later = timezone.now()
    match spoil:
        case "changed":
            address = address[:-3] + "x/"
        case "expired":
            later += datetime.timedelta(days=rules.LINK_DAYS + 1)
        case _:
            token = links.sign("something-else", {"mentorship": pair.code, "person": pair.mentee.code})
            address = f"{HERE}/introduction/{token}/"
    with time_machine.travel(later):
        assert client.get(address).status_code == 404


def test_a_link_opens_nothing_in_another_organisation(
    pair: Mentorship, strangers: list[Person], client: Client
) -> None:
    address = emails.page_of(pair, pair.mentee).replace(HERE, "/o/elsewhere")
    assert client.get(address).status_code == 404


def test_one_mentorship_opens_at_once_several_as_a_list(pair: Mentorship) -> None:
    browser = worlds.signed_in(pair.mentor)
    assert browser.get(f"{HERE}/mentorships/").url == f"{HERE}/mentorships/{pair.code}/"
    other = worlds.cohort(pair.cohort.programme, "Autumn 2027")
    mentor = Enrolment.objects.create(cohort=other, person=pair.mentor, role="mentor")
    mentee = worlds.enrolment(other, "Cy Moss", Side.MENTEE)
    actions.introduce(other, pairs=[(mentor, mentee, [], "")], by=None)
    assert "Cy Moss" in text_of(browser, f"{HERE}/mentorships/")
    nobody = worlds.signed_in(worlds.person("Una Alone"))
    assert "No mentorship yet" in text_of(nobody, f"{HERE}/mentorships/")
