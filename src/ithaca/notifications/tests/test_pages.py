"""Pages about mail: stop a category from a letter, choose, the coordinator's outbox, the development mailbox."""

from __future__ import annotations

import re

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse

from ithaca.activity.models import Activity
from ithaca.notifications import actions, categories, letters
from ithaca.notifications.mailbox import MailboxBackend
from ithaca.notifications.models import Delivery, KeptMail, OutboxLetter, Outcome, Stop, Waiting
from ithaca.notifications.tests.conftest import introduction, person
from ithaca.people.models import Organisation
from ithaca.people.tests.conftest import signed_in

OUTBOX = "/o/harbour/outbox/"


def stop_url(to) -> str:
    actions.post(introduction(to, category=categories.REMINDER), cause="x")
    return re.match(r"<(.+)>", mail.outbox[-1].extra_headers["List-Unsubscribe"]).group(1)


def test_following_the_link_of_a_letter_only_asks(ada):
    page = Client().get(stop_url(ada))
    assert page.status_code == 200
    assert "Reminders" in page.content.decode()
    assert not Stop.everywhere.exists()


def test_the_button_stops_the_category_and_starts_it_again(ada):
    url = stop_url(ada)
    assert "no longer receive" in Client().post(url).content.decode()
    assert Stop.everywhere.get().category == "reminder"
    assert Client().post(url, {"again": "1"}).status_code == 200
    assert not Stop.everywhere.exists()


def test_a_mail_program_stops_it_without_session_or_token_of_a_form(ada):
    client = Client(enforce_csrf_checks=True)
    answer = client.post(stop_url(ada), {"List-Unsubscribe": "One-Click"})
    assert answer.status_code == 204
    assert Stop.everywhere.get().person == ada


def test_a_changed_link_stops_nothing(ada):
    url = stop_url(ada)
    answer = Client().post(f"{url[:-9]}AAAAAAAA/")
    assert answer.status_code == 404
    assert not Stop.everywhere.exists()


def test_a_person_chooses_what_to_receive(ada):
    client = signed_in(ada)
    url = reverse("notifications:preferences", kwargs={"organisation": "harbour"})
    assert client.get(url).status_code == 200
    client.post(url, {"wanted": ["mentorship"]})
    stopped = set(Stop.everywhere.values_list("category", flat=True))
    assert stopped == {"programme", "reminder"}


def test_the_outbox_shows_what_became_of_letters_but_not_what_they_say(owner, ada):
    actions.post(introduction(ada, subject="Meet Zoë"), cause="x")
    actions.post(introduction(ada, subject="A private word", confidential=True), cause="x")
    shown = signed_in(owner).get(OUTBOX).content.decode()
    assert "Meet Zoë" in shown
    assert "ada@harbour.example" in shown
    assert "leads" not in shown
    assert "A private word" not in shown


def test_a_refused_letter_shows_the_words_of_the_server_and_can_be_sent_again(owner, ada):
    letter = actions.post(introduction(ada), cause="x")
    Delivery.everywhere.update(outcome=Outcome.BOUNCED, code=550, reply="5.1.1 No such mailbox")
    ada.email = "ada.byron@harbour.example"
    ada.save()
    client = signed_in(owner)
    assert "550 5.1.1 No such mailbox" in client.get(OUTBOX, {"state": "refused"}).content.decode()
    client.post(f"{OUTBOX}{letter.code}/again/")
    again = OutboxLetter.everywhere.exclude(pk=letter.pk).get()
    assert again.to_address == "ada.byron@harbour.example"
    assert mail.outbox[-1].extra_headers["Message-ID"].startswith(f"<{again.code}@")
    assert Activity.everywhere.get().key == "letter.posted_again"


def test_a_letter_that_left_cannot_be_sent_again(owner, ada):
    letter = actions.post(introduction(ada), cause="x")
    assert signed_in(owner).post(f"{OUTBOX}{letter.code}/again/").status_code == 404


def test_the_outbox_is_closed_to_members_and_to_other_organisations(ada, organisation):
    elsewhere = person(Organisation.objects.create(slug="summit", name="Summit"), "Sam Summit")
    assert signed_in(ada).get(OUTBOX).status_code == 404
    assert signed_in(elsewhere).get(OUTBOX).status_code == 404
    assert Client().get(OUTBOX).status_code == 302


@pytest.mark.parametrize("state", ["", "waiting", "sent", "refused"])
def test_the_outbox_costs_the_same_for_one_letter_and_for_thirty(owner, ada, state, django_assert_max_num_queries):
    client = signed_in(owner)
    actions.post(introduction(ada), cause="x")
    with django_assert_max_num_queries(40) as one:
        client.get(OUTBOX, {"state": state})
    for _ in range(30):
        actions.post(introduction(ada), cause="x")
    with django_assert_max_num_queries(len(one)):
        assert client.get(OUTBOX, {"state": state}).status_code == 200


@pytest.fixture
def kept(settings, ada) -> KeptMail:
    settings.EMAIL_BACKEND = f"{MailboxBackend.__module__}.MailboxBackend"
    actions.post(introduction(ada), cause="x")
    return KeptMail.everywhere.get()


def test_the_development_mailbox_shows_a_mail_as_it_would_arrive(kept):
    client = Client()
    assert "Meet Zoë, your mentor" in client.get("/-/mailbox/").content.decode()
    page = client.get(f"/-/mailbox/{kept.code}/").content.decode()
    assert "Message-ID" in page
    assert 'href="http://127.0.0.1:8000/o/harbour/mentorships/7k3m/"' in page
    body = client.get(f"/-/mailbox/{kept.code}/body/")
    assert "She likes boats" in body.content.decode()
    assert body.headers["Content-Security-Policy"].startswith("sandbox allow-popups")
    assert "script-src 'self'" not in body.headers["Content-Security-Policy"]
    assert client.get("/-/mailbox/", {"to": "nobody@"}).content.decode().count("row-link") == 0


def test_the_mailbox_does_not_exist_in_production(kept, settings):
    settings.DEVELOPMENT = False
    for address in ("/-/mailbox/", f"/-/mailbox/{kept.code}/", f"/-/mailbox/{kept.code}/body/"):
        assert Client().get(address).status_code == 404


def test_a_letter_to_a_bare_address_cannot_be_stopped_and_waits_for_nobody(organisation):
    actions.post(
        letters.Letter(to=letters.Address("x@y.example"), subject="Hello", category=categories.REMINDER, blocks=["Hi"]),
        cause="x",
    )
    assert "List-Unsubscribe" not in mail.outbox[0].extra_headers
    assert not Waiting.everywhere.exists()
